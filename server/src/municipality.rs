//! The municipality of a request: known from the Host header alone.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use app::model::ContactWays;
use domain::NormMonth;
use domain::id::MunicipalityId;
use domain::payout::{PayRule, PaySettings};
use domain::renewal::Window;
use domain::renewal::window::{MonthStanding, WindowSettings};
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use tokio::sync::watch;

use crate::config::Http;
use crate::db::{Db, DbError, MunicipalityRow, SystemTx};

/// How many banking days the bank needs after a decision.
const LEAD_DAYS: u8 = 2;

/// A municipality (kommun) and what it has decided about its service, checked once.
#[derive(Clone)]
pub struct Municipality {
    pub id: MunicipalityId,
    /// Its name, such as `Exempelby kommun`.
    pub name: String,
    /// Its public address without a slash at the end, such as `https://bistand.exempelby.se`.
    pub origin: String,
    /// When a renewal may be made.
    pub window: Window,
    /// When assistance is paid.
    pub pay_rule: PayRule,
    /// How many days a decision may take.
    pub decide_within: Span,
    /// Other ways to reach it.
    pub contact: ContactWays,
}

impl Municipality {
    /// The municipality of a row of the host table.
    pub fn new(row: MunicipalityRow, origin: String) -> Result<Self, DbError> {
        let inconsistent = |column| DbError::Inconsistent { column };
        let day = |day: i16| i8::try_from(day).unwrap_or(i8::MAX);
        let window = WindowSettings {
            opens_day: day(row.window_opens_day),
            closes_day: day(row.window_closes_day),
            late_days: day(row.window_late_days),
        };
        let pay = PaySettings { day: day(row.pay_day), lead_days: LEAD_DAYS };
        Ok(Self {
            id: MunicipalityId(row.id),
            name: row.name,
            origin,
            window: Window::new(window).map_err(|_| inconsistent("municipality.window"))?,
            pay_rule: PayRule::new(pay).map_err(|_| inconsistent("municipality.pay_day"))?,
            decide_within: row.decide_within_days.days(),
            contact: ContactWays {
                phone: row.phone,
                phone_hours: row.phone_hours,
                visit: row.visiting_address,
                post: row.postal_address,
            },
        })
    }

    /// The last day for a month: the window's own, and once that has passed, the last day that a late renewal is taken.
    pub fn until(&self, month: NormMonth, today: Date) -> Date {
        match self.window.standing(month, today) {
            MonthStanding::NotYet { .. } | MonthStanding::Open { .. } => self.window.closes(month),
            MonthStanding::Late { .. } | MonthStanding::Closed => self.window.last_day(month),
        }
    }

    /// The day by which a renewal that arrived on this day is to be decided.
    pub fn due(&self, arrived: Date) -> Option<Date> {
        arrived.checked_add(self.decide_within).ok()
    }
}

/// For how long the hosts that there are count as all that there are, so that invented ones do not reach the database.
const HOSTS_KEPT: Duration = Duration::from_secs(5);

/// Whose a host is could not be found out. Those who asked at once are told the same.
#[derive(Debug, Clone, thiserror::Error)]
pub enum HostError {
    #[error(transparent)]
    Db(Arc<DbError>),
    #[error("the reading of the hosts ended badly")]
    Lost,
}

impl From<DbError> for HostError {
    fn from(error: DbError) -> Self {
        Self::Db(Arc::new(error))
    }
}

/// The hosts that there are, once they have been read.
type Hosts = watch::Receiver<Option<Result<Arc<HashSet<String>>, HostError>>>;

/// Finds municipalities by host, and remembers those it has found. A municipality is never removed while the service runs.
pub struct Municipalities {
    scheme: &'static str,
    port: Option<u16>,
    known: RwLock<HashMap<String, Arc<Municipality>>>,
    /// What is read or was last, and since when.
    hosts: Mutex<Option<(Instant, Hosts)>>,
    pub(crate) hosts_kept: Duration,
}

impl Municipalities {
    pub fn new(settings: &Http) -> Self {
        Self {
            scheme: settings.public_scheme.as_str(),
            port: settings.public_port.map(NonZeroU16::get),
            known: RwLock::default(),
            hosts: Mutex::default(),
            hosts_kept: HOSTS_KEPT,
        }
    }

    /// The municipality that a Host header names, or none. The header is compared whole: case and port included in the address that
    /// the municipality is known by.
    pub async fn at(&self, db: &Db, host_header: &str) -> Result<Option<Arc<Municipality>>, HostError> {
        let host = host_header.to_ascii_lowercase();
        if let Some(known) = self.known(&host) {
            return Ok(Some(known));
        }
        match self.host_name(&host) {
            Some(name) if self.is_host(db, name).await? => Ok(self.added(db, &host).await?),
            _ => Ok(None),
        }
    }

