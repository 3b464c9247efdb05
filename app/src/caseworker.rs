//! The caseworker's pages: inbox, one renewal, decision, notices, messages; and the start page of all staff.

pub mod assign_case;
mod contact;
pub mod decide;
mod due;
pub mod give_reason;
mod heading;
pub mod inbox;
pub mod message;
pub mod model;
pub mod notices;
pub mod open_case;
pub mod opened;
mod payout_method;
pub mod protected;
pub mod readings;
pub mod relations;
mod signing;
pub mod start;
pub mod substitutes;
#[cfg(test)]
mod tests;
