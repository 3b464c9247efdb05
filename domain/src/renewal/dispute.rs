//! What a person says of a fetched row that is not right (invändning, "stämmer inte"). The row is never changed: this stands beside it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::document::RowFact;
use crate::Money;
use crate::form::{PlainText, Typed};
use crate::id::{RowId, StatementId};
use crate::kind::codes;

/// The longest account of what is wrong, in characters.
pub const DISPUTE_WHY_MAX: usize = 1_000;
/// The most rows that one person says are wrong in one renewal.
pub const DISPUTES_MAX: usize = 50;

codes! {
    /// What is wrong with a fetched row.
    DisputeReason in "dispute-reason-" {
        /// The money did not come to the person, or the bill is not theirs.
        NotMine = "not-mine",
        /// The amount, the day or both are others.
        Different = "different",
        /// Something else, which is told in words.
        Other = "other",
    }
}

/// A dispute as typed, in a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisputeDraft {
    /// The same from the draft to the decision.
    pub id: StatementId,
    /// The row that the page showed.
    pub row: RowId,
    /// What it said then.
    pub original: RowFact,
    /// The code of a [`DisputeReason`].
    pub reason: Typed,
    /// The amount that the person means, in kronor.
    pub amount: Typed,
    /// The day that the person means.
    pub date: Typed,
    /// In the person's own words.
    pub why: Typed,
}

/// What a person says of a fetched row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisputeStatement {
    /// The same from the draft to the decision.
    pub id: StatementId,
    /// The row, where it stood when the person wrote.
    pub row: RowId,
    /// As the person chose.
    pub reason: DisputeReason,
    /// The amount that the person means, above zero; absent where they mean no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// The day that the person means; absent where they mean no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// In the person's own words.
    pub why: PlainText,
}

impl DisputeStatement {
    /// What the amount is by the person: nothing where the row is not theirs, the row's own where they name no other.
    pub fn own_amount(&self, original: Money) -> Money {
        match self.reason {
            DisputeReason::NotMine => Money::ZERO,
            DisputeReason::Different | DisputeReason::Other => self.amount.unwrap_or(original),
        }
    }
}

/// A dispute with the row that it is about, as that was when the person wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The row.
    pub original: RowFact,
    /// What the person says of it.
    pub said: DisputeStatement,
}

/// What can be told to be about a fetched row.
pub trait AboutRow {
    /// The row, where it stood when the person wrote.
    fn row(&self) -> RowId;
    /// What it said then.
    fn original(&self) -> &RowFact;
}

impl AboutRow for Dispute {
    fn row(&self) -> RowId {
        self.said.row
    }

    fn original(&self) -> &RowFact {
        &self.original
    }
}

impl AboutRow for DisputeDraft {
    fn row(&self) -> RowId {
        self.row
    }

    fn original(&self) -> &RowFact {
        &self.original
    }
}

/// For each of these rows the dispute that is about it. A dispute is about the row of its identifier; where the source has been asked anew
/// since, about a row that says the same, which may have been paid meanwhile. None is about two rows, nor two about one.
pub fn place<'d, D: AboutRow>(disputes: &'d [D], rows: &[(RowId, RowFact)]) -> Vec<Option<&'d D>> {
    let mut placed: Vec<Option<&D>> = vec![None; rows.len()];
    let mut left = Vec::new();
    for dispute in disputes {
        let exact = rows.iter().position(|(id, fact)| *id == dispute.row() && says_same(fact, dispute.original()));
        match exact.filter(|place| placed[*place].is_none()) {
            Some(place) => placed[place] = Some(dispute),
            None => left.push(dispute),
        }
    }
    for dispute in left {
        let mut free = rows.iter().enumerate().filter(|(place, _)| placed[*place].is_none());
        if let Some((place, _)) = free.find(|(_, (_, fact))| says_same(fact, dispute.original())) {
            placed[place] = Some(dispute);
        }
    }
    placed
}

/// Whether two rows are the same but for whether they have been paid.
pub fn says_same(one: &RowFact, other: &RowFact) -> bool {
    let told = |row: &RowFact| (row.kind, row.amount, row.pay_date, row.period);
    one.label == other.label && told(one) == told(other)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::authority::{RowKind, RowState};
    use crate::id::QueryId;
    use crate::kind::IncomeKind;

    fn fact(kronor: i64, state: RowState) -> RowFact {
        RowFact {
            label: PlainText::new("Bostadsbidrag"),
            kind: RowKind::Income(IncomeKind::HousingBenefit),
            amount: Money::from_kronor(kronor),
            pay_date: None,
            period: None,
            state,
            disputed: None,
        }
    }

    fn row(query: u128, index: usize) -> RowId {
        RowId { query: QueryId(Uuid::from_u128(query)), index }
    }

    fn dispute(row: RowId, kronor: i64) -> Dispute {
        let why = PlainText::new("Det kom mindre.");
        let (reason, id) = (DisputeReason::Other, StatementId(Uuid::nil()));
        Dispute {
            original: fact(kronor, RowState::Planned),
            said: DisputeStatement { id, row, reason, amount: None, date: None, why },
        }
    }

    #[test]
    fn a_dispute_stands_at_its_own_row_and_at_no_other() {
        let rows = [(row(1, 0), fact(1_900, RowState::Planned)), (row(1, 1), fact(1_900, RowState::Planned))];
        let second = [dispute(row(1, 1), 1_900)];
        assert_eq!(place(&second, &rows), [None, Some(&second[0])]);
        let both = [dispute(row(1, 1), 1_900), dispute(row(1, 0), 1_900)];
        assert_eq!(place(&both, &rows), [Some(&both[1]), Some(&both[0])]);
        let twice = [dispute(row(1, 0), 1_900), dispute(row(1, 0), 1_900), dispute(row(1, 0), 1_900)];
        assert_eq!(place(&twice, &rows), [Some(&twice[0]), Some(&twice[1])], "one of three has no row");
    }

    #[test]
    fn it_follows_a_row_that_is_fetched_anew_and_has_been_paid() {
        let rows = [(row(2, 0), fact(500, RowState::Paid)), (row(2, 1), fact(1_900, RowState::Paid))];
        let disputes = [dispute(row(1, 0), 1_900)];
        assert_eq!(place(&disputes, &rows), [None, Some(&disputes[0])]);
        assert_eq!(place(&[dispute(row(2, 0), 1_901)], &rows), [None, None], "the row says something else now");
    }

    #[test]
    fn what_is_not_mine_is_nothing_and_what_is_not_said_is_the_rows_own() {
        let said = |reason, amount| DisputeStatement { reason, amount, ..dispute(row(1, 0), 1_900).said };
        let (own, original) = (Money::from_kronor(1_500), Money::from_kronor(1_900));
        for (reason, amount, expected) in [
            (DisputeReason::NotMine, None, Money::ZERO),
            (DisputeReason::Different, Some(own), own),
            (DisputeReason::Different, None, original),
            (DisputeReason::Other, None, original),
        ] {
            assert_eq!(said(reason, amount).own_amount(original), expected, "{reason:?} {amount:?}");
        }
    }
}
