//! Sources as they are made, and peers that misbehave.

use std::net::SocketAddr;

use domain::PersonNumber;
use domain::authority::{AuthorityRow, Failure, FailureKind, RowKind, RowState};
use domain::kind::ExpenseKind;
use jiff::civil::date;
use proptest::prelude::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use uuid::Uuid;

use super::*;

const PERSON: &str = "199006022397";

fn question() -> Question {
    Question {
        person: PersonNumber::parse(PERSON).unwrap(),
        period: Period::new(date(2026, 9, 1), date(2026, 12, 31)).unwrap(),
        purpose: Wording::new("Prövning").unwrap(),
        case_reference: Wording::new("EKB-1").unwrap(),
        handler: Wording::new("Förnya").unwrap(),
        correlation_id: Uuid::from_u128(7),
        today: date(2026, 11, 24),
    }
}

fn mapping() -> JsonMapping {
    JsonMapping {
        person_field: "customer".to_owned(),
        first_day_field: "from".to_owned(),
        last_day_field: "to".to_owned(),
        rows: "/data/invoices".to_owned(),
        label_field: "label".to_owned(),
        amount_field: "amount".to_owned(),
        date_field: "due".to_owned(),
        month_field: Some("month".to_owned()),
        complete_field: Some("complete".to_owned()),
        row_kind: RowKind::Expense(ExpenseKind::Electricity),
        health: None,
    }
}

fn settings(endpoint: &str) -> SourceSettings {
    SourceSettings {
        kind: SourceKind::Json(Box::new(mapping())),
        endpoint: endpoint.parse().unwrap(),
        connect_timeout_ms: 5_000,
        answer_timeout_ms: 5_000,
        tls: None,
        bearer_file: None,
    }
}

fn rules(host: &str) -> NetworkRules {
    NetworkRules { allowed: [host.to_owned()].into(), loopback: true, private: false }
}

/// What a peer does with a connection after it has read a request.
#[derive(Clone)]
enum Peer {
    /// Sends these bytes and closes.
    Says(Vec<u8>),
    /// Sends these bytes and keeps the connection open without another word.
    Stalls(Vec<u8>),
    /// Sends these bytes again and again.
    Floods(Vec<u8>),
}

/// Listens, and hands over each request that came.
async fn peer(does: Peer) -> (SocketAddr, tokio::sync::mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (heard, requests) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 64 * 1024];
            let length = stream.read(&mut request).await.unwrap();
            heard.send(String::from_utf8_lossy(&request[..length]).into_owned()).ok();
            match does.clone() {
                Peer::Says(bytes) => stream.write_all(&bytes).await.unwrap(),
                Peer::Stalls(bytes) => {
                    stream.write_all(&bytes).await.unwrap();
                    std::future::pending::<()>().await;
                }
                Peer::Floods(bytes) => while stream.write_all(&bytes).await.is_ok() {},
            }
        }
    });
    (address, requests)
}

fn http(status: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()).into_bytes()
}

async fn ask(does: Peer) -> Answer {
    // Only for a peer that falls silent does it matter how long is waited.
    let answer_timeout_ms = if matches!(does, Peer::Stalls(_)) { 200 } else { 5_000 };
    let (address, _requests) = peer(does).await;
    let settings = SourceSettings { answer_timeout_ms, ..settings(&format!("http://{address}/v1/invoices")) };
    AuthoritySource::new(settings, &rules(&address.to_string())).unwrap().ask(&question()).await
}

fn failed(kind: FailureKind, code: Option<&str>) -> Answer {
    Answer::Failed(Failure { kind, code: code.map(str::to_owned) })
}

