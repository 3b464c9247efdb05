//! What has happened since last time.

use leptos::prelude::*;

use super::model::{Notice, NoticeKind};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{Phrase, Tone};
use crate::t;
use crate::ui::{PageHead, PostButton, Tag, Weight};

/// How many notices are shown at once. Older ones that have been read are folded.
const SHOWN: usize = 12;

/// The notices, the newest first, and one button that marks all of them as read.
pub fn page(notices: Vec<Notice>) -> Page {
    Page::new(Phrase::new("notices-title"), move || {
        let texts = texts();
        let unseen = notices.iter().any(|notice| !notice.seen);
        let list = if notices.is_empty() {
            view! { <p>{t!("notices-none")}</p> }.into_any()
        } else {
            let (recent, older): (Vec<_>, Vec<_>) =
                notices.into_iter().enumerate().partition(|(place, notice)| *place < SHOWN || !notice.seen);
            let rows = recent.into_iter().map(|(_, notice)| row(&texts, notice)).collect_view();
            let count = i64::try_from(older.len()).unwrap_or(i64::MAX);
            let older: Vec<_> = older.into_iter().map(|(_, notice)| row(&texts, notice)).collect();
            let older = (!older.is_empty()).then(|| {
                view! {
                    <details class="fold">
                        <summary>{t!("notices-older", count = count)}</summary>
                        <ul class="rows dated">{older}</ul>
                    </details>
                }
            });
            view! { <ul class="rows dated">{rows}</ul>{older} }.into_any()
        };
        view! {
            <div class="page-head">
                <PageHead title=t!("notices-title") lead=t!("notices-lead")/>
                {unseen.then(|| view! {
                    <PostButton action="/staff/notices" label=t!("notices-mark") weight=Weight::Secondary/>
                })}
            </div>
            <section class="card">{list}</section>
        }
    })
}

fn row(texts: &Texts, notice: Notice) -> impl IntoView + use<> {
    let (href, text) = match notice.what {
        NoticeKind::RenewalArrived { renewal, applicant, month } => {
            let values = [("name", applicant.into()), ("month", month.into())];
            (format!("/staff/renewals/{renewal}"), texts.with("notices-arrived", &values))
        }
        NoticeKind::CoApplicantAnswered { renewal, co_applicant, month, signed } => {
            let key = if signed { "notices-cosigned" } else { "notices-declined" };
            let values = [("name", co_applicant.into()), ("month", month.into())];
            (format!("/staff/renewals/{renewal}"), texts.with(key, &values))
        }
        NoticeKind::Assigned { renewal, applicant, month } => {
            let values = [("name", applicant.into()), ("month", month.into())];
            (format!("/staff/renewals/{renewal}"), texts.with("notices-assigned", &values))
        }
        NoticeKind::ProofCame { renewal, applicant, month } => {
            let values = [("name", applicant.into()), ("month", month.into())];
            (format!("/staff/renewals/{renewal}"), texts.with("notices-proof-came", &values))
        }
        NoticeKind::Proposal { renewal, applicant, month, returned } => {
            let key = if returned { "notices-proposal-returned" } else { "notices-proposed" };
            let values = [("name", applicant.into()), ("month", month.into())];
            (format!("/staff/renewals/{renewal}/decide"), texts.with(key, &values))
        }
        NoticeKind::MessageArrived { message, from, subject } => {
            let values = [("name", from.into()), ("subject", texts.get(subject.key()).into())];
            (format!("/staff/messages/{message}"), texts.with("notices-message", &values))
        }
    };
    let unseen = (!notice.seen).then(|| view! { <Tag text=texts.get("notices-new") tone=Tone::Info/>" " });
    view! {
        <li>
            <span>{unseen}<a href=href>{text}</a></span>
            <span class="row-end muted">{texts.moment(notice.at)}</span>
        </li>
    }
}
