//! What is known of a case: read by the citizen's pages and by the caseworker's alike.

pub mod answers;
pub mod household;
pub mod payout_way;
pub mod signers;
