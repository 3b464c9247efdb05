//! Drafts as a citizen of the home town writes them.

use domain::id::RenewalId;

use super::{Answered, Statement, Towns, audited};

impl Towns {
    /// Begins a renewal and gives it. Every source that is there is asked.
    pub(crate) async fn begun(&self, cookie: &str) -> RenewalId {
        assert_eq!(self.send(cookie, "/renewal/begin", &[]).await.led_to(), "/renewal");
        let mut tx = self.tx(&self.home).await;
        let newest = "select id from renewal where state = 'draft' order by id desc limit 1";
        RenewalId(sqlx::query_scalar(newest).fetch_one(tx.connection()).await.unwrap())
    }

    /// Posts a part of a draft from a page that shows it as it is saved now.
    pub(crate) async fn save(&self, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Answered {
        let revision = self.look(cookie, "/renewal/revision").await.number("revision").to_string();
        let mut all = vec![("revision", revision.as_str())];
        all.extend(fields);
        self.send(cookie, path, &all).await
    }

    /// What the form of a page sends back in its field `revision`.
    pub(crate) async fn shown_revision(&self, cookie: &str, path: &str) -> String {
        let page = self.page(cookie, path).await;
        let (_, field) = page.split_once("name=\"revision\" value=\"").unwrap();
        field.split_once('"').unwrap().0.to_owned()
    }

    /// Begins a renewal, looks at what others say and answers that all is as it was: it can be signed.
    pub(crate) async fn written(&self, cookie: &str) -> RenewalId {
        let renewal = self.begun(cookie).await;
        let is_compared_first = self.look(cookie, "/renewal").await.location.is_some();
        let seen = if is_compared_first { "month" } else { "incomes" };
        for (part, fields, next) in [
            ("household", [("phone", "070-174 06 05"), ("household", "same")].as_slice(), "activity"),
            ("activity", &[("activity", "as-planned")], "authorities"),
            ("authorities", &[], seen),
            ("incomes", &[("more", "no")], "expenses"),
            ("expenses", &[("more", "no")], "check"),
            ("message", &[("message", "Hej!")], "check"),
        ] {
            let saved = self.save(cookie, &format!("/renewal/{part}"), fields).await;
            assert_eq!(saved.led_to(), format!("/renewal/{next}"), "{part}");
        }
        renewal
    }

    /// Holds that a part is done when the one who writes says that they have looked at it, and not before.
    pub(crate) async fn is_done_by_looking(&self, path: &str) {
        let (_, [mira, johan]) = self.couple().await;
        assert_eq!(self.send(&mira, path, &[]).await.led_to(), "/renewal", "nothing is begun");
        self.begun(&mira).await;
        assert_eq!(self.send(&johan, path, &[]).await.led_to(), "/home", "the draft is the other adult's");
        assert!(!self.page(&mira, "/renewal").await.contains("Klar"));
        self.page(&mira, path).await;
        assert!(!self.page(&mira, "/renewal").await.contains("Klar"), "what was fetched is not looked at by that");
        assert_eq!(self.send(&mira, path, &[]).await.led_to(), "/renewal/incomes", "what comes next");
        assert_eq!(self.page(&mira, "/renewal").await.matches("Klar").count(), 1);
        let mut tx = self.tx(&self.home).await;
        assert_eq!(audited(&mut tx, "saved-draft").await, 1);
        self.signed(self.home.case, "2026-12", &Statement::default()).await;
        assert_eq!(self.send(&self.home.citizen, path, &[]).await.led_to(), "/renewal/receipt", "it was submitted");
    }

    /// More than an hour has passed since anybody wrote in a draft.
    pub(crate) async fn let_lie(&self) {
        let mut tx = self.tx(&self.home).await;
        sqlx::query("update renewal_draft set saved_at = saved_at - interval '61 minutes'")
            .execute(tx.connection())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// The identifier that a statement finds in the home town.
    pub(crate) async fn value(&self, select: &'static str) -> uuid::Uuid {
        let mut tx = self.tx(&self.home).await;
        sqlx::query_scalar(select).fetch_one(tx.connection()).await.unwrap()
    }

    /// How many rows of the home town a statement counts.
    pub(crate) async fn count(&self, select: &'static str) -> i64 {
        let mut tx = self.tx(&self.home).await;
        sqlx::query_scalar(select).fetch_one(tx.connection()).await.unwrap()
    }
}
