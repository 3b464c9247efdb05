//! `POST /renewal/sign`: a renewal is signed. It is made ready, sent to the eID, and on the way back stored with its proof, exactly once.
//!
//! The first signature submits. Between the two halves the draft may change in another window: then what was signed is not what is
//! saved, and the signature is refused. Between the provider's answer and the receipt the service may die: then either the
//! transaction below is whole or nothing of it is, and the person finds the receipt or the unsigned draft.

#[cfg(test)]
mod tests;

use app::i18n::Texts;
use app::sent_on::SentTo;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use domain::PersonNumber;
use domain::form::PlainText;
use domain::id::RenewalId;
use domain::renewal::document::{Annex, Core, Digest, Manifest, read};
use domain::renewal::proof::LATER_DAYS;
use domain::renewal::state::{Act, Refusal, SignatureState};
use domain::renewal::{Reference, Stage, judge};
use jiff::ToSpan as _;
use serde::{Deserialize, Serialize};
use url::Url;

use super::locked_work::LockedWork;
use super::own_part;
use super::shown_revision::ShownRevision;
use super::work::NoDraft;
use crate::case::household::HouseholdMember;
use crate::case::notices::{self, Cause, To};
use crate::case::{answers, awaited_proofs, head, proofs, signed, signers, to_sign};
use crate::chain::chain;
use crate::db::{Action, Actor, Column, DbError, Object, TenantTx, Version, query, query_scalar, through_db};
use crate::fault;
use crate::http::visit::Principal as _;
use crate::http::{Fields, Here, Problem, Reply, Visit, see_other};
use crate::identity::oidc::{Callback, LoginError, PendingLogin, SignRequest, Verified, VerifiedSignature};
use crate::random;
use crate::session::LoginProblem;
use crate::session::attempt::{self, Purpose};
use crate::session::outcome::{self, Ending};
use crate::session::own_renewal::SignersRenewal;
use crate::session::policy::Citizen;
use crate::signing::{self, Evidence, Proposal, ProposalSigner, SigningError};

/// What is remembered between the two halves.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PendingSigning {
    pub renewal: RenewalId,
    /// The draft's revision that was made ready; `None` for a co-signature, which is over what was signed before.
    pub revision: Option<i32>,
    /// The revision of the signer's own part that was made ready, where they have begun one.
    #[serde(default)]
    pub own_revision: Option<i32>,
    pub proposal: Proposal,
    pub request_object: String,
    /// What the relying party remembers.
    pub pending: PendingLogin,
}

/// The form of the check page.
#[derive(Deserialize)]
pub(crate) struct Posted {
    revision: ShownRevision,
}

