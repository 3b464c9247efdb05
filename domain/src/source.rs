//! Where a value comes from (uppgiftens källa).

use serde::{Deserialize, Serialize};

use crate::renewal::state::SignerRole;
use crate::wire::wire_enum;

/// Who or what stands behind a value. A correction has its own source and stands beside the original; nothing overwrites it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// An authority answered with it (myndighet).
    Authority,
    /// The municipality's register of the case (register).
    Register,
    /// The applicant stated it (sökande).
    Applicant,
    /// The co-applicant stated it (medsökande).
    CoApplicant,
    /// A caseworker entered or decided it (handläggare).
    Caseworker,
    /// It was carried over from an earlier month (förs över).
    CarriedOver,
}

impl Source {
    /// Every source, in the order that lists show them.
    pub const ALL: &[Self] =
        &[Self::Authority, Self::Register, Self::Applicant, Self::CoApplicant, Self::Caseworker, Self::CarriedOver];

    /// The key of its text.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Authority => "calculation-source-authority",
            Self::Register => "calculation-source-register",
            Self::Applicant => "calculation-source-applicant",
            Self::CoApplicant => "calculation-source-co-applicant",
            Self::Caseworker => "calculation-source-caseworker",
            Self::CarriedOver => "calculation-source-carried-over",
        }
    }

    /// Which of the household's adults said it, where one did.
    pub const fn signer(self) -> Option<SignerRole> {
        match self {
            Self::Applicant => Some(SignerRole::Applicant),
            Self::CoApplicant => Some(SignerRole::CoApplicant),
            Self::Authority | Self::Register | Self::Caseworker | Self::CarriedOver => None,
        }
    }

    /// Whether the household itself said it.
    pub const fn is_stated(self) -> bool {
        self.signer().is_some()
    }
}

impl From<SignerRole> for Source {
    fn from(role: SignerRole) -> Self {
        match role {
            SignerRole::Applicant => Self::Applicant,
            SignerRole::CoApplicant => Self::CoApplicant,
        }
    }
}

wire_enum!(Source { Authority, Register, Applicant, CoApplicant, Caseworker, CarriedOver });
