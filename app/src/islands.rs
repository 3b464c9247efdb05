//! The islands: the only code that becomes wasm. Each makes nicer what works without it.
//!
//! Those that calculate bring the rules of `domain` with them. A page without one loads the others alone, which are small.

mod answers_arriving;
mod browser;
#[cfg(any(feature = "ssr", feature = "calculate"))]
mod figure_while_typing;
#[cfg(any(feature = "ssr", feature = "calculate"))]
mod form;
mod kept;
mod saved_elsewhere;
mod session_warning;
#[cfg(any(feature = "ssr", feature = "calculate"))]
mod sum_while_typing;

pub use answers_arriving::*;
#[cfg(any(feature = "ssr", feature = "calculate"))]
pub use figure_while_typing::*;
pub use saved_elsewhere::*;
pub use session_warning::*;
#[cfg(any(feature = "ssr", feature = "calculate"))]
pub use sum_while_typing::*;

/// Called by Leptos' script once the wasm has been loaded, before it wakes each island of the page.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
