//! `POST /renewal/cosign/decline`: the co-applicant will not sign.

use domain::renewal::state::{Act, SignatureState};

use super::sign_too::lock;
use crate::case::notices::{self, Cause, To};
use crate::case::signers;
use crate::db::{Action, Object};
use crate::http::{Reply, Visit};
use crate::session::policy::Citizen;

/// Noted, and told to the caseworker, once however often it is pressed. They may still change their mind.
pub(crate) async fn act(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewal = lock(tx, here, actor, Act::Decline { role: actor.signs_as() }).await?.id();
    if signers::set(tx, renewal, actor.person(), SignatureState::Declined).await? {
        notices::insert(tx, actor.case(), Cause::CoSignatureDeclined(renewal), To::Responsible).await?;
        tx.audit(Action::DeclinedCoSignature, Object::Renewal(renewal)).await?;
    }
    visit.see_other("/home").await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, audited, stage_of};

    const PATH: &str = "/renewal/cosign/decline";

    #[sqlx::test(migrations = "../migrations")]
    async fn it_is_noted_once_and_told_and_changes_nothing_of_what_was_signed(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let (couple, [mira, johan]) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-12", &Statement::default()).await;
        assert_eq!(stage.send(&mira, PATH, &[]).await.led_to(), "/renewal/receipt", "what is signed stays signed");
        for _ in 0..2 {
            assert_eq!(stage.send(&johan, PATH, &[]).await.led_to(), "/home");
        }
        let mut tx = stage.tx(home).await;
        let states: Vec<(String, String)> =
            sqlx::query_as("select role, state from signer order by role").fetch_all(tx.connection()).await.unwrap();
        let states: Vec<_> = states.iter().map(|(role, state)| (&**role, &**state)).collect();
        assert_eq!(states, [("applicant", "signed"), ("co-applicant", "declined")]);
        assert_eq!(stage_of(&mut tx, renewal).await, "submitted");
        assert_eq!(audited(&mut tx, "declined-co-signature").await, 1);
        let notices = stage.page(&home.caseworker, "/staff/notices").await;
        let told = "Johan Nilsson har valt att inte skriva under ansökan för december";
        assert_eq!(notices.matches(told).count(), 1, "{notices}");
        assert!(stage.page(&johan, "/renewal/cosign").await.contains("Mira har skrivit under"), "minds can be changed");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn there_is_nothing_to_decline_in_a_draft_or_in_another_household(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        stage.begun(&mira).await;
        assert_eq!(stage.send(&johan, PATH, &[]).await.led_to(), "/renewal");
        stage.signed(couple.case, "2026-11", &Statement::default()).await;
        assert_eq!(stage.send(&stage.home.citizen, PATH, &[]).await.led_to(), "/renewal");
        assert_eq!(stage.count("select count(*) from signer where state = 'declined'").await, 0);
    }
}
