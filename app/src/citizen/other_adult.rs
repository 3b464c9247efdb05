//! What a page says of what authorities know about the other adult of the household.

use leptos::prelude::*;

use super::model::{OtherAdult, OtherSum};
use crate::i18n::{Texts, texts};
use crate::model::Value;
use crate::t;
use crate::ui::{Card, Note, Prose};

/// That they are asked and who reads it, or the sum that the municipality lets this reader see.
#[component]
pub(super) fn AboutTheOther(other: OtherAdult) -> impl IntoView {
    let title = t!("other-adult-title", name = other.name.as_str());
    view! { <Card title>{in_words(&texts(), &other)}</Card> }
}

/// The same as a part of a card.
pub(super) fn as_part(texts: &Texts, other: &OtherAdult) -> impl IntoView + use<> {
    let title = texts.with("other-adult-title", &[("name", other.name.as_str().into())]);
    view! { <div class="part"><h3>{title}</h3>{in_words(texts, other)}</div> }
}

/// The same inside a card.
pub(super) fn in_words(texts: &Texts, other: &OtherAdult) -> impl IntoView + use<> {
    let name: (&str, Value) = ("name", other.name.as_str().into());
    let asked = if other.is_asked { "other-adult-asked" } else { "other-adult-not-asked" };
    let asked = texts.with(asked, std::slice::from_ref(&name));
    match &other.sum {
        None => view! { <p>{asked}" "{texts.with("other-adult-theirs", &[name])}</p> }.into_any(),
        Some(sum) => view! { <p>{asked}</p>{the_sum(texts, other, sum)} }.into_any(),
    }
}

fn the_sum(texts: &Texts, other: &OtherAdult, sum: &OtherSum) -> impl IntoView + use<> {
    let month = texts.month(sum.month);
    let args: [(&str, Value); 2] = [("name", other.name.as_str().into()), ("month", month.into())];
    let told = match sum.amount {
        Some(amount) => texts.with("other-adult-sum", &[&args[..], &[("amount", amount.into())]].concat()),
        None => texts.with("other-adult-sum-none", &args),
    };
    let told = other.is_asked.then(|| view! { <p>{told}</p> });
    let partly = (other.is_asked && !sum.is_whole).then(|| view! { <p>{texts.get("other-adult-sum-partly")}</p> });
    let ground = sum.ground.clone();
    view! {
        {told}
        {partly}
        <Note><p>{t!("other-adult-ground")}</p><Prose text=ground/></Note>
    }
}

/// Without whose authorities a figure is made.
pub(super) fn figure_without(texts: &Texts, name: &str) -> impl IntoView + use<> {
    let text = texts.with("other-adult-figure-without", &[("name", name.into())]);
    view! { <p class="muted">{text}</p> }
}
