//! What is known of a case: read by the citizen's pages and by the caseworker's alike.

pub mod answers;
pub mod asking;
pub mod calculation;
pub mod decision_draft;
pub mod decisions;
pub mod earlier;
pub mod head;
pub mod household;
pub mod messages;
pub mod municipal_settings;
pub mod notices;
pub mod payouts;
pub mod renewal;
pub mod revision;
pub mod rules;
pub mod signed;
pub mod signers;
pub mod statements;
pub mod to_sign;
