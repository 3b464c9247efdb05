//! How much waits in the cases of people with protected identity, as two metrics: nobody sees it in the ordinary inbox, so an alert goes by
//! them.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::outage::Outage;
use crate::db::{DbError, SystemTx};
use crate::service::Service;

/// How often it is counted.
const EVERY: Duration = Duration::from_mins(1);

/// Counts until `stop` is done.
pub(crate) async fn watch(service: Arc<Service>, stop: impl Future<Output = ()> + Send) {
    let mut stop = pin!(stop);
    let mut outage = Outage::new("The count of what waits in protected cases");
    loop {
        let pause = match count(&service).await {
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
}

async fn count(service: &Service) -> Result<(), DbError> {
    let mut tx = SystemTx::begin(&service.db).await?;
    let waiting = tx.protected_waiting().await?;
    tx.commit().await?;
    let age = waiting.oldest.map_or(0, |oldest| age(service.clock.business(), oldest));
    metrics::gauge!("fornya_protected_waiting").set(waiting.count);
    metrics::gauge!("fornya_protected_oldest_seconds").set(age);
    Ok(())
}

/// Whole seconds, as far as a gauge can hold them.
fn age(now: Timestamp, oldest: Timestamp) -> u32 {
    u32::try_from(now.as_second() - oldest.as_second()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use metrics_exporter_prometheus::PrometheusBuilder;
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::{Statement, Towns};

    async fn measured(stage: &Towns) -> String {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        let _guard = metrics::set_default_local_recorder(&recorder);
        count(&stage.service).await.unwrap();
        handle.render()
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_waits_in_closed_cases_is_counted_over_all_municipalities(pool: PgPool) {
        let (stage, _) = Towns::at_rest(pool).await;
        assert!(measured(&stage).await.contains("fornya_protected_waiting 0"));
        stage.signed(stage.home.case, "2026-12", &Statement::default()).await;
        assert!(measured(&stage).await.contains("fornya_protected_waiting 0"), "an open case is in the inbox");
        let hidden = stage.hidden_case().await;
        stage.signed(hidden, "2026-12", &Statement::default()).await;
        assert!(measured(&stage).await.contains("fornya_protected_waiting 1"));
        stage.protect(stage.home.person).await;
        let told = measured(&stage).await;
        assert!(told.contains("fornya_protected_waiting 2"), "it came to be protected: {told}");
        let age = told.lines().find_map(|line| line.strip_prefix("fornya_protected_oldest_seconds "));
        let days = age.unwrap().parse::<u32>().unwrap() / (24 * 60 * 60);
        assert_eq!(days, 6, "from noon on the 18th of November to noon on the 24th");
    }
}
