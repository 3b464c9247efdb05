//! The islands: the only code that becomes wasm. Each makes nicer what works without it.

mod answers_arriving;

pub use answers_arriving::*;

/// Called by `islands.js` once the wasm has been loaded, before it wakes each island of the page.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
