//! Who may decide, and what takes two.
//!
//! A board may let an employee decide on its behalf (delegation): kommunallagen (2017:725) 6 kap. 37 and 38 §§, 7 kap. 5 §. What it has
//! delegated is data, an outcome at a time. What one official does not decide alone is the municipality's own rule: it then takes one who
//! presents the case (föredragande) and another who decides (beslutsfattare).

use crate::Money;
use crate::decision::Outcome;
use crate::norm::{Amounts, NormCalculation};

/// What a board has delegated to one official (delegation).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delegation {
    /// How the decisions go that they may make.
    pub outcome: Outcome,
    /// The largest amount of one decision; zero for outcomes without one.
    pub up_to: Money,
}

/// All that is delegated to one official on the day (beslutanderätt). Nothing at all unless somebody has said so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mandate(Vec<Delegation>);

impl Mandate {
    /// The mandate of these delegations.
    pub const fn new(delegations: Vec<Delegation>) -> Self {
        Self(delegations)
    }

    /// Whether they may make a decision that goes so and grants this much.
    pub fn covers(&self, outcome: Outcome, amount: Money) -> bool {
        self.up_to(outcome).is_some_and(|limit| amount <= limit)
    }

    /// The largest amount of a decision that goes so; `None` when they may make none.
    pub fn up_to(&self, outcome: Outcome) -> Option<Money> {
        self.0.iter().filter(|delegation| delegation.outcome == outcome).map(|delegation| delegation.up_to).max()
    }
}

/// Up to where one official decides alone. A municipality that has said nothing has zero for both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AloneUpTo {
    /// What a decision grants.
    pub amount: Money,
    /// What lines that are set by hand change together, up or down.
    pub by_hand: Money,
}

/// One official before one case: what they may decide, and what of that alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// What is delegated to them.
    pub mandate: Mandate,
    /// Up to where anybody decides alone.
    pub alone: AloneUpTo,
    /// Whether they know somebody in the household.
    pub is_acquainted: bool,
}

impl Authority {
    /// Why they do not make a decision alone; nothing when they do.
    pub fn takes_two(&self, of: &Circumstances) -> Vec<TakesTwo> {
        let reasons = [
            (!self.mandate.covers(of.outcome, of.amount)).then_some(TakesTwo::NotDelegated),
            (of.amount > self.alone.amount).then_some(TakesTwo::Amount { limit: self.alone.amount }),
            (of.by_hand > self.alone.by_hand).then_some(TakesTwo::ByHand { limit: self.alone.by_hand }),
            // Nothing is paid where nothing is granted.
            (!of.payee_is_signed && !of.amount.is_zero()).then_some(TakesTwo::Payee),
            self.is_acquainted.then_some(TakesTwo::Acquaintance),
        ];
        reasons.into_iter().flatten().collect()
    }

    /// The most that they grant alone in full; `None` when they grant nothing alone.
    pub fn grants_alone_up_to(&self) -> Option<Money> {
        let limit = self.mandate.up_to(Outcome::Granted)?.min(self.alone.amount);
        (!limit.is_zero() && !self.is_acquainted).then_some(limit)
    }
}

/// What a decision is about, as far as it says who may make it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances {
    /// How it goes.
    pub outcome: Outcome,
    /// What it grants.
    pub amount: Money,
    /// What lines that are set by hand change together ([`changed_by_hand`]).
    pub by_hand: Money,
    /// Whether the money goes where the household has signed that it goes.
    pub payee_is_signed: bool,
}

/// Why one official does not decide alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TakesTwo {
    /// It is not delegated to them.
    NotDelegated,
    /// It grants more than one decides alone.
    Amount {
        /// The most that one does.
        limit: Money,
    },
    /// Lines set by hand change more than one decides alone.
    ByHand {
        /// The most that one does.
        limit: Money,
    },
    /// The money would go elsewhere than the household has signed.
    Payee,
    /// The official knows somebody in the household.
    Acquaintance,
}

impl TakesTwo {
    /// The code in the database and in text keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotDelegated => "not-delegated",
            Self::Amount { .. } => "amount",
            Self::ByHand { .. } => "by-hand",
            Self::Payee => "payee",
            Self::Acquaintance => "acquaintance",
        }
    }

    /// The reason with this code, by the limits that hold.
    pub fn from_code(code: &str, alone: AloneUpTo) -> Option<Self> {
        let all = [
            Self::NotDelegated,
            Self::Amount { limit: alone.amount },
            Self::ByHand { limit: alone.by_hand },
            Self::Payee,
            Self::Acquaintance,
        ];
        all.into_iter().find(|reason| reason.code() == code)
    }

    /// The key of the sentence that says it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotDelegated => "takes-two-not-delegated",
            Self::Amount { .. } => "takes-two-amount",
            Self::ByHand { .. } => "takes-two-by-hand",
            Self::Payee => "takes-two-payee",
            Self::Acquaintance => "takes-two-acquaintance",
        }
    }

    /// The amount that the sentence names.
    pub const fn limit(self) -> Option<Money> {
        match self {
            Self::Amount { limit } | Self::ByHand { limit } => Some(limit),
            Self::NotDelegated | Self::Payee | Self::Acquaintance => None,
        }
    }
}

