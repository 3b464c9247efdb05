//! `GET /renewal/receipt`: that a renewal has arrived.

use app::citizen::model::Receipt;
use app::citizen::receipt;

use super::work::newest_submitted;
use crate::case::{decisions, head, signers};
use crate::db::{Action, DbError, Object};
use crate::http::{Problem, Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Citizen;

/// The receipt of the newest renewal that has been submitted.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewals = OwnRenewal::all(tx, actor).await?;
    let renewal = newest_submitted(&renewals).ok_or_else(|| Problem::see_other("/home"))?;
    let inconsistent = || DbError::Inconsistent { column: "renewal.submitted_at" };
    let received = here.local(renewal.arrived().ok_or_else(inconsistent)?);
    let signers = signers::of_renewal(tx, renewal.id()).await?;
    tx.audit(Action::SawReceipt, Object::Renewal(renewal.id())).await?;
    let receipt = Receipt {
        renewal: renewal.id(),
        month: renewal.month(),
        reference: renewal.reference().ok_or_else(inconsistent)?.to_owned(),
        received,
        signatures: signers.iter().map(|signer| signer.shown(Some(actor.person()))).collect(),
        caseworker: head::of_case(tx, actor.case()).await?.caseworker(),
        decided_by: here.site.municipality.due(received.date()),
        decision: renewal.decision().map(decisions::own_brief),
    };
    visit.page(receipt::page(receipt)).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns};

    const PATH: &str = "/renewal/receipt";

    #[sqlx::test(migrations = "../migrations")]
    async fn each_adult_reads_who_has_signed_and_what_comes_next_from_their_own_side(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        stage.begun(&stage.home.citizen).await;
        for cookie in [&mira, &stage.home.citizen] {
            assert_eq!(stage.look(cookie, PATH).await.led_to(), "/home", "nothing has arrived");
        }
        stage.signed(couple.case, "2026-11", &Statement::default()).await;
        let newest = stage.signed(couple.case, "2026-12", &Statement::default()).await;
        let mut tx = stage.tx(&stage.home).await;
        let references: Vec<String> =
            sqlx::query_scalar("select reference from renewal where reference is not null order by norm_month")
                .fetch_all(tx.connection())
                .await
                .unwrap();
        let (hers, his) = (stage.page(&mira, PATH).await, stage.page(&johan, PATH).await);
        for page in [&hers, &his] {
            assert!(page.contains(&references[1]) && !page.contains(&references[0]), "the newest month: {page}");
            assert!(page.contains("sara går igenom den") && page.contains("28 november"), "{page}");
        }
        assert!(hers.contains("Johan skriver under") && hers.contains("Du har skrivit under."), "{hers}");
        assert!(his.contains("Mira har skrivit under.") && !his.contains("Johan skriver under"), "{his}");
        assert_eq!(stage.look(&stage.home.citizen, PATH).await.led_to(), "/home", "another household");

        stage.decided(newest, "granted", "need-by-norm").await;
        let decided = stage.page(&mira, PATH).await;
        assert!(decided.contains("Beslut: bifall") && !decided.contains("Johan skriver under"), "{decided}");
    }
}
