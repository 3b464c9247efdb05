//! Those who work at the municipality, and what they may decide.

use leptos::prelude::*;

use super::model::OfficialRow;
use super::words::{may_decide, more, official_state, role_name};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{Phrase, Tone};
use crate::t;
use crate::ui::{PageHead, Table, Tag};

/// Everybody, those who have been ended last.
pub fn page(officials: Vec<OfficialRow>) -> Page {
    Page::new(Phrase::new("officials-title"), move || {
        let texts = texts();
        let rows = officials.iter().map(|official| table_row(&texts, official)).collect_view();
        view! {
            <PageHead title=t!("officials-title") lead=t!("officials-lead")/>
            <div class="card list-card">
                <Table caption=t!("officials-title") caption_hidden=true stack=true>
                    <thead>
                        <tr>
                            <th scope="col">{t!("officials-name")}</th>
                            <th scope="col">{t!("officials-may")}</th>
                            <th scope="col">{t!("officials-more")}</th>
                            <th scope="col">{t!("officials-state")}</th>
                            <th scope="col"><span class="hidden-text">{t!("officials-act")}</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </Table>
            </div>
        }
    })
}

fn table_row(texts: &Texts, official: &OfficialRow) -> impl IntoView + use<> {
    let name = official.name.clone();
    let (word, tone) = official_state(texts, official);
    let more = more(texts, official);
    let has_nothing = more.is_empty().then_some("nothing");
    let more = more.into_iter().map(|word| view! { <Tag text=word tone=Tone::Info/>" " }).collect_view();
    view! {
        <tr>
            <th scope="row">
                {name.clone()}<br/><span class="muted small">{role_name(texts, official.role)}</span>
            </th>
            <td data-label=texts.get("officials-may")>{may_decide(texts, official)}</td>
            <td class=has_nothing data-label=texts.get("officials-more")>{more}</td>
            <td data-label=texts.get("officials-state")><Tag text=word tone/></td>
            <td>
                <a href=format!("/admin/officials/{}", official.id)>
                    {texts.get("officials-open")}<span class="hidden-text">" "{name}</span>
                </a>
            </td>
        </tr>
    }
}
