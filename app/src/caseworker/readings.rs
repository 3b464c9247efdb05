//! Who has opened the cases of people with protected identity, for supervisors.

use leptos::prelude::*;

use super::model::{ReadingRow, Readings, UnusualRow};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{Phrase, Tone};
use crate::t;
use crate::ui::{PageHead, PostButton, Prose, Tag};

/// The readings, the newest first, and one button that says that they have been seen.
pub fn page(readings: Readings) -> Page {
    Page::new(Phrase::new("readings-title"), move || {
        let texts = texts();
        let list = if readings.rows.is_empty() {
            view! { <p>{t!("readings-none")}</p> }.into_any()
        } else {
            let rows = readings.rows.into_iter().map(|row| reading(&texts, row)).collect_view();
            view! { <ul class="rows dated">{rows}</ul> }.into_any()
        };
        let unusual = if readings.unusual.is_empty() {
            view! { <p>{t!("unusual-none")}</p> }.into_any()
        } else {
            let rows = readings.unusual.into_iter().map(|row| unusual(&texts, row)).collect_view();
            view! { <ul class="rows dated">{rows}</ul> }.into_any()
        };
        let of = |name: &'static str, ids: &[uuid::Uuid]| -> Vec<_> {
            ids.iter().map(|one| (name.to_owned(), one.to_string())).collect()
        };
        let unseen = [of("reading", &readings.unseen), of("unusual", &readings.unseen_unusual)].concat();
        let mark = (!unseen.is_empty()).then(|| {
            view! { <PostButton action="/staff/readings" label=t!("readings-mark") fields=unseen/> }
        });
        view! {
            <div class="page-head">
                <PageHead title=t!("readings-title") lead=t!("readings-lead")/>
                {mark}
            </div>
            <section class="card"><h2>{t!("readings-protected")}</h2>{list}</section>
            <section class="card"><h2>{t!("unusual-title")}</h2>{unusual}</section>
        }
    })
}

fn unusual(texts: &Texts, row: UnusualRow) -> impl IntoView + use<> {
    let new = (!row.seen).then(|| view! { <Tag text=texts.get("notices-new") tone=Tone::Info/>" " });
    let number = row.case_number.map_or_else(|| texts.get("unusual-closed-case"), |number| number.0);
    let values = [("name", row.opener.as_str().into()), ("number", number.into())];
    view! {
        <li>
            <span>{new}{texts.with(row.kind.key(), &values)}</span>
            <span class="row-end muted">{texts.moment(row.at)}</span>
        </li>
    }
}

fn reading(texts: &Texts, row: ReadingRow) -> impl IntoView + use<> {
    let new = (!row.seen).then(|| view! { <Tag text=texts.get("notices-new") tone=Tone::Info/>" " });
    let (text, why) = match row.why {
        Some((number, reason)) => {
            let values = [("name", row.reader.as_str().into()), ("number", number.0.as_str().into())];
            (texts.with("readings-one", &values), Some(view! { <Prose text=reason/> }))
        }
        None => (texts.with("readings-one-unnamed", &[("name", row.reader.as_str().into())]), None),
    };
    view! {
        <li>
            <span>{new}{text}{why}</span>
            <span class="row-end muted">{texts.moment(row.at)}</span>
        </li>
    }
}
