//! What has changed in the household: a block for each sort of change, folded until something is said in it.

use domain::renewal::household_change::{ChangeDraft, ChangeKind, Relation, Sharing, Tenure};
use leptos::prelude::*;

use super::model::HouseholdChanges;
use crate::i18n::{Texts, texts};
use crate::model::Form;
use crate::t;
use crate::ui::{DateField, Field, Radios, SelectOption, TextArea, field_state};

/// The blocks, in the order of the kinds. A kind that cannot be said of this household has none.
pub(super) fn blocks(changes: &HouseholdChanges, form: &Form) -> impl IntoView + use<> {
    let texts = texts();
    ChangeKind::ALL.iter().filter_map(|kind| of_kind(&texts, changes, *kind, form)).collect_view()
}

fn of_kind(texts: &Texts, changes: &HouseholdChanges, kind: ChangeKind, form: &Form) -> Option<impl IntoView + use<>> {
    let drafts: Vec<_> = changes.drafts.iter().filter(|draft| draft.kind == kind).collect();
    if drafts.is_empty() {
        return None;
    }
    let is_open = drafts.iter().any(|draft| !draft.is_blank());
    let each = drafts.into_iter().map(|draft| {
        let block = one(texts, changes, draft, form);
        if is_open && draft.is_blank() && draft.person.is_blank() {
            view! { <details><summary>{t!("change-one-more")}</summary>{block}</details> }.into_any()
        } else {
            block.into_any()
        }
    });
    let each = each.collect_view();
    Some(view! { <details class="fold" open=is_open><summary>{texts.get(kind.key())}</summary>{each}</details> })
}

fn one(texts: &Texts, changes: &HouseholdChanges, draft: &ChangeDraft, form: &Form) -> impl IntoView + use<> {
    let fields = Fields { draft, form, changes };
    let content = match draft.kind {
        ChangeKind::MovedIn => view! {
            {fields.line("name", t!("change-name"), &draft.name)}
            {fields.choice(t!("change-relation"), in_words(texts, Relation::ALL, |it| (it.code(), it.key())))}
            {fields.line("number", t!("change-number"), &draft.number)}
            {fields.day(t!("change-moved-in-date"))}
        }
        .into_any(),
        ChangeKind::MovedOut => view! {
            {fields.person(texts)}
            {fields.day(t!("change-moved-out-date"))}
        }
        .into_any(),
        ChangeKind::PartTime => {
            let month = texts.month(changes.month);
            let name = changes.called(draft.person.as_str());
            let days = t!("change-days", name = name, month = month);
            let person = fields.name("person");
            view! {
                <input type="hidden" name=person value=draft.person.as_str().to_owned()/>
                {fields.line("count", days, &draft.count)}
            }
            .into_any()
        }
        ChangeKind::NewHome => view! {
            {fields.address()}
            {fields.choice(t!("change-tenure"), in_words(texts, Tenure::ALL, |it| (it.code(), it.key())))}
            {fields.day(t!("change-new-home-date"))}
        }
        .into_any(),
        ChangeKind::SharedHome => view! {
            {fields.line("count", t!("change-persons"), &draft.count)}
            {fields.choice(t!("change-sharing"), in_words(texts, Sharing::ALL, |it| (it.code(), it.key())))}
        }
        .into_any(),
    };
    let kind = fields.name("change");
    let remove = (!draft.is_blank()).then(|| fields.remove());
    let who = match draft.kind {
        ChangeKind::MovedIn => Some(draft.name.as_str().trim().to_owned()),
        ChangeKind::MovedOut => Some(changes.called(draft.person.as_str())),
        ChangeKind::PartTime | ChangeKind::NewHome | ChangeKind::SharedHome => None,
    };
    let legend = who.filter(|_| !draft.is_blank()).map(|name| {
        let name = if name.is_empty() { t!("change-no-name") } else { name };
        view! { <legend>{name}</legend> }
    });
    view! {
        <fieldset class="ds-fieldset change">
            {legend}
            <div class="fields">
                <input type="hidden" name=kind value=draft.kind.code()/>
                {content}
                {remove}
            </div>
        </fieldset>
    }
}

fn in_words<T: Copy>(texts: &Texts, all: &[T], words: impl Fn(T) -> (&'static str, &'static str)) -> Vec<SelectOption> {
    let option = |one: &T| {
        let (code, key) = words(*one);
        SelectOption::new(code, texts.get(key))
    };
    all.iter().map(option).collect()
}

/// The fields of one change. The name of each tells which change it is of.
struct Fields<'a> {
    draft: &'a ChangeDraft,
    form: &'a Form,
    changes: &'a HouseholdChanges,
}

impl Fields<'_> {
    fn name(&self, field: &str) -> String {
        format!("{field}-{}", self.draft.id)
    }

    fn line(&self, field: &str, label: String, value: &domain::form::Typed) -> impl IntoView + use<> {
        let name = self.name(field);
        let state = field_state(self.form, &name);
        view! { <Field name label value=value.as_str().to_owned() state/> }
    }

    fn address(&self) -> impl IntoView + use<> {
        let name = self.name("address");
        let state = field_state(self.form, &name);
        let value = self.draft.address.as_str().to_owned();
        view! { <TextArea name label=t!("change-address") value state rows=2/> }
    }

    fn day(&self, label: String) -> impl IntoView + use<> {
        let name = self.name("date");
        let state = field_state(self.form, &name);
        let example = self.changes.month.first_day();
        view! { <DateField name label example value=self.draft.date.as_str().to_owned() state/> }
    }

    fn choice(&self, legend: String, options: Vec<SelectOption>) -> impl IntoView + use<> {
        let name = self.name("choice");
        let state = field_state(self.form, &name);
        view! { <Radios name legend options value=self.draft.choice.as_str().to_owned() state/> }
    }

    fn person(&self, texts: &Texts) -> impl IntoView + use<> {
        let name = self.name("person");
        let state = field_state(self.form, &name);
        let people = self.changes.people.iter();
        let options = people.map(|one| SelectOption::new(one.value.clone(), texts.phrase(&one.label))).collect();
        let value = self.draft.person.as_str().to_owned();
        view! { <Radios name legend=t!("change-moved-out-person") options value state/> }
    }

    fn remove(&self) -> impl IntoView + use<> {
        let name = self.name("remove");
        view! {
            <div class="ds-field">
                <input class="ds-input" type="checkbox" id=name.clone() name=name.clone()/>
                <label for=name>{t!("change-remove")}</label>
            </div>
        }
    }
}
