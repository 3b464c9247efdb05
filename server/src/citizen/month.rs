//! `GET /renewal/month`: the month that a renewal begins from beside the one that is applied for.

use app::citizen::model::{Month, MonthField};
use app::citizen::month;
use app::model::{FieldError, Form};
use domain::renewal::Section;
use domain::renewal::carry_over::CarryOverRule;
use domain::renewal::draft::ItemList;
use domain::renewal::judge::judge_activity;

use super::compared::{self, Compared};
use super::items::list_errors;
use super::other_adult::Seen;
use super::work::Work;
use super::{activity, authorities, check};
use crate::case::{answers, head, signed};
use crate::http::{Problem, Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Citizen;

/// What the draft notes when the page has been posted: what is wrong on it is shown from then on.
pub(super) const POSTED: &str = "month";

/// The sections that the page has fields of.
pub(super) const SECTIONS: [Section; 3] = [Section::Activity, Section::Incomes, Section::Expenses];

/// What was said then and stands now, what the authorities say, and the questions of this month.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let shown = read(&mut visit).await?;
    visit.page(month::page(shown)).await
}

async fn read(visit: &mut Visit<Citizen>) -> Result<Month, Problem> {
    let Visit { here, actor, tx, .. } = visit;
    let work = Work::read_whole(tx, actor, here).await?;
    let previous = work.draft().carried_from.ok_or(Problem::see_other("/renewal"))?;
    let last = work.earlier.iter().find(|one| one.month() == previous);
    let ids: Vec<_> = std::iter::once(work.renewal.id()).chain(last.map(OwnRenewal::id)).collect();
    let mut answered = answers::newest_of(tx, &ids).await?;
    let asked = answered.remove(&work.renewal.id()).unwrap_or_default();
    let then = last.and_then(|last| answered.remove(&last.id())).unwrap_or_default();
    let signed = match last {
        Some(last) => signed::facts(tx, last.id()).await?,
        None => None,
    };
    let said = signed.map(|signed| signed.read_by(actor.person())).unwrap_or_default();
    let method = head::payout(tx, actor.case()).await?;
    let seen = Seen::in_household(tx, actor, &work.members).await?;
    let month = work.renewal.month();
    let other = seen.other(month, &asked);
    let (own, own_then) = (seen.own(&asked), seen.own(&then));
    let then_and_now = Compared::new(&work, &CarryOverRule::default(), &said);
    let shown_answers = authorities::about(here, actor, &work, &asked);
    let known = work.known(tx, actor, seen.counted(asked)).await?;
    let others = work.members.iter().filter(|member| member.person != actor.person());
    Ok(Month {
        window: work.window(&here.site.municipality),
        previous,
        about: work.context.incomes_about(),
        form: form(&work),
        household: others.map(|member| member.name.called().to_owned()).collect(),
        payout: check::paid_to(here, &work, &method),
        is_unfinished: then_and_now.is_unfinished,
        is_household_changed: work.draft().household.answer.as_str() == "changed",
        stated: then_and_now.rows,
        once: then_and_now.once,
        asked: then_and_now.fields,
        activity: activity::fields(&work),
        fetched: compared::fetched((previous, &own_then), (month, &own)),
        pending: answers::awaited(&own, actor.person()),
        may_ask_again: authorities::may_ask_again(&own),
        answers: shown_answers,
        other,
        preliminary: known.names().read_by(actor.person(), work.writer).outcome(known.calculate(Vec::new()).as_ref()),
    })
}

/// What is wrong on the page once it has been posted, and what other windows typed into its fields.
fn form(work: &Work) -> Form {
    let errors = if work.stored.posted.contains(POSTED) { errors(work) } else { Vec::new() };
    let conflicts = SECTIONS.iter().flat_map(|section| work.form(*section, &[]).conflicts);
    let conflicts = conflicts.filter(|conflict| has_field(&conflict.field)).collect();
    Form { errors, conflicts, ..work.form(Section::Activity, &[]) }
}

/// Whether the page has a field of this name.
pub(super) fn has_field(field: &str) -> bool {
    ["activity", "activity-note"].contains(&field) || field.starts_with("amount-")
}

