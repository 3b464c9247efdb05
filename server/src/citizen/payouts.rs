//! `GET /payouts`: every payout, planned and past.

use app::citizen::model::Payouts;
use app::citizen::payouts;

use crate::case::payouts as stored;
use crate::db::Action;
use crate::http::{Reply, Visit};
use crate::session::policy::Reader;

/// Planned, and what was made, stopped or cancelled.
pub(crate) async fn page(mut visit: Visit<Reader>) -> Reply {
    let (planned, past) = stored::split(stored::own(&mut visit.tx).await?);
    visit.tx.audit(Action::SawPayouts, visit.actor.object()).await?;
    visit.page(payouts::page(Payouts { planned, past })).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, audited};

    const PATH: &str = "/payouts";

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_planned_and_what_was_made_stands_apart_for_the_household_alone(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, away) = (&stage.home, &stage.away);
        let (couple, cookies) = stage.couple().await;
        let [november, december] = ["2026-11", "2026-12"];
        for month in [november, december] {
            let renewal = stage.signed(couple.case, month, &Statement::default()).await;
            stage.decided(renewal, "granted", "need-by-norm").await;
            let mut tx = stage.tx(home).await;
            let stop = "update payout set state = 'stopped' where decision_id in (
                            select id from decision where renewal_id = $1) and $2 = '2026-11'";
            sqlx::query(stop).bind(renewal.0).bind(month).execute(tx.connection()).await.unwrap();
            tx.commit().await.unwrap();
        }
        for cookie in &cookies {
            let page = stage.page(cookie, PATH).await;
            let (planned, past) = page.split_once("Utförda utbetalningar").unwrap();
            assert!(planned.contains("bistånd för december") && !planned.contains("bistånd för november"), "{planned}");
            assert!(past.contains("bistånd för november") && past.contains("stoppad"), "{past}");
            assert!(page.contains("Mira Nilsson") && page.contains("/calculation\""), "{page}");
        }
        for (host, cookie) in [(&home.host, &home.citizen), (&away.host, &away.citizen)] {
            let page = stage.get(host, cookie, PATH).await.body;
            assert!(page.contains("Ingen utbetalning är planerad.") && !page.contains("Mira"), "{page}");
        }
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "saw-payouts").await, 3);
    }
}
