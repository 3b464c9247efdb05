use leptos::ev::FocusEvent;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use super::browser::{ask, is_logged_out, pause};
use super::kept;

/// The longest wait before the clock is looked at again, in milliseconds: a computer that slept must not be late by more.
const LOOK: f64 = 15_000.0;

/// How a session stands, as the page tells it.
#[derive(Clone, Copy, PartialEq)]
enum Stands {
    Well,
    EndsSoon,
    /// Its longest time is over: nothing makes it longer.
    EndsForGood,
    Stayed,
    Ended,
    Kept,
}

/// Warns before the session ends, and makes it longer at one press, as often as it is pressed. When it has ended, what was typed is kept
/// in the browser's tab, and stands in the fields again when the same person comes back to the page. Without script the session ends at
/// the same time, and the next page says so.
#[island]
pub fn SessionWarning(
    /// Seconds that were left when the page was written.
    left: u32,
    /// So many seconds before the end the warning comes.
    warn: u32,
    /// The address that answers `{"left": seconds}`: asked by GET it makes nothing longer, by POST it makes the session longer.
    address: String,
    /// The address of the login.
    login: String,
    /// Who is logged in, in letters that say nothing: what was typed is given back to nobody else.
    owner: String,
    /// Which of their sessions it is: what was sent in this one has reached the server.
    session: String,
    /// Said when the session ends soon.
    soon: String,
    /// The button that makes it longer.
    stay_label: String,
    /// Said when it ends soon and cannot be made longer.
    last: String,
    /// Said when it was made longer.
    stayed: String,
    /// Said when it has ended, and what was typed is kept here until the next login.
    ended: String,
    /// The link to the login.
    to_login: String,
    /// Said when what was typed before the session ended stands in the fields again.
    kept: String,
) -> impl IntoView {
    let stands = RwSignal::new(Stands::Well);
    // When it ends by the browser's clock. Nothing before the page is awake.
    let ends = RwSignal::new(f64::INFINITY);
    let asked = StoredValue::new(address);
    let owner = StoredValue::new(owner);
    let session = StoredValue::new(session);

    let has_ended = move || js_sys::Date::now() >= ends.get_untracked() || stands.get_untracked() == Stands::Ended;
    let keep = move |sent_in: Option<String>| owner.with_value(|owner| kept::keep(owner, sent_in.as_deref()));
    Effect::new(move || {
        if owner.with_value(|owner| session.with_value(|session| kept::give_back(owner, session))) {
            stands.set(Stands::Kept);
        }
        ends.set(after(f64::from(left)));
        let typed = window_event_listener(leptos::ev::input, move |_| {
            if has_ended() {
                keep(None);
            }
        });
        let sent = window_event_listener(leptos::ev::submit, move |event| {
            // It may have been ended elsewhere: whether it was, the session of the next page tells.
            if kept::is_of_page(&event) {
                keep((!has_ended()).then(|| session.get_value()));
            } else if kept::is_of_language(&event) {
                keep(None);
            }
        });
        on_cleanup(move || {
            typed.remove();
            sent.remove();
        });
        leptos::task::spawn_local(async move {
            let address = asked.get_value();
            loop {
                let until_warning = ends.get_untracked() - f64::from(warn) * 1000.0 - js_sys::Date::now();
                let until_end = ends.get_untracked() - js_sys::Date::now();
                let warned = matches!(stands.get_untracked(), Stands::EndsSoon | Stands::EndsForGood);
                let wait = if warned { until_end } else { until_warning };
                if wait > 0.0 {
                    #[expect(clippy::cast_possible_truncation, reason = "at most a quarter of a minute")]
                    if pause(wait.min(LOOK) as i32).await.is_err() {
                        break;
                    }
                    continue;
                }
                // Another window may have made it longer since. Without an answer the page's own clock stands.
                match ask(&address, "GET", "left").await {
                    Ok(left) => ends.set(after(left)),
                    Err(why) if is_logged_out(&why) => ends.set(0.0),
                    Err(_) => {}
                }
                let left = ends.get_untracked() - js_sys::Date::now();
                if left <= 0.0 {
                    stands.set(Stands::Ended);
                    keep(None);
                    break;
                }
                stands.set(if left <= f64::from(warn) * 1000.0 { Stands::EndsSoon } else { Stands::Well });
            }
        });
    });

    // The field where the person was before they came to the button, which goes away when it has been pressed.
    let before = StoredValue::new(String::new());
    let note = NodeRef::<Div>::new();
    let came = move |event: FocusEvent| {
        let place = event.related_target().and_then(|place| place.dyn_into::<Element>().ok());
        before.set_value(place.map(|place| place.id()).unwrap_or_default());
    };
    let stay = move |_| {
        leptos::task::spawn_local(async move {
            let address = asked.get_value();
            match ask(&address, "POST", "left").await {
                Ok(left) => {
                    ends.set(after(left));
                    stands.set(if left > f64::from(warn) { Stands::Stayed } else { Stands::EndsForGood });
                    let field =
                        document().get_element_by_id(&before.get_value()).and_then(|field| field.dyn_into().ok());
                    go_to(field.or_else(|| note.get_untracked().map(HtmlElement::from)));
                }
                Err(why) if is_logged_out(&why) => {
                    ends.set(0.0);
                    stands.set(Stands::Ended);
                    keep(None);
                }
                // Nothing was reached: the button stays, to be pressed again.
                Err(_) => {}
            }
        });
    };
    let said = move || match stands.get() {
        Stands::Well => String::new(),
        Stands::EndsSoon => soon.clone(),
        Stands::EndsForGood => last.clone(),
        Stands::Stayed => stayed.clone(),
        Stands::Ended => ended.clone(),
        Stands::Kept => kept.clone(),
    };
    view! {
        <div class="note warning session" role="alert" tabindex="-1" node_ref=note hidden=move || stands.get() == Stands::Well>
            <p>{said}</p>
            <button type="button" class="ds-button" data-variant="secondary" hidden=move || stands.get() != Stands::EndsSoon on:focus=came on:click=stay>
                {stay_label}
            </button>
            <a href=login hidden=move || stands.get() != Stands::Ended>{to_login}</a>
        </div>
    }
}

/// Lets the keyboard go on from a place. Where that cannot be, the browser goes on from the top.
fn go_to(place: Option<HtmlElement>) {
    let _ = place.map(|place| place.focus());
}

/// The moment after so many seconds, by the browser's clock.
fn after(seconds: f64) -> f64 {
    js_sys::Date::now() + seconds * 1000.0
}
