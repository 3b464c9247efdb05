//! What one adult of a household sees of what authorities say about the other.

use domain::other_adult::OtherAdultRule;
use leptos::prelude::*;

use super::model::OtherAdultSetting;
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::Phrase;
use crate::t;
use crate::ui::{
    Card, ErrorSummary, PageHead, Prose, Radios, RevisionField, SelectOption, SubmitButton, SummaryList, SummaryRow,
    TextArea, field_errors, field_state,
};

/// What it is and who said it, and a form to say it anew.
pub fn page(setting: OtherAdultSetting) -> Page {
    let has_errors = !setting.form.errors.is_empty();
    let body = move || {
        let texts = texts();
        let now = now(&texts, &setting);
        let OtherAdultSetting { shows_sum, ground, form, .. } = setting;
        let answers = vec![
            SelectOption::new("no", t!("other-adult-rule-no")),
            SelectOption::new("yes", t!("other-adult-rule-yes")),
        ];
        view! {
            <ErrorSummary errors=field_errors(&form)/>
            <PageHead title=t!("other-adult-rule-title") lead=t!("other-adult-rule-lead")/>
            <div class="columns">
                <form method="post" action="/admin/other-adult">
                    <RevisionField revision=form.revision/>
                    <section class="card fields">
                        <Radios
                            name="shows-sum"
                            legend=t!("other-adult-rule-form")
                            options=answers
                            value=shows_sum
                            state=field_state(&form, "shows-sum")
                        />
                        <TextArea
                            name="ground"
                            label=t!("other-adult-rule-ground")
                            hint=t!("other-adult-rule-ground-hint")
                            value=ground
                            state=field_state(&form, "ground")
                            rows=4
                        />
                        <div class="actions"><SubmitButton label=t!("other-adult-rule-save")/></div>
                    </section>
                </form>
                <div class="column">
                    <Card title=t!("other-adult-rule-now")>{now}</Card>
                    <Card title=t!("other-adult-rule-always")>
                        <ul class="rows">
                            <li>{t!("other-adult-rule-always-rows")}</li>
                            <li>{t!("other-adult-rule-always-stated")}</li>
                            <li>{t!("other-adult-rule-always-decided")}</li>
                        </ul>
                    </Card>
                </div>
            </div>
        }
    };
    Page::new(Phrase::new("other-adult-rule-title"), body).with_errors(has_errors)
}

fn now(texts: &Texts, setting: &OtherAdultSetting) -> AnyView {
    let Some((rule, name, at)) = &setting.now else {
        return view! { <p>{texts.get("other-adult-rule-none")}</p> }.into_any();
    };
    let row = |key: &str, value: AnyView| SummaryRow { label: texts.get(key), value, change: None };
    let said = [("name", name.as_str().into()), ("at", texts.long_moment(*at).into())];
    let said = row("other-adult-rule-said", texts.with("other-adult-rule-said-by", &said).into_any());
    let (what, ground) = match rule {
        OtherAdultRule::Nothing => ("other-adult-rule-nothing-now", None),
        OtherAdultRule::Sum(ground) => {
            let ground = view! { <Prose text=ground.as_str().to_owned()/> }.into_any();
            ("other-adult-rule-sum-now", Some(row("other-adult-rule-ground-now", ground)))
        }
    };
    let rows: Vec<_> = ground.into_iter().chain([said]).collect();
    view! { <p>{texts.get(what)}</p><SummaryList rows/> }.into_any()
}
