//! `GET /renewal/authorities`: what the authorities say.

use app::citizen::authorities;
use app::citizen::model::{Authorities, History};
use app::model::PersonAnswers;
use domain::authority::{Answer as Answered, AuthorityRow, NotAsked};
use domain::renewal::Section;
use domain::renewal::draft::ItemList;
use jiff::civil::Date;

use super::work::Work;
use crate::case::answers::{self, Asked, awaited};
use crate::case::earlier;
use crate::http::{Here, Problem, Reply, Visit};
use crate::session::policy::{Citizen, OwnRenewal};

/// How many earlier renewals are looked in for what was fetched before.
const EARLIER: usize = 3;

/// Each source with what it said, when, and what can be done where nothing was said.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let authorities = read(&mut visit).await?;
    visit.page(authorities::page(authorities)).await
}

async fn read(visit: &mut Visit<Citizen>) -> Result<Authorities, Problem> {
    let Visit { here, actor, tx, .. } = visit;
    let work = Work::read(tx, actor, here).await?;
    let earlier: Vec<_> = work.earlier.iter().take(EARLIER).collect();
    let mut ids = vec![work.renewal.id()];
    ids.extend(earlier.iter().map(|renewal| renewal.id()));
    let mut answers = answers::newest_of(tx, &ids).await?;
    let asked = answers.remove(&work.renewal.id()).unwrap_or_default();
    let own: Vec<_> = asked.iter().filter(|one| one.person == actor.person()).cloned().collect();
    let latest = own.iter().map(|one| one.at).max().unwrap_or_else(|| tx.at());
    let may_ask_again = own.iter().any(|one| {
        one.answer.as_ref().is_some_and(|(_, answer)| {
            matches!(answer, Answered::Failed(_) | Answered::Partly { .. } | Answered::NotAsked(NotAsked::SwitchedOff))
        })
    });
    let history = |renewal: &&OwnRenewal| {
        let asked = answers.get(&renewal.id()).map_or(&[][..], Vec::as_slice);
        earlier::fetched(renewal.month(), asked, &work.members)
    };
    let month = work.renewal.month();
    let reported = reported_before(&work, &own);
    Ok(Authorities {
        month,
        reference_month: month.previous(),
        form: work.form(Section::Authorities, &[]),
        asked: here.local(latest),
        pending: awaited(&asked, actor.person()),
        may_ask_again,
        people: people(here, actor, &work, &asked),
        history: if reported.is_empty() { earlier.iter().map(history).collect() } else { reported },
    })
}

/// What each source said about each adult that this person may see, themselves first.
pub(super) fn people(here: &Here, citizen: &Citizen, work: &Work, asked: &[Asked]) -> Vec<PersonAnswers> {
    let since = work.renewal.month().previous().first_day();
    let (own, others): (Vec<_>, Vec<_>) = work.members.iter().partition(|member| member.person == citizen.person());
    answers::of_people(here, own.into_iter().chain(others), asked, |answer| recent(answer, since))
}

/// What was paid before the reference month, by this renewal's own answers.
fn reported_before(work: &Work, own: &[Asked]) -> Vec<History> {
    let month = work.renewal.month();
    (2..=4)
        .filter_map(|back| month.checked_add(-back))
        .map(|month| {
            let mut rows = earlier::rows_of_month(own, month, ItemList::Incomes);
            rows.extend(earlier::rows_of_month(own, month, ItemList::Expenses));
            History { month, rows }
        })
        .filter(|history| !history.rows.is_empty())
        .collect()
}

/// The answer without what was paid before this day, unless that is all that it tells.
fn recent(answer: &Answered, since: Date) -> Answered {
    let mut answer = answer.clone();
    if let Answered::Answered(content) | Answered::Partly { content, .. } = &mut answer {
        let is_recent = |row: &AuthorityRow| row.pay_date.is_none_or(|day| day >= since);
        if content.rows.iter().any(is_recent) {
            content.rows.retain(is_recent);
        }
    }
    answer
}
