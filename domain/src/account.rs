//! Where money is paid: bank accounts, payment slips and other payees.
//!
//! A Swedish account is a clearing number and an account number. How a bank's numbers are checked is published by Bankgirot
//! ("Bankernas kontonummer"). Some old accounts carry no check digit: such a number is taken with a warning.

mod banks;
mod giro;

use std::fmt;

pub use giro::{Bankgiro, Giro, GiroError, Plusgiro};
use serde::{Deserialize, Serialize};

use crate::form::PlainText;

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
pub enum AccountCheck {
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
        /// The fewest digits that are taken.
        least: usize,
        /// The most digits that are taken; the same where the bank has one length.
        most: usize,
    },
    /// The last digit does not fit the others.
    #[error("the last digit of the account number does not fit the others")]
    NumberCheck,
}

impl Account {
    /// Reads an account as people write it, and says how sure the number is.
    pub fn parse(clearing: &str, number: &str) -> Result<(Self, AccountCheck), AccountError> {
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
                Ok((Self { clearing, number }, AccountCheck::UnknownBank))
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
        let check = if bank.rule.fits(&clearing[..4], &number) {
            AccountCheck::Passed
        } else if bank.rule.has_old_accounts() && has_value(&number) {
            AccountCheck::OldAccount
        } else {
            return Err(AccountError::NumberCheck);
        };
        Ok((Self { clearing, number }, check))
    }

