//! `GET /renewal/{list}/add`: the form of a new income or expense.

use domain::renewal::draft::ItemList;

use super::item_form::show;
use crate::http::{Path, Reply, Visit};
use crate::session::policy::Citizen;

/// The form with nothing typed.
pub(crate) async fn page(visit: Visit<Citizen>, Path(which): Path<ItemList>) -> Reply {
    show(visit, which, None).await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn an_empty_form_asks_whose_it_is_among_the_household_alone(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        let path = "/renewal/incomes/add";
        assert_eq!(stage.look(&mira, path).await.led_to(), "/renewal", "nothing is begun");
        stage.begun(&mira).await;
        stage.save(&mira, path, &[("kind", "wage"), ("amount", "3000")]).await;
        let form = stage.page(&mira, path).await;
        for text in ["action=\"/renewal/incomes/add\"", "name=\"amount\" value=\"\""] {
            assert!(form.contains(text), "{text}: {form}");
        }
        assert!(!form.contains("checked") && !form.contains("Välj vad det är."), "nothing is wrong yet: {form}");
        for person in [couple.mira, couple.johan] {
            assert!(form.contains(&format!("value=\"{person}\"")), "{form}");
        }
        assert!(!form.contains(&stage.home.person.to_string()), "{form}");
        assert_eq!(stage.look(&johan, path).await.led_to(), "/home", "the draft is the other adult's");
        assert_eq!(stage.look(&mira, "/renewal/loans/add").await.status, StatusCode::NOT_FOUND);

        stage.begun(&stage.home.citizen).await;
        let alone = stage.page(&stage.home.citizen, path).await;
        assert!(alone.contains("<input type=\"hidden\" name=\"person\""), "who lives alone is not asked: {alone}");
    }
}
