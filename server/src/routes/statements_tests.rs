//! How many statements each address makes, with realistic data: a household with a year behind it, a full page of the inbox.
//!
//! `statements.txt` holds the numbers, `begin` and `commit` included: for somebody who lives alone, and where a household is two adults that
//! matters, for a couple with a child. One that grows fails here; one that shrinks is to be written down. The identity providers and the
//! authorities are the demo's. On the same way each page of somebody who is logged in is seen to leave a row in the audit trail.

use std::collections::BTreeMap;

use domain::authority::Agency;
use domain::id::{CaseId, PersonId, ProofId, RenewalId, SourceId, StatementId};
use domain::kind::{ExpenseKind, IncomeKind};
use domain::renewal::state::SignatureState;
use sqlx::PgPool;
use uuid::Uuid;

use super::listed::{Listed, listed};
use crate::case::{awaited_proofs, signed, signers};
use crate::session::Owner;
use crate::test_support::eid::{SIV, TestEid};
use crate::test_support::{
    Answered, Statement, Statements, Towns, add_answer, add_proof, add_signed, add_source, add_staff, answer_awaited,
    day, hidden, month, open_to, parked_job, picture, reported,
};

const LISTED: &str = include_str!("statements.txt");

/// A household with a year behind it.
struct Year<'a> {
    /// Which column of the list it is.
    column: usize,
    adults: Vec<PersonId>,
    /// The session of the adult who writes.
    writer: &'a str,
    /// Who the writer is to the identity provider.
    key: &'static str,
    renewals: Vec<RenewalId>,
    /// A picture that the writer showed in the last but one.
    proof: ProofId,
    /// What they are to show there still.
    awaited: StatementId,
}

/// What has been counted, by method and address as the table has it: alone, and as a couple.
struct Count<'a> {
    stage: &'a Towns,
    pool: PgPool,
    eid: &'a TestEid,
    statements: Statements,
    column: usize,
    counted: BTreeMap<String, [Option<i64>; 2]>,
    /// For whoever mends one that has grown.
    made: Vec<String>,
}

impl Count<'_> {
    /// Asks for an address and counts. `ids` stand in for what the table has in braces, in order.
    async fn count(&mut self, cookie: &str, address: &str, ids: &[&str], fields: &[(&str, &str)]) -> Answered {
        let (_, template) = address.split_once(' ').unwrap();
        let mut path = template.to_owned();
        for id in ids {
            let (open, close) = (path.find('{').unwrap(), path.find('}').unwrap());
            path.replace_range(open..=close, id);
        }
        self.ask(cookie, address, &path, fields).await
    }

    /// Reads a page or does an act of one's own.
    async fn plain(&mut self, cookie: &str, address: &str) -> Answered {
        self.count(cookie, address, &[], &[]).await
    }

    /// Asks for a path, and counts it as this line of the list.
    async fn ask(&mut self, cookie: &str, line: &str, path: &str, fields: &[(&str, &str)]) -> Answered {
        let (method, template) = line.split_once(' ').unwrap();
        let before = self.audited().await;
        self.statements.reset().await;
        let answered = match method {
            "GET" => self.stage.look(cookie, path).await,
            // A form of files alone: the name of the field is that of the first.
            _ if path.ends_with("/proofs") => {
                let file: (&str, &str, &[u8]) = (fields[0].0, "a.png", &picture([7, 7, 7]));
                self.stage.send_files(cookie, path, &[], &[file]).await
            }
            _ => self.stage.send(cookie, path, fields).await,
        };
        assert!(answered.status.as_u16() < 400, "{method} {path}: {} {}", answered.status, answered.body);
        let (number, lines) = self.statements.since_reset().await;
        let is_page =
            answered.headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        if method == "GET" && is_page && !cookie.is_empty() {
            assert!(self.audited().await > before, "{path} shows somebody's data, and the trail does not say so");
        }
        self.made.push(format!("{method} {path}: {number}\n    {}", lines.join("\n    ")));
        self.counted.entry(format!("{method:<4} {template}")).or_default()[self.column] = Some(number);
        answered
    }

    /// Logs them in in another browser too.
    async fn elsewhere(&self, owner: Owner) {
        let mut tx = self.stage.tx(&self.stage.home).await;
        self.stage.log_in(&mut tx, owner).await;
        tx.commit().await.unwrap();
    }

    async fn audited(&self) -> i64 {
        sqlx::query_scalar("select count(*) from audit_entry").fetch_one(&self.pool).await.unwrap()
    }

    /// Signs by way of the eID; the way back is counted as this.
    async fn sign(&mut self, cookie: &str, address: &str, fields: &[(&str, &str)], back_as: &str) {
        let sent = self.count(cookie, address, &[], fields).await;
        let (browser, back) = (sent.browser(cookie), self.eid.sign(sent.led_to()));
        let arrived = self.ask(&browser, &format!("GET /login/callback ({back_as})"), &back, &[]).await;
        assert_eq!(arrived.led_to(), "/renewal/receipt");
    }

    fn listing(&self) -> String {
        let number = |one: Option<i64>| one.map_or_else(|| "-".to_owned(), |number| number.to_string());
        let line = |(address, [alone, couple]): (&String, &[Option<i64>; 2])| {
            let (alone, couple) = (number(*alone), number(*couple));
            if couple == "-" {
                format!("{address:<42} {alone}\n")
            } else {
                format!("{address:<42} {alone:<3} {couple}\n")
            }
        };
        self.counted.iter().map(line).collect()
    }
}

