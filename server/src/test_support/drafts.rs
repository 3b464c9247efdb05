//! Drafts as a citizen of the home town writes them.

use domain::id::RenewalId;

use super::{Answered, Towns};

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

    /// Begins a renewal, looks at what others say and answers that all is as it was: it can be signed.
    pub(crate) async fn written(&self, cookie: &str) -> RenewalId {
        let renewal = self.begun(cookie).await;
        for (part, fields) in [
            ("household", [("phone", "070-174 06 05"), ("household", "same")].as_slice()),
            ("authorities", &[]),
            ("incomes", &[("more", "no")]),
            ("expenses", &[("more", "no")]),
            ("payout", &[]),
            ("message", &[("message", "Hej!")]),
        ] {
            let saved = self.save(cookie, &format!("/renewal/{part}"), fields).await;
            assert_eq!(saved.led_to(), "/renewal", "{part}");
        }
        renewal
    }

    /// How many rows of the home town a statement counts.
    pub(crate) async fn count(&self, select: &'static str) -> i64 {
        let mut tx = self.tx(&self.home).await;
        sqlx::query_scalar(select).fetch_one(tx.connection()).await.unwrap()
    }
}
