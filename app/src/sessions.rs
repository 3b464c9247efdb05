//! Where somebody is logged in: the same page for citizens and staff.

use domain::form::Which;
use domain::id::SessionId;
use jiff::civil::DateTime;
use leptos::prelude::*;

use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{Phrase, Tone};
use crate::t;
use crate::ui::{PageHead, PostButton, Tag, Weight};

/// One session that lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSession {
    pub id: SessionId,
    pub begun: DateTime,
    /// When a page was last opened in it, to the minute.
    pub seen: DateTime,
    /// Whether it is the one that looks.
    pub is_this: bool,
}

/// All of somebody's sessions, and the address by which they are ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sessions {
    /// This one, and then the others from the latest.
    pub sessions: Vec<ListedSession>,
    /// The address of the act.
    pub end: String,
}

/// Each with when it was begun and last used. The others can be ended, one or all.
pub fn page(sessions: Sessions) -> Page {
    Page::new(Phrase::new("sessions-title"), move || {
        let texts = texts();
        let Sessions { sessions, end } = sessions;
        let others = sessions.iter().any(|one| !one.is_this);
        let rows = sessions.iter().map(|session| row(&texts, session, &end)).collect_view();
        view! {
            <PageHead title=t!("sessions-title") lead=t!("sessions-lead")/>
            <section class="card"><ul class="rows">{rows}</ul></section>
            {if others {
                view! {
                    <div class="actions">
                        <PostButton
                            action=end label=t!("sessions-end-others") weight=Weight::Secondary fields=which(Which::All)
                        />
                    </div>
                }
                .into_any()
            } else {
                view! { <p class="muted">{t!("sessions-no-others")}</p> }.into_any()
            }}
        }
    })
}

/// What a button ends.
fn which(sessions: Which<SessionId>) -> Vec<(String, String)> {
    vec![("session".to_owned(), sessions.to_string())]
}

fn row(texts: &Texts, session: &ListedSession, end: &str) -> impl IntoView + use<> {
    let begun = texts.long_moment(session.begun);
    let seen = texts.with("sessions-seen", &[("at", texts.long_moment(session.seen).into())]);
    let at_the_end = if session.is_this {
        view! { <Tag text=texts.get("sessions-this") tone=Tone::Good/> }.into_any()
    } else {
        let fields = which(Which::One(session.id));
        let label = texts.get("sessions-end");
        let what = texts.with("sessions-end-what", &[("at", begun.clone().into())]);
        view! { <PostButton action=end label what weight=Weight::Secondary fields small=true/> }.into_any()
    };
    view! {
        <li>
            <span>
                {texts.with("sessions-begun", &[("at", begun.into())])}<br/><span class="muted small">{seen}</span>
            </span>
            <span class="row-end">{at_the_end}</span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;
    use uuid::Uuid;

    use super::*;
    use crate::document::tests::shown;

    fn session(number: u128, is_this: bool) -> ListedSession {
        ListedSession {
            id: SessionId(Uuid::from_u128(number)),
            begun: datetime(2026, 11, 24, 8, 12, 0, 0),
            seen: datetime(2026, 11, 24, 9, 40, 0, 0),
            is_this,
        }
    }

    #[test]
    fn the_others_can_be_ended_and_this_one_is_marked() {
        let end = "/sessions/end".to_owned();
        let html = shown(page(Sessions { sessions: vec![session(1, true), session(2, false)], end: end.clone() }));
        assert_eq!(html.matches("Den här inloggningen").count(), 1, "{html}");
        assert!(!html.contains(&Uuid::from_u128(1).to_string()), "this one is ended by logging out: {html}");
        assert!(html.contains(&format!("value=\"{}\"", Uuid::from_u128(2))), "{html}");
        let named = "Avsluta<span class=\"hidden-text\"> inloggningen 24\u{a0}november 2026";
        assert!(html.contains(named), "a list of buttons says which is which: {html}");
        assert!(html.contains("name=\"session\" value=\"all\""), "{html}");
        assert!(html.contains("Avsluta alla andra") && html.contains("action=\"/sessions/end\""), "{html}");
        let alone = shown(page(Sessions { sessions: vec![session(1, true)], end }));
        assert!(!alone.contains("Avsluta alla andra") && alone.contains("ingen annanstans"), "{alone}");
    }
}
