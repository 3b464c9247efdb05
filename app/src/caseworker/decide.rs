//! The form of a decision.

mod lines;

use domain::Money;
use domain::norm::set_lines::Worksheet;
use leptos::prelude::*;

use self::lines::line_fields;
use super::heading::{heading, tab_title, watched};
use super::model::{Decide, DecisionReceipt, LineForm, MadeDecision, PayoutPlan, ProposalState, ShownProposal};
use super::payout_method::method_words;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::{CalculationOutcome, Choice, Form, Outcome, Phrase};
use crate::t;
use crate::ui::{
    Amount, BackLink, CalculationSums, Card, ErrorSummary, Field, GroupedSelect, Note, NoteTone, Prose, Radios,
    RevisionField, SelectGroup, SelectOption, SubmitButton, SummaryList, SummaryRow, TextArea, TextKind, Weight,
    field_errors, field_state,
};

/// The form with the calculation beside it, or the decision once there is one.
pub fn page(decide: Decide) -> Page {
    let has_errors = !decide.form.errors.is_empty();
    let calculates = decide.worksheet.is_some() && !decide.lines.is_empty();
    let watched = watched(&decide.head, decide.form.revision);
    let page = Page::new(tab_title("decide-page", &decide.head), move || {
        let renewal = format!("/staff/renewals/{}", decide.head.renewal);
        let (name, month) = (decide.head.applicant.name.full(), decide.head.month);
        let decision = decide.head.decision.clone();
        let title = if decision.is_some() {
            t!("decide-decided-title", name = name, month = month)
        } else {
            t!("decide-title", name = name, month = month)
        };
        let errors = if decision.is_some() { Vec::new() } else { field_errors(&decide.form) };
        let decided = decision.is_some();
        let proposal = decide.who.as_ref().and_then(|who| who.proposal.clone());
        let proposal = proposal.map(|proposal| proposed(proposal, &decide.form, &renewal));
        let lines = format!("{renewal}#line-by-line");
        let answer = match decision {
            Some(decision) => {
                let reason = decide.reasons.into_iter().find(|(_, choice)| choice.value == decide.reason);
                let reason = reason.map(|(_, choice)| choice.label);
                view! { <Decided decision reason note=decide.note presenter=decide.presenter/> }.into_any()
            }
            None => view! {
                <DecisionForm
                    action=format!("{renewal}/decide")
                    form=decide.form
                    outcomes=decide.outcomes
                    outcome=decide.outcome
                    reasons=decide.reasons
                    reason=decide.reason
                    note=decide.note
                    seen=decide.seen
                    amount=decide.amount
                    lines=decide.lines
                    worksheet=decide.worksheet
                    alone=decide.who.as_ref().map(|who| alone(who.grants_up_to)).unwrap_or_default()
                />
            }
            .into_any(),
        };
        view! {
            <BackLink href=renewal label=t!("decide-back")/>
            <ErrorSummary errors/>
            {heading(&decide.head, title)}
            {decide.not_kept.map(|text| view! {
                <Note tone=NoteTone::Warning><p>{t!("decide-not-kept")}</p><Prose text/></Note>
            })}
            {proposal}
            <div class="columns">
                {answer}
                <div class="column">
                    <Planned payout=decide.payout decided/>
                    <Calculated calculation=decide.calculation lines/>
                </div>
            </div>
        }
    });
    page.with_errors(has_errors).with_calculation(calculates).watching(watched)
}

