//! The whole HTML document around a page.

use std::sync::Arc;

use domain::staff::StaffRole;
use leptos::config::LeptosOptions;
use leptos::nonce::Nonce;
use leptos::prelude::*;
use leptos::reactive::owner::Owner;

use crate::i18n::Texts;
use crate::islands::{SavedElsewhere, SessionWarning};
use crate::model::{PersonName, Phrase};
use crate::t;
use crate::ui::text_area::escape;

/// What every page needs beside its own data.
#[derive(Clone)]
pub struct Frame {
    /// The words, in the reader's language.
    pub texts: Texts,
    /// Every language that can be chosen: tag and own name, in the order of the list.
    pub languages: Vec<(String, String)>,
    /// The municipality's name, such as `Exempelby kommun`.
    pub municipality: String,
    pub viewer: Viewer,
    /// Whether this is the demo, which says so on every page.
    pub demo: bool,
    /// The path of this page, to come back to from the language form. Never with anything personal in it.
    pub path: String,
    /// The nonce of the Content-Security-Policy header of this response.
    pub nonce: String,
    /// Where style and script are found.
    pub assets: Arc<Assets>,
    /// When the session ends, where the one who looks is to be warned of it.
    pub session: Option<SessionEnd>,
}

/// When the session of the one who looks ends, if they do nothing.
#[derive(Clone, PartialEq)]
pub struct SessionEnd {
    pub left: u32,
    /// The address that answers `{"left": seconds}`. A GET makes nothing longer; a POST makes the session longer.
    pub address: String,
    /// Who is logged in, in letters that say nothing and are another's for nobody: what was typed is given back to them alone.
    pub owner: String,
    /// Which of their sessions it is: another of the same person has other letters.
    pub session: String,
}

/// So many seconds before the session ends the warning comes. WCAG 2.2.1 asks for twenty to act in.
const WARNED: u32 = 120;
/// Milliseconds between two questions whether what a page shows has been saved elsewhere.
const WATCHED_EVERY: i32 = 20_000;

/// Who looks at a page.
#[derive(Clone, PartialEq)]
pub enum Viewer {
    /// Nobody is logged in.
    Anonymous,
    Citizen {
        /// The name that the header shows in short.
        name: PersonName,
    },
    Caseworker {
        name: String,
        /// Notices that have not been seen.
        unread: u32,
        /// May read the cases of people with protected identity.
        has_clearance: bool,
        /// For who supervises: readings of such cases that no supervisor has seen.
        unseen_readings: Option<u32>,
    },
    Administrator {
        name: String,
    },
}

impl Viewer {
    const fn is_staff(&self) -> bool {
        matches!(self, Self::Caseworker { .. } | Self::Administrator { .. })
    }

    /// The pages about the one who looks, below every page: address and key of its name.
    const fn own_pages(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Anonymous => &[],
            Self::Citizen { .. } => &[("/sessions", "document-sessions")],
            Self::Caseworker { .. } => &[
                ("/staff/substitutes", "substitutes-title"),
                ("/staff/relations", "relations-title"),
                ("/staff/sessions", "document-sessions"),
            ],
            Self::Administrator { .. } => &[("/admin/sessions", "document-sessions")],
        }
    }

    const fn home(&self) -> &'static str {
        match self {
            Self::Anonymous => "/",
            Self::Citizen { .. } => CITIZEN_HOME,
            Self::Caseworker { .. } => staff_home(StaffRole::Caseworker),
            Self::Administrator { .. } => staff_home(StaffRole::Admin),
        }
    }
}

/// The page that a citizen comes to after logging in.
pub const CITIZEN_HOME: &str = "/home";

/// The page that a member of staff comes to after logging in.
pub const fn staff_home(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Caseworker => "/staff/inbox",
        StaffRole::Admin => "/admin/sources",
    }
}

/// The addresses of style and script, with their digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    pub css: String,
    /// The picture in the browser's tab.
    pub icon: String,
    /// What the islands' files are called, as Leptos looks for them: `/assets/{islands}.js` and `/assets/{islands}_bg.wasm`.
    pub islands: String,
    /// The same for all islands, those that calculate among them.
    pub calculating: String,
}

/// Which islands a page has, and so which files it loads. The later ones hold the earlier.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Islands {
    None,
    Plain,
    Calculating,
}

/// What a page shows that others, or oneself in another window, may save meanwhile.
#[derive(Clone, PartialEq)]
pub struct Watched {
    /// The revision that the page shows.
    pub revision: u32,
    /// The address that answers `{"revision": n}`, and does not make the session longer.
    pub address: String,
    /// Whether it can be a colleague who saves; else it is the same person in another window.
    pub shared: bool,
}

