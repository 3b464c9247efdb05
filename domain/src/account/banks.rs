//! Which bank has which clearing numbers, and how its account numbers are checked.
//!
//! Facts from Bankgirot's "Bankernas kontonummer" and the bankers' association's list of clearing numbers. Banks that have left the
//! list are left out here too: their numbers are taken with a warning.

use super::{eleven, luhn};

/// A range of clearing numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bank {
    pub(super) name: &'static str,
    first: u16,
    last: u16,
    pub(super) rule: Rule,
}

/// How a bank's account numbers are built and checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Type 1, comment 1: seven digits; modulus 11 over the clearing number's last three digits and the account number.
    ElevenWithThree,
    /// Type 1, comment 2: seven digits; modulus 11 over the whole clearing number and the account number.
    ElevenWithFour,
    /// Type 2, comment 2: eight or nine digits; modulus 11 over nine.
    ElevenOverNine,
    /// Type 2, comment 1: ten digits; modulus 10 over them.
    Ten,
    /// Type 2, comment 1, of a savings bank: as [`Ten`](Self::Ten), often written without leading zeros.
    TenFilled,
    /// Type 2, comment 3, of a savings bank: as [`TenFilled`](Self::TenFilled), and some old accounts have no check digit.
    TenOrOld,
    /// Type 2, comment 3, a plusgiro number: two to eight digits; modulus 10; taken with a warning where it does not fit.
    Giro,
}

impl Rule {
    /// The fewest and the most digits that an account number is written with.
    pub(super) const fn lengths(self) -> (usize, usize) {
        match self {
            Self::ElevenWithThree | Self::ElevenWithFour => (7, 7),
            Self::ElevenOverNine => (8, 9),
            Self::Ten => (10, 10),
            Self::TenFilled | Self::TenOrOld => (6, 10),
            Self::Giro => (2, 8),
        }
    }

    /// Whether a shorter number has lost leading zeros; a plusgiro number has not.
    pub(super) const fn fills(self) -> bool {
        !matches!(self, Self::Giro)
    }

    /// Whether there are accounts whose last digit checks nothing.
    pub(super) const fn has_old_accounts(self) -> bool {
        matches!(self, Self::TenOrOld | Self::Giro)
    }

    /// Whether the check digit of a full number fits.
    pub(super) fn fits(self, clearing: &str, number: &str) -> bool {
        match self {
            Self::ElevenWithThree => eleven(&format!("{}{number}", &clearing[1..])),
            Self::ElevenWithFour => eleven(&format!("{clearing}{number}")),
            Self::ElevenOverNine => eleven(number),
            Self::Ten | Self::TenFilled | Self::TenOrOld | Self::Giro => luhn(number),
        }
    }
}

/// The bank of a clearing number of four digits.
pub(super) fn find(clearing: &str) -> Option<&'static Bank> {
    let clearing: u16 = clearing.parse().ok()?;
    BANKS.iter().find(|bank| (bank.first..=bank.last).contains(&clearing))
}

const THREE: Rule = Rule::ElevenWithThree;
const FOUR: Rule = Rule::ElevenWithFour;
const fn bank(name: &'static str, first: u16, last: u16, rule: Rule) -> Bank {
    Bank { name, first, last, rule }
}

/// In the order of the clearing numbers, without overlap.
const BANKS: &[Bank] = &[
    bank("Nordea", 1100, 1199, THREE),
    bank("Danske Bank", 1200, 1399, THREE),
    bank("Nordea", 1400, 2099, THREE),
    bank("Ålandsbanken", 2300, 2399, FOUR),
    bank("Danske Bank", 2400, 2499, THREE),
    bank("Nordea", 3000, 3299, THREE),
    bank("Nordea", 3300, 3300, Rule::Ten),
    bank("Nordea", 3301, 3399, THREE),
    bank("Länsförsäkringar Bank", 3400, 3409, THREE),
    bank("Nordea", 3410, 3781, THREE),
    bank("Nordea", 3782, 3782, Rule::Ten),
    bank("Nordea", 3783, 3999, THREE),
    bank("Nordea", 4000, 4999, FOUR),
    bank("SEB", 5000, 5999, THREE),
    bank("Handelsbanken", 6000, 6999, Rule::ElevenOverNine),
    bank("Swedbank", 7000, 7999, THREE),
    bank("Swedbank", 8000, 8999, Rule::TenOrOld),
    bank("Länsförsäkringar Bank", 9020, 9029, FOUR),
    bank("Citibank", 9040, 9049, FOUR),
    bank("Länsförsäkringar Bank", 9060, 9069, THREE),
    bank("Multitude Bank", 9070, 9079, THREE),
    bank("Nordnet Bank", 9100, 9109, FOUR),
    bank("SEB", 9120, 9124, THREE),
    bank("SEB", 9130, 9149, THREE),
    bank("Skandiabanken", 9150, 9169, FOUR),
    bank("Ikano Bank", 9170, 9179, THREE),
    bank("Danske Bank", 9180, 9189, Rule::Ten),
    bank("DNB Bank", 9190, 9199, FOUR),
    bank("Marginalen Bank", 9230, 9239, THREE),
    bank("SBAB", 9250, 9259, THREE),
    bank("DNB Bank", 9260, 9269, FOUR),
    bank("ICA Banken", 9270, 9279, THREE),
    bank("Resurs Bank", 9280, 9289, THREE),
    bank("Swedbank", 9300, 9349, Rule::TenFilled),
    bank("Landshypotek Bank", 9390, 9399, FOUR),
    bank("Santander Consumer Bank", 9460, 9469, THREE),
    bank("BNP Paribas", 9470, 9479, FOUR),
    bank("Nordea Plusgirot", 9500, 9549, Rule::Giro),
    bank("Avanza Bank", 9550, 9569, FOUR),
    bank("Sparbanken Syd", 9570, 9579, Rule::TenFilled),
    bank("Aion Bank", 9580, 9589, THREE),
    bank("Erik Penser", 9590, 9599, FOUR),
    bank("Lån & Spar Bank", 9630, 9639, THREE),
    bank("NOBA Bank", 9640, 9649, FOUR),
    bank("Svea Bank", 9660, 9669, FOUR),
    bank("JAK Medlemsbank", 9670, 9679, FOUR),
    bank("Bluestep Finans", 9680, 9689, THREE),
    bank("Ekobanken", 9700, 9709, FOUR),
    bank("Lunar Bank", 9710, 9719, FOUR),
    bank("Northmill Bank", 9750, 9759, FOUR),
    bank("Klarna Bank", 9780, 9789, FOUR),
    bank("Riksgälden", 9880, 9889, FOUR),
    bank("Riksgälden", 9890, 9899, Rule::Ten),
    bank("Nordea Plusgirot", 9960, 9969, Rule::Giro),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_in_order_and_do_not_overlap() {
        for bank in BANKS {
            assert!(bank.first <= bank.last && bank.first >= 1000 && bank.last <= 9999, "{bank:?}");
        }
        for pair in BANKS.windows(2) {
            assert!(pair[0].last < pair[1].first, "{pair:?}");
        }
    }
}
