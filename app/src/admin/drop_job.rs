//! The question before a job that could not be done is dropped.

use domain::job::DropReason;
use leptos::prelude::*;

use super::model::DropJob;
use super::words::{job_cause, job_kind, job_reason};
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{
    BackLink, Card, ErrorSummary, LinkButton, PageHead, Radios, SelectOption, SubmitButton, SummaryList, SummaryRow,
    Weight, field_errors, field_state,
};

/// A job that is not parked any more was not dropped.
pub fn not_parked() -> Page {
    Page::new(Phrase::new("drop-job-not-parked-title"), || {
        view! {
            <BackLink href="/admin/jobs" label=t!("jobs-title")/>
            <PageHead title=t!("drop-job-not-parked-title") lead=t!("drop-job-not-parked-lead")/>
        }
    })
}

/// What would be dropped, why, and both answers.
pub fn page(drop: DropJob) -> Page {
    let has_errors = !drop.form.errors.is_empty();
    let body = move || {
        let texts = texts();
        let DropJob { job, reason, form } = drop;
        let row =
            |key: &str, value: String| SummaryRow { label: texts.get(key), value: value.into_any(), change: None };
        let rows = vec![
            row("jobs-kind", job_kind(&texts, job.kind)),
            row("jobs-since", texts.moment(job.since)),
            row("jobs-tries", job.tries.to_string()),
            row("jobs-cause", job_cause(&texts, job.cause)),
        ];
        let reasons =
            DropReason::ALL.iter().map(|one| SelectOption::new(one.code(), job_reason(&texts, *one))).collect();
        view! {
            <BackLink href="/admin/jobs" label=t!("jobs-title")/>
            <ErrorSummary errors=field_errors(&form)/>
            <PageHead title=t!("drop-job-title") lead=t!("drop-job-lead")/>
            <Card title=t!("drop-job-facts")><SummaryList rows/></Card>
            <form method="post" action=format!("/admin/jobs/{}/drop", job.id)>
                <section class="card fields">
                    <Radios
                        name="reason"
                        legend=t!("drop-job-reason")
                        options=reasons
                        value=reason
                        state=field_state(&form, "reason")
                    />
                </section>
                <div class="actions">
                    <SubmitButton label=t!("drop-job-button") weight=Weight::Danger/>
                    <LinkButton href="/admin/jobs" label=t!("drop-job-keep") weight=Weight::Secondary/>
                </div>
            </form>
        }
    };
    Page::new(Phrase::new("drop-job-title"), body).with_errors(has_errors)
}
