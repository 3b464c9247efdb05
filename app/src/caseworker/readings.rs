//! Who has opened the cases of people with protected identity, for supervisors.

use leptos::prelude::*;

use super::model::{ReadingRow, Readings};
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
        let unseen: Vec<_> = readings.unseen.iter().map(|one| ("reading".to_owned(), one.to_string())).collect();
        let mark = (!unseen.is_empty()).then(|| {
            view! { <PostButton action="/staff/readings" label=t!("readings-mark") fields=unseen/> }
        });
        view! {
            <div class="page-head">
                <PageHead title=t!("readings-title") lead=t!("readings-lead")/>
                {mark}
            </div>
            <section class="card">{list}</section>
        }
    })
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
