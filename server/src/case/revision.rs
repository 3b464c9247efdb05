//! What an open page compares with the revision that it shows.

use serde::Serialize;

/// How many times something has been saved.
#[derive(Debug, Serialize)]
pub(crate) struct Revision {
    /// -1 when it is not there any more.
    pub revision: i32,
}
