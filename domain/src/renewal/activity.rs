//! What somebody has done to get work in a month (aktivitetsrapport).

use serde::{Deserialize, Serialize};

use super::episode::Episode;
use crate::NormMonth;
use crate::form::PlainText;
use crate::kind::codes;

codes! {
    /// Whether what was planned has been done: to look for work, or to take part in something.
    ActivityAnswer in "activity-" {
        /// As planned (som planerat).
        AsPlanned = "as-planned",
        /// Some of it (en del).
        Partly = "partly",
        /// Nothing of it.
        NotDone = "not-done",
        /// Nothing is planned: the person is not to look for work now.
        NothingPlanned = "nothing-planned",
    }
}

impl ActivityAnswer {
    /// Whether it is to be said why.
    pub const fn asks_why(self) -> bool {
        match self {
            Self::Partly | Self::NotDone => true,
            Self::AsPlanned | Self::NothingPlanned => false,
        }
    }
}

/// What a person says of their own month. The other adult does not read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityStatement {
    /// The month that it is about.
    pub month: NormMonth,
    /// Whether what was planned has been done.
    pub answer: ActivityAnswer,
    /// Why not, or what there is to add, in the person's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PlainText>,
    /// Work, studies, illness and the rest, each by itself; none in the schemas of before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub episodes: Vec<Episode>,
}
