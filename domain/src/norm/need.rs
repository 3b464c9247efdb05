//! The norm itself (riksnorm): personal costs of each member and shared costs of the household.

use super::case::{Case, cite};
use super::error::CalculationError;
use super::explanation::{Ages, Explanation};
use super::input::PartOfMonth;
use super::line::{Amounts, Certainty, Line, Standing, Subject};
use super::rounding::{self, Rounded};
use super::rule_set::{Provision, Provisions};
use super::settings::Divisor;
use super::table::{Figure, SharedCosts};
use crate::Money;
use crate::birth_date::Age;
use crate::household::{Member, Role};
use crate::id::PersonId;

/// A whole month's amount with the rule behind it.
struct Whole<'a> {
    figure: Figure,
    /// Whether nobody can tell the amount before a human has answered.
    asks: bool,
    because: Explanation,
    also: Vec<Explanation>,
    provision: &'a Provision,
}

/// The part of a whole month's amount that counts, with the rule behind that.
struct Part<'a> {
    counted: Rounded,
    because: Explanation,
    provision: &'a Provision,
}

pub(super) fn lines(case: &Case<'_>, lines: &mut Vec<Line>) -> Result<(), CalculationError> {
    for member in &case.members {
        let whole = personal(case, member)?;
        lines.push(line(case, Subject::Personal { person: member.person }, whole, Some(member)));
    }
    let whole = shared(case)?;
    lines.push(line(case, Subject::Shared, whole, None));
    Ok(())
}

/// A child's own norm, which is the most that its own money counts for: what its line counts before any caseworker's value.
/// Nothing where a human is to say what it is.
pub(super) fn own_norm(lines: &[Line], person: PersonId) -> Option<Money> {
    let own = lines.iter().find(|line| line.subject == Subject::Personal { person });
    let known = |line: &&Line| line.standing != Standing::AsksHuman;
    own.map_or(Some(Money::ZERO), |line| Some(line).filter(known).map(|line| line.amounts.counted()))
}

fn personal<'a>(case: &Case<'a>, member: &Member) -> Result<Whole<'a>, CalculationError> {
    let has_partner = case.members.iter().any(|other| other.role == Role::Partner);
    let provision = &provisions(case).norm_personal;
    if let Some(ages) = age_to_ask(case, member) {
        let figure = Figure { amount: Money::ZERO, certainty: provision.certainty };
        let because = Explanation::NormPersonalAgeUnknown { ages };
        return Ok(Whole { figure, asks: true, because, also: Vec::new(), provision });
    }
    let mut also = Vec::new();
    let (figure, because) = match member.role {
        Role::Adult | Role::Partner if has_partner => half_of_couple(case, member)?,
        Role::Adult | Role::Partner | Role::SharedHomeAdult { .. } => {
            (case.rules.table.single.ok_or(CalculationError::NotInTable)?, Explanation::NormPersonalSingle {})
        }
        Role::Child { preschool_lunch, .. } => child(case, member, preschool_lunch, &mut also)?,
        Role::SchoolYouth { .. } => child(case, member, false, &mut also)?,
    };
    Ok(Whole { figure, asks: false, because, also, provision })
}

/// The ages that a member can have, where nobody knows which and the amount or the role depends on it.
fn age_to_ask(case: &Case<'_>, member: &Member) -> Option<Ages> {
    let Age::Unknown { least, most } = member.age(case.input.month) else { return None };
    let limits = case.rules.set.file.ages;
    let row = |age| case.rules.table.child(age).map(|row| row.ages);
    let depends = match member.role {
        Role::Adult | Role::SharedHomeAdult { .. } | Role::Partner => least < u16::from(limits.child_under),
        Role::Child { .. } => most >= u16::from(limits.child_under) || row(least) != row(most),
        Role::SchoolYouth { .. } => most >= u16::from(limits.school_youth_under) || row(least) != row(most),
    };
    let short = |age| u8::try_from(age).unwrap_or(u8::MAX);
    depends.then(|| Ages { from: short(least), through: short(most) })
}

/// The amount for a couple is for both together: half each, an odd öre to the applicant.
fn half_of_couple(case: &Case<'_>, member: &Member) -> Result<(Figure, Explanation), CalculationError> {
    let both = case.rules.table.couple.ok_or(CalculationError::NotInTable)?;
    let applicants = rounding::share(both.amount, 1, 2).amount;
    let amount = if member.role == Role::Partner { both.amount - applicants } else { applicants };
    Ok((Figure { amount, ..both }, Explanation::NormPersonalPartner { both: both.amount }))
}

