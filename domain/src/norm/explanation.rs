//! The rule behind each line, as a text key with typed arguments.
//!
//! The words stand in `app/locales/*/calculation.ftl`, so that citizen, caseworker and letter read the same ones. A text's key is
//! `calculation-` and the explanation's.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::wire::wire_struct;
use crate::{Money, NormMonth};

/// A value inside a text. How it is written (spaces, names of months) belongs to the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// Kronor and öre.
    Money(Money),
    /// A whole number, such as of people or days.
    Number(i64),
    /// A day of the calendar.
    Date(Date),
    /// A month of a year.
    Month(NormMonth),
    /// Years of age, written `7–10` or `3`.
    Ages(Ages),
}

/// A span of ages in whole years, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ages {
    /// The youngest, in whole years.
    pub from: u8,
    /// The eldest, in whole years.
    pub through: u8,
}

impl fmt::Display for Ages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.through {
            write!(f, "{}", self.from)
        } else {
            write!(f, "{}–{}", self.from, self.through)
        }
    }
}

macro_rules! arguments {
    ($($type:ty => $variant:ident),*) => {$(
        impl From<$type> for Argument {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        }
    )*};
}

arguments!(Money => Money, u8 => Number, i16 => Number, Date => Date, NormMonth => Month, Ages => Ages);

macro_rules! explanations {
    ($($(#[$doc:meta])* $variant:ident = $key:literal { $($field:ident: $type:ty),* })*) => {
        /// Why a line is what it is. The arguments are named as in the texts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "key")]
        #[expect(missing_docs, reason = "the arguments are explained at the variant, which the text uses by name")]
        pub enum Explanation {
            $($(#[$doc])* #[serde(rename = $key)] $variant { $($field: $type),* },)*
        }

        impl Explanation {
            /// Every key with the names of its text's arguments: what a locale must have words for.
            pub const KEYS: &'static [(&'static str, &'static [&'static str])] =
                &[$(($key, &[$(stringify!($field)),*])),*];

            /// The key, as it stands in stored calculations.
            pub const fn key(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $key,)* }
            }

            /// The key of its text.
            pub const fn text_key(&self) -> &'static str {
                match self { $(Self::$variant { .. } => concat!("calculation-", $key),)* }
            }

            /// The arguments of the text, by name.
            pub fn arguments(&self) -> Vec<(&'static str, Argument)> {
                match *self { $(Self::$variant { $($field),* } => vec![$((stringify!($field), $field.into())),*],)* }
            }
        }
    };
}

impl Explanation {
    /// Whether a line with this explanation only belongs to another month than the one that is calculated.
    pub const fn is_of_another_month(&self) -> bool {
        matches!(
            self,
            Self::IncomeEarlierMonth { .. }
                | Self::IncomeLaterMonth { .. }
                | Self::IncomeDisputedOtherMonth {}
                | Self::ExpenseOtherMonth { .. }
                | Self::ExpenseDisputedOtherMonth {}
        )
    }

    /// Whether a line with this explanation is what the household says of an authority's row.
    pub const fn is_dispute(&self) -> bool {
        matches!(
            self,
            Self::IncomeDisputed { .. }
                | Self::IncomeDisputedOtherMonth {}
                | Self::ExpenseDisputed { .. }
                | Self::ExpenseDisputedOtherMonth {}
        )
    }
}

