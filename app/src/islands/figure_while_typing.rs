use std::cell::LazyCell;

use domain::norm::item_preview::{ItemFields, ItemPreview};
use domain::wire;
use leptos::prelude::*;

use super::form::{said, typed};

/// The fields of an income or expense, and below them the preliminary figure with it as it is typed, by the same function as on the
/// server. Without script the page that the form leads to shows it.
#[island]
pub fn FigureWhileTyping(
    /// What the figure is made from: an [`ItemPreview`] as [`domain::wire`] writes it.
    preview: String,
    /// What stands before the figure.
    label: String,
    /// How amounts are written: [`Texts::money_pattern`](crate::i18n::Texts::money_pattern).
    money: String,
    /// What stands between kronor and öre.
    decimal_sign: String,
    /// The fields of the item.
    children: Children,
) -> impl IntoView {
    let figure = RwSignal::new(None);
    let preview = LazyCell::new(move || wire::read::<ItemPreview>(&preview));
    let calculate = move |event: leptos::ev::Event| {
        let made = preview.as_ref().zip(typed(&event)).and_then(|(preview, typed)| {
            let field = |name: &str| typed.get(name).as_string().unwrap_or_default();
            preview.payable(ItemFields {
                kind: field("kind"),
                amount: field("amount"),
                date: field("date"),
                month: field("month"),
                person: field("person"),
                note: field("note"),
            })
        });
        figure.set(made);
    };
    view! { <div on:input=calculate>{children()}{said(figure, label, money, decimal_sign)}</div> }
}
