//! Domain values as phrases: text keys with values, never words.

use app::port::{FieldError, PayoutMethod, Phrase, Value};
use domain::account;
use domain::form::{Arg, Problem};
use domain::renewal::judge;

/// What is wrong with something typed.
pub(in crate::citizen) fn problem(problem: &Problem) -> Phrase {
    problem.args().into_iter().fold(Phrase::new(problem.key()), |phrase, (name, value)| {
        phrase.with(
            name,
            match value {
                Arg::Count(count) => Value::Number(i64::try_from(count).unwrap_or(i64::MAX)),
                Arg::Amount(amount) => Value::Money(amount),
                Arg::Day(day) => Value::Date(day),
            },
        )
    })
}

/// An error of a field.
pub(super) fn field_error(error: &judge::FieldError) -> FieldError {
    FieldError { field: error.field.to_owned(), message: problem(&error.problem) }
}

/// How a payout reaches its payee.
pub(super) fn payout_method(method: &account::PayoutMethod) -> PayoutMethod {
    match method {
        account::PayoutMethod::Account { account } => PayoutMethod::Account {
            bank: account.bank().unwrap_or_default().to_owned(),
            ending: ending(account.number()).to_owned(),
        },
        account::PayoutMethod::PaymentSlip | account::PayoutMethod::ThirdParty { .. } => PayoutMethod::Slip,
    }
}

/// The last three digits; the rest of an account number is never shown.
fn ending(number: &str) -> &str {
    number.get(number.len().saturating_sub(3)..).unwrap_or_default()
}
