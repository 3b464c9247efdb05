//! Försäkringskassan: payments made (`utbetalningsuppgift`) and planned (`preliminarautbetalningar`) in LEFI's older model.
//!
//! The amount is always the payment's own net. A payment is planned until it is carried out and then leaves the planned list,
//! so none is read twice. What a payment is for stands in its family (`formansfamilj`); for the family of daily benefits it
//! stands one level down, in the details.

use domain::authority::{Answer, AuthorityRow, RowKind, RowState};
use domain::kind::IncomeKind;
use jiff::civil::Date;
use roxmltree::Node;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::lefi::{self, Amount, Code};
use crate::authority::gathered::Gathered;

#[derive(Debug, Default, Deserialize)]
struct Payments {
    #[serde(default, rename = "formansinformation")]
    information: Option<Information>,
}

#[derive(Debug, Default, Deserialize)]
struct Information {
    #[serde(default, rename = "utbetalningsuppgift")]
    paid: Vec<Box<RawValue>>,
    #[serde(default, rename = "preliminarautbetalningar")]
    planned: Vec<Box<RawValue>>,
}

#[derive(Debug, Deserialize)]
struct Payment {
    #[serde(rename = "formansfamilj")]
    family: Code,
    #[serde(rename = "datum")]
    date: Date,
    #[serde(default)]
    period: Option<Span>,
    #[serde(rename = "nettobelopp")]
    net: Sum,
    #[serde(default, rename = "utbetalningsdetalj")]
    details: Option<Vec<Detail>>,
}

#[derive(Debug, Deserialize)]
struct Sum {
    #[serde(rename = "summa")]
    sum: Amount,
}

#[derive(Debug, Deserialize)]
struct Span {
    #[serde(default, rename = "fran")]
    first: Option<String>,
    #[serde(default, rename = "till")]
    last: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Detail {
    #[serde(default, rename = "forman")]
    benefit: Code,
    #[serde(default, rename = "beloppstyp")]
    amount_type: Code,
}

pub(super) fn read(data: Node<'_, '_>) -> Option<Answer> {
    let (mut gathered, payments) = lefi::read::<Payments>(data, "FK")?;
    let information = payments.information.unwrap_or_default();
    read_list(&information.paid, RowState::Paid, &mut gathered);
    read_list(&information.planned, RowState::Planned, &mut gathered);
    Some(gathered.into_answer())
}

fn read_list(payments: &[Box<RawValue>], state: RowState, gathered: &mut Gathered) {
    for raw in payments {
        gathered.row(lefi::payment::<Payment>(raw).and_then(|payment| row(&payment, state)));
    }
}

fn row(payment: &Payment, state: RowState) -> Option<AuthorityRow> {
    let (kind, label) = benefit(payment);
    Some(AuthorityRow {
        label,
        kind: RowKind::Income(kind),
        amount: payment.net.sum.exact()?,
        pay_date: Some(payment.date),
        period: payment.period.as_ref().and_then(Span::days),
        state,
    })
}

impl Span {
    /// The first and last day. Either may be written as a month alone.
    fn days(&self) -> Option<(Date, Date)> {
        let day = |text: &str| text.parse::<Date>().ok();
        let month = |text: &str| day(&format!("{text}-01"));
        let (first, last) = (self.first.as_deref()?, self.last.as_deref()?);
        let days = (day(first).or_else(|| month(first))?, day(last).or_else(|| month(last).map(Date::last_of_month))?);
        (days.0 <= days.1).then_some(days)
    }
}

/// What the payment is to the calculation, and in the authority's words. Details of different kinds, or of none that is
/// known, leave it to a human.
fn benefit(payment: &Payment) -> (IncomeKind, String) {
    let words = |code: &Code| code.words().unwrap_or(code.letters()).to_owned();
    if let Some(kind) = kind_of(&payment.family) {
        return (kind, words(&payment.family));
    }
    let details = payment.details.iter().flatten().filter(|detail| !is_deduction(&detail.amount_type));
    let mut found: Option<(IncomeKind, String)> = None;
    for detail in details {
        let read =
            [&detail.amount_type, &detail.benefit].into_iter().find_map(|code| Some((kind_of(code)?, words(code))));
        match (read, &found) {
            (Some(read), None) => found = Some(read),
            (Some(read), Some(earlier)) if read.0 == earlier.0 => {}
            _ => return (IncomeKind::Other, words(&payment.family)),
        }
    }
    found.unwrap_or_else(|| (IncomeKind::Other, words(&payment.family)))
}

/// Letter codes are the groups of LEFI's contract and those seen in answers; words are a second chance, since the contract
/// lists the codes of families and amount types only in part.
fn kind_of(code: &Code) -> Option<IncomeKind> {
    let kind = match code.letters() {
        "BOB" => IncomeKind::HousingBenefit,
        "BST" | "BTP" => IncomeKind::HousingSupplement,
        "ABB" | "MABB" => IncomeKind::ChildBenefit,
        "FP" | "TFP" => IncomeKind::ParentalBenefit,
        "SJP" | "FSJP" | "RBE" => IncomeKind::SicknessBenefit,
        "SA" => IncomeKind::DisabilityBenefit,
        "US" => IncomeKind::Maintenance,
        "AS" | "AMP" | "PROG" => IncomeKind::ActivitySupport,
        "EE" => IncomeKind::IntroductionBenefit,
        "AP" => IncomeKind::Pension,
        _ => return code.words().and_then(kind_of_words),
    };
    Some(kind)
}

fn kind_of_words(words: &str) -> Option<IncomeKind> {
    const STEMS: [(&str, IncomeKind); 16] = [
        ("bostadsbidrag", IncomeKind::HousingBenefit),
        ("bostadstillägg", IncomeKind::HousingSupplement),
        ("barnbidrag", IncomeKind::ChildBenefit),
        ("flerbarnstillägg", IncomeKind::ChildBenefit),
        ("föräldrapenning", IncomeKind::ParentalBenefit),
        ("sjukpenning", IncomeKind::SicknessBenefit),
        ("rehabiliteringspenning", IncomeKind::SicknessBenefit),
        ("rehabiliteringsersättning", IncomeKind::SicknessBenefit),
        ("sjukersättning", IncomeKind::DisabilityBenefit),
        ("aktivitetsersättning", IncomeKind::DisabilityBenefit),
        ("underhållsstöd", IncomeKind::Maintenance),
        ("aktivitetsstöd", IncomeKind::ActivitySupport),
        ("utvecklingsersättning", IncomeKind::ActivitySupport),
        ("etableringsersättning", IncomeKind::IntroductionBenefit),
        ("pension", IncomeKind::Pension),
        ("äldreförsörjningsstöd", IncomeKind::Pension),
    ];
    let words = words.to_lowercase();
    STEMS.iter().find(|(stem, _)| words.contains(stem)).map(|(_, kind)| *kind)
}

/// The amount types that LEFI's contract lists as deductions; they say nothing about what the payment is for.
fn is_deduction(amount_type: &Code) -> bool {
    const DEDUCTIONS: [&str; 26] = [
        "AFR", "ALA", "ART", "AVB", "AVR", "FMF", "FUM", "INC", "INF", "INM", "INU", "KOA", "KVI", "OAV", "PF", "PS",
        "PST", "SAV", "SKV", "SOC", "SS", "SST", "UMG", "UTF", "ÅFA", "ÖVA",
    ];
    DEDUCTIONS.contains(&amount_type.letters())
}
