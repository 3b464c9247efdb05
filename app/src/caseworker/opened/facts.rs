//! The household, how to reach it, and where its money goes.

use leptos::prelude::*;

use crate::caseworker::contact::{email_link, phone_link};
use crate::caseworker::payout_method::method_words;
use crate::i18n::texts;
use crate::model::{HouseholdPerson, MemberRole, ShownPayoutMethod};
use crate::t;
use crate::ui::{Card, Isolated, Note, NoteTone, Prose, SummaryList, SummaryRow};

/// The members according to the case and the register, and what the applicant says has changed.
pub(super) fn household(members: Vec<HouseholdPerson>, change: Option<String>) -> impl IntoView {
    let members = members.into_iter().map(|member| {
        view! {
            <li>
                <span>{member.name.full()}" "<span class="muted small"><Isolated text=member.number.hyphenated()/></span></span>
                <span class="row-end">{role(member.role)}</span>
            </li>
        }
    });
    let members = members.collect_view();
    let change = match change {
        Some(text) => {
            view! { <Note tone=NoteTone::Warning><h3>{t!("facts-household-changed")}</h3><Prose text/></Note> }
                .into_any()
        }
        None => view! { <p class="muted">{t!("facts-household-same")}</p> }.into_any(),
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

/// How the applicant is reached.
pub(super) fn contact(phone: String, email: String) -> impl IntoView {
    let phone = if phone.is_empty() { t!("facts-not-given").into_any() } else { phone_link(phone).into_any() };
    let email = if email.is_empty() { t!("facts-not-given").into_any() } else { email_link(email).into_any() };
    let rows = vec![
        SummaryRow { label: t!("facts-phone"), value: phone, change: None },
        SummaryRow { label: t!("facts-email"), value: email, change: None },
    ];
    view! { <Card title=t!("facts-contact")><SummaryList rows/></Card> }
}

/// Where the money would go.
pub(super) fn payment(method: &ShownPayoutMethod) -> impl IntoView + use<> {
    let words = method_words(&texts(), method);
    view! { <Card title=t!("facts-payment")><p>{words}</p></Card> }
}
