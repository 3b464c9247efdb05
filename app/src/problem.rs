//! Problem pages: each says what happened in a few words, what to do, and shows the id that the log has.

use leptos::prelude::*;

use crate::document::Page;
use crate::model::Phrase;
use crate::t;
use crate::ui::{Isolated, LinkButton, PageHead, PostButton};

/// What went wrong, as far as the one who meets it needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemPage {
    /// There is no such page, or it is not this person's (404).
    NotFound,
    /// Logged in, but not for this (403).
    NotAllowed,
    /// Too many requests (429).
    TooMany,
    /// More than can be done now, or something that is needed is away (503).
    Busy,
    /// Something failed that is not the person's doing (500).
    Broken,
    /// A page for who is logged in, opened by somebody who is not (401).
    NotLoggedIn,
    /// The session has ended; what was saved is kept (401).
    Expired,
    /// The person pressed cancel at the identity provider (200).
    LoginCancelled,
    /// The eID's level of assurance is too low (403).
    LoginLevel,
    /// Another person than the one who was to sign (403).
    LoginWrongPerson,
    /// Too long at the identity provider, or an address that has been used (200).
    LoginExpired,
    /// The identity provider does not answer (503).
    LoginUnreachable,
    /// The identity provider's answer cannot be trusted (400).
    LoginRefused,
    /// Logged in, but not on the municipality's list of staff (403).
    NotStaff,
    /// A form was sent from somewhere else (403).
    WrongOrigin,
    /// A form was larger than any of ours (413).
    TooLarge,
    /// A form was none of ours, or not whole (400).
    NotUnderstood,
}

impl ProblemPage {
    pub const ALL: [Self; 17] = [
        Self::NotFound,
        Self::NotAllowed,
        Self::TooMany,
        Self::Busy,
        Self::Broken,
        Self::NotLoggedIn,
        Self::Expired,
        Self::LoginCancelled,
        Self::LoginLevel,
        Self::LoginWrongPerson,
        Self::LoginExpired,
        Self::LoginUnreachable,
        Self::LoginRefused,
        Self::NotStaff,
        Self::WrongOrigin,
        Self::TooLarge,
        Self::NotUnderstood,
    ];

    /// The code in text keys.
    const fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::NotAllowed => "not-allowed",
            Self::TooMany => "too-many",
            Self::Busy => "busy",
            Self::Broken => "broken",
            Self::NotLoggedIn => "not-logged-in",
            Self::Expired => "expired",
            Self::LoginCancelled => "login-cancelled",
            Self::LoginLevel => "login-level",
            Self::LoginWrongPerson => "login-wrong-person",
            Self::LoginExpired => "login-expired",
            Self::LoginUnreachable => "login-unreachable",
            Self::LoginRefused => "login-refused",
            Self::NotStaff => "not-staff",
            Self::WrongOrigin => "wrong-origin",
            Self::TooLarge => "too-large",
            Self::NotUnderstood => "not-understood",
        }
    }

    /// The keys of its title and its text.
    pub(crate) fn keys(self) -> [String; 2] {
        ["title", "text"].map(|part| format!("problem-{}-{part}", self.code()))
    }
}

/// Where a problem page leads on to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayOn {
    /// The citizens' start page.
    CitizenStart,
    CitizenLogin,
    /// The staff's start page.
    StaffStart,
}

impl WayOn {
    /// The page from which it goes on.
    pub const fn page(self) -> &'static str {
        match self {
            Self::CitizenStart | Self::CitizenLogin => "/",
            Self::StaffStart => "/staff",
        }
    }
}

/// The page of a problem. `again` says after how many seconds the same may be asked again, where that is known. `id` is what the log has; it says nothing about the person.
pub fn page(problem: ProblemPage, again: Option<u32>, id: String, way_on: WayOn) -> Page {
    let [title, text] = problem.keys();
    Page::new(Phrase::new(title.clone()), move || {
        let way = match way_on {
            WayOn::CitizenLogin => view! { <PostButton action="/login" label=t!("problem-to-login")/> }.into_any(),
            WayOn::CitizenStart | WayOn::StaffStart => {
                view! { <LinkButton href=way_on.page() label=t!("problem-to-start")/> }.into_any()
            }
        };
        view! {
            <PageHead title=t!(&title) lead=t!(&text)/>
            {again.map(|seconds| view! { <p>{t!("problem-again", seconds = i64::from(seconds))}</p> })}
            <div class="actions">{way}</div>
            <p class="muted small">{t!("problem-id")}" "<Isolated text=id/></p>
        }
    })
}
