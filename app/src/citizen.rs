//! The citizen's pages: payouts, decisions, the renewal from first part to receipt, messages.

pub mod port;