    /// The same of one that may have been added just now.
    pub async fn added(&self, db: &Db, host: &str) -> Result<Option<Arc<Municipality>>, DbError> {
        if let Some(known) = self.known(host) {
            return Ok(Some(known));
        }
        let Some(name) = self.host_name(host) else { return Ok(None) };
        let mut tx = SystemTx::begin(db).await?;
        let row = tx.municipality_at(name).await?;
        tx.commit().await?;
        let Some(row) = row else { return Ok(None) };
        let found = Arc::new(Municipality::new(row, format!("{}://{host}", self.scheme))?);
        if let Ok(mut known) = self.known.write() {
            known.insert(host.to_owned(), Arc::clone(&found));
        }
        Ok(Some(found))
    }

    fn known(&self, host: &str) -> Option<Arc<Municipality>> {
        self.known.read().ok()?.get(host).cloned()
    }

    async fn is_host(&self, db: &Db, name: &str) -> Result<bool, HostError> {
        let mut hosts = self.hosts(db);
        let read = hosts.wait_for(Option::is_some).await.ok().and_then(|read| read.clone());
        Ok(read.ok_or(HostError::Lost)??.contains(name))
    }

    /// What was read of late or is being read. It is read aside from whoever asks, once for all who do meanwhile.
    fn hosts(&self, db: &Db) -> Hosts {
        let mut last = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((since, hosts)) = &*last
            && since.elapsed() < self.hosts_kept
            && !matches!(*hosts.borrow(), Some(Err(_)))
        {
            return hosts.clone();
        }
        let (db, (told, hosts)) = (db.clone(), watch::channel(None));
        tokio::spawn(async move { told.send_replace(Some(read(&db).await.map(Arc::new).map_err(HostError::from))) });
        *last = Some((Instant::now(), hosts.clone()));
        hosts
    }

    fn host_name<'h>(&self, host: &'h str) -> Option<&'h str> {
        match self.port {
            None => Some(host),
            Some(port) => host.strip_suffix(&port.to_string())?.strip_suffix(':'),
        }
    }
}

async fn read(db: &Db) -> Result<HashSet<String>, DbError> {
    let mut tx = SystemTx::begin(db).await?;
    let hosts = tx.hosts().await?;
    tx.commit().await?;
    Ok(hosts.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use futures::future::join_all;
    use proptest::prelude::*;

    use super::*;
    use crate::test_support::municipality;

    fn municipalities(port: Option<u16>) -> Municipalities {
        Municipalities {
            scheme: "https",
            port,
            known: RwLock::default(),
            hosts: Mutex::default(),
            hosts_kept: HOSTS_KEPT,
        }
    }

    #[tokio::test]
    async fn who_asks_at_once_waits_for_one_reading_and_the_next_for_another() {
        let db = Db::nowhere();
        let municipalities = municipalities(None);
        let failed = async |host: &str| match municipalities.at(&db, host).await {
            Err(HostError::Db(error)) => error,
            _ => panic!("there is no database"),
        };
        let failures = join_all(["a", "b", "c"].map(failed)).await;
        assert!(failures.iter().all(|failure| Arc::ptr_eq(failure, &failures[0])));
        assert!(!Arc::ptr_eq(&failed("d").await, &failures[0]), "a failure is not kept");
    }

    proptest! {
        #[test]
        fn every_day_that_the_table_allows_can_be_used(
            opens in 1i16..=31, closes in 1i16..=31, late in 0i16..=60, pays in 1i16..=31, decides in 1i16..=60,
        ) {
            let row = MunicipalityRow {
                window_opens_day: opens,
                window_closes_day: closes,
                window_late_days: late,
                pay_day: pays,
                decide_within_days: decides,
                ..municipality(MunicipalityId(uuid::Uuid::nil()), "exempelby").row
            };
            prop_assert!(Municipality::new(row, String::new()).is_ok());
        }
    }

    #[test]
    fn the_port_must_be_the_public_one() {
        let with_port = municipalities(Some(8080));
        assert_eq!(with_port.host_name("exempelby.localhost:8080"), Some("exempelby.localhost"));
        assert_eq!(with_port.host_name("exempelby.localhost:8081"), None);
        assert_eq!(with_port.host_name("exempelby.localhost"), None);
        assert_eq!(municipalities(None).host_name("exempelby.localhost"), Some("exempelby.localhost"));
    }
}
