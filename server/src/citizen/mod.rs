//! The citizen's pages and acts: one file an act, and `read` for what the pages show.

pub mod begin_renewal;
pub mod co_sign;
pub mod draft;
pub mod pages;
pub mod read;
pub mod save_items;
pub mod save_parts;
pub mod send_message;
pub mod sign_renewal;
mod start;
