//! How often somebody may ask: by network, by session and by person, and by class, so that no kind of request uses up another's budget.
//!
//! A session that has been seen to live is counted by itself, so that a town hall or an operator's telephones behind one address do not
//! count as one. What only claims to be a session counts as its network. Counted in each process by itself.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::num::NonZeroU32;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use uuid::Uuid;

use super::class::Budget;
use super::client::Network;
use super::{Class, Wait};

/// How long a session that was seen to live is counted by itself without being seen again. No session is idle for longer.
const SEEN_FOR: Duration = Duration::from_mins(30);

/// What a browser presents as its session, as far as it must be told from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SessionKey(u64);

/// Time since the limits were made.
#[derive(Clone)]
struct Watch(Arc<dyn Fn() -> Duration + Send + Sync>);

impl Watch {
    fn started() -> Self {
        let start = Instant::now();
        Self(Arc::new(move || start.elapsed()))
    }

    fn elapsed(&self) -> Duration {
        (self.0)()
    }
}

impl Clock for Watch {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        self.elapsed().into()
    }
}

type Keyed<K> = RateLimiter<K, DashMapStateStore<K>, Watch, NoOpMiddleware<Nanos>>;

/// The budgets of one kind of client, a class each.
struct Budgets<K: Hash + Eq + Clone>(Vec<Option<Keyed<K>>>);

impl<K: Hash + Eq + Clone> Budgets<K> {
    fn new(of: fn(Class) -> Option<Budget>, times: NonZeroU32, watch: &Watch) -> Self {
        let limiter = |class| {
            let Budget { burst, per_minute } = of(class)?;
            let per = Duration::from_mins(1) / per_minute.saturating_mul(times.get());
            let burst = NonZeroU32::new(burst)?.saturating_mul(times);
            let quota = Quota::with_period(per.max(Duration::from_nanos(1)))?.allow_burst(burst);
            Some(RateLimiter::new(quota, DashMapStateStore::default(), watch.clone()))
        };
        Self(Class::ALL.into_iter().map(limiter).collect())
    }

    fn take(&self, class: Class, key: &K) -> Result<(), Wait> {
        let Some(Some(limiter)) = self.0.get(class as usize) else { return Ok(()) };
        limiter.check_key(key).map_err(|not| Wait(not.wait_time_from(limiter.clock().now())))
    }

    fn forget(&self) {
        for limiter in self.0.iter().flatten() {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        self.0.iter().flatten().map(RateLimiter::len).sum()
    }
}

/// Everybody's budgets.
pub(crate) struct Limits {
    watch: Watch,
    networks: Budgets<Network>,
    sessions: Budgets<SessionKey>,
    persons: Budgets<Uuid>,
    /// Sessions that have been seen to live, and when.
    seen: RwLock<HashMap<SessionKey, Duration>>,
    /// What makes keys of tokens that nobody can foresee.
    keys: RandomState,
}

impl Limits {
    /// Every budget is so many times what its class says.
    pub(crate) fn new(times: NonZeroU32) -> Self {
        Self::by(times, Watch::started())
    }

    /// Ordinary budgets, of which nothing comes back.
    #[cfg(test)]
    pub(crate) fn at_rest() -> Self {
        Self::by(NonZeroU32::MIN, Watch(Arc::new(|| Duration::ZERO)))
    }

    fn by(times: NonZeroU32, watch: Watch) -> Self {
        Self {
            networks: Budgets::new(Class::of_network, times, &watch),
            sessions: Budgets::new(Class::of_session, times, &watch),
            persons: Budgets::new(Class::of_person, times, &watch),
            seen: RwLock::default(),
            keys: RandomState::new(),
            watch,
        }
    }

    pub(crate) fn key(&self, token: &str) -> SessionKey {
        SessionKey(self.keys.hash_one(token))
    }

    /// Lets a request in, before anything is known of who it is.
    pub(crate) fn admit(&self, class: Class, network: Network, session: Option<SessionKey>) -> Result<(), Wait> {
        match session.filter(|session| class.of_session().is_some() && self.was_seen(*session)) {
            Some(session) => self.sessions.take(class, &session),
            None => self.networks.take(class, &network),
        }
    }

    /// Lets a person act, once it is known who it is.
    pub(crate) fn admit_person(&self, class: Class, person: Uuid) -> Result<(), Wait> {
        self.persons.take(class, &person)
    }

    /// This session lives: from now on it is counted by itself.
    pub(crate) fn saw(&self, session: SessionKey) {
        let now = self.watch.elapsed();
        self.seen.write().unwrap_or_else(PoisonError::into_inner).insert(session, now);
    }

    /// This session lives no more, if it ever did: it counts as its network.
    pub(crate) fn has_ended(&self, session: SessionKey) {
        self.seen.write().unwrap_or_else(PoisonError::into_inner).remove(&session);
    }

    fn was_seen(&self, session: SessionKey) -> bool {
        let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner);
        seen.get(&session).is_some_and(|at| self.watch.elapsed().saturating_sub(*at) < SEEN_FOR)
    }