/// A year of a household's renewals, which every adult has signed, each with what three authorities answered about each of them. All wait for
/// their decision, so that they fill the inbox.
async fn a_year(
    stage: &Towns,
    sources: &[SourceId],
    case: CaseId,
    adults: &[PersonId],
) -> (Vec<RenewalId>, ProofId, StatementId) {
    let mut tx = stage.tx(&stage.home).await;
    let mut renewals = Vec::new();
    for back in (1..=24).rev() {
        let norm_month = month("2026-12").checked_add(-back).unwrap();
        let (before, first) = (norm_month.previous(), norm_month.first_day());
        let of_before = |of: i8| before.first_day().with().day(of).build().unwrap();
        let statement = Statement {
            incomes: vec![(IncomeKind::Wage, 3_000, of_before(20))],
            expenses: vec![(ExpenseKind::Rent, 6_000, first)],
            message: Some("Hej!"),
            ..Statement::default()
        };
        let renewal = add_signed(&stage.service, &mut tx, case, norm_month, of_before(18), &statement).await;
        for (person, source) in adults.iter().flat_map(|person| sources.iter().map(move |source| (person, source))) {
            let answer = reported(IncomeKind::HousingBenefit, 1_400, of_before(12));
            add_answer(&mut tx, renewal, *person, *source, of_before(18), &answer).await;
        }
        for person in adults {
            signers::set(&mut tx, renewal, *person, SignatureState::Signed).await.unwrap();
        }
        renewals.push(renewal);
    }
    let last_but_one = renewals[renewals.len() - 2];
    let awaited = signed::core(&mut tx, last_but_one).await.unwrap().unwrap().expenses[0].id;
    let proof = add_proof(&mut tx, last_but_one, adults[0], awaited).await;
    awaited_proofs::insert(&mut tx, last_but_one, adults[0], &[awaited], day(12, 1)).await.unwrap();
    tx.commit().await.unwrap();
    (renewals, proof, awaited)
}

