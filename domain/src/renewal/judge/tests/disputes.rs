//! What is said to be wrong with fetched rows.

use super::*;
use crate::renewal::dispute::{DISPUTES_MAX, DisputeDraft, DisputeReason, DisputeStatement};
use crate::renewal::document::RowFact;

fn dispute(reason: &str, amount: &str, date: &str, why: &str) -> DisputeDraft {
    DisputeDraft {
        id: StatementId(Uuid::from_u128(9)),
        row: RowId { query: QueryId(Uuid::from_u128(8)), index: 1 },
        original: RowFact {
            label: plain("Bostadsbidrag"),
            kind: RowKind::Income(IncomeKind::HousingBenefit),
            amount: Money::from_kronor(1_900),
            pay_date: Some(jiff::civil::date(2026, 11, 27)),
            period: None,
            state: RowState::Planned,
            disputed: None,
        },
        reason: typed(reason),
        amount: typed(amount),
        date: typed(date),
        why: typed(why),
    }
}

#[test]
fn a_dispute_says_what_is_wrong_what_is_right_and_why() {
    let judged = |dispute: &DisputeDraft| judge_dispute(dispute, &context(&[PETRA]));
    let said = judged(&dispute("different", "1.500,50", "30 nov", "De har fel hyra.")).unwrap();
    assert_eq!(said.original.amount, Money::from_kronor(1_900), "the row stands as it was");
    assert_eq!(
        said.said,
        DisputeStatement {
            id: StatementId(Uuid::from_u128(9)),
            row: RowId { query: QueryId(Uuid::from_u128(8)), index: 1 },
            reason: DisputeReason::Different,
            amount: Some(Money::from_ore(150_050)),
            date: Some(date(2026, 11, 30)),
            why: plain("De har fel hyra."),
        }
    );
    for (reason, amount, day, why) in
        [("not-mine", "", " ", "Nej"), ("other", "", "", "Nej"), ("different", "1", "", "Nej")]
    {
        assert!(judged(&dispute(reason, amount, day, why)).is_ok(), "{reason}");
    }
    for (dispute, wrong) in [
        (dispute("", "", "", "Nej"), vec![("reason", "error-dispute-reason-missing")]),
        (dispute("wrong", "", "", "Nej"), vec![("reason", "error-dispute-reason-missing")]),
        (dispute("not-mine", "5", "", "Nej"), vec![("reason", "error-dispute-both")]),
        (dispute("different", "", "", "Nej"), vec![("amount", "error-dispute-difference-missing")]),
        (dispute("different", "fem", "", "Nej"), vec![("amount", "error-amount-not-a-number")]),
        (dispute("different", "0", "", "Nej"), vec![("amount", "error-amount-not-positive")]),
        (dispute("other", "", "27 nov 2099", "Nej"), vec![("date", "error-date-too-late")]),
        (dispute("other", "", "", " "), vec![("why", "error-dispute-why-missing")]),
        (
            dispute("", "fem", "", ""),
            vec![
                ("reason", "error-dispute-reason-missing"),
                ("amount", "error-amount-not-a-number"),
                ("why", "error-dispute-why-missing"),
            ],
        ),
    ] {
        assert_eq!(found(&judged(&dispute).unwrap_err()), wrong, "{dispute:?}");
    }
}

#[test]
fn a_dispute_that_is_not_whole_keeps_both_parts_from_being_signed() {
    let (begun, whole) = (dispute("different", "", "", ""), dispute("other", "", "", "Nej"));
    for (disputes, errors) in [(vec![whole], 0), (vec![begun.clone()], 2), (vec![begun; 2], 4)] {
        let draft = Draft { disputes, ..whole_draft() };
        let whole = usize::from(errors == 0);
        let judged = judge(&draft, &context(&[PETRA, JOHAN]));
        assert_eq!(judged.as_ref().map_or_else(Vec::len, |_| 0), errors);
        assert_eq!(judged.as_ref().map_or(0, |statements| statements.disputes.len()), whole);
        assert!(judged.err().into_iter().flatten().all(|error| error.section == Section::Authorities));
        let status = draft.status(Section::Authorities, &context(&[PETRA, JOHAN]));
        assert_eq!(status == crate::renewal::draft::SectionStatus::Done, errors == 0);
        let own = Draft { disputes: draft.disputes, ..Draft::default() };
        let judged = judge_own(&own, &own_context());
        assert_eq!(judged.as_ref().map_or_else(Vec::len, |_| 0), errors);
        assert_eq!(judged.map_or(0, |own| own.disputes.len()), whole);
    }
    let many = Draft { disputes: vec![dispute("other", "", "", "Nej"); DISPUTES_MAX + 1], ..whole_draft() };
    let errors = judge(&many, &context(&[PETRA, JOHAN])).unwrap_err();
    assert_eq!(found(&errors), [("authorities", "error-list-too-long")]);
}
