//! What is under way: requests that were pushed, codes that were given, assertions that were used.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::push::Asked;

/// How long a person may take.
const REQUEST_LIFETIME: SignedDuration = SignedDuration::from_mins(20);
/// How long a code can be exchanged.
const CODE_LIFETIME: SignedDuration = SignedDuration::from_secs(60);

/// A person who has logged in or signed, waiting to be told of.
#[derive(Clone)]
pub(super) struct Granted {
    pub(super) asked: Asked,
    /// The person's place in the list.
    pub(super) person: usize,
    pub(super) level: &'static str,
    pub(super) at: Timestamp,
    /// The user signature and the person's certificate as DER, where this was a signing.
    pub(super) signature: Option<(String, Vec<u8>)>,
}

#[derive(Default)]
pub(super) struct Store(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    requests: HashMap<String, (Asked, Timestamp)>,
    codes: HashMap<String, (Granted, Timestamp)>,
    used_assertions: HashMap<String, i64>,
}

impl Store {
    /// Keeps a pushed request under a name that nobody can guess.
    pub(super) fn keep_request(&self, asked: Asked, now: Timestamp) -> String {
        let name = unguessable();
        self.kept(now).requests.insert(name.clone(), (asked, later(now, REQUEST_LIFETIME)));
        name
    }

    /// A request that is under way.
    pub(super) fn request(&self, name: &str, now: Timestamp) -> Option<Asked> {
        self.kept(now).requests.get(name).map(|(asked, _)| asked.clone())
    }

    /// Remembers who is to sign.
    pub(super) fn choose(&self, name: &str, person: usize, now: Timestamp) {
        if let Some((asked, _)) = self.kept(now).requests.get_mut(name) {
            asked.chosen = Some(person);
        }
    }

    /// Ends a request: it can be answered once.
    pub(super) fn end_request(&self, name: &str, now: Timestamp) -> Option<Asked> {
        self.kept(now).requests.remove(name).map(|(asked, _)| asked)
    }

    /// Keeps what a code will be exchanged for.
    pub(super) fn keep_code(&self, granted: Granted, now: Timestamp) -> String {
        let code = unguessable();
        self.kept(now).codes.insert(code.clone(), (granted, later(now, CODE_LIFETIME)));
        code
    }

    /// What a code stands for, once.
    pub(super) fn take_code(&self, code: &str, now: Timestamp) -> Option<Granted> {
        self.kept(now).codes.remove(code).map(|(granted, _)| granted)
    }

    /// Whether this name is seen for the first time (until it could not be used any more).
    pub(super) fn is_first_use(&self, name: String, expires: i64, now: Timestamp) -> bool {
        self.kept(now).used_assertions.insert(name, expires).is_none()
    }

    /// What is kept, without what is too old.
    fn kept(&self, now: Timestamp) -> MutexGuard<'_, Kept> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.requests.retain(|_, (_, until)| now < *until);
        kept.codes.retain(|_, (_, until)| now < *until);
        kept.used_assertions.retain(|_, until| now.as_second() < *until);
        kept
    }
}

/// A name that nobody can guess.
pub(super) fn unguessable() -> String {
    Uuid::new_v4().simple().to_string()
}

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.saturating_add(by).unwrap_or(Timestamp::MAX)
}
