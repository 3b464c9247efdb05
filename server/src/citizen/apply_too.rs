//! `POST /renewal/apply`: the other adult applies too. From now on their authorities may be asked, and are, and they have a part of their own
//! to write in.

use super::own_part;
use super::work::with_own_part;
use crate::case::asking;
use crate::http::{Problem, Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Citizen;

/// Said once; pressed again it changes nothing.
pub(crate) async fn act(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewals = OwnRenewal::all(tx, actor).await?;
    let Some(renewal) = with_own_part(&renewals, actor, here) else { return Err(Problem::see_other("/home")) };
    let renewal = renewal.clone().lock(tx, actor).await?;
    // It may have been signed, decided or taken back since it was found.
    if !renewal.takes_own_part(actor.person()) {
        return Err(Problem::see_other("/home"));
    }
    asking::apply(tx, renewal.id(), actor.person()).await?;
    own_part::begin(tx, actor, &renewal).await?;
    visit.see_other("/renewal").await
}

#[cfg(test)]
mod tests {
    use domain::authority::Agency;
    use domain::renewal::state::SignerRole;
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::{ADULT, Statement, Towns, add_case, add_member, add_source, audited};

    const PATH: &str = "/renewal/apply";

    #[sqlx::test(migrations = "../migrations")]
    async fn who_has_a_case_of_their_own_too_is_asked_about_in_the_one_they_act_in_alone(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let mut tx = stage.tx(&stage.home).await;
        add_source(&mut tx, Agency::Fk).await;
        tx.commit().await.unwrap();
        let (couple, [mira, johan]) = stage.couple().await;
        stage.begun(&mira).await;
        let asked = "select count(distinct person_id) from authority_query";
        stage.page(&johan, "/home").await;
        assert_eq!(stage.count(asked).await, 1, "to look is no act");
        for _ in 0..2 {
            assert_eq!(stage.send(&johan, PATH, &[]).await.led_to(), "/renewal");
        }
        assert_eq!(stage.count(asked).await, 2);
        assert_eq!(stage.count("select count(*) from authority_query").await, 2, "once");
        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(audited(&mut tx, "applied").await, 1);

        // He moves, and has a newer case of his own: what was begun in the old one is not his to act in.
        let own = add_case(&mut tx, "2026-9", None).await;
        add_member(&mut tx, own, couple.johan, ADULT, Some(SignerRole::Applicant)).await;
        sqlx::query("update signer set applies_since = null").execute(tx.connection()).await.unwrap();
        crate::test_support::as_owner(&mut tx).await;
        sqlx::query("update assistance_case set opened_on = '2026-11-01' where id = $1")
            .bind(own.0)
            .execute(tx.connection())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        stage.send(&johan, PATH, &[]).await;
        assert_eq!(stage.count("select count(*) from signer where applies_since is not null").await, 0);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_database_takes_no_question_about_who_has_not_applied(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let mut tx = stage.tx(&stage.home).await;
        add_source(&mut tx, Agency::Fk).await;
        tx.commit().await.unwrap();
        let (couple, [mira, _]) = stage.couple().await;
        let renewal = stage.begun(&mira).await;
        let mut tx = stage.tx(&stage.home).await;
        let refused = asking::ask_all(&mut tx, renewal, couple.johan).await.unwrap_err();
        assert!(format!("{refused:?}").contains("after_own_act"), "{refused:?}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nothing_is_asked_where_nothing_waits(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [_, johan]) = stage.couple().await;
        assert_eq!(stage.send(&johan, PATH, &[]).await.led_to(), "/home", "nothing is begun");
        let renewal = stage.signed(couple.case, "2026-12", &Statement::default()).await;
        stage.decided(renewal, "rejected", "need-not-shown").await;
        let mut tx = stage.tx(&stage.home).await;
        sqlx::query("update signer set applies_since = null").execute(tx.connection()).await.unwrap();
        tx.commit().await.unwrap();
        stage.send(&johan, PATH, &[]).await;
        assert_eq!(stage.count("select count(*) from signer where applies_since is not null").await, 0);
    }
}
