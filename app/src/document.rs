//! The whole HTML document around a page.

use std::sync::Arc;

use leptos::config::LeptosOptions;
use leptos::nonce::Nonce;
use leptos::prelude::*;
use leptos::reactive::owner::Owner;

use crate::i18n::Texts;
use crate::port::{PersonName, Phrase};
use crate::t;

/// What every page needs beside its own data.
#[derive(Clone)]
pub struct Frame {
    /// The words, in the reader's language.
    pub texts: Texts,
    /// Every language that can be chosen: tag and own name, in the order of the list.
    pub languages: Vec<(String, String)>,
    /// The municipality's name, such as `Exempelby kommun`.
    pub municipality: String,
    /// Who looks.
    pub viewer: Viewer,
    /// Whether this is the demo, which says so on every page.
    pub demo: bool,
    /// The path of this page, to come back to from the language form. Never with anything personal in it.
    pub path: String,
    /// The nonce of the Content-Security-Policy header of this response.
    pub nonce: String,
    /// Where style and script are found.
    pub assets: Arc<Assets>,
}

/// Who looks at a page.
#[derive(Clone, PartialEq)]
pub enum Viewer {
    /// Nobody is logged in.
    Anonymous,
    /// A citizen.
    Citizen {
        /// The name that the header shows in short.
        name: PersonName,
    },
    /// A caseworker.
    Caseworker {
        /// The full name.
        name: String,
        /// Notices that have not been seen.
        unread: u32,
    },
    /// An administrator.
    Administrator {
        /// The full name.
        name: String,
    },
}

impl Viewer {
    const fn is_staff(&self) -> bool {
        matches!(self, Self::Caseworker { .. } | Self::Administrator { .. })
    }

    const fn home(&self) -> &'static str {
        match self {
            Self::Anonymous => "/",
            Self::Citizen { .. } => "/home",
            Self::Caseworker { .. } => "/staff/inbox",
            Self::Administrator { .. } => "/admin/sources",
        }
    }
}

/// The addresses of style and script, with their digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// The stylesheet.
    pub css: String,
    /// The picture in the browser's tab.
    pub icon: String,
    /// What the islands' files are called, as Leptos looks for them: `/assets/{islands}.js` and `/assets/{islands}_bg.wasm`.
    pub islands: String,
}

