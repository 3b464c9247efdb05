//! What the demo's authorities would have answered then: the same as they answer now, with another today.

use domain::authority::{Answer, AuthorityRow, Content, Fact, Failure, FailureKind, RowKind, RowState};
use domain::kind::{ExpenseKind, IncomeKind};
use domain::{Money, NormMonth};
use jiff::civil::{Date, ISOWeekDate, Weekday, date};

use crate::authority::{Period, PeriodError};
use crate::jobs::ask_authority;
use demo::people::{Behaviour, DemoPerson, DemoSource, MonthlyRow};

/// What an authority is asked, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// The days that it is asked about.
    pub(super) period: Period,
    /// The day of asking.
    today: Date,
}

impl Asked {
    /// The question for the renewal of a month.
    pub(super) fn for_month(month: NormMonth, today: Date) -> Result<Self, PeriodError> {
        Ok(Self { period: ask_authority::period(month)?, today })
    }

    /// What a source answers about a person when it behaves so.
    pub(super) fn answer(self, person: &DemoPerson, source: DemoSource, behaviour: Behaviour) -> Answer {
        let content = match behaviour {
            Behaviour::Fail => return Answer::Failed(failure(source)),
            Behaviour::Hang => return Answer::Failed(Failure { kind: FailureKind::TimedOut, code: None }),
            Behaviour::Nothing => Content::default(),
            Behaviour::Answer => self.content(person, source),
            Behaviour::Partly => {
                let mut content = self.content(person, source);
                content.rows.truncate(content.rows.len().div_ceil(2));
                // What Skatteverket spoils is all that it has.
                if source == DemoSource::Skv && content == Content::default() {
                    return Answer::Failed(gap(source));
                }
                return Answer::Partly { content, missing: vec![gap(source)] };
            }
        };
        if content == Content::default() { Answer::NothingFound } else { Answer::Answered(content) }
    }

    fn content(self, person: &DemoPerson, source: DemoSource) -> Content {
        let (first, last) = (self.period.first(), self.period.last());
        let benefits = || person.benefits(source, first, last);
        let mut content = Content::default();
        match source {
            DemoSource::Fk => content.rows.extend(benefits().iter().map(|row| self.row(row))),
            DemoSource::Pm => content.rows.extend(benefits().iter().map(|row| kronor(self.row(row)))),
            DemoSource::Csn => {
                content.rows.extend(
                    benefits().iter().map(|row| kronor(AuthorityRow { period: weeks(row.month), ..self.row(row) })),
                );
            }
            DemoSource::So => {
                let label = || "Arbetslöshetsersättning".to_owned();
                content.rows.extend(benefits().iter().map(|row| AuthorityRow { label: label(), ..self.row(row) }));
            }
            DemoSource::Energy => {
                content.rows.extend(person.energy_invoices(first, last).iter().map(|row| self.invoice(row)));
            }
            DemoSource::Skv => content.rows = self.capital(person),
            DemoSource::Af => {
                let since = person.job_seeker_since.filter(|since| *since <= self.today);
                content.facts.extend(since.map(|since| Fact::RegisteredJobSeeker { since }));
            }
        }
        content
    }

    fn row(self, row: &MonthlyRow<IncomeKind>) -> AuthorityRow {
        AuthorityRow {
            label: row.label.clone(),
            kind: RowKind::Income(row.kind),
            amount: row.amount,
            pay_date: Some(row.date),
            period: Some((row.month.first_day(), row.month.last_day())),
            state: self.state(row.date),
        }
    }

    fn invoice(self, row: &MonthlyRow<ExpenseKind>) -> AuthorityRow {
        AuthorityRow {
            label: row.label.clone(),
            kind: RowKind::Expense(row.kind),
            amount: row.amount,
            pay_date: Some(row.date),
            period: Some((row.month.first_day(), row.month.last_day())),
            state: self.state(row.date),
        }
    }

    fn state(self, day: Date) -> RowState {
        if day > self.today { RowState::Planned } else { RowState::Paid }
    }

    /// Skatteverket tells of whole years that have ended, whatever it is asked about.
    fn capital(self, person: &DemoPerson) -> Vec<AuthorityRow> {
        let rows = person.benefits(DemoSource::Skv, date(2000, 1, 1), date(self.today.year() - 1, 12, 31));
        rows.chunk_by(|one, other| one.date.year() == other.date.year())
            .filter_map(|year| {
                let first = year.first()?.date.first_of_year();
                let amount: Money = year.iter().map(|row| row.amount).sum();
                Some(kronor(AuthorityRow {
                    label: "Inkomst av kapital".to_owned(),
                    kind: RowKind::Income(IncomeKind::Capital),
                    amount,
                    pay_date: None,
                    period: Some((first, first.last_of_year())),
                    state: RowState::Paid,
                }))
            })
            .collect()
    }
}

/// Some authorities tell of whole kronor only.
fn kronor(row: AuthorityRow) -> AuthorityRow {
    AuthorityRow { amount: Money::from_kronor(row.amount.ore() / 100), ..row }
}

/// CSN counts in weeks: from the Monday of the month's first day to the Sunday of its last.
fn weeks(month: NormMonth) -> Option<(Date, Date)> {
    let day = |of: Date, weekday: Weekday| {
        let week = of.iso_week_date();
        ISOWeekDate::new(week.year(), week.week(), weekday).ok().map(Date::from)
    };
    day(month.first_day(), Weekday::Monday).zip(day(month.last_day(), Weekday::Sunday))
}

fn failure(source: DemoSource) -> Failure {
    let (kind, code) = match source {
        DemoSource::Fk => (FailureKind::Refused, "LEFI-500"),
        DemoSource::Csn => (FailureKind::Refused, "TIMEOUT"),
        DemoSource::Af => (FailureKind::Refused, "AF-502"),
        DemoSource::So => (FailureKind::Refused, "SO-9"),
        DemoSource::Pm => (FailureKind::Unreachable, "OTILLGANGLIG"),
        DemoSource::Skv => (FailureKind::Refused, "SSBT-INTERNT"),
        DemoSource::Energy => (FailureKind::Refused, "http-500"),
    };
    Failure { kind, code: Some(code.to_owned()) }
}

fn gap(source: DemoSource) -> Failure {
    let (kind, code) = match source {
        DemoSource::Fk | DemoSource::Pm => (FailureKind::Refused, Some("INTERNT_FEL")),
        DemoSource::Csn => (FailureKind::Malformed, Some("schema-3.0")),
        DemoSource::Af => (FailureKind::Refused, Some("502")),
        DemoSource::So => (FailureKind::Refused, Some("1")),
        DemoSource::Skv => (FailureKind::Malformed, None),
        DemoSource::Energy => (FailureKind::Refused, Some("incomplete")),
    };
    Failure { kind, code: code.map(str::to_owned) }
}
