//! What the applicant has signed, for the co-applicant to sign or decline.

use domain::renewal::Part;
use leptos::prelude::*;

use super::check::link;
use super::model::CoSign;
use super::other_adult::AboutTheOther;
use super::signed::SignedText;
use super::signers::Signers;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::{Phrase, SigningState};
use crate::t;
use crate::ui::{BackLink, Card, ErrorSummary, LinkButton, Note, NoteTone, PageHead, PostButton, Weight};

/// The text, everyone who signs, and both ways to answer.
pub fn page(cosign: CoSign) -> Page {
    let title = Phrase::new("cosign-title").with("month", cosign.document.month);
    let has_errors = !cosign.own.errors.is_empty();
    let body = move || {
        let texts = texts();
        let name = cosign.applicant;
        let lead = t!("cosign-lead", name = name.as_str());
        let decline = t!("cosign-decline-means", name = name.as_str());
        let what = t!("cosign-what");
        let label = if cosign.signing.is_again() { t!("check-sign-again") } else { t!("check-sign") };
        let tried = match cosign.signing {
            SigningState::Ready => None,
            SigningState::Interrupted => Some(t!("cosign-interrupted")),
            SigningState::NotUsed => Some(t!("cosign-not-used")),
        };
        let errors = cosign.own.errors.iter().map(|error| link(&texts, error, Part::Own)).collect();
        let sign = (!has_errors)
            .then(|| view! { <div class="actions"><PostButton action="/renewal/cosign/sign" label/></div> });
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            <ErrorSummary errors/>
            <PageHead title=t!("cosign-title", month = texts.month_of_year(cosign.document.month)) lead/>
            {tried.map(|tried| view! { <Note tone=NoteTone::Warning><p>{tried}</p></Note> })}
            <Card title=t!("cosign-text")>
                <SignedText text=cosign.document.text language=cosign.document.language/>
            </Card>
            {own_part(cosign.own.is_begun, has_errors)}
            {cosign.other.map(|other| view! { <AboutTheOther other/> })}
            <Card title=t!("check-signatures")><Signers signatures=cosign.document.signatures/></Card>
            <Note><p>{what}</p></Note>
            {sign}
            <details class="card">
                <summary>{t!("cosign-decline")}</summary>
                <p>{decline}</p>
                <PostButton
                    action="/renewal/cosign/decline"
                    label=t!("cosign-decline-button")
                    weight=Weight::Danger
                />
            </details>
        }
    };
    Page::new(title, body).with_errors(has_errors)
}

/// The way to what is one's own.
fn own_part(is_begun: bool, has_errors: bool) -> impl IntoView {
    let (text, act) = match (is_begun, has_errors) {
        (false, _) => {
            let begin = t!("own-part-begin");
            let act = view! { <PostButton action="/renewal/apply" label=begin weight=Weight::Secondary/> };
            (t!("own-part-what"), act.into_any())
        }
        (true, false) => (t!("own-part-in-text"), continued().into_any()),
        (true, true) => {
            let remove = view! { <p><a href="/renewal/withdraw">{t!("own-part-remove")}</a></p> };
            (t!("own-part-not-whole"), view! { {continued()}{remove} }.into_any())
        }
    };
    view! { <Card title=t!("own-part")><p>{text}</p>{act}</Card> }
}

fn continued() -> impl IntoView {
    view! { <LinkButton href="/renewal" label=t!("own-part-continue") weight=Weight::Secondary/> }
}
