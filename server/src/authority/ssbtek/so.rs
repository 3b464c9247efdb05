//! The unemployment funds (a-kassorna), each of which answers for itself.
//!
//! The contract leaves the funds' status a free text. A fund that gives payments has answered, whatever it says; one that
//! gives none and does not say "all clear" could not be checked, which is not the same as having nothing.

use domain::authority::{Answer, AuthorityRow, Fact, FailureKind, RowKind, RowState};
use domain::kind::IncomeKind;
use roxmltree::Node;

use crate::authority::gathered::{Gathered, failure};
use crate::authority::question::Question;
use crate::authority::{amount, xml};

/// The one status that has been seen in an answer of a fund that could be asked.
const ALL_CLEAR: &str = "all clear";

/// What the funds pay; the answer has no words of its own for it.
const BENEFIT: &str = "Arbetslöshetsersättning";

pub(super) fn read(data: Node<'_, '_>, question: &Question) -> Option<Answer> {
    if xml::text(data, "IdentificationNumber")? != question.person.digits() {
        return None;
    }
    let mut gathered = Gathered::default();
    for fund in xml::children(xml::child(data, "ArbetsloshetsersattningLista")?, "Arbetsloshetsersattning") {
        read_fund(fund, question, &mut gathered);
    }
    Some(gathered.into_answer())
}

fn read_fund(fund: Node<'_, '_>, question: &Question, gathered: &mut Gathered) {
    let mut answered =
        xml::text(fund, "StatusSvarandeOrganisation").is_some_and(|status| status.eq_ignore_ascii_case(ALL_CLEAR));
    for payment in xml::children(fund, "Utbetalningar") {
        answered = true;
        gathered.row(row(payment, question));
    }
    let applied = xml::child(fund, "AnsoktOmErsattning");
    if applied.is_some_and(|applied| xml::is_true(applied, "AnsokanOmUtbetalningInlamnad")) {
        gathered.fact(Fact::UnderWay { label: BENEFIT.to_owned() });
    }
    if answered {
        gathered.part_answered();
    } else {
        let status = xml::text(fund, "StatusSvarandeOrganisation");
        gathered.gap(failure(FailureKind::Refused, status.as_deref()));
    }
}

fn row(payment: Node<'_, '_>, question: &Question) -> Option<AuthorityRow> {
    let day = |name| xml::text(payment, name).as_deref().and_then(xml::date);
    let pay_date = day("Utbetalningsdatum")?;
    Some(AuthorityRow {
        label: BENEFIT.to_owned(),
        kind: RowKind::Income(IncomeKind::UnemploymentBenefit),
        amount: amount::exact(&xml::text(payment, "NettoEfterAvdrag")?)?,
        pay_date: Some(pay_date),
        period: day("AvserFrom").zip(day("AvserTom")).filter(|(first, last)| first <= last),
        state: if pay_date > question.today { RowState::Planned } else { RowState::Paid },
    })
}
