//! What is wrong with a row that an authority has given: it is said beside the row, which stays as it is.

use domain::renewal::dispute::DisputeReason;
use leptos::prelude::*;

use super::answers::row;
use super::model::DisputeForm;
use super::section;
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{AuthorityName, Phrase};
use crate::t;
use crate::ui::{
    BackLink, DateField, ErrorSummary, Field, PageHead, ProofField, Radios, RevisionField, SelectOption, SubmitButton,
    TextArea, TextKind, Weight, authority_name, field_errors, field_state, reason_key,
};

/// The row, the form beside it, and where the register is corrected.
pub fn page(dispute: DisputeForm) -> Page {
    let has_errors = !dispute.form.errors.is_empty();
    let watched = section::watched(dispute.form.revision);
    let body = move || {
        let texts = texts();
        let form = &dispute.form;
        let name = dispute.authority.as_ref().map(|authority| authority_name(&texts, authority));
        let lead = name.clone().map(|name| texts.with("dispute-lead", &[("authority", name.into())]));
        let register = dispute.authority.as_ref().map(|authority| register(&texts, authority));
        let reasons = DisputeReason::ALL.iter();
        let reasons = reasons
            .map(|reason| SelectOption::new(reason.code(), texts.get(reason_key(*reason, dispute.original.kind))));
        let remove = (!dispute.is_new).then(|| {
            let sends = ("remove".to_owned(), "yes".to_owned());
            view! { <SubmitButton label=t!("dispute-remove") sends weight=Weight::Secondary/> }
        });
        view! {
            <BackLink href="/renewal/authorities" label=t!("dispute-back")/>
            <ErrorSummary errors=field_errors(form)/>
            <PageHead title=t!("dispute-title") lead=lead.unwrap_or_default()/>
            <section class="card"><ul class="rows">{row(&texts, &dispute.original, None, false)}</ul></section>
            <form
                method="post"
                action=format!("/renewal/authorities/{}/{}", dispute.row.query, dispute.row.index)
                enctype="multipart/form-data"
            >
                <RevisionField revision=form.revision of=form.of.clone()/>
                <section class="card fields">
                    <Radios
                        name="reason"
                        legend=t!("dispute-reason")
                        options=reasons.collect()
                        value=dispute.reason.clone()
                        state=field_state(form, "reason")
                    />
                    <Field
                        name="amount"
                        label=t!("dispute-amount")
                        hint=t!("dispute-amount-hint")
                        value=dispute.amount.clone()
                        kind=TextKind::Amount
                        state=field_state(form, "amount")
                    />
                    <DateField
                        name="date"
                        label=t!("dispute-date")
                        hint=t!("dispute-date-hint")
                        example=dispute.example
                        value=dispute.date.clone()
                        state=field_state(form, "date")
                    />
                    <TextArea
                        name="why"
                        label=t!("dispute-why")
                        value=dispute.why.clone()
                        state=field_state(form, "why")
                        rows=3
                    />
                    <ProofField
                        name="proof"
                        open_at=dispute.proofs_at.clone()
                        files=dispute.proofs.clone()
                        later="later"
                    />
                </section>
                <div class="actions"><SubmitButton label=t!("dispute-save")/>{remove}</div>
            </form>
            {register.map(|text| view! { <p class="muted">{text}</p> })}
        }
    };
    Page::new(Phrase::new("dispute-title"), body).with_errors(has_errors).watching(watched)
}

/// Who corrects the register.
fn register(texts: &Texts, authority: &AuthorityName) -> String {
    let name = ("authority", authority_name(texts, authority).into());
    match authority {
        AuthorityName::Agency(agency) => {
            let at = texts.get(&format!("dispute-at-{}", agency.code()));
            texts.with("dispute-register-at", &[name, ("where", at.into())])
        }
        AuthorityName::Named(_) => texts.with("dispute-register", &[name]),
    }
}
