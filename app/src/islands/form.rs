//! What the islands that calculate have in common.

use domain::Money;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, FormData, HtmlFormElement};

use crate::digits::{DIGITS, money};

/// What stands in the fields of the form in which something happened.
pub(super) fn typed(event: &Event) -> Option<FormData> {
    let field: Element = event.target()?.dyn_into().ok()?;
    let form: HtmlFormElement = field.closest("form").ok()??.dyn_into().ok()?;
    FormData::new_with_form(&form).ok()
}

/// Where an amount is said once there is one. `pattern` is how amounts are written, with [`DIGITS`] in the place of the digits.
pub(super) fn said(
    amount: RwSignal<Option<Money>>,
    label: String,
    pattern: String,
    decimal_sign: String,
) -> impl IntoView {
    let digits =
        move || amount.get().map_or_else(String::new, |amount| pattern.replace(DIGITS, &money(amount, &decimal_sign)));
    view! {
        <p class="live" role="status">
            <span hidden=move || amount.get().is_none()>{label}" "<bdi dir="ltr" class="amount">{digits}</bdi></span>
        </p>
    }
}
