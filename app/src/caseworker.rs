//! The caseworker's pages: inbox, one renewal, decision, notices, messages; and the start page of all staff.

pub mod decide;
pub mod inbox;
pub mod message;
pub mod notices;
pub mod opened;
pub mod port;
pub mod start;
