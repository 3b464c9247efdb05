//! Every address that names a thing, with the real identifiers of another case, another person and another municipality.

use axum::http::{Method, StatusCode};
use domain::authority::Agency;
use domain::id::{CaseId, PersonId, RenewalId, StatementId};
use domain::kind::IncomeKind;
use sqlx::PgPool;
use uuid::Uuid;

use super::listed::{Listed, listed};
use crate::test_support::{Statement, Town, Towns, add_proof, add_source, answer_awaited, day, reported};

/// The real things of one household, none of which is the visitor's.
struct Things {
    renewal: Uuid,
    decision: Uuid,
    message: Uuid,
    statement: Uuid,
    query: Uuid,
    dispute: Uuid,
    source: Uuid,
    official: Uuid,
    job: Uuid,
    /// A file of theirs, and the renewal that it is in.
    proof: Uuid,
    shown_in: Uuid,
}

impl Things {
    /// What an address names, by the word before it. An address of a new kind is to be thought of here.
    fn of(&self, address: &Listed) -> Uuid {
        let before = address.path.split_once("/{id}").unwrap().0.rsplit('/').next().unwrap();
        match before {
            "renewals" if address.path.contains("{proof}") => self.shown_in,
            "renewals" | "open" | "protected" => self.renewal,
            "decisions" => self.decision,
            "messages" => self.message,
            "{list}" => self.statement,
            "authorities" if address.path.contains("{index}") => self.query,
            "authorities" => self.dispute,
            "sources" => self.source,
            "officials" => self.official,
            "jobs" => self.job,
            _ => panic!("what does {} name?", address.path),
        }
    }
}

/// What the forms of these addresses hold, so that none is refused for what it lacks.
const FIELDS: &[(&str, &str)] = &[
    ("revision", "1"),
    ("seen", ""),
    ("outcome", "granted"),
    ("granted", ""),
    ("partly_granted", ""),
    ("rejected", ""),
    ("dismissed", ""),
    ("enabled", "off"),
    ("reason", "not-needed"),
    ("words", "Varför?"),
    ("purpose", "review"),
];

/// A household of the home town: what it wrote, sent and was decided, beside what its municipality has.
async fn things(stage: &Towns, case: CaseId, writer: &str) -> Things {
    let signed = stage.signed(case, "2026-11", &Statement::default()).await;
    let decision = stage.decided(signed, "granted", "need-by-norm").await;
    stage.begun(writer).await;
    let item = [("kind", "wage"), ("amount", "123"), ("date", "2026-11-25")];
    stage.save(writer, "/renewal/incomes/add", &item).await;
    let list = stage.page(writer, "/renewal/incomes").await;
    let ids = list.split("href=\"/renewal/incomes/").skip(1).filter_map(|rest| rest.get(..36)?.parse().ok());
    let draft = RenewalId(stage.value("select id from renewal where state = 'draft'").await);
    let person = PersonId(stage.value("select begun_by from renewal where state = 'draft'").await);
    let mut tx = stage.tx(&stage.home).await;
    let benefit = reported(IncomeKind::HousingBenefit, 1_400, day(11, 12));
    let row = answer_awaited(&mut tx, draft, person, &benefit).await;
    let shown_in = signed;
    let proof = add_proof(&mut tx, shown_in, person, StatementId(Uuid::now_v7())).await;
    tx.commit().await.unwrap();
    stage.save(writer, &row, &[("reason", "different"), ("why", "Nej.")]).await;
    let check = stage.page(writer, "/renewal/check").await;
    let dispute = check.split("/renewal/authorities/").find_map(|rest| rest.split_once('#')?.0.parse().ok());
    stage.send(writer, "/messages", &[("subject", "question"), ("body", "Bara till handläggaren.")]).await;
    Things {
        renewal: signed.0,
        decision: decision.0,
        message: stage.value("select id from message").await,
        statement: ids.collect::<Vec<_>>()[0],
        query: row.split('/').nth(3).unwrap().parse().unwrap(),
        dispute: dispute.unwrap(),
        source: stage.value("select id from authority_source").await,
        official: stage.home.staff.0,
        job: stage.value("select id from job limit 1").await,
        proof: proof.0,
        shown_in: shown_in.0,
    }
}

