//! Where the money goes. It is shown, and changed by the caseworker alone, so that nobody can lead it elsewhere from a found phone.

use domain::renewal::{Part, Section};
use leptos::prelude::*;

use super::model::PayoutSection;
use super::payout_method::method;
use super::section::{self, BackToSections};
use super::start::Phone;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{Card, ErrorSummary, PageHead, RevisionField, SubmitButton, SummaryList, SummaryRow, field_errors};

/// Account or payment slip, and what to do when it is wrong.
pub fn page(payout: PayoutSection) -> Page {
    let has_errors = !payout.form.errors.is_empty();
    let watched = section::watched(payout.form.revision);
    let body = move || {
        let rows = vec![
            SummaryRow { label: t!("payout-section-payee"), value: payout.payee.into_any(), change: None },
            SummaryRow { label: t!("payout-section-method"), value: method(&texts(), &payout.method), change: None },
        ];
        view! {
            <BackToSections month=payout.month section=Section::Payout part=Part::Whole/>
            <ErrorSummary errors=field_errors(&payout.form)/>
            <PageHead title=t!("payout-section-title") lead=t!("payout-section-lead")/>
            <Card><SummaryList rows/></Card>
            <p id="payout">
                {t!("payout-section-wrong")}" "{t!("payout-section-wrong-call")}" "<Phone number=payout.phone/>
            </p>
            <form method="post" action="/renewal/payout">
                <RevisionField revision=payout.form.revision of=payout.form.of.clone()/>
                <div class="actions"><SubmitButton label=t!("renewal-continue")/></div>
            </form>
        }
    };
    Page::new(Phrase::new("payout-section-title"), body).with_errors(has_errors).watching(watched)
}
