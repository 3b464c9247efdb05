//! The citizen's pages: payouts, decisions, the renewal from first part to receipt, messages.

pub mod home;
pub mod payout_words;
pub mod port;
pub mod start;