#[tokio::test]
async fn the_person_is_in_the_body_and_nowhere_else() {
    let (address, mut requests) = peer(Peer::Says(http("200 OK", "{}"))).await;
    let source =
        AuthoritySource::new(settings(&format!("http://{address}/v1/invoices")), &rules(&address.to_string())).unwrap();
    source.ask(&question()).await;
    let request = requests.recv().await.unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /v1/invoices HTTP/1.1\r\n"), "{head}");
    assert!(!head.contains(&PERSON[2..]), "{head}");
    assert_eq!(body, r#"{"customer":"199006022397","from":"2026-09-01","to":"2026-12-31"}"#);
}

#[tokio::test]
async fn whatever_a_peer_does_is_an_answer() {
    let redirect = b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n".to_vec();
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".to_vec();
    let huge = b"HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n".to_vec();
    let flood = [huge.clone(), vec![b' '; 1 << 20]].concat();
    for (what, does, expected) in [
        ("closes", Peer::Says(Vec::new()), failed(FailureKind::Unreachable, None)),
        ("no HTTP", Peer::Says(b"SSH-2.0-x\r\n".to_vec()), failed(FailureKind::Unreachable, None)),
        ("closes half-way", Peer::Says(half.clone()), failed(FailureKind::Unreachable, None)),
        ("silence", Peer::Stalls(Vec::new()), failed(FailureKind::TimedOut, None)),
        ("silence half-way", Peer::Stalls(half), failed(FailureKind::TimedOut, None)),
        ("flood", Peer::Floods(flood), failed(FailureKind::Malformed, Some("too-large"))),
        ("redirect", Peer::Says(redirect), failed(FailureKind::Refused, Some("http-302"))),
        ("denied", Peer::Says(http("401 Unauthorized", "")), failed(FailureKind::Refused, Some("http-401"))),
        ("broken", Peer::Says(http("500 Oops", "<html>")), failed(FailureKind::Refused, Some("http-500"))),
        ("empty", Peer::Says(http("200 OK", "")), failed(FailureKind::Malformed, None)),
        ("no JSON", Peer::Says(http("200 OK", "<html>")), failed(FailureKind::Malformed, None)),
        ("no rows", Peer::Says(http("200 OK", r#"{"complete":true}"#)), failed(FailureKind::Malformed, None)),
        ("deep", Peer::Says(http("200 OK", &"[".repeat(100_000))), failed(FailureKind::Malformed, None)),
    ] {
        assert_eq!(ask(does).await, expected, "{what}");
    }
}

#[tokio::test]
async fn nobody_there() {
    // A port that was free a moment ago.
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let source = AuthoritySource::new(settings(&format!("http://{address}/")), &rules(&address.to_string())).unwrap();
    assert_eq!(source.ask(&question()).await, failed(FailureKind::Unreachable, None));
}

#[tokio::test]
async fn invoices_become_rows() {
    let answer = |complete: bool, invoices: &str| {
        ask(Peer::Says(http("200 OK", &format!(r#"{{"complete":{complete},"data":{{"invoices":[{invoices}]}}}}"#))))
    };
    let november = r#"{"label":"Elhandel","amount":312.50,"due":"2026-11-27","month":"2026-11","other":1}"#;
    let october = r#"{"label":"Elhandel","amount":"312","due":"2026-10-28","month":"2026-10"}"#;
    let row = AuthorityRow {
        label: "Elhandel".to_owned(),
        kind: RowKind::Expense(ExpenseKind::Electricity),
        amount: domain::Money::from_ore(31_250),
        pay_date: Some(date(2026, 11, 27)),
        period: Some((date(2026, 11, 1), date(2026, 11, 30))),
        state: RowState::Planned,
    };
    let whole = answer(true, &format!("{november},{october}")).await;
    let Answer::Answered(content) = whole else { panic!("{whole:?}") };
    assert_eq!(content.rows[0], row);
    assert_eq!((content.rows[1].amount.ore(), content.rows[1].state), (31_200, RowState::Paid));
    assert_eq!(answer(true, "").await, Answer::NothingFound);

    let part = answer(false, november).await;
    assert!(
        matches!(&part, Answer::Partly { content, missing } if content.rows == [row] && missing.len() == 1),
        "{part:?}"
    );
    for damaged in [
        november.replace("312.50", "312.505"),
        november.replace("2026-11-27", "i morgon"),
        november.replace("\"2026-11\"", "\"november\""),
        november.replace("\"Elhandel\"", "17"),
        "null".to_owned(),
    ] {
        let answer = answer(true, &format!("{damaged},{october}")).await;
        assert!(matches!(&answer, Answer::Partly { content, .. } if content.rows.len() == 1), "{damaged}: {answer:?}");
    }
}

#[test]
fn settings_that_make_no_source_are_refused() {
    let endpoint = "https://energy.example/v1";
    let rules = rules("energy.example:443");
    let refused = |change: &dyn Fn(&mut SourceSettings)| {
        let mut settings = settings(endpoint);
        change(&mut settings);
        AuthoritySource::new(settings, &rules).unwrap_err()
    };
    let board = |organisation_number: &str, fk_actor: Option<&str>| Board {
        organisation_number: organisation_number.to_owned(),
        name: Wording::new("Exempelby").unwrap(),
        fk_actor: fk_actor.map(|actor| Wording::new(actor).unwrap()),
        legal_basis: Wording::new(LEGAL_BASIS).unwrap(),
    };
    let ssbtek = |agency, board: Board| {
        move |s: &mut SourceSettings| {
            s.kind = SourceKind::Ssbtek { agency, board: board.clone() };
            s.tls = Some(TlsFiles { identity: None, trust: "/nonexistent".into() });
        }
    };
    assert!(matches!(refused(&|_| ()), SourceError::NoTrust));
    assert!(matches!(
        refused(&|s| s.endpoint = "https://other.example/".parse().unwrap()),
        SourceError::Forbidden(Forbidden::Host)
    ));
    assert!(matches!(
        refused(&|s| s.endpoint = "http://energy.example:443/".parse().unwrap()),
        SourceError::Forbidden(Forbidden::Scheme)
    ));
    let with_tls = |s: &mut SourceSettings| s.tls = Some(TlsFiles { identity: None, trust: "/nonexistent".into() });
    for milliseconds in [0, 99, 60_001] {
        let error = refused(&|s| {
            with_tls(s);
            s.connect_timeout_ms = milliseconds;
        });
        assert!(matches!(error, SourceError::Timeouts), "{milliseconds}");
    }
    assert!(matches!(refused(&with_tls), SourceError::Client(ClientError::File { .. })));
    let no_pem = tempfile::NamedTempFile::new().unwrap();
    assert!(matches!(
        refused(&|s| s.tls = Some(TlsFiles { identity: None, trust: no_pem.path().into() })),
        SourceError::Client(ClientError::Pem { source: None, .. })
    ));
    assert!(matches!(
        refused(&|s| {
            with_tls(s);
            s.kind = SourceKind::Json(Box::new(JsonMapping { rows: "invoices".to_owned(), ..mapping() }));
        }),
        SourceError::RowsPointer
    ));
    assert!(matches!(
        refused(&|s| {
            with_tls(s);
            let health = Some("https://other.example/health".parse().unwrap());
            s.kind = SourceKind::Json(Box::new(JsonMapping { health, ..mapping() }));
        }),
        SourceError::Forbidden(Forbidden::Host)
    ));
    for number in ["2120009010", "16212000901x", "162110009010x", "162110009010"] {
        let error = refused(&ssbtek(Agency::Csn, board(number, None)));
        assert!(matches!(error, SourceError::OrganisationNumber), "{number}");
    }
    for agency in [Agency::Fk, Agency::Pm] {
        assert!(matches!(refused(&ssbtek(agency, board("162120009010", None))), SourceError::NoFkActor));
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = json::read(&bytes, &mapping(), &question());
    }

    #[test]
    fn no_damage_to_an_answer_makes_the_reader_panic(cut in 0usize..90, put in "[\\[\\]{}\",:0-9a-z.-]{0,9}") {
        let whole = r#"{"complete":true,"data":{"invoices":[{"label":"El","amount":1.5,"due":"2026-11-27","month":"2026-11"}]}}"#;
        let damaged = format!("{}{put}{}", &whole[..cut], &whole[cut + 3..]);
        let _ = json::read(damaged.as_bytes(), &mapping(), &question());
    }
}

#[test]
fn settings_are_kept_as_json() {
    let settings = settings("http://127.0.0.1:8080/v1/invoices");
    let kept = serde_json::to_string(&settings).unwrap();
    assert_eq!(serde_json::from_str::<SourceSettings>(&kept).unwrap(), settings);
    assert!(serde_json::from_str::<SourceSettings>(&kept.replace("bearer_file", "bearer")).is_err());
}
