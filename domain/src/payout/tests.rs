use std::collections::HashSet;

use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::account::{Account, Giro};
use crate::decision::{Basis, DecisionContent, Grant, Official, Outcome, Reason, provisions_for};
use crate::form::PlainText;
use crate::id::StaffId;

fn rule(day: i8, lead_days: u8) -> PayRule {
    PayRule::new(PaySettings { day, lead_days }).unwrap()
}

fn month(text: &str) -> NormMonth {
    text.parse().unwrap()
}

/// A grant of 8 412 kr to an account and 250 kr to an electricity company.
fn decision() -> Decision {
    let account = Account::parse("3300", "000620-5124").unwrap().0;
    let giro = Giro::Bankgiro("5858-2628".parse().unwrap());
    let methods = [
        PayoutMethod::Account { account },
        PayoutMethod::ThirdParty { name: PlainText::new("Exempelby Energi"), giro },
    ];
    let grants = methods
        .into_iter()
        .zip([8_412, 250])
        .map(|(method, kronor)| Grant { amount: Money::from_kronor(kronor), method });
    let staff = StaffId(Uuid::from_u128(1));
    Decision::new(DecisionContent {
        outcome: Outcome::Granted,
        date: date(2026, 11, 24),
        norm_month: month("2026-12"),
        decider: Official { staff, name: PlainText::new("Sara Lind"), title: PlainText::new("socialsekreterare") },
        rapporteur: None,
        participants: vec![],
        basis: Some(Basis { payable: Money::from_kronor(8_662), left_out: Money::ZERO, questions: 0 }),
        grants: grants.collect(),
        reasons: vec![Reason::NeedByNorm],
        note: None,
        provisions: provisions_for(Outcome::Granted, &[Reason::NeedByNorm]),
    })
    .unwrap()
}

#[test]
fn the_whole_table_of_states() {
    use PayoutRefusal::{AlreadyPaid, Cancelled, NotStopped, Stopped};
    use PayoutState as State;
    // In the order of `PayoutAct::ALL`: pay, stop, release, cancel.
    let table = [
        (State::Planned, [Ok(State::Paid), Ok(State::Stopped), Err(NotStopped), Ok(State::Cancelled)]),
        (State::Paid, [Err(AlreadyPaid); 4]),
        (State::Stopped, [Err(Stopped), Err(Stopped), Ok(State::Planned), Ok(State::Cancelled)]),
        (State::Cancelled, [Err(Cancelled); 4]),
    ];
    assert_eq!(table.map(|(state, _)| state), State::ALL);
    for (state, row) in table {
        for (act, expected) in PayoutAct::ALL.iter().zip(row) {
            assert_eq!(state.after(*act), expected, "{state:?} {act:?}");
        }
    }
}

#[test]
fn every_grant_is_paid_once() {
    let id = DecisionId(Uuid::from_u128(7));
    let rule = rule(27, 2);
    let payouts = plan(id, &decision(), rule);
    assert_eq!(payouts, plan(id, &decision(), rule));
    let planned: Vec<_> = payouts.iter().map(|p| (p.line, p.amount, p.method.code(), p.pay_date)).collect();
    assert_eq!(
        planned,
        [
            (1, Money::from_kronor(8_412), "account", date(2026, 11, 27)),
            (2, Money::from_kronor(250), "third-party", date(2026, 11, 27)),
        ]
    );
    assert_ne!(payouts[0].id, payouts[1].id);
    assert_ne!(payouts[0].id, plan(DecisionId(Uuid::from_u128(8)), &decision(), rule)[0].id);
}

/// Payouts that exist keep their identity; another way of making it would pay them again.
#[test]
fn the_identity_of_a_payout_never_changes() {
    let decision = DecisionId("5b0c4cc6-31f1-4d7a-9a5f-0d1f6f0f3a11".parse().unwrap());
    assert_eq!(payout_id(decision, 1).to_string(), "63ac1c7b-e526-825d-b3e6-1552ca570869");
    assert_eq!(payout_id(decision, 1).0.get_version_num(), 8);
}

#[test]
fn money_moves_on_banking_days() {
    for (rule, norm_month, decided, pay_date) in [
        (rule(27, 2), "2026-12", date(2026, 11, 24), date(2026, 11, 27)),
        // Decided on the ordinary day: as soon as the bank can.
        (rule(27, 2), "2026-12", date(2026, 11, 27), date(2026, 12, 1)),
        (rule(27, 0), "2026-12", date(2026, 11, 27), date(2026, 11, 27)),
        // Decided on a Saturday.
        (rule(1, 0), "2026-12", date(2026, 11, 7), date(2026, 11, 9)),
        (rule(1, 1), "2026-12", date(2026, 11, 7), date(2026, 11, 9)),
        // The ordinary day is a Sunday, Christmas, or the last of a short month.
        (rule(27, 2), "2027-01", date(2026, 12, 1), date(2026, 12, 28)),
        (rule(24, 2), "2027-01", date(2026, 12, 1), date(2026, 12, 28)),
        (rule(31, 0), "2027-03", date(2027, 2, 1), date(2027, 3, 1)),
        (rule(31, 0), "2027-01", date(2026, 12, 1), date(2027, 1, 4)),
    ] {
        assert_eq!(rule.pay_date(month(norm_month), decided), pay_date, "{rule:?} {norm_month} {decided}");
    }
}

#[test]
fn settings_are_checked() {
    for (day, lead_days, error) in
        [(0, 0, PayRuleError::Day), (32, 0, PayRuleError::Day), (27, 11, PayRuleError::LeadDays)]
    {
        assert_eq!(PayRule::new(PaySettings { day, lead_days }), Err(error));
    }
}

#[test]
fn codes_are_read_back() {
    for state in PayoutState::ALL {
        assert_eq!(PayoutState::from_code(state.code()), Some(*state));
        assert_eq!(serde_json::to_value(state).unwrap(), state.code());
    }
    assert_eq!(PayoutState::from_code("lost"), None);
}

proptest! {
    #[test]
    fn no_two_lines_share_an_identity(decisions in prop::collection::hash_set(any::<u128>(), 1..20), lines in 1u16..20) {
        let ids: HashSet<_> = decisions
            .iter()
            .flat_map(|decision| (1..=lines).map(|line| payout_id(DecisionId(Uuid::from_u128(*decision)), line)))
            .collect();
        prop_assert_eq!(ids.len(), decisions.len() * usize::from(lines));
    }

    #[test]
    fn nothing_is_paid_before_its_day_or_before_the_bank_can(
        day in 1i8..=31,
        lead_days in 0u8..=10,
        days in 0i32..60_000,
    ) {
        let decided = date(2001, 1, 1).saturating_add(days.days());
        let norm_month = NormMonth::of(decided).unwrap().next();
        let settings = rule(day, lead_days);
        let pay_date = settings.pay_date(norm_month, decided);
        prop_assert!(calendar::is_working_day(pay_date) && pay_date >= decided);
        let banking_days = (1..).take_while(|n| decided.saturating_add(n.days()) <= pay_date);
        let between = banking_days.filter(|n| calendar::is_working_day(decided.saturating_add(n.days()))).count();
        prop_assert!(between >= usize::from(lead_days), "{decided} to {pay_date}");
    }
}
