//! A renewal is signed: made ready, sent to the eID, and on the way back stored with its proof, exactly once.
//!
//! The first signature submits. Between the two halves the draft may change in another window: then what was signed is not what is
//! saved, and the signature is refused. Between the provider's answer and the receipt the service may die: then either the
//! transaction below is whole or nothing of it is, and the person finds the receipt or the unsigned draft.

use axum::response::Response;
use axum_extra::extract::Form;
use domain::id::{CaseId, NoticeId, RenewalId};
use domain::renewal::document::{Annex, Core, Digest, Manifest, read};
use domain::renewal::state::{Act, Refusal};
use domain::renewal::{Context, Reference, Stage, judge};
use jiff_sqlx::ToSqlx as _;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::draft::{NoDraft, OpenDraft};
use crate::case::signers;
use crate::case::{answers, household};
use crate::db::{Action, Column, DbError, Object, TenantTx};
use crate::fault;
use crate::http::problem::Problem;
use crate::http::visit::{Visit, see_other};
use crate::login::LoginProblem;
use crate::login::attempt::{self, Purpose};
use crate::login::oidc::{Callback, LoginError, PendingLogin, Provider, SignRequest, Verified, VerifiedSignature};
use crate::login::policy::{Citizen, SignersRenewal, Visitor};
use crate::random;
use crate::signing::{self, Evidence, Proposal, Signer, SigningError};
use axum_extra::extract::CookieJar;

/// What is remembered between the two halves.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signing {
    /// Which renewal.
    pub renewal: RenewalId,
    /// The draft's revision that was made ready; `None` for a co-signature, which is over what was signed before.
    pub revision: Option<i32>,
    /// What is signed.
    pub proposal: Proposal,
    /// Our signed request.
    pub request_object: String,
    /// What the relying party remembers.
    pub pending: PendingLogin,
}

/// The form of the check page.
#[derive(Deserialize)]
pub struct Posted {
    revision: i32,
}

