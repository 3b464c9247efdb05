//! The first page of a renewal that has a month before, in its states, and what has changed.

use app::citizen::model::{
    ActivityFields, ActivitySection, Changed, ComparedRow, Episodes, FetchedRow, Month, MonthField, OnceRow,
};
use app::citizen::{activity, changed};
use app::document::Page;
use app::model::{AuthorityName, CalculationOutcome, Phrase, SourceChip};
use domain::authority::Agency;
use domain::form::Typed;
use domain::id::StatementId;
use domain::renewal::block::Block;
use domain::renewal::draft::ItemList;
use domain::renewal::episode::{EpisodeDraft, EpisodeKind};
use uuid::Uuid;

use super::renewal::{other, the_payout, window};
use super::shared::{answered, calculation, form, kronor, month};
use crate::proofs::{PROOFS_AT, files};

/// A month that is as the one before, with one amount that has come to be another.
fn the_month() -> Month {
    let row = |label, before: Option<i64>, now: Option<i64>, since| ComparedRow {
        label: Phrase::new(label),
        whose: None,
        before: before.map(kronor),
        now: now.map(kronor),
        source: SourceChip::Stated("Petra".to_owned()),
        since,
    };
    let field = |id, list, label, before: Option<i64>, amount: &str| MonthField {
        list,
        id: StatementId(Uuid::from_u128(id)),
        label: Phrase::new(label),
        whose: None,
        before: before.map(kronor),
        amount: amount.to_owned(),
    };
    let fetched = |label, agency, before: Option<i64>, now: Option<i64>| FetchedRow {
        label: Phrase::new(label),
        before: before.map(kronor),
        now: now.map(kronor),
        source: SourceChip::Authority(AuthorityName::Agency(agency)),
        only: None,
    };
    Month {
        about: month(11),
        window: window(),
        previous: month(11),
        form: form(&[]),
        household: Vec::new(),
        payout: the_payout(),
        stated: vec![
            row("expense-kind-rent", Some(6_850), Some(6_850), Some(month(9))),
            row("expense-kind-home-insurance", Some(129), Some(129), Some(month(11))),
        ],
        once: vec![OnceRow { label: Phrase::new("expense-kind-dental-care"), amount: kronor(1_200) }],
        asked: vec![
            field(1, ItemList::Incomes, "income-kind-wage", Some(4_650), "4650"),
            field(2, ItemList::Expenses, "expense-kind-electricity", Some(312), "312"),
        ],
        activity: ActivityFields::default(),
        fetched: vec![
            fetched("income-kind-housing-benefit", Agency::Fk, Some(1_800), Some(1_900)),
            fetched("income-kind-study-aid", Agency::Csn, Some(4_052), None),
        ],
        answers: answered(),
        pending: 0,
        may_ask_again: false,
        other: None,
        preliminary: CalculationOutcome::Figure(calculation()),
        is_unfinished: false,
        is_household_changed: false,
    }
}

pub(super) fn pages() -> Vec<(&'static str, Page)> {
    let wage = "amount-00000000-0000-0000-0000-000000000001";
    let errors = [
        (wage, Phrase::new("error-amount-not-a-number")),
        ("activity-note", Phrase::new("error-activity-note-missing")),
    ];
    let mut wrong = Month {
        form: form(&errors),
        activity: ActivityFields { answer: "partly".to_owned(), ..ActivityFields::default() },
        may_ask_again: true,
        is_unfinished: true,
        is_household_changed: false,
        ..the_month()
    };
    "fyra tusen spänn".clone_into(&mut wrong.asked[0].amount);
    let mut couple = Month {
        household: vec!["Johan".to_owned(), "Elsa".to_owned()],
        other: Some(other(None)),
        pending: 2,
        ..the_month()
    };
    couple.asked[0].whose = Some("Johan".to_owned());
    let changed = |errors: &[(&str, Phrase)]| Changed { previous: month(11), form: form(errors) };
    let activity = |answer: &str, note: &str, errors: &[(&str, Phrase)]| ActivitySection {
        month: month(12),
        form: form(errors),
        fields: ActivityFields { answer: answer.to_owned(), note: note.to_owned(), told: Vec::new() },
        episodes: Episodes {
            about: month(11),
            drafts: episodes(),
            proofs: episodes().iter().take(1).map(|one| (one.id, files(false))).collect(),
            proofs_at: PROOFS_AT.to_owned(),
        },
    };
    vec![
        ("month", app::citizen::month::page(the_month())),
        ("month-errors", app::citizen::month::page(wrong)),
        ("month-couple", app::citizen::month::page(couple)),
        ("changed", changed::page(changed(&[]))),
        ("changed-errors", changed::page(changed(&[("part", Phrase::new("error-nothing-changed"))]))),
        ("activity", activity::page(activity("", "", &[]))),
        ("activity-errors", activity::page(activity("", "", &[("activity", Phrase::new("error-activity-missing"))]))),
    ]
}

/// A sick leave that is told, and a blank episode of each kind.
fn episodes() -> Vec<EpisodeDraft> {
    let id = |number| StatementId(Uuid::from_u128(number));
    let typed = |text: &str| Typed::new(text).unwrap_or_default();
    let ill = EpisodeDraft {
        from: typed("3 nov"),
        to: typed("14 nov"),
        extent: typed("full"),
        choice: typed("later"),
        ..EpisodeDraft::new(id(0xe0), EpisodeKind::SickLeave)
    };
    let blank = EpisodeKind::ALL.iter().zip(0xe1..).map(|(kind, number)| EpisodeDraft::new(id(number), *kind));
    [ill].into_iter().chain(blank).collect()
}