#[component]
fn DecisionForm(
    action: String,
    form: Form,
    outcomes: Vec<Outcome>,
    outcome: String,
    reasons: Vec<(Outcome, Choice)>,
    reason: String,
    note: String,
    seen: String,
    amount: Option<String>,
    lines: Vec<LineForm>,
    worksheet: Option<Worksheet>,
    alone: String,
) -> impl IntoView {
    let texts = texts();
    let name = |outcome: Outcome| texts.get(outcome.key());
    let options = outcomes.iter().map(|&outcome| SelectOption::new(outcome.code(), name(outcome))).collect();
    let chosen = chosen_group(&reasons, &outcome, &reason);
    let groups = outcomes
        .iter()
        .map(|&group| SelectGroup {
            label: name(group),
            options: reasons
                .iter()
                .filter(|(of, _)| *of == group)
                .map(|(_, choice)| SelectOption::new(choice.value.clone(), texts.phrase(&choice.label)))
                .collect(),
            value: if chosen == Some(group) { reason.clone() } else { String::new() },
        })
        .collect();
    let lines = (!lines.is_empty()).then(|| line_fields(lines, &form, worksheet));
    let amount = amount.map(|value| {
        view! {
            <Field
                name="amount"
                label=t!("decide-amount")
                hint=t!("decide-amount-hint")
                value
                kind=TextKind::Amount
                state=field_state(&form, "amount")
            />
        }
    });
    view! {
        <form class="card form" method="post" action=action>
            <RevisionField revision=form.revision/>
            <input type="hidden" name="seen" value=seen/>
            {lines}
            <Radios name="outcome" legend=t!("decide-outcome") options value=outcome state=field_state(&form, "outcome")/>
            <GroupedSelect
                name="reason"
                label=t!("decide-reason")
                hint=t!("decide-reason-hint")
                groups
                state=field_state(&form, "reason")
            />
            {amount}
            <TextArea
                name="note"
                label=t!("decide-note")
                hint=t!("decide-note-hint")
                value=note
                state=field_state(&form, "note")
            />
            <p class="muted small">{alone}</p>
            <div class="actions"><SubmitButton label=t!("decide-submit")/></div>
        </form>
    }
}

/// What the one who looks decides alone.
fn alone(grants_up_to: Option<Money>) -> String {
    match grants_up_to {
        Some(amount) => t!("decide-alone", amount = amount),
        None => t!("decide-alone-none"),
    }
}

/// The group in which the chosen reason is marked. A reason may go with several outcomes; that of the chosen outcome comes first.
fn chosen_group(reasons: &[(Outcome, Choice)], outcome: &str, reason: &str) -> Option<Outcome> {
    let groups: Vec<_> = reasons.iter().filter(|(_, choice)| choice.value == reason).map(|(group, _)| *group).collect();
    groups.iter().find(|group| group.code() == outcome).or_else(|| groups.first()).copied()
}

/// What has been proposed, why it takes two, and what the one who looks can do about it.
fn proposed(proposal: ShownProposal, form: &Form, renewal: &str) -> AnyView {
    let texts = texts();
    let ShownProposal { by, at, why, state, words } = proposal;
    let at = texts.moment(at);
    let who = match &by {
        Some(name) => t!("decide-proposed-by", name = name.as_str(), at = at),
        None => t!("decide-proposed-by-you", at = at),
    };
    let why = why.iter().map(|reason| view! { <li>{texts.phrase(reason)}</li> }).collect_view();
    let (tone, says) = match &state {
        ProposalState::Yours => (NoteTone::Info, t!("decide-proposed-yours")),
        ProposalState::Another if by.is_none() => (NoteTone::Info, t!("decide-proposed-awaits")),
        ProposalState::Another => (NoteTone::Warning, t!("decide-proposed-another")),
        ProposalState::Changed => (NoteTone::Warning, t!("decide-proposed-changed")),
        ProposalState::Returned { by, .. } => (NoteTone::Warning, t!("decide-proposed-returned", name = by.as_str())),
    };
    let returned = match &state {
        ProposalState::Returned { words, .. } => Some(view! { <Prose text=words.clone()/> }),
        _ => None,
    };
    let can_return = by.is_some() && !matches!(state, ProposalState::Returned { .. });
    let is_open = form.errors.iter().any(|error| error.field == "words");
    let hand_back = can_return.then(|| {
        view! {
            <details class="fold" open=is_open>
                <summary>{t!("decide-return")}</summary>
                <form method="post" action=format!("{renewal}/return-proposal")>
                    <TextArea
                        name="words"
                        label=t!("decide-return-words")
                        hint=t!("decide-return-hint")
                        value=words
                        state=field_state(form, "words")
                        rows=3
                    />
                    <div class="actions"><SubmitButton label=t!("decide-return-submit") weight=Weight::Secondary/></div>
                </form>
            </details>
        }
    });
    view! {
        <Note tone>
            <p>{who}</p>
            <ul>{why}</ul>
            <p><b>{says}</b></p>
            {returned}
        </Note>
        {hand_back}
    }
    .into_any()
}