/// Why nothing was sent to the eID.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotReady {
    /// Something is missing or wrong, or the page showed an earlier revision: the check page tells.
    #[error("the draft is not ready to be signed")]
    Draft,
    /// There is no draft to sign.
    #[error(transparent)]
    NoDraft(#[from] NoDraft),
    /// The document could not be made.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// `POST /renewal/sign`
pub async fn begin(
    visit: Visit<Citizen>,
    jar: CookieJar,
    Form(posted): Form<Posted>,
) -> Result<(CookieJar, Response), Problem> {
    let mut tx = visit.tx().await?;
    let (renewal, proposal) = match make_ready(&mut tx, &visit, posted.revision).await {
        Ok(ready) => ready,
        Err(NotReady::Draft) => return Ok((jar, see_other("/renewal/check"))),
        Err(NotReady::NoDraft(none)) => return Ok((jar, see_other(none.page()?))),
        Err(NotReady::Signing(error)) => return Err(Problem::broken(error)),
        Err(NotReady::Db(error)) => return Err(error.into()),
    };
    tx.commit().await?;
    send(&visit, jar, renewal, Some(posted.revision), proposal).await
}

async fn make_ready(
    tx: &mut TenantTx,
    visit: &Visit<Citizen>,
    revision: i32,
) -> Result<(RenewalId, Proposal), NotReady> {
    let (citizen, municipality) = (&visit.actor, &visit.site.municipality);
    let mut open = OpenDraft::lock(tx, citizen, municipality, visit.today()).await?;
    if open.is_stale(revision) {
        return Err(NotReady::Draft);
    }
    let members = household::members(tx, citizen.case()).await?;
    let context = Context { norm_month: open.renewal.month(), today: visit.today(), owners: signing::owners(&members) };
    let statements = judge(&open.stored.draft, &context).map_err(|_| NotReady::Draft)?;
    let answers = answers::newest(tx, open.renewal.id()).await?;
    let swedish = visit.service.swedish();
    let core = signing::core(tx, &open.renewal, citizen.case(), &members, &answers, &statements, &swedish).await?;
    let annex =
        signing::applicants_annex(&open.renewal, citizen.signs_as(), &statements.contact, statements.message.as_ref());
    let proposal = signing::propose(&core, &annex, &signer(visit, &swedish))?;
    let renewal = open.renewal.id();
    open.stored.signing_begun = Some(revision);
    open.save_as_it_is(tx).await?;
    tx.audit(Action::BeganSigning, Object::Renewal(renewal.0)).await?;
    Ok((renewal, proposal))
}

pub(super) fn signer<'a>(visit: &'a Visit<Citizen>, swedish: &'a app::i18n::Texts) -> Signer<'a> {
    Signer {
        municipality: visit.site.municipality.id,
        municipality_name: &visit.site.municipality.row.name,
        case: visit.actor.case(),
        role: visit.actor.signs_as(),
        swedish,
        texts: &visit.site.texts,
    }
}

/// Sends the browser to the eID with what is to be signed. No transaction is open while the provider is called.
pub(super) async fn send(
    visit: &Visit<Citizen>,
    jar: CookieJar,
    renewal: RenewalId,
    revision: Option<i32>,
    proposal: Proposal,
) -> Result<(CookieJar, Response), Problem> {
    let (service, now) = (&visit.service, visit.service.clock.real());
    let mut tx = visit.tx().await?;
    let members = household::members(&mut tx, visit.actor.case()).await?;
    drop(tx);
    let number = members
        .iter()
        .find(|member| member.person == visit.actor.person())
        .map(|member| member.number)
        .ok_or_else(|| Problem::broken("the signer is not of the household"))?;
    let request = SignRequest::new(number, proposal.manifest.clone().into_bytes(), proposal.sign_message.clone())
        .map_err(Problem::broken)?;
    let pair = service.providers.of(&visit.site.municipality).map_err(Problem::broken)?;
    let start = pair
        .citizen
        .begin_signing(&request, visit.site.texts.language().code(), now)
        .await
        .map_err(LoginProblem::from)?;
    let state = start.pending.state().to_owned();
    let signing = Signing { renewal, revision, proposal, request_object: start.request_object, pending: start.pending };
    let mut tx = visit.tx().await?;
    let cookie = attempt::begin(&mut tx, Purpose::Signing, &state, &signing, now).await?;
    tx.commit().await?;
    Ok((jar.add(cookie), see_other(start.url.as_str())))
}

/// The way back from the eID; called by the callback's handler.
pub async fn finish(
    visit: &Visit<Visitor>,
    provider: &Provider,
    signing: Signing,
    callback: Callback,
) -> Result<Response, Problem> {
    let now = visit.service.clock.real();
    let verified = provider.finish(&signing.pending, callback, now).await;
    fault::point("provider-answered");
    let signature = match verified {
        Ok(Verified::Signature(signature)) => signature,
        Ok(Verified::Citizen(_) | Verified::Staff(_)) => {
            return Err(LoginProblem::from(LoginError::UnknownState).into());
        }
        // Changed their mind: the draft is there, with the button to sign again.
        Err(LoginError::Cancelled) => return Ok(see_other(signing.page_to_sign())),
        Err(error) => return Err(LoginProblem::from(error).into()),
    };
    let mut tx = visit.tx().await?;
    let stored = store(&mut tx, &signing, &signature).await;
    match stored {
        Ok(()) => {
            fault::point("before-commit");
            tx.commit().await?;
            fault::point("after-commit");
            Ok(see_other("/renewal/receipt"))
        }
        Err(Refused::AlreadySigned) => Ok(see_other("/renewal/receipt")),
        Err(refused @ (Refused::Changed | Refused::Gone)) => {
            drop(tx);
            let mut tx = visit.tx().await?;
            tx.audit(Action::SignatureRefused, Object::Renewal(signing.renewal.0)).await?;
            tx.commit().await?;
            tracing::warn!(renewal.id = %signing.renewal, %refused, "A signature was refused");
            Ok(see_other(signing.page_to_sign()))
        }
        Err(Refused::Db(error)) => Err(error.into()),
        Err(Refused::Document) => Err(Problem::broken("a document that we wrote cannot be read")),
    }
}

impl Signing {
    fn page_to_sign(&self) -> &'static str {
        if self.revision.is_some() { "/renewal/check" } else { "/renewal/cosign" }
    }
}

/// Why a verified signature is not stored.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// They pressed twice.
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
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Keeps a verified signature; the first one submits.
pub async fn store(tx: &mut TenantTx, signing: &Signing, signature: &VerifiedSignature) -> Result<(), Refused> {
    let renewal = SignersRenewal::lock(tx, signature, signing.renewal).await?.ok_or(Refused::Gone)?;
    tx.act_as(&renewal);
    let manifest: Manifest = read(signing.proposal.manifest.as_bytes()).map_err(|_| Refused::Document)?;
    let (core, annex) = manifest.verify(&signing.proposal.originals()).map_err(|_| Refused::Document)?;
    if (manifest.municipality, manifest.case, manifest.role) != (tx.municipality(), renewal.case(), renewal.role()) {
        return Err(Refused::Gone);
    }
    let progress = signers::progress(tx, renewal.id()).await?;
    let at = tx.at();
    let on = signers::day(at);
    let next = match progress.after(Act::Sign { role: renewal.role(), on }) {
        Ok(next) => next,
        Err(Refusal::AlreadySigned) => return Err(Refused::AlreadySigned),
        Err(_) => return Err(Refused::Gone),
    };
    if progress.stage == Stage::Draft {
        submit(tx, signing, &renewal, &core, manifest.core).await?;
    } else if signers::signed_core(tx, renewal.id()).await? != Some(manifest.core) {
        return Err(Refused::Changed);
    }
    insert_signature(tx, signing, signature, &renewal, &manifest).await?;
    signers::set(tx, renewal.id(), renewal.person(), domain::renewal::state::SignatureState::Signed).await?;
    keep_contact(tx, &renewal, &annex).await?;
    let kind = if progress.stage == Stage::Draft { "renewal-arrived" } else { "co-signed" };
    notify(tx, renewal.case(), renewal.id(), kind).await?;
    tx.audit(Action::Signed, Object::Renewal(renewal.id().0)).await?;
    debug_assert!(next.arrived.is_some(), "the first signature sets the arrival");
    Ok(())
}

