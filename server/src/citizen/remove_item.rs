//! `/renewal/{list}/{id}/remove`: an income or expense is removed, after a question.

use app::citizen::model::RemoveItem;
use app::citizen::remove_item;
use domain::id::StatementId;
use domain::renewal::draft::ItemList;

use super::items;
use super::locked_work::LockedWork;
use super::save_item::list_mut;
use super::work::Work;
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::policy::Citizen;

/// `GET`: the question before it.
pub(crate) async fn page(mut visit: Visit<Citizen>, Path((which, id)): Path<(ItemList, StatementId)>) -> Reply {
    let work = Work::read(&mut visit.tx, &visit.actor, &visit.here).await?;
    let items = items::of_work(&work, which);
    let item = items.into_iter().find(|item| item.id == id).ok_or(Problem::NotFound)?;
    let question = RemoveItem { which, item, form: work.form(which.section(), &[]) };
    visit.page(remove_item::page(question)).await
}

/// `POST`: it is gone. Removed twice, it is gone once.
pub(crate) async fn act(mut visit: Visit<Citizen>, Path((which, id)): Path<(ItemList, StatementId)>) -> Reply {
    let mut work = LockedWork::lock(&mut visit.tx, &visit.actor, &visit.here).await?;
    list_mut(&mut work, which).remove(id);
    work.save(&mut visit.tx).await?;
    visit.see_other(&format!("/renewal/{}", which.section().code())).await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn one_item_is_removed_after_a_question_and_only_once(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        stage.begun(&mira).await;
        let mut paths = Vec::new();
        for amount in ["tre", "fyra"] {
            let added = stage.save(&mira, "/renewal/incomes/add", &[("kind", "wage"), ("amount", amount)]).await;
            paths.push(format!("{}/remove", added.led_to()));
        }
        let question = stage.page(&mira, &paths[0]).await;
        assert!(question.contains("Vill du ta bort inkomsten?") && question.contains("tre"), "{question}");
        assert!(!question.contains("fyra"), "{question}");
        assert_eq!(stage.look(&johan, &paths[0]).await.led_to(), "/home");
        assert_eq!(stage.send(&johan, &paths[0], &[]).await.led_to(), "/home", "the draft is the other adult's");
        stage.send(&mira, &paths[0].replace("incomes", "expenses"), &[]).await;
        let list = stage.page(&mira, "/renewal/incomes").await;
        assert!(list.contains("tre") && list.contains("fyra"), "asking removes nothing: {list}");

        for _ in 0..2 {
            assert_eq!(stage.send(&mira, &paths[0], &[]).await.led_to(), "/renewal/incomes");
        }
        let list = stage.page(&mira, "/renewal/incomes").await;
        assert_eq!(list.matches("/remove\"").count(), 1, "{list}");
        assert!(list.contains("fyra"), "{list}");
        assert_eq!(stage.look(&mira, &paths[0]).await.status, StatusCode::NOT_FOUND);
    }
}
