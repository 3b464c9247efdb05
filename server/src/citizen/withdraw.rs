//! `/renewal/withdraw`: a begun, unsigned renewal is taken back by who began it, after a question.

use app::citizen::model::Withdraw;
use app::citizen::withdraw;

use super::work::Work;
use crate::db::{Action, DbError, Object, TenantTx, query};
use crate::http::{Reply, Visit};
use crate::session::own_renewal::{LockedRenewal, OwnRenewal};
use crate::session::policy::Citizen;

/// `GET`: the question before it.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let work = Work::read(&mut visit.tx, &visit.actor, &visit.here).await?;
    let other = work.members.iter().find(|one| one.signs_as.is_some() && one.person != visit.actor.person());
    let question = Withdraw { month: work.renewal.month(), other: other.map(|member| member.name.called().to_owned()) };
    visit.page(withdraw::page(question)).await
}

/// `POST`: it will not be sent. Another can be begun as long as the month is open.
pub(crate) async fn act(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewals = OwnRenewal::all(tx, actor).await?;
    let locked = Work::lock(tx, actor, here, &renewals).await?;
    take_back(tx, &locked, actor).await?;
    tx.audit(Action::Withdrew, Object::Renewal(locked.id())).await?;
    visit.see_other("/home").await
}

/// Notes that a citizen has taken back what was begun, which is still a draft.
pub(super) async fn take_back(tx: &mut TenantTx, renewal: &LockedRenewal, citizen: &Citizen) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    query!(
        r#"
        update renewal set state = 'withdrawn', withdrawn_by = $3, withdrawn_at = $4
         where municipality_id = $1 and id = $2
        "#,
        municipality,
        renewal.id(),
        citizen.person(),
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, audited};

    const PATH: &str = "/renewal/withdraw";

    #[sqlx::test(migrations = "../migrations")]
    async fn what_was_begun_is_taken_back_and_both_know(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        assert_eq!(stage.look(&mira, PATH).await.led_to(), "/renewal", "nothing is begun");
        stage.begun(&mira).await;
        assert_eq!(stage.look(&johan, PATH).await.led_to(), "/home", "it is hers");
        assert_eq!(stage.send(&johan, PATH, &[]).await.led_to(), "/home");
        let question = stage.page(&mira, PATH).await;
        assert!(question.contains("Johan får veta det"), "{question}");
        assert_eq!(stage.send(&mira, PATH, &[]).await.led_to(), "/home");
        let (hers, his) = (stage.page(&mira, "/home").await, stage.page(&johan, "/home").await);
        assert!(his.contains("Mira har tagit tillbaka ansökan för december"), "{his}");
        assert!(!hers.contains("tagit tillbaka"), "she knows: {hers}");
        for home in [&hers, &his] {
            assert!(home.contains("Ansök för december"), "{home}");
        }
        stage.begun(&johan).await;
        assert!(!stage.page(&johan, "/home").await.contains("tagit tillbaka"), "his own is newer");
        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(audited(&mut tx, "withdrew").await, 1);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_was_signed_is_not_taken_back(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        stage.signed(home.case, "2026-12", &Statement::default()).await;
        assert_eq!(stage.send(&home.citizen, PATH, &[]).await.led_to(), "/renewal/receipt");
        assert_eq!(stage.count("select count(*) from renewal where state = 'submitted'").await, 1);
    }
}
