//! `GET /renewal/authorities`: what the authorities say.

use app::citizen::authorities;
use app::citizen::model::{Authorities, GoneRow, History};
use app::model::{AnswerState, RowDispute, RowMark, SourceAnswer};
use domain::authority::{Answer as Answered, AuthorityRow, NotAsked};
use domain::renewal::Section;
use domain::renewal::dispute::{self, DisputeDraft};
use domain::renewal::draft::ItemList;
use domain::renewal::judge::judge_dispute;
use jiff::civil::Date;

use super::other_adult::Seen;
use super::work::Work;
use crate::case::answers::{self, Asked, awaited};
use crate::case::earlier;
use crate::http::{Here, Problem, Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Citizen;

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
    let seen = Seen::in_household(tx, actor, &work.members).await?;
    let own = seen.own(&asked);
    let latest = own.iter().map(|one| one.at).max().unwrap_or_else(|| tx.at());
    let history = |renewal: &&OwnRenewal| {
        let asked = answers.get(&renewal.id()).map_or(&[][..], Vec::as_slice);
        earlier::fetched(renewal.month(), asked, actor.person())
    };
    let month = work.renewal.month();
    let reported = reported_before(&work, &own);
    Ok(Authorities {
        month,
        part: work.part(),
        reference_month: month.previous(),
        form: work.form(Section::Authorities, &[]),
        asked: here.local(latest),
        pending: awaited(&asked, actor.person()),
        may_ask_again: may_ask_again(&own),
        answers: about(here, actor, &work, &asked),
        gone: gone(actor, &work, &asked),
        other: seen.other(month, &asked),
        history: if reported.is_empty() { earlier.iter().map(history).collect() } else { reported },
    })
}

/// Whether asking once more can give more than these answers.
pub(super) fn may_ask_again(own: &[Asked]) -> bool {
    own.iter().any(|one| {
        one.answer.as_ref().is_some_and(|(_, answer)| {
            matches!(answer, Answered::Failed(_) | Answered::Partly { .. } | Answered::NotAsked(NotAsked::SwitchedOff))
        })
    })
}

/// What each source said about the citizen, and what they say of it.
pub(super) fn about(here: &Here, citizen: &Citizen, work: &Work, asked: &[Asked]) -> Vec<SourceAnswer> {
    let since = work.renewal.month().previous().first_day();
    let say = |dispute: &DisputeDraft| match judge_dispute(dispute, &work.context) {
        Ok(dispute) => RowDispute::Said(dispute.said),
        Err(_) => RowDispute::Unfinished,
    };
    let answers = answers::of_person(here, citizen.person(), asked, &work.draft().disputes, say);
    answers.into_iter().map(|answer| recent(answer, since)).collect()
}

