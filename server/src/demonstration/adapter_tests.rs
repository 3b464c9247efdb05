//! The adapters against the demo's authorities, over real TLS.

use std::os::unix::fs::PermissionsExt as _;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::authority::{Agency, Answer, Fact, Failure, FailureKind, ProbeStage, RowState};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use tempfile::TempDir;
use tower::ServiceExt as _;
use uuid::Uuid;

use super::sources::{self, network_rules};
use crate::authority::{
    AuthoritySource, Board, LEGAL_BASIS, NetworkRules, Note, Period, ProbeProblem, ProbeResult, ProbeState, Question,
    SourceKind, SourceSettings, TlsFiles, Wording, contract,
};
use demo::authorities::{Handle, Listen, StartError, ssbtek_service, start};
use demo::people::{Behaviour, DemoPerson, DemoRole, DemoSource, People};
use domain::PersonNumber;

const TODAY: Date = date(2026, 11, 24);

struct Demo {
    handle: Handle,
    people: Arc<People>,
    folder: TempDir,
}

async fn demo() -> Demo {
    demo_on("127.0.0.1:0").await
}

async fn demo_on(address: &str) -> Demo {
    let folder = tempfile::tempdir().unwrap();
    let people = Arc::new(People::shipped().unwrap());
    let address = address.parse().unwrap();
    let listen = Listen { ssbtek: address, energy: address };
    let handle = start(folder.path(), listen, Arc::clone(&people), TODAY).await.unwrap();
    Demo { handle, people, folder }
}

impl Demo {
    fn person(&self, key: &str) -> &DemoPerson {
        self.people.person(key).unwrap()
    }

    fn adults(&self) -> impl Iterator<Item = &DemoPerson> {
        self.people.persons.iter().filter(|person| person.role != DemoRole::Child)
    }

    fn agency(&self, agency: Agency) -> SourceSettings {
        sources::ssbtek(&self.handle, agency, &self.people.municipalities[0]).unwrap()
    }

    fn source(&self, settings: SourceSettings) -> AuthoritySource {
        AuthoritySource::new(settings, &network_rules(&self.handle)).unwrap()
    }

    async fn ask(&self, agency: Agency, key: &str) -> Answer {
        self.source(self.agency(agency)).ask(&question(self.person(key).number)).await
    }

    /// For those who will not answer, so that the test need not wait long for it.
    async fn ask_impatiently(&self, settings: SourceSettings, person: PersonNumber) -> Answer {
        let settings = SourceSettings { answer_timeout_ms: 200, ..settings };
        self.source(settings).ask(&question(person)).await
    }

    async fn probe(&self, settings: SourceSettings, now: &str) -> Vec<ProbeResult> {
        self.source(settings).probe(now.parse().unwrap()).await
    }
}

fn question(person: PersonNumber) -> Question {
    Question {
        person,
        period: Period::new(date(2026, 9, 1), date(2026, 12, 31)).unwrap(),
        purpose: Wording::new("Prövning av rätt till ekonomiskt bistånd").unwrap(),
        case_reference: Wording::new("EKB-2025-0102").unwrap(),
        handler: Wording::new("Förnya").unwrap(),
        correlation_id: Uuid::from_u128(7),
        today: TODAY,
    }
}

fn timed_out() -> Answer {
    Answer::Failed(Failure { kind: FailureKind::TimedOut, code: None })
}

const NOW: &str = "2026-11-24T10:00:00Z";

/// What the file of people says, as the adapter should have understood it.
fn expected(person: &DemoPerson, agency: Agency) -> Vec<(String, String, Option<Date>)> {
    let days = if agency == Agency::Skv {
        (date(2025, 1, 1), date(2025, 12, 31))
    } else {
        (date(2026, 9, 1), date(2026, 12, 31))
    };
    let rows = person.benefits(agency.into(), days.0, days.1);
    let mut rows: Vec<_> = rows
        .into_iter()
        .map(|row| match agency {
            Agency::Skv => ("Inkomst av kapital".to_owned(), row.amount.to_string(), None),
            _ => (row.label, row.amount.to_string(), Some(row.date)),
        })
        .collect();
    rows.sort();
    rows
}

