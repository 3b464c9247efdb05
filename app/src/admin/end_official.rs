//! The question before somebody's access is ended.

use domain::staff::StaffRole;
use leptos::prelude::*;

use super::model::OfficialRow;
use crate::document::Page;
use crate::model::Phrase;
use crate::t;
use crate::ui::{BackLink, Card, LinkButton, PageHead, SubmitButton, Weight};

/// What it means, and both answers.
pub fn page(official: OfficialRow) -> Page {
    Page::new(Phrase::new("end-official-page").with("name", official.name.as_str()), move || {
        let OfficialRow { id, name, role, .. } = official;
        let name = name.as_str();
        let (address, end) = (format!("/admin/officials/{id}"), format!("/admin/officials/{id}/end"));
        let mut means = vec![t!("end-official-sessions", name = name)];
        if role == StaffRole::Caseworker {
            means.extend([t!("end-official-delegations"), t!("end-official-cases"), t!("end-official-proposals")]);
        }
        let back = match role {
            StaffRole::Caseworker => t!("end-official-back", name = name),
            StaffRole::Admin => t!("end-official-back-admin", name = name),
        };
        let means = means.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            <BackLink href=address.clone() label=name/>
            <PageHead title=t!("end-official-title", name = name) lead=t!("end-official-lead")/>
            <Card title=t!("end-official-what")>
                <ul class="rows">{means}</ul>
                <p>{back}</p>
            </Card>
            <form method="post" action=end>
                <div class="actions">
                    <SubmitButton label=t!("end-official-button") weight=Weight::Danger/>
                    <LinkButton href=address label=t!("end-official-keep") weight=Weight::Secondary/>
                </div>
            </form>
        }
    })
}