/// Why nothing was sent to the eID.
#[derive(Debug, thiserror::Error)]
enum NotReady {
    /// Something is missing or wrong, or the page showed an earlier revision: the check page tells.
    #[error("the draft is not ready to be signed")]
    Draft,
    /// There is no draft to sign.
    #[error(transparent)]
    NoDraft(#[from] NoDraft),
    /// The document could not be made.
    #[error(transparent)]
    Signing(#[from] SigningError),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<NotReady> for Problem {
    fn from(error: NotReady) -> Self {
        match error {
            NotReady::Draft => Self::see_other("/renewal/check"),
            NotReady::NoDraft(none) => none.into(),
            NotReady::Signing(error) => error.into(),
            NotReady::Db(error) => error.into(),
        }
    }
}

/// What is sent to the eID.
pub(super) struct Ready {
    pub(super) renewal: RenewalId,
    /// The draft's revision; none for a co-signature.
    pub(super) revision: Option<i32>,
    /// The revision of the signer's own part, where they have begun one.
    pub(super) own_revision: Option<i32>,
    pub(super) signer: PersonNumber,
    pub(super) proposal: Proposal,
}

/// The browser is sent to the eID with what is to be signed.
pub(crate) async fn act(
    mut visit: Visit<Citizen>,
    jar: CookieJar,
    Fields(posted): Fields<Posted>,
) -> Result<(CookieJar, Response), Problem> {
    let ready = make_ready(&mut visit, &posted.revision).await?;
    let Visit { here, actor, tx, .. } = visit;
    tx.commit().await?;
    send(&here, &actor, jar, ready).await
}

async fn make_ready(visit: &mut Visit<Citizen>, shown: &ShownRevision) -> Result<Ready, NotReady> {
    let Visit { here, actor, tx, .. } = visit;
    let mut work = LockedWork::lock_whole(tx, actor, here).await?;
    if work.is_stale(shown)? {
        return Err(NotReady::Draft);
    }
    let statements = judge(work.draft(), &work.context).map_err(|_| NotReady::Draft)?;
    let (renewal, month) = (work.renewal.id(), work.renewal.month());
    let answers = answers::newest(tx, renewal).await?;
    let payout = head::payout(tx, actor.case()).await?;
    let swedish = here.service.swedish();
    let core = to_sign::core(renewal, month, &work.members, &statements, &payout);
    let annex = to_sign::annex(&core, actor.signs_as(), &answers, &statements.own(), &swedish);
    let proposal = signing::propose(&core, &annex, &signer(here, actor, &swedish))?;
    let signer = number_of(&work.members, actor)?;
    let revision = work.revision;
    work.stored.signing_begun = Some(revision);
    work.save_as_it_is(tx).await?;
    tx.audit(Action::BeganSigning, Object::Renewal(renewal)).await?;
    Ok(Ready { renewal, revision: Some(revision), own_revision: None, signer, proposal })
}

/// The number that the eID is to sign as.
pub(super) fn number_of(members: &[HouseholdMember], citizen: &Citizen) -> Result<PersonNumber, DbError> {
    let own = members.iter().find(|member| member.person == citizen.person());
    own.map(|member| member.number).ok_or(DbError::Inconsistent { column: "household_member.person_id" })
}

pub(super) fn signer<'a>(here: &'a Here, citizen: &Citizen, swedish: &'a Texts) -> ProposalSigner<'a> {
    ProposalSigner {
        municipality: here.site.municipality.id,
        municipality_name: &here.site.municipality.name,
        case: citizen.case(),
        swedish,
        texts: &here.site.texts,
    }
}

/// Sends the browser to the eID with what is to be signed. No transaction is open while the provider is called.
pub(super) async fn send(
    here: &Here,
    citizen: &Citizen,
    jar: CookieJar,
    ready: Ready,
) -> Result<(CookieJar, Response), Problem> {
    let back = page_to_sign(ready.revision);
    outcome::begun(Purpose::Signing);
    let begun = begin(here, citizen, &jar, ready).await;
    let (address, cookie) = begun.inspect_err(|problem| outcome::ended(Some(Purpose::Signing), problem.outcome()))?;
    let page = here.send_on(citizen.viewer(), back, SentTo::Eid, &address).await?;
    Ok((jar.add(cookie), page))
}

async fn begin(
    here: &Here,
    citizen: &Citizen,
    jar: &CookieJar,
    ready: Ready,
) -> Result<(Url, Cookie<'static>), LoginProblem> {
    let (service, now) = (&here.service, here.service.clock.real());
    let Ready { renewal, revision, own_revision, signer, proposal } = ready;
    let request = SignRequest::new(signer, proposal.manifest.clone().into_bytes(), proposal.sign_message.clone())?;
    let client = service.providers.of_citizens(&here.site.municipality)?;
    let start = client.begin_signing(&request, here.site.texts.language().code(), now).await?;
    let state = start.pending.state().to_owned();
    let signing = PendingSigning {
        renewal,
        revision,
        own_revision,
        proposal,
        request_object: start.request_object,
        pending: start.pending,
    };
    let mut tx = here.begin(Actor::Citizen(citizen.person())).await?;
    let cookie = attempt::begin(&mut tx, Purpose::Signing, &state, &signing, jar, now).await?;
    tx.commit().await?;
    Ok((start.url, cookie))
}

/// Why a signature was not received.
#[derive(Debug, thiserror::Error)]
enum NotReceived {
    /// There is none, or none that holds.
    #[error(transparent)]
    Login(#[from] LoginProblem),
    /// It holds, and is not stored.
    #[error(transparent)]
    Refused(#[from] SignatureRefused),
}

impl NotReceived {
    fn outcome(&self) -> Ending {
        match self {
            Self::Login(problem) => problem.outcome(),
            // The first time it was received.
            Self::Refused(SignatureRefused::AlreadySigned) => Ending::Succeeded,
            Self::Refused(SignatureRefused::Changed | SignatureRefused::Gone) => Ending::Overtaken,
            Self::Refused(SignatureRefused::Document | SignatureRefused::Db(_)) => Ending::Failed,
        }
    }
}

/// The way back from the eID; called by the callback's handler. Whose signature it is, the signature itself tells.
pub(crate) async fn finish(here: &Here, signing: PendingSigning, callback: Callback) -> Reply {
    let received = receive(here, &signing, callback).await;
    let outcome = received.as_ref().map_or_else(NotReceived::outcome, |()| Ending::Succeeded);
    outcome::ended(Some(Purpose::Signing), outcome);
    match received {
        Ok(()) => Ok(see_other("/renewal/receipt")),
        // Changed their mind: the draft is there, with the button to sign again.
        Err(NotReceived::Login(problem)) if outcome == Ending::Cancelled => {
            tracing::info!(renewal.id = %signing.renewal, error = %chain(&problem), "A renewal was not signed");
            Err(Problem::see_other(page_to_sign(signing.revision)))
        }
        Err(NotReceived::Refused(refused)) if outcome == Ending::Overtaken => {
            tracing::warn!(renewal.id = %signing.renewal, refused = %chain(&refused), "A signature was refused");
            Err(Problem::see_other(page_to_sign(signing.revision)))
        }
        Err(NotReceived::Login(problem)) => Err(problem.into()),
        Err(NotReceived::Refused(refused)) => Err(refused.into()),
    }
}

async fn receive(here: &Here, signing: &PendingSigning, callback: Callback) -> Result<(), NotReceived> {
    let client = here.service.providers.of_citizens(&here.site.municipality).map_err(LoginProblem::from)?;
    let verified = client.finish(&signing.pending, callback, here.service.clock.real()).await;
    fault::point("provider-answered");
    let signature = match verified.map_err(LoginProblem::from)? {
        Verified::Signature(signature) => signature,
        Verified::Citizen(_) | Verified::Staff(_) => return Err(LoginProblem::from(LoginError::UnknownState).into()),
    };
    let mut tx = here.begin(Actor::Visitor).await.map_err(SignatureRefused::from)?;
    if let Err(refused) = store(&mut tx, signing, &signature).await {
        drop(tx);
        if matches!(refused, SignatureRefused::Changed | SignatureRefused::Gone) {
            note_unused(here, signing.renewal, &signature).await.map_err(SignatureRefused::from)?;
        }
        return Err(refused.into());
    }
    fault::point("before-commit");
    tx.commit().await.map_err(SignatureRefused::from)?;
    fault::point("after-commit");
    Ok(())
}

/// That a signature is not used is in the trail, and is told to who gave it where they are to sign.
async fn note_unused(here: &Here, renewal: RenewalId, signature: &VerifiedSignature) -> Result<(), DbError> {
    let mut tx = here.begin(Actor::Visitor).await?;
    tx.audit(Action::SignatureRefused, Object::Renewal(renewal)).await?;
    if let Some(own) = SignersRenewal::lock(&mut tx, signature, renewal).await? {
        let (municipality, at) = (tx.municipality(), tx.at());
        query!(
            "update signer set unused_at = $4 where municipality_id = $1 and renewal_id = $2 and person_id = $3",
            municipality,
            own.id(),
            own.person(),
            at,
        )
        .execute(tx.connection())
        .await?;
    }
    tx.commit().await
}

/// The page with the button to sign what is of this revision of the draft, or was signed before.
fn page_to_sign(revision: Option<i32>) -> &'static str {
    if revision.is_some() { "/renewal/check" } else { "/renewal/cosign" }
}

/// Why a verified signature is not stored.
#[derive(Debug, thiserror::Error)]
pub enum SignatureRefused {
    #[error("this person has signed already")]
    AlreadySigned,
    /// The draft was changed meanwhile, or the other adult signed something else.
    #[error("what was signed is not what is saved")]
    Changed,
    /// The renewal is not theirs to sign, or no longer.
    #[error("the renewal cannot be signed by this person now")]
    Gone,
    /// A document is not as we wrote it.
    #[error("what was signed cannot be read")]
    Document,
    #[error(transparent)]
    Db(#[from] DbError),
}

through_db!(SignatureRefused);

impl From<SignatureRefused> for Problem {
    fn from(refused: SignatureRefused) -> Self {
        match refused {
            SignatureRefused::AlreadySigned => Self::see_other("/renewal/receipt"),
            // How the renewal stands is told there.
            SignatureRefused::Changed | SignatureRefused::Gone => Self::see_other("/renewal"),
            error @ SignatureRefused::Document => Self::broken(error),
            SignatureRefused::Db(error) => error.into(),
        }
    }
}

/// Keeps a verified signature; the first one submits.
pub(crate) async fn store(
    tx: &mut TenantTx,
    signing: &PendingSigning,
    signature: &VerifiedSignature,
) -> Result<(), SignatureRefused> {
    let renewal = SignersRenewal::lock(tx, signature, signing.renewal).await?.ok_or(SignatureRefused::Gone)?;
    let manifest: Manifest = read(signing.proposal.manifest.as_bytes()).map_err(|_| SignatureRefused::Document)?;
    let (core, annex) = manifest.verify(&signing.proposal.originals()).map_err(|_| SignatureRefused::Document)?;
    if (manifest.municipality, manifest.case, manifest.role) != (tx.municipality(), renewal.case(), renewal.role()) {
        return Err(SignatureRefused::Gone);
    }
    let progress = signers::progress_of(tx, renewal.id()).await?;
    let on = signers::day(tx.at());
    match progress.after(Act::Sign { role: renewal.role(), on }) {
        Ok(_) => {}
        Err(Refusal::AlreadySigned) => return Err(SignatureRefused::AlreadySigned),
        Err(_) => return Err(SignatureRefused::Gone),
    }
    if progress.stage == Stage::Draft {
        submit(tx, signing, &renewal, &core, manifest.core).await?;
    } else if signed::core_digest(tx, renewal.id()).await? != Some(manifest.core)
        || own_part::revision(tx, renewal.id(), renewal.person()).await? != signing.own_revision
    {
        return Err(SignatureRefused::Changed);
    }
    if !proofs::settle(tx, renewal.id(), renewal.person(), &annex.proofs.shown).await? {
        return Err(SignatureRefused::Changed);
    }
    insert_signature(tx, signing, signature, &renewal).await?;
    signers::set(tx, renewal.id(), renewal.person(), SignatureState::Signed).await?;
    keep_contact(tx, &renewal, &annex).await?;
    let due = on.saturating_add(LATER_DAYS.days());
    awaited_proofs::insert(tx, renewal.id(), renewal.person(), &annex.proofs.later, due).await?;
    let is_first = progress.stage == Stage::Draft;
    let cause = if is_first { Cause::Arrived(renewal.id()) } else { Cause::CoSigned(renewal.id()) };
    notices::insert(tx, renewal.case(), cause, To::Responsible).await?;
    tx.audit(Action::Signed, Object::Renewal(renewal.id())).await?;
    Ok(())
}

/// The first signature: the draft becomes what was signed, and has arrived.
async fn submit(
    tx: &mut TenantTx,
    signing: &PendingSigning,
    renewal: &SignersRenewal,
    core: &Core,
    core_hash: Digest,
) -> Result<(), SignatureRefused> {
    let (municipality, at) = (tx.municipality(), tx.at());
    let revision = query_scalar!(
        "select revision from renewal_draft where municipality_id = $1 and renewal_id = $2",
        municipality,
        renewal.id(),
    )
    .fetch_one(tx.connection())
    .await?;
    if signing.revision != Some(revision) || core.renewal != renewal.id() {
        return Err(SignatureRefused::Changed);
    }
    let vault = tx.vault();
    let sealed = vault.seal(Column::DocumentCore, renewal.id(), signing.proposal.core.as_bytes())?;
    query!(
        r#"
        insert into signed_document (municipality_id, renewal_id, core_sealed, core_hash_sealed)
        values ($1, $2, $3, $4)
        "#,
        municipality,
        renewal.id(),
        sealed,
        vault.seal_json(Column::DocumentDigest, renewal.id(), &core_hash)?,
    )
    .execute(tx.connection())
    .await?;
    let reference = Reference::from_random(random::bytes()?).to_string();
    query!(
        r#"
        update renewal
           set state = 'submitted', submitted_at = $3, reference = $4
         where municipality_id = $1 and id = $2
        "#,
        municipality,
        renewal.id(),
        at,
        reference,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

async fn insert_signature(
    tx: &mut TenantTx,
    signing: &PendingSigning,
    signature: &VerifiedSignature,
    renewal: &SignersRenewal,
) -> Result<(), SignatureRefused> {
    let (municipality, at, vault) = (tx.municipality(), tx.at(), tx.vault());
    let row = (renewal.id(), renewal.person());
    let proposal = &signing.proposal;
    let evidence = Evidence::new(proposal, signing.request_object.clone(), signature);
    let hash = vault.seal_json(Column::SignatureDigest, row, &Digest::of(proposal.manifest.as_bytes()))?;
    let seal = |column, bytes: &[u8]| vault.seal(column, row, bytes);
    let sealed_manifest = seal(Column::SignatureManifest, proposal.manifest.as_bytes())?;
    let sealed_annex = seal(Column::SignatureAnnex, proposal.annex.as_bytes())?;
    let sealed_evidence = vault.seal_json(Column::SignatureEvidence, row, &evidence)?;
    query!(
        r#"
        insert into signature (municipality_id, renewal_id, person_id, manifest_sealed, manifest_hash_sealed, annex_sealed,
                               evidence_sealed, signed_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        "#,
        municipality,
        renewal.id(),
        renewal.person(),
        sealed_manifest,
        hash,
        sealed_annex,
        sealed_evidence,
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// How the person wants to be reached, for the next time.
async fn keep_contact(tx: &mut TenantTx, renewal: &SignersRenewal, annex: &Annex) -> Result<(), DbError> {
    let (municipality, vault, person, version) = (tx.municipality(), tx.vault(), renewal.person(), Version::new()?);
    let seal = |column, text: &PlainText| vault.seal(column, (person, version), text.as_str().as_bytes());
    let phone = annex.phone.as_ref().map(|text| seal(Column::PersonPhone, text)).transpose()?;
    let email = annex.email.as_ref().map(|text| seal(Column::PersonEmail, text)).transpose()?;
    query!(
        r#"
        update person
           set phone_sealed = coalesce($3, phone_sealed),
               phone_version = case when $3 is null then phone_version else $5 end,
               email_sealed = coalesce($4, email_sealed),
               email_version = case when $4 is null then email_version else $5 end
         where municipality_id = $1 and id = $2
        "#,
        municipality,
        person,
        phone,
        email,
        version,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
