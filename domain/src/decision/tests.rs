use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::account::{Account, PayoutMethod};

fn official(id: u128, name: &str) -> Official {
    Official {
        staff: StaffId(Uuid::from_u128(id)),
        name: PlainText::new(name),
        title: PlainText::new("socialsekreterare"),
    }
}

fn grant(kronor: i64) -> Grant {
    Grant { amount: Money::from_kronor(kronor), method: PayoutMethod::PaymentSlip }
}

/// A calculation that leaves out a hundred kronor when the outcome says so, and nothing otherwise.
fn content(outcome: Outcome, payable: Option<i64>, grants: &[i64], reasons: &[Reason]) -> DecisionContent {
    let left_out = Money::from_kronor(if outcome == Outcome::PartlyGranted { 100 } else { 0 });
    let basis = payable.map(|kronor| Basis { payable: Money::from_kronor(kronor), left_out, questions: 0 });
    DecisionContent {
        outcome,
        date: date(2026, 11, 24),
        norm_month: "2026-12".parse().unwrap(),
        decider: official(1, "Sara Lind"),
        rapporteur: None,
        participants: vec![],
        basis,
        grants: grants.iter().copied().map(grant).collect(),
        reasons: reasons.to_vec(),
        note: None,
        provisions: provisions_for(outcome, reasons),
    }
}

/// The same, with what the calculation leaves out and how many lines wait for a human.
fn with(content: DecisionContent, left_out: i64, questions: usize) -> DecisionContent {
    let left_out = Money::from_kronor(left_out);
    let basis = content.basis.map(|basis| Basis { left_out, questions, ..basis });
    DecisionContent { basis, ..content }
}

fn noted(content: DecisionContent, note: &str) -> DecisionContent {
    DecisionContent { note: Some(PlainText::new(note)), ..content }
}

#[test]
fn decisions_that_may_be_made() {
    use Outcome::{Dismissed, Granted, PartlyGranted, Rejected};
    let by_hand = "Normen för januari är inte beslutad. Beloppet är som i december.";
    for (content, amount) in [
        (content(Granted, Some(8_662), &[8_662], &[Reason::NeedByNorm]), 8_662),
        (content(Granted, Some(8_662), &[8_662], &[]), 8_662),
        (content(Granted, Some(8_662), &[8_250, 412], &[]), 8_662),
        (content(PartlyGranted, Some(8_662), &[8_662], &[Reason::ExpenseTooHigh]), 8_662),
        (noted(content(Granted, None, &[8_662], &[Reason::NeedByNorm]), by_hand), 8_662),
        (noted(content(PartlyGranted, None, &[400], &[Reason::ExpenseTooHigh]), by_hand), 400),
        (content(Rejected, Some(0), &[], &[Reason::IncomeCoversNeed]), 0),
        (with(content(Rejected, Some(0), &[], &[Reason::IncomeCoversNeed]), 350, 0), 0),
        (with(content(Rejected, Some(0), &[], &[Reason::NeedNotShown]), 0, 2), 0),
        (content(Rejected, Some(8_662), &[], &[Reason::AssetsAvailable, Reason::NotAvailableForWork]), 0),
        (content(Rejected, None, &[], &[Reason::NeedNotShown]), 0),
        (content(Dismissed, None, &[], &[Reason::TooIncomplete]), 0),
    ] {
        let decision = Decision::new(content.clone()).unwrap();
        assert_eq!(decision.amount(), Money::from_kronor(amount), "{content:?}");
        assert_eq!(decision.content(), &content);
    }
}

