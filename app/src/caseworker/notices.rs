//! What has happened since last time.

use leptos::prelude::*;

use super::port::{Notice, NoticeKind};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::port::{Phrase, Tone};
use crate::t;
use crate::ui::{PageHead, PostButton, Tag, Weight};

/// The notices, the newest first, and one button that marks all of them as read.
pub fn page(notices: Vec<Notice>) -> Page {
    Page::new(Phrase::new("notices-title"), move || {
        let texts = texts();
        let unseen = notices.iter().any(|notice| !notice.seen);
        let list = if notices.is_empty() {
            view! { <p>{t!("notices-none")}</p> }.into_any()
        } else {
            let rows = notices.into_iter().map(|notice| row(&texts, notice)).collect_view();
            view! { <ul class="rows dated">{rows}</ul> }.into_any()
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
