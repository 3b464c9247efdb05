//! `POST /renewal/{list}`: whether the incomes or expenses in the list are all.

use domain::renewal::draft::ItemList;
use serde::Deserialize;

use super::locked_work::LockedWork;
use super::save_item::list_mut;
use super::shown_revision::ShownRevision;
use crate::http::{Fields, Path, Reply, Visit};
use crate::session::policy::Citizen;

/// The question under a list.
#[derive(Deserialize)]
pub(crate) struct Posted {
    #[serde(default)]
    revision: ShownRevision,
    #[serde(default)]
    more: String,
}

/// "Yes, more" leads to a new item; "no" closes the list, and leads on when all of it can be taken.
pub(crate) async fn act(
    mut visit: Visit<Citizen>,
    Path(which): Path<ItemList>,
    Fields(posted): Fields<Posted>,
) -> Reply {
    let (tx, section) = (&mut visit.tx, which.section());
    let mut work = LockedWork::lock(tx, &visit.actor, &visit.here).await?;
    work.is_shown(&posted.revision)?;
    work.begin_section(section);
    list_mut(&mut work, which).done = posted.more == "no";
    let page = if posted.more == "yes" {
        // Asking for one more is no answer to "are these all?", so nothing is wrong yet.
        work.stored.posted.remove(section.code());
        work.save(tx).await?;
        format!("/renewal/{}/add", section.code())
    } else {
        work.save_section(tx, section).await?
    };
    visit.see_other(&page).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::Towns;

    const PATH: &str = "/renewal/incomes";

    #[sqlx::test(migrations = "../migrations")]
    async fn a_list_is_closed_only_when_all_of_it_can_be_taken(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.begun(citizen).await;
        let unanswered = "Svara på om du har mer att lägga till.";
        assert!(!stage.page(citizen, PATH).await.contains(unanswered), "nothing is wrong before it was posted");
        assert_eq!(stage.save(citizen, PATH, &[]).await.led_to(), PATH);
        assert!(stage.page(citizen, PATH).await.contains(unanswered));
        assert_eq!(stage.save(citizen, PATH, &[("more", "yes")]).await.led_to(), "/renewal/incomes/add");
        assert!(!stage.page(citizen, PATH).await.contains(unanswered), "asking for one more is no answer");

        let wrong = stage.save(citizen, "/renewal/incomes/add", &[("kind", "wage"), ("amount", "tolv")]).await;
        assert_eq!(stage.save(citizen, PATH, &[("more", "no")]).await.led_to(), PATH, "an item is wrong");
        assert!(stage.page(citizen, PATH).await.contains("Skriv beloppet med siffror"));
        stage.send(citizen, &format!("{}/remove", wrong.led_to()), &[]).await;
        assert_eq!(stage.save(citizen, PATH, &[("more", "no")]).await.led_to(), "/renewal/expenses", "what comes next");
        let expenses = stage.save(citizen, "/renewal/expenses", &[]).await;
        assert_eq!(expenses.led_to(), "/renewal/expenses", "the other list is as open as it was");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn another_adults_list_is_not_ones_own_to_close(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        stage.begun(&mira).await;
        assert_eq!(stage.send(&johan, PATH, &[("more", "no")]).await.led_to(), "/home");
        assert!(!stage.page(&mira, PATH).await.contains("checked"));
    }
}
