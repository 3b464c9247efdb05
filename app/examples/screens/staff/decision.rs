//! One renewal to be decided, with invented amounts.

use app::caseworker::model::{Decide, LineForm, PayoutPlan, ProposalState, ShownProposal, WhoDecides};
use app::model::{CalculationLine, CalculationOutcome, Choice, FieldError, Form, LineState, Outcome, Phrase};
use domain::decision::Reason;
use jiff::civil::{date, datetime};

use super::renewal::{account, calculation, decided_head, head, no_figure};
use super::{kronor, petra};

pub(super) fn to_decide() -> Decide {
    let reasons = [Outcome::Granted, Outcome::PartlyGranted, Outcome::Rejected].into_iter().flat_map(reasons).collect();
    Decide {
        head: head(),
        form: Form::default(),
        outcome: String::new(),
        reason: String::new(),
        note: String::new(),
        seen: String::new(),
        not_kept: None,
        worksheet: None,
        amount: None,
        lines: calculation().lines.into_iter().zip(0..).map(line_form).collect(),
        outcomes: vec![Outcome::Granted, Outcome::PartlyGranted, Outcome::Rejected],
        reasons,
        calculation: CalculationOutcome::Figure(calculation()),
        payout: Some(PayoutPlan {
            amount: kronor(8_276),
            pay_date: date(2026, 11, 27),
            method: account(),
            payee: petra().name.full(),
        }),
        who: Some(WhoDecides { grants_up_to: Some(kronor(15_000)), proposal: None }),
        presenter: None,
    }
}

fn with_proposal(by: Option<&str>, state: ProposalState) -> Decide {
    let why = vec![Phrase::new("takes-two-amount").with("limit", kronor(15_000)), Phrase::new("takes-two-payee")];
    let at = datetime(2026, 11, 24, 8, 14, 0, 0);
    let proposal = ShownProposal { by: by.map(str::to_owned), at, why, state, words: String::new() };
    let who = Some(WhoDecides { grants_up_to: Some(kronor(15_000)), proposal: Some(proposal) });
    Decide { who, outcome: Outcome::Granted.code().to_owned(), ..to_decide() }
}

/// By a colleague.
pub(super) fn proposed(state: ProposalState) -> Decide {
    with_proposal(Some("Karl Ström"), state)
}

pub(super) fn proposed_by_oneself() -> Decide {
    with_proposal(None, ProposalState::Another)
}

fn line_form((line, number): (CalculationLine, u32)) -> LineForm {
    LineForm {
        open: line.state == LineState::AsksHuman,
        value_field: format!("line-{number}"),
        value: String::new(),
        why_field: format!("why-{number}"),
        why: String::new(),
        line,
    }
}

fn reasons(outcome: Outcome) -> Vec<(Outcome, Choice)> {
    let choice = |reason: &Reason| Choice { value: reason.code().to_owned(), label: Phrase::new(reason.key()) };
    let fitting = Reason::ALL.iter().filter(|reason| reason.fits(outcome));
    fitting.map(|reason| (outcome, choice(reason))).collect()
}

pub(super) fn decide_with_errors() -> Decide {
    let error = |field: &str, key: &'static str| FieldError { field: field.to_owned(), message: Phrase::new(key) };
    let errors = vec![
        error("outcome", "decision-error-outcome-missing"),
        error("reason", "decision-error-reason-unfit"),
        error("note", "decision-error-note-missing"),
    ];
    Decide {
        form: Form { errors, ..Form::default() },
        reason: "other".to_owned(),
        note: "Skriver \u{f6}ver </textarea><b>h\u{e4}r</b>".to_owned(),
        ..to_decide()
    }
}

pub(super) fn decide_without_figure() -> Decide {
    Decide {
        calculation: no_figure(),
        payout: None,
        outcome: "granted".to_owned(),
        amount: Some("8276".to_owned()),
        lines: Vec::new(),
        ..to_decide()
    }
}

pub(super) fn decided_decision() -> Decide {
    Decide {
        head: decided_head(),
        outcome: "partly-granted".to_owned(),
        reason: "expense-too-high".to_owned(),
        note: "Hyran godtas upp till riktlinjen.".to_owned(),
        lines: Vec::new(),
        ..to_decide()
    }
}
