//! A question with many answers in groups.

use leptos::prelude::*;

use super::field::{FieldState, SelectFrame, SelectOption, answers, in_words};

/// A group of answers under a name of its own.
pub struct SelectGroup {
    pub label: String,
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
    let options: Vec<_> = groups.iter().flat_map(|group| group.options.clone()).collect();
    let state = in_words(state, &options);
    let groups = groups
        .into_iter()
        .filter(|group| !group.options.is_empty())
        .map(|group| {
            view! { <optgroup label=group.label>{answers(group.options, &group.value)}</optgroup> }
        })
        .collect_view();
    view! { <SelectFrame name label hint state>{groups}</SelectFrame> }
}
