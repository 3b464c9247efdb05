//! Whether an official makes a decision alone, with another, or not at all.

use domain::decision::{Authority, Circumstances, Decision, TakesTwo, changed_by_hand};
use domain::id::StaffId;

use crate::case::calculation::Review;
use crate::case::proposals::StoredProposal;
use crate::case::renewal::CaseRenewal;
use crate::db::{Column, DbError, Vault};

/// A decision that could be made, as far as it says by whom.
pub(in crate::caseworker) struct Asked {
    of: Circumstances,
    /// Keyed digest of all that would be decided, but for the day and by whom.
    pub(in crate::caseworker) content: Vec<u8>,
    proposal: Option<StoredProposal>,
}

/// How it gets made when this official presses.
pub(crate) enum Way {
    /// They decide alone.
    Alone,
    /// They decide what another has proposed.
    After(StoredProposal),
    /// It takes another, whom they propose it to.
    Propose(Vec<TakesTwo>),
    /// It is proposed, and another is to decide.
    Awaits,
}

impl Asked {
    pub(in crate::caseworker) fn new(
        renewal: &CaseRenewal,
        review: &Review,
        decision: &Decision,
        vault: &Vault,
    ) -> Result<Self, DbError> {
        let (content, made) = (decision.content(), review.outcome.as_ref().ok());
        let of = Circumstances {
            outcome: content.outcome,
            amount: decision.amount(),
            // Without a calculation all of it is by hand.
            by_hand: made.map_or(decision.amount(), |made| changed_by_hand(&made.result)),
            payee_is_signed: review.signed.core.pays_to(&renewal.payout),
        };
        let figures = made.map(|made| (&made.result.lines, &made.result.sums));
        let all = (
            (content.outcome, content.norm_month, &content.basis, &content.grants),
            (&content.reasons, &content.note, &content.provisions),
            figures,
        );
        let all =
            serde_json::to_vec(&all).map_err(|_| DbError::Inconsistent { column: "decision_proposal.content" })?;
        Ok(Self { of, content: vault.index(Column::ProposalContent, &all), proposal: renewal.proposal.clone() })
    }

    /// How it gets made when an official presses.
    pub(in crate::caseworker) fn way(&self, authority: &Authority, by: StaffId) -> Way {
        let reasons = authority.takes_two(&self.of);
        match self.proposal.as_ref().filter(|proposal| proposal.stands_for(&self.content)) {
            Some(proposal) if proposal.by.staff != by && authority.mandate.covers(self.of.outcome, self.of.amount) => {
                Way::After(proposal.clone())
            }
            _ if reasons.is_empty() => Way::Alone,
            None => Way::Propose(reasons),
            Some(_) => Way::Awaits,
        }
    }
}
