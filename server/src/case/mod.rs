//! What is known of a case: read by the citizen's pages and by the caseworker's alike.

pub(crate) mod answers;
pub(crate) mod asking;
pub(crate) mod authority;
pub(crate) mod calculation;
pub(crate) mod decision_draft;
pub(crate) mod decision_rule;
pub(crate) mod decisions;
pub(crate) mod delegations;
pub(crate) mod earlier;
pub(crate) mod head;
pub(crate) mod household;
pub(crate) mod messages;
pub(crate) mod municipal_settings;
pub(crate) mod notices;
pub(crate) mod other_adult_rule;
pub(crate) mod payouts;
pub(crate) mod proposals;
pub(crate) mod renewal;
pub(crate) mod revision;
pub(crate) mod rules;
pub(crate) mod separations;
pub(crate) mod signed;
pub(crate) mod signers;
pub(crate) mod staff;
pub(crate) mod statements;
pub(crate) mod to_sign;
