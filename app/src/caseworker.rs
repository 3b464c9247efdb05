//! The caseworker's pages: inbox, one renewal, decision, notices.

pub mod port;