/// What the citizen says of rows that none of these answers has.
pub(super) fn gone(citizen: &Citizen, work: &Work, asked: &[Asked]) -> Vec<GoneRow> {
    let rows = answers::rows_about(asked, citizen.person());
    let placed: Vec<_> =
        dispute::place(&work.draft().disputes, &rows).into_iter().flatten().map(|one| one.id).collect();
    let gone = work.draft().disputes.iter().filter(|one| !placed.contains(&one.id));
    gone.map(|one| GoneRow { id: one.id, label: one.original.label.as_str().to_owned(), amount: one.original.amount })
        .collect()
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

/// The answer without what was paid before this day, unless that is all that it tells. What something is said of stays.
fn recent(mut answer: SourceAnswer, since: Date) -> SourceAnswer {
    let AnswerState::Done { answer: Answered::Answered(content) | Answered::Partly { content, .. }, .. } =
        &mut answer.state
    else {
        return answer;
    };
    let is_recent = |row: &AuthorityRow| row.pay_date.is_none_or(|day| day >= since);
    if content.rows.iter().any(is_recent) {
        let rows = std::mem::take(&mut content.rows).into_iter().zip(std::mem::take(&mut answer.marks));
        let is_kept = |(row, mark): &(AuthorityRow, RowMark)| is_recent(row) || mark.dispute.is_some();
        (content.rows, answer.marks) = rows.filter(is_kept).unzip();
    }
    answer
}

#[cfg(test)]
mod tests {
    use domain::authority::{Agency, Failure, FailureKind};
    use domain::kind::IncomeKind;
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::{Statement, Towns, add_answer, add_source, day, reported};

    const PATH: &str = "/renewal/authorities";

    fn failed() -> Answered {
        Answered::Failed(Failure { kind: FailureKind::TimedOut, code: None })
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn each_source_is_told_as_it_stands_and_what_failed_can_be_asked_again(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, on) = (&stage.home, day(11, 20));
        let (couple, [mira, _]) = stage.couple().await;
        let (theirs, draft) = (stage.begun(&mira).await, stage.begun(&home.citizen).await);
        let mut tx = stage.tx(home).await;
        let (fk, csn) = (add_source(&mut tx, Agency::Fk).await, add_source(&mut tx, Agency::Csn).await);
        let so = add_source(&mut tx, Agency::So).await;
        let benefit = reported(IncomeKind::HousingBenefit, 1_400, day(11, 12));
        add_answer(&mut tx, draft, home.person, fk, on, &benefit).await;
        add_answer(&mut tx, draft, home.person, csn, on, &Answered::NothingFound).await;
        add_answer(&mut tx, theirs, couple.mira, fk, on, &reported(IncomeKind::HousingBenefit, 9_999, day(11, 12)))
            .await;
        tx.commit().await.unwrap();
        let all_answered = stage.page(&home.citizen, PATH).await;
        for text in ["Försäkringskassan", "1 400 kr", "CSN", "Inget hittat", "20 november"] {
            assert!(all_answered.contains(text), "{text}: {all_answered}");
        }
        for text in ["9 999 kr", "Mira", "A-kassan", "Fråga igen"] {
            assert!(!all_answered.contains(text), "{text}: {all_answered}");
        }

        let mut tx = stage.tx(home).await;
        add_answer(&mut tx, draft, home.person, so, on, &failed()).await;
        tx.commit().await.unwrap();
        let one_failed = stage.page(&home.citizen, PATH).await;
        assert!(one_failed.contains("Svarade inte just nu.") && one_failed.contains("Fråga igen"), "{one_failed}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_was_paid_before_the_month_stands_apart_unless_it_is_all_there_is(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, on) = (&stage.home, day(11, 20));
        let draft = stage.begun(&home.citizen).await;
        let mut tx = stage.tx(home).await;
        let fk = add_source(&mut tx, Agency::Fk).await;
        let paid = |month, kronor| reported(IncomeKind::HousingBenefit, kronor, day(month, 12));
        let (Answered::Answered(mut both), Answered::Answered(old)) = (paid(11, 1_400), paid(9, 1_300)) else {
            panic!()
        };
        both.rows.extend(old.rows);
        add_answer(&mut tx, draft, home.person, fk, on, &Answered::Answered(both)).await;
        tx.commit().await.unwrap();
        let page = stage.page(&home.citizen, PATH).await;
        let (now, before) = page.split_once("Tidigare månader").unwrap();
        assert!(now.contains("1 400 kr") && !now.contains("1 300 kr"), "{now}");
        assert!(before.contains("1 300 kr") && !before.contains("1 400 kr"), "{before}");

        let mut tx = stage.tx(home).await;
        add_answer(&mut tx, draft, home.person, fk, day(11, 21), &paid(9, 1_200)).await;
        tx.commit().await.unwrap();
        let page = stage.page(&home.citizen, PATH).await;
        assert!(page.split_once("Tidigare månader").unwrap().0.contains("1 200 kr"), "{page}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_other_adults_silence_is_not_ones_own_to_mend(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        let draft = stage.begun(&mira).await;
        let mut tx = stage.tx(&stage.home).await;
        let (fk, so) = (add_source(&mut tx, Agency::Fk).await, add_source(&mut tx, Agency::So).await);
        add_answer(&mut tx, draft, couple.mira, fk, day(11, 20), &Answered::NothingFound).await;
        add_answer(&mut tx, draft, couple.johan, so, day(11, 20), &failed()).await;
        tx.commit().await.unwrap();
        assert!(!stage.page(&mira, PATH).await.contains("Fråga igen"));
        assert_eq!(stage.look(&johan, PATH).await.led_to(), "/home", "the draft is the other adult's");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn there_is_nothing_to_look_at_before_or_after_the_draft(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        assert_eq!(stage.look(&home.citizen, PATH).await.led_to(), "/renewal");
        stage.signed(home.case, "2026-12", &Statement::default()).await;
        assert_eq!(stage.look(&home.citizen, PATH).await.led_to(), "/renewal/receipt");
    }
}
