//! A question with several answers at once.

use leptos::prelude::*;

use super::field::{FieldNotes, FieldState, SelectOption, described_by};

/// Boxes to tick, each a field of its own: one that is ticked is sent under its value, as `on`.
#[component]
pub fn Checkboxes(
    /// The first box has it as id, so that the error summary leads there.
    #[prop(into)]
    name: String,
    #[prop(into)] legend: String,
    options: Vec<SelectOption>,
    /// Its error.
    #[prop(optional)]
    state: FieldState,
) -> impl IntoView {
    let described = described_by(&name, "", &state);
    let invalid = state.error.is_some().then_some("true");
    let class = if state.error.is_some() { "has-error" } else { "no-error" };
    let boxes = options.into_iter().enumerate().map(|(index, option)| {
        let id = if index == 0 { name.clone() } else { format!("{name}-{}", option.value) };
        view! {
            <div class="ds-field">
                <input class="ds-input" type="checkbox" id=id.clone() name=option.value aria-invalid=invalid/>
                <label for=id>{option.label}</label>
            </div>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <div class=class>
            <fieldset class="ds-fieldset" aria-describedby=described>
                <legend>{legend}</legend>
                <FieldNotes name=name.clone() state/>
                {boxes}
            </fieldset>
        </div>
    }
}
