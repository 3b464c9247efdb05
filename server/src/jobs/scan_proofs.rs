//! Files that came while the scanner was away are looked through when it is back. Until then nobody is shown them.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use super::outage::Outage;
use crate::case::{awaited_proofs, proofs};
use crate::db::{Actor, DbError, SystemTx, TenantTx};
use crate::file::Scan;
use crate::service::Service;

/// How often it is asked what waits.
const EVERY: Duration = Duration::from_secs(30);

/// Why nothing more is looked through now.
#[derive(Debug, thiserror::Error)]
enum ScanError {
    #[error("the scanner does not look")]
    Silent,
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Looks until `stop` is done. Without a scanner nothing is looked through.
pub(crate) async fn watch(service: Arc<Service>, stop: impl Future<Output = ()> + Send) {
    let mut stop = pin!(stop);
    let mut outage = Outage::new("The scanner of files");
    while service.files.has_scanner() {
        let pause = match scan(&service).await {
            Ok(()) => {
                outage.over();
                EVERY
            }
            Err(error) => outage.pause(&error),
        };
        if tokio::time::timeout(pause, &mut stop).await.is_ok() {
            return;
        }
    }
    stop.await;
}

/// Looks through some of what waits. Two processes may look at the same file: they find the same.
async fn scan(service: &Service) -> Result<(), ScanError> {
    let mut tx = SystemTx::begin(&service.db).await?;
    let waiting = tx.waiting_proofs().await?;
    tx.commit().await?;
    let (mut looked, asked) = (0_usize, waiting.len());
    metrics::gauge!("fornya_files_waiting").set(u32::try_from(asked).unwrap_or(u32::MAX));
    for (municipality, id) in waiting {
        let begin = || TenantTx::begin(&service.db, municipality, Actor::System, service.clock.business());
        let mut tx = begin().await?;
        let bytes = proofs::unseen(&mut tx, id).await?;
        tx.commit().await?;
        let Some(bytes) = bytes else { continue };
        let verdict = service.files.look(&bytes).await;
        // One that it cannot look through is not in the way of the others.
        if verdict == Scan::Waiting {
            continue;
        }
        looked += 1;
        let mut tx = begin().await?;
        proofs::set_scan(&mut tx, id, verdict).await?;
        if verdict == Scan::Harmful {
            awaited_proofs::reopen(&mut tx, id).await?;
        }
        tx.commit().await?;
    }
    if looked == 0 && asked > 0 { Err(ScanError::Silent) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::http::StatusCode;
    use domain::id::{ProofId, StatementId};
    use sqlx::PgPool;
    use uuid::Uuid;

    use super::*;
    use crate::file::FileReader;
    use crate::file::scan::tests::{clamd, eicar};
    use crate::test_support::{Statement, Towns, add_waiting_proof, picture};

    fn scanned_at(stage: &mut Towns, address: SocketAddr) {
        let address = address.to_string().parse().unwrap();
        Arc::get_mut(&mut stage.service).unwrap().files = FileReader::new(Some(&address));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_waits_is_looked_through_when_the_scanner_is_back(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let renewal = stage.signed(stage.home.case, "2026-12", &Statement::default()).await;
        let mut ids: Vec<ProofId> = Vec::new();
        for bytes in [b"a picture".to_vec(), eicar()] {
            let mut tx = stage.tx(&stage.home).await;
            let of = StatementId(Uuid::now_v7());
            ids.push(add_waiting_proof(&mut tx, renewal, stage.home.person, of, bytes).await);
            tx.commit().await.unwrap();
        }
        let at = |id: ProofId| format!("/staff/renewals/{renewal}/proofs/{id}");
        let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        scanned_at(&mut stage, gone);
        assert!(matches!(scan(&stage.service).await, Err(ScanError::Silent)));
        for id in &ids {
            assert_eq!(stage.look(&stage.home.caseworker, &at(*id)).await.status, StatusCode::NOT_FOUND);
        }
        scanned_at(&mut stage, clamd().await);
        scan(&stage.service).await.unwrap();
        for (id, status) in ids.iter().zip([StatusCode::OK, StatusCode::NOT_FOUND]) {
            assert_eq!(stage.look(&stage.home.caseworker, &at(*id)).await.status, status);
        }
        let scans = "select count(*) from proof where scan = 'harmful'";
        assert_eq!(stage.count(scans).await, 1);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_file_waits_for_a_scanner_that_is_away_and_a_harmful_one_is_not_kept(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let citizen = stage.home.citizen.clone();
        let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        scanned_at(&mut stage, gone);
        stage.begun(&citizen).await;
        let rent = [("revision", "1"), ("kind", "rent"), ("amount", "6850"), ("month", "2026-12")];
        let path = "/renewal/expenses/add";
        let sent = stage.send_files(&citizen, path, &rent, &[("proof", "a.png", &picture([1, 1, 1]))]).await;
        assert_eq!(sent.led_to(), "/renewal/expenses");
        let list = stage.page(&citizen, "/renewal/expenses").await;
        let form = list.split("href=\"/renewal/expenses/").nth(1).unwrap().split_once('"').unwrap().0.to_owned();
        let page = stage.page(&citizen, &format!("/renewal/expenses/{form}")).await;
        assert!(page.contains("Kontrolleras") && !page.contains("/proofs/"), "{page}");

        scanned_at(&mut stage, clamd().await);
        // A document of one page, with what the scanner finds in a comment.
        let pdf = [
            &b"%PDF-1.4\n% "[..],
            &eicar(),
            b"\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n",
        ]
        .concat();
        let fields = [&[("revision", "2")], &rent[1..]].concat();
        let sent = stage.send_files(&citizen, path, &fields, &[("proof", "avi.pdf", &pdf)]).await;
        let page = stage.page(&citizen, sent.led_to()).await;
        assert!(page.contains("avi.pdf stoppades, eftersom den kan vara skadlig"), "{page}");
        assert_eq!(stage.count("select count(*) from proof").await, 1);
    }
}
