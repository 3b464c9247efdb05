//! Check answers before signing.

use app::citizen::port::{Change, Check, Direction, PartError, RenewalPart};
use app::port::{CalculationOutcome, SigningState};
use domain::renewal::{Section, judge};

use super::phrases::field_error;
use super::{CitizenReader, ReadError};
use crate::case::{answers, calculation, earlier};

impl CitizenReader {
    pub(super) async fn read_check(&self) -> Result<Check, ReadError> {
        let mut tx = self.tx().await?;
        let work = self.work(&mut tx).await?;
        let asked = answers::newest(&mut tx, work.renewal().id()).await?;
        let judged = judge(work.draft(), &work.context);
        let errors = judged.as_ref().err().map_or_else(Vec::new, |errors| errors.iter().map(part_error).collect());
        let preliminary: CalculationOutcome =
            calculation::preliminary(&mut tx, self.actor.case(), work.renewal(), &work.members, &asked, work.draft())
                .await?;
        let incomes = self.items_of(&work, Direction::Income);
        let expenses = self.items_of(&work, Direction::Expense);
        let month = work.renewal().month();
        let before = earlier::last_signed(&mut tx, self.actor.case(), month).await?;
        let changes = before.as_ref().map_or_else(Vec::new, |before| {
            let mut changes = changes(&before.incomes, &incomes, RenewalPart::Incomes);
            changes.extend(self::changes(&before.expenses, &expenses, RenewalPart::Expenses));
            changes
        });
        let interrupted = work.stored().signing_begun == Some(work.open.revision);
        Ok(Check {
            window: self.window(&work)?,
            revision: u32::try_from(work.open.revision).unwrap_or_default(),
            errors,
            changes,
            previous: before.map(|before| before.month),
            household: self.household_of(&mut tx, &work).await?,
            people: self.people(&work, &asked),
            incomes,
            expenses,
            payout: self.payout_of(&mut tx, &work).await?,
            message: work.draft().message.as_str().to_owned(),
            preliminary,
            signatures: self.signatures(&mut tx, work.renewal().id()).await?,
            signing: if interrupted { SigningState::Interrupted } else { SigningState::Ready },
        })
    }
}

fn part_error(error: &judge::FieldError) -> PartError {
    let part = match error.section {
        Section::Household => RenewalPart::Household,
        Section::Authorities => RenewalPart::Authorities,
        Section::Incomes => RenewalPart::Incomes,
        Section::Expenses => RenewalPart::Expenses,
        Section::Payout => RenewalPart::Payout,
        Section::Message => RenewalPart::Message,
    };
    PartError { part, item: error.item, error: field_error(error) }
}

/// What differs from the month before, by kind: each kind's sum then and now.
fn changes(before: &[earlier::Sum], now: &[app::citizen::port::Item], part: RenewalPart) -> Vec<Change> {
    let mut sums: Vec<(app::port::Phrase, app::port::Source, domain::Money)> = Vec::new();
    for item in now {
        let Some(amount) = item.amount else { continue };
        match sums.iter_mut().find(|(label, _, _)| *label == item.label) {
            Some((_, _, sum)) => *sum += amount,
            None => sums.push((item.label.clone(), item.source.clone(), amount)),
        }
    }
    let mut changes: Vec<Change> = sums
        .iter()
        .filter_map(|(label, source, sum)| {
            let then = before.iter().find(|one| one.label == *label).map(|one| one.amount);
            (then != Some(*sum)).then(|| Change {
                label: label.clone(),
                before: then,
                now: Some(*sum),
                source: source.clone(),
                part,
            })
        })
        .collect();
    changes.extend(before.iter().filter(|one| sums.iter().all(|(label, _, _)| *label != one.label)).map(|one| {
        Change { label: one.label.clone(), before: Some(one.amount), now: None, source: one.source.clone(), part }
    }));
    changes
}