#[tokio::test]
async fn everyone_is_answered_as_the_file_says() {
    let demo = demo().await;
    for agency in Agency::ALL {
        let source = demo.source(demo.agency(*agency));
        for person in demo.adults() {
            let answer = match person.behaviour((*agency).into()) {
                Behaviour::Hang => demo.ask_impatiently(demo.agency(*agency), person.number).await,
                _ => source.ask(&question(person.number)).await,
            };
            let mut read: Vec<_> = answer
                .content()
                .iter()
                .flat_map(|content| &content.rows)
                .map(|row| (row.label.clone(), row.amount.to_string(), row.pay_date))
                .collect();
            read.sort();
            let facts = person.job_seeker_since.filter(|_| *agency == Agency::Af);
            let expected = expected(person, *agency);
            let what = format!("{} at {agency:?}: {answer:?}", person.key);
            match person.behaviour((*agency).into()) {
                Behaviour::Answer if expected.is_empty() && facts.is_none() => {
                    assert_eq!(answer, Answer::NothingFound, "{what}");
                }
                Behaviour::Answer => {
                    assert!(matches!(answer, Answer::Answered(_)), "{what}");
                    assert_eq!(read, expected, "{what}");
                    let since = facts.map(|since| Fact::RegisteredJobSeeker { since });
                    assert_eq!(answer.content().unwrap().facts.first(), since.as_ref(), "{what}");
                }
                Behaviour::Partly => assert!(matches!(answer, Answer::Partly { .. }) && !read.is_empty(), "{what}"),
                Behaviour::Nothing => assert_eq!(answer, Answer::NothingFound, "{what}"),
                Behaviour::Fail => assert!(matches!(answer, Answer::Failed(_)) && answer != timed_out(), "{what}"),
                Behaviour::Hang => assert_eq!(answer, timed_out(), "{what}"),
            }
        }
    }
}

#[tokio::test]
async fn what_is_to_come_is_planned() {
    let demo = demo().await;
    for (agency, key) in [(Agency::Fk, "anna"), (Agency::Pm, "ingrid"), (Agency::Csn, "amir"), (Agency::So, "erik")] {
        let answer = demo.ask(agency, key).await;
        for row in &answer.content().unwrap().rows {
            let planned = row.pay_date.unwrap() > TODAY;
            assert_eq!(row.state, if planned { RowState::Planned } else { RowState::Paid }, "{key}");
        }
    }
}

#[tokio::test]
async fn behaviour_changes_while_running() {
    let demo = demo().await;
    let anna = demo.person("anna").number;
    demo.handle.set_behaviour(None, None, Behaviour::Hang);
    for agency in Agency::ALL {
        assert_eq!(demo.ask_impatiently(demo.agency(*agency), anna).await, timed_out(), "{agency:?}");
    }
    assert_eq!(demo.ask_impatiently(sources::energy(&demo.handle), anna).await, timed_out());

    demo.handle.set_behaviour(Some(anna), None, Behaviour::Partly);
    for agency in Agency::ALL {
        assert!(matches!(demo.ask(*agency, "anna").await, Answer::Partly { .. }), "{agency:?}");
    }
    demo.handle.set_behaviour(Some(anna), Some(DemoSource::Fk), Behaviour::Nothing);
    assert_eq!(demo.ask(Agency::Fk, "anna").await, Answer::NothingFound);
    demo.handle.set_behaviour(None, None, Behaviour::Fail);
    for agency in Agency::ALL {
        let answer = demo.ask(*agency, "mehmet").await;
        assert!(matches!(&answer, Answer::Failed(failure) if failure.code.is_some()), "{agency:?} {answer:?}");
    }
    demo.handle.reset_behaviours();
    assert!(matches!(demo.ask(Agency::Fk, "anna").await, Answer::Answered(_)));
}

#[tokio::test]
async fn the_energy_company_tells_of_invoices() {
    let demo = demo().await;
    let source = demo.source(sources::energy(&demo.handle));
    let answer = source.ask(&question(demo.person("anna").number)).await;
    assert!(matches!(&answer, Answer::Answered(content) if content.rows.len() == 4), "{answer:?}");
    let nobody = source.ask(&question(demo.person("emma").number)).await;
    assert_eq!(nobody, Answer::NothingFound);
    demo.handle.set_behaviour(None, Some(DemoSource::Energy), Behaviour::Partly);
    let half = source.ask(&question(demo.person("anna").number)).await;
    assert!(matches!(&half, Answer::Partly { content, .. } if content.rows.len() == 2), "{half:?}");
}

#[tokio::test]
async fn without_a_certificate_nobody_is_let_in() {
    let demo = demo().await;
    let mut settings = demo.agency(Agency::Fk);
    settings.tls = Some(TlsFiles { identity: None, trust: demo.handle.ca_pem_path.clone() });
    let answer = demo.source(settings.clone()).ask(&question(demo.person("anna").number)).await;
    assert!(
        matches!(&answer, Answer::Failed(failure) if matches!(failure.kind, FailureKind::Refused | FailureKind::Unreachable)),
        "{answer:?}"
    );
    let results = demo.probe(settings, NOW).await;
    assert_eq!(problems(&results), [None, None, None, Some(ProbeProblem::Denied), None], "{results:?}");
    assert_eq!(results[4].state, ProbeState::Skipped);
}