/// Somebody of a town, by the guards that let them in, at the things of others.
struct Visitor<'a> {
    guards: &'a [&'a str],
    town: &'a Town,
    cookie: &'a str,
    things: &'a Things,
    /// Where they may say what they open a case for, and so are led.
    may_say_why: bool,
}

#[sqlx::test(migrations = "../migrations")]
async fn the_identifier_of_what_is_anothers_opens_nothing(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let (home, away) = (&stage.home, &stage.away);
    let mut tx = stage.tx(home).await;
    add_source(&mut tx, Agency::Fk).await;
    tx.commit().await.unwrap();
    let (couple, [mira, _]) = stage.couple().await;
    let theirs = things(&stage, couple.case, &mira).await;
    let closed_case = stage.hidden_case().await;
    let closed = Things { renewal: stage.signed(closed_case, "2026-12", &Statement::default()).await.0, ..theirs };
    stage.begun(&home.citizen).await;
    let (_, david) = stage.colleague("david").await;
    let [cleared, ..] = stage.cleared().await;
    let citizen: &[&str] = &["citizen", "reader"];
    let staff: &[&str] = &["caseworker"];
    let visitor = |guards, town, cookie, things| Visitor { guards, town, cookie, things, may_say_why: false };
    let visitors = [
        visitor(citizen, home, &home.citizen, &theirs),
        visitor(citizen, away, &away.citizen, &theirs),
        visitor(staff, home, &home.caseworker, &closed),
        visitor(staff, away, &away.caseworker, &theirs),
        Visitor { may_say_why: true, ..visitor(staff, home, &david, &theirs) },
        visitor(&["cleared"], home, &cleared, &theirs),
        visitor(&["admin"], away, &away.admin, &theirs),
    ];
    let mut tried = 0;
    for address in listed().filter(|address| address.path.contains("{id}")) {
        for visitor in visitors.iter().filter(|visitor| visitor.guards.contains(&address.guard)) {
            let id = visitor.things.of(&address);
            // Of the closed case there is a renewal alone.
            if visitor.cookie == home.caseworker && id != closed.renewal {
                continue;
            }
            let is_asked_why = visitor.may_say_why && address.path.starts_with("/staff/open/");
            if is_asked_why {
                continue;
            }
            let path = address
                .path
                .replace("{id}", &id.to_string())
                .replace("{list}", "incomes")
                .replace("{index}", "0")
                .replace("{proof}", &visitor.things.proof.to_string());
            let answer = if address.method == Method::GET {
                stage.get(&visitor.town.host, visitor.cookie, &path).await
            } else {
                stage.post(&visitor.town.host, visitor.cookie, &path, FIELDS).await
            };
            let who = format!("{} {path} by {:?}: {}", address.method, visitor.guards, answer.status);
            if path.ends_with("/revision") {
                assert_eq!(answer.number("revision"), -1, "as where there is nothing: {who}");
            } else if address.path.contains("{list}") || address.path.starts_with("/renewal/authorities/") {
                // It is none of their own draft, and leads back into that.
                let is_led = answer.location.as_deref().is_some_and(|to| to.starts_with("/renewal"));
                assert!(is_led || answer.status == StatusCode::NOT_FOUND, "{who} {:?}", answer.location);
            } else if visitor.may_say_why {
                assert_eq!(answer.location, Some(format!("/staff/open/{id}")), "{who}");
            } else if address.path == "/admin/jobs/{id}/drop" && address.method == Method::POST {
                assert_eq!(answer.status, StatusCode::CONFLICT, "as one that does not wait any more: {who}");
            } else {
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who}");
            }
            assert!(!answer.body.contains("Mira") && !answer.body.contains("Vera"), "{who}: {}", answer.body);
            tried += 1;
        }
    }
    assert!(tried > 40, "{tried}");
}
