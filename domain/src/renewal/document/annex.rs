//! What is one signer's own beside the core.

use serde::{Deserialize, Serialize};

use super::answer::AuthorityFact;
use super::core::{Core, are_of};
use super::{Canonical, DocumentError};
use crate::form::PlainText;
use crate::id::{RenewalId, StatementId};
use crate::renewal::activity::ActivityStatement;
use crate::renewal::episode::Episode;
use crate::renewal::judge::OwnRows;
use crate::renewal::proof::Proofs;
use crate::renewal::state::SignerRole;

/// The form of an annex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnnexSchema {
    /// Written `renewal-annex/1`.
    #[serde(rename = "renewal-annex/1")]
    V1,
    /// Written `renewal-annex/2`: it holds what authorities answered about the signer, and what they say of themselves.
    #[serde(rename = "renewal-annex/2")]
    V2,
    /// Written `renewal-annex/3`: its rows are as those of a fourth core, and it says what the signer has done to get work, and what is wrong
    /// with what authorities answered.
    #[serde(rename = "renewal-annex/3")]
    V3,
    /// Written `renewal-annex/4`: it tells what the signer's month has been, episode by episode.
    #[serde(rename = "renewal-annex/4")]
    V4,
    /// Written `renewal-annex/5`: it lists what the signer shows, and its incomes say who pays them.
    #[serde(rename = "renewal-annex/5")]
    V5,
}

impl AnnexSchema {
    /// Whether it holds what authorities answered about the signer, and what they say of themselves.
    pub const fn has_own(self) -> bool {
        match self {
            Self::V1 => false,
            Self::V2 | Self::V3 | Self::V4 | Self::V5 => true,
        }
    }

    /// Whether it says what is wrong with what authorities answered.
    pub const fn has_disputes(self) -> bool {
        match self {
            Self::V1 | Self::V2 => false,
            Self::V3 | Self::V4 | Self::V5 => true,
        }
    }

    /// Whether it holds what the signer has done to get work.
    pub const fn has_activity(self) -> bool {
        match self {
            Self::V1 | Self::V2 => false,
            Self::V3 | Self::V4 | Self::V5 => true,
        }
    }

    /// Whether its rows are as those of a fourth core: an expense is for a month, and what was carried over says from which.
    pub const fn has_months(self) -> bool {
        match self {
            Self::V1 | Self::V2 => false,
            Self::V3 | Self::V4 | Self::V5 => true,
        }
    }

    /// Whether it tells what the signer's month has been, episode by episode.
    pub const fn has_episodes(self) -> bool {
        match self {
            Self::V1 | Self::V2 | Self::V3 => false,
            Self::V4 | Self::V5 => true,
        }
    }

    /// Whether it lists what the signer shows, and rows say who pays.
    pub const fn has_proofs(self) -> bool {
        match self {
            Self::V1 | Self::V2 | Self::V3 | Self::V4 => false,
            Self::V5 => true,
        }
    }
}

/// What is one signer's own. The other signer neither sees nor signs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annex {
    /// By which a reader knows what fields there are.
    pub schema: AnnexSchema,
    /// The renewal of the core that it stands beside.
    pub renewal: RenewalId,
    /// The signer whose annex it is.
    pub role: SignerRole,
    /// What each source answered about the signer, as it was shown; absent in the first schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorities: Option<Vec<AuthorityFact>>,
    /// What the signer says of their own incomes and expenses, in place of what the core says of them; absent where they say nothing, and
    /// in the first schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<OwnRows>,
    /// What the signer has done to get work; absent where they do not say, and in the schemas of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityStatement>,
    /// What the signer shows, with the digest of each file, and what is to come later; none in the schemas of before.
    #[serde(default, skip_serializing_if = "Proofs::is_empty")]
    pub proofs: Proofs,
    /// As the signer spells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PlainText>,
    /// The signer's address, as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<PlainText>,
    /// A message to the caseworker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<PlainText>,
}

impl Annex {
    /// Whether it stands beside this core: of the same renewal, of one who signs it, of the form that goes with it, and with what
    /// authorities answered, and what is stated, about nobody else.
    pub fn is_beside(&self, core: &Core) -> bool {
        let signer = core.signer(self.role).map(|signer| signer.person);
        let answered = self.authorities.iter().flatten().map(|fact| Some(fact.person));
        let incomes = self.rows.iter().flat_map(|rows| &rows.incomes).map(|income| Some(income.person));
        let expenses = self.rows.iter().flat_map(|rows| &rows.expenses).map(|expense| expense.person);
        self.renewal == core.renewal
            && self.schema == core.schema.annex()
            && signer.is_some()
            && self.rows.iter().all(|rows| are_of(self.schema, core.norm_month, &rows.incomes, &rows.expenses))
            && answered.chain(incomes).chain(expenses).all(|person| person == signer)
            && self.proofs.statements().all(|one| self.states(core).any(|stated| stated == one))
    }

    /// All that the signer states, here and in the core, that something can be shown of.
    pub fn states<'a>(&'a self, core: &'a Core) -> impl Iterator<Item = StatementId> {
        let own = self.rows.iter();
        let incomes = core.incomes.iter().chain(own.clone().flat_map(|rows| &rows.incomes)).map(|row| row.id);
        let expenses = core.expenses.iter().chain(own.flat_map(|rows| &rows.expenses)).map(|row| row.id);
        let rows = self.authorities.iter().flatten().flat_map(|fact| fact.answer.rows());
        let disputes = rows.filter_map(|row| row.disputed.as_ref()).map(|dispute| dispute.id);
        let episodes = self.activity.iter().flat_map(|activity| &activity.episodes).filter_map(Episode::id);
        incomes.chain(expenses).chain(disputes).chain(episodes)
    }

    /// What authorities answered about the signer, wherever the schemas have it.
    pub fn own_authorities<'a>(&'a self, core: &'a Core) -> impl Iterator<Item = &'a AuthorityFact> {
        let signer = core.signer(self.role).map(|signer| signer.person);
        core.authorities.iter().chain(&self.authorities).flatten().filter(move |fact| Some(fact.person) == signer)
    }
}

impl Canonical for Annex {
    fn check(&self) -> Result<(), DocumentError> {
        if self.authorities.is_some() != self.schema.has_own() {
            return Err(DocumentError::Authorities);
        }
        if self.authorities.iter().flatten().any(AuthorityFact::is_disputed) && !self.schema.has_disputes() {
            return Err(DocumentError::Disputes);
        }
        if (self.rows.is_some() && !self.schema.has_own()) || (self.activity.is_some() && !self.schema.has_activity()) {
            return Err(DocumentError::OwnRows);
        }
        let mut episodes = self.activity.iter().flat_map(|activity| &activity.episodes);
        let is_of = |episode: &Episode| match episode {
            Episode::SickLeave { id, .. } => self.schema.has_episodes() && id.is_some() == self.schema.has_proofs(),
            _ => self.schema.has_episodes(),
        };
        if !episodes.all(is_of) {
            return Err(DocumentError::Episodes);
        }
        if !self.proofs.is_empty() && !self.schema.has_proofs() {
            return Err(DocumentError::Proofs);
        }
        Ok(())
    }
}
