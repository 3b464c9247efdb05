//! Changes of the household, and episodes of a month.

use super::*;
use crate::renewal::block::Block;
use crate::renewal::episode::{AbsenceReason, Certificate, EPISODES_MAX, Episode, EpisodeDraft, EpisodeKind, Extent};
use crate::renewal::household_change::{
    CHANGES_MAX, ChangeDraft, ChangeKind, HouseholdChange, Relation, Sharing, Tenure,
};
use crate::renewal::small_count::SmallCount;

/// A change with these texts in its fields.
fn change(kind: ChangeKind, texts: &[(&str, &str)]) -> ChangeDraft {
    let mut change = ChangeDraft::new(StatementId(Uuid::from_u128(0xc)), kind);
    fill(&mut change, texts);
    change
}

fn fill<B: Block>(block: &mut B, texts: &[(&str, &str)]) {
    for (name, text) in texts {
        let (_, place) = B::FIELDS.iter().find(|(field, _)| field == name).unwrap();
        *place(block) = typed(text);
    }
}

#[test]
fn a_change_of_the_household_has_the_fields_of_its_kind() {
    let context = context(&[PETRA, ELSA]);
    let (moved, elsa) = (date(2026, 12, 3), ELSA.to_string());
    let number = crate::PersonNumber::parse("201703152395").unwrap();
    for (change, expected) in [
        (
            change(
                ChangeKind::MovedIn,
                &[("name", " Alva "), ("choice", "child"), ("number", "20170315 2395"), ("date", "3/12")],
            ),
            HouseholdChange::MovedIn {
                name: Some(plain("Alva")),
                relation: Relation::Child,
                number: Some(number),
                date: moved,
            },
        ),
        (
            change(ChangeKind::MovedOut, &[("person", &elsa), ("date", "3 dec")]),
            HouseholdChange::MovedOut { person: ELSA, date: moved },
        ),
        (
            change(ChangeKind::PartTime, &[("person", &elsa), ("count", "٠")]),
            HouseholdChange::PartTime { person: ELSA, days: SmallCount(0) },
        ),
        (
            change(
                ChangeKind::NewHome,
                &[("address", "Storgatan 1"), ("choice", "second-hand"), ("date", "2026-12-03")],
            ),
            HouseholdChange::NewHome { address: Some(plain("Storgatan 1")), tenure: Tenure::SecondHand, date: moved },
        ),
        (
            change(ChangeKind::MovedIn, &[("choice", "newborn"), ("date", "1/6")]),
            HouseholdChange::MovedIn { name: None, relation: Relation::Newborn, number: None, date: date(2026, 6, 1) },
        ),
        (
            change(ChangeKind::NewHome, &[("choice", "none"), ("date", "15/2")]),
            HouseholdChange::NewHome { address: None, tenure: Tenure::None, date: date(2026, 2, 15) },
        ),
        (
            change(ChangeKind::SharedHome, &[("choice", "lodger"), ("count", " 3 ")]),
            HouseholdChange::SharedHome { sharing: Sharing::Lodger, persons: SmallCount(3) },
        ),
    ] {
        assert_eq!(judge_change(&change, &context).unwrap(), expected);
    }
    for (change, expected) in [
        (
            change(ChangeKind::MovedIn, &[("number", "19900101")]),
            vec![
                ("name", "error-name-missing"),
                ("choice", "error-choice-missing"),
                ("number", "error-person-number-form"),
                ("date", "error-date-missing"),
            ],
        ),
        (
            change(ChangeKind::MovedOut, &[("date", "2027-01-01")]),
            vec![("person", "error-person-missing"), ("date", "error-date-too-late")],
        ),
        (
            change(ChangeKind::PartTime, &[("person", &JOHAN.to_string()), ("count", "32")]),
            vec![("count", "error-person-unknown")],
        ),
        (
            change(ChangeKind::NewHome, &[("choice", "castle")]),
            vec![
                ("address", "error-address-missing"),
                ("choice", "error-choice-missing"),
                ("date", "error-date-missing"),
            ],
        ),
        (
            change(ChangeKind::SharedHome, &[("choice", "free"), ("count", "2")]),
            vec![("count", "error-count-not-in-range")],
        ),
        (
            change(ChangeKind::SharedHome, &[("count", "1,5")]),
            vec![("choice", "error-choice-missing"), ("count", "error-count-not-in-range")],
        ),
    ] {
        let errors = judge_change(&change, &context).unwrap_err();
        assert_eq!(found(&errors), expected);
        assert!(errors.iter().all(|error| error.form_field() == format!("{}-{}", error.field, change.id)));
    }
}

fn episode(kind: EpisodeKind, texts: &[(&str, &str)]) -> EpisodeDraft {
    let mut episode = EpisodeDraft::new(StatementId(Uuid::from_u128(0xe1)), kind);
    fill(&mut episode, texts);
    episode
}

