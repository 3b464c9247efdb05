//! Fields with label, help and error.

use jiff::civil::Date;
use leptos::prelude::*;

use crate::i18n::texts;
use crate::model::{Form, example_of};
use crate::t;

/// What a field shows beside what was typed.
#[derive(Clone, Default)]
pub struct FieldState {
    /// What is wrong, in the words of the summary.
    pub error: Option<String>,
    /// What was typed in the same field in another window.
    pub other: Option<String>,
}

/// The state of a field in a form, in the page's language.
pub fn field_state(form: &Form, field: &str) -> FieldState {
    FieldState {
        error: form.error(field).map(|message| texts().phrase(message)),
        other: form.conflicts.iter().find(|conflict| conflict.field == field).map(|conflict| conflict.other.clone()),
    }
}

/// What kind of text a field takes: the keyboard that phones show, and what browsers may fill in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TextKind {
    #[default]
    Text,
    /// The person's own telephone number.
    Phone,
    /// The person's own e-mail address.
    Email,
    /// An amount of kronor.
    Amount,
    /// A day, written `2026-11-25`.
    Date,
}

impl TextKind {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Phone => "tel",
            Self::Email => "email",
            Self::Text | Self::Amount | Self::Date => "text",
        }
    }

    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Phone => "tel",
            Self::Email => "email",
            Self::Text | Self::Amount | Self::Date => "off",
        }
    }

    const fn input_mode(self) -> Option<&'static str> {
        match self {
            Self::Amount => Some("decimal"),
            // A keyboard of digits alone has no sign between day and month.
            Self::Text | Self::Date | Self::Phone | Self::Email => None,
        }
    }

    /// Figures are written from left to right in every language.
    const fn dir(self) -> Option<&'static str> {
        match self {
            Self::Text => None,
            Self::Phone | Self::Email | Self::Amount | Self::Date => Some("ltr"),
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Amount | Self::Date | Self::Phone => "ds-input short",
            Self::Text | Self::Email => "ds-input",
        }
    }
}

/// The ids of the texts that belong to a field, for `aria-describedby`.
pub(super) fn described_by(name: &str, hint: &str, state: &FieldState) -> Option<String> {
    let parts = [
        (!hint.is_empty()).then(|| format!("{name}-hint")),
        state.error.is_some().then(|| format!("{name}-error")),
        state.other.is_some().then(|| format!("{name}-other")),
    ];
    let ids: Vec<String> = parts.into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// The error at a field. It has the id that `aria-describedby` names.
#[component]
pub(super) fn FieldNotes(name: String, state: FieldState) -> impl IntoView {
    let error_id = format!("{name}-error");
    let other_id = format!("{name}-other");
    view! {
        {state.error.map(|error| view! {
            <p class="field-error" id=error_id><span class="hidden-text">{t!("ui-error")}" "</span>{error}</p>
        })}
        {state.other.map(|other| view! {
            <div class="note warning" id=other_id>
                <p>{t!("ui-typed-elsewhere")}</p>
                <p class="prose">{other}</p>
            </div>
        })}
    }
}

/// Label, help, error and the control itself.
#[component]
pub fn FieldFrame(
    /// The form's field name.
    name: String,
    /// What the person reads above the control.
    label: String,
    /// Help; may be empty.
    hint: String,
    /// Its error, and what was typed elsewhere.
    state: FieldState,
    children: Children,
) -> impl IntoView {
    let class = if state.error.is_some() { "ds-field has-error" } else { "ds-field" };
    let hint_id = format!("{name}-hint");
    view! {
        <div class=class>
            <label for=name.clone()>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p data-field="description" id=hint_id>{hint}</p> })}
            <FieldNotes name state/>
            {children()}
        </div>
    }
}

/// A field for one line of text.
///
/// It has no `maxlength`: a browser would cut a pasted text in silence, while the server keeps it whole and says what is too long.
#[component]
pub fn Field(
    /// The form's field name, which is also the element's id.
    #[prop(into)]
    name: String,
    /// What the person reads above the field.
    #[prop(into)]
    label: String,
    /// Help that stands between label and field.
    #[prop(into, optional)]
    hint: String,
    #[prop(into)] value: String,
    /// What kind of text it takes.
    #[prop(optional)]
    kind: TextKind,
    /// Its error, and what was typed elsewhere.
    #[prop(optional)]
    state: FieldState,
) -> impl IntoView {
    let described = described_by(&name, &hint, &state);
    let invalid = state.error.is_some().then_some("true");
    view! {
        <FieldFrame name=name.clone() label hint state>
            <input
                class=kind.class()
                type=kind.input_type()
                id=name.clone()
                name=name.clone()
                value=value
                dir=kind.dir()
                inputmode=kind.input_mode()
                autocomplete=kind.autocomplete()
                aria-describedby=described
                aria-invalid=invalid
            />
        </FieldFrame>
    }
}

