//! `/renewal/take-over`: the other adult's begun, unsigned renewal is taken over, after a question: nobody can keep another from applying.

use app::citizen::model::{TakeOver, TakingOver};
use app::citizen::take_over;
use domain::renewal::Stage;

use super::work::to_take_over;
use super::{begin_renewal, withdraw};
use crate::db::{Action, Object};
use crate::http::{Here, Problem, Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Citizen;

/// `GET`: the question before it.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewals = OwnRenewal::all(tx, actor).await?;
    let draft = others(&renewals, actor, here)?;
    let question = TakeOver { month: draft.month(), other: draft.begun_by_name(&tx.vault())? };
    tx.audit(Action::SawHome, Object::Case(actor.case())).await?;
    visit.page(take_over::page(question)).await
}

/// `POST`: the other's is taken back, and one's own is begun from the start. What the other has written stays unseen.
pub(crate) async fn act(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewals = OwnRenewal::all(tx, actor).await?;
    let draft = others(&renewals, actor, here)?.clone().lock(tx, actor).await?;
    // It may have been signed or taken back since it was found.
    if draft.stage() != Stage::Draft {
        return Err(Problem::see_other("/home"));
    }
    withdraw::take_back(tx, &draft, actor).await?;
    tx.audit(Action::TookOver, Object::Renewal(draft.id())).await?;
    begin_renewal::begin(tx, here, actor, draft.month(), &renewals).await?;
    visit.see_other("/renewal").await
}

/// What the other adult has begun and this person may take over now.
fn others<'r>(renewals: &'r [OwnRenewal], citizen: &Citizen, here: &Here) -> Result<&'r OwnRenewal, Problem> {
    match to_take_over(renewals, citizen, here) {
        Some((draft, TakingOver::Now)) => Ok(draft),
        // Why not stands there.
        Some((_, TakingOver::Later | TakingOver::Never)) | None => Err(Problem::see_other("/home")),
    }
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, audited};

    const PATH: &str = "/renewal/take-over";

    #[sqlx::test(migrations = "../migrations")]
    async fn who_was_kept_from_applying_applies_and_both_know(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        for cookie in [&mira, &johan] {
            assert_eq!(stage.look(cookie, PATH).await.led_to(), "/home", "nothing is begun");
        }
        stage.begun(&mira).await;
        stage.save(&mira, "/renewal/message", &[("message", "Bara till handläggaren.")]).await;
        assert_eq!(stage.send(&mira, PATH, &[]).await.led_to(), "/home", "it is hers already");
        assert_eq!(stage.send(&johan, PATH, &[]).await.led_to(), "/home", "she has just written in it");
        assert!(stage.page(&johan, "/home").await.contains("när det har gått en timme"));
        assert_eq!(stage.count("select count(*) from renewal").await, 1);
        stage.let_lie().await;
        let question = stage.page(&johan, PATH).await;
        assert!(question.contains("Ta över ansökan för december") && question.contains("Mira får veta"), "{question}");
        assert_eq!(stage.send(&johan, PATH, &[]).await.led_to(), "/renewal");
        let message = stage.page(&johan, "/renewal/message").await;
        assert!(!message.contains("Bara till handläggaren."), "{message}");
        let hers = stage.page(&mira, "/home").await;
        assert!(hers.contains("Johan har tagit över ansökan för december"), "{hers}");
        assert!(hers.contains("Johan har börjat ansökan för december"), "{hers}");
        assert_eq!(stage.look(&mira, "/renewal/message").await.led_to(), "/home");
        let mut tx = stage.tx(&stage.home).await;
        for (act, times) in [("took-over", 1), ("began-renewal", 2)] {
            assert_eq!(audited(&mut tx, act).await, times, "{act}");
        }
        assert_eq!(stage.count("select count(*) from renewal where state = 'draft'").await, 1);
        assert_eq!(stage.send(&mira, PATH, &[]).await.led_to(), "/home", "nor does she take it back at once");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_was_signed_is_not_taken_over(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [_, johan]) = stage.couple().await;
        stage.signed(couple.case, "2026-12", &Statement::default()).await;
        assert_eq!(stage.send(&johan, PATH, &[]).await.led_to(), "/home");
        assert_eq!(stage.count("select count(*) from renewal where state = 'submitted'").await, 1);
    }
}