    /// The bank's name, where the clearing number is known.
    pub fn bank(&self) -> Option<&'static str> {
        banks::find(&self.clearing[..4]).map(|bank| bank.name)
    }

    /// The clearing number's digits.
    pub fn clearing(&self) -> &str {
        &self.clearing
    }

    /// The account number's digits.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The account so that its owner knows it and nobody else learns it: `••• 249`. An account number can be a person number; its
    /// last three digits alone say little. Of a short number less is shown.
    pub fn masked(&self) -> String {
        let shown = (self.number.len() / 2).min(3);
        format!("••• {}", &self.number[self.number.len() - shown..])
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
        /// Clearing number and account number.
        account: Account,
    },
    /// Utbetalningsavi, sent to the registered address.
    PaymentSlip,
    /// To somebody else, such as a landlord or an electricity company.
    ThirdParty {
        /// The payee as the payment names them.
        name: PlainText,
        /// The payee's bankgiro or plusgiro number.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Numbers that open implementations publish as their tests (swantzter/kontonummer, kajetan-kazimierczak/SwedishBankAccounts,
    /// barsoom/banktools-se).
    #[test]
    fn published_numbers_pass() {
        for (clearing, number, bank, digits) in [
            ("9071", "417 23 83", "Multitude Bank", "4172383"),
            ("6789", "123456789", "Handelsbanken", "123456789"),
            ("6683", "764450808", "Handelsbanken", "764450808"),
            ("8424-4", "983 189 224-6", "Swedbank", "9831892246"),
            ("8424", "983 189 224-6", "Swedbank", "9831892246"),
            ("8351-9", "392 242 224-5", "Swedbank", "3922422245"),
            ("8129-9", "043 386 711-6", "Swedbank", "0433867116"),
            ("8129-9", "43 386 711-6", "Swedbank", "0433867116"),
            ("82149", "9234726124", "Swedbank", "9234726124"),
            ("3300", "000620-5124", "Nordea", "0006205124"),
            ("3300", "121212-1212", "Nordea", "1212121212"),
            ("3782", "800928-6249", "Nordea", "8009286249"),
            ("1860", "1089976", "Nordea", "1089976"),
            ("3244", "46.092.98", "Nordea", "4609298"),
            ("9789", "1111113", "Klarna Bank", "1111113"),
        ] {
            let (account, check) = Account::parse(clearing, number).unwrap();
            assert_eq!(check, AccountCheck::Passed, "{clearing} {number}");
            assert_eq!((account.bank(), account.number()), (Some(bank), digits));
        }
    }

    #[test]
    fn wrong_numbers_are_refused_with_the_reason() {
        for (clearing, number, error) in [
            ("6789", "123456788", AccountError::NumberCheck),
            ("3300", "000620-5125", AccountError::NumberCheck),
            ("9789", "1111112", AccountError::NumberCheck),
            ("5000", "0000000", AccountError::NumberCheck),
            ("8424-1", "983 189 224-6", AccountError::ClearingCheck),
            ("82148", "9234726124", AccountError::ClearingCheck),
            ("33000", "121212-1212", AccountError::Clearing),
            ("330", "121212-1212", AccountError::Clearing),
            ("0330", "121212-1212", AccountError::Clearing),
            ("33OO", "121212-1212", AccountError::Clearing),
            ("", "121212-1212", AccountError::Clearing),
            ("3300", "", AccountError::Digits),
            ("3300", "12I2121212", AccountError::Digits),
            ("3300", "19121212-1212", AccountError::Length { least: 10, most: 10 }),
            ("5122", "123456", AccountError::Length { least: 7, most: 7 }),
            ("6789", "1234567", AccountError::Length { least: 8, most: 9 }),
            ("9960", "123456789", AccountError::Length { least: 2, most: 8 }),
            ("1000", "12345678901", AccountError::Length { least: 2, most: 10 }),
        ] {
            assert_eq!(Account::parse(clearing, number), Err(error), "{clearing} {number}");
        }
    }

    #[test]
    fn what_cannot_be_checked_is_taken_with_a_warning() {
        for (clearing, number, check) in [
            ("82149", "9234726125", AccountCheck::OldAccount),
            ("9960", "1234", AccountCheck::OldAccount),
            ("1000", "1234567", AccountCheck::UnknownBank),
            ("9999", "12", AccountCheck::UnknownBank),
        ] {
            assert_eq!(Account::parse(clearing, number).map(|(_, check)| check), Ok(check), "{clearing} {number}");
        }
        assert_eq!(Account::parse("8214", "0000000000"), Err(AccountError::NumberCheck));
    }

    #[test]
    fn a_plusgiro_account_keeps_its_own_length() {
        let (account, check) = Account::parse("9960", "1160499-8").unwrap();
        assert_eq!(
            (check, account.number(), account.bank()),
            (AccountCheck::Passed, "11604998", Some("Nordea Plusgirot"))
        );
    }

    #[test]
    fn an_account_is_shown_masked_and_kept_out_of_logs() {
        let (account, _) = Account::parse("3782", "800928-6249").unwrap();
        assert_eq!(account.masked(), "••• 249");
        assert_eq!(format!("{account:?}"), "Account(Nordea)");
        let (unknown, _) = Account::parse("1000", "12").unwrap();
        assert_eq!((unknown.masked().as_str(), unknown.bank()), ("••• 2", None));
    }

    #[test]
    fn payout_methods_survive_storage() {
        let account = Account::parse("8424-4", "983 189 224-6").unwrap().0;
        let giro: Bankgiro = "5858-2628".parse().unwrap();
        for (method, code) in [
            (PayoutMethod::Account { account }, "account"),
            (PayoutMethod::PaymentSlip, "payment-slip"),
            (
                PayoutMethod::ThirdParty { name: PlainText::new("Exempelby Energi"), giro: Giro::Bankgiro(giro) },
                "third-party",
            ),
        ] {
            let json = serde_json::to_value(&method).unwrap();
            assert_eq!((json["method"].as_str(), method.code()), (Some(code), code));
            assert_eq!(serde_json::from_value::<PayoutMethod>(json).unwrap(), method);
        }
        for json in [
            r#"{"clearing":"6789","number":"123456788"}"#,
            r#"{"clearing":"6789","number":"123456789","bank":"SEB"}"#,
            r#"{"clearing":"6789"}"#,
        ] {
            assert!(serde_json::from_str::<Account>(json).is_err(), "{json}");
        }
    }

    /// The one check digit of a number by trying all ten.
    fn completed(clearing: &str, body: &str) -> Vec<Account> {
        (0..10)
            .filter_map(|last| Account::parse(clearing, &format!("{body}{last}")).ok())
            .filter_map(|(account, check)| (check == AccountCheck::Passed).then_some(account))
            .collect()
    }

    proptest! {
        #[test]
        fn modulus_ten_has_one_check_digit_and_finds_every_wrong_digit(body in "[1-9][0-9]{8}", place in 0usize..10, step in 1u8..10) {
            let fitting = completed("3300", &body);
            prop_assert_eq!(fitting.len(), 1);
            let mut digits = fitting[0].number().as_bytes().to_vec();
            digits[place] = b'0' + (digits[place] - b'0' + step) % 10;
            let wrong = String::from_utf8(digits).unwrap();
            prop_assert_eq!(Account::parse("3300", &wrong), Err(AccountError::NumberCheck));
        }

        #[test]
        fn modulus_eleven_has_at_most_one_and_finds_every_wrong_digit(body in "[1-9][0-9]{7}", place in 0usize..9, step in 1u8..10) {
            for account in completed("6000", &body) {
                let mut digits = account.number().as_bytes().to_vec();
                digits[place] = b'0' + (digits[place] - b'0' + step) % 10;
                let wrong = String::from_utf8(digits).unwrap();
                prop_assert_eq!(Account::parse("6000", &wrong), Err(AccountError::NumberCheck));
            }
            prop_assert!(completed("6000", &body).len() <= 1);
        }

        #[test]
        fn what_is_stored_is_read_back(clearing in 1000u16..=9999, number in "[0-9]{2,10}") {
            if let Ok((account, check)) = Account::parse(&clearing.to_string(), &number) {
                prop_assert_eq!(Account::parse(&account.clearing, account.number()), Ok((account.clone(), check)));
                let json = serde_json::to_string(&account).unwrap();
                prop_assert_eq!(serde_json::from_str::<Account>(&json).unwrap(), account);
            }
        }

        #[test]
        fn no_text_makes_it_panic(clearing in ".{0,8}", number in ".{0,12}") {
            let _ = Account::parse(&clearing, &number);
        }
    }
}