    /// Forgets whoever has a whole budget again. To be called now and then: only what is forgotten takes no memory.
    pub(crate) fn forget(&self) {
        self.networks.forget();
        self.sessions.forget();
        self.persons.forget();
        let now = self.watch.elapsed();
        let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|_, at| now.saturating_sub(*at) < SEEN_FOR);
        seen.shrink_to_fit();
    }

    /// How many budgets are remembered.
    #[cfg(test)]
    fn remembered(&self) -> usize {
        self.networks.len() + self.sessions.len() + self.persons.len() + self.seen.read().unwrap().len()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Limits whose time passes only when it is told to.
    fn at_rest() -> (Limits, impl Fn(Duration)) {
        let time = Arc::new(Mutex::new(Duration::ZERO));
        let now = Arc::clone(&time);
        let limits = Limits::by(NonZeroU32::MIN, Watch(Arc::new(move || *now.lock().unwrap())));
        (limits, move |more| *time.lock().unwrap() += more)
    }

    fn network(address: &str) -> Network {
        Network::of(address.parse().unwrap())
    }

    /// How many are let in until one must wait, and how long.
    fn until_refused(mut admit: impl FnMut() -> Result<(), Wait>) -> (u32, Wait) {
        let mut admitted = 0;
        loop {
            match admit() {
                Ok(()) => admitted += 1,
                Err(wait) => return (admitted, wait),
            }
        }
    }

    #[test]
    fn a_whole_64_has_one_budget_and_the_wait_is_true() {
        let (limits, pass) = at_rest();
        let mut host = 0_u64;
        let mut post = || {
            host += 1;
            limits.admit(Class::Save, network(&format!("2001:db8:1:2::{host:x}")), None)
        };
        let (admitted, wait) = until_refused(&mut post);
        assert_eq!(admitted, 120);
        assert!(wait.seconds() >= 1, "{wait:?}");
        pass(wait.0.saturating_sub(Duration::from_nanos(1)));
        assert!(post().is_err(), "not before");
        pass(Duration::from_nanos(1));
        assert!(post().is_ok(), "but then");
        assert!(limits.admit(Class::Save, network("2001:db8:1:3::1"), None).is_ok(), "another household");
        assert!(limits.admit(Class::View, network("2001:db8:1:2::1"), None).is_ok(), "another class");
    }

    #[test]
    fn a_living_session_is_counted_by_itself_and_an_invented_one_is_not() {
        let (limits, pass) = at_rest();
        let town_hall = network("192.0.2.7");
        let mut invented = 0;
        until_refused(|| {
            invented += 1;
            limits.admit(Class::Save, town_hall, Some(limits.key(&format!("invented {invented}"))))
        });
        let (sara, ali) = (limits.key("sara"), limits.key("ali"));
        assert!(limits.admit(Class::Save, town_hall, Some(sara)).is_err());
        limits.saw(sara);
        limits.saw(ali);
        let (admitted, _) = until_refused(|| limits.admit(Class::Save, town_hall, Some(sara)));
        assert_eq!(admitted, 60);
        assert!(limits.admit(Class::Save, town_hall, Some(ali)).is_ok(), "a colleague behind the same address");
        limits.has_ended(ali);
        assert!(limits.admit(Class::Save, town_hall, Some(ali)).is_err(), "a session that has ended proves nothing");
        pass(SEEN_FOR);
        assert!(!limits.was_seen(sara), "nor does one that nobody has used for so long");
    }

    #[test]
    fn a_person_has_one_budget_in_all_sessions_and_dear_acts_their_own() {
        let (limits, _) = at_rest();
        let person = Uuid::from_u128(1);
        let (messages, wait) = until_refused(|| limits.admit_person(Class::Message, person));
        assert_eq!((messages, wait.seconds()), (10, 60));
        assert_eq!(until_refused(|| limits.admit_person(Class::Ask, person)).0, 12);
        assert!(limits.admit_person(Class::Sign, person).is_ok(), "who has written much may still sign");
        assert!(limits.admit_person(Class::Message, Uuid::from_u128(2)).is_ok());
    }

    #[test]
    fn logging_out_is_never_too_often() {
        let (limits, _) = at_rest();
        for _ in 0..10_000 {
            assert!(limits.admit(Class::Leave, network("192.0.2.7"), None).is_ok());
            assert!(limits.admit_person(Class::Leave, Uuid::from_u128(1)).is_ok());
        }
    }

    #[test]
    fn who_has_a_whole_budget_again_takes_no_memory() {
        let (limits, pass) = at_rest();
        for host in 0..10_000_u128 {
            let address = std::net::Ipv6Addr::from_bits(host << 64);
            limits.admit(Class::View, Network::of(address.into()), None).unwrap();
            limits.saw(limits.key(&host.to_string()));
        }
        assert_eq!(limits.remembered(), 20_000);
        pass(SEEN_FOR);
        limits.forget();
        assert_eq!(limits.remembered(), 0);
    }
}