#[test]
fn an_episode_has_the_fields_of_its_kind() {
    let context = context(&[PETRA]);
    let (from, to) = (date(2026, 11, 3), date(2026, 11, 14));
    let days = [("from", "3/11"), ("to", "14 nov")];
    let with = |more: &[(&'static str, &'static str)]| [&days[..], more].concat();
    for (episode, expected) in [
        (
            episode(EpisodeKind::Work, &[("place", " Lagret AB "), ("from", "2024-02-01")]),
            Episode::Work { place: plain("Lagret AB"), from: date(2024, 2, 1), to: None },
        ),
        (
            episode(EpisodeKind::Work, &[("place", "Lagret AB"), ("from", "1/1"), ("to", "2029-06-30")]),
            Episode::Work { place: plain("Lagret AB"), from: date(2026, 1, 1), to: Some(date(2029, 6, 30)) },
        ),
        (
            episode(EpisodeKind::Study, &with(&[("place", "Komvux")])),
            Episode::Study { place: plain("Komvux"), from, to: Some(to) },
        ),
        (
            episode(
                EpisodeKind::SickLeave,
                &[("from", "3/11"), ("to", "2027-02-28"), ("extent", "half"), ("choice", "later")],
            ),
            Episode::SickLeave {
                id: Some(StatementId(Uuid::from_u128(0xe1))),
                from,
                to: date(2027, 2, 28),
                extent: Extent::Half,
                certificate: Certificate::Later,
            },
        ),
        (
            episode(EpisodeKind::ParentalLeave, &[("from", "3/11"), ("extent", "full")]),
            Episode::ParentalLeave { from, to: None, extent: Extent::Full },
        ),
        (
            episode(EpisodeKind::Activity, &[("place", "Praktik"), ("planned", "40"), ("done", "٣٢")]),
            Episode::Activity { what: plain("Praktik"), planned: SmallCount(40), done: SmallCount(32) },
        ),
        (
            episode(EpisodeKind::Absence, &with(&[("choice", "child-ill")])),
            Episode::Absence { from, to, reason: AbsenceReason::ChildIll, why: None },
        ),
    ] {
        assert_eq!(judge_episode(&episode, &context).unwrap(), expected);
    }
    for (episode, expected) in [
        (
            episode(EpisodeKind::Work, &[("to", "14/11")]),
            vec![("place", "error-place-missing"), ("from", "error-date-missing")],
        ),
        (
            episode(EpisodeKind::SickLeave, &[("from", "14/11"), ("to", "3/11"), ("extent", "all")]),
            vec![
                ("to", "error-last-day-before-first"),
                ("extent", "error-choice-missing"),
                ("choice", "error-choice-missing"),
            ],
        ),
        (
            episode(EpisodeKind::Absence, &[("from", "3/10"), ("to", "4/10"), ("choice", "ill")]),
            vec![("to", "error-date-too-early")],
        ),
        (
            episode(EpisodeKind::ParentalLeave, &[("from", "2027-01-01"), ("extent", "full")]),
            vec![("from", "error-date-too-late")],
        ),
        (
            episode(EpisodeKind::Activity, &[("place", "Praktik"), ("planned", "many"), ("done", "201")]),
            vec![("planned", "error-count-not-in-range"), ("done", "error-count-not-in-range")],
        ),
        (episode(EpisodeKind::Absence, &with(&[("choice", "other")])), vec![("why", "error-note-missing")]),
    ] {
        let errors = judge_episode(&episode, &context).unwrap_err();
        assert_eq!(found(&errors), expected);
        assert!(errors.iter().all(|error| error.form_field() == format!("{}-{}", error.field, episode.id)));
    }
}

#[test]
fn an_episode_is_told_beside_the_answer_and_not_instead_of_it() {
    let whole = context(&[PETRA]);
    let own = Context { part: Part::Own, ..whole.clone() };
    let work = episode(EpisodeKind::Work, &[("place", "Lagret AB"), ("from", "3/11")]);
    let draft = |answer: &str, episodes: Vec<EpisodeDraft>| ActivityDraft {
        answer: typed(answer),
        episodes,
        ..ActivityDraft::default()
    };
    let told = judge_activity(&draft("as-planned", vec![work.clone()]), &whole).unwrap().unwrap();
    assert_eq!(told.episodes.len(), 1);
    for context in [&whole, &own] {
        let unanswered = judge_activity(&draft("", vec![work.clone()]), context).unwrap_err();
        assert_eq!(found(&unanswered), [("activity", "error-activity-missing")]);
    }
    let many = judge_activity(&draft("as-planned", vec![work; EPISODES_MAX + 1]), &whole).unwrap_err();
    assert_eq!(found(&many), [("activity", "error-list-too-long")]);
}

#[test]
fn a_change_by_itself_says_that_the_household_has_changed() {
    let context = context(&[PETRA]);
    let shared = change(ChangeKind::SharedHome, &[("choice", "free"), ("count", "2")]);
    let draft = |answer: &str, changes: Vec<ChangeDraft>| HouseholdDraft {
        answer: typed(answer),
        changes,
        ..HouseholdDraft::default()
    };
    let stated = judge_household(&draft("changed", vec![shared.clone()]), &context).unwrap();
    assert_eq!((stated.changes().len(), stated.in_words()), (1, None));
    let both = judge_household(&draft("same", vec![shared.clone()]), &context).unwrap_err();
    assert_eq!(found(&both), [("household", "error-household-both")]);
    let unfinished = change(ChangeKind::SharedHome, &[("choice", "free")]);
    let one_of_two = judge_household(&draft("changed", vec![shared.clone(), unfinished]), &context).unwrap_err();
    assert_eq!(found(&one_of_two), [("count", "error-count-not-in-range")]);
    let out = change(ChangeKind::MovedOut, &[("person", &PETRA.to_string()), ("date", "3/12")]);
    let days = change(ChangeKind::PartTime, &[("person", &PETRA.to_string()), ("count", "15")]);
    let twice = judge_household(&draft("changed", vec![out, days]), &context).unwrap_err();
    assert_eq!(found(&twice), [("count", "error-person-twice")]);
    let many = judge_household(&draft("changed", vec![shared; CHANGES_MAX + 1]), &context).unwrap_err();
    assert_eq!(found(&many), [("household", "error-list-too-long")]);
}
