//! What a municipality has said of how it works, once and for good: each time it is said anew is a version.

use jiff::Timestamp;

/// One version of a rule.
pub(crate) struct Said<R> {
    /// From 1; each is said after the one before.
    pub version: i32,
    pub rule: R,
    /// The administrator's name.
    pub by: String,
    pub at: Timestamp,
}

/// The version that a form is about; 0 before anything has been said.
pub(crate) fn version<R>(said: Option<&Said<R>>) -> i32 {
    said.map_or(0, |said| said.version)
}