/// A field for a day, as one text: it takes what was typed as it is, and an impossible day can be shown again.
#[component]
pub fn DateField(
    /// The form's field name, which is also the element's id.
    #[prop(into)]
    name: String,
    /// What the person reads above the field.
    #[prop(into)]
    label: String,
    /// Help that stands before the example.
    #[prop(into, optional)]
    hint: String,
    /// A day that it could be, shown as the example.
    example: Date,
    #[prop(into)] value: String,
    /// Its error, and what was typed elsewhere.
    #[prop(optional)]
    state: FieldState,
) -> impl IntoView {
    let example = t!("ui-date-hint", example = example_of(example));
    let hint = if hint.is_empty() { example } else { format!("{hint} {example}") };
    view! { <Field name label hint value kind=TextKind::Date state/> }
}

/// One alternative of [`Radios`] or [`Select`].
#[derive(Clone)]
pub struct SelectOption {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub label: String,
}

/// What was chosen elsewhere, by the words of the alternative and not by its code.
pub(super) fn in_words(state: FieldState, options: &[SelectOption]) -> FieldState {
    let label = |value: String| {
        options.iter().find(|option| option.value == value).map_or(value, |option| option.label.clone())
    };
    FieldState { other: state.other.map(label), ..state }
}

impl SelectOption {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// A question with a few answers, all of them seen.
#[component]
pub fn Radios(
    /// The form's field name; the first answer's element has it as id, so that the error summary leads there.
    #[prop(into)]
    name: String,
    #[prop(into)] legend: String,
    /// Help that stands below the question.
    #[prop(into, optional)]
    hint: String,
    options: Vec<SelectOption>,
    /// The value that was chosen; empty when none was.
    #[prop(into)]
    value: String,
    /// Its error, and what was chosen elsewhere.
    #[prop(optional)]
    state: FieldState,
) -> impl IntoView {
    let state = in_words(state, &options);
    let described = described_by(&name, &hint, &state);
    let invalid = state.error.is_some().then_some("true");
    let class = if state.error.is_some() { "has-error" } else { "no-error" };
    let hint_id = format!("{name}-hint");
    let answers = options
        .into_iter()
        .enumerate()
        .map(|(index, option)| {
            let id = if index == 0 { name.clone() } else { format!("{name}-{}", option.value) };
            let chosen = option.value == value;
            view! {
                <div class="ds-field">
                    <input
                        class="ds-input"
                        type="radio"
                        id=id.clone()
                        name=name.clone()
                        value=option.value
                        checked=chosen
                        aria-invalid=invalid
                    />
                    <label for=id>{option.label}</label>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class=class>
            <fieldset class="ds-fieldset" aria-describedby=described>
                <legend>{legend}</legend>
                {(!hint.is_empty()).then(|| view! { <p data-field="description" id=hint_id>{hint}</p> })}
                <FieldNotes name=name.clone() state/>
                {answers}
            </fieldset>
        </div>
    }
}

/// A question with many answers.
#[component]
pub fn Select(
    /// The form's field name, which is also the element's id.
    #[prop(into)]
    name: String,
    /// What the person reads above the field.
    #[prop(into)]
    label: String,
    /// Help that stands between label and field.
    #[prop(into, optional)]
    hint: String,
    options: Vec<SelectOption>,
    /// The value that was chosen; empty when none was.
    #[prop(into)]
    value: String,
    /// Its error, and what was chosen elsewhere.
    #[prop(optional)]
    state: FieldState,
) -> impl IntoView {
    let state = in_words(state, &options);
    view! { <SelectFrame name label hint state>{answers(options, &value)}</SelectFrame> }
}

/// The answers of a select, one of them chosen.
pub(super) fn answers(options: Vec<SelectOption>, value: &str) -> impl IntoView + use<> {
    let answer = |option: SelectOption| {
        let chosen = option.value == value;
        view! { <option value=option.value selected=chosen>{option.label}</option> }
    };
    options.into_iter().map(answer).collect_view()
}

/// A select with its label, help and error, and before its answers the one that says nothing.
#[component]
pub(super) fn SelectFrame(
    /// The form's field name, which is also the element's id.
    name: String,
    /// What the person reads above the field.
    label: String,
    /// Help that stands between label and field.
    hint: String,
    /// Its error, and what was chosen elsewhere.
    state: FieldState,
    children: Children,
) -> impl IntoView {
    let described = described_by(&name, &hint, &state);
    let invalid = state.error.is_some().then_some("true");
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
                {children()}
            </select>
        </FieldFrame>
    }
}

/// The hidden field that tells which revision of which draft a form showed, so that a form from a stale window is noticed.
#[component]
pub fn RevisionField(
    /// The revision of the draft.
    revision: u32,
    /// Which draft that is, where the form's address does not say.
    #[prop(optional)]
    of: String,
) -> impl IntoView {
    view! { <input type="hidden" name="revision" value=shown_revision(revision, &of)/> }
}

/// What goes back in the field `revision`.
pub fn shown_revision(revision: u32, of: &str) -> String {
    if of.is_empty() { revision.to_string() } else { format!("{revision}.{of}") }
}
