//! `GET /staff/renewals/{id}/decide`: the form of a decision, or the decision once there is one.

use app::caseworker::decide;
use app::caseworker::model::{Decide, LineForm, PayoutPlan, ProposalState, ShownProposal, WhoDecides};
use app::model::{Choice, Conflict, Form, Payee, Payout, Phrase};
use domain::decision::{Authority, Outcome, Reason, TakesTwo};
use domain::id::RenewalId;
use domain::norm::Standing;
use domain::norm::set_lines::{LineKey, Worksheet, settable};

use super::head;
use super::make_decision::{Asked, Way, decision, errors, official, seen};
use super::opened::Basis;
use crate::case::calculation::Review;
use crate::case::decision_draft::DecisionDraft;
use crate::case::decisions::Decided;
use crate::case::renewal::{self, CaseRenewal};
use crate::case::signers::{self, Signer};
use crate::case::{answers, authority, decision_draft, household, payouts, rules, signed};
use crate::db::{Action, DbError, Object, Vault};
use crate::http::{Here, Path, Problem, Reply, Visit};
use crate::session::policy::Caseworker;

/// The form with what has been typed, or the decision.
pub(crate) async fn page(mut visit: Visit<Caseworker>, Path(id): Path<RenewalId>) -> Reply {
    let decide = read(&mut visit, id).await?;
    visit.page(decide::page(decide)).await
}

/// What the page shows. That it was opened is noted.
pub(super) async fn read(visit: &mut Visit<Caseworker>, id: RenewalId) -> Result<Decide, Problem> {
    let Visit { here, actor, tx, .. } = visit;
    let renewal = renewal::find(tx, id).await?.ok_or(Problem::NotFound)?;
    let asked = answers::newest(tx, id).await?;
    let signed = signed::facts(tx, id).await?.ok_or(DbError::Inconsistent { column: "signed_document.core" })?;
    let basis = Basis::read(tx, &renewal, asked, &[], signed).await?;
    let signers = signers::of_renewal(tx, id).await?;
    tx.audit(Action::OpenedRenewal, Object::Renewal(id)).await?;
    Ok(match &basis {
        Basis::Open(review) => {
            let authority = authority::of(tx, actor.staff(), renewal.case).await?;
            let who = who_decides(here, actor, &renewal, review, &authority, &tx.vault())?;
            Decide { who: Some(who), ..form(here, actor, &renewal, review, &signers)? }
        }
        Basis::Decided { decided, payouts, .. } => made(here, &renewal, &basis, decided, payouts, &signers)?,
    })
}

/// What the one who looks decides alone, and how it stands with what has been proposed.
fn who_decides(
    here: &Here,
    caseworker: &Caseworker,
    renewal: &CaseRenewal,
    review: &Review,
    authority: &Authority,
    vault: &Vault,
) -> Result<WhoDecides, DbError> {
    let (by, alone) = (caseworker.staff(), authority.alone);
    let grants_up_to = authority.grants_alone_up_to();
    let Some(stored) = &renewal.proposal else { return Ok(WhoDecides { grants_up_to, proposal: None }) };
    let state = if let Some(returned) = &stored.returned {
        ProposalState::Returned { by: returned.by.clone(), words: returned.words.as_str().to_owned() }
    } else {
        let would_be = decision(&renewal.draft, official(caseworker), renewal, review, here.today());
        let asked = would_be.map(|decision| Asked::new(renewal, review, &decision, vault)).transpose()?;
        match asked.filter(|asked| stored.stands_for(&asked.content)).map(|asked| asked.way(authority, by)) {
            Some(Way::Alone | Way::After(_)) => ProposalState::Yours,
            Some(Way::Awaits) => ProposalState::Another,
            Some(Way::Propose(_)) | None => ProposalState::Changed,
        }
    };
    let why = stored.takes_two.iter().filter_map(|code| TakesTwo::from_code(code, alone));
    let why = why.map(|reason| match reason.limit() {
        Some(limit) => Phrase::new(reason.key()).with("limit", limit),
        None => Phrase::new(reason.key()),
    });
    Ok(WhoDecides {
        grants_up_to,
        proposal: Some(ShownProposal {
            by: (stored.by.staff != by).then(|| stored.by.name.as_str().to_owned()),
            at: here.local(stored.at),
            why: why.collect(),
            state,
            words: String::new(),
        }),
    })
}

fn form(
    here: &Here,
    caseworker: &Caseworker,
    renewal: &CaseRenewal,
    review: &Review,
    signers: &[Signer],
) -> Result<Decide, DbError> {
    let (draft, members) = (&renewal.draft, &review.known.facts.members);
    let made = review.outcome.as_ref().ok();
    let payout = made.filter(|made| !made.result.sums.payable.is_zero()).map(|made| PayoutPlan {
        amount: made.result.sums.payable,
        pay_date: here.site.municipality.pay_rule.pay_date(renewal.month, here.today()),
        method: payouts::method(&renewal.payout),
        payee: household::applicant(members),
    });
    let conflict = |one: &decision_draft::LineConflict| Conflict {
        field: one.field.clone(),
        other: one.other.as_str().to_owned(),
    };
    Ok(Decide {
        head: head::of_renewal(here, renewal, members, signers, None)?,
        form: Form {
            revision: u32::try_from(renewal.draft_revision).unwrap_or_default(),
            errors: errors(draft, official(caseworker), renewal, review, here.today()),
            conflicts: draft.conflicts.iter().map(conflict).collect(),
            ..Form::default()
        },
        seen: seen(review),
        not_kept: None,
        worksheet: made.and_then(|made| {
            let book = rules::book().ok()?;
            Worksheet::new(book, made.input.clone(), draft.lines.clone(), caseworker.staff(), here.today()).ok()
        }),
        amount: match &review.outcome {
            Err(why) if why.is_decided_by_hand() => Some(draft.amount.as_str().to_owned()),
            Ok(_) | Err(_) => None,
        },
        lines: lines(review, draft),
        outcome: draft.outcome.as_str().to_owned(),
        reason: draft.reason.as_str().to_owned(),
        note: draft.note.as_str().to_owned(),
        outcomes: Outcome::ALL.to_vec(),
        reasons: reasons(),
        calculation: review.shown(),
        payout,
        who: None,
        presenter: None,
    })
}

