//! Writes pages with invented data as files, to be looked at beside the built stylesheet:
//! `cargo run -p app --example screens -- <folder> <address of the stylesheet>`.

mod citizen;
mod components;
mod proofs;
mod staff;

use std::path::PathBuf;
use std::sync::Arc;
use std::{env, fs, io};

use app::document::{Assets, Frame, Page, Viewer, render};
use app::i18n::Catalogue;
use app::model::{CalculationLine, LineState, PersonName, Phrase};
use app::problem::{self, ProblemPage, WayOn};
use app::sent_on::{self, SentTo};
use domain::Money;
use domain::norm::LineSection;

/// One page to look at.
pub(crate) struct Screen {
    /// The name of its file.
    pub(crate) name: String,
    pub(crate) viewer: Viewer,
    pub(crate) page: Page,
}

/// A line of a calculation that simply counts.
pub(crate) fn line(section: LineSection, label: &'static str, amount: Money) -> CalculationLine {
    CalculationLine {
        section,
        label: Phrase::new(label),
        person: None,
        from: None,
        amount,
        state: LineState::Counted,
        source: None,
        rules: Vec::new(),
        why: None,
        date: None,
        paragraph: None,
    }
}

/// The citizen whose pages are shown.
pub(crate) fn petra() -> PersonName {
    PersonName::new("Petra", "Nilsson")
}

fn screens() -> Vec<Screen> {
    let mut screens = citizen::screens();
    screens.extend(components::screens());
    screens.extend(staff::screens());
    screens.extend(ProblemPage::ALL.into_iter().map(|problem| Screen {
        name: format!("problem-{problem:?}").to_lowercase(),
        viewer: Viewer::Anonymous,
        page: problem::page(
            problem,
            (problem == ProblemPage::TooMany).then_some(40),
            "7f3a-19c2".to_owned(),
            WayOn::CitizenStart,
        ),
    }));
    screens.extend([SentTo::Eid, SentTo::StaffLogin].map(|to| Screen {
        name: format!("sent-on-{to:?}").to_lowercase(),
        viewer: Viewer::Anonymous,
        page: sent_on::page(to, "https://eid.example.se/authorize".to_owned()),
    }));
    screens
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let usage = || io::Error::other("usage: screens <folder> <address of the stylesheet>");
    let folder = PathBuf::from(arguments.next().ok_or_else(usage)?);
    let css = arguments.next().ok_or_else(usage)?;
    let catalogue = Catalogue::load()?;
    let languages: Vec<_> = catalogue.languages().map(|l| (l.code().to_owned(), l.name().to_owned())).collect();
    let assets = Arc::new(Assets {
        css,
        icon: "../icon.svg".to_owned(),
        islands: "islands".to_owned(),
        calculating: "calculating".to_owned(),
    });
    for (code, _) in &languages {
        let texts = catalogue.texts(code).ok_or_else(usage)?;
        fs::create_dir_all(folder.join(code))?;
        for screen in screens() {
            let path = match screen.viewer {
                Viewer::Anonymous | Viewer::Citizen { .. } => "/home",
                Viewer::Caseworker { .. } => "/staff/inbox",
                Viewer::Administrator { .. } => "/admin/sources",
            };
            let frame = Frame {
                texts: texts.clone(),
                languages: languages.clone(),
                municipality: "Exempelby kommun".to_owned(),
                viewer: screen.viewer,
                demo: true,
                path: path.to_owned(),
                nonce: "bm9uY2U".to_owned(),
                assets: Arc::clone(&assets),
                session: None,
            };
            let html = render(frame, screen.page);
            if html.contains("{$") {
                return Err(io::Error::other(format!("{} lacks a value in a text", screen.name)).into());
            }
            fs::write(folder.join(code).join(format!("{}.html", screen.name)), html)?;
        }
    }
    Ok(())
}
