//! Links by which staff reach a person.

use leptos::prelude::*;

/// A telephone number that can be called; shown as it was typed.
pub(super) fn phone_link(number: String) -> impl IntoView {
    let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let href = format!("tel:{digits}");
    view! { <a href=href><bdi dir="ltr">{number}</bdi></a> }
}

/// An e-mail address that can be written to.
pub(super) fn email_link(address: String) -> impl IntoView {
    let href = format!("mailto:{address}");
    view! { <a href=href><bdi dir="ltr">{address}</bdi></a> }
}