/// One page: its title and what stands between header and footer.
pub struct Page {
    title: Phrase,
    has_errors: bool,
    islands: Islands,
    watched: Option<Watched>,
    body: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Page {
    /// A page with its title, which is also what the browser's tab shows, and a body that has the page's one `h1`.
    pub fn new<V: IntoAny>(title: Phrase, body: impl FnOnce() -> V + Send + 'static) -> Self {
        Self {
            title,
            has_errors: false,
            islands: Islands::None,
            watched: None,
            body: Box::new(move || body().into_any()),
        }
    }

    /// The same page, with a title that says so when something typed is wrong.
    #[must_use]
    pub const fn with_errors(mut self, has_errors: bool) -> Self {
        self.has_errors = has_errors;
        self
    }

    /// The same page, with script for the islands in it.
    #[must_use]
    pub fn with_islands(mut self, islands: bool) -> Self {
        self.islands = self.islands.max(if islands { Islands::Plain } else { Islands::None });
        self
    }

    /// The same page, with script for islands that calculate.
    #[must_use]
    pub fn with_calculation(mut self, calculates: bool) -> Self {
        self.islands = self.islands.max(if calculates { Islands::Calculating } else { Islands::None });
        self
    }

    /// The same page, which tells when what it shows has been saved elsewhere.
    #[must_use]
    pub fn watching(mut self, watched: impl Into<Option<Watched>>) -> Self {
        self.watched = watched.into();
        let has_islands = self.watched.is_some();
        self.with_islands(has_islands)
    }
}

/// The whole document as HTML, as the server writes it: for tests and for looking at pages without a server.
pub fn render(frame: Frame, page: Page) -> String {
    let owner = Owner::new_root(Some(Arc::new(hydration_context::SsrSharedContext::new_islands())));
    owner.with(|| document(frame, page).to_html())
}

/// The whole document. It gives the views below it their words, and Leptos' scripts the nonce by which they are let in.
pub fn document(frame: Frame, page: Page) -> impl IntoView {
    provide_context(frame.texts.clone());
    provide_context(Nonce::from_value(frame.nonce.as_str()));
    let language = frame.texts.language();
    let (code, direction) = (language.code().to_owned(), language.direction().as_str());
    let title = frame.texts.phrase(&page.title);
    let title = t!("document-title", title = title, municipality = frame.municipality.as_str());
    let title = if page.has_errors { t!("document-title-with-errors", title = title) } else { title };
    let islands = page.islands.max(if frame.session.is_some() { Islands::Plain } else { Islands::None });
    let scripts = match islands {
        Islands::None => None,
        Islands::Plain => Some(scripts(&frame.assets.islands)),
        Islands::Calculating => Some(scripts(&frame.assets.calculating)),
    };
    let session = frame.session.clone().map(|session| session_warning(session, frame.viewer.is_staff()));
    let watched = page.watched.map(saved_elsewhere);
    let notes =
        (session.is_some() || watched.is_some()).then(|| view! { <div class="page-notes">{session}{watched}</div> });
    let own = frame.viewer.own_pages().iter().map(|(href, name)| view! { " "<a href=*href>{t!(name)}</a> });
    let own = own.collect_view();
    view! {
        <!DOCTYPE html>
        <html lang=code dir=direction>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="robots" content="noindex"/>
                <meta name="format-detection" content="telephone=no"/>
                // A browser takes what stands in a title for text: Leptos' separators too, so it is written as a whole.
                <title inner_html=escape(&title)/>
                <link rel="icon" type="image/svg+xml" href=frame.assets.icon.clone()/>
                <link rel="stylesheet" href=frame.assets.css.clone()/>
                {scripts}
            </head>
            <body class=if frame.viewer.is_staff() { "staff" } else { "citizen" }>
                <a class="skip" href="#main">{t!("document-skip")}</a>
                <Header frame=frame.clone()/>
                <main id="main" tabindex="-1">{notes}{(page.body)()}</main>
                <footer>
                    <p>{t!("document-footer", municipality = frame.municipality)}{own}</p>
                </footer>
            </body>
        </html>
    }
}

/// Leptos' own script, which loads the islands' files and wakes each island of the page, outer ones first. Its way of naming files by
/// digest reads a file beside the program at each page, so the digest is part of the name that it is given instead.
fn scripts(name: &str) -> impl IntoView + use<> {
    let options = LeptosOptions::builder().output_name(name).site_pkg_dir("assets").build();
    view! { <HydrationScripts options islands=true/> }
}

fn session_warning(session: SessionEnd, staff: bool) -> impl IntoView {
    view! {
        <SessionWarning
            left=session.left
            warn=WARNED
            address=session.address
            login=if staff { "/staff" } else { "/" }.to_owned()
            owner=session.owner
            session=session.session
            soon=t!("session-soon")
            stay_label=t!("session-stay")
            last=t!("session-last")
            stayed=t!("session-stayed")
            ended=t!("session-ended")
            to_login=t!("session-log-in")
            kept=t!("session-kept")
        />
    }
}

fn saved_elsewhere(watched: Watched) -> impl IntoView {
    view! {
        <SavedElsewhere
            revision=watched.revision
            address=watched.address
            every=WATCHED_EVERY
            saved=if watched.shared { t!("saved-by-colleague") } else { t!("saved-in-another-window") }
            look=t!("saved-look")
            look_beside=t!("saved-look-beside")
        />
    }
}

#[component]
fn Header(frame: Frame) -> impl IntoView {
    let initial: String = frame.municipality.chars().take(1).collect();
    view! {
        <header class="top">
            {frame.demo.then(|| view! { <p class="demo">{t!("document-demo")}</p> })}
            <div class="top-bar">
                <a class="brand" href=frame.viewer.home()>
                    <span class="brand-letter" aria-hidden="true">{initial}</span>
                    {frame.municipality.clone()}
                </a>
                <Places viewer=frame.viewer.clone() path=frame.path.clone()/>
                <div class="top-who">
                    <LanguageForm frame=frame.clone()/>
                    <Who viewer=frame.viewer/>
                </div>
            </div>
        </header>
    }
}

/// The pages that staff go between.
#[component]
fn Places(viewer: Viewer, path: String) -> impl IntoView {
    let places = match viewer {
        Viewer::Anonymous | Viewer::Citizen { .. } => return None,
        Viewer::Caseworker { unread, has_clearance, unseen_readings, .. } => {
            let new = |count: u32| (count > 0).then(|| t!("document-unread", count = count));
            let mut places = vec![
                ("/staff/inbox", t!("document-inbox"), None),
                ("/staff/notices", t!("document-notices"), new(unread)),
            ];
            places.extend(has_clearance.then(|| ("/staff/protected", t!("document-protected"), None)));
            places.extend(unseen_readings.map(|unseen| ("/staff/readings", t!("document-readings"), new(unseen))));
            places
        }
        Viewer::Administrator { .. } => {
            vec![
                ("/admin/sources", t!("document-sources"), None),
                ("/admin/officials", t!("document-officials"), None),
                ("/admin/decisions", t!("document-decision-rule"), None),
                ("/admin/other-adult", t!("document-other-adult-rule"), None),
                ("/admin/jobs", t!("document-jobs"), None),
            ]
        }
    };
    let links = places
        .into_iter()
        .map(|(href, name, count)| {
            let current = path.starts_with(href).then_some("page");
            let count = count.map(|count| view! { <span class="tag info">{count}</span> });
            view! { <a href=href aria-current=current>{name}{count}</a> }
        })
        .collect_view();
    Some(view! { <nav class="top-nav" aria-label=t!("document-places")>{links}</nav> })
}

/// One button for each other language, named in that language.
#[component]
fn LanguageForm(frame: Frame) -> impl IntoView {
    let current = frame.texts.language().code().to_owned();
    let buttons = frame
        .languages
        .into_iter()
        .filter(|(code, _)| *code != current)
        .map(|(code, name)| {
            view! { <button class="text-button" type="submit" name="language" value=code.clone() lang=code>{name}</button> }
        })
        .collect_view();
    view! {
        <form method="post" action="/language" aria-label=t!("document-language")>
            <input type="hidden" name="return" value=frame.path/>
            {buttons}
        </form>
    }
}

/// The name of the one who is logged in, and the way out.
#[component]
fn Who(viewer: Viewer) -> impl IntoView {
    let (name, action) = match viewer {
        Viewer::Anonymous => return None,
        Viewer::Citizen { name } => (name.short(), "/logout"),
        Viewer::Caseworker { name, .. } => (t!("document-caseworker", name = name), "/staff/logout"),
        Viewer::Administrator { name } => (t!("document-administrator", name = name), "/staff/logout"),
    };
    Some(view! {
        <span>{name}</span>
        <form method="post" action=action>
            <button class="text-button" type="submit">{t!("document-logout")}</button>
        </form>
    })
}

#[cfg(test)]
pub(crate) mod tests;
