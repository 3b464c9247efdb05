//! What has changed in the household: a block for each sort of change.

use domain::renewal::block::Block;
use domain::renewal::household_change::{ChangeDraft, ChangeKind, Relation, Sharing, Tenure};
use leptos::prelude::*;

use super::blocks::{self, BlockFields, in_words};
use super::model::HouseholdChanges;
use crate::i18n::{Texts, texts};
use crate::model::Form;
use crate::t;
use crate::ui::SelectOption;

/// The blocks, in the order of the kinds. A kind that cannot be said of this household has none.
pub(super) fn blocks(changes: &HouseholdChanges, form: &Form) -> impl IntoView + use<> {
    let texts = texts();
    let of_kind = |kind: &ChangeKind| {
        let drafts: Vec<_> = changes.drafts.iter().filter(|draft| draft.kind == *kind).collect();
        let is_more = |_: &ChangeDraft| matches!(kind, ChangeKind::MovedIn | ChangeKind::MovedOut);
        blocks::folded(texts.get(kind.key()), &drafts, is_more, |draft, named| one(&texts, changes, draft, form, named))
    };
    ChangeKind::ALL.iter().filter_map(of_kind).collect_view()
}

fn one(texts: &Texts, changes: &HouseholdChanges, draft: &ChangeDraft, form: &Form, named: String) -> AnyView {
    let fields = BlockFields { block: draft, code: draft.kind().code(), form };
    let day = |label: String| fields.day("date", label, &draft.date, changes.month.first_day());
    let choice = |legend: String, options: Vec<SelectOption>| fields.choice("choice", legend, options, &draft.choice);
    let (called, content) = match draft.kind {
        ChangeKind::MovedIn => {
            let relations = in_words(texts, Relation::ALL, |one| (one.code(), one.key()));
            let content = view! {
                {fields.line("name", t!("change-name"), &draft.name)}
                {choice(t!("change-relation"), relations)}
                {fields.line("number", t!("change-number"), &draft.number)}
                {day(t!("change-moved-in-date"))}
            };
            (Some(draft.name.as_str().to_owned()), content.into_any())
        }
        ChangeKind::MovedOut => {
            let people = changes.people.iter();
            let people = people.map(|one| SelectOption::new(one.value.clone(), texts.phrase(&one.label))).collect();
            let content = view! {
                {fields.choice("person", t!("change-moved-out-person"), people, &draft.person)}
                {day(t!("change-moved-out-date"))}
            };
            (Some(changes.called(draft.person.as_str())), content.into_any())
        }
        ChangeKind::PartTime => {
            let (name, month) = (changes.called(draft.person.as_str()), texts.month(changes.month));
            let person = fields.name("person");
            let content = view! {
                <input type="hidden" name=person value=draft.person.as_str().to_owned()/>
                {fields.line("count", t!("change-days", name = name, month = month), &draft.count)}
            };
            (None, content.into_any())
        }
        ChangeKind::NewHome => {
            let tenures = in_words(texts, Tenure::ALL, |one| (one.code(), one.key()));
            let content = view! {
                {fields.lines("address", t!("change-address"), &draft.address)}
                {choice(t!("change-tenure"), tenures)}
                {day(t!("change-new-home-date"))}
            };
            (None, content.into_any())
        }
        ChangeKind::SharedHome => {
            let sharings = in_words(texts, Sharing::ALL, |one| (one.code(), one.key()));
            let content = view! {
                {fields.line("count", t!("change-persons"), &draft.count)}
                {choice(t!("change-sharing"), sharings)}
            };
            (None, content.into_any())
        }
    };
    blocks::one(&fields, called, named, content)
}
