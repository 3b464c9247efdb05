//! `GET /renewal`, while nothing has been begun for the open month: what it takes to begin.

use app::citizen::begin;
use app::citizen::model::{BeforeRenewal, OpenMonth};
use domain::renewal::window::Offer;

use super::work::offer;
use crate::db::{Action, Object};
use crate::http::{Problem, Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Citizen;

/// The way to begin; home, where no month is open.
pub(super) async fn page(mut visit: Visit<Citizen>, renewals: &[OwnRenewal]) -> Reply {
    let Some(Offer::Renew { month, until, .. }) = offer(renewals, &visit.here) else {
        return Err(Problem::see_other("/home"));
    };
    visit.tx.audit(Action::SawHome, Object::Case(visit.actor.case())).await?;
    let previous = renewals.first().map(OwnRenewal::month);
    visit.page(begin::page(BeforeRenewal { window: OpenMonth { month, until }, previous })).await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, add_signed, day, month};

    #[sqlx::test(migrations = "../migrations")]
    async fn what_it_takes_to_begin_is_told_until_it_is_begun(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let look = async || stage.get(&home.host, &home.citizen, "/renewal").await.body;
        let first = look().await;
        assert!(first.contains("action=\"/renewal/begin\"") && first.contains("december 2026"), "{first}");
        assert!(!first.contains("likadant som i"), "there is no month before: {first}");

        let mut tx = stage.tx(home).await;
        let (november, on) = (month("2026-11"), day(10, 18));
        add_signed(&stage.service, &mut tx, home.case, november, on, &Statement::default()).await;
        tx.commit().await.unwrap();
        let next = look().await;
        assert!(next.contains("likadant som i november"), "{next}");

        let begun = stage.post(&home.host, &home.citizen, "/renewal/begin", &[]).await;
        assert_eq!((begun.status, begun.location.as_deref()), (StatusCode::SEE_OTHER, Some("/renewal")));
        assert!(!look().await.contains("action=\"/renewal/begin\""));
    }
}
