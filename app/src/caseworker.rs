//! The caseworker's pages: inbox, one renewal, decision, notices, messages; and the start page of all staff.

mod contact;
pub mod decide;
mod due;
pub mod give_reason;
mod heading;
pub mod inbox;
pub mod message;
pub mod model;
pub mod notices;
pub mod opened;
mod payout_method;
pub mod protected;
pub mod readings;
mod signing;
pub mod start;
#[cfg(test)]
mod tests;
