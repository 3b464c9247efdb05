//! `/renewal/withdraw`: a begun, unsigned renewal is taken back by who began it, after a question; or one's own part of another's.

use app::citizen::model::Withdraw;
use app::citizen::withdraw;

use domain::renewal::Part;
use serde::Deserialize;

use super::own_part;
use super::work::{Work, named};
use crate::case::proofs;
use crate::db::{Action, DbError, Object, TenantTx, query};
use crate::http::{Fields, Problem, Reply, Visit};
use crate::session::own_renewal::LockedRenewal;
use crate::session::policy::Citizen;

#[derive(Deserialize)]
pub(crate) struct Posted {
    /// Which draft the page asked about.
    #[serde(default)]
    of: Option<String>,
    part: Part,
}

/// `GET`: the question before it.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let work = Work::read(&mut visit.tx, &visit.actor, &visit.here).await?;
    let other = work.members.iter().find(|one| one.signs_as.is_some() && one.person != visit.actor.person());
    let other = other.map(|member| member.name.called().to_owned());
    let question = Withdraw { month: work.renewal.month(), part: work.part(), of: work.named(), other };
    visit.page(withdraw::page(question)).await
}

/// `POST`: it will not be sent. Another can be begun as long as the month is open.
pub(crate) async fn act(mut visit: Visit<Citizen>, Fields(posted): Fields<Posted>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let (locked, part) = Work::lock(tx, actor, here).await?;
    let of = named(part, &locked, actor.person());
    // The page asked about another draft: it asks anew.
    if part != posted.part || posted.of.is_some_and(|asked| asked != of) {
        return Err(Problem::see_other("/renewal/withdraw"));
    }
    match part {
        Part::Whole => {
            take_back(tx, &locked, actor).await?;
            tx.audit(Action::Withdrew, Object::Renewal(locked.id())).await?;
        }
        Part::Own => own_part::remove(tx, actor, &locked).await?,
    }
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
    proofs::remove_of_draft(tx, renewal.id()).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, audited};

    const PATH: &str = "/renewal/withdraw";

    const WHOLE: [(&str, &str); 1] = [("part", "whole")];

    #[sqlx::test(migrations = "../migrations")]
    async fn what_was_begun_is_taken_back_and_both_know(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        assert_eq!(stage.look(&mira, PATH).await.led_to(), "/renewal", "nothing is begun");
        stage.begun(&mira).await;
        assert_eq!(stage.look(&johan, PATH).await.led_to(), "/home", "it is hers");
        assert_eq!(stage.send(&johan, PATH, &WHOLE).await.led_to(), "/home");
        let question = stage.page(&mira, PATH).await;
        assert!(question.contains("Johan får veta det"), "{question}");
        assert_eq!(stage.send(&mira, PATH, &WHOLE).await.led_to(), "/home");
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
        assert_eq!(stage.send(&home.citizen, PATH, &WHOLE).await.led_to(), "/renewal/receipt");
        assert_eq!(stage.count("select count(*) from renewal where state = 'submitted'").await, 1);
    }
}