/// One page: its title and what stands between header and footer.
pub struct Page {
    title: Phrase,
    has_errors: bool,
    islands: bool,
    body: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Page {
    /// A page with its title, which is also what the browser's tab shows, and a body that has the page's one `h1`.
    pub fn new<V: IntoAny>(title: Phrase, body: impl FnOnce() -> V + Send + 'static) -> Self {
        Self { title, has_errors: false, islands: false, body: Box::new(move || body().into_any()) }
    }

    /// The same page, with a title that says so when something typed is wrong.
    #[must_use]
    pub const fn with_errors(mut self, has_errors: bool) -> Self {
        self.has_errors = has_errors;
        self
    }

    /// The same page, with script for the islands in it. A page without this loads no script at all.
    #[must_use]
    pub const fn with_islands(mut self, islands: bool) -> Self {
        self.islands = islands;
        self
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
    let scripts = page.islands.then(|| scripts(&frame.assets));
    view! {
        <!DOCTYPE html>
        <html lang=code dir=direction>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="robots" content="noindex"/>
                <meta name="format-detection" content="telephone=no"/>
                <title>{title}</title>
                <link rel="icon" type="image/svg+xml" href=frame.assets.icon.clone()/>
                <link rel="stylesheet" href=frame.assets.css.clone()/>
                {scripts}
            </head>
            <body class=if frame.viewer.is_staff() { "staff" } else { "citizen" }>
                <a class="skip" href="#main">{t!("document-skip")}</a>
                <Header frame=frame.clone()/>
                <main id="main" tabindex="-1">{(page.body)()}</main>
                <footer><p>{t!("document-footer", municipality = frame.municipality)}</p></footer>
            </body>
        </html>
    }
}

/// Leptos' own script, which loads the islands' files and wakes each island of the page, outer ones first. Its way of naming files by
/// digest reads a file beside the program at each page, so the digest is part of the name that it is given instead.
fn scripts(assets: &Assets) -> impl IntoView + use<> {
    let options = LeptosOptions::builder().output_name(assets.islands.as_str()).site_pkg_dir("assets").build();
    view! { <HydrationScripts options islands=true/> }
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
        Viewer::Caseworker { unread, .. } => vec![
            ("/staff/inbox", t!("document-inbox"), None),
            ("/staff/notices", t!("document-notices"), (unread > 0).then(|| t!("document-unread", count = unread))),
        ],
        Viewer::Administrator { .. } => vec![("/admin/sources", t!("document-sources"), None)],
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
mod tests {
    use super::*;
    use crate::i18n::Catalogue;
    use crate::islands::AnswersArriving;
    use crate::ui::{ErrorSummary, Field, PageHead, field_errors, field_state};

    fn frame(language: &str, viewer: Viewer) -> Frame {
        let catalogue = Catalogue::load().unwrap();
        Frame {
            texts: catalogue.texts(language).unwrap(),
            languages: catalogue.languages().map(|l| (l.code().to_owned(), l.name().to_owned())).collect(),
            municipality: "Exempelby kommun".to_owned(),
            viewer,
            demo: false,
            path: "/home".to_owned(),
            nonce: "the-nonce".to_owned(),
            assets: Arc::new(Assets {
                css: "/assets/style.css".to_owned(),
                icon: "/assets/icon.svg".to_owned(),
                islands: "islands.0123".to_owned(),
            }),
        }
    }

    fn plain() -> Page {
        Page::new(Phrase::new("home-title"), || view! { <PageHead title="Hem"/> })
    }

    fn with_island() -> Page {
        let body = || {
            view! {
                <AnswersArriving
                    pending=2
                    address="/pending".to_owned()
                    waiting="Waiting".to_owned()
                    arrived="Arrived".to_owned()
                    gave_up="Gave up".to_owned()
                />
            }
        };
        Page::new(Phrase::new("home-title"), body).with_islands(true)
    }

    #[test]
    fn a_page_without_an_island_loads_no_script() {
        let html = render(frame("sv", Viewer::Anonymous), plain());
        assert!(!html.contains("<script") && !html.contains(".wasm"), "{html}");
        assert_eq!(html.matches("<h1").count(), 1);
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"sv\" dir=\"ltr\">"), "{html}");
    }

    #[test]
    fn a_page_with_an_island_loads_script_by_nonce() {
        let html = render(frame("sv", Viewer::Anonymous), with_island());
        assert_eq!(html.matches("<script").count(), 1, "{html}");
        assert!(html.contains("nonce=\"the-nonce\""), "{html}");
        assert!(html.contains("data-component=\"AnswersArriving_"), "{html}");
        assert!(html.contains("<p role=\"status\">Waiting</p>"), "{html}");
    }

    #[test]
    fn the_demo_says_so() {
        let demo = Frame { demo: true, ..frame("sv", Viewer::Anonymous) };
        assert!(render(demo, plain()).contains("class=\"demo\""));
        assert!(!render(frame("sv", Viewer::Anonymous), plain()).contains("class=\"demo\""));
    }

    #[test]
    fn each_viewer_has_their_own_way_out_and_no_other_role_s_pages() {
        let petra = PersonName { given: "Petra".to_owned(), family: "Nilsson".to_owned() };
        let citizen = render(frame("sv", Viewer::Citizen { name: petra }), plain());
        assert!(citizen.contains("action=\"/logout\"") && !citizen.contains("/staff"), "{citizen}");
        let caseworker = Viewer::Caseworker { name: "Sara Lind".to_owned(), unread: 3 };
        let caseworker = render(frame("sv", caseworker), plain());
        assert!(caseworker.contains("action=\"/staff/logout\"") && !caseworker.contains("/admin"), "{caseworker}");
        assert!(caseworker.contains("3 nya"), "{caseworker}");
        let administrator = render(frame("sv", Viewer::Administrator { name: "Ali Demir".to_owned() }), plain());
        assert!(!administrator.contains("/staff/inbox"), "{administrator}");
        let anonymous = render(frame("sv", Viewer::Anonymous), plain());
        assert!(!anonymous.contains("logout"), "{anonymous}");
    }

    #[test]
    fn an_error_has_the_same_words_at_the_field_and_in_the_summary() {
        let message = Phrase::new("home-payouts-none");
        let error = crate::port::FieldError { field: "amount".to_owned(), message };
        let form = crate::port::Form { errors: vec![error], ..Default::default() };
        let body = move || {
            view! {
                <ErrorSummary errors=field_errors(&form)/>
                <Field name="amount" label="Belopp" value="12 \"<!> kronor" state=field_state(&form, "amount")/>
            }
        };
        let page = Page::new(Phrase::new("home-title"), body).with_errors(true);
        let html = render(frame("sv", Viewer::Anonymous), page);
        assert!(html.contains("<title>Fel: "), "{html}");
        assert!(html.contains("<a href=\"#amount\">Du har inga utbetalningar än.</a>"), "{html}");
        assert!(html.contains("</span>Du har inga utbetalningar än.</p>"), "{html}");
        assert!(html.contains("aria-describedby=\"amount-error\""), "{html}");
        assert!(html.contains("value=\"12 &quot;&lt;!&gt; kronor\""), "what was typed is kept: {html}");
    }
}