#[test]
fn decisions_that_contradict_themselves() {
    use Outcome::{Dismissed, Granted, PartlyGranted, Rejected};
    let too_high = &[Reason::ExpenseTooHigh];
    let covered = &[Reason::IncomeCoversNeed];
    let payable = Money::from_kronor(8_662);
    let left_out = Money::from_kronor(350);
    let ore = DecisionContent {
        grants: vec![Grant { amount: Money::from_ore(866_250), method: PayoutMethod::PaymentSlip }],
        ..noted(content(Granted, None, &[], &[]), "Utan beräkning.")
    };
    for (content, error) in [
        (content(Granted, None, &[], &[]), DecisionError::AmountMissing),
        (content(PartlyGranted, None, &[], too_high), DecisionError::AmountMissing),
        (content(Granted, None, &[8_662], &[]), DecisionError::NoteMissingForAmount),
        (noted(content(PartlyGranted, None, &[400], too_high), " "), DecisionError::NoteMissingForAmount),
        (ore, DecisionError::GrantAmount),
        (content(Granted, Some(-1), &[8_662], &[]), DecisionError::NegativeBasis),
        (with(content(Rejected, Some(1), &[], &[Reason::AssetsAvailable]), -1, 0), DecisionError::NegativeBasis),
        (content(Granted, Some(0), &[1], &[]), DecisionError::NothingNeeded),
        (content(Granted, Some(0), &[], &[]), DecisionError::NothingNeeded),
        (content(Granted, Some(8_662), &[8_661], &[]), DecisionError::NotThePayable { payable }),
        (content(Granted, Some(8_662), &[8_662, 1], &[]), DecisionError::NotThePayable { payable }),
        (content(Granted, Some(8_662), &[], &[]), DecisionError::NotThePayable { payable }),
        (content(PartlyGranted, Some(8_662), &[8_000], too_high), DecisionError::NotThePayable { payable }),
        (content(PartlyGranted, Some(8_662), &[], too_high), DecisionError::NotThePayable { payable }),
        (with(content(Granted, Some(8_662), &[8_662], &[]), 350, 0), DecisionError::LeavesOut { left_out }),
        (with(content(PartlyGranted, Some(8_662), &[8_662], too_high), 0, 0), DecisionError::LeavesOutNothing),
        (with(content(Granted, Some(8_662), &[8_662], &[]), 0, 2), DecisionError::QuestionsOpen { count: 2 }),
        (with(content(Rejected, Some(0), &[], covered), 0, 1), DecisionError::QuestionsOpen { count: 1 }),
        (content(PartlyGranted, Some(8_662), &[500, 0], too_high), DecisionError::GrantAmount),
        (content(PartlyGranted, Some(8_662), &[500, -400], too_high), DecisionError::GrantAmount),
        (content(Granted, Some(8_662), &[10_000_001], &[]), DecisionError::GrantAmount),
        (content(Granted, Some(21), &[1; 21], &[]), DecisionError::TooManyGrants),
        (content(Rejected, Some(0), &[1], covered), DecisionError::GrantWithoutGranting),
        (content(Dismissed, None, &[1], &[Reason::NotAParty]), DecisionError::GrantWithoutGranting),
    ] {
        assert_eq!(Decision::new(content.clone()), Err(error), "{content:?}");
    }
}

#[test]
fn reasons_and_provisions_are_needed_and_must_fit() {
    use Outcome::{Dismissed, Granted, PartlyGranted, Rejected};
    for (content, error) in [
        (content(Rejected, Some(0), &[], &[]), DecisionError::ReasonMissing),
        (content(PartlyGranted, Some(2), &[2], &[]), DecisionError::ReasonMissing),
        (content(Dismissed, None, &[], &[]), DecisionError::ReasonMissing),
        (
            content(Granted, Some(1), &[1], &[Reason::IncomeCoversNeed]),
            DecisionError::ReasonUnfit(Reason::IncomeCoversNeed),
        ),
        (
            content(Rejected, Some(0), &[], &[Reason::IncomeCoversNeed, Reason::TooIncomplete]),
            DecisionError::ReasonUnfit(Reason::TooIncomplete),
        ),
        (
            content(Rejected, Some(1), &[], &[Reason::IncomeCoversNeed]),
            DecisionError::ReasonContradicted(Reason::IncomeCoversNeed),
        ),
        (
            content(Rejected, None, &[], &[Reason::IncomeCoversNeed]),
            DecisionError::ReasonContradicted(Reason::IncomeCoversNeed),
        ),
        (content(Rejected, Some(1), &[], &[Reason::Other]), DecisionError::NoteMissing),
        (noted(content(Rejected, Some(1), &[], &[Reason::Other]), " "), DecisionError::NoteMissing),
        (
            noted(content(Rejected, Some(0), &[], &[Reason::IncomeCoversNeed]), &"x".repeat(NOTE_MAX + 1)),
            DecisionError::NoteTooLong,
        ),
        (
            DecisionContent { provisions: vec![], ..content(Granted, Some(1), &[1], &[]) },
            DecisionError::ProvisionMissing,
        ),
    ] {
        assert_eq!(Decision::new(content.clone()), Err(error), "{content:?}");
    }
    let explained = noted(content(Rejected, Some(1), &[], &[Reason::Other]), "Du har flyttat ihop med din mamma.");
    assert!(Decision::new(explained).is_ok());
}

