//! A caseworker's values: they stand in place of what the rules give, survive a refresh of the sources, and show what changed
//! beneath them.

use super::case::Case;
use super::error::CalculationError;
use super::explanation::Explanation;
use super::input::Override;
use super::line::{Amounts, Certainty, Line, LineSection, Overridden, Standing, Subject};
use crate::Money;
use crate::order::in_order;
use crate::source::Source;

/// Puts each override on its line; one whose line is gone becomes a line of its own that asks a human.
pub(super) fn apply(case: &Case<'_>, lines: &mut Vec<Line>) -> Result<(), CalculationError> {
    let overrides = &case.input.overrides;
    let mut found: Vec<Option<usize>> = vec![None; overrides.len()];
    for (place, decided) in overrides.iter().enumerate() {
        found[place] = lines.iter().position(|line| same_thing(&line.subject, &decided.subject));
        if found[place].is_some_and(|line| found[..place].contains(&Some(line))) {
            return Err(CalculationError::OverrideTwice { place });
        }
    }
    let by_row = found.clone();
    for (place, decided) in overrides.iter().enumerate().filter(|(place, _)| by_row[*place].is_none()) {
        found[place] = only_alike(lines, decided).filter(|line| !by_row.contains(&Some(*line)));
    }
    // Two overrides for one line: it is surely neither's, so both ask.
    let claimed = found.clone();
    for line in found.iter_mut().filter(|line| claimed.iter().filter(|other| other == line).count() > 1) {
        *line = None;
    }
    let mut lost: Vec<&Override> = Vec::new();
    for (line, decided) in found.into_iter().zip(overrides) {
        match line {
            Some(line) => put(case, &mut lines[line], decided),
            None => lost.push(decided),
        }
    }
    for decided in in_order(&lost, |decided| decided.subject) {
        let end = lines.iter().rposition(|line| line.section() <= decided.subject.section());
        lines.insert(end.map_or(0, |last| last + 1), without_line(case, decided));
    }
    Ok(())
}

/// Whether two subjects are the same thing for certain: the same person's norm, or the same row.
fn same_thing(one: &Subject, other: &Subject) -> bool {
    match (one, other) {
        (Subject::Expense { row: one, .. }, Subject::Expense { row: other, .. })
        | (Subject::Income { row: one, .. }, Subject::Income { row: other, .. })
        | (Subject::Asset { row: one, .. }, Subject::Asset { row: other, .. }) => one == other,
        _ => one == other,
    }
}

/// The one line that is alike in all but its row, since fetching anew gives rows new names. Two alike ones are none.
fn only_alike(lines: &[Line], decided: &Override) -> Option<usize> {
    let alike = |line: &&(usize, &Line)| match (line.1.subject, decided.subject) {
        (
            Subject::Expense { kind, person, date, .. },
            Subject::Expense { kind: its_kind, person: its_person, date: its_date, .. },
        ) => (kind, person, date) == (its_kind, its_person, its_date),
        (
            Subject::Income { kind, person, date, .. },
            Subject::Income { kind: its_kind, person: its_person, date: its_date, .. },
        ) => (kind, person, date) == (its_kind, its_person, its_date),
        _ => false,
    };
    let lines: Vec<_> = lines.iter().enumerate().collect();
    let mut alike = lines.iter().filter(alike);
    let first = alike.next()?;
    alike.next().is_none().then_some(first.0)
}

fn put(case: &Case<'_>, line: &mut Line, decided: &Override) {
    let (computed, asked) = (line.amounts, line.standing == Standing::AsksHuman);
    line.also.push(Explanation::OverrideDecided { computed: computed.counted() });
    if computed != decided.beneath {
        line.also.push(changed_beneath(decided.beneath, computed));
    }
    line.amounts = computed.with_counted(decided.value);
    let counts = line.section() == LineSection::Norm || !decided.value.is_zero();
    line.standing = if counts { Standing::Counted } else { Standing::NotCounted };
    if line.section() == LineSection::Norm {
        line.paragraph = case.rules.set.file.provisions.norm_other_level.paragraph.clone();
    }
    line.overridden = Some(overridden(computed, asked, decided));
}

fn changed_beneath(then: Amounts, now: Amounts) -> Explanation {
    if then.counted() == now.counted() {
        return Explanation::OverrideChangedBeneath { before: then.stated(), computed: now.stated() };
    }
    Explanation::OverrideChangedBeneath { before: then.counted(), computed: now.counted() }
}

fn without_line(case: &Case<'_>, decided: &Override) -> Line {
    let provisions = &case.rules.set.file.provisions;
    let (nothing, provision) = match decided.subject.section() {
        LineSection::Norm => (Amounts::Norm { full: Money::ZERO, counted: Money::ZERO }, &provisions.norm_other_level),
        LineSection::Expenses => (
            Amounts::Expense { claimed: Money::ZERO, reasonable: Money::ZERO, approved: Money::ZERO },
            &provisions.expense_other_need,
        ),
        LineSection::Incomes => (
            Amounts::Income { received: Money::ZERO, disregarded: Money::ZERO, counted: Money::ZERO },
            &provisions.income,
        ),
        LineSection::Means => (Amounts::Means { value: Money::ZERO, counted: Money::ZERO }, &provisions.assets),
    };
    Line {
        subject: decided.subject,
        amounts: nothing,
        standing: Standing::AsksHuman,
        source: Source::Caseworker,
        agency: None,
        because: Explanation::OverrideWithoutLine { value: decided.value },
        also: Vec::new(),
        paragraph: provision.paragraph.clone(),
        table: case.rule_set(),
        certainty: Certainty::Official,
        overridden: Some(overridden(nothing, false, decided)),
    }
}

fn overridden(computed: Amounts, asked: bool, decided: &Override) -> Overridden {
    Overridden {
        computed,
        asked,
        computed_then: decided.beneath,
        reason: decided.reason.clone(),
        by: decided.by,
        on: decided.on,
    }
}
