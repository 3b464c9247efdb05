//! How much is done at once: signing before viewing, viewing before fetching.
//!
//! What uses the database shares one measure; the more of it is taken, the fewer classes still get in. What waits for an identity provider
//! or an authority is counted apart, so that one that hangs holds up nothing else. Nothing waits here: who is not let in is told at once
//! when to come again.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::{Class, Wait};

/// So many requests for each connection to the database. A page holds its connection for some milliseconds of its time.
const FOR_EACH_CONNECTION: usize = 8;

/// What is being done.
pub(crate) struct Capacity {
    most: usize,
    shared: AtomicUsize,
    apart: [AtomicUsize; Class::ALL.len()],
}

/// A place among what is being done; given back when dropped, also when a client goes away in the middle.
#[must_use]
pub(crate) struct Place<'a>(&'a AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// What a class may take.
struct Share {
    /// Of everything, in eighths.
    eighths: usize,
    /// Whether it is counted by itself, since it mostly waits for others or costs nothing.
    apart: bool,
    /// When to come again.
    again: Duration,
}

impl Class {
    const fn share(self) -> Share {
        let (eighths, apart, again) = match self {
            Self::Sign | Self::Return => (8, true, 1),
            // A place is held for as long as files come, and what has come of them is in memory.
            Self::Upload => (1, true, 5),
            Self::Leave => (4, true, 1),
            Self::Save | Self::Message => (8, false, 1),
            Self::View => (6, false, 2),
            Self::Login => (4, true, 2),
            Self::Fetch => (4, false, 5),
            Self::Ask => (2, true, 5),
            Self::Asset => (64, true, 1),
        };
        Share { eighths, apart, again: Duration::from_secs(again) }
    }
}

impl Capacity {
    pub(crate) fn new(connections: u32) -> Self {
        let connections = usize::try_from(connections).unwrap_or(usize::MAX);
        Self {
            most: connections.saturating_mul(FOR_EACH_CONNECTION),
            shared: AtomicUsize::new(0),
            apart: Default::default(),
        }
    }

    /// A place for a request, or when to come again.
    pub(crate) fn enter(&self, class: Class) -> Result<Place<'_>, Wait> {
        let Share { eighths, apart, again } = class.share();
        let taken = if apart { &self.apart[class as usize] } else { &self.shared };
        let most = (self.most * eighths / 8).max(1);
        if taken.fetch_add(1, Ordering::AcqRel) < most {
            return Ok(Place(taken));
        }
        taken.fetch_sub(1, Ordering::AcqRel);
        Err(Wait(again))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As many places as there are for a class.
    fn fill(admission: &Capacity, class: Class) -> Vec<Place<'_>> {
        std::iter::from_fn(|| admission.enter(class).ok()).take(1_000).collect()
    }

    #[test]
    fn fetching_gives_way_before_viewing_and_viewing_before_acts() {
        let admission = Capacity::new(16);
        let fetching = fill(&admission, Class::Fetch);
        assert_eq!(fetching.len(), 64);
        let viewing = fill(&admission, Class::View);
        assert_eq!(viewing.len(), 32);
        let saving = fill(&admission, Class::Save);
        assert_eq!(saving.len(), 32);
        for (class, gets_in) in [
            (Class::Fetch, false),
            (Class::View, false),
            (Class::Save, false),
            (Class::Sign, true),
            (Class::Return, true),
            (Class::Leave, true),
        ] {
            assert_eq!(admission.enter(class).is_ok(), gets_in, "{class:?}");
        }
        drop(saving);
        assert!(admission.enter(Class::View).is_err() && admission.enter(Class::Save).is_ok());
        drop(viewing);
        assert!(admission.enter(Class::View).is_ok() && admission.enter(Class::Fetch).is_err());
        drop(fetching);
        assert!(admission.enter(Class::Fetch).is_ok());
    }

    #[test]
    fn an_identity_provider_that_hangs_holds_up_nothing_else() {
        let admission = Capacity::new(2);
        let hanging = fill(&admission, Class::Login);
        assert_eq!(hanging.len(), 8);
        for class in Class::ALL.into_iter().filter(|class| *class != Class::Login) {
            assert!(admission.enter(class).is_ok(), "{class:?}");
        }
    }

    #[test]
    fn who_waits_least_is_told_to_come_again_soonest() {
        let admission = Capacity::new(1);
        let _all = fill(&admission, Class::Save);
        let again = |class| admission.enter(class).err().unwrap().seconds();
        assert!(again(Class::Save) < again(Class::View) && again(Class::View) < again(Class::Fetch));
    }
}
