//! The municipality of a request: known from the Host header alone.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroU16;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use app::model::ContactWays;
use domain::NormMonth;
use domain::id::MunicipalityId;
use domain::payout::{PayRule, PaySettings};
use domain::renewal::Window;
use domain::renewal::window::{MonthStanding, WindowSettings};
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use tokio::sync::Mutex;

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

/// Finds municipalities by host, and remembers those it has found. A municipality is never removed while the service runs.
pub struct Municipalities {
    scheme: &'static str,
    port: Option<u16>,
    known: RwLock<HashMap<String, Arc<Municipality>>>,
    hosts: Mutex<Option<(Instant, HashSet<String>)>>,
}

impl Municipalities {
    pub fn new(settings: &Http) -> Self {
        Self {
            scheme: settings.public_scheme.as_str(),
            port: settings.public_port.map(NonZeroU16::get),
            known: RwLock::default(),
            hosts: Mutex::default(),
        }
    }

    /// The municipality that a Host header names, or none. The header is compared whole: case and port included in the address that
    /// the municipality is known by.
    pub async fn at(&self, db: &Db, host_header: &str) -> Result<Option<Arc<Municipality>>, DbError> {
        let host = host_header.to_ascii_lowercase();
        if let Some(known) = self.known(&host) {
            return Ok(Some(known));
        }
        match self.host_name(&host) {
            Some(name) if self.is_host(db, name).await? => self.added(db, &host).await,
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

    async fn is_host(&self, db: &Db, name: &str) -> Result<bool, DbError> {
        let mut hosts = self.hosts.lock().await;
        if let Some((_, hosts)) = hosts.as_ref().filter(|(read, _)| read.elapsed() < HOSTS_KEPT) {
            return Ok(hosts.contains(name));
        }
        let mut tx = SystemTx::begin(db).await?;
        let read: HashSet<_> = tx.hosts().await?.into_iter().collect();
        tx.commit().await?;
        let is_host = read.contains(name);
        *hosts = Some((Instant::now(), read));
        Ok(is_host)
    }

    fn host_name<'h>(&self, host: &'h str) -> Option<&'h str> {
        match self.port {
            None => Some(host),
            Some(port) => host.strip_suffix(&port.to_string())?.strip_suffix(':'),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::test_support::municipality;

    fn municipalities(port: Option<u16>) -> Municipalities {
        Municipalities { scheme: "https", port, known: RwLock::default(), hosts: Mutex::default() }
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