#[tokio::test]
async fn an_unknown_board_is_turned_away() {
    let demo = demo().await;
    let mut settings = demo.agency(Agency::Csn);
    let SourceKind::Ssbtek { board, .. } = &mut settings.kind else { panic!("{settings:?}") };
    board.organisation_number = "162120009994".to_owned();
    let answer = demo.source(settings).ask(&question(demo.person("amir").number)).await;
    let refused = Failure { kind: FailureKind::Refused, code: Some("SSBT-INGIVARE".to_owned()) };
    assert_eq!(answer, Answer::Failed(refused));
}

fn problems(results: &[ProbeResult]) -> Vec<Option<ProbeProblem>> {
    assert_eq!(results.iter().map(|result| result.stage).collect::<Vec<_>>(), ProbeStage::ALL);
    results.iter().map(|result| result.problem).collect()
}

#[tokio::test]
async fn a_sound_connection_passes_every_stage() {
    let demo = demo().await;
    for agency in Agency::ALL {
        let results = demo.probe(demo.agency(*agency), NOW).await;
        assert!(results.iter().all(|result| result.state == ProbeState::Ok), "{agency:?} {results:?}");
        assert_eq!(results[0].note, Some(Note::Addresses { count: 1 }));
        let until: Timestamp = "2045-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(results[2].note, Some(Note::ValidUntil { until }));
    }
    let results = demo.probe(sources::energy(&demo.handle), NOW).await;
    let states: Vec<_> = results.iter().map(|result| result.state).collect();
    let ok = ProbeState::Ok;
    assert_eq!(states, [ok, ok, ProbeState::Skipped, ok, ok], "plain http has no TLS stage");
}

#[tokio::test]
async fn each_stage_tells_what_is_wrong() {
    let demo = demo().await;
    let other = demo_on("127.0.0.2:0").await;
    let fk = demo.agency(Agency::Fk);

    let expired = demo.probe(fk.clone(), "2045-06-01T00:00:00Z").await;
    assert_eq!(problems(&expired)[2], Some(ProbeProblem::CertificateExpired));
    assert_eq!(expired[3].state, ProbeState::Skipped);

    let mut unknown = fk.clone();
    unknown.tls = Some(TlsFiles { identity: None, trust: other.handle.ca_pem_path.clone() });
    assert_eq!(problems(&demo.probe(unknown, NOW).await)[2], Some(ProbeProblem::CertificateUnknown));

    // The certificate is for 127.0.0.1 and localhost, and this one listens elsewhere.
    assert_eq!(problems(&other.probe(other.agency(Agency::Fk), NOW).await)[2], Some(ProbeProblem::CertificateForOther));

    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let reach = |endpoint: String, host: String, loopback| {
        let settings = SourceSettings { endpoint: endpoint.parse().unwrap(), ..fk.clone() };
        let rules = NetworkRules { allowed: [host].into(), loopback, private: false };
        AuthoritySource::new(settings, &rules).unwrap()
    };
    let now = NOW.parse().unwrap();
    let nobody = reach(format!("https://{free}/"), free.to_string(), true).probe(now).await;
    assert_eq!(problems(&nobody)[1], Some(ProbeProblem::NoConnection));

    let port = demo.handle.ssbtek_url.port().unwrap();
    let host = format!("localhost:{port}");
    let forbidden = reach(format!("https://{host}/"), host, false).probe(now).await;
    assert_eq!(problems(&forbidden)[0], Some(ProbeProblem::ForbiddenAddress));
    assert_eq!(forbidden[4].state, ProbeState::Skipped);

    let elsewhere = demo.handle.ssbtek_url.join("/other").unwrap().to_string();
    let host = format!("127.0.0.1:{port}");
    let other_path = reach(elsewhere, host, true).probe(now).await;
    assert_eq!(problems(&other_path)[4], Some(ProbeProblem::SourceFailed));
    assert_eq!(other_path[4].note, Some(Note::Code { code: "http-404".to_owned() }));

    let mut no_token = sources::energy(&demo.handle);
    no_token.bearer_file = None;
    assert_eq!(problems(&demo.probe(no_token, NOW).await)[3], Some(ProbeProblem::Denied));
}

