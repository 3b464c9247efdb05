//! `POST /renewal/{list}/add`: a new income or expense.

use domain::id::StatementId;
use domain::renewal::draft::ItemList;
use uuid::Uuid;

use super::save_item::{Posted, save};
use crate::http::{Fields, Files, Path, Reply, Visit};
use crate::session::policy::Citizen;

/// Saved as typed, at the end of the list.
pub(crate) async fn act(
    visit: Visit<Citizen>,
    Path(which): Path<ItemList>,
    files: Files,
    Fields(posted): Fields<Posted>,
) -> Reply {
    let id = posted.key.unwrap_or_else(|| StatementId(Uuid::now_v7()));
    save(visit, which, id, posted, &files).await
}

#[cfg(test)]
mod tests {
    use domain::renewal::draft::ITEMS_MAX;
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn what_was_typed_is_kept_however_wrong_and_shown_again(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (citizen, person) = (&stage.home.citizen, stage.home.person.to_string());
        stage.send(citizen, "/renewal/begin", &[]).await;
        let wage = |amount| [("kind", "wage"), ("amount", amount), ("date", "2026-11-20"), ("person", &*person)];
        let wrong = stage.save(citizen, "/renewal/incomes/add", &wage("tre tusen")).await;
        let form = stage.page(citizen, wrong.led_to()).await;
        assert!(form.contains("value=\"tre tusen\"") && form.contains("Skriv beloppet med siffror"), "{form}");

        let right = stage.save(citizen, "/renewal/incomes/add", &wage("3 000")).await;
        assert_eq!(right.led_to(), "/renewal/incomes");
        let list = stage.page(citizen, "/renewal/incomes").await;
        let place = |text: &str| list.find(text).unwrap_or_else(|| panic!("{text}: {list}"));
        assert!(place("tre tusen") < place("3 000 kr"), "in the order in which they were added");
        assert!(!stage.page(citizen, "/renewal/expenses").await.contains("3 000 kr"));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn one_is_added_after_another_without_the_list_between(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (citizen, path) = (&stage.home.citizen, "/renewal/incomes/add");
        stage.begun(citizen).await;
        let sold = [("kind", "sale"), ("amount", "500"), ("date", "2026-11-20"), ("more", "on")];
        assert_eq!(stage.save(citizen, path, &sold).await.led_to(), path);
        let list = stage.page(citizen, "/renewal/incomes").await;
        assert!(list.contains("Sålda saker") && list.contains("500 kr"), "{list}");
        let wrong = stage.save(citizen, path, &[("kind", "sale"), ("more", "on")]).await;
        assert_ne!(wrong.led_to(), path, "what is wrong is mended first");
        let form = stage.page(citizen, path).await;
        let place = |text: &str| form.find(text).unwrap_or_else(|| panic!("{text}: {form}"));
        assert!(place("label=\"Arbete\"") < place("value=\"wage\""), "kinds stand in groups: {form}");
        assert!(place("label=\"Från andra\"") < place("value=\"transfer\""), "{form}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_same_form_sent_twice_is_one_item(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (citizen, path) = (&stage.home.citizen, "/renewal/incomes/add");
        stage.begun(citizen).await;
        let form = stage.page(citizen, path).await;
        let (_, key) = form.split_once("name=\"key\" value=\"").unwrap();
        let (key, _) = key.split_once('"').unwrap();
        let fields = [("revision", "1"), ("key", key), ("kind", "wage"), ("amount", "3000"), ("date", "2026-11-20")];
        tokio::join!(stage.send(citizen, path, &fields), stage.send(citizen, path, &fields));
        let list = stage.page(citizen, "/renewal/incomes").await;
        assert_eq!(list.matches("/remove\"").count(), 1, "{list}");
        stage.save(citizen, path, &fields[2..]).await;
        assert_eq!(stage.page(citizen, "/renewal/incomes").await.matches("/remove\"").count(), 2, "another form");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_full_list_takes_no_more(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.send(citizen, "/renewal/begin", &[]).await;
        for _ in 0..=ITEMS_MAX {
            stage.send(citizen, "/renewal/expenses/add", &[("revision", "1"), ("kind", "rent")]).await;
        }
        let list = stage.page(citizen, "/renewal/expenses").await;
        assert_eq!(list.matches("/remove\"").count(), ITEMS_MAX);
        assert_eq!(stage.count("select revision - 1::bigint from renewal_draft").await, 50, "the last is not saved");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nothing_is_added_to_another_adults_draft(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        let fields = [("revision", "1"), ("kind", "wage"), ("amount", "3000")];
        assert_eq!(stage.send(&mira, "/renewal/incomes/add", &fields).await.led_to(), "/renewal", "nothing is begun");
        stage.send(&mira, "/renewal/begin", &[]).await;
        assert_eq!(stage.send(&johan, "/renewal/incomes/add", &fields).await.led_to(), "/home");
        assert!(!stage.page(&mira, "/renewal/incomes").await.contains("/remove\""));
    }
}
