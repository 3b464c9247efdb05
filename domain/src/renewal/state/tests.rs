use proptest::prelude::*;

use super::*;

const DAY: Date = jiff::civil::date(2026, 11, 24);
const LATER: Date = jiff::civil::date(2026, 11, 26);
use SignerRole::{Applicant, CoApplicant};

fn acts() -> Vec<Act> {
    vec![
        Act::Edit,
        Act::Sign { role: Applicant, on: DAY },
        Act::Decline { role: Applicant },
        Act::BeginReview,
        Act::HandBack,
        Act::RequestCompletion,
        Act::ReceiveCompletion,
        Act::Decide,
        Act::Withdraw,
    ]
}

/// One row a stage, one column an act, in the order of `acts`.
#[test]
fn the_whole_table_of_transitions() {
    use Refusal::{
        AlreadySubmitted as Locked, AlreadyUnderReview as Already, Decided as Done, NotSubmitted as Not,
        NotUnderReview as Idle, NothingRequested as Nothing, Withdrawn as Gone,
    };
    use Stage::{CompletionRequested as C, Decided as E, Draft as D, Submitted as S, UnderReview as R, Withdrawn as W};
    let table = [
        (D, [Ok(D), Ok(S), Err(Not), Err(Not), Err(Not), Err(Not), Err(Not), Err(Not), Ok(W)]),
        (S, [Err(Locked), Ok(S), Ok(S), Ok(R), Err(Idle), Ok(C), Err(Nothing), Ok(E), Ok(W)]),
        (R, [Err(Locked), Ok(R), Ok(R), Err(Already), Ok(S), Ok(C), Err(Nothing), Ok(E), Ok(W)]),
        (C, [Err(Locked), Ok(C), Ok(C), Err(Already), Err(Idle), Ok(C), Ok(R), Ok(E), Ok(W)]),
        (E, [Err(Done); 9]),
        (W, [Err(Gone); 9]),
    ];
    assert_eq!(table.len(), Stage::ALL.len());
    for (stage, row) in table {
        for (act, expected) in acts().into_iter().zip(row) {
            let progress = SignatureProgress { stage, ..SignatureProgress::begin(false) };
            assert_eq!(progress.after(act).map(|after| after.stage), expected, "{stage:?} {act:?}");
        }
    }
}

#[test]
fn the_first_signature_submits_and_sets_the_arrival() {
    for [first, second] in [[Applicant, CoApplicant], [CoApplicant, Applicant]] {
        let one = SignatureProgress::begin(true).after(Act::Sign { role: first, on: DAY }).unwrap();
        assert_eq!((one.stage, one.arrived), (Stage::Submitted, Some(DAY)));
        assert_eq!(one.signature(second), Some(SignatureState::Awaited));
        let both = one.after(Act::Sign { role: second, on: LATER }).unwrap();
        assert_eq!((both.stage, both.arrived), (Stage::Submitted, Some(DAY)));
        assert_eq!(both.signature(second), Some(SignatureState::Signed));
    }
}

#[test]
fn a_missing_co_signature_is_never_a_veto() {
    let submitted = SignatureProgress::begin(true).after(Act::Sign { role: Applicant, on: DAY }).unwrap();
    let declined = submitted.after(Act::Decline { role: CoApplicant }).unwrap();
    assert_eq!(declined.signature(CoApplicant), Some(SignatureState::Declined));
    for progress in [submitted, declined] {
        assert_eq!(progress.after(Act::Decide).unwrap().stage, Stage::Decided);
    }
    let changed_mind = declined.after(Act::Sign { role: CoApplicant, on: LATER }).unwrap();
    assert_eq!(changed_mind.signature(CoApplicant), Some(SignatureState::Signed));
}

#[test]
fn a_second_press_is_told_of_the_first() {
    let signed = SignatureProgress::begin(true).after(Act::Sign { role: Applicant, on: DAY }).unwrap();
    let again = Act::Sign { role: Applicant, on: LATER };
    assert_eq!(signed.after(again), Err(Refusal::AlreadySigned));
    assert_eq!(signed.after(Act::Decide).unwrap().after(again), Err(Refusal::AlreadySigned));
    assert_eq!(signed.after(Act::Decline { role: Applicant }), Err(Refusal::AlreadySigned));
}

#[test]
fn nobody_signs_for_a_co_applicant_who_is_not_there() {
    let alone = SignatureProgress::begin(false);
    assert_eq!(alone.after(Act::Sign { role: CoApplicant, on: DAY }), Err(Refusal::NoCoApplicant));
    let signed = alone.after(Act::Sign { role: Applicant, on: DAY }).unwrap();
    assert_eq!(signed.signature(CoApplicant), None);
    assert_eq!(signed.after(Act::Decline { role: CoApplicant }), Err(Refusal::NoCoApplicant));
}

#[test]
fn codes_are_read_back() {
    for stage in Stage::ALL {
        assert_eq!(Stage::from_code(stage.code()), Some(*stage));
        assert_eq!(serde_json::to_value(stage).unwrap(), stage.code());
    }
    for state in SignatureState::ALL {
        assert_eq!(SignatureState::from_code(state.code()), Some(*state));
        assert_eq!(serde_json::to_value(state).unwrap(), state.code());
    }
    for role in [Applicant, CoApplicant] {
        assert_eq!(SignerRole::from_code(role.code()), Some(role));
        assert_eq!(serde_json::to_value(role).unwrap(), role.code());
    }
    assert_eq!(Stage::from_code("lost"), None);
}

fn any_act() -> impl Strategy<Value = Act> {
    let role = prop_oneof![Just(Applicant), Just(CoApplicant)];
    let day = prop_oneof![Just(DAY), Just(LATER)];
    prop_oneof![
        Just(Act::Edit),
        (role.clone(), day).prop_map(|(role, on)| Act::Sign { role, on }),
        role.prop_map(|role| Act::Decline { role }),
        Just(Act::BeginReview),
        Just(Act::RequestCompletion),
        Just(Act::ReceiveCompletion),
        Just(Act::Decide),
        Just(Act::Withdraw),
    ]
}

proptest! {
    #[test]
    fn whatever_is_done_the_story_holds(with_co_applicant: bool, acts in prop::collection::vec(any_act(), 0..20)) {
        let mut progress = SignatureProgress::begin(with_co_applicant);
        for act in acts {
            let Ok(after) = progress.after(act) else { continue };
            prop_assert!(!matches!(progress.stage, Stage::Decided | Stage::Withdrawn), "something followed the end");
            prop_assert!(progress.arrived.is_none() || after.arrived == progress.arrived, "the arrival moved");
            prop_assert!(after.stage != Stage::Draft || progress.stage == Stage::Draft, "it became a draft again");
            for role in [Applicant, CoApplicant] {
                if progress.signature(role) == Some(SignatureState::Signed) {
                    prop_assert_eq!(after.signature(role), Some(SignatureState::Signed), "a signature was lost");
                }
            }
            let signed = [Applicant, CoApplicant].iter().any(|r| after.signature(*r) == Some(SignatureState::Signed));
            prop_assert_eq!(after.arrived.is_some(), signed);
            prop_assert!(signed || matches!(after.stage, Stage::Draft | Stage::Withdrawn));
            progress = after;
        }
    }
}
