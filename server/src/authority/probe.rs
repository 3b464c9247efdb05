//! The connection test: one stage after another, each with what it found, none of it about a person.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use domain::authority::{Failure, FailureKind, ProbeStage};
use jiff::Timestamp;
use rustls::CertificateError;
use rustls::pki_types::ServerName;
use serde::{Deserialize, Serialize};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::client::{DENIED, is_denial};
use super::network::{GuardedResolver, LookupError};
use super::ssbtek::ping::{Ping, ping};
use super::{AuthoritySource, SourceKind, json};

/// How a stage went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeState {
    Ok,
    /// It failed; the stages after it are skipped.
    Failed,
    /// It was not tried: an earlier stage failed, or the source has no such stage.
    Skipped,
}

/// What is wrong, in kinds that a page can put into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeProblem {
    /// The name has no address.
    UnknownHost,
    /// The name leads to addresses that the installation does not allow.
    ForbiddenAddress,
    /// Nothing accepts connections there.
    NoConnection,
    /// No answer within the source's time.
    TimedOut,
    /// The source's certificate is no longer, or not yet, valid.
    CertificateExpired,
    /// The source's certificate leads to none that we trust.
    CertificateUnknown,
    /// The source's certificate is for another host.
    CertificateForOther,
    /// The two sides could not agree on TLS.
    TlsFailed,
    /// Our certificate or token was not accepted.
    Denied,
    /// The source, or the agency behind it, says that it failed.
    SourceFailed,
    /// The answer was not of the agreed form.
    Malformed,
}

/// A short detail without personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// How many addresses may be dialled.
    Addresses { count: usize },
    /// Until when the source's certificate is valid.
    ValidUntil { until: Timestamp },
    /// The source's own code.
    Code {
        /// The code, as in [`Failure::code`].
        code: String,
    },
    /// The composite service answered; the agency has no test service of its own.
    AgencyNotCalled,
}

/// What one stage found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProbeResult {
    pub stage: ProbeStage,
    pub state: ProbeState,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// What is wrong, when it failed.
    pub problem: Option<ProbeProblem>,
    /// A detail, where there is one.
    pub note: Option<Note>,
}

type Finding<T> = Result<(T, Option<Note>), (ProbeProblem, Option<Note>)>;

/// The stages so far.
struct Run {
    results: Vec<ProbeResult>,
}

impl Run {
    /// Runs a stage and notes how it went.
    async fn stage<T>(&mut self, stage: ProbeStage, doing: impl Future<Output = Finding<T>>) -> Option<T> {
        let began = Instant::now();
        let finding = doing.await;
        let took_ms = milliseconds(began.elapsed());
        let result = ProbeResult { stage, state: ProbeState::Ok, took_ms, problem: None, note: None };
        match finding {
            Ok((value, note)) => {
                self.results.push(ProbeResult { note, ..result });
                Some(value)
            }
            Err((problem, note)) => {
                self.results.push(ProbeResult { state: ProbeState::Failed, problem: Some(problem), note, ..result });
                None
            }
        }
    }

    /// Notes every stage that has not been run as skipped, in its place.
    fn finish(mut self) -> Vec<ProbeResult> {
        for (place, stage) in ProbeStage::ALL.iter().copied().enumerate() {
            if self.results.get(place).is_none_or(|result| result.stage != stage) {
                let skipped = ProbeResult { stage, state: ProbeState::Skipped, took_ms: 0, problem: None, note: None };
                self.results.insert(place, skipped);
            }
        }
        self.results
    }
}

pub(super) async fn run(source: &AuthoritySource, now: Timestamp) -> Vec<ProbeResult> {
    let mut run = Run { results: Vec::new() };
    let secure = source.settings.endpoint.scheme() == "https";
    let reached = async {
        let addresses = run.stage(ProbeStage::Dns, dns(source)).await?;
        let stream = run.stage(ProbeStage::Tcp, tcp(source, &addresses)).await?;
        if secure {
            run.stage(ProbeStage::Tls, tls(source, stream, now)).await?;
        }
        Some(())
    }
    .await;
    if reached.is_some() {
        sample(source, &mut run).await;
    }
    run.finish()
}

async fn dns(source: &AuthoritySource) -> Finding<Vec<SocketAddr>> {
    let endpoint = &source.settings.endpoint;
    let host = endpoint.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let port = endpoint.port_or_known_default().unwrap_or_default();
    let resolver = GuardedResolver(source.rules.clone());
    match timeout(source.settings.connect_timeout(), resolver.lookup(host, port)).await {
        Ok(Ok(addresses)) => {
            let count = addresses.len();
            Ok((addresses, Some(Note::Addresses { count })))
        }
        Ok(Err(LookupError::Unknown)) => Err((ProbeProblem::UnknownHost, None)),
        Ok(Err(LookupError::Forbidden(_))) => Err((ProbeProblem::ForbiddenAddress, None)),
        Err(_) => Err((ProbeProblem::TimedOut, None)),
    }
}

