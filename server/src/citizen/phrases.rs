//! Domain values as phrases: text keys with values, never words.

use app::model::{FieldError, Phrase, Value};
use domain::form::{Arg, FormProblem};
use domain::renewal::judge;

/// What is wrong with something typed.
pub(super) fn problem(problem: &FormProblem) -> Phrase {
    problem.args().into_iter().fold(Phrase::new(problem.key()), |phrase, (name, value)| {
        phrase.with(
            name,
            match value {
                // An example is written as one types it, like the hint beside the field.
                Arg::Day(day) if name == "example" => Value::Text(day.to_string()),
                Arg::Count(count) => Value::Number(i64::try_from(count).unwrap_or(i64::MAX)),
                Arg::Amount(amount) => Value::Money(amount),
                Arg::Day(day) => Value::Date(day),
            },
        )
    })
}

/// An error of a field.
pub(super) fn field_error(error: &judge::DraftError) -> FieldError {
    FieldError { field: error.field.to_owned(), message: problem(&error.problem) }
}
