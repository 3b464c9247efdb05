//! The authority sources and how they fare.

use leptos::prelude::*;

use super::model::SourceRow;
use super::words::{day_count, last_failure, last_success, protocol_name, state_word, timeouts};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::Phrase;
use crate::t;
use crate::ui::{PageHead, Table, Tag, authority_name};

/// Every source of the municipality.
pub fn page(sources: Vec<SourceRow>) -> Page {
    Page::new(Phrase::new("sources-title"), move || {
        let list = if sources.is_empty() {
            view! { <div class="card"><p>{t!("sources-none")}</p></div> }.into_any()
        } else {
            view! { <Sources sources/> }.into_any()
        };
        view! {
            <PageHead title=t!("sources-title") lead=t!("sources-lead")/>
            {list}
        }
    })
}

#[component]
fn Sources(sources: Vec<SourceRow>) -> impl IntoView {
    let texts = texts();
    let rows = sources.iter().map(|source| table_row(&texts, source)).collect_view();
    view! {
        <div class="card list-card sources">
            <Table caption=t!("sources-title") caption_hidden=true stack=true>
                <thead>
                    <tr>
                        <th scope="col">{t!("sources-source")}</th>
                        <th scope="col">{t!("sources-state")}</th>
                        <th scope="col">{t!("sources-last-success")}</th>
                        <th scope="col">{t!("sources-last-failure")}</th>
                        <th scope="col">{t!("sources-day")}</th>
                        <th scope="col">{t!("sources-waits")}</th>
                        <th scope="col"><span class="hidden-text">{t!("sources-act")}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </div>
    }
}

fn table_row(texts: &Texts, source: &SourceRow) -> impl IntoView + use<> {
    let name = authority_name(texts, &source.name);
    let (word, tone) = state_word(texts, source.enabled);
    view! {
        <tr>
            <th scope="row">
                {name.clone()}<br/>
                <span class="muted small">{protocol_name(texts, source.protocol)}<br/><code>{source.endpoint.clone()}</code></span>
            </th>
            <td data-label=texts.get("sources-state")><Tag text=word tone/></td>
            <td data-label=texts.get("sources-last-success")>{last_success(texts, source)}</td>
            <td data-label=texts.get("sources-last-failure")>{last_failure(texts, source)}</td>
            <td data-label=texts.get("sources-day")>{day_count(texts, source)}</td>
            <td data-label=texts.get("sources-waits")>{timeouts(texts, source)}</td>
            <td>
                <a href=format!("/admin/sources/{}", source.id)>
                    {texts.get("sources-open")}<span class="hidden-text">" "{name}</span>
                </a>
            </td>
        </tr>
    }
}
