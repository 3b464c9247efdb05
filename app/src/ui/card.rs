//! Titles, cards and notes.

use leptos::prelude::*;

/// The page's title with what belongs to it.
#[component]
pub fn PageHead(
    /// The one `h1`.
    #[prop(into)]
    title: String,
    /// A sentence or two below.
    #[prop(into, optional)]
    lead: String,
    /// The sentence below, where it holds more than words.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div>
            <h1>{title}</h1>
            {(!lead.is_empty()).then(|| view! { <p class="lead">{lead}</p> })}
            {children.map(|children| view! { <p class="lead">{children()}</p> })}
        </div>
    }
}

#[component]
pub fn Card(
    /// Its `h2`; none for a card that needs no name.
    #[prop(into, optional)]
    title: String,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card">
            {(!title.is_empty()).then(|| view! { <h2>{title}</h2> })}
            {children()}
        </section>
    }
}

/// The `h2` of a card, with what is done with all of it, or what it comes to, at the end of the line.
#[component]
pub fn CardHead(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! { <div class="card-head"><h2>{title}</h2>{children()}</div> }
}

/// The one dark card: the next step, with one button among its children.
#[component]
pub fn NextStep(
    /// A few words above the title.
    #[prop(into)]
    kicker: String,
    #[prop(into)] title: String,
    /// What it means, in a sentence or two.
    #[prop(into)]
    text: String,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card next">
            <p class="next-kicker">{kicker}</p>
            <h2>{title}</h2>
            <p>{text}</p>
            {children()}
        </section>
    }
}

/// The weight of a note.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NoteTone {
    #[default]
    Plain,
    Info,
    Warning,
}

impl NoteTone {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "note",
            Self::Info => "note info",
            Self::Warning => "note warning",
        }
    }
}

/// A paragraph that stands out.
#[component]
pub fn Note(#[prop(optional)] tone: NoteTone, children: Children) -> impl IntoView {
    view! { <div class=tone.class()>{children()}</div> }
}

/// A text that somebody typed, with its line breaks.
#[component]
pub fn Prose(#[prop(into)] text: String) -> impl IntoView {
    view! { <p class="prose" dir="auto">{text}</p> }
}
