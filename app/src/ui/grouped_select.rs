//! A question with many answers in groups.

use leptos::prelude::*;

use super::field::{FieldFrame, FieldState, SelectOption, described_by};
use crate::t;

/// A group of answers under a name of its own.
pub struct SelectGroup {
    /// The group's name.
    pub label: String,
    /// The answers.
    pub options: Vec<SelectOption>,
    /// The value that was chosen in this group; empty when none was. The same value may stand in several groups.
    pub value: String,
}

/// A question with many answers, in groups.
#[component]
pub fn GroupedSelect(
    /// The form's field name, which is also the element's id.
    #[prop(into)]
    name: String,
    /// What the person reads above the field.
    #[prop(into)]
    label: String,
    /// Help that stands between label and field.
    #[prop(into, optional)]
    hint: String,
    /// The groups; one without answers is left out.
    groups: Vec<SelectGroup>,
    /// Its error, and what was chosen elsewhere.
    #[prop(optional)]
    state: FieldState,
) -> impl IntoView {
    let described = described_by(&name, &hint, &state);
    let invalid = state.error.is_some().then_some("true");
    let groups = groups
        .into_iter()
        .filter(|group| !group.options.is_empty())
        .map(|group| {
            let answers = group.options.into_iter().map(|option| {
                let chosen = option.value == group.value;
                view! { <option value=option.value selected=chosen>{option.label}</option> }
            });
            view! { <optgroup label=group.label>{answers.collect_view()}</optgroup> }
        })
        .collect_view();
    view! {
        <FieldFrame name=name.clone() label hint state>
            <select
                class="ds-input"
                id=name.clone()
                name=name.clone()
                aria-describedby=described
                aria-invalid=invalid
            >
                <option value="">{t!("ui-choose")}</option>
                {groups}
            </select>
        </FieldFrame>
    }
}
