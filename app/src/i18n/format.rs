//! Amounts, days and moments as people write them. The words and the order of the parts stand in `format.ftl`.

use domain::{Money, NormMonth};
use jiff::civil::{Date, DateTime};

use super::Texts;
use crate::digits::{DIGITS, money};

impl Texts {
    /// `8 412 kr`, `412,50 kr`, `− 10 216 kr`: hard spaces, öre only when they are not zero.
    pub fn money(&self, amount: Money) -> String {
        self.with("format-money", &[("amount", money(amount, &self.decimal_sign()).into())])
    }

    /// How an amount is written, with a mark in the place of its digits: for islands, which have no texts.
    pub fn money_pattern(&self) -> String {
        self.with("format-money", &[("amount", DIGITS.into())])
    }

    /// What stands between kronor and öre.
    pub fn decimal_sign(&self) -> String {
        self.get("format-decimal-sign")
    }

    /// `24 november`.
    pub fn day(&self, day: Date) -> String {
        self.with("format-day", &[("day", i64::from(day.day()).into()), ("month", self.month_name(day.month()).into())])
    }

    /// `24 nov`, where a row has little room.
    pub fn short_day(&self, day: Date) -> String {
        let month = self.with("format-short-month", &[("number", i64::from(day.month()).into())]);
        self.with("format-day", &[("day", i64::from(day.day()).into()), ("month", month.into())])
    }

    /// `24 november 2026`.
    pub fn date(&self, day: Date) -> String {
        self.with("format-date", &[("day", self.day(day).into()), ("year", day.year().to_string().into())])
    }

    /// `3 november 09.12`.
    pub fn moment(&self, moment: DateTime) -> String {
        self.with("format-moment", &[("day", self.day(moment.date()).into()), ("time", self.time(moment).into())])
    }

    /// `3 november 2026 09.12`, where the year matters.
    pub fn long_moment(&self, moment: DateTime) -> String {
        self.with("format-moment", &[("day", self.date(moment.date()).into()), ("time", self.time(moment).into())])
    }

    /// `09.12`.
    pub fn time(&self, moment: DateTime) -> String {
        let (hour, minute) = (format!("{:02}", moment.hour()), format!("{:02}", moment.minute()));
        self.with("format-time", &[("hour", hour.into()), ("minute", minute.into())])
    }

    /// `december`.
    pub fn month(&self, month: NormMonth) -> String {
        self.month_name(month.month())
    }

    /// `december 2026`.
    pub fn month_of_year(&self, month: NormMonth) -> String {
        self.with(
            "format-month-of-year",
            &[("month", self.month(month).into()), ("year", month.year().to_string().into())],
        )
    }

    fn month_name(&self, number: i8) -> String {
        self.with("format-month", &[("number", i64::from(number).into())])
    }
}