#[tokio::test]
async fn certificates_are_kept_and_only_for_their_owner() {
    let demo = demo().await;
    let made = std::fs::read(&demo.handle.client_identity_pem_path).unwrap();
    for path in [&demo.handle.client_identity_pem_path, &demo.handle.json_token_path] {
        assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let free = "127.0.0.1:0".parse().unwrap();
    let listen = Listen { ssbtek: free, energy: free };
    let again = start(demo.folder.path(), listen, Arc::clone(&demo.people), TODAY).await.unwrap();
    assert_eq!(std::fs::read(&again.client_identity_pem_path).unwrap(), made);
}

#[tokio::test]
async fn it_is_never_open_to_the_network() {
    let folder = tempfile::tempdir().unwrap();
    let people = Arc::new(People::shipped().unwrap());
    let everywhere = "0.0.0.0:0".parse().unwrap();
    let listen = Listen { ssbtek: everywhere, energy: everywhere };
    let refused = start(folder.path(), listen, people, TODAY).await;
    assert!(matches!(refused, Err(StartError::NotLoopback(_))));
}

/// `./dev test` runs these where the authorities' contract is at hand.
mod with_contract {
    use super::*;

    /// What the server sends, without a network between.
    async fn sent(people: &Arc<People>, behaviour: Behaviour, agency: Agency, person: PersonNumber) -> String {
        let municipality = &people.municipalities[0];
        let board = Board {
            organisation_number: municipality.organisation_number.clone(),
            name: Wording::new(&municipality.name).unwrap(),
            fk_actor: Some(Wording::new(&municipality.fk_actor).unwrap()),
            legal_basis: Wording::new(LEGAL_BASIS).unwrap(),
        };
        let body = contract::about(agency, &board, &question(person));
        let request = Request::post("/ssbtek/v10").body(Body::from(body)).unwrap();
        let service = ssbtek_service(Arc::clone(people), TODAY, Some(behaviour));
        let response = service.oneshot(request).await.unwrap();
        String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    #[ignore = "needs the authorities' contract, and xmllint"]
    async fn answers_are_valid_by_the_contract() {
        let folder = contract::folder();
        let scratch = tempfile::tempdir().unwrap();
        let csn = csn_schema(&folder, scratch.path());
        let people = Arc::new(People::shipped().unwrap());
        let (mut bodies, mut at_csn) = (Vec::new(), Vec::new());
        for behaviour in [Behaviour::Answer, Behaviour::Partly, Behaviour::Nothing, Behaviour::Fail] {
            for key in ["anna", "sara", "erik", "linnea", "amir", "mehmet", "ingrid", "karin", "oksana"] {
                for agency in Agency::ALL {
                    let body = sent(&people, behaviour, *agency, people.person(key).unwrap().number).await;
                    if body.contains("soap:Fault") {
                        assert!(behaviour == Behaviour::Fail && *agency == Agency::Skv, "{key} {agency:?}: {body}");
                        continue;
                    }
                    bodies.push(contract::soap_body(&body));
                    // In part is told in the words of an older schema.
                    if *agency == Agency::Csn && behaviour != Behaviour::Partly {
                        at_csn.extend(csn_person(&body));
                    }
                }
            }
        }
        contract::assert_valid(&folder.join(contract::COMPOSITE), &bodies);
        assert!(!at_csn.is_empty(), "nobody at CSN is held against its schema");
        contract::assert_valid(&csn, &at_csn);
    }

    #[tokio::test]
    #[ignore = "needs the authorities' contract, and xmllint"]
    async fn the_test_operation_is_valid_by_the_contract() {
        let service = ssbtek_service(Arc::new(People::shipped().unwrap()), TODAY, None);
        let ping = format!(
            r#"<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ssbt="{}"><soap:Body><ssbt:testaBastjanstInformation/></soap:Body></soap:Envelope>"#,
            contract::SSBT
        );
        let request = Request::post("/ssbtek/v10").body(Body::from(ping)).unwrap();
        let response = service.oneshot(request).await.unwrap();
        let body = String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap();
        contract::assert_valid(&contract::folder().join(contract::COMPOSITE), &[contract::soap_body(&body)]);
    }

    /// CSN's schema of a whole answer imports one that is not at hand, so the person in it is checked alone.
    fn csn_schema(folder: &Path, scratch: &Path) -> PathBuf {
        let person = folder.join("contract/se/csn/schema/v4_0/person/person.xsd").canonicalize().unwrap();
        let schema = format!(
            r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:p="http://schema.csn.se/v4.0/person" targetNamespace="http://schema.csn.se/v4.0/kommunfraga"><xs:import namespace="http://schema.csn.se/v4.0/person" schemaLocation="{}"/><xs:element name="Person" type="p:Person"/></xs:schema>"#,
            person.display()
        );
        let path = scratch.join("person-alone.xsd");
        std::fs::write(&path, schema).unwrap();
        path
    }

    fn csn_person(body: &str) -> Option<String> {
        let (_, encoded) = body.split_once("<ssbt:svar>")?;
        let (encoded, _) = encoded.split_once("</ssbt:svar>")?;
        let inner = String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap();
        let end = inner.find("</Person>")? + "</Person>".len();
        Some(inner[inner.find("<Person ")?..end].to_owned())
    }
}