#[component]
fn Decided(decision: MadeDecision, reason: Option<Phrase>, note: String, presenter: Option<String>) -> impl IntoView {
    let texts = texts();
    let row = |label: String, value: AnyView| SummaryRow { label, value, change: None };
    let outcome = t!(decision.outcome.key());
    let receipt = |DecisionReceipt { person, received, appeal_until }: DecisionReceipt| {
        let read = received.map_or_else(|| t!("decide-read-not-yet"), |day| texts.date(day));
        let appeal =
            appeal_until.map(|day| row(t!("decide-appeal", name = person.clone()), texts.date(day).into_any()));
        std::iter::once(row(t!("decide-read", name = person), read.into_any())).chain(appeal)
    };
    let rows = [
        Some(row(t!("decide-outcome-made"), view! { <b>{outcome}</b> }.into_any())),
        Some(row(t!("decide-decided"), texts.date(decision.decided).into_any())),
        reason.map(|reason| row(t!("decide-reason"), texts.phrase(&reason).into_any())),
        (!note.is_empty()).then(|| row(t!("decide-note"), view! { <Prose text=note/> }.into_any())),
        presenter.map(|name| row(t!("decide-presented-by"), name.into_any())),
    ];
    let rows = rows.into_iter().flatten().chain(decision.receipts.into_iter().flat_map(receipt)).collect();
    view! { <Card title=t!("decide-decided-card")><SummaryList rows/></Card> }
}

#[component]
fn Planned(payout: Option<PayoutPlan>, decided: bool) -> impl IntoView {
    let texts = texts();
    let title = if decided { t!("decide-payout-made") } else { t!("decide-payout") };
    let content = match payout {
        Some(payout) => view! {
            <p><Amount amount=payout.amount big=true/></p>
            <p>
                {texts.date(payout.pay_date)}<br/>
                {t!("decide-payout-to", name = payout.payee)}<br/>
                <span class="muted">{method_words(&texts, &payout.method)}</span>
            </p>
        }
        .into_any(),
        None => view! { <p>{t!("decide-payout-none")}</p> }.into_any(),
    };
    view! { <Card title>{content}</Card> }
}

#[component]
fn Calculated(calculation: CalculationOutcome, lines: String) -> impl IntoView {
    let content = match calculation {
        CalculationOutcome::Figure(calculation) => view! {
            <CalculationSums calculation/>
            <p class="small"><a href=lines>{t!("opened-line-by-line-link")}</a></p>
        }
        .into_any(),
        CalculationOutcome::NoFigure(why) => {
            view! { <Note tone=NoteTone::Warning><p>{texts().phrase(&why)}</p></Note> }.into_any()
        }
    };
    view! { <Card title=t!("opened-calculation")>{content}</Card> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_of_several_outcomes_is_marked_under_the_chosen_one() {
        let choice = |value: &str| Choice { value: value.to_owned(), label: Phrase::new("decide-reason") };
        let reasons = [
            (Outcome::Granted, choice("need-by-norm")),
            (Outcome::Granted, choice("other")),
            (Outcome::Rejected, choice("other")),
        ];
        assert_eq!(chosen_group(&reasons, "rejected", "other"), Some(Outcome::Rejected));
        assert_eq!(chosen_group(&reasons, "", "other"), Some(Outcome::Granted));
        assert_eq!(chosen_group(&reasons, "rejected", "need-by-norm"), Some(Outcome::Granted));
        assert_eq!(chosen_group(&reasons, "rejected", ""), None);
    }
}