/// What is wrong that can be mended on the page: the amounts, each of which has a field there when it cannot be read, and the question of work.
pub(super) fn errors(work: &Work) -> Vec<FieldError> {
    let of_lists = [ItemList::Incomes, ItemList::Expenses].into_iter().flat_map(|which| list_errors(work, which));
    let amounts = of_lists.filter(|error| error.field == "amount");
    let amounts = amounts.filter_map(|error| Some(FieldError::new(MonthField::name_of(error.item?), &error.problem)));
    let activity = judge_activity(&work.draft().activity, &work.context).err().unwrap_or_default();
    let activity = activity.iter().filter(|error| error.item.is_none());
    amounts.chain(activity.map(FieldError::from)).collect()
}

#[cfg(test)]
mod tests {
    use domain::authority::Agency;
    use domain::kind::{ExpenseKind, IncomeKind};
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, add_answer, add_source, day, reported};

    const PATH: &str = "/renewal/month";

    /// A November with a wage, a rent, electricity and a dentist.
    fn november() -> Statement {
        Statement {
            incomes: vec![(IncomeKind::Wage, 4_650, day(10, 23))],
            expenses: vec![
                (ExpenseKind::Rent, 6_850, day(11, 1)),
                (ExpenseKind::Electricity, 312, day(11, 28)),
                (ExpenseKind::DentalCare, 1_200, day(11, 4)),
            ],
            ..Statement::default()
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_was_said_stands_ready_beside_what_the_authorities_say(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let last = stage.signed(home.case, "2026-11", &november()).await;
        let draft = stage.begun(&home.citizen).await;
        assert_eq!(stage.look(&home.citizen, "/renewal").await.led_to(), PATH, "it is the first page");
        let mut tx = stage.tx(home).await;
        let (fk, csn) = (add_source(&mut tx, Agency::Fk).await, add_source(&mut tx, Agency::Csn).await);
        let benefit = |kronor, month| reported(IncomeKind::HousingBenefit, kronor, day(month, 12));
        add_answer(&mut tx, last, home.person, fk, day(10, 20), &benefit(1_800, 10)).await;
        add_answer(&mut tx, draft, home.person, fk, day(11, 20), &benefit(1_900, 11)).await;
        add_answer(&mut tx, draft, home.person, csn, day(11, 20), &domain::authority::Answer::NothingFound).await;
        tx.commit().await.unwrap();
        let page = stage.page(&home.citizen, PATH).await;
        let (yours, rest) = page.split_once("<h2>Hämtat</h2>").unwrap();
        let (fetched, questions) = rest.split_once("Frågor om november").unwrap();
        for text in ["Som i november?", "Bara du", "Hyra", "6 850 kr", "1 200 kr", "Utbetalningsavi"] {
            assert!(yours.contains(text), "{text}: {yours}");
        }
        assert_eq!(yours.matches("6 850 kr").count(), 2, "then and now: {yours}");
        for text in ["Bostadsbidrag", "1 800 kr", "1 900 kr", "Inget hittat"] {
            assert!(fetched.contains(text), "{text}: {fetched}");
        }
        for text in
            ["Lön i november", "value=\"4650\"", "Hushållsel för december", "value=\"312\"", "name=\"activity\""]
        {
            assert!(questions.contains(text), "{text}: {questions}");
        }
        assert!(!page.contains("checked") && !page.contains("Svara på om du har sökt"), "{page}");
        assert!(page.contains("Allt stämmer, gå vidare") && page.contains("Något har ändrats"), "{page}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn it_is_there_for_who_has_a_month_before_and_writes_the_whole(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        assert_eq!(stage.look(&mira, PATH).await.led_to(), "/renewal", "nothing is begun");
        stage.begun(&stage.home.citizen).await;
        assert_eq!(stage.look(&stage.home.citizen, PATH).await.led_to(), "/renewal", "nothing was before");
        stage.signed(couple.case, "2026-11", &november()).await;
        stage.begun(&johan).await;
        let page = stage.page(&johan, PATH).await;
        assert!(page.contains("6 850 kr") && page.contains("Lön i november, Mira"), "{page}");
        assert_eq!(stage.look(&mira, PATH).await.led_to(), "/home", "the draft is the other adult's");
    }
}
