//! The caseworker's pages and acts: one file each, of the same name as in `app`.

pub(crate) mod assign_case;
mod comparison;
pub(crate) mod decide;
pub(crate) mod draft_revision;
mod findings;
pub(crate) mod give_reason;
pub(crate) mod hand_back;
mod head;
mod history;
pub(crate) mod inbox;
pub(crate) mod make_decision;
pub(crate) mod message;
pub(crate) mod notices;
pub(crate) mod open_case;
pub(crate) mod open_protected;
pub(crate) mod opened;
pub(crate) mod protected;
pub(crate) mod put_back;
pub(crate) mod read_notices;
pub(crate) mod readings;
pub(crate) mod relations;
pub(crate) mod return_proposal;
pub(crate) mod see_readings;
pub(crate) mod start;
pub(crate) mod state_purpose;
pub(crate) mod substitutes;
pub(crate) mod take_case;
