//! Payouts as people see them.

use domain::id::DecisionId;
pub use domain::payout::PayoutState;
use domain::{Money, NormMonth};
use jiff::civil::Date;

use super::Phrase;

#[derive(Clone, PartialEq)]
pub struct Payout {
    /// What is paid, such as "ekonomiskt bistånd".
    pub benefit: Phrase,
    /// The month it is for.
    pub month: NormMonth,
    pub state: PayoutState,
    pub amount: Money,
    /// The day of payment, planned or past.
    pub pay_date: Date,
    /// How it is paid.
    pub method: ShownPayoutMethod,
    pub payee: Payee,
    /// The decision behind it.
    pub decision: DecisionId,
    /// Whether the decision has a calculation, which stands at `/decisions/{id}/calculation`.
    pub has_calculation: bool,
}

/// How a payout reaches its payee.
#[derive(Clone, PartialEq)]
pub enum ShownPayoutMethod {
    /// To the account that the case has registered.
    Account {
        /// The bank's name, from the clearing number.
        bank: String,
        /// The last digits of the account number; the rest is never shown.
        ending: String,
    },
    /// A payment slip (utbetalningsavi) to the registered address.
    PaymentSlip,
}

#[derive(Clone, PartialEq)]
pub enum Payee {
    /// The applicant or the co-applicant, by full name.
    Household(String),
    /// A third party, such as the landlord.
    ThirdParty(String),
}
