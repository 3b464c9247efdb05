//! Writes pages of islands, and what they are to show, for the browser tests: `cargo run -p app --example islands -- <folder>`.
//!
//! The islands that calculate are tried with every worked household of `domain`.

mod calculating;
#[path = "../../../domain/tests/norm/household_file.rs"]
#[expect(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "the tests of domain use the rest, and stop when it is wrong"
)]
mod household_file;
mod nested;

use std::path::PathBuf;
use std::sync::Arc;
use std::{env, fs, io};

use app::document::{Assets, Frame, Page, SessionEnd, Viewer, Watched, render};
use app::i18n::{Catalogue, Texts};
use app::islands::AnswersArriving;
use app::model::{PersonName, Phrase};
use app::ui::{PageHead, TextArea};
use leptos::prelude::*;

use nested::{Inner, Outer};

/// One page, and what it has beside its body.
struct Trial {
    name: &'static str,
    islands: &'static str,
    session: Option<SessionEnd>,
    page: Page,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let usage = || io::Error::other("usage: islands <folder>");
    let folder = PathBuf::from(env::args().nth(1).ok_or_else(usage)?);
    let catalogue = Catalogue::load()?;
    let texts = catalogue.texts("sv").ok_or_else(usage)?;
    fs::create_dir_all(&folder)?;
    let (calculating, expected) = calculating::page(&texts);
    fs::write(folder.join("expected.json"), serde_json::to_string(&expected)?)?;
    let page = |name, page| Trial { name, islands: "islands", session: None, page };
    let trials = [
        Trial { islands: "trial", ..page("nested", nested_page()) },
        page("calculating", calculating),
        page("watched", watched()),
        Trial { session: Some(session(122, "anna", "first")), ..page("session", form()) },
        Trial { session: Some(session(1, "anna", "first")), ..page("session-over", form()) },
        Trial { session: Some(session(600, "anna", "second")), ..page("session-anew", form()) },
        Trial { session: Some(session(600, "bo", "third")), ..page("session-other", form()) },
        page("plain", form()),
        page("arriving", arriving()),
    ];
    for trial in trials {
        let html = render(frame(&texts, trial.islands, trial.session), trial.page);
        fs::write(folder.join(format!("{}.html", trial.name)), html)?;
    }
    Ok(())
}

fn frame(texts: &Texts, islands: &str, session: Option<SessionEnd>) -> Frame {
    Frame {
        texts: texts.clone(),
        languages: Vec::new(),
        municipality: "Exempelby kommun".to_owned(),
        viewer: Viewer::Citizen { name: PersonName::new("Anna", "Lindqvist") },
        demo: true,
        path: "/trial".to_owned(),
        nonce: "bm9uY2U".to_owned(),
        assets: Arc::new(Assets {
            css: "/style.css".to_owned(),
            icon: "/icon.svg".to_owned(),
            islands: islands.to_owned(),
            calculating: "calculating".to_owned(),
        }),
        session,
    }
}

fn nested_page() -> Page {
    let body = || {
        view! {
            <PageHead title="Islands in islands"/>
            <Outer name="one".to_owned()>
                <p>"Written by the server, in one"</p>
                <Inner name="a".to_owned()/>
                <Outer name="two".to_owned()>
                    <ul>
                        <li>"Written by the server, in two"</li>
                        <li><Inner name="b".to_owned()/></li>
                    </ul>
                </Outer>
                <Inner name="c".to_owned()/>
            </Outer>
            <Inner name="d".to_owned()/>
        }
    };
    Page::new(Phrase::verbatim("Islands in islands"), body).with_islands(true)
}

fn session(left: u32, owner: &str, session: &str) -> SessionEnd {
    SessionEnd { left, address: "/asked/session".to_owned(), owner: owner.to_owned(), session: session.to_owned() }
}

fn form() -> Page {
    let body = || {
        view! {
            <PageHead title="A form"/>
            <form method="post" action="/save">
                <TextArea name="note" label="Note" value=String::new()/>
                <p><label><input type="checkbox" name="agree" value="yes"/>" Agree"</label></p>
                <p>
                    <label for="kind">"Kind"</label>
                    " "
                    <select id="kind" name="kind">
                        <option value="">"None"</option>
                        <option value="gift">"Gift"</option>
                    </select>
                </p>
                <p><button class="ds-button">"Save"</button></p>
            </form>
        }
    };
    Page::new(Phrase::verbatim("A form"), body)
}

fn arriving() -> Page {
    let body = || {
        let [waiting, arrived, gave_up] = ["Waiting", "Arrived", "Gave up"].map(str::to_owned);
        view! {
            <PageHead title="Answers"/>
            <AnswersArriving pending=2 address="/asked/pending".to_owned() waiting arrived gave_up/>
        }
    };
    Page::new(Phrase::verbatim("Answers"), body).with_islands(true)
}

fn watched() -> Page {
    form().watching(Watched { revision: 3, address: "/asked/revision".to_owned(), shared: true })
}
