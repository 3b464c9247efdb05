//! The jobs that could not be done: send them again, or drop them.

use domain::form::Which;
use domain::id::JobId;
use leptos::prelude::*;

use super::model::{DroppedJob, Jobs, ParkedJob};
use super::words::{job_cause, job_kind, job_reason};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::Phrase;
use crate::t;
use crate::ui::{Card, PageHead, PostButton, Table, Weight};

/// Those that are parked, and the latest that were dropped.
pub fn page(jobs: Jobs) -> Page {
    Page::new(Phrase::new("jobs-title"), move || {
        let Jobs { parked, total, dropped } = jobs;
        let lead = if parked.is_empty() { String::new() } else { t!("jobs-lead") };
        let list = if parked.is_empty() {
            view! { <div class="card"><p>{t!("jobs-none")}</p></div> }.into_any()
        } else {
            view! { <Parked parked total/> }.into_any()
        };
        view! {
            <PageHead title=t!("jobs-title") lead/>
            {list}
            {(!dropped.is_empty()).then(|| view! { <Dropped dropped/> })}
        }
    })
}

#[component]
fn Parked(parked: Vec<ParkedJob>, total: u32) -> impl IntoView {
    let texts = texts();
    let several = total > 1;
    let shown = u32::try_from(parked.len()).unwrap_or(u32::MAX);
    let count = if shown < total {
        t!("jobs-count-shown", count = total, shown = shown)
    } else {
        t!("jobs-count", count = total)
    };
    let rows = parked.iter().map(|job| parked_row(&texts, job)).collect_view();
    view! {
        <div class="page-head">
            <p>{count}</p>
            {several.then(|| view! {
                <PostButton
                    action="/admin/jobs/again" label=t!("jobs-again-all") weight=Weight::Secondary fields=which(Which::All)
                />
            })}
        </div>
        <div class="card list-card">
            <Table caption=t!("jobs-title") caption_hidden=true stack=true>
                <thead>
                    <tr>
                        <th scope="col">{t!("jobs-kind")}</th>
                        <th scope="col">{t!("jobs-since")}</th>
                        <th scope="col">{t!("jobs-parked")}</th>
                        <th scope="col">{t!("jobs-tries")}</th>
                        <th scope="col">{t!("jobs-cause")}</th>
                        <th scope="col"><span class="hidden-text">{t!("jobs-act")}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </div>
    }
}

/// What a button sends again.
fn which(jobs: Which<JobId>) -> Vec<(String, String)> {
    vec![("job".to_owned(), jobs.to_string())]
}

fn parked_row(texts: &Texts, job: &ParkedJob) -> impl IntoView + use<> {
    let again = which(Which::One(job.id));
    let (kind, since) = (job_kind(texts, job.kind), texts.moment(job.since));
    let what = format!("{kind}, {since}");
    view! {
        <tr>
            <th scope="row">{kind}</th>
            <td data-label=texts.get("jobs-since")>{since}</td>
            <td data-label=texts.get("jobs-parked")>{texts.moment(job.parked)}</td>
            <td data-label=texts.get("jobs-tries")>{job.tries}</td>
            <td data-label=texts.get("jobs-cause")>{job_cause(texts, job.cause)}</td>
            <td>
                <div class="actions">
                    <PostButton
                        action="/admin/jobs/again" label=texts.get("jobs-again") what=what.clone() weight=Weight::Secondary
                        fields=again small=true
                    />
                    <a href=format!("/admin/jobs/{}/drop", job.id)>
                        {texts.get("jobs-drop")}<span class="hidden-text">" "{what}</span>
                    </a>
                </div>
            </td>
        </tr>
    }
}

#[component]
fn Dropped(dropped: Vec<DroppedJob>) -> impl IntoView {
    let texts = texts();
    let rows = dropped
        .into_iter()
        .map(|job| {
            let who = texts.with("jobs-dropped-by", &[("name", job.by.into()), ("at", texts.moment(job.at).into())]);
            let since = texts.with("jobs-dropped-since", &[("at", texts.moment(job.since).into())]);
            view! {
                <li>
                    <span>{job_kind(&texts, job.kind)}<br/><span class="muted small">{since}</span></span>
                    <span class="row-end">{job_reason(&texts, job.reason)}<br/><span class="muted small">{who}</span></span>
                </li>
            }
        })
        .collect_view();
    view! { <Card title=t!("jobs-dropped")><ul class="rows">{rows}</ul></Card> }
}
