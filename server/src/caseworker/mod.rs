//! The caseworker's pages and acts: one file each, of the same name as in `app`.

mod comparison;
pub mod decide;
pub mod draft_revision;
mod findings;
pub mod hand_back;
mod head;
mod history;
pub mod inbox;
pub mod make_decision;
pub mod message;
pub mod notices;
pub mod opened;
pub mod read_notices;
pub mod start;
#[cfg(test)]
mod tests;