fn child(
    case: &Case<'_>,
    member: &Member,
    preschool_lunch: bool,
    also: &mut Vec<Explanation>,
) -> Result<(Figure, Explanation), CalculationError> {
    let row = case.rules.table.child(member.age(case.input.month).least()).ok_or(CalculationError::NotInTable)?;
    let ages = row.ages;
    Ok(match row.preschool_lunch {
        Some(figure) if preschool_lunch => (figure, Explanation::NormPersonalChildPreschoolLunch { ages }),
        Some(_) => (row.personal, Explanation::NormPersonalChild { ages }),
        None => {
            if preschool_lunch {
                also.push(Explanation::NormPreschoolLunchPast { ages });
            }
            (row.personal, Explanation::NormPersonalPupil { ages })
        }
    })
}

fn shared<'a>(case: &Case<'a>) -> Result<Whole<'a>, CalculationError> {
    let home = case.members.iter().find_map(|member| match member.role {
        Role::SharedHomeAdult { persons } => Some(persons),
        Role::Adult | Role::Partner | Role::Child { .. } | Role::SchoolYouth { .. } => None,
    });
    let persons = home.unwrap_or(case.persons);
    let SharedCosts { figure, beyond } = case.rules.table.shared(persons).ok_or(CalculationError::NotInTable)?;
    let (because, provision) = match beyond {
        None => (Explanation::NormShared { persons }, &provisions(case).norm_shared),
        Some(beyond) => (
            Explanation::NormSharedBeyondTable { persons, listed: beyond.listed, step: beyond.step },
            &provisions(case).norm_shared_beyond_table,
        ),
    };
    if home.is_none() {
        return Ok(Whole { figure, asks: false, because, also: Vec::new(), provision });
    }
    let members = case.persons;
    let share = rounding::share(figure.amount, members, persons);
    Ok(Whole {
        figure: Figure { amount: share.amount, certainty: after_rounding(case, share, figure.certainty) },
        asks: false,
        because: Explanation::NormSharedHome { full: figure.amount, members, persons },
        also: if beyond.is_some() { vec![because] } else { Vec::new() },
        provision: &provisions(case).norm_shared_home,
    })
}

fn line(case: &Case<'_>, subject: Subject, whole: Whole<'_>, member: Option<&Member>) -> Line {
    let full = whole.figure.amount;
    let mut counted = full;
    let mut also = whole.also;
    let (mut paragraph, mut certainty) = cite(whole.provision, whole.figure.certainty);
    if let Some(part) = part(case, full, member).filter(|_| !whole.asks) {
        counted = part.counted.amount;
        also.push(part.because);
        paragraph = format!("{paragraph}; {}", part.provision.paragraph).into();
        certainty = after_rounding(case, part.counted, certainty).max(part.provision.certainty);
    }
    Line {
        subject,
        amounts: Amounts::Norm { full, counted },
        standing: if whole.asks { Standing::AsksHuman } else { Standing::Counted },
        source: member.map_or_else(|| case.input.household.source(), |member| member.source),
        agency: None,
        because: whole.because,
        also,
        paragraph,
        table: case.rules.table.reference.clone(),
        certainty,
        overridden: None,
    }
}

fn part<'a>(case: &Case<'a>, full: Money, member: Option<&Member>) -> Option<Part<'a>> {
    if let Some(days) = member.and_then(|member| case.part_time_days(member.role)) {
        let divisor = match case.input.settings.part_time_children().divisor {
            Divisor::Thirty => 30,
            Divisor::ActualDays => case.month_days(),
        };
        return Some(Part {
            counted: rounding::share(full, days, divisor),
            because: Explanation::NormDaysInHome { full, days, divisor },
            provision: &provisions(case).norm_days_in_home,
        });
    }
    let PartOfMonth { first, last } = case.input.part.filter(|_| case.days < case.month_days())?;
    // What is used through the last day, less what was used before the first: the parts of a month add up to the öre.
    let used_through = |day: i8| rounding::share(full, u8::try_from(day).unwrap_or(0), case.month_days());
    let (through, before) = (used_through(last.day()), used_through(first.day() - 1));
    Some(Part {
        counted: Rounded { amount: through.amount - before.amount, exact: through.exact && before.exact },
        because: Explanation::NormPartOfMonth { full, first, last },
        provision: &provisions(case).norm_part_of_month,
    })
}

/// The certainty of a figure after a division: that of the rounding too, where something was rounded away.
fn after_rounding(case: &Case<'_>, rounded: Rounded, figure: Certainty) -> Certainty {
    if rounded.exact { figure } else { figure.max(provisions(case).rounding_share.certainty) }
}

fn provisions<'a>(case: &Case<'a>) -> &'a Provisions {
    &case.rules.set.file.provisions
}
