//! What is signed: made of the facts that it is given, in one spelling, with the texts that the signer sees; and what proves it.

mod text;

use app::i18n::Texts;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::id::{CaseId, MunicipalityId, PersonId};
use domain::renewal::document::{
    Annex, Binding, Canonical as _, Core, Digest, DocumentError, Manifest, Nonce, Originals,
};
use serde::{Deserialize, Serialize};

use crate::http::problem::broken;
use crate::identity::oidc::VerifiedSignature;
use crate::random::{self, NoRandom};

/// What goes before one person to be signed, byte for byte.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Proposal {
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
}

broken!(SigningError);

/// Who signs, where, in which words.
pub(crate) struct ProposalSigner<'a> {
    /// Whose service it is.
    pub municipality: MunicipalityId,
    pub municipality_name: &'a str,
    pub case: CaseId,
    pub swedish: &'a Texts,
    /// The texts in the signer's language.
    pub texts: &'a Texts,
}

/// The shared facts in words, for somebody who has not signed.
pub(crate) fn shared_text(core: &Core, reader: PersonId, municipality: &str, texts: &Texts) -> String {
    text::shared(core, reader, municipality, texts)
}

/// The whole text that a signer would sign, in words of the language that they read.
pub(crate) fn text_to_sign(core: &Core, annex: &Annex, municipality: &str, texts: &Texts) -> String {
    text::whole(core, annex, municipality, texts)
}

/// Binds core and annex to a signer, with the texts that are shown.
pub(crate) fn propose(core: &Core, annex: &Annex, signer: &ProposalSigner<'_>) -> Result<Proposal, SigningError> {
    let (core_bytes, annex_bytes) = (core.to_bytes()?, annex.to_bytes()?);
    let swedish_text = text::whole(core, annex, signer.municipality_name, signer.swedish);
    let shown_text = text::whole(core, annex, signer.municipality_name, signer.texts);
    let sign_message = text::sign_message(core, &Digest::of(&core_bytes), signer.swedish);
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
    pub(crate) fn originals(&self) -> Originals<'_> {
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
pub(crate) struct Evidence {
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
    #[expect(clippy::struct_field_names, reason = "it is stored under this name")]
    pub authentication_evidence: Option<String>,
    /// The level of assurance.
    pub level: String,
}

impl Evidence {
    /// Puts together what proves this signature over this proposal.
    pub(crate) fn new(proposal: &Proposal, request_object: String, signature: &VerifiedSignature) -> Self {
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
