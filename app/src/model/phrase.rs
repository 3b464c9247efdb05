//! A sentence as a text key and its values, so that the server never writes words for people.

use std::borrow::Cow;

use domain::form::{Arg, FormProblem};
use domain::norm::Argument;
use domain::{Money, NormMonth};
use jiff::civil::{Date, DateTime};

/// A text of the locale files with the values that its placeholders take.
#[derive(Clone, PartialEq)]
pub struct Phrase {
    /// The key in `app/locales/*/*.ftl`.
    pub key: Cow<'static, str>,
    /// The values by placeholder name.
    pub args: Vec<(Cow<'static, str>, Value)>,
}

/// A value in a phrase; each is written in the reader's language.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// Shown as it is: a name, a reference, what somebody typed.
    Text(String),
    /// A number that plural forms may depend on.
    Number(i64),
    /// `8 412 kr`.
    Money(Money),
    /// `24 november 2026`.
    Date(Date),
    /// `3 november 09.12`.
    DateTime(DateTime),
    /// `december 2026`.
    Month(NormMonth),
    /// Another text, looked up by its key.
    Key(Cow<'static, str>),
}

impl Phrase {
    /// The text with this key and no values.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    /// Words that are nobody's to translate: a person's name, what an authority calls its benefit.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self::new("verbatim").with("text", text.into())
    }

    /// The same phrase with one more value.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Value>) -> Self {
        self.args.push((name.into(), value.into()));
        self
    }

    /// The same phrase with these values more.
    #[must_use]
    pub fn with_all(self, values: impl IntoIterator<Item = (&'static str, impl Into<Value>)>) -> Self {
        values.into_iter().fold(self, |phrase, (name, value)| phrase.with(name, value))
    }
}

/// What is wrong with something typed.
impl From<&FormProblem> for Phrase {
    fn from(problem: &FormProblem) -> Self {
        problem.args().into_iter().fold(Self::new(problem.key()), |phrase, (name, value)| match value {
            // An example is written as one types it, like the hint beside the field.
            Arg::Day(day) if name == "example" => phrase.with(name, example_of(day)),
            _ => phrase.with(name, value),
        })
    }
}

/// A day as one types it.
pub fn example_of(day: Date) -> String {
    format!("{}/{}", day.day(), day.month())
}

impl From<Arg> for Value {
    fn from(value: Arg) -> Self {
        match value {
            Arg::Count(count) => Self::Number(i64::try_from(count).unwrap_or(i64::MAX)),
            Arg::Amount(amount) => Self::Money(amount),
            Arg::Day(day) => Self::Date(day),
        }
    }
}

impl From<Argument> for Value {
    fn from(argument: Argument) -> Self {
        match argument {
            Argument::Money(amount) => Self::Money(amount),
            Argument::Number(number) => Self::Number(number),
            Argument::Date(day) => Self::Date(day),
            Argument::Month(month) => Self::Month(month),
            Argument::Ages(ages) => Self::Text(ages.to_string()),
        }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<Money> for Value {
    fn from(amount: Money) -> Self {
        Self::Money(amount)
    }
}

impl From<Date> for Value {
    fn from(day: Date) -> Self {
        Self::Date(day)
    }
}

impl From<DateTime> for Value {
    fn from(moment: DateTime) -> Self {
        Self::DateTime(moment)
    }
}

impl From<NormMonth> for Value {
    fn from(month: NormMonth) -> Self {
        Self::Month(month)
    }
}
