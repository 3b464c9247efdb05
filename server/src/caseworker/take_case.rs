//! `POST /staff/open/{id}/take`: a caseworker takes a case that nobody answers for.

use uuid::Uuid;

use super::open_case::Found;
use crate::case::head;
use crate::db::{Action, Object};
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::policy::Caseworker;

/// It is theirs, and open. Of two who press at once the first has it; the other is told whose it is.
pub(crate) async fn act(mut visit: Visit<Caseworker>, Path(about): Path<Uuid>) -> Reply {
    let Visit { actor, tx, .. } = &mut visit;
    let found = Found::by(tx, about).await?.ok_or(Problem::NotFound)?;
    if head::take(tx, found.case, actor.staff()).await? {
        tx.audit(Action::TookCase, Object::Case(found.case)).await?;
        return visit.see_other(&found.page(about)).await;
    }
    visit.see_other(&format!("/staff/open/{about}")).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, audited};

    #[sqlx::test(migrations = "../migrations")]
    async fn the_first_who_takes_a_case_has_it(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let renewal = stage.signed(stage.home.case, "2026-12", &Statement::ordinary()).await;
        let (page, ask) = (format!("/staff/renewals/{renewal}"), format!("/staff/open/{renewal}"));
        let (david, eva) = (stage.colleague("david").await.1, stage.colleague("eva").await.1);
        assert!(stage.page(&david, &ask).await.contains("Ta ärendet"));
        let take = format!("{ask}/take");
        let (one, other) = tokio::join!(stage.send(&david, &take, &[]), stage.send(&eva, &take, &[]));
        let mut led = [one.led_to(), other.led_to()];
        led.sort_unstable();
        assert_eq!(led, [ask.as_str(), page.as_str()], "one has it");
        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(audited(&mut tx, "took-case").await, 1);
        let inbox = stage.page(if one.led_to() == page { &david } else { &eva }, "/staff/inbox?tab=mine").await;
        assert!(inbox.contains("Petra Nilsson"), "{inbox}");
    }
}
