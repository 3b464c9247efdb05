use serde::{Deserialize, Serialize};

use super::Outcome;
use crate::kind::codes;

codes! {
    /// A circumstance that decided a case.
    Reason in "decision-reason-" {
        /// The incomes do not suffice for what the norm and the reasonable expenses give.
        NeedByNorm = "need-by-norm",
        /// The incomes suffice for what the norm and the reasonable expenses give.
        IncomeCoversNeed = "income-covers-need",
        /// There is money or property to live on.
        AssetsAvailable = "assets-available",
        /// The need can be met in another way, such as by a benefit that was not applied for.
        OtherSupport = "other-support",
        /// Somebody who can work is not at the labour market's disposal.
        NotAvailableForWork = "not-available-for-work",
        /// Somebody declined or stayed away from an activity that the board had assigned.
        ActivityDeclined = "activity-declined",
        /// What was needed to judge the need was not shown.
        NeedNotShown = "need-not-shown",
        /// An expense is higher than what is reasonable.
        ExpenseTooHigh = "expense-too-high",
        /// An expense was not shown.
        ExpenseNotShown = "expense-not-shown",
        /// An expense is one of those that the norm already covers.
        ExpenseInNorm = "expense-in-norm",
        /// Several share the home and its costs.
        SharedHome = "shared-home",
        /// The application lacks so much that it cannot be tried, and was not completed when asked for.
        TooIncomplete = "too-incomplete",
        /// The same month has been tried before and nothing has changed.
        AlreadyTried = "already-tried",
        /// Another municipality is responsible.
        OtherMunicipality = "other-municipality",
        /// The one who applied may not apply in this matter.
        NotAParty = "not-a-party",
        /// Something else; the note says what.
        Other = "other",
    }
}

impl Reason {
    /// Whether the reason can lead to the outcome.
    pub const fn fits(self, outcome: Outcome) -> bool {
        match self {
            Self::NeedByNorm => outcome.grants(),
            Self::IncomeCoversNeed => matches!(outcome, Outcome::Rejected),
            Self::AssetsAvailable
            | Self::OtherSupport
            | Self::NotAvailableForWork
            | Self::ActivityDeclined
            | Self::NeedNotShown
            | Self::ExpenseTooHigh
            | Self::ExpenseNotShown
            | Self::ExpenseInNorm
            | Self::SharedHome => matches!(outcome, Outcome::PartlyGranted | Outcome::Rejected),
            Self::TooIncomplete | Self::AlreadyTried | Self::OtherMunicipality | Self::NotAParty => {
                matches!(outcome, Outcome::Dismissed)
            }
            Self::Other => true,
        }
    }

    /// The provisions that the reason rests on, beside those of every decision of its outcome.
    pub const fn provisions(self) -> &'static [Provision] {
        match self {
            Self::NeedByNorm
            | Self::IncomeCoversNeed
            | Self::ExpenseTooHigh
            | Self::ExpenseInNorm
            | Self::SharedHome => &[Provision::Sol12Section7],
            Self::NotAvailableForWork => &[Provision::Sol12Section3],
            Self::ActivityDeclined => &[Provision::Sol12Section4, Provision::Sol12Section5],
            Self::TooIncomplete => &[Provision::Fl20],
            Self::AssetsAvailable
            | Self::OtherSupport
            | Self::NeedNotShown
            | Self::ExpenseNotShown
            | Self::AlreadyTried
            | Self::OtherMunicipality
            | Self::NotAParty
            | Self::Other => &[],
        }
    }
}

codes! {
    /// A provision that a decision rests on.
    Provision in "provision-" {
        /// The right to economic assistance: socialtjänstlagen (2025:400) 12 kap. 1 §.
        Sol12Section1 = "sol-12-1",
        /// Assistance beyond the right: 12 kap. 2 §.
        Sol12Section2 = "sol-12-2",
        /// At the labour market's disposal: 12 kap. 3 §.
        Sol12Section3 = "sol-12-3",
        /// Assigned activities: 12 kap. 4 §.
        Sol12Section4 = "sol-12-4",
        /// Refused or lowered after a declined activity: 12 kap. 5 §.
        Sol12Section5 = "sol-12-5",
        /// What the support is for, and the norm: 12 kap. 7 §.
        Sol12Section7 = "sol-12-7",
        /// A quarter of wages disregarded: 12 kap. 8 §.
        Sol12Section8 = "sol-12-8",
        /// Children's and pupils' own earnings: 12 kap. 9 §.
        Sol12Section9 = "sol-12-9",
        /// The amounts of the norm: socialtjänstförordningen (2025:468) 12 kap. 2 §.
        Sof12Section2 = "sof-12-2",
        /// A single person in a shared home: socialtjänstförordningen 12 kap. 3 §.
        Sof12Section3 = "sof-12-3",
        /// An incomplete application dismissed after an order: förvaltningslagen (2017:900) 20 §.
        Fl20 = "fl-20",
    }
}

/// The provisions of a decision with this outcome and these reasons, each once, in the order of the law.
pub fn provisions_for(outcome: Outcome, reasons: &[Reason]) -> Vec<Provision> {
    let base: &[Provision] = match outcome {
        Outcome::Granted | Outcome::PartlyGranted => {
            &[Provision::Sol12Section1, Provision::Sol12Section7, Provision::Sof12Section2]
        }
        Outcome::Rejected | Outcome::Dismissed => &[Provision::Sol12Section1],
    };
    let mut provisions: Vec<_> =
        base.iter().chain(reasons.iter().flat_map(|reason| reason.provisions())).copied().collect();
    provisions.sort_unstable();
    provisions.dedup();
    provisions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for reason in Reason::ALL {
            assert_eq!(Reason::from_code(reason.code()), Some(*reason));
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.code());
            assert_eq!(reason.key(), format!("decision-reason-{}", reason.code()));
        }
        for provision in Provision::ALL {
            assert_eq!(Provision::from_code(provision.code()), Some(*provision));
        }
    }

    #[test]
    fn every_outcome_has_reasons_and_every_reason_an_outcome() {
        for outcome in Outcome::ALL {
            assert!(Reason::ALL.iter().filter(|reason| reason.fits(*outcome)).count() >= 2, "{outcome:?}");
        }
        for reason in Reason::ALL {
            assert!(Outcome::ALL.iter().any(|outcome| reason.fits(*outcome)), "{reason:?}");
        }
    }

    #[test]
    fn provisions_come_once_in_the_order_of_the_law() {
        use Provision::{
            Fl20, Sof12Section2, Sol12Section1, Sol12Section3, Sol12Section4, Sol12Section5, Sol12Section7,
        };
        for (outcome, reasons, expected) in [
            (Outcome::Granted, &[][..], &[Sol12Section1, Sol12Section7, Sof12Section2][..]),
            (Outcome::Granted, &[Reason::NeedByNorm], &[Sol12Section1, Sol12Section7, Sof12Section2]),
            (
                Outcome::Rejected,
                &[Reason::ActivityDeclined, Reason::NotAvailableForWork],
                &[Sol12Section1, Sol12Section3, Sol12Section4, Sol12Section5],
            ),
            (Outcome::Dismissed, &[Reason::TooIncomplete], &[Sol12Section1, Fl20]),
        ] {
            assert_eq!(provisions_for(outcome, reasons), expected, "{outcome:?} {reasons:?}");
        }
    }
}