#[test]
fn everyone_who_took_part_is_named_once() {
    let granted = content(Outcome::Granted, Some(1), &[1], &[]);
    let presented = DecisionContent { rapporteur: Some(official(2, "Ali Noor")), ..granted.clone() };
    assert!(Decision::new(presented).is_ok());
    for (content, error) in [
        (DecisionContent { decider: official(1, " "), ..granted.clone() }, DecisionError::NameMissing),
        (DecisionContent { rapporteur: Some(official(2, "")), ..granted.clone() }, DecisionError::NameMissing),
        (DecisionContent { participants: vec![official(2, "")], ..granted.clone() }, DecisionError::NameMissing),
        (
            DecisionContent { rapporteur: Some(official(1, "Sara Lind")), ..granted.clone() },
            DecisionError::DeciderTwice,
        ),
        (DecisionContent { participants: vec![official(1, "Sara Lind")], ..granted }, DecisionError::DeciderTwice),
    ] {
        assert_eq!(Decision::new(content), Err(error));
    }
}

#[test]
fn only_a_decision_that_may_be_made_is_read() {
    let account = Account::parse("3300", "000620-5124").unwrap().0;
    let mut content = content(Outcome::Granted, Some(412), &[412], &[Reason::NeedByNorm]);
    content.grants[0].method = PayoutMethod::Account { account };
    let decision = Decision::new(content).unwrap();
    let stored = serde_json::to_string(&decision).unwrap();
    assert_eq!(serde_json::from_str::<Decision>(&stored).unwrap(), decision);
    let changed = stored.replacen("412.00", "413.00", 1);
    assert_ne!(changed, stored);
    assert!(serde_json::from_str::<Decision>(&changed).is_err());
}

#[test]
fn three_weeks_from_the_day_it_was_received() {
    for (received, deadline) in [
        (date(2026, 11, 6), date(2026, 11, 27)),
        (date(2026, 11, 24), date(2026, 12, 15)),
        (date(2026, 11, 28), date(2026, 12, 21)),
        (date(2026, 12, 3), date(2026, 12, 28)),
        (date(2026, 12, 10), date(2027, 1, 4)),
        (date(2026, 12, 16), date(2027, 1, 7)),
        (date(2027, 3, 5), date(2027, 3, 30)),
        (date(2027, 6, 4), date(2027, 6, 28)),
    ] {
        assert_eq!(appeal_deadline(received), deadline, "received {received}");
    }
}

#[test]
fn codes_are_read_back() {
    for outcome in Outcome::ALL {
        assert_eq!(Outcome::from_code(outcome.code()), Some(*outcome));
        assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.code());
        assert_eq!(outcome.key(), format!("decision-outcome-{}", outcome.code()));
    }
    assert_eq!(Outcome::from_code("maybe"), None);
}

fn any_content() -> impl Strategy<Value = DecisionContent> {
    (
        prop::sample::select(Outcome::ALL),
        prop::option::of(-2i64..6),
        prop::collection::vec(-1i64..6, 0..3),
        prop::collection::vec(prop::sample::select(Reason::ALL), 0..3),
        prop::option::of(".{0,3}"),
        (-1i64..3, 0usize..2),
    )
        .prop_map(|(outcome, payable, grants, reasons, note, (left_out, questions))| DecisionContent {
            note: note.as_deref().map(PlainText::new),
            ..with(content(outcome, payable, &grants, &reasons), left_out, questions)
        })
}

proptest! {
    #[test]
    fn whatever_may_be_made_keeps_the_rules(content in any_content()) {
        let Ok(decision) = Decision::new(content.clone()) else { return Ok(()) };
        let amount = decision.amount();
        match content.outcome {
            Outcome::Granted | Outcome::PartlyGranted => {
                prop_assert!(amount > Money::ZERO && amount.ore() % 100 == 0);
                match content.basis {
                    Some(basis) => {
                        prop_assert_eq!(amount, basis.payable);
                        prop_assert_eq!(basis.questions, 0);
                        prop_assert_eq!(basis.left_out.is_zero(), content.outcome == Outcome::Granted);
                    }
                    None => prop_assert!(content.note.is_some()),
                }
            }
            Outcome::Rejected | Outcome::Dismissed => prop_assert!(amount.is_zero()),
        }
        prop_assert!(content.outcome == Outcome::Granted || !content.reasons.is_empty());
        prop_assert!(content.reasons.iter().all(|reason| reason.fits(content.outcome)));
        let stored = serde_json::to_string(&decision).unwrap();
        prop_assert_eq!(serde_json::from_str::<Decision>(&stored).unwrap(), decision);
    }

    #[test]
    fn nobody_gets_less_than_three_weeks(days in 0i32..70_000) {
        let received = date(2001, 1, 1).saturating_add(jiff::ToSpan::days(days));
        let deadline = appeal_deadline(received);
        prop_assert!(calendar::is_working_day(deadline));
        let waited = (deadline - received).get_days();
        prop_assert!((21..=27).contains(&waited), "{received}: {waited} days");
    }
}
