//! `POST /admin/sources/{id}/switch`: a source is switched on or off: whether it is asked when somebody renews.

use domain::id::SourceId;
use serde::Deserialize;

use crate::authority::store;
use crate::db::{Action, Object};
use crate::http::{Fields, Path, Problem, Reply, Visit};
use crate::session::policy::Admin;

/// The form of the switch.
#[derive(Deserialize)]
pub(crate) struct Posted {
    enabled: Wanted,
}

/// As the form sends it.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Wanted {
    On,
    Off,
}

/// Pressed twice, or on a stale page, it changes nothing the second time.
pub(crate) async fn act(mut visit: Visit<Admin>, Path(id): Path<SourceId>, Fields(posted): Fields<Posted>) -> Reply {
    let tx = &mut visit.tx;
    let was_on = store::lock(tx, id).await?.ok_or(Problem::NotFound)?;
    let on = posted.enabled == Wanted::On;
    if on != was_on {
        store::switch(tx, id, on).await?;
        tx.audit(Action::SwitchedSource, Object::Source(id)).await?;
    }
    visit.see_other(&format!("/admin/sources/{id}")).await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::authority::Agency;
    use sqlx::PgPool;

    use crate::test_support::Connected;

    #[sqlx::test(migrations = "../migrations")]
    async fn a_source_is_switched_off_and_on(pool: PgPool) {
        let stage = Connected::new(pool).await;
        let source = stage.add_agency(Agency::Csn).await;
        let page = format!("/admin/sources/{source}");
        let switch = format!("{page}/switch");
        for wanted in ["off", "off", "on"] {
            let pressed = stage.press(&switch, &[("enabled", wanted)]).await;
            assert_eq!(pressed.location.as_ref(), Some(&page));
            assert_eq!(stage.enabled(source).await, wanted == "on");
        }
        let switched = ("admin".to_owned(), "switched-source".to_owned());
        assert_eq!(stage.audited(source).await, [switched.clone(), switched], "the second press changed nothing");
        assert!(stage.page(&page).await.contains("Ändrat av ali"));
        for fields in [vec![], vec![("enabled", "")], vec![("enabled", "perhaps")]] {
            assert!(stage.press(&switch, &fields).await.status.is_client_error(), "{fields:?}");
        }
        assert!(stage.enabled(source).await);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nobody_else_switches_a_source(pool: PgPool) {
        let stage = Connected::new(pool).await;
        let source = stage.add_agency(Agency::Fk).await;
        let switch = format!("/admin/sources/{source}/switch");
        for (host, cookie) in stage.strangers() {
            let refused = stage.towns.post(host, cookie, &switch, &[("enabled", "off")]).await;
            assert!([StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&refused.status), "{}", refused.status);
        }
        let away = &stage.towns.away;
        let elsewhere = stage.towns.post(&away.host, &away.admin, &switch, &[("enabled", "off")]).await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
        assert!(stage.enabled(source).await && stage.audited(source).await.is_empty());
    }
}
