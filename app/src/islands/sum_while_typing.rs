use std::cell::LazyCell;

use domain::norm::set_lines::Worksheet;
use domain::wire;
use leptos::prelude::*;

use super::form::{said, typed};

/// The lines of a calculation in a form, and below them what it comes to with what is typed, by the same function as on the server.
/// Without script the button that calculates shows it.
#[island]
pub fn SumWhileTyping(
    /// What the calculation is made from: a [`Worksheet`] as [`domain::wire`] writes it.
    worksheet: String,
    /// What stands before the sum.
    label: String,
    /// How amounts are written: [`Texts::money_pattern`](crate::i18n::Texts::money_pattern).
    money: String,
    /// What stands between kronor and öre.
    decimal_sign: String,
    /// The fields of the lines.
    children: Children,
) -> impl IntoView {
    let sum = RwSignal::new(None);
    let worksheet = LazyCell::new(move || wire::read::<Worksheet>(&worksheet));
    let calculate = move |event: leptos::ev::Event| {
        let made = worksheet
            .as_ref()
            .zip(typed(&event))
            .and_then(|(worksheet, typed)| worksheet.calculate(|field| typed.get(field).as_string()).ok());
        sum.set(made.map(|made| made.sums.payable));
    };
    view! { <div on:input=calculate>{children()}{said(sum, label, money, decimal_sign)}</div> }
}