/// What the lines that caseworkers have set change together: the distance of each from what the rules give, whichever way. Where the rules
/// ask, an income is to count in full until somebody says otherwise, and an expense not at all.
pub fn changed_by_hand(calculation: &NormCalculation) -> Money {
    calculation
        .lines
        .iter()
        .filter_map(|line| {
            let set = line.overridden.as_ref()?;
            let computed = match set.computed {
                Amounts::Income { .. } | Amounts::Means { .. } if set.asked => set.computed.stated(),
                Amounts::Norm { .. } | Amounts::Expense { .. } | Amounts::Income { .. } | Amounts::Means { .. } => {
                    set.computed.counted()
                }
            };
            Some(Money::from_ore((line.amounts.counted() - computed).ore().abs()))
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ORDINARY: Circumstances = Circumstances {
        outcome: Outcome::Granted,
        amount: Money::from_kronor(8_000),
        by_hand: Money::ZERO,
        payee_is_signed: true,
    };

    /// Grants in full up to so many kronor, within the limits of one who decides alone.
    fn authority(delegated: i64, alone: i64) -> Authority {
        let up_to = Money::from_kronor(delegated);
        Authority {
            mandate: Mandate::new(vec![Delegation { outcome: Outcome::Granted, up_to }]),
            alone: AloneUpTo { amount: Money::from_kronor(alone), by_hand: Money::from_kronor(1_000) },
            is_acquainted: false,
        }
    }

    #[test]
    fn an_ordinary_decision_within_every_limit_takes_one() {
        let authority = authority(8_000, 8_000);
        assert_eq!(authority.takes_two(&ORDINARY), []);
        assert_eq!(authority.grants_alone_up_to(), Some(Money::from_kronor(8_000)));
    }

    #[test]
    fn each_circumstance_takes_two_by_itself() {
        let authority = authority(8_000, 8_000);
        let limits = authority.alone;
        for (of, expected) in [
            (Circumstances { outcome: Outcome::PartlyGranted, ..ORDINARY }, TakesTwo::NotDelegated),
            (
                Circumstances { by_hand: Money::from_ore(100_001), ..ORDINARY },
                TakesTwo::ByHand { limit: limits.by_hand },
            ),
            (Circumstances { payee_is_signed: false, ..ORDINARY }, TakesTwo::Payee),
        ] {
            assert_eq!(authority.takes_two(&of), [expected], "{of:?}");
        }
        let more = Circumstances { amount: Money::from_ore(800_001), ..ORDINARY };
        let both = [TakesTwo::NotDelegated, TakesTwo::Amount { limit: limits.amount }];
        assert_eq!(authority.takes_two(&more), both);
        let acquainted = Authority { is_acquainted: true, ..authority };
        assert_eq!(acquainted.takes_two(&ORDINARY), [TakesTwo::Acquaintance]);
        assert_eq!(acquainted.grants_alone_up_to(), None);
    }

    #[test]
    fn who_has_said_nothing_lets_nobody_decide_alone() {
        let of = Circumstances { amount: Money::from_ore(1), ..ORDINARY };
        let nothing = Authority { mandate: Mandate::default(), alone: AloneUpTo::default(), is_acquainted: false };
        let both = [TakesTwo::NotDelegated, TakesTwo::Amount { limit: Money::ZERO }];
        assert_eq!(nothing.takes_two(&of), both);
        assert_eq!(nothing.grants_alone_up_to(), None);
    }

    #[test]
    fn what_grants_nothing_pays_nobody() {
        let up_to = Money::ZERO;
        let authority = Authority {
            mandate: Mandate::new(vec![Delegation { outcome: Outcome::Rejected, up_to }]),
            alone: AloneUpTo::default(),
            is_acquainted: false,
        };
        let rejected =
            Circumstances { outcome: Outcome::Rejected, amount: Money::ZERO, payee_is_signed: false, ..ORDINARY };
        assert_eq!(authority.takes_two(&rejected), []);
    }

    #[test]
    fn codes_are_read_back() {
        let all = [
            TakesTwo::NotDelegated,
            TakesTwo::Amount { limit: Money::ZERO },
            TakesTwo::ByHand { limit: Money::ZERO },
            TakesTwo::Payee,
            TakesTwo::Acquaintance,
        ];
        for reason in all {
            assert_eq!(TakesTwo::from_code(reason.code(), AloneUpTo::default()), Some(reason));
            assert_eq!(reason.key(), format!("takes-two-{}", reason.code()));
        }
        assert_eq!(TakesTwo::from_code("whim", AloneUpTo::default()), None);
    }

    proptest! {
        /// More money never takes fewer people.
        #[test]
        fn more_never_takes_fewer(amount in 0_i64..20_000, more in 0_i64..20_000, alone in 0_i64..20_000, delegated in 0_i64..20_000) {
            let authority = authority(delegated, alone);
            let of = |kronor| Circumstances { amount: Money::from_kronor(kronor), ..ORDINARY };
            let (less, reasons) = (authority.takes_two(&of(amount)), authority.takes_two(&of(amount + more)));
            prop_assert!(less.iter().all(|reason| reasons.contains(reason)));
            prop_assert_eq!(reasons.is_empty(), amount + more <= alone.min(delegated));
        }
    }
}
