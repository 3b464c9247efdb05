//! The citizen's pages: payouts, decisions, the renewal from first section to receipt, messages.

mod answers;
pub mod authorities;
pub mod begin;
pub mod calculation;
pub mod check;
pub mod cosign;
pub mod decision;
pub mod decisions;
pub mod history;
pub mod home;
pub mod household;
pub mod item_form;
pub mod items;
pub mod message;
pub mod messages;
pub mod model;
pub mod move_apart;
pub mod not_available;
pub mod openings;
pub mod other_adult;
pub mod past;
pub mod payout_method;
pub mod payouts;
pub mod receipt;
pub mod remove_item;
pub mod renewal;
pub mod section;
pub mod signed;
pub mod signers;
pub mod start;
pub mod take_over;
#[cfg(test)]
mod tests;
pub mod withdraw;
