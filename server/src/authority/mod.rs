//! The adapters: how an authority is asked about one person, and what its answer means.
//!
//! Nothing here knows a session or a page, and only [`store`] a database. A [`AuthoritySource`] is made from settings and answers a [`Question`] with a
//! [`domain::authority::Answer`]; whatever the other side does, from silence to nonsense, is a kind of answer and never an
//! error, so that an authority that is down holds up nobody. What can be wrong with the settings is found when the source
//! is made. `docs/adapters.md` tells how to add one.

use std::fmt;

use domain::authority::{Agency, Answer};
use reqwest::Client;
use rustls::ClientConfig;

pub(crate) use client::ClientError;
pub(crate) use network::{Forbidden, NetworkRules};
pub(crate) use probe::{Note, ProbeProblem, ProbeResult, ProbeState};
pub(crate) use question::{Period, PeriodError, Question, Wording, WordingError};
pub(crate) use settings::{Board, JsonMapping, LEGAL_BASIS, SourceKind, SourceSettings, TlsFiles};
pub(crate) use sources::{Sources, SourcesError};

mod amount;
mod client;
#[cfg(test)]
pub(crate) mod contract;
mod gathered;
mod json;
mod network;
mod probe;
mod question;
mod settings;
mod sources;
mod ssbtek;
pub(crate) mod store;
mod xml;

#[cfg(test)]
mod tests;

/// A source that can be asked. Cheap to keep; connections are reused.
#[derive(Clone)]
pub struct AuthoritySource {
    settings: SourceSettings,
    rules: NetworkRules,
    tls: ClientConfig,
    client: Client,
}

/// Why settings make no source.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The endpoint, or the health address, may not be called.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// An https endpoint without certificates to trust.
    #[error("an https endpoint needs certificates to trust")]
    NoTrust,
    /// A timeout is outside what a renewal can wait for.
    #[error("connect timeout must be 100 ms to 60 s and answer timeout 100 ms to 120 s")]
    Timeouts,
    /// The board's organisation number is not of the form that SSBTEK takes.
    #[error("the organisation number must have twelve digits, the fifth of them 2 to 9")]
    OrganisationNumber,
    /// The agency answers through LEFI, which knows the board by an identifier that is not set.
    #[error("this agency needs the board's identifier at Försäkringskassan")]
    NoFkActor,
    /// Where the rows are is not a JSON Pointer.
    #[error("the place of the rows must be empty or begin with a slash")]
    RowsPointer,
    /// Certificates, token or HTTP client.
    #[error(transparent)]
    Client(#[from] ClientError),
}

impl AuthoritySource {
    /// Checks the settings against the owner's rules and reads the files that they name.
    pub fn new(settings: SourceSettings, rules: &NetworkRules) -> Result<Self, SourceError> {
        rules.check(&settings.endpoint)?;
        if settings.endpoint.scheme() == "https" && settings.tls.is_none() {
            return Err(SourceError::NoTrust);
        }
        if !(100..=60_000).contains(&settings.connect_timeout_ms)
            || !(100..=120_000).contains(&settings.answer_timeout_ms)
        {
            return Err(SourceError::Timeouts);
        }
        match &settings.kind {
            SourceKind::Ssbtek { agency, board } => check_board(*agency, board)?,
            SourceKind::Json(mapping) => check_mapping(mapping, rules)?,
        }
        let tls = client::tls(settings.tls.as_ref())?;
        let client = client::client(&settings, rules, tls.clone())?;
        Ok(Self { settings, rules: rules.clone(), tls, client })
    }

    /// Asks. Takes at most the source's connect and answer timeouts together.
    pub async fn ask(&self, question: &Question) -> Answer {
        let answer = match &self.settings.kind {
            SourceKind::Ssbtek { agency, board } => {
                ssbtek::ask(&self.client, &self.settings.endpoint, *agency, board, question).await
            }
            SourceKind::Json(mapping) => json::ask(&self.client, &self.settings.endpoint, mapping, question).await,
        };
        tracing::debug!(correlation.id = %question.correlation_id, outcome = outcome(&answer), "A source was asked");
        answer
    }

    /// Tries the connection stage by stage, without asking about anyone. `now` judges certificates.
    pub async fn probe(&self, now: jiff::Timestamp) -> Vec<ProbeResult> {
        probe::run(self, now).await
    }
}

/// Only the settings: keys and tokens have no place in a log.
impl fmt::Debug for AuthoritySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("settings", &self.settings).finish_non_exhaustive()
    }
}

fn check_board(agency: Agency, board: &Board) -> Result<(), SourceError> {
    let number = board.organisation_number.as_bytes();
    let digits = number.len() == 12 && number.iter().all(u8::is_ascii_digit);
    if !digits || number[4] < b'2' {
        return Err(SourceError::OrganisationNumber);
    }
    if matches!(agency, Agency::Fk | Agency::Pm) && board.fk_actor.is_none() {
        return Err(SourceError::NoFkActor);
    }
    Ok(())
}

fn check_mapping(mapping: &JsonMapping, rules: &NetworkRules) -> Result<(), SourceError> {
    if !mapping.rows.is_empty() && !mapping.rows.starts_with('/') {
        return Err(SourceError::RowsPointer);
    }
    Ok(mapping.health.as_ref().map_or(Ok(()), |health| rules.check(health))?)
}

/// What came of a question, for logs and metrics.
pub(crate) fn outcome(answer: &Answer) -> &'static str {
    match answer {
        Answer::Answered(_) => "answered",
        Answer::NothingFound => "nothing found",
        Answer::Partly { .. } => "partly answered",
        Answer::Failed(_) => "failed",
        Answer::NotAsked(_) => "not asked",
    }
}
