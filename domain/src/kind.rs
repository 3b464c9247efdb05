//! What an income or an expense is: the one vocabulary of statements, authority rows and the calculation.

use serde::{Deserialize, Serialize};

/// An enum whose variants have codes, and texts whose keys are made of these.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident in $prefix:literal { $($(#[$variant_doc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $code)] $variant,)*
        }

        impl $name {
            /// All of them, in the order that lists show them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The code in stored documents and forms.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The key of its text.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => concat!($prefix, $code),)* }
            }

            /// The one with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.code() == code)
            }
        }
    };
}

pub(crate) use codes;

codes! {
    /// A kind of income (inkomst).
    IncomeKind in "income-kind-" {
        /// Lön, after tax.
        Wage = "wage",
        /// Jobbpremie from Försäkringskassan, for months without support.
        JobPremium = "job-premium",
        /// Arbetslöshetsersättning from an a-kassa.
        UnemploymentBenefit = "unemployment-benefit",
        /// Aktivitetsstöd or utvecklingsersättning.
        ActivitySupport = "activity-support",
        /// Etableringsersättning.
        IntroductionBenefit = "introduction-benefit",
        /// Sjukpenning or rehabiliteringspenning.
        SicknessBenefit = "sickness-benefit",
        /// Sjukersättning or aktivitetsersättning.
        DisabilityBenefit = "disability-benefit",
        /// Föräldrapenning or tillfällig föräldrapenning.
        ParentalBenefit = "parental-benefit",
        /// Barnbidrag with flerbarnstillägg.
        ChildBenefit = "child-benefit",
        /// Bostadsbidrag.
        HousingBenefit = "housing-benefit",
        /// Underhållsstöd or underhållsbidrag.
        Maintenance = "maintenance",
        /// Studiemedel, studiestartsstöd, omställningsstudiestöd.
        StudyAid = "study-aid",
        /// Studiehjälp for a pupil.
        PupilAllowance = "pupil-allowance",
        /// Pension and äldreförsörjningsstöd.
        Pension = "pension",
        /// Bostadstillägg to pensioners.
        HousingSupplement = "housing-supplement",
        /// Skatteåterbäring.
        TaxRefund = "tax-refund",
        /// Kapitalinkomst: interest, dividend, sale.
        Capital = "capital",
        /// Swish or another transfer from somebody.
        Transfer = "transfer",
        /// Försäljning of things.
        Sale = "sale",
        /// Hyra from somebody who lodges in the home.
        Lodger = "lodger",
        /// Försäkringsersättning from a private or occupational insurance.
        Insurance = "insurance",
        /// Pension, benefit or wage from another country; a human judges it.
        Foreign = "foreign",
        /// Gåva.
        Gift = "gift",
        /// Lån.
        Loan = "loan",
        /// Pengar på bankkonto.
        BankBalance = "bank-balance",
        /// Annan inkomst; a human judges it.
        Other = "other",
    }
}

codes! {
    /// A kind of expense (utgift) outside the norm's own items.
    ExpenseKind in "expense-kind-" {
        /// Hyra or avgift for the home.
        Rent = "rent",
        /// Hushållsel.
        Electricity = "electricity",
        /// Hemförsäkring.
        HomeInsurance = "home-insurance",
        /// Arbetsresor.
        WorkTravel = "work-travel",
        /// Fackavgift. May never enter a list or statistics (SFS 2001:454 7 a §).
        UnionFee = "union-fee",
        /// Avgift till a-kassa.
        UnemploymentFundFee = "unemployment-fund-fee",
        /// Barnomsorgsavgift.
        Childcare = "childcare",
        /// Läkarvård.
        HealthCare = "health-care",
        /// Medicin på recept.
        Medicine = "medicine",
        /// Tandvård.
        DentalCare = "dental-care",
        /// Glasögon or lenses.
        Glasses = "glasses",
        /// Annan utgift; a human judges it.
        Other = "other",
    }
}

codes! {
    /// What kinds have in common, by which a person finds one among many.
    KindGroup in "kind-group-" {
        /// Of one's own work.
        Work = "work",
        /// For the home.
        Home = "home",
        /// For health.
        Health = "health",
        /// From an authority or a fund.
        Benefits = "benefits",
        /// From people and companies.
        People = "people",
        /// What one has, or has sold.
        Means = "means",
        /// All else.
        Else = "else",
    }
}

impl IncomeKind {
    /// Where a person looks for it.
    pub const fn group(self) -> KindGroup {
        match self {
            Self::Wage | Self::JobPremium => KindGroup::Work,
            Self::UnemploymentBenefit
            | Self::ActivitySupport
            | Self::IntroductionBenefit
            | Self::SicknessBenefit
            | Self::DisabilityBenefit
            | Self::ParentalBenefit
            | Self::ChildBenefit
            | Self::HousingBenefit
            | Self::Maintenance
            | Self::StudyAid
            | Self::PupilAllowance
            | Self::Pension
            | Self::HousingSupplement
            | Self::TaxRefund => KindGroup::Benefits,
            Self::Transfer | Self::Lodger | Self::Insurance | Self::Gift | Self::Loan => KindGroup::People,
            Self::Sale | Self::Capital | Self::BankBalance => KindGroup::Means,
            Self::Foreign | Self::Other => KindGroup::Else,
        }
    }
}

impl ExpenseKind {
    /// Where a person looks for it.
    pub const fn group(self) -> KindGroup {
        match self {
            Self::Rent | Self::Electricity | Self::HomeInsurance => KindGroup::Home,
            Self::WorkTravel | Self::UnionFee | Self::UnemploymentFundFee => KindGroup::Work,
            Self::HealthCare | Self::Medicine | Self::DentalCare | Self::Glasses => KindGroup::Health,
            Self::Childcare | Self::Other => KindGroup::Else,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for kind in IncomeKind::ALL {
            assert_eq!(IncomeKind::from_code(kind.code()), Some(*kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
        }
        for kind in ExpenseKind::ALL {
            assert_eq!(ExpenseKind::from_code(kind.code()), Some(*kind));
        }
        assert_eq!(IncomeKind::from_code("lottery"), None);
    }
}
