//! What is still to be shown of what has been signed.

use leptos::prelude::*;

use super::model::AwaitedProofs;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{BackLink, ErrorSummary, PageHead, ProofField, SubmitButton, field_errors};

/// Each thing with its day and a field for its files, what comes of it when nothing is sent, and the button.
pub fn page(awaited: AwaitedProofs) -> Page {
    let has_errors = !awaited.form.errors.is_empty();
    let body = move || {
        let texts = texts();
        let open_at = format!("/renewals/{}/proofs", awaited.renewal);
        let each = awaited.proofs.iter().map(|one| {
            let due = if one.has_come {
                t!("awaited-proof-come")
            } else {
                texts.with("awaited-proof-due", &[("day", texts.day(one.due).into())])
            };
            let what = texts.phrase(&one.what);
            view! {
                <section class="card fields">
                    <h2>{what.clone()}</h2>
                    <p>{due}</p>
                    <ProofField
                        name=format!("proof-{}", one.of)
                        open_at=open_at.clone()
                        files=one.files.clone()
                        is_kept=true
                        of=what
                    />
                </section>
            }
        });
        let each = each.collect_view();
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            <ErrorSummary errors=field_errors(&awaited.form)/>
            <PageHead
                title=t!("awaited-proofs-title")
                lead=t!("awaited-proofs-lead", month = texts.month(awaited.month))
            />
            <form method="post" action=open_at.clone() enctype="multipart/form-data">
                {each}
                <div class="actions"><SubmitButton label=t!("awaited-proofs-send")/></div>
            </form>
        }
    };
    Page::new(Phrase::new("awaited-proofs-title"), body).with_errors(has_errors)
}
