//! Where money is paid: bank accounts, payment slips and other payees.
//!
//! A Swedish account is a clearing number and an account number. How a bank's numbers are checked is published by Bankgirot
//! ("Bankernas kontonummer"); see [`banks`]. Some old accounts carry no check digit: such a number is taken with a warning.

mod banks;
mod giro;

use std::fmt;

pub use giro::{Bankgiro, Giro, GiroError, Plusgiro};
use serde::{Deserialize, Serialize};

use crate::form::PlainText;
use banks::Rule;

/// A bank account in Sweden.
///
/// It is personal: its `Debug` shows the bank only, and pages show [`masked`](Self::masked).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "AccountText", into = "AccountText")]
pub struct Account {
    clearing: String,
    number: String,
}

/// An account as it is stored: both numbers in digits.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountText {
    clearing: String,
    number: String,
}

/// How sure an account number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The check digit fits.
    Passed,
    /// The bank is known, but has old accounts without a check digit, and this number does not fit. To be shown as a warning.
    OldAccount,
    /// No known bank has this clearing number. To be shown as a warning.
    UnknownBank,
}

/// Why two texts are no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// The clearing number is not four digits (or five for Swedbank) from 1000.
    #[error("a clearing number has four digits, or five that begin with 8")]
    Clearing,
    /// The fifth digit of the clearing number does not fit the first four.
    #[error("the fifth digit of the clearing number does not fit the others")]
    ClearingCheck,
    /// Something else than digits, spaces, hyphens and dots.
    #[error("an account number has digits only")]
    Digits,
    /// Not as many digits as the bank's accounts have.
    #[error("the bank's account numbers have {least} to {most} digits")]
    Length {
        /// The fewest.
        least: usize,
        /// The most.
        most: usize,
    },
    /// The last digit does not fit the others.
    #[error("the last digit of the account number does not fit the others")]
    NumberCheck,
}

impl Account {
    /// Reads an account as people write it, and says how sure the number is.
    pub fn parse(clearing: &str, number: &str) -> Result<(Self, Check), AccountError> {
        let clearing = digits(clearing).ok_or(AccountError::Clearing)?;
        let number = digits(number).ok_or(AccountError::Digits)?;
        let bank = match clearing.len() {
            4 | 5 => banks::find(&clearing[..4]),
            _ => return Err(AccountError::Clearing),
        };
        if clearing.starts_with('0') || (clearing.len() == 5 && !clearing.starts_with('8')) {
            return Err(AccountError::Clearing);
        }
        if clearing.len() == 5 && !luhn(&clearing) {
            return Err(AccountError::ClearingCheck);
        }
        let Some(bank) = bank else {
            let (least, most) = (2, 10);
            return if (least..=most).contains(&number.len()) && has_value(&number) {
                Ok((Self { clearing, number }, Check::UnknownBank))
            } else {
                Err(AccountError::Length { least, most })
            };
        };
        let (least, most) = bank.rule.lengths();
        if !(least..=most).contains(&number.len()) {
            return Err(AccountError::Length { least, most });
        }
        // Leading zeros that people leave out are part of the number.
        let number = if bank.rule.fills() { format!("{number:0>most$}") } else { number };
        let check = match (bank.rule.fits(&clearing[..4], &number), bank.rule) {
            (true, _) => Check::Passed,
            (false, Rule::Tens { old_accounts: true, .. }) if has_value(&number) => Check::OldAccount,
            (false, _) => return Err(AccountError::NumberCheck),
        };
        Ok((Self { clearing, number }, check))
    }

    /// The bank's name, where the clearing number is known.
    pub fn bank(&self) -> Option<&'static str> {
        banks::find(&self.clearing[..4]).map(|bank| bank.name)
    }

    /// The clearing number, four digits or five.
    pub fn clearing(&self) -> &str {
        &self.clearing
    }

    /// The account number's digits.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The account so that its owner knows it and nobody else learns it: `••• 249`. An account number can be a person number; its
    /// last three digits alone say little.
    pub fn masked(&self) -> String {
        format!("••• {}", &self.number[self.number.len().saturating_sub(3)..])
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Account({})", self.bank().unwrap_or("unknown bank"))
    }
}

impl TryFrom<AccountText> for Account {
    type Error = AccountError;

    fn try_from(text: AccountText) -> Result<Self, Self::Error> {
        Self::parse(&text.clearing, &text.number).map(|(account, _)| account)
    }
}

impl From<Account> for AccountText {
    fn from(account: Account) -> Self {
        Self { clearing: account.clearing, number: account.number }
    }
}

/// How an amount is paid (betalsätt).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case", deny_unknown_fields)]
pub enum PayoutMethod {
    /// To the registered account.
    Account {
        /// The account.
        account: Account,
    },
    /// Utbetalningsavi, sent to the registered address.
    PaymentSlip,
    /// To somebody else, such as a landlord or an electricity company.
    ThirdParty {
        /// Who is paid.
        name: PlainText,
        /// Where.
        giro: Giro,
    },
}

impl PayoutMethod {
    /// The code in the database and in text keys: `account`, `payment-slip`, `third-party`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Account { .. } => "account",
            Self::PaymentSlip => "payment-slip",
            Self::ThirdParty { .. } => "third-party",
        }
    }
}

/// The digits of a number written with spaces, hyphens and dots; `None` when there is anything else, or no digit.
fn digits(text: &str) -> Option<String> {
    let mut digits = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            '0'..='9' => digits.push(character),
            ' ' | '\u{a0}' | '-' | '\u{2013}' | '.' | ',' => {}
            _ => return None,
        }
    }
    (!digits.is_empty()).then_some(digits)
}

fn has_value(digits: &str) -> bool {
    digits.bytes().any(|digit| digit != b'0')
}

/// Whether the last digit is right by modulus 10 (weights 1 and 2 from the right, digits of the products added).
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let weighted = u32::from(digit - b'0') * if place % 2 == 1 { 2 } else { 1 };
            if weighted > 9 { weighted - 9 } else { weighted }
        })
        .sum();
    has_value(digits) && sum.is_multiple_of(10)
}

/// Whether the last digit is right by modulus 11 (weights 1 to 10 from the right, then 1 again).
fn eleven(digits: &str) -> bool {
    let sum: u32 =
        digits.bytes().rev().zip((1..=10).cycle()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    has_value(digits) && sum.is_multiple_of(11)
}
