//! What people see: whole pages from the server, and the few islands that become wasm.
//!
//! With feature `ssr` (the default) the crate holds the pages, their components and texts, and the models: the structs that pages are
//! functions of. With feature `hydrate` it holds the islands alone; those that calculate with feature `calculate`.

#[cfg(feature = "ssr")]
pub mod admin;
#[cfg(feature = "ssr")]
pub mod caseworker;
#[cfg(feature = "ssr")]
pub mod citizen;
#[cfg(any(feature = "ssr", feature = "calculate"))]
mod digits;
#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod i18n;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod model;
#[cfg(feature = "ssr")]
pub mod problem;
#[cfg(feature = "ssr")]
pub mod sent_on;
#[cfg(feature = "ssr")]
pub mod sessions;
#[cfg(all(test, feature = "ssr"))]
mod source_rules;
#[cfg(feature = "ssr")]
pub mod ui;
