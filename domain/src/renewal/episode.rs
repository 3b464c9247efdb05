//! What somebody's month has been (sysselsättning): work, studies, illness, parental leave, and what came of the activities that were planned.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::block::{Block, TextOf, block};
use super::small_count::SmallCount;
use crate::form::{PlainText, Typed};
use crate::id::StatementId;
use crate::kind::codes;

/// The most episodes that one person tells in one renewal.
pub const EPISODES_MAX: usize = 30;
/// The longest name of an employer, a school or an activity, in characters.
pub const PLACE_MAX: usize = 200;
/// The longest account of why somebody was away, in characters.
pub const WHY_MAX: usize = 500;
/// How many years ahead a period may end that is known already.
pub const YEARS_AHEAD: i32 = 10;

codes! {
    /// What sort of episode it is.
    EpisodeKind in "episode-kind-" {
        /// Arbete.
        Work = "work",
        /// Studier.
        Study = "study",
        /// Sjukskrivning.
        SickLeave = "sick-leave",
        /// Föräldraledighet.
        ParentalLeave = "parental-leave",
        /// An activity that was planned (aktivitet enligt plan).
        Activity = "activity",
        /// Frånvaro from what was planned.
        Absence = "absence",
    }
}

impl EpisodeKind {
    /// Whether a proof can stand beside it.
    pub const fn takes_proof(self) -> bool {
        match self {
            Self::SickLeave => true,
            Self::Work | Self::Study | Self::ParentalLeave | Self::Activity | Self::Absence => false,
        }
    }
}

codes! {
    /// How much of a full working day it takes.
    Extent in "extent-" {
        /// All of it.
        Full = "full",
        /// 75 %.
        ThreeQuarters = "three-quarters",
        /// 50 %.
        Half = "half",
        /// 25 %.
        Quarter = "quarter",
    }
}

codes! {
    /// Whether there is a medical certificate (läkarintyg), which who cites illness shows (SoL 12 kap., from 2026-07-01; not confirmed
    /// against the text of the act).
    Certificate in "certificate-" {
        /// The board has it, or it can be read with Försäkringskassan.
        Given = "given",
        /// It is to be sent.
        Later = "later",
        /// There is none.
        None = "none",
    }
}

codes! {
    /// Why somebody was away from what was planned.
    AbsenceReason in "absence-" {
        /// They were ill.
        Ill = "ill",
        /// Their child was ill.
        ChildIll = "child-ill",
        /// A visit to an authority, in health care or to an employer.
        Appointment = "appointment",
        /// Something else, told in words.
        Other = "other",
    }
}

/// One episode of a month. The other adult does not read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields, rename_all = "kebab-case")]
pub enum Episode {
    /// Somebody has had work.
    Work {
        /// The employer, as the person spells it.
        place: PlainText,
        /// The first day.
        from: Date,
        /// The last day, where it has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Date>,
    },
    /// Somebody has studied.
    Study {
        /// The school or course, as the person spells it.
        place: PlainText,
        /// The first day.
        from: Date,
        /// The last day, where it has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Date>,
    },
    /// Somebody has been, or is, too ill to work.
    SickLeave {
        /// What a certificate is proof of; absent in the schemas of before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<StatementId>,
        /// The first day.
        from: Date,
        /// The last day that the certificate names, or that the person expects.
        to: Date,
        /// How much of the day.
        extent: Extent,
        /// Whether there is a certificate.
        certificate: Certificate,
    },
    /// Somebody has been at home with a child.
    ParentalLeave {
        /// The first day.
        from: Date,
        /// The last day, where it has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Date>,
        /// How much of the day.
        extent: Extent,
    },
    /// An activity that was planned.
    Activity {
        /// What it is, as the person spells it.
        what: PlainText,
        /// How many hours were planned in the month.
        planned: SmallCount,
        /// How many of them came about.
        done: SmallCount,
    },
    /// Somebody was away from what was planned.
    Absence {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
        /// Why.
        reason: AbsenceReason,
        /// In the person's own words; always there where the reason is another than those named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<PlainText>,
    },
}

impl Episode {
    /// Lets go of what it is called, for an annex of the schemas of before.
    pub const fn forget_id(&mut self) {
        if let Self::SickLeave { id, .. } = self {
            *id = None;
        }
    }

    /// What it is called where a proof stands beside it.
    pub const fn id(&self) -> Option<StatementId> {
        match self {
            Self::SickLeave { id, .. } => *id,
            Self::Work { .. }
            | Self::Study { .. }
            | Self::ParentalLeave { .. }
            | Self::Activity { .. }
            | Self::Absence { .. } => None,
        }
    }
}

block! {
    /// One episode as typed, in a draft.
    EpisodeDraft of EpisodeKind {
        /// The employer, school or activity.
        place,
        /// The first day.
        from,
        /// The last day.
        to,
        /// The code of an [`Extent`].
        extent,
        /// The code of a [`Certificate`] or [`AbsenceReason`].
        choice,
        /// Planned hours.
        planned,
        /// Hours that came about.
        done,
        /// Why somebody was away.
        why,
    }
}
