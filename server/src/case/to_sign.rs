//! What there is to sign of a renewal: the shared facts as they stand, and what is each signer's own.

use app::i18n::Texts;
use app::model::episode;
use app::ui::authority_name;
use domain::NormMonth;
use domain::account::PayoutMethod;
use domain::authority::FailureKind;
use domain::form::PlainText;
use domain::id::RenewalId;
use domain::renewal::OwnRows;
use domain::renewal::activity::ActivityStatement;
use domain::renewal::dispute;
use domain::renewal::document::{
    Annex, AnnexSchema, AnswerFact, AuthorityFact, Core, CoreSchema, Declaration, PayoutFact, SignedMember, SignedRole,
};
use domain::renewal::episode::Episode;
use domain::renewal::judge::{OwnStatements, Statements};
use domain::renewal::proof::Proofs;
use domain::renewal::state::SignerRole;

use super::answers::{Asked, rows_about};
use super::household::HouseholdMember;

/// The shared facts of a renewal, from all that they are made of.
pub(crate) fn core(
    renewal: RenewalId,
    norm_month: NormMonth,
    members: &[HouseholdMember],
    statements: &Statements,
    payout: &PayoutMethod,
) -> Core {
    Core {
        schema: CoreSchema::V6,
        renewal,
        norm_month,
        household: members.iter().map(member).collect(),
        household_statement: statements.household.clone(),
        authorities: None,
        incomes: statements.incomes.clone(),
        expenses: statements.expenses.clone(),
        payout: PayoutFact::of(payout, renewal),
        declarations: Declaration::ALL.to_vec(),
    }
}

fn member(member: &HouseholdMember) -> SignedMember {
    let role = match member.signs_as {
        Some(SignerRole::Applicant) => SignedRole::Applicant,
        Some(SignerRole::CoApplicant) => SignedRole::CoApplicant,
        None if member.particulars.role.is_adult() => SignedRole::Other,
        None => SignedRole::Child,
    };
    SignedMember {
        person: member.person,
        person_number: member.number,
        name: PlainText::new(&member.name.full()),
        role,
    }
}

/// What stands in a signer's own annex beside this core: what the sources have answered about them so far, and what they say themselves.
/// Beside an older core, which has the answers itself, it holds none, and nothing of incomes and expenses.
pub(crate) fn annex(core: &Core, role: SignerRole, answers: &[Asked], own: &OwnStatements, swedish: &Texts) -> Annex {
    let signer = core.signer(role).map(|signer| signer.person);
    let about = answers.iter().filter(|asked| Some(asked.person) == signer);
    let schema = core.schema.annex();
    let mut facts: Vec<_> = about.map(|asked| fact(asked, swedish)).collect();
    if let Some(signer) = signer.filter(|_| schema.has_disputes()) {
        let rows = rows_about(answers, signer);
        let told = facts.iter_mut().flat_map(|fact| fact.answer.rows_mut());
        for (row, dispute) in told.zip(dispute::place(&own.disputes, &rows)) {
            row.disputed = dispute.map(|dispute| dispute.said.clone());
        }
    }
    let annex = Annex {
        schema,
        renewal: core.renewal,
        role,
        authorities: schema.has_own().then_some(facts),
        rows: own.rows.clone().filter(|_| schema.has_own()).map(|rows| rows_of(schema, rows)),
        activity: own
            .activity
            .clone()
            .filter(|_| schema.has_activity())
            .map(|activity| activity_of(schema, activity, swedish)),
        proofs: Proofs::default(),
        phone: own.contact.phone.clone(),
        email: own.contact.email.clone(),
        message: own.message.clone(),
    };
    if !schema.has_proofs() {
        return annex;
    }
    // Of a row that is in no answer any more nothing is said, and so nothing shown.
    let stated: Vec<_> = annex.states(core).collect();
    Annex { proofs: own.proofs.only_of(&stated), ..annex }
}

/// Rows in the form that goes with a schema: beside a core of before months were asked for, an expense is on a day.
fn rows_of(schema: AnnexSchema, mut rows: OwnRows) -> OwnRows {
    if !schema.has_proofs() {
        rows.incomes.iter_mut().for_each(|income| income.payer = None);
    }
    if !schema.has_months() {
        for income in &mut rows.incomes {
            income.carried = None;
        }
        for expense in &mut rows.expenses {
            let month = expense.month.take();
            expense.date = expense.date.or_else(|| month.map(NormMonth::last_day));
            expense.carried = None;
        }
    }
    rows
}

/// What a month has been in the form that goes with a schema: where it is not told episode by episode, it is told in the note.
fn activity_of(schema: AnnexSchema, mut activity: ActivityStatement, swedish: &Texts) -> ActivityStatement {
    if !schema.has_episodes() && !activity.episodes.is_empty() {
        let told = std::mem::take(&mut activity.episodes);
        let told = told.iter().map(|episode| swedish.phrase(&episode::told(episode)));
        let note = activity.note.iter().map(|note| note.as_str().to_owned());
        activity.note = Some(PlainText::new(&note.chain(told).collect::<Vec<_>>().join("\n")));
    }
    if !schema.has_proofs() {
        activity.episodes.iter_mut().for_each(Episode::forget_id);
    }
    activity
}

/// What one source has answered. One that has not yet is as one that did not.
fn fact(asked: &Asked, swedish: &Texts) -> AuthorityFact {
    let silent = AnswerFact::Failed { failure: FailureKind::TimedOut };
    AuthorityFact {
        source: PlainText::new(&authority_name(swedish, &asked.authority)),
        person: asked.person,
        fetched: asked.answer.as_ref().map(|(at, _)| *at),
        answer: asked.answer.as_ref().map_or(silent, |(_, answer)| AnswerFact::from(answer)),
    }
}
