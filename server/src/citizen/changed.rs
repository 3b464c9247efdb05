//! `/renewal/changed`: what has changed since the month that a renewal begins from. Only those parts are opened.

use app::citizen::changed;
use app::citizen::model::Changed;
use app::model::{FieldError, Form, Phrase};
use domain::renewal::Section;
use serde::Deserialize;

use super::locked_work::LockedWork;
use super::save_month::confirm;
use super::shown_revision::ShownRevision;
use super::work::Work;
use crate::http::{Fields, Problem, Reply, Visit};
use crate::session::policy::Citizen;

/// What the draft notes when nothing was chosen.
const NOTHING_CHOSEN: &str = "changed";

/// `GET`: the question.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let work = Work::read_whole(&mut visit.tx, &visit.actor, &visit.here).await?;
    let previous = work.draft().carried_from.ok_or(Problem::see_other("/renewal"))?;
    let nothing = work.stored.posted.contains(NOTHING_CHOSEN);
    let error = FieldError { field: "part".to_owned(), message: Phrase::new("error-nothing-changed") };
    let form = Form { errors: nothing.then_some(error).into_iter().collect(), ..work.form(Section::Household, &[]) };
    visit.page(changed::page(Changed { previous, form })).await
}

/// The boxes that were ticked.
#[derive(Deserialize)]
pub(crate) struct Posted {
    revision: ShownRevision,
    household: Option<String>,
    activity: Option<String>,
    incomes: Option<String>,
    expenses: Option<String>,
    message: Option<String>,
}

impl Posted {
    /// In the order that it is gone through.
    fn chosen(&self) -> Vec<Section> {
        let boxes = [
            (Section::Household, &self.household),
            (Section::Activity, &self.activity),
            (Section::Incomes, &self.incomes),
            (Section::Expenses, &self.expenses),
            (Section::Message, &self.message),
        ];
        boxes.into_iter().filter(|(_, ticked)| ticked.is_some()).map(|(section, _)| section).collect()
    }
}

/// `POST`: what was chosen is opened, the rest stands as it was.
pub(crate) async fn act(mut visit: Visit<Citizen>, Fields(posted): Fields<Posted>) -> Reply {
    let tx = &mut visit.tx;
    let mut work = LockedWork::lock_whole(tx, &visit.actor, &visit.here).await?;
    work.is_shown(&posted.revision)?;
    let chosen = posted.chosen();
    let Some(first) = chosen.first().filter(|_| work.draft().carried_from.is_some()) else {
        work.stored.posted.insert(NOTHING_CHOSEN.to_owned());
        work.save_as_it_is(tx).await?;
        return visit.see_other("/renewal/changed").await;
    };
    work.stored.posted.remove(NOTHING_CHOSEN);
    let page = format!("/renewal/{}", first.code());
    confirm(&mut work.stored.draft, &chosen);
    work.stored.opened.clear();
    for section in &chosen {
        work.open_section(*section);
    }
    work.save(tx).await?;
    visit.see_other(&page).await
}

#[cfg(test)]
mod tests {
    use domain::kind::{ExpenseKind, IncomeKind};
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, day};

    const PATH: &str = "/renewal/changed";

    #[sqlx::test(migrations = "../migrations")]
    async fn only_what_has_changed_is_gone_through(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        let november = Statement {
            incomes: vec![(IncomeKind::Wage, 4_650, day(10, 23))],
            expenses: vec![(ExpenseKind::Rent, 6_850, day(11, 1))],
            ..Statement::default()
        };
        stage.signed(stage.home.case, "2026-11", &november).await;
        stage.begun(citizen).await;
        let changed = [("activity", "as-planned"), ("answer", "changed")];
        assert_eq!(stage.save(citizen, "/renewal/month", &changed).await.led_to(), PATH);
        assert!(stage.page(citizen, PATH).await.contains("Vad har ändrats sedan november?"));
        assert_eq!(stage.save(citizen, PATH, &[]).await.led_to(), PATH);
        assert!(stage.page(citizen, PATH).await.contains("Välj det som har ändrats, eller gå tillbaka."));
        let chosen = [("message", "on"), ("activity", "on"), ("household", "on")];
        assert_eq!(stage.save(citizen, PATH, &chosen).await.led_to(), "/renewal/household");
        let moved = [("household", "changed"), ("household-change", "Jag har flyttat.")];
        let household = stage.save(citizen, "/renewal/household", &moved).await;
        assert_eq!(household.led_to(), "/renewal/activity", "it was answered before, and is gone through all the same");
        let done = stage.save(citizen, "/renewal/activity", &[("activity", "as-planned")]).await;
        assert_eq!(done.led_to(), "/renewal/message");
        let written = stage.save(citizen, "/renewal/message", &[("message", "Hej!")]).await;
        assert_eq!(written.led_to(), "/renewal/check");
        let check = stage.page(citizen, "/renewal/check").await;
        for text in ["Jag har flyttat.", "Hej!", "6 850 kr", "Skriv under med e-legitimation"] {
            assert!(check.contains(text), "{text}: {check}");
        }
        let again = [("activity", "as-planned"), ("answer", "same")];
        assert_eq!(stage.save(citizen, "/renewal/month", &again).await.led_to(), "/renewal/check");
        assert!(stage.page(citizen, "/renewal/check").await.contains("Jag har flyttat."), "what was said stays");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_chosen_is_gone_through_also_where_it_was_confirmed_before(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.signed(stage.home.case, "2026-11", &Statement::default()).await;
        stage.begun(citizen).await;
        let same = [("activity", "as-planned"), ("answer", "same")];
        assert_eq!(stage.save(citizen, "/renewal/month", &same).await.led_to(), "/renewal/check");
        let chosen = [("message", "on"), ("household", "on"), ("expenses", "on")];
        assert_eq!(stage.save(citizen, PATH, &chosen).await.led_to(), "/renewal/household");
        let household = stage.save(citizen, "/renewal/household", &[("household", "same")]).await;
        assert_eq!(household.led_to(), "/renewal/expenses");
        let expenses = stage.save(citizen, "/renewal/expenses", &[("more", "no")]).await;
        assert_eq!(expenses.led_to(), "/renewal/message");
    }
}
