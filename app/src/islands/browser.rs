//! What islands ask of the browser.

use js_sys::futures::JsFuture;
use js_sys::{Promise, Reflect};
use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{RequestInit, Response};

/// Asks an address of ours, and gives the number with this name in the JSON that it answers with.
pub(super) async fn ask(address: &str, method: &str, name: &str) -> Result<f64, JsValue> {
    let request = RequestInit::new();
    request.set_method(method);
    let response = JsFuture::from(window().fetch_with_str_and_init(address, &request)).await?;
    let response: Response = response.dyn_into()?;
    if !response.ok() {
        return Err(response.status().into());
    }
    let answer = JsFuture::from(response.json()?).await?;
    Reflect::get(&answer, &name.into())?.as_f64().ok_or(JsValue::NULL)
}

/// Whether a question failed because its session is over.
pub(super) fn is_logged_out(why: &JsValue) -> bool {
    why.as_f64() == Some(401.0)
}

/// Waits so many milliseconds. A sleeping computer waits longer.
pub(super) async fn pause(milliseconds: i32) -> Result<(), JsValue> {
    let mut scheduled = Ok(0);
    let timer = Promise::new(&mut |resolve, _| {
        scheduled = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    scheduled?;
    JsFuture::from(timer).await?;
    Ok(())
}