explanations! {
    /// Personal costs of an adult without a partner.
    NormPersonalSingle = "norm-personal-single" {}
    /// Half of the personal costs `both` of a couple.
    NormPersonalPartner = "norm-personal-partner" { both: Money }
    /// Personal costs of a child of these `ages`, who eats lunch at home.
    NormPersonalChild = "norm-personal-child" { ages: Ages }
    /// Personal costs of a child of these `ages` who eats lunch five days a week in preschool.
    NormPersonalChildPreschoolLunch = "norm-personal-child-preschool-lunch" { ages: Ages }
    /// Personal costs of a child or school youth of these `ages`; lunch at school is in the amount.
    NormPersonalPupil = "norm-personal-pupil" { ages: Ages }
    /// Nobody knows which of these `ages` the member has, and the amount or the role depends on it.
    NormPersonalAgeUnknown = "norm-personal-age-unknown" { ages: Ages }
    /// The child is marked as eating lunch in preschool, but the table has no lower amount at these `ages`.
    NormPreschoolLunchPast = "norm-preschool-lunch-past" { ages: Ages }
    /// The part of `full` for `days` in this home, out of `divisor`.
    NormDaysInHome = "norm-days-in-home" { full: Money, days: u8, divisor: u8 }
    /// The part of `full` for the days `first` through `last`, out of the month's.
    NormPartOfMonth = "norm-part-of-month" { full: Money, first: Date, last: Date }
    /// Shared household costs for `persons`.
    NormShared = "norm-shared" { persons: u8 }
    /// Shared costs for more people than the table lists: the amount for `listed`, and `step` for each one more.
    NormSharedBeyondTable = "norm-shared-beyond-table" { persons: u8, listed: u8, step: Money }
    /// The household's share, for `members` of the `persons` in the home, of the home's shared costs `full`.
    NormSharedHome = "norm-shared-home" { full: Money, members: u8, persons: u8 }

    /// A reasonable cost of the norm's second kind, approved as claimed.
    ExpenseReasonable = "expense-reasonable" {}
    /// Approved as claimed: within the municipality's guideline `limit`.
    ExpenseWithinGuideline = "expense-within-guideline" { limit: Money }
    /// Approved up to the municipality's guideline `limit`, of which other rows had left `left`.
    ExpenseAboveGuideline = "expense-above-guideline" { limit: Money, left: Money }
    /// Outside the norm's items and without a guideline: a human judges it.
    ExpenseToJudge = "expense-to-judge" {}
    /// A monthly cost that was paid in `month`, before the norm month, which has no row of its kind.
    ExpensePaidBefore = "expense-paid-before" { month: NormMonth }
    /// From the month before: a human looks whether it was already approved.
    ExpenseReferenceMonth = "expense-reference-month" { month: NormMonth }
    /// From the month before, and approved in the calculation of norm month `month`.
    ExpenseApprovedBefore = "expense-approved-before" { month: NormMonth }
    /// For another month than the norm month.
    ExpenseOtherMonth = "expense-other-month" { month: NormMonth }
    /// An authority's row below zero.
    ExpenseNegative = "expense-negative" {}
    /// The same authority tells the very same a second time: the same bill, or another.
    ExpenseRepeated = "expense-repeated" {}
    /// The household says that an authority's row is wrong and gives its own amount `stated`.
    ExpenseDisputed = "expense-disputed" { stated: Money }
    /// The same where neither of the two lies in a month that this calculation looks at.
    ExpenseDisputedOtherMonth = "expense-disputed-other-month" {}

    /// No rule leaves anything of it out.
    IncomeCounted = "income-counted" {}
    /// Planned, not yet known to be paid; known on `known_on`.
    IncomePlanned = "income-planned" { known_on: Date }
    /// `percent` of the wage is left out, in the norm months `since` through `last`.
    IncomeJobStimulus = "income-job-stimulus" { percent: u8, since: NormMonth, last: NormMonth }
    /// The job stimulus had its last norm month.
    IncomeJobStimulusEnded = "income-job-stimulus-ended" { last: NormMonth }
    /// The job stimulus begins in a later norm month.
    IncomeJobStimulusNotYet = "income-job-stimulus-not-yet" { since: NormMonth }
    /// A child's or school youth's own work, within what is left (`left`) of the `year`'s `allowance`.
    IncomeYouthWork = "income-youth-work" { year: i16, allowance: Money, left: Money }
    /// The part of a child's or school youth's own work above what was `left` of the `year`'s `allowance`.
    IncomeYouthWorkAbove = "income-youth-work-above" { year: i16, allowance: Money, left: Money }
    /// It is not known what the youth earned earlier in the `year`.
    IncomeYouthYearUnknown = "income-youth-year-unknown" { year: i16 }
    /// A child's own money, counted up to what is `left` of the child's own `norm`.
    IncomeChildOwnNorm = "income-child-own-norm" { norm: Money, left: Money }
    /// Paid in a month before the reference month.
    IncomeEarlierMonth = "income-earlier-month" { month: NormMonth }
    /// Paid after the reference month: counts for a later norm month.
    IncomeLaterMonth = "income-later-month" { month: NormMonth }
    /// A benefit that was paid in `month` and is missing in the reference month.
    IncomeBenefitMissing = "income-benefit-missing" { month: NormMonth, received: Money }
    /// Became known after the last calculation, which should have had it.
    IncomeKnownLate = "income-known-late" { month: NormMonth, known_on: Date, received: Money }
    /// Below zero: the authority took money back.
    IncomeNegative = "income-negative" { received: Money }
    /// The same authority tells the very same a second time: the same payment, or another.
    IncomeRepeated = "income-repeated" { received: Money }
    /// A kind that the rules leave to a human.
    IncomeToJudge = "income-to-judge" { received: Money }
    /// Neither a pay date nor a period within one month.
    IncomeUndated = "income-undated" { received: Money }
    /// The household says that an authority's row is wrong and gives its own amount `stated`.
    IncomeDisputed = "income-disputed" { stated: Money }
    /// The same where neither of the two counts for this month.
    IncomeDisputedOtherMonth = "income-disputed-other-month" {}
    /// The household says that this row is wrong and gives its own amount `stated`; see the line beside it.
    RowDisputed = "row-disputed" { stated: Money }
    /// Stated although an authority reported the same kind for the same person and month.
    IncomeStatedBesideAuthority = "income-stated-beside-authority" { stated: Money }

    /// An asset that can be turned into money.
    AssetRealisable = "asset-realisable" {}
    /// An asset that cannot be turned into money.
    AssetNotRealisable = "asset-not-realisable" {}
    /// An asset of which nobody has said whether it can be turned into money.
    AssetToJudge = "asset-to-judge" { value: Money }

    /// A surplus from norm month `from`.
    SurplusCarried = "surplus-carried" { from: NormMonth }
    /// A surplus from norm month `from`, older than the `months` that it may roll.
    SurplusTooOld = "surplus-too-old" { from: NormMonth, months: u8 }

    /// A caseworker decided another amount; `computed` is what the rules give.
    OverrideDecided = "override-decided" { computed: Money }
    /// What lies beneath the caseworker's amount was `before` when it was decided and is `computed` now.
    OverrideChangedBeneath = "override-changed-beneath" { before: Money, computed: Money }
    /// The line that a caseworker set to `value` is gone.
    OverrideWithoutLine = "override-without-line" { value: Money }

    /// Means are less than need: what is missing.
    ResultDeficit = "result-deficit" {}
    /// Means are more than need.
    ResultSurplus = "result-surplus" {}
    /// Means are exactly what is needed.
    ResultEven = "result-even" {}
    /// The deficit `exact` in whole kronor.
    ResultPayable = "result-payable" { exact: Money }
    /// No deficit, so nothing to pay.
    ResultNothingPayable = "result-nothing-payable" {}
    /// The surplus of norm month `from` that later months may count, through norm month `through`.
    ResultSurplusToCarry = "result-surplus-to-carry" { from: NormMonth, through: NormMonth }
}

wire_struct!(Ages { from, through });
