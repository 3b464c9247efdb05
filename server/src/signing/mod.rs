//! What is signed: made of what is saved, in one spelling, with the texts that the signer sees.

mod text;

use std::collections::HashMap;

use app::i18n::Texts;
use app::ui::authority_name;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::NormMonth;
use domain::account::PayoutMethod;
use domain::form::PlainText;
use domain::id::{CaseId, MunicipalityId, PersonId, RenewalId};
use domain::renewal::document::{
    Annex, AnnexSchema, AnswerFact, AuthorityFact, Binding, Canonical as _, Core, CoreSchema, Declaration,
    DocumentError, Manifest, Member, MemberRole, Nonce, Originals, read,
};
use domain::renewal::judge::{Contact, Statements};
use domain::renewal::state::SignerRole;
use serde::{Deserialize, Serialize};

use crate::case::answers::Asked;
use crate::case::household::HouseholdMember;
use crate::case::payout_way;
use crate::case::renewal::uuids;
use crate::db::{Column, DbError, TenantTx};
use crate::login::oidc::VerifiedSignature;
use crate::login::policy::OwnRenewal;
use crate::random::{self, NoRandom};

/// What goes before one person to be signed, byte for byte.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The shared facts.
    pub core: String,
    /// What is the signer's own.
    pub annex: String,
    /// The manifest: what the eID signs.
    pub manifest: String,
    /// The Swedish text, which prevails.
    pub swedish_text: String,
    /// The text in the signer's language.
    pub shown_text: String,
    /// The message in the eID's dialogue.
    pub sign_message: String,
    /// The language of the text that was shown.
    pub locale: String,
}

/// What could not be made ready to be signed.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// The facts make no document.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The language has no tag that a manifest may carry.
    #[error("the language has no tag that a manifest may carry")]
    Locale,
    /// No nonce could be made.
    #[error(transparent)]
    NoRandom(#[from] NoRandom),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Who signs, where, in which words.
pub struct Signer<'a> {
    /// Whose service it is.
    pub municipality: MunicipalityId,
    /// The municipality's name.
    pub municipality_name: &'a str,
    /// The case.
    pub case: CaseId,
    /// In which role.
    pub role: SignerRole,
    /// The Swedish texts.
    pub swedish: &'a Texts,
    /// The texts in the signer's language.
    pub texts: &'a Texts,
}

/// The shared facts of a renewal as they stand now.
pub async fn core(
    tx: &mut TenantTx,
    renewal: &OwnRenewal,
    case: CaseId,
    members: &[HouseholdMember],
    answers: &[Asked],
    statements: &Statements,
    swedish: &Texts,
) -> Result<Core, SigningError> {
    let payout = payout_way::of_case(tx, case).await?;
    Ok(core_of(renewal.id(), renewal.month(), members, answers, statements, &payout, swedish))
}

/// The shared facts of a renewal, from all that they are made of.
pub fn core_of(
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
        schema: CoreSchema::V1,
        renewal,
        norm_month,
        household: members.iter().map(member).collect(),
        household_statement: statements.household.clone(),
        authorities,
        incomes: statements.incomes.clone(),
        expenses: statements.expenses.clone(),
        payout: payout.into(),
        declarations: Declaration::ALL.to_vec(),
    }
}

fn member(member: &HouseholdMember) -> Member {
    let role = match member.signs_as {
        Some(SignerRole::Applicant) => MemberRole::Applicant,
        Some(SignerRole::CoApplicant) => MemberRole::CoApplicant,
        None if member.particulars.role.is_adult() => MemberRole::Other,
        None => MemberRole::Child,
    };
    Member { person: member.person, person_number: member.number, name: PlainText::new(&member.name.full()), role }
}

/// What the applicant's own annex holds.
pub fn applicants_annex(
    renewal: &OwnRenewal,
    role: SignerRole,
    contact: &Contact,
    message: Option<&PlainText>,
) -> Annex {
    Annex {
        schema: AnnexSchema::V1,
        renewal: renewal.id(),
        role,
        phone: contact.phone.clone(),
        email: contact.email.clone(),
        message: message.cloned(),
    }
}

/// The core that was signed first, read strictly.
pub async fn signed_core(tx: &mut TenantTx, renewal: RenewalId) -> Result<Option<Core>, SigningError> {
    Ok(signed_cores(tx, &[renewal]).await?.remove(&renewal))
}

