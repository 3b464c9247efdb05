//! Contact details and household.

use domain::renewal::{Part, Section};
use leptos::prelude::*;

use super::household_changes;
use super::model::HouseholdSection;
use super::section::{self, BackToSections};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{HouseholdPerson, MemberRole, Phrase, SourceChip};
use crate::t;
use crate::ui::{
    Card, ErrorSummary, Field, Isolated, PageHead, Radios, RevisionField, SelectOption, SourceChip, SubmitButton,
    TextArea, TextKind, Weight, field_errors, field_state,
};

/// What the register says, how to reach the person, and whether the household is the same.
pub fn page(household: HouseholdSection) -> Page {
    let has_errors = !household.form.errors.is_empty();
    let watched = section::watched(household.form.revision);
    let body = move || {
        let texts = texts();
        let form = household.form;
        let members = household.members.iter().map(|one| member(&texts, one)).collect_view();
        let address = household.address.into_iter().map(|line| view! { {line}<br/> }).collect_view();
        let answers = vec![
            SelectOption::new("same", t!("household-same")),
            SelectOption::new("changed", t!("household-changed")),
        ];
        let asks = household.part == Part::Whole;
        let title = section::name(&texts, Section::Household, household.part);
        let contact = asks.then(|| view! { <h2>{t!("household-contact")}</h2> });
        let members = asks.then(|| {
            view! {
                <Card title=t!("household-members")>
                    <ul class="rows">{members}</ul>
                    <h3>{t!("household-address")}</h3>
                    <address>{address}</address>
                    <p class="marks"><SourceChip source=SourceChip::Register/></p>
                </Card>
            }
        });
        let more = asks.then(|| {
            let sends = ("more".to_owned(), "on".to_owned());
            view! { <SubmitButton label=t!("household-changes-more") weight=Weight::Secondary sends/> }
        });
        let shared = household.changes.other.as_deref().map(|name| {
            view! { <p class="muted">{t!("household-changes-shared", name = name)}</p> }
        });
        let question = asks.then(|| {
            view! {
                <section class="card fields">
                    <Radios
                        name="household"
                        legend=t!("household-question")
                        options=answers
                        value=household.answer
                        state=field_state(&form, "household")
                    />
                </section>
                <section class="card fields">
                    <h2>{t!("household-changes")}</h2>
                    <p class="muted">{t!("household-changes-hint")}</p>
                    {shared}
                    {household_changes::blocks(&household.changes, &form)}
                    <TextArea
                        name="household-change"
                        label=t!("household-change")
                        hint=t!("household-change-hint")
                        value=household.change
                        state=field_state(&form, "household-change")
                        rows=3
                    />
                </section>
            }
        });
        view! {
            <BackToSections month=household.month section=Section::Household/>
            <ErrorSummary errors=field_errors(&form)/>
            <PageHead title/>
            {members}
            <form method="post" action="/renewal/household" novalidate=true>
                <RevisionField revision=form.revision of=form.of.clone()/>
                {question}
                <section class="card fields">
                    {contact}
                    <Field
                        name="phone"
                        label=t!("household-phone")
                        hint=t!("household-contact-hint")
                        value=household.phone
                        kind=TextKind::Phone
                        state=field_state(&form, "phone")
                    />
                    <Field
                        name="email"
                        label=t!("household-email")
                        value=household.email
                        kind=TextKind::Email
                        state=field_state(&form, "email")
                    />
                </section>
                <div class="actions">
                    <SubmitButton label=t!("renewal-continue")/>
                    {more}
                </div>
            </form>
        }
    };
    let title = if household.part == Part::Own { "household-contact" } else { "household-title" };
    Page::new(Phrase::new(title), body).with_errors(has_errors).watching(watched)
}

fn member(texts: &Texts, member: &HouseholdPerson) -> impl IntoView + use<> {
    view! {
        <li>
            <span>{member.name.full()}<br/><span class="muted small">{role(texts, member.role)}</span></span>
            <span class="row-end"><Isolated text=member.number.hyphenated()/></span>
        </li>
    }
}

/// What a member of the household is to the applicant.
pub(super) fn role(texts: &Texts, role: MemberRole) -> String {
    match role {
        MemberRole::Applicant => texts.get("household-role-applicant"),
        MemberRole::CoApplicant => texts.get("household-role-co-applicant"),
        MemberRole::Child => texts.get("household-role-child"),
        MemberRole::PartTimeChild { days } => {
            texts.with("household-role-part-time-child", &[("days", i64::from(days).into())])
        }
        MemberRole::YouthInSchool => texts.get("household-role-youth"),
        MemberRole::SharesHome => texts.get("household-role-shares-home"),
    }
}