/// The first signature: the draft becomes what was signed, and has arrived.
async fn submit(
    tx: &mut TenantTx,
    signing: &Signing,
    renewal: &SignersRenewal,
    core: &Core,
    core_hash: Digest,
) -> Result<(), Refused> {
    let (municipality, at) = (tx.municipality().0, tx.at());
    let revision = sqlx::query_scalar!(
        "select revision from renewal_draft where municipality_id = $1 and renewal_id = $2",
        municipality,
        renewal.id().0,
    )
    .fetch_one(tx.connection())
    .await
    .map_err(DbError::from)?;
    if signing.revision != Some(revision) || core.renewal != renewal.id() {
        return Err(Refused::Changed);
    }
    let sealed = tx.vault().seal(Column::DocumentCore, renewal.id().0, signing.proposal.core.as_bytes());
    sqlx::query!(
        "insert into signed_document (municipality_id, renewal_id, core_sealed, core_hash) values ($1, $2, $3, $4)",
        municipality,
        renewal.id().0,
        sealed.map_err(DbError::from)?,
        core_hash.as_bytes().as_slice(),
    )
    .execute(tx.connection())
    .await
    .map_err(DbError::from)?;
    let reference = Reference::from_random(random::bytes().map_err(DbError::from)?);
    sqlx::query!(
        r#"
        update renewal
           set state = 'submitted', submitted_at = $3, reference = $4
         where municipality_id = $1 and id = $2
        "#,
        municipality,
        renewal.id().0,
        at.to_sqlx() as _,
        reference.to_string(),
    )
    .execute(tx.connection())
    .await
    .map_err(DbError::from)?;
    Ok(())
}

async fn insert_signature(
    tx: &mut TenantTx,
    signing: &Signing,
    signature: &VerifiedSignature,
    renewal: &SignersRenewal,
    manifest: &Manifest,
) -> Result<(), Refused> {
    use domain::renewal::document::Canonical as _;
    let (municipality, at, vault) = (tx.municipality().0, tx.at(), tx.vault());
    // Two may sign one renewal: what is sealed is bound to the signer's row, not to the renewal alone.
    let row = signers::signature_row(renewal.id(), renewal.person());
    let proposal = &signing.proposal;
    let evidence = Evidence::new(proposal, signing.request_object.clone(), signature);
    let hash = manifest.digest().map_err(|_| Refused::Document)?;
    let seal = |column, bytes: &[u8]| vault.seal(column, row, bytes).map_err(DbError::from);
    sqlx::query!(
        r#"
        insert into signature (municipality_id, renewal_id, person_id, manifest_sealed, manifest_hash, annex_sealed,
                               evidence_sealed, signed_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        "#,
        municipality,
        renewal.id().0,
        renewal.person().0,
        seal(Column::SignatureManifest, proposal.manifest.as_bytes())?,
        hash.as_bytes().as_slice(),
        seal(Column::SignatureAnnex, proposal.annex.as_bytes())?,
        vault.seal_json(Column::SignatureEvidence, row, &evidence).map_err(DbError::from)?,
        at.to_sqlx() as _,
    )
    .execute(tx.connection())
    .await
    .map_err(DbError::from)?;
    Ok(())
}

/// How the person wants to be reached, for the next time.
async fn keep_contact(tx: &mut TenantTx, renewal: &SignersRenewal, annex: &Annex) -> Result<(), DbError> {
    let (municipality, vault, person) = (tx.municipality().0, tx.vault(), renewal.person().0);
    let phone = annex.phone.as_ref().map(|text| vault.seal(Column::PersonPhone, person, text.as_str().as_bytes()));
    let email = annex.email.as_ref().map(|text| vault.seal(Column::PersonEmail, person, text.as_str().as_bytes()));
    sqlx::query!(
        r#"
        update person
           set phone_sealed = coalesce($3, phone_sealed), email_sealed = coalesce($4, email_sealed)
         where municipality_id = $1 and id = $2
        "#,
        municipality,
        person,
        phone.transpose()?,
        email.transpose()?,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Tells the responsible caseworker, or all of them when nobody is responsible.
pub(super) async fn notify(tx: &mut TenantTx, case: CaseId, renewal: RenewalId, kind: &str) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality().0, tx.at());
    sqlx::query!(
        r#"
        insert into notice (municipality_id, id, staff_id, kind, case_id, renewal_id, made_at)
        select municipality_id, $2, responsible_id, $3, id, $5, $6
          from assistance_case
         where municipality_id = $1 and id = $4
        "#,
        municipality,
        NoticeId(Uuid::now_v7()).0,
        kind,
        case.0,
        renewal.0,
        at.to_sqlx() as _,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