/// The same for each of these renewals; one that nobody has signed is not among them.
pub async fn signed_cores(tx: &mut TenantTx, renewals: &[RenewalId]) -> Result<HashMap<RenewalId, Core>, SigningError> {
    let municipality = tx.municipality().0;
    let rows = sqlx::query!(
        "select renewal_id, core_sealed from signed_document where municipality_id = $1 and renewal_id = any ($2)",
        municipality,
        &uuids(renewals),
    )
    .fetch_all(tx.connection())
    .await
    .map_err(DbError::from)?;
    let vault = tx.vault();
    rows.into_iter()
        .map(|row| {
            let bytes = vault.open(Column::DocumentCore, row.renewal_id, &row.core_sealed).map_err(DbError::from)?;
            Ok((RenewalId(row.renewal_id), read(&bytes)?))
        })
        .collect()
}

/// The shared facts in words, for the co-applicant to read before signing.
pub fn shared_text(core: &Core, municipality: &str, texts: &Texts) -> String {
    text::shared(core, municipality, texts)
}

/// Binds core and annex to a signer, with the texts that are shown.
pub fn propose(core: &Core, annex: &Annex, signer: &Signer<'_>) -> Result<Proposal, SigningError> {
    let (core_bytes, annex_bytes) = (core.to_bytes()?, annex.to_bytes()?);
    let swedish_text = text::whole(core, annex, signer.municipality_name, signer.swedish);
    let shown_text = text::whole(core, annex, signer.municipality_name, signer.texts);
    let sign_message = text::sign_message(core, &core.digest()?, signer.swedish);
    let locale = signer.texts.language().code();
    let manifest = Manifest::new(
        Binding {
            municipality: signer.municipality,
            case: signer.case,
            locale: locale.parse().map_err(|_| SigningError::Locale)?,
            nonce: Nonce::from_random(random::bytes()?),
        },
        &Originals {
            core: &core_bytes,
            annex: &annex_bytes,
            swedish_text: &swedish_text,
            shown_text: &shown_text,
            sign_message: &sign_message,
        },
    )?;
    // Canonical JSON is UTF-8.
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|_| DocumentError::Unwritable);
    Ok(Proposal {
        core: text(core_bytes)?,
        annex: text(annex_bytes)?,
        manifest: text(manifest.to_bytes()?)?,
        swedish_text,
        shown_text,
        sign_message,
        locale: locale.to_owned(),
    })
}

impl Proposal {
    /// The originals that the manifest covers.
    pub fn originals(&self) -> Originals<'_> {
        Originals {
            core: self.core.as_bytes(),
            annex: self.annex.as_bytes(),
            swedish_text: &self.swedish_text,
            shown_text: &self.shown_text,
            sign_message: &self.sign_message,
        }
    }
}

/// What proves a signature (bevispaket): kept sealed beside it, complete enough to be verified without us.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The Swedish text.
    pub swedish_text: String,
    /// The text as it was shown.
    pub shown_text: String,
    /// The language of the text as it was shown.
    pub locale: String,
    /// The message in the eID's dialogue.
    pub sign_message: String,
    /// Our signed request, as a compact JWT.
    pub request_object: String,
    /// The provider's ID token, as a compact JWT.
    pub id_token: String,
    /// The provider's keys at that time, as a JSON Web Key Set.
    pub provider_keys: String,
    /// The user signature in base64.
    pub user_signature: String,
    /// The signer's certificate and its issuers, DER in base64.
    pub certificates: Vec<String>,
    /// The provider's evidence of the authentication in base64, where it gave one.
    pub authentication_evidence: Option<String>,
    /// The level of assurance.
    pub level: String,
}

impl Evidence {
    /// Puts together what proves this signature over this proposal.
    pub fn new(proposal: &Proposal, request_object: String, signature: &VerifiedSignature) -> Self {
        Self {
            swedish_text: proposal.swedish_text.clone(),
            shown_text: proposal.shown_text.clone(),
            locale: proposal.locale.clone(),
            sign_message: proposal.sign_message.clone(),
            request_object,
            id_token: signature.id_token().to_owned(),
            provider_keys: signature.provider_keys().to_owned(),
            user_signature: STANDARD.encode(signature.user_signature()),
            certificates: signature.certificates().iter().map(|der| STANDARD.encode(der)).collect(),
            authentication_evidence: signature.authentication_evidence().map(|bytes| STANDARD.encode(bytes)),
            level: signature.signer().level().to_owned(),
        }
    }
}

/// The members whom an income or expense can belong to: the adults who sign, and the children.
pub fn owners(members: &[HouseholdMember]) -> Vec<PersonId> {
    members.iter().map(|member| member.person).collect()
}
