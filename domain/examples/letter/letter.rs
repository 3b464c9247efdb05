//! A calculation in words: each line with its figure, its rule, its provision, its source and its table.

use std::error::Error;
use std::path::Path;

use domain::id::PersonId;
use domain::norm::{Amounts, Argument, Certainty, Explanation, Line, LineSection, NormCalculation, Standing, Subject};
use domain::source::Source;
use domain::{Money, NormMonth};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use jiff::civil::Date;

use crate::household;

const WIDTH: usize = 84;

/// The words of one language.
pub(crate) struct Letter(FluentBundle<FluentResource>);

impl Letter {
    /// Reads every text of a language.
    pub(crate) fn new(language: &str) -> Result<Self, Box<dyn Error>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/locales").join(language);
        let mut bundle = FluentBundle::new(vec![language.parse()?]);
        bundle.set_use_isolating(false);
        for entry in std::fs::read_dir(folder)? {
            let text = std::fs::read_to_string(entry?.path())?;
            let resource = FluentResource::try_new(text).map_err(|(_, errors)| format!("{errors:?}"))?;
            bundle.add_resource(resource).map_err(|errors| format!("{errors:?}"))?;
        }
        Ok(Self(bundle))
    }

    pub(crate) fn write(&self, calculation: &NormCalculation) -> String {
        let sums = &calculation.sums;
        let month = vec![("month", calculation.month.into())];
        let mut letter = self.said_with("calculation-title", month) + "\n\n";
        for section in LineSection::ALL {
            let (key, sum) = match section {
                LineSection::Norm => ("calculation-sum-norm", sums.norm),
                LineSection::Expenses => ("calculation-sum-expenses", sums.expenses),
                LineSection::Incomes => ("calculation-sum-incomes", sums.income),
                LineSection::Means => ("calculation-sum-means", sums.means),
            };
            let lines: String = calculation.section(*section).map(|line| self.line(line)).collect();
            if !lines.is_empty() {
                let heading = self.text(section.text_key()).to_uppercase();
                letter += &[&heading, "\n\n", &lines, &self.sum(key, sum), "\n"].concat();
            }
        }
        letter += &"=".repeat(WIDTH);
        letter += "\n";
        letter += &self.sum("calculation-sum-need", sums.need);
        letter += &self.sum("calculation-sum-balance", sums.balance);
        letter += &self.sum("calculation-sum-payable", sums.payable);
        letter + &calculation.results.iter().map(|result| self.said(&result.because)).collect::<String>()
    }

    fn line(&self, line: &Line) -> String {
        let mut name = match line.subject {
            Subject::Surplus { from } => self.said_with(line.subject.text_key(), vec![("from", from.into())]),
            _ => self.text(line.subject.text_key()),
        };
        if let Some(person) = whose(&line.subject) {
            name = format!("{name}, {}", household::name(person));
        }
        let mut text = row(&name, &self.kronor(line.amounts.counted()));
        text += &self.columns(line);
        if line.standing != Standing::Counted {
            text += &note(&self.text(line.standing.text_key()));
        }
        for because in std::iter::once(&line.because).chain(&line.also) {
            text += &self.said(because);
        }
        if let Some(overridden) = &line.overridden {
            text += &note(&overridden.reason);
        }
        if line.certainty != Certainty::Official {
            text += &note(&self.text(line.certainty.text_key()));
        }
        let source = match line.agency {
            Some(agency) if line.source == Source::Authority => self.text(&format!("agency-{}", agency.code())),
            _ => self.text(line.source.text_key()),
        };
        let table = format!("{} ({})", line.table.id, line.table.version);
        text + &note(&format!("{} {source} · {} · {table}", self.text("source-label"), line.paragraph)) + "\n"
    }

    /// What was claimed or received, where it is not what counts. A line that asks a human has no second figure yet.
    fn columns(&self, line: &Line) -> String {
        let part = |key: &str, amount| format!("{} {}", self.text(key), self.kronor(amount));
        let asks = line.standing == Standing::AsksHuman;
        match line.amounts {
            Amounts::Expense { claimed, .. } if asks => note(&part("calculation-claimed", claimed)),
            Amounts::Expense { claimed, approved, .. } if claimed != approved => {
                let approved = part("calculation-approved", approved);
                note(&format!("{} · {approved}", part("calculation-claimed", claimed)))
            }
            Amounts::Income { received, .. } if asks => note(&part("calculation-received", received)),
            Amounts::Income { received, disregarded, .. } if !disregarded.is_zero() => {
                let disregarded = part("calculation-disregarded", disregarded);
                note(&format!("{} · {disregarded}", part("calculation-received", received)))
            }
            _ => String::new(),
        }
    }

    fn sum(&self, key: &str, amount: Money) -> String {
        row(&self.text(key), &self.kronor(amount))
    }

    fn said(&self, because: &Explanation) -> String {
        note(&self.said_with(because.text_key(), because.arguments()))
    }

    fn text(&self, key: &str) -> String {
        self.said_with(key, Vec::new())
    }

    fn said_with(&self, key: &str, arguments: Vec<(&str, Argument)>) -> String {
        let args = arguments.into_iter().map(|(name, argument)| (name.to_owned(), self.value(argument))).collect();
        self.format(key, &args)
    }

    fn value(&self, argument: Argument) -> FluentValue<'static> {
        match argument {
            Argument::Money(amount) => self.kronor(amount).into(),
            Argument::Number(number) => number.into(),
            Argument::Ages(ages) => ages.to_string().into(),
            Argument::Date(day) => self.day(day).into(),
            Argument::Month(month) => self.month(month).into(),
        }
    }

    /// `3 940 kr`, with hard spaces, and öre where there are any.
    fn kronor(&self, amount: Money) -> String {
        let ore = amount.ore().unsigned_abs();
        let digits = (ore / 100).to_string();
        let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
        let sign = if amount.is_negative() { "\u{2212}" } else { "" };
        let decimals = if ore.is_multiple_of(100) {
            String::new()
        } else {
            format!("{}{:02}", self.text("format-decimal-sign"), ore % 100)
        };
        let number = format!("{sign}{}{decimals}", groups.join("\u{a0}"));
        self.format("format-money", &FluentArgs::from_iter([("amount", FluentValue::from(number))]))
    }

    fn month(&self, month: NormMonth) -> String {
        format!("{} {}", self.month_name(month.month()), month.year())
    }

    fn day(&self, day: Date) -> String {
        format!("{} {} {}", day.day(), self.month_name(day.month()), day.year())
    }

    fn month_name(&self, number: i8) -> String {
        self.format("format-month", &FluentArgs::from_iter([("number", FluentValue::from(number))]))
    }

    /// A key without a text is shown as it is.
    fn format(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let pattern = self.0.get_message(key).and_then(|message| message.value());
        pattern.map_or_else(
            || key.to_owned(),
            |words| self.0.format_pattern(words, Some(args), &mut Vec::new()).into_owned(),
        )
    }
}

fn whose(subject: &Subject) -> Option<PersonId> {
    match *subject {
        Subject::Personal { person } => Some(person),
        Subject::Income { person, .. } | Subject::Expense { person, .. } | Subject::Asset { person, .. } => person,
        Subject::Shared | Subject::Surplus { .. } => None,
    }
}

fn row(name: &str, amount: &str) -> String {
    let room = WIDTH.saturating_sub(name.chars().count());
    format!("{name}{amount:.>room$}\n")
}

fn note(text: &str) -> String {
    let mut note = String::new();
    let mut room = 0;
    for word in text.split(' ') {
        let length = word.chars().count() + 1;
        if length > room {
            note += "\n   ";
            room = WIDTH - 3;
        }
        note += " ";
        note += word;
        room = room.saturating_sub(length);
    }
    note.trim_start_matches('\n').to_owned() + "\n"
}