async fn tcp(source: &AuthoritySource, addresses: &[SocketAddr]) -> Finding<TcpStream> {
    match timeout(source.settings.connect_timeout(), TcpStream::connect(addresses)).await {
        Ok(Ok(stream)) => Ok((stream, None)),
        Ok(Err(_)) => Err((ProbeProblem::NoConnection, None)),
        Err(_) => Err((ProbeProblem::TimedOut, None)),
    }
}

async fn tls(source: &AuthoritySource, stream: TcpStream, now: Timestamp) -> Finding<()> {
    let host = source.settings.endpoint.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let Ok(name) = ServerName::try_from(host) else { return Err((ProbeProblem::TlsFailed, None)) };
    let connector = TlsConnector::from(Arc::new(source.tls.clone()));
    match timeout(source.settings.connect_timeout(), connector.connect(name, stream)).await {
        Ok(Ok(stream)) => {
            let until = stream.get_ref().1.peer_certificates().and_then(|chain| valid_until(chain.first()?));
            match until {
                Some(until) if until < now => Err((ProbeProblem::CertificateExpired, Some(Note::ValidUntil { until }))),
                until => Ok(((), until.map(|until| Note::ValidUntil { until }))),
            }
        }
        Ok(Err(error)) => Err((tls_problem(&error), None)),
        Err(_) => Err((ProbeProblem::TimedOut, None)),
    }
}

fn valid_until(certificate: &[u8]) -> Option<Timestamp> {
    let (_, certificate) = X509Certificate::from_der(certificate).ok()?;
    Timestamp::from_second(certificate.validity().not_after.timestamp()).ok()
}

fn tls_problem(error: &std::io::Error) -> ProbeProblem {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::InvalidCertificate(certificate)) => match certificate {
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => ProbeProblem::CertificateExpired,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                ProbeProblem::CertificateForOther
            }
            _ => ProbeProblem::CertificateUnknown,
        },
        Some(rustls::Error::AlertReceived(alert)) if is_denial(*alert) => ProbeProblem::Denied,
        _ => ProbeProblem::TlsFailed,
    }
}

/// One call shows both whether we are let in and whether the source answers, so its time is the sample's.
async fn sample(source: &AuthoritySource, run: &mut Run) {
    let began = Instant::now();
    let endpoint = &source.settings.endpoint;
    let answered = match &source.settings.kind {
        SourceKind::Ssbtek { agency, .. } => match ping(&source.client, endpoint, *agency).await {
            Ping::Well => Ok(((), None)),
            Ping::NotCalled => Ok(((), Some(Note::AgencyNotCalled))),
            Ping::Failed(failure) => Err(failure),
        },
        SourceKind::Json(mapping) => match &mapping.health {
            Some(address) => json::health(&source.client, address).await.map(|()| ((), None)),
            None => return,
        },
    };
    let secure = endpoint.scheme() == "https";
    let finding = answered.map_err(|failure| (problem(&failure, secure), failure.code.map(|code| Note::Code { code })));
    let denied = matches!(finding, Err((ProbeProblem::Denied, _)));
    let (entry, rest) = if denied { (finding, None) } else { (Ok(((), None)), Some(finding)) };
    run.stage(ProbeStage::Authorisation, std::future::ready(entry)).await;
    if let Some(finding) = rest {
        run.stage(ProbeStage::Sample, std::future::ready(finding)).await;
        if let Some(last) = run.results.last_mut() {
            last.took_ms = milliseconds(began.elapsed());
        }
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn problem(failure: &Failure, secure: bool) -> ProbeProblem {
    match (failure.kind, failure.code.as_deref()) {
        (FailureKind::Refused, Some("http-401" | "http-403" | DENIED)) => ProbeProblem::Denied,
        (FailureKind::Refused, _) => ProbeProblem::SourceFailed,
        (FailureKind::TimedOut, _) => ProbeProblem::TimedOut,
        (FailureKind::Malformed, _) => ProbeProblem::Malformed,
        // TLS was agreed a moment ago, so the connection was closed on us for who we are: the alert may be lost with it.
        (FailureKind::Unreachable, _) if secure => ProbeProblem::Denied,
        (FailureKind::Unreachable, _) => ProbeProblem::NoConnection,
    }
}
