//! `POST /renewal/authorities/ask-again`: the sources that failed or answered in part are asked once more.

use super::work::Work;
use crate::case::asking;
use crate::http::{Reply, Visit};
use crate::session::policy::Citizen;

/// Asks about the person themselves. What was signed is not asked about anew.
pub(crate) async fn act(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let (renewal, _) = Work::lock(tx, actor, here).await?;
    asking::ask_again(tx, renewal.id(), actor.person()).await?;
    visit.see_other("/renewal/authorities").await
}

#[cfg(test)]
mod tests {
    use domain::authority::{Agency, Answer, Failure, FailureKind};
    use domain::kind::IncomeKind;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, add_answer, add_source, day, reported};

    fn failed() -> Answer {
        Answer::Failed(Failure { kind: FailureKind::TimedOut, code: None })
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn only_what_failed_about_oneself_is_asked_again(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, _]) = stage.couple().await;
        let (draft, on) = (stage.begun(&mira).await, day(11, 20));
        let mut tx = stage.tx(&stage.home).await;
        let (fk, csn) = (add_source(&mut tx, Agency::Fk).await, add_source(&mut tx, Agency::Csn).await);
        add_answer(&mut tx, draft, couple.mira, fk, on, &failed()).await;
        add_answer(&mut tx, draft, couple.mira, csn, on, &reported(IncomeKind::StudyAid, 4_012, on)).await;
        add_answer(&mut tx, draft, couple.johan, csn, on, &failed()).await;
        tx.commit().await.unwrap();
        for _ in 0..2 {
            let again = stage.send(&mira, "/renewal/authorities/ask-again", &[]).await;
            assert_eq!(again.led_to(), "/renewal/authorities");
            let mut tx = stage.tx(&stage.home).await;
            let asked: Vec<(uuid::Uuid, uuid::Uuid)> =
                sqlx::query_as("select person_id, source_id from authority_query where answered_at is null")
                    .fetch_all(tx.connection())
                    .await
                    .unwrap();
            assert_eq!(asked, [(couple.mira.0, fk.0)], "the second press finds it awaited");
        }
        assert_eq!(stage.count("select count(*) from job").await, 1);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_was_signed_is_not_asked_about_anew(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let signed = stage.signed(home.case, "2026-12", &Statement::default()).await;
        let mut tx = stage.tx(home).await;
        let fk = add_source(&mut tx, Agency::Fk).await;
        add_answer(&mut tx, signed, home.person, fk, day(11, 18), &failed()).await;
        tx.commit().await.unwrap();
        stage.send(&home.citizen, "/renewal/authorities/ask-again", &[]).await;
        assert_eq!(stage.count("select count(*) from job").await, 0);
    }
}
