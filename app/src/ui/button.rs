//! Buttons, and links that lead on or back.

use leptos::prelude::*;

/// How heavy a button is. A page has one filled button.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Weight {
    /// Filled: the one thing to do.
    #[default]
    Primary,
    Secondary,
    /// White, on the card of the next step.
    Inverted,
    /// Red: takes something away.
    Danger,
}

impl Weight {
    const fn variant(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Inverted => "inverted",
            Self::Danger => "danger",
        }
    }
}

/// The button that sends the form it stands in.
#[component]
pub fn SubmitButton(
    /// What it does, as a verb.
    #[prop(into)]
    label: String,
    /// What it does it to, where only its place says that: for whoever does not see the place.
    #[prop(optional, into)]
    what: String,
    /// How heavy it is.
    #[prop(optional)]
    weight: Weight,
    /// A name and value that this button alone sends.
    #[prop(optional, into)]
    sends: Option<(String, String)>,
    #[prop(optional)] small: bool,
) -> impl IntoView {
    let (name, value) = sends.unzip();
    view! {
        <button
            class="ds-button"
            type="submit"
            data-variant=weight.variant()
            data-small=small.then_some("")
            name=name
            value=value
        >
            {label}
            {(!what.is_empty()).then(|| view! { <span class="hidden-text">" "{what}</span> })}
        </button>
    }
}

/// A form that is nothing but a button: an act by POST.
#[component]
pub fn PostButton(
    /// The address of the act.
    #[prop(into)]
    action: String,
    /// What it does, as a verb.
    #[prop(into)]
    label: String,
    /// What it does it to, where only its place says that.
    #[prop(optional, into)]
    what: String,
    /// How heavy it is.
    #[prop(optional)]
    weight: Weight,
    /// Hidden fields that go along.
    #[prop(optional)]
    fields: Vec<(String, String)>,
    #[prop(optional)] small: bool,
) -> impl IntoView {
    let fields =
        fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    view! {
        <form method="post" action=action>
            {fields}
            <SubmitButton label what weight small/>
        </form>
    }
}

/// A link that looks like a button: it leads somewhere and changes nothing.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    /// What is there, or what is begun there.
    #[prop(into)]
    label: String,
    /// How heavy it is.
    #[prop(optional)]
    weight: Weight,
) -> impl IntoView {
    view! { <a class="ds-button" data-variant=weight.variant() href=href>{label}</a> }
}

/// The way back, above the title.
#[component]
pub fn BackLink(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    /// Where in a row of pages this one stands.
    #[prop(into, optional)]
    place: String,
) -> impl IntoView {
    view! {
        <nav class="back" aria-label=label.clone()>
            <a href=href>{label.clone()}</a>
            {(!place.is_empty()).then(|| view! { <span>{place}</span> })}
        </nav>
    }
}
