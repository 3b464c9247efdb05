//! What islands ask of the browser.

use js_sys::futures::JsFuture;
use js_sys::{Array, Promise, Reflect};
use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{RequestInit, Response};

/// So long an answer is waited for, in milliseconds.
const PATIENCE: i32 = 10_000;

/// Asks an address of ours, and gives the number with this name in the JSON that it answers with.
pub(super) async fn ask(address: &str, method: &str, name: &str) -> Result<f64, JsValue> {
    let request = RequestInit::new();
    request.set_method(method);
    let response = within_patience(window().fetch_with_str_and_init(address, &request)).await?;
    let response: Response = response.dyn_into()?;
    if !response.ok() {
        return Err(response.status().into());
    }
    let answer = within_patience(response.json()?).await?;
    Reflect::get(&answer, &name.into())?.as_f64().ok_or(JsValue::NULL)
}

/// Whether a question failed because its session is over.
pub(super) fn is_logged_out(why: &JsValue) -> bool {
    why.as_f64() == Some(401.0)
}

/// What comes of it, or nothing where that takes too long.
async fn within_patience(promise: Promise) -> Result<JsValue, JsValue> {
    let timer = timer(PATIENCE)?;
    JsFuture::from(Promise::race(&Array::of2(promise.as_ref(), timer.as_ref()))).await
}

/// Waits so many milliseconds. A sleeping computer waits longer.
pub(super) async fn pause(milliseconds: i32) -> Result<(), JsValue> {
    JsFuture::from(timer(milliseconds)?).await?;
    Ok(())
}

fn timer(milliseconds: i32) -> Result<Promise, JsValue> {
    let mut scheduled = Ok(0);
    let timer = Promise::new(&mut |resolve, _| {
        scheduled = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    scheduled?;
    Ok(timer)
}
