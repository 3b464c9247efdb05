//! `GET /staff/protected`: what has come in the cases of people with protected identity, to who has clearance. No name is shown.

use app::caseworker::model::{ProtectedRow, ProtectedWhat};
use app::caseworker::protected;
use app::model::CaseNumber;
use domain::id::CaseId;
use jiff::SignedDuration;
use jiff_sqlx::{Date as SqlDate, Timestamp as SqlTimestamp};
use uuid::Uuid;

use crate::case::renewal::month;
use crate::db::{Action, DbError, Object, query_as};
use crate::http::{Here, Reply, Visit};
use crate::session::policy::Cleared;

/// How long a decided renewal is listed.
const DECIDED_FOR: SignedDuration = SignedDuration::from_hours(60 * 24);

/// What waits, the oldest first; then what was decided of late.
pub(crate) async fn page(mut visit: Visit<Cleared>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let decided_after = tx.at() - DECIDED_FOR;
    let rows = query_as!(
        Row,
        r#"
        select about as "about!", case_id as "case_id!", case_number as "case_number!", norm_month, is_decided as "is_decided!",
               arrived_at as "arrived_at!"
          from protected_inbox($1, $2)
        "#,
        actor.staff(),
        decided_after,
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let mut cases: Vec<_> = rows.iter().map(|row| CaseId(row.case_id)).collect();
    cases.dedup();
    tx.audit_list(Action::SawProtectedInbox, Object::Case, &cases).await?;
    let rows = rows.into_iter().map(|row| row.shown(here)).collect::<Result<_, _>>()?;
    visit.page(protected::page(rows)).await
}

/// What has come in a closed case.
pub(super) struct Row {
    pub about: Uuid,
    pub case_id: Uuid,
    pub case_number: String,
    pub norm_month: Option<SqlDate>,
    pub is_decided: bool,
    pub arrived_at: SqlTimestamp,
}

impl Row {
    pub(super) fn shown(self, here: &Here) -> Result<ProtectedRow, DbError> {
        let what = match self.norm_month {
            None => ProtectedWhat::Message,
            Some(day) if self.is_decided => ProtectedWhat::Decided(month(day.to_jiff())?),
            Some(day) => ProtectedWhat::Waiting(month(day.to_jiff())?),
        };
        Ok(ProtectedRow {
            about: self.about,
            case_number: CaseNumber(self.case_number),
            what,
            arrived: here.local(self.arrived_at.to_jiff()),
        })
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns};

    const PATH: &str = "/staff/protected";

    #[sqlx::test(migrations = "../migrations")]
    async fn what_has_come_in_a_closed_case_is_listed_without_a_name(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let [cleared, other, _] = stage.cleared().await;
        assert!(stage.page(&cleared, PATH).await.contains("Inget väntar just nu."));
        let hidden = stage.hidden_case().await;
        stage.signed(hidden, "2026-12", &Statement::ordinary()).await;
        stage.signed(stage.home.case, "2026-12", &Statement::ordinary()).await;
        for cookie in [&cleared, &other] {
            let inbox = stage.page(cookie, PATH).await;
            assert!(inbox.contains("2026-3") && inbox.contains("Ansökan för december 2026"), "{inbox}");
            assert!(!inbox.contains("Vera") && !inbox.contains("Petra"), "{inbox}");
        }
        for cookie in [&stage.home.caseworker, &stage.home.admin] {
            assert_eq!(stage.look(cookie, PATH).await.status, StatusCode::FORBIDDEN);
        }
        assert_eq!(stage.get(&stage.away.host, &cleared, PATH).await.status, StatusCode::UNAUTHORIZED);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_message_of_before_is_found_there_until_it_is_opened(pool: PgPool) {
        let (stage, time) = Towns::at_rest(pool).await;
        let [cleared, ..] = stage.cleared().await;
        let fields = [("subject", "question"), ("body", "När får jag besked?")];
        stage.send(&stage.home.citizen, "/messages", &fields).await;
        stage.protect(stage.home.person).await;
        let message: uuid::Uuid = stage.value("select id from message").await;
        let path = format!("/staff/messages/{message}");
        assert_eq!(stage.look(&stage.home.caseworker, &path).await.status, StatusCode::NOT_FOUND);
        assert!(stage.page(&cleared, PATH).await.contains("Nytt meddelande"));
        let opened = stage.send(&cleared, &format!("{PATH}/{message}"), &[("reason", "Läser meddelandet.")]).await;
        assert_eq!(opened.led_to(), path);
        assert!(stage.page(&cleared, &path).await.contains("När får jag besked?"));
        assert!(!stage.page(&cleared, PATH).await.contains("Nytt meddelande"));
        for _ in 0..2 {
            time.pass(29);
            stage.page(&cleared, PATH).await;
        }
        time.pass(5);
        assert!(stage.page(&cleared, &format!("{PATH}/{message}")).await.contains("Nytt meddelande"), "it opens again");
    }
}
