//! The household, how to reach it, and where its money goes.

use leptos::prelude::*;

use crate::caseworker::contact::{email_link, phone_link};
use crate::caseworker::model::SignersWord;
use crate::caseworker::payout_method::method_words;
use crate::i18n::texts;
use crate::model::episode::told;
use crate::model::{HouseholdPerson, MemberRole, Phrase, ShownPayoutMethod};
use crate::t;
use crate::ui::{Card, Isolated, Note, NoteTone, Prose, SummaryList, SummaryRow};

/// The members according to the case and the register, and what the applicant says has changed.
pub(super) fn household(
    members: Vec<HouseholdPerson>,
    changes: &[Phrase],
    in_words: Option<String>,
) -> impl IntoView + use<> {
    let members = members.into_iter().map(|member| {
        view! {
            <li>
                <span>{member.name.full()}" "<span class="muted small"><Isolated text=member.number.hyphenated()/></span></span>
                <span class="row-end">{role(member.role)}</span>
            </li>
        }
    });
    let members = members.collect_view();
    let change = if changes.is_empty() && in_words.is_none() {
        view! { <p class="muted">{t!("facts-household-same")}</p> }.into_any()
    } else {
        let texts = texts();
        let told = changes.iter().map(|one| view! { <li>{texts.phrase(one)}</li> }).collect_view();
        let told = (!changes.is_empty()).then(|| view! { <ul>{told}</ul> });
        let in_words = in_words.map(|text| view! { <Prose text/> });
        view! { <Note tone=NoteTone::Warning><h3>{t!("facts-household-changed")}</h3>{told}{in_words}</Note> }
            .into_any()
    };
    view! { <Card title=t!("facts-household")><ul class="rows">{members}</ul>{change}</Card> }
}

fn role(role: MemberRole) -> String {
    match role {
        MemberRole::Applicant => t!("household-role-applicant"),
        MemberRole::CoApplicant => t!("household-role-co-applicant"),
        MemberRole::Child => t!("household-role-child"),
        MemberRole::PartTimeChild { days } => t!("household-role-part-time-child", days = u32::from(days)),
        MemberRole::YouthInSchool => t!("household-role-youth"),
        MemberRole::SharesHome => t!("household-role-shares-home"),
    }
}

/// How each who has signed is reached; named where they are several.
pub(super) fn contact(signers: Vec<SignersWord>) -> impl IntoView {
    let several = signers.len() > 1;
    let ways = signers.into_iter().map(move |signer| {
        let (phone, email) = (signer.phone, signer.email);
        let phone = if phone.is_empty() { t!("facts-not-given").into_any() } else { phone_link(phone).into_any() };
        let email = if email.is_empty() { t!("facts-not-given").into_any() } else { email_link(email).into_any() };
        let rows = vec![
            SummaryRow { label: t!("facts-phone"), value: phone, change: None },
            SummaryRow { label: t!("facts-email"), value: email, change: None },
        ];
        view! { {several.then(|| view! { <h3>{signer.name}</h3> })}<SummaryList rows/> }
    });
    view! { <Card title=t!("facts-contact")>{ways.collect_view()}</Card> }
}

/// What each who has signed has done to get work.
pub(super) fn activities(signers: &[SignersWord]) -> Option<impl IntoView + use<>> {
    let texts = texts();
    let said = signers.iter().filter_map(|signer| {
        let activity = signer.activity.as_ref()?;
        let month = texts.month(activity.month);
        let label = texts.with("facts-activity", &[("name", signer.name.as_str().into()), ("month", month.into())]);
        let answer = texts.get(activity.answer.key());
        let note = activity.note.as_ref().map(|note| view! { <Prose text=note.as_str().to_owned()/> });
        let told = activity.episodes.iter().map(|one| view! { <li>{texts.phrase(&told(one))}</li> }).collect_view();
        let told = (!activity.episodes.is_empty()).then(|| view! { <ul>{told}</ul> });
        Some(SummaryRow { label, value: view! { {answer}{note}{told} }.into_any(), change: None })
    });
    let rows: Vec<_> = said.collect();
    (!rows.is_empty()).then(|| view! { <Card title=t!("renewal-section-activity")><SummaryList rows/></Card> })
}

/// What each who has signed wrote with it.
pub(super) fn messages(signers: &[SignersWord]) -> impl IntoView + use<> {
    let several = signers.len() > 1;
    let written = signers.iter().filter_map(|signer| {
        let text = signer.message.clone()?;
        let title = if several { t!("opened-message-from", name = signer.name.as_str()) } else { t!("opened-message") };
        Some(view! { <Card title><Prose text/></Card> })
    });
    written.collect_view()
}

/// Where the money would go.
pub(super) fn payment(method: &ShownPayoutMethod) -> impl IntoView + use<> {
    let words = method_words(&texts(), method);
    view! { <Card title=t!("facts-payment")><p>{words}</p></Card> }
}
