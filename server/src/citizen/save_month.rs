//! `POST /renewal/month`: all is as it was, or something has changed.

use std::collections::HashMap;

use app::citizen::model::MonthField;
use domain::form::{TooLongToKeep, Typed};
use domain::renewal::Section;
use domain::renewal::draft::{Draft, HouseholdDraft, ItemList};
use serde::Deserialize;

use super::locked_work::LockedWork;
use super::month::{self, POSTED, has_field};
use super::save_item::list_mut;
use super::shown_revision::ShownRevision;
use crate::http::{Fields, Problem, Reply, Visit};
use crate::session::policy::Citizen;

/// The form of the page.
#[derive(Deserialize)]
pub(crate) struct Posted {
    revision: ShownRevision,
    answer: Answer,
    #[serde(default)]
    activity: String,
    #[serde(default, rename = "activity-note")]
    note: String,
    /// An amount for each item that is asked about, under its name.
    #[serde(flatten)]
    amounts: HashMap<String, String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Answer {
    /// Everything is as it was.
    Same,
    /// Something has changed.
    Changed,
}

/// Saved as typed, then judged. What stands as it was is confirmed by "all is right", and by nothing else.
pub(crate) async fn act(mut visit: Visit<Citizen>, Fields(mut posted): Fields<Posted>) -> Reply {
    let tx = &mut visit.tx;
    let mut work = LockedWork::lock_whole(tx, &visit.actor, &visit.here).await?;
    if work.draft().carried_from.is_none() {
        return Err(Problem::see_other("/renewal"));
    }
    let stale = work.is_stale(&posted.revision)?;
    work.stored.conflicts.retain(|conflict| !has_field(&conflict.field));
    work.put(stale, Section::Activity, "activity", |draft| &mut draft.activity.answer, posted.activity)?;
    work.put(stale, Section::Activity, "activity-note", |draft| &mut draft.activity.note, posted.note)?;
    for which in [ItemList::Incomes, ItemList::Expenses] {
        put_amounts(&mut work, stale, which, &mut posted.amounts)?;
    }
    let page = match posted.answer {
        Answer::Changed => "/renewal/changed",
        Answer::Same => {
            work.stored.posted.insert(POSTED.to_owned());
            work.stored.opened.clear();
            if is_whole(&work) {
                confirm(&mut work.stored.draft, &[]);
                "/renewal/check"
            } else {
                "/renewal/month"
            }
        }
    };
    work.save(tx).await?;
    visit.see_other(page).await
}

/// Puts the posted amounts in place. One that is another than it stood as is not carried over any more, but typed.
fn put_amounts(
    work: &mut LockedWork,
    stale: bool,
    which: ItemList,
    amounts: &mut HashMap<String, String>,
) -> Result<(), TooLongToKeep> {
    let mut others = Vec::new();
    for item in &mut list_mut(work, which).items {
        let field = MonthField::name_of(item.id);
        let Some(posted) = amounts.remove(&field).filter(|posted| *posted != item.amount.as_str()) else { continue };
        item.carried = None;
        if let Some(other) = item.amount.replace(posted, stale)? {
            others.push((field, other));
        }
    }
    for (field, other) in others {
        work.keep_other(which.section(), &field, other.as_str());
    }
    Ok(())
}

/// Whether nothing is wrong that can be mended on the page, and nothing was typed in two windows at once. What is wrong elsewhere the check page
/// tells, with the way there.
fn is_whole(work: &LockedWork) -> bool {
    month::errors(work).is_empty() && !work.stored.conflicts.iter().any(|conflict| has_field(&conflict.field))
}

/// Takes what stands in every other section than these for said. What the person has answered otherwise stays so.
pub(super) fn confirm(draft: &mut Draft, opened: &[Section]) {
    let stays = |section| !opened.contains(&section);
    let HouseholdDraft { answer, changes, change } = &mut draft.household;
    if !stays(Section::Household) {
        // What was confirmed before is asked anew; what was described stays.
        if answer.as_str() == "same" {
            *answer = Typed::default();
        }
    } else if answer.is_blank() && changes.is_empty() && change.is_blank() {
        *answer = Typed::new("same").unwrap_or_default();
    }
    draft.authorities_seen = true;
    draft.incomes.done = stays(Section::Incomes);
    draft.expenses.done = stays(Section::Expenses);
    draft.is_compared = true;
}

#[cfg(test)]
mod tests {
    use domain::kind::{ExpenseKind, IncomeKind};
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, day};

    const PATH: &str = "/renewal/month";

    /// The names of the fields for amounts, in the order of the page.
    fn amounts(page: &str) -> Vec<String> {
        let names = page.split("name=\"amount-").skip(1);
        names.map(|rest| format!("amount-{}", rest.split_once('"').unwrap().0)).collect()
    }

