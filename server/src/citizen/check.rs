//! `GET /renewal/check`: check answers before signing.

use app::citizen::check;
use app::citizen::model::{Check, Item, SectionError, SumChange};
use app::model::{Phrase, SigningState, SourceChip};
use domain::Money;
use domain::renewal::draft::ItemList;
use domain::renewal::{Section, judge};

use super::work::Work;
use super::{authorities, household, items, payout};
use crate::case::statements::Stated;
use crate::case::{answers, earlier, head, signed, signers};
use crate::http::{Problem, Reply, Visit};
use crate::session::policy::Citizen;

/// Everything that would be signed, what differs from the month before, and the figure that the rules give.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let check = read(&mut visit).await?;
    visit.page(check::page(check)).await
}

async fn read(visit: &mut Visit<Citizen>) -> Result<Check, Problem> {
    let Visit { here, actor, tx, .. } = visit;
    let work = Work::read(tx, actor, here).await?;
    let method = head::payout(tx, actor.case()).await?;
    let asked = answers::newest(tx, work.renewal.id()).await?;
    let known = work.known(tx, actor, asked).await?;
    let incomes = items::of_work(&work, ItemList::Incomes);
    let expenses = items::of_work(&work, ItemList::Expenses);
    let before = match work.earlier.first() {
        Some(last) => {
            let core = signed::core(tx, last.id()).await?;
            let stated = core.as_ref().map(Stated::from).unwrap_or_default();
            Some(earlier::sums_of(last.month(), &stated))
        }
        None => None,
    };
    let changes = before.as_ref().map_or_else(Vec::new, |before| {
        let mut changes = changes(&before.incomes, &incomes, Section::Incomes);
        changes.extend(self::changes(&before.expenses, &expenses, Section::Expenses));
        changes
    });
    let signers = signers::of_renewal(tx, work.renewal.id()).await?;
    let judged = judge(work.draft(), &work.context);
    let interrupted = work.stored.signing_begun == Some(work.revision);
    Ok(Check {
        window: work.window(&here.site.municipality),
        revision: u32::try_from(work.revision).unwrap_or_default(),
        errors: judged.as_ref().err().map_or_else(Vec::new, |errors| errors.iter().map(section_error).collect()),
        changes,
        previous: before.map(|before| before.month),
        household: household::of_work(&work, actor, &tx.vault())?,
        people: authorities::people(here, actor, &work, &known.facts.asked),
        incomes,
        expenses,
        payout: payout::of_work(here, &work, &method),
        message: work.draft().message.as_str().to_owned(),
        preliminary: known.names().outcome(known.calculate(Vec::new()).as_ref()),
        signatures: signers.iter().map(|signer| signer.shown(false, Some(actor.person()))).collect(),
        signing: if interrupted { SigningState::Interrupted } else { SigningState::Ready },
    })
}

fn section_error(error: &judge::DraftError) -> SectionError {
    SectionError { section: error.section, item: error.item, error: error.into() }
}

/// What differs from the month before, by kind: each kind's sum then and now.
fn changes(before: &[earlier::KindSum], now: &[Item], section: Section) -> Vec<SumChange> {
    let mut sums: Vec<(Phrase, SourceChip, Money)> = Vec::new();
    for item in now {
        let Some(amount) = item.amount else { continue };
        match sums.iter_mut().find(|(label, _, _)| *label == item.label) {
            Some((_, _, sum)) => *sum += amount,
            None => sums.push((item.label.clone(), item.source.clone(), amount)),
        }
    }
    let mut changes: Vec<SumChange> = sums
        .iter()
        .filter_map(|(label, source, sum)| {
            let then = before.iter().find(|one| one.label == *label).map(|one| one.amount);
            (then != Some(*sum)).then(|| SumChange {
                label: label.clone(),
                before: then,
                now: Some(*sum),
                source: source.clone(),
                section,
            })
        })
        .collect();
    changes.extend(before.iter().filter(|one| sums.iter().all(|(label, _, _)| *label != one.label)).map(|one| {
        SumChange { label: one.label.clone(), before: Some(one.amount), now: None, source: one.source.clone(), section }
    }));
    changes
}
