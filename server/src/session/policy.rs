//! Who may do what: the only maker of actors.
//!
//! A [`Citizen`], [`Reader`], [`Caseworker`] or [`Admin`] exists only when a session said so in this request. Functions that touch what only they may
//! take them as arguments, so that a check cannot be forgotten; so with the renewals that are a citizen's own (`own_renewal`).

use app::document::Viewer;
use app::model::PersonName;
use domain::id::{CaseId, PersonId, StaffId};
use domain::renewal::state::SignerRole;
use uuid::Uuid;

use crate::db::Object;
use crate::http::visit::Principal;

/// A citizen with an ongoing case, logged in.
#[derive(Clone)]
pub(crate) struct Citizen {
    pub(super) person: PersonId,
    pub(super) case: CaseId,
    pub(super) signs_as: SignerRole,
    pub(super) name: PersonName,
}

impl Citizen {
    pub(crate) fn person(&self) -> PersonId {
        self.person
    }

    pub(crate) fn case(&self) -> CaseId {
        self.case
    }

    /// As whom they sign.
    pub(crate) fn signs_as(&self) -> SignerRole {
        self.signs_as
    }

    pub(crate) fn name(&self) -> PersonName {
        self.name.clone()
    }
}

/// A citizen, logged in, who reads what is theirs: in an ongoing case, or what they had in one that is closed or that they have left.
#[derive(Clone)]
pub(crate) struct Reader {
    pub(super) person: PersonId,
    pub(super) name: PersonName,
    /// The ongoing case in which they are served, and as whom they sign in it.
    pub(super) served: Option<(CaseId, SignerRole)>,
}

impl Reader {
    pub(crate) fn person(&self) -> PersonId {
        self.person
    }

    pub(crate) fn name(&self) -> PersonName {
        self.name.clone()
    }

    /// The same, where they have an ongoing case.
    pub(crate) fn citizen(&self) -> Option<Citizen> {
        let (case, signs_as) = self.served?;
        Some(Citizen { person: self.person, case, signs_as, name: self.name.clone() })
    }

    /// What the trail says that they looked at where it is no one thing: their case, or themselves where they have none.
    pub(crate) fn object(&self) -> Object {
        self.served.map_or(Object::Person(self.person), |(case, _)| Object::Case(case))
    }
}

/// A caseworker, logged in.
#[derive(Clone)]
pub(crate) struct Caseworker {
    pub(super) staff: StaffId,
    pub(super) name: String,
    pub(super) unread: u32,
    pub(super) has_clearance: bool,
    /// For who supervises: how many readings of closed cases no supervisor has seen.
    pub(super) supervises: Option<u32>,
}

impl Caseworker {
    pub(crate) fn staff(&self) -> StaffId {
        self.staff
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Whether they are told of what colleagues do.
    pub(crate) fn supervises(&self) -> bool {
        self.supervises.is_some()
    }
}

/// A caseworker with clearance for the cases of people with protected identity (särskild behörighet).
#[derive(Clone)]
pub(crate) struct Cleared(Caseworker);

impl Cleared {
    pub(super) fn of(caseworker: Caseworker) -> Option<Self> {
        caseworker.has_clearance.then_some(Self(caseworker))
    }

    pub(crate) fn staff(&self) -> StaffId {
        self.0.staff
    }
}

/// A caseworker who is told of what colleagues do that somebody else must know of (arbetsledare).
#[derive(Clone)]
pub(crate) struct Supervisor(Caseworker);

impl Supervisor {
    pub(super) fn of(caseworker: Caseworker) -> Option<Self> {
        caseworker.supervises.is_some().then_some(Self(caseworker))
    }

    pub(crate) fn staff(&self) -> StaffId {
        self.0.staff
    }
}

/// An administrator, logged in.
#[derive(Clone)]
pub(crate) struct Admin {
    pub(super) staff: StaffId,
    pub(super) name: String,
}

impl Admin {
    pub(crate) fn staff(&self) -> StaffId {
        self.staff
    }
}

/// Those who come in by the eID.
macro_rules! citizens {
    ($($who:ty),*) => {$(
        impl Principal for $who {
            fn viewer(&self) -> Viewer {
                Viewer::Citizen { name: self.name() }
            }

            fn id(&self) -> Uuid {
                self.person.0
            }

            fn session_address(&self) -> &'static str {
                "/session"
            }
        }
    )*};
}

citizens!(Citizen, Reader);

impl Principal for Caseworker {
    fn viewer(&self) -> Viewer {
        Viewer::Caseworker {
            name: self.name.clone(),
            unread: self.unread,
            has_clearance: self.has_clearance,
            unseen_readings: self.supervises,
        }
    }

    fn id(&self) -> Uuid {
        self.staff.0
    }

    fn session_address(&self) -> &'static str {
        "/staff/session"
    }
}

/// Those who are caseworkers with something more.
macro_rules! caseworkers {
    ($($who:ty),*) => {$(
        impl Principal for $who {
            fn viewer(&self) -> Viewer {
                self.0.viewer()
            }

            fn id(&self) -> Uuid {
                self.0.id()
            }

            fn session_address(&self) -> &'static str {
                self.0.session_address()
            }
        }
    )*};
}

caseworkers!(Cleared, Supervisor);

impl Principal for Admin {
    fn viewer(&self) -> Viewer {
        Viewer::Administrator { name: self.name.clone() }
    }

    fn id(&self) -> Uuid {
        self.staff.0
    }

    fn session_address(&self) -> &'static str {
        "/admin/session"
    }
}
