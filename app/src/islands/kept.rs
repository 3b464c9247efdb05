//! What was typed on a page whose session had ended, or may have when it was sent, or that was left for another language: kept in the
//! browser's tab alone, until the same person is at the page again.

use js_sys::{Array, JSON};
use leptos::prelude::{document, window};
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Storage};

const KEY: &str = "fornya-kept";
/// So long it is kept, in milliseconds.
const HOURS: f64 = 12.0 * 3_600_000.0;

#[derive(PartialEq)]
struct Field {
    form: String,
    name: String,
    value: String,
    /// Of a box or one of several buttons: whether it is chosen.
    chosen: Option<bool>,
}

/// Keeps what stands in the fields of this page: who and where and when, in which session it was sent if it was, then each field.
pub(super) fn keep(owner: &str, sent_in: Option<&str>) {
    let sent_in = sent_in.map_or(JsValue::NULL, JsValue::from_str);
    let kept = Array::of4(&owner.into(), &path().into(), &js_sys::Date::now().into(), &sent_in);
    for Field { form, name, value, chosen } in fields().iter().filter_map(read) {
        let chosen = chosen.map_or(JsValue::NULL, JsValue::from_bool);
        kept.push(&Array::of4(&form.into(), &name.into(), &value.into(), &chosen));
    }
    if let (Some(storage), Ok(json)) = (storage(), JSON::stringify(&kept)) {
        // A browser that keeps nothing is one without this help.
        let _ = storage.set_item(KEY, &String::from(json));
    }
}

/// Puts back what this person typed on this page, once. Whether there was anything. What somebody else typed goes away, and so does what was
/// sent in the session that this page is shown in: the server has had it.
pub(super) fn give_back(owner: &str, session: &str) -> bool {
    let Some(storage) = storage() else { return false };
    let Ok(Some(json)) = storage.get_item(KEY) else { return false };
    let kept = JSON::parse(&json).map(|kept| Array::from(&kept)).unwrap_or_default();
    let young = js_sys::Date::now() - kept.get(2).as_f64().unwrap_or_default() < HOURS;
    let answered = kept.get(3).as_string().as_deref() == Some(session);
    let own = young && !answered && kept.get(0).as_string().as_deref() == Some(owner);
    if own && kept.get(1).as_string() != Some(path()) {
        return false;
    }
    let _ = storage.remove_item(KEY);
    if !own {
        return false;
    }
    let kept: Vec<Field> = kept.iter().skip(4).filter_map(|field| parse(&Array::from(&field))).collect();
    let mut any = false;
    for element in fields() {
        let Some(now) = read(&element) else { continue };
        let same = |then: &&Field| {
            (&then.form, &then.name) == (&now.form, &now.name) && (now.chosen.is_none() || then.value == now.value)
        };
        if let Some(then) = kept.iter().find(same).filter(|then| **then != now) {
            write(&element, then);
            any = true;
        }
    }
    any
}

/// Whether there is anything on this page to type into.
pub(super) fn can_be_typed() -> bool {
    !fields().is_empty()
}

/// Whether what is submitted is a form of the page itself, not one that stands around every page.
pub(super) fn is_of_page(submitted: &Event) -> bool {
    is_within(submitted, "main")
}

/// Whether what is submitted leads back to this page in another language.
pub(super) fn is_of_language(submitted: &Event) -> bool {
    is_within(submitted, "form[action='/language']")
}

fn is_within(submitted: &Event, place: &str) -> bool {
    let form = submitted.target().and_then(|target| target.dyn_into::<Element>().ok());
    form.is_some_and(|form| matches!(form.closest(place), Ok(Some(_))))
}

fn parse(field: &Array) -> Option<Field> {
    let text = |place| field.get(place).as_string();
    Some(Field { form: text(0)?, name: text(1)?, value: text(2)?, chosen: field.get(3).as_bool() })
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Every field that somebody can fill in.
fn fields() -> Vec<Element> {
    let selector =
        "main form input[name]:not([type=hidden]):not([type=file]), main form textarea[name], main form select[name]";
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}

fn read(element: &Element) -> Option<Field> {
    let form = element.closest("form").ok()??.get_attribute("action").unwrap_or_default();
    let name = element.get_attribute("name")?;
    let (value, chosen) = if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        let chosen = matches!(input.type_().as_str(), "radio" | "checkbox").then(|| input.checked());
        (input.value(), chosen)
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        (area.value(), None)
    } else {
        (element.dyn_ref::<HtmlSelectElement>()?.value(), None)
    };
    Some(Field { form, name, value, chosen })
}

fn write(element: &Element, field: &Field) {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        match field.chosen {
            Some(chosen) => input.set_checked(chosen),
            None => input.set_value(&field.value),
        }
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(&field.value);
    } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        select.set_value(&field.value);
    }
}
