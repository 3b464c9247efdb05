//! Amounts, source chips and tags.

use domain::Money;
use leptos::prelude::*;

use super::Icon;
use crate::i18n::{Texts, texts};
use crate::model::{AuthorityName, SourceChip};
use crate::t;

/// An amount: tabular figures, never broken, isolated from the direction of the text around it.
#[component]
pub fn Amount(
    amount: Money,
    /// The one amount that matters on the page.
    #[prop(optional)]
    big: bool,
) -> impl IntoView {
    let class = if big { "amount big" } else { "amount" };
    view! { <bdi dir="ltr" class=class>{texts().money(amount)}</bdi> }
}

/// Figures that are read from left to right in every language: references, case numbers, identity numbers.
#[component]
pub fn Isolated(#[prop(into)] text: String) -> impl IntoView {
    view! { <bdi dir="ltr">{text}</bdi> }
}

/// The name of an authority in the page's language.
pub fn authority_name(texts: &Texts, name: &AuthorityName) -> String {
    match name {
        AuthorityName::Agency(agency) => texts.get(&format!("agency-{}", agency.code())),
        AuthorityName::Named(name) => name.clone(),
    }
}

/// Who says so: the same chip on every page, in print and in forced colours.
#[component]
pub fn SourceChip(source: SourceChip) -> impl IntoView {
    let texts = texts();
    let (class, icon, word) = match source {
        SourceChip::Authority(name) => ("source", Icon::Building, authority_name(&texts, &name)),
        SourceChip::Authorities => ("source", Icon::Building, t!("source-authorities")),
        SourceChip::Register => ("source", Icon::Building, t!("source-register")),
        SourceChip::Stated(name) => ("source person", Icon::Person, name),
        SourceChip::Caseworker(name) => ("source staff-source", Icon::Pen, name),
        SourceChip::Earlier(month) => ("source earlier", Icon::Clock, texts.month(month)),
    };
    view! { <span class=class>{icon.into_render()}<span class="hidden-text">{t!("source-label")}" "</span>{word}</span> }
}

/// A word in a coloured field.
#[component]
pub fn Tag(#[prop(into)] text: String, #[prop(optional)] tone: crate::model::Tone) -> impl IntoView {
    view! { <span class=tone.class()>{text}</span> }
}

impl crate::model::Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "tag",
            Self::Good => "tag good",
            Self::Info => "tag info",
            Self::Warning => "tag warning",
            Self::Bad => "tag bad",
        }
    }
}
