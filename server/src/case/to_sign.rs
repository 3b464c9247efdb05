//! What there is to sign of a renewal: the shared facts as they stand, and what is the applicant's own.

use app::i18n::Texts;
use app::ui::authority_name;
use domain::NormMonth;
use domain::account::PayoutMethod;
use domain::form::PlainText;
use domain::id::RenewalId;
use domain::renewal::document::{
    Annex, AnnexSchema, AnswerFact, AuthorityFact, Core, CoreSchema, Declaration, PayoutFact, SignedMember, SignedRole,
};
use domain::renewal::judge::{Contact, Statements};
use domain::renewal::state::SignerRole;

use super::answers::Asked;
use super::household::HouseholdMember;

/// The shared facts of a renewal, from all that they are made of.
pub(crate) fn core(
    renewal: RenewalId,
    norm_month: NormMonth,
    members: &[HouseholdMember],
    answers: &[Asked],
    statements: &Statements,
    payout: &PayoutMethod,
    swedish: &Texts,
) -> Core {
    let authorities = answers
        .iter()
        .map(|asked| AuthorityFact {
            source: PlainText::new(&authority_name(swedish, &asked.authority)),
            person: asked.person,
            fetched: asked.answer.as_ref().map(|(at, _)| *at),
            answer: asked
                .answer
                .as_ref()
                .map_or(AnswerFact::Failed { failure: domain::authority::FailureKind::TimedOut }, |(_, answer)| {
                    AnswerFact::from(answer)
                }),
        })
        .collect();
    Core {
        schema: CoreSchema::V2,
        renewal,
        norm_month,
        household: members.iter().map(member).collect(),
        household_statement: statements.household.clone(),
        authorities,
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

/// What the applicant's own annex holds.
pub(crate) fn applicants_annex(
    renewal: RenewalId,
    role: SignerRole,
    contact: &Contact,
    message: Option<&PlainText>,
) -> Annex {
    Annex {
        schema: AnnexSchema::V1,
        renewal,
        role,
        phone: contact.phone.clone(),
        email: contact.email.clone(),
        message: message.cloned(),
    }
}