fn made(
    here: &Here,
    renewal: &CaseRenewal,
    basis: &Basis,
    decided: &Decided,
    payouts: &[Payout],
    signers: &[Signer],
) -> Result<Decide, DbError> {
    Ok(Decide {
        head: head::of_renewal(here, renewal, basis.members(), signers, Some(decided))?,
        form: Form::default(),
        outcome: decided.outcome.code().to_owned(),
        reason: decided.grounds.reasons.first().map_or_else(String::new, |reason| reason.code().to_owned()),
        note: decided.note.clone().unwrap_or_default(),
        seen: String::new(),
        not_kept: None,
        worksheet: None,
        amount: None,
        lines: Vec::new(),
        outcomes: Outcome::ALL.to_vec(),
        reasons: reasons(),
        calculation: basis.shown(),
        payout: payouts.first().map(|payout| PayoutPlan {
            amount: payout.amount,
            pay_date: payout.pay_date,
            method: payout.method.clone(),
            payee: match &payout.payee {
                Payee::Household(name) | Payee::ThirdParty(name) => name.clone(),
            },
        }),
        who: None,
        presenter: decided.presenter.clone(),
    })
}

/// The lines that a caseworker may set: all but those that only belong to another month.
fn lines(review: &Review, draft: &DecisionDraft) -> Vec<LineForm> {
    let names = review.known.names();
    let made = review.outcome.as_ref().ok();
    made.into_iter()
        .flat_map(|made| settable(&made.result))
        .map(|line| {
            let key = LineKey::of(&line.subject);
            let typed = draft.lines.get(&key);
            let (value_field, why_field) = (key.value_field(), key.why_field());
            let differs = draft.conflicts.iter().any(|one| [&value_field, &why_field].contains(&&one.field));
            LineForm {
                line: names.draft_line(line),
                open: typed.is_some() || differs || line.standing == Standing::AsksHuman,
                value_field,
                value: typed.map_or_else(String::new, |typed| typed.value.as_str().to_owned()),
                why_field,
                why: typed.map_or_else(String::new, |typed| typed.why.as_str().to_owned()),
            }
        })
        .collect()
}

/// Every reason under each outcome that it can lead to.
fn reasons() -> Vec<(Outcome, Choice)> {
    let choice = |reason: &Reason| Choice { value: reason.code().to_owned(), label: Phrase::new(reason.key()) };
    Outcome::ALL
        .iter()
        .flat_map(|&outcome| {
            let fitting = Reason::ALL.iter().filter(move |reason| reason.fits(outcome));
            fitting.map(move |reason| (outcome, choice(reason)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::kind::ExpenseKind;
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::{Statement, Towns, audited, day, stage_of};

    fn path(renewal: RenewalId) -> String {
        format!("/staff/renewals/{renewal}/decide")
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_a_colleague_has_typed_is_shown_until_there_is_a_decision(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let statement = Statement { expenses: vec![(ExpenseKind::Rent, 6_000, day(12, 1))], ..Statement::default() };
        let renewal = stage.signed(home.case, "2026-12", &statement).await;
        let (_, colleague) = stage.colleague("siv").await;

        let fields = [("act", "calculate"), ("outcome", "rejected"), ("note", "Väntar på hyresavin.")];
        stage.fill(&home.host, &colleague, &path(renewal), &fields).await;
        let form = stage.page(&home.caseworker, &path(renewal)).await;
        assert!(form.contains("Väntar på hyresavin.") && form.contains("value=\"rejected\" checked"), "{form}");
        assert!(
            form.contains("6 000 kr") && form.contains("name=\"line-norm-shared\""),
            "the lines can be set: {form}"
        );

        stage.decided(renewal, "granted", "need-by-norm").await;
        let decided = stage.page(&colleague, &path(renewal)).await;
        assert!(!decided.contains("<textarea") && !decided.contains("Väntar på hyresavin."), "{decided}");
        assert!(decided.contains("6 000 kr") && decided.contains("Bifall"), "{decided}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_draft_a_hidden_case_and_another_municipalitys_are_not_found(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, away) = (&stage.home, &stage.away);
        for unseen in stage.unseen().await {
            assert_eq!(stage.look(&home.caseworker, &path(unseen)).await.status, StatusCode::NOT_FOUND);
        }
        let (couple, _) = stage.couple().await;
        let signed = stage.signed(couple.case, "2026-12", &Statement::default()).await;
        let elsewhere = stage.get(&away.host, &away.caseworker, &path(signed)).await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
        assert_eq!(stage.look(&home.admin, &path(signed)).await.status, StatusCode::FORBIDDEN);
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "opened-renewal").await, 0, "nobody has opened anything");
        assert_eq!(stage_of(&mut tx, signed).await, "submitted");
    }
}
