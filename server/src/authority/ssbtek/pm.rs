//! Pensionsmyndigheten: payments made (`utbetalningar`) and planned (`preliminaraUtbetalningar`) in LEFI's newer model.
//!
//! Here the net is a whole number of kronor beside the payment, and one payment may hold several benefits. They become one
//! row each only where their amounts add up to the net; where something was deducted it cannot be told from which, and the
//! payment stays whole.

use domain::Money;
use domain::authority::{Answer, AuthorityRow, RowKind, RowState};
use domain::kind::IncomeKind;
use jiff::civil::Date;
use roxmltree::Node;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::lefi::{self, Amount, Code};

#[derive(Debug, Default, Deserialize)]
struct Payments {
    #[serde(default, rename = "utbetalningar")]
    paid: Vec<Box<RawValue>>,
    #[serde(default, rename = "preliminaraUtbetalningar")]
    planned: Vec<Box<RawValue>>,
}

#[derive(Debug, Deserialize)]
struct Payment {
    #[serde(rename = "utbetalningsdatum")]
    date: Date,
    #[serde(default, rename = "utbetalningsperiod")]
    period: Option<Span>,
    #[serde(rename = "nettobelopp")]
    net: Amount,
    #[serde(default, rename = "utbetalningsrader")]
    parts: Vec<Part>,
}

#[derive(Debug, Deserialize)]
struct Span {
    from: Date,
    #[serde(rename = "tom")]
    to: Date,
}

#[derive(Debug, Deserialize)]
struct Part {
    #[serde(default, rename = "formansgrupp")]
    group: Code,
    #[serde(default, rename = "belopp")]
    amount: Option<Amount>,
    #[serde(default, rename = "utbetalningsforman")]
    benefit: Code,
    #[serde(default, rename = "beloppstyp")]
    amount_type: Code,
}

pub(super) fn read(data: Node<'_, '_>) -> Option<Answer> {
    let (mut gathered, payments) = lefi::read::<Payments>(data, "PM")?;
    for (list, state) in [(&payments.paid, RowState::Paid), (&payments.planned, RowState::Planned)] {
        for raw in list {
            match lefi::payment::<Payment>(raw).and_then(|payment| rows(&payment, state)) {
                Some(rows) => rows.into_iter().for_each(|row| gathered.row(Some(row))),
                None => gathered.row(None),
            }
        }
    }
    Some(gathered.into_answer())
}

fn rows(payment: &Payment, state: RowState) -> Option<Vec<AuthorityRow>> {
    let net = payment.net.exact()?;
    let row = |label, kind, amount| AuthorityRow {
        label,
        kind: RowKind::Income(kind),
        amount,
        pay_date: Some(payment.date),
        period: payment.period.as_ref().filter(|span| span.from <= span.to).map(|span| (span.from, span.to)),
        state,
    };
    let amounts: Option<Vec<Money>> = payment.parts.iter().map(|part| part.amount.as_ref()?.exact()).collect();
    if let Some(amounts) =
        amounts.filter(|amounts| !amounts.is_empty() && amounts.iter().copied().sum::<Money>() == net)
    {
        let parts = payment.parts.iter().zip(amounts);
        return Some(parts.map(|(part, amount)| row(words(part), kind(part), amount)).collect());
    }
    let mut labels: Vec<String> = payment.parts.iter().map(words).filter(|label| !label.is_empty()).collect();
    labels.dedup();
    let kinds: Vec<_> = payment.parts.iter().map(kind).collect();
    let whole = match kinds.as_slice() {
        [first, rest @ ..] if rest.iter().all(|kind| kind == first) => *first,
        [] => IncomeKind::Other,
        // Whatever the tax was taken from, the payment is the pensioner's income as a whole.
        _ => IncomeKind::Pension,
    };
    let label = if labels.is_empty() { "Pensionsmyndigheten".to_owned() } else { labels.join(", ") };
    Some(vec![row(label, whole, net)])
}

fn words(part: &Part) -> String {
    let named = [&part.amount_type, &part.benefit, &part.group].into_iter().find_map(Code::words);
    named.unwrap_or(part.benefit.letters()).to_owned()
}

fn kind(part: &Part) -> IncomeKind {
    match (part.amount_type.letters(), part.benefit.letters(), part.group.letters()) {
        ("AFS", _, _) => IncomeKind::Pension,
        ("BTP" | "BTPSA" | "SBTP" | "SBTPSA", _, _) | (_, "BTP", _) => IncomeKind::HousingSupplement,
        ("ELSTOD", _, _) => IncomeKind::Other,
        (_, "AL" | "AP37" | "AP38" | "EP" | "PREP", _) | (_, _, "AP" | "EF") => IncomeKind::Pension,
        _ => IncomeKind::Other,
    }
}