async fn one(stage: &Towns, select: &'static str) -> String {
    let mut tx = stage.tx(&stage.home).await;
    let id: Uuid = sqlx::query_scalar(select).fetch_one(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
    id.to_string()
}

impl Count<'_> {
    async fn open(&mut self) {
        for open in ["GET /", "GET /not-available", "GET /staff", "GET /admin"] {
            self.plain("", open).await;
        }
        let css = self.stage.service.assets.css.clone();
        self.count("", "GET /assets/{name}", &[css.strip_prefix("/assets/").unwrap()], &[]).await;
        self.count("", "POST /language", &[], &[("language", "en"), ("return", "/")]).await;
    }

    async fn writing(&mut self, year: &Year<'_>) {
        self.plain(year.writer, "GET /openings").await;
        self.plain(year.writer, "GET /messages").await;
        self.count(year.writer, "POST /messages", &[], &[("subject", "question"), ("body", "När?")]).await;
    }

    async fn staff(&mut self, year: &Year<'_>) {
        let (stage, caseworker) = (self.stage, self.stage.home.caseworker.clone());
        self.plain(&caseworker, "GET /staff/inbox").await;
        self.plain(&caseworker, "GET /staff/notices").await;
        let message = one(stage, "select id from message order by id desc limit 1").await;
        self.count(&caseworker, "GET /staff/messages/{id}", &[&message], &[]).await;
        self.plain(&caseworker, "POST /staff/notices").await;
        let last = year.renewals[year.renewals.len() - 1].to_string();
        let page = self.count(&caseworker, "GET /staff/renewals/{id}/decide", &[&last], &[]).await;
        let shown = hidden(&page.body);
        let shown: Vec<_> = shown.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let decide = "POST /staff/renewals/{id}/decide";
        let fields = [&shown[..], &[("outcome", "granted"), ("reason", "need-by-norm")]].concat();
        self.count(&caseworker, decide, &[&last], &fields).await;
        let before = year.renewals[year.renewals.len() - 2].to_string();
        self.count(&caseworker, "GET /staff/renewals/{id}", &[&before], &[]).await;
        self.count(&caseworker, "GET /staff/renewals/{id}/revision", &[&before], &[]).await;
        for part in ["", "/preview"] {
            let of_staff = format!("GET /staff/renewals/{{id}}/proofs/{{proof}}{part}");
            self.count(&caseworker, &of_staff, &[&before, &year.proof.to_string()], &[]).await;
        }
        self.plain(&caseworker, "GET /staff/session").await;
        self.plain(&caseworker, "POST /staff/session").await;
        self.elsewhere(Owner::Staff(stage.home.staff)).await;
        self.plain(&caseworker, "GET /staff/sessions").await;
        self.count(&caseworker, "POST /staff/sessions/end", &[], &[("session", "all")]).await;
        self.count(&caseworker, "POST /staff/renewals/{id}/hand-back", &[&before], &[]).await;
    }

    async fn reading(&mut self, year: &Year<'_>) {
        let before = year.renewals[year.renewals.len() - 2].to_string();
        for part in ["", "/preview"] {
            let own = format!("GET /renewals/{{id}}/proofs/{{proof}}{part}");
            self.count(year.writer, &own, &[&before, &year.proof.to_string()], &[]).await;
        }
        self.count(year.writer, "GET /renewals/{id}/proofs", &[&before], &[]).await;
        let field = format!("proof-{}", year.awaited);
        self.count(year.writer, "POST /renewals/{id}/proofs", &[&before], &[(&field, "")]).await;
        self.plain(year.writer, "GET /home").await;
        self.plain(year.writer, "GET /payouts").await;
        self.plain(year.writer, "GET /decisions").await;
        let decision = one(self.stage, "select id from decision order by id desc limit 1").await;
        self.count(year.writer, "GET /decisions/{id}", &[&decision], &[]).await;
        self.count(year.writer, "GET /decisions/{id}/calculation", &[&decision], &[]).await;
        self.plain(year.writer, "GET /renewal/receipt").await;
        self.count(year.writer, "GET /renewals/{id}/signed", &[&year.renewals[0].to_string()], &[]).await;
    }

    async fn renewing(&mut self, year: &Year<'_>) {
        let writer = year.writer;
        self.plain(writer, "POST /renewal/begin").await;
        self.plain(writer, "GET /renewal/month").await;
        let same = [("revision", "1"), ("answer", "same"), ("activity", "as-planned")];
        self.count(writer, "POST /renewal/month", &[], &same).await;
        self.plain(writer, "GET /renewal/changed").await;
        let all = [("revision", "2"), ("household", "on"), ("incomes", "on"), ("expenses", "on")];
        self.count(writer, "POST /renewal/changed", &[], &all).await;
        self.plain(writer, "GET /renewal/activity").await;
        self.count(writer, "POST /renewal/activity", &[], &[("revision", "3"), ("activity", "as-planned")]).await;
        self.plain(writer, "GET /renewal").await;
        self.plain(writer, "GET /renewal/revision").await;
        self.plain(writer, "GET /session").await;
        self.plain(writer, "POST /session").await;
        self.elsewhere(Owner::Person(year.adults[0])).await;
        self.plain(writer, "GET /sessions").await;
        self.count(writer, "POST /sessions/end", &[], &[("session", "all")]).await;
        self.plain(writer, "GET /renewal/household").await;
        let household = [("revision", "4"), ("phone", "070-174 06 05"), ("household", "same")];
        self.count(writer, "POST /renewal/household", &[], &household).await;
        self.plain(writer, "GET /renewal/authorities/pending").await;
        self.plain(writer, "GET /renewal/authorities").await;
        self.plain(writer, "POST /renewal/authorities/ask-again").await;
        let draft =
            RenewalId(self.stage.value("select id from renewal where state = 'draft' order by id desc limit 1").await);
        let mut tx = self.stage.tx(&self.stage.home).await;
        let benefit = reported(IncomeKind::HousingBenefit, 1_400, day(11, 12));
        let row = answer_awaited(&mut tx, draft, year.adults[0], &benefit).await;
        tx.commit().await.unwrap();
        let query = row.split('/').nth(3).unwrap();
        self.count(writer, "GET /renewal/authorities/{id}/{index}", &[query, "0"], &[]).await;
        let wrong = [("revision", "5"), ("reason", "other"), ("why", "Nej.")];
        self.count(writer, "POST /renewal/authorities/{id}/{index}", &[query, "0"], &wrong).await;
        // Something is missing in it, so that its page is led to by what was said.
        self.stage.save(writer, &row, &[("reason", "different"), ("why", "Nej.")]).await;
        let check = self.stage.page(writer, "/renewal/check").await;
        let id =
            check.split("/renewal/authorities/").find_map(|rest| rest.split_once('#')?.0.parse::<Uuid>().ok()).unwrap();
        self.count(writer, "GET /renewal/authorities/{id}", &[&id.to_string()], &[]).await;
        self.stage.save(writer, &row, &[("remove", "yes")]).await;
        self.plain(writer, "POST /renewal/authorities").await;
        self.count(writer, "GET /renewal/{list}/add", &["incomes"], &[]).await;
        let person = year.adults[0].to_string();
        let wage =
            [("revision", "9"), ("kind", "wage"), ("amount", "3000"), ("date", "2026-11-20"), ("person", &*person)];
        self.count(writer, "POST /renewal/{list}/add", &["incomes"], &wage).await;
        let list = self.count(writer, "GET /renewal/{list}", &["incomes"], &[]).await.body;
        let id = list.split("/renewal/incomes/").find_map(|rest| rest.get(..36)?.parse::<Uuid>().ok()).unwrap();
        let item = ["incomes", &*id.to_string()];
        self.count(writer, "GET /renewal/{list}/{id}", &item, &[]).await;
        let changed = [&[("revision", "10")], &wage[1..]].concat();
        self.count(writer, "POST /renewal/{list}/{id}", &item, &changed).await;
        self.count(writer, "GET /renewal/{list}/{id}/remove", &item, &[]).await;
        self.count(writer, "POST /renewal/{list}", &["incomes"], &[("more", "no")]).await;
        self.plain(writer, "GET /renewal/message").await;
        self.count(writer, "POST /renewal/message", &[], &[("revision", "12"), ("message", "Hej!")]).await;
        self.plain(writer, "GET /renewal/check").await;
        self.count(writer, "POST /renewal/{list}/{id}/remove", &item, &[]).await;
    }

    /// The rest of the draft is written, and it is signed.
    async fn signing(&mut self, year: &Year<'_>) {
        for list in ["incomes", "expenses"] {
            self.stage.save(year.writer, &format!("/renewal/{list}"), &[("more", "no")]).await;
        }
        let revision = self.stage.look(year.writer, "/renewal/revision").await.number("revision").to_string();
        self.sign(year.writer, "POST /renewal/sign", &[("revision", &revision)], "a signature").await;
    }

    /// What two adults do with what one of them has begun.
    async fn between(&mut self, mira: &str, johan: &str) {
        self.column = 1;
        self.plain(mira, "POST /renewal/begin").await;
        self.plain(johan, "POST /renewal/apply").await;
        self.stage.let_lie().await;
        self.plain(johan, "GET /renewal/take-over").await;
        self.plain(johan, "POST /renewal/take-over").await;
        self.plain(johan, "GET /renewal/withdraw").await;
        self.count(johan, "POST /renewal/withdraw", &[], &[("part", "whole")]).await;
    }

    async fn login(&mut self, year: &Year<'_>) {
        let sent = self.plain("", "POST /login").await;
        let back = self.eid.log_in(sent.led_to(), Some(year.key)).await;
        let known = self.ask(&sent.browser(""), "GET /login/callback", &back, &[]).await;
        let session = known.cookie("__Host-fornya").unwrap();
        self.plain(&session, "POST /logout").await;
    }

    async fn all_of(&mut self, year: &Year<'_>) {
        self.column = year.column;
        self.writing(year).await;
        self.staff(year).await;
        self.reading(year).await;
        self.renewing(year).await;
        self.login(year).await;
        self.signing(year).await;
    }

    /// What the other adult of a couple does once the first has signed.
    async fn co_signing(&mut self, johan: &str) {
        self.plain(johan, "GET /renewal/cosign").await;
        self.plain(johan, "POST /renewal/cosign/decline").await;
        self.sign(johan, "POST /renewal/cosign/sign", &[], "a co-signature").await;
    }

    /// One of them says that they have moved apart, the other that it is wrong, and a caseworker puts it right.
    async fn moving_apart(&mut self, mira: &str, johan: &str) {
        self.plain(mira, "GET /apart").await;
        self.plain(mira, "POST /apart").await;
        let separation = one(self.stage, "select id from separation").await;
        self.count(johan, "POST /apart/wrong", &[], &[("separation", &separation)]).await;
        let message = one(self.stage, "select message_id from separation").await;
        let caseworker = self.stage.home.caseworker.clone();
        self.count(&caseworker, "POST /staff/messages/{id}/put-back", &[&message], &[]).await;
    }

    /// What is done with a case that somebody with protected identity is in.
    async fn protected(&mut self) {
        let [_, cleared, _] = self.stage.cleared().await;
        let hidden = self.stage.hidden_case().await;
        let renewal = self.stage.signed(hidden, "2026-12", &Statement::ordinary()).await.to_string();
        self.column = 0;
        self.plain(&cleared, "GET /staff/protected").await;
        self.count(&cleared, "GET /staff/protected/{id}", &[&renewal], &[]).await;
        let reason = [("reason", "Ska besluta.")];
        self.count(&cleared, "POST /staff/protected/{id}", &[&renewal], &reason).await;
        self.plain(&cleared, "GET /staff/readings").await;
        let reading = one(self.stage, "select id from protected_reading").await;
        self.count(&cleared, "POST /staff/readings", &[], &[("reading", &reading)]).await;
    }

    /// What is done with a case that is another's, and between colleagues.
    async fn colleagues(&mut self, case: CaseId) {
        let (david, davids) = self.stage.colleague("david").await;
        let renewal = self.stage.signed(case, "2027-02", &Statement::ordinary()).await.to_string();
        let (own, id) = (self.stage.home.caseworker.clone(), [renewal.as_str()]);
        self.column = 0;
        self.count(&davids, "GET /staff/open/{id}", &id, &[]).await;
        self.count(&davids, "POST /staff/open/{id}", &id, &[("purpose", "review")]).await;
        self.count(&davids, "POST /staff/open/{id}/take", &id, &[]).await;
        // Who has no delegation proposes.
        let mut tx = self.stage.tx(&self.stage.home).await;
        let nils = add_staff(&mut tx, "nils", domain::staff::StaffRole::Caseworker).await;
        open_to(&mut tx, case, nils).await;
        let nils = self.stage.log_in(&mut tx, Owner::Staff(nils)).await;
        tx.commit().await.unwrap();
        let fields = [("outcome", "rejected"), ("reason", "need-not-shown"), ("note", "Nej.")];
        let decide = format!("/staff/renewals/{renewal}/decide");
        self.stage.fill(&self.stage.home.host, &nils, &decide, &fields).await;
        self.count(&davids, "POST /staff/renewals/{id}/return-proposal", &id, &[("words", "Varför?")]).await;
        self.count(&own, "GET /staff/renewals/{id}/assign", &id, &[]).await;
        let to = david.to_string();
        self.count(&own, "POST /staff/renewals/{id}/assign", &id, &[("to", &to)]).await;
        self.plain(&own, "GET /staff/substitutes").await;
        let days = [("substitute", to.as_str()), ("from", "2026-11-24"), ("until", "2026-11-24")];
        self.count(&own, "POST /staff/substitutes", &[], &days).await;
        let added = one(self.stage, "select id from substitution").await;
        self.count(&own, "POST /staff/substitutes/end", &[], &[("substitution", &added)]).await;
        self.plain(&own, "GET /staff/relations").await;
        let somebody = [("number", "194408139089"), ("kind", "relative")];
        self.count(&own, "POST /staff/relations", &[], &somebody).await;
        let added = one(self.stage, "select id from staff_relation").await;
        self.count(&own, "POST /staff/relations/end", &[], &[("relation", &added)]).await;
    }

    async fn administration(&mut self) {
        let home = &self.stage.home;
        self.column = 0;
        self.plain(&home.admin, "GET /admin/sources").await;
        let source = one(self.stage, "select id from authority_source order by position limit 1").await;
        let id = [source.as_str()];
        self.count(&home.admin, "GET /admin/sources/{id}", &id, &[]).await;
        self.count(&home.admin, "POST /admin/sources/{id}/switch", &id, &[("enabled", "off")]).await;
        self.count(&home.admin, "POST /admin/sources/{id}/test", &id, &[]).await;
        let parked = parked_job(&self.pool, home.id, r#"{"kind": "later"}"#, "unreadable").await.to_string();
        self.plain(&home.admin, "GET /admin/jobs").await;
        self.count(&home.admin, "GET /admin/jobs/{id}/drop", &[&parked], &[]).await;
        self.count(&home.admin, "POST /admin/jobs/again", &[], &[("job", "all")]).await;
        let parked = parked_job(&self.pool, home.id, r#"{"kind": "later"}"#, "unreadable").await.to_string();
        self.count(&home.admin, "POST /admin/jobs/{id}/drop", &[&parked], &[("reason", "not-needed")]).await;
        self.plain(&home.admin, "GET /admin/session").await;
        self.plain(&home.admin, "POST /admin/session").await;
        self.plain(&home.admin, "GET /admin/sessions").await;
        self.count(&home.admin, "POST /admin/sessions/end", &[], &[("session", "all")]).await;
        let sent = self.plain("", "POST /staff/login").await;
        let back = self.eid.log_in(sent.led_to(), Some("siv")).await;
        self.ask(&sent.browser(""), "GET /staff/login/callback", &back, &[]).await;
        self.plain(&home.caseworker, "POST /staff/logout").await;
        self.officials().await;
    }
}

impl Count<'_> {
    /// What an administrator says of officials: of one who has cases, notices and a session.
    async fn officials(&mut self) {
        let (stage, admin) = (self.stage, self.stage.home.admin.clone());
        let staff = stage.home.staff.to_string();
        let id = [staff.as_str()];
        self.plain(&admin, "GET /admin/officials").await;
        let page = self.count(&admin, "GET /admin/officials/{id}", &id, &[]).await.body;
        let seen = page.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let fields =
            [("seen", seen), ("granted", "15000"), ("partly-granted", ""), ("rejected", "yes"), ("dismissed", "no")];
        self.count(&admin, "POST /admin/officials/{id}", &id, &fields).await;
        let number = [("number", "194408139089")];
        self.count(&admin, "POST /admin/officials/{id}/number", &id, &number).await;
        self.count(&admin, "GET /admin/officials/{id}/end", &id, &[]).await;
        self.elsewhere(Owner::Staff(stage.home.staff)).await;
        self.count(&admin, "POST /admin/officials/{id}/end", &id, &[]).await;
        self.count(&admin, "POST /admin/officials/{id}/let-in", &id, &[]).await;
        self.plain(&admin, "GET /admin/decisions").await;
        let fields = [("revision", "1"), ("amount", "15000"), ("by-hand", "2000")];
        self.count(&admin, "POST /admin/decisions", &[], &fields).await;
        self.plain(&admin, "GET /admin/other-adult").await;
        let fields = [("revision", "0"), ("shows-sum", "no")];
        self.count(&admin, "POST /admin/other-adult", &[], &fields).await;
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn every_address_keeps_to_its_number_of_statements(pool: PgPool) {
    let mut stage = Towns::new(pool.clone()).await;
    let eid = TestEid::start(&mut stage).await;
    let home = &stage.home;
    let mut tx = stage.tx(home).await;
    add_staff(&mut tx, SIV, domain::staff::StaffRole::Caseworker).await;
    let mut sources = Vec::new();
    for agency in [Agency::Fk, Agency::Csn, Agency::So] {
        sources.push(add_source(&mut tx, agency).await);
    }
    tx.commit().await.unwrap();
    let (couple, [mira, johan]) = stage.couple().await;
    let alone = vec![home.person];
    let (renewals, proof, awaited) = a_year(&stage, &sources, home.case, &alone).await;
    let alone = Year { column: 0, renewals, proof, awaited, adults: alone, writer: &home.citizen, key: "petra" };
    let both = vec![couple.mira, couple.johan];
    let (renewals, proof, awaited) = a_year(&stage, &sources, couple.case, &both).await;
    let both = Year { column: 1, renewals, proof, awaited, adults: both, writer: &mira, key: "johan" };
    // What is read once and remembered.
    for cookie in [&home.citizen, &home.caseworker, &home.admin] {
        stage.look(cookie, "/").await;
    }
    let statements = Statements::new(pool.clone()).await;
    let (counted, made) = (BTreeMap::new(), Vec::new());
    let mut count = Count { stage: &stage, pool, eid: &eid, statements, column: 0, counted, made };
    count.open().await;
    count.all_of(&alone).await;
    count.between(&mira, &johan).await;
    count.all_of(&both).await;
    count.co_signing(&johan).await;
    count.moving_apart(&mira, &johan).await;
    count.protected().await;
    count.colleagues(couple.case).await;
    count.administration().await;
    assert_eq!(count.listing(), LISTED, "{}", count.made.join("\n"));
}

#[test]
fn every_address_has_a_number() {
    for Listed { method, path, .. } in listed() {
        let is_listed = |line: &str| line.split_whitespace().take(2).eq([method.as_str(), path]);
        assert!(LISTED.lines().any(is_listed), "{method} {path}");
    }
}