    async fn begun(stage: &Towns) -> Vec<String> {
        let november = Statement {
            incomes: vec![(IncomeKind::Wage, 4_650, day(10, 23))],
            expenses: vec![(ExpenseKind::Rent, 6_850, day(11, 1)), (ExpenseKind::Electricity, 312, day(11, 28))],
            ..Statement::default()
        };
        stage.signed(stage.home.case, "2026-11", &november).await;
        stage.begun(&stage.home.citizen).await;
        amounts(&stage.page(&stage.home.citizen, PATH).await)
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn an_unchanged_month_is_one_page_and_nothing_is_typed(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        let names = begun(&stage).await;
        let [wage, power] = &names[..] else { panic!("{names:?}") };
        let as_it_was = [(&**wage, "4650"), (&**power, "312")];
        let unanswered = [&as_it_was[..], &[("answer", "same")]].concat();
        assert_eq!(stage.save(citizen, PATH, &unanswered).await.led_to(), PATH);
        let page = stage.page(citizen, PATH).await;
        assert!(page.contains("Svara på om du har sökt jobb") && page.contains("value=\"4650\""), "{page}");
        let answered = [&unanswered[..], &[("activity", "as-planned")]].concat();
        assert_eq!(stage.save(citizen, PATH, &answered).await.led_to(), "/renewal/check");
        let check = stage.page(citizen, "/renewal/check").await;
        for text in ["Skriv under med e-legitimation", "4 650 kr", "6 850 kr", "312 kr", "Ja, som planerat"] {
            assert!(check.contains(text), "{text}: {check}");
        }
        assert_eq!(check.matches("class=\"source earlier\"").count(), 3, "all of it was carried over: {check}");
        assert_eq!(stage.look(citizen, "/renewal").await.status, axum::http::StatusCode::OK, "it has been compared");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_typed_is_not_carried_over_any_more_and_stays_however_wrong(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        let names = begun(&stage).await;
        let wrong = [(&*names[0], "fyra tusen"), (&*names[1], "400"), ("activity", "partly"), ("answer", "same")];
        assert_eq!(stage.save(citizen, PATH, &wrong).await.led_to(), PATH);
        let page = stage.page(citizen, PATH).await;
        for text in
            ["value=\"fyra tusen\"", "Skriv beloppet med siffror", "value=\"400\"", "Skriv vad som inte blev av"]
        {
            assert!(page.contains(text), "{text}: {page}");
        }
        let right = [(&*names[0], "5 000"), ("activity", "not-done"), ("activity-note", "Sjuk."), ("answer", "same")];
        assert_eq!(stage.save(citizen, PATH, &right).await.led_to(), "/renewal/check");
        let check = stage.page(citizen, "/renewal/check").await;
        assert!(check.contains("5 000 kr") && check.contains("400 kr") && check.contains("Sjuk."), "{check}");
        assert_eq!(check.matches("class=\"source earlier\"").count(), 1, "the rent alone stands as it was: {check}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_wrong_elsewhere_is_told_where_it_can_be_mended(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        begun(&stage).await;
        let undated = [("kind", "gift"), ("amount", "500"), ("date", "i går")];
        let gift = stage.save(citizen, "/renewal/incomes/add", &undated).await;
        let same = [("activity", "as-planned"), ("answer", "same")];
        assert_eq!(stage.save(citizen, PATH, &same).await.led_to(), "/renewal/check");
        let check = stage.page(citizen, "/renewal/check").await;
        assert!(check.contains(&format!("href=\"{}#date\"", gift.led_to())), "{check}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn who_says_that_something_has_changed_is_told_of_no_errors_yet(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        begun(&stage).await;
        stage.save(citizen, PATH, &[("answer", "changed")]).await;
        assert!(!stage.page(citizen, PATH).await.contains("Svara på om du har sökt jobb"));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn two_windows_lose_no_amount(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        let names = begun(&stage).await;
        let posted = |wage| [("revision", "1"), (&*names[0], wage), ("activity", "as-planned"), ("answer", "same")];
        assert_eq!(stage.send(citizen, PATH, &posted("5000")).await.led_to(), "/renewal/check");
        assert_eq!(stage.send(citizen, PATH, &posted("6000")).await.led_to(), PATH, "the page was stale");
        let page = stage.page(citizen, PATH).await;
        assert!(page.contains("value=\"6000\"") && page.contains("5000"), "both are shown: {page}");
        assert_eq!(stage.save(citizen, PATH, &posted("6000")[1..]).await.led_to(), "/renewal/check");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nothing_is_confirmed_in_another_adults_draft(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        stage.signed(couple.case, "2026-11", &Statement::default()).await;
        stage.begun(&mira).await;
        let fields = [("revision", "1"), ("activity", "as-planned"), ("answer", "same")];
        assert_eq!(stage.send(&johan, PATH, &fields).await.led_to(), "/home");
        assert_eq!(stage.look(&mira, "/renewal").await.led_to(), PATH, "hers is not confirmed");
    }
}
