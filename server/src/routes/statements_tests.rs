//! How many statements each address makes, with realistic data: a household with a year behind it, a full page of the inbox.
//!
//! `statements.txt` holds the numbers, `begin` and `commit` included. One that grows fails here; one that shrinks is to be written down. What
//! leads to an identity provider is not counted: its requests wait for somebody else.

use std::collections::BTreeMap;

use domain::authority::Agency;
use domain::id::RenewalId;
use domain::kind::{ExpenseKind, IncomeKind};
use sqlx::PgPool;
use uuid::Uuid;

use crate::test_support::{Statement, Statements, Towns, add_answer, add_signed, add_source, month, reported};

const LISTED: &str = include_str!("statements.txt");
const ADDRESSES: &str = include_str!("addresses.txt");

/// What has been counted, by method and address as the table has it.
struct Count<'a> {
    stage: &'a Towns,
    statements: Statements,
    counted: BTreeMap<String, i64>,
    /// For whoever mends one that has grown.
    made: Vec<String>,
}

impl Count<'_> {
    /// Asks for an address and counts. `ids` stand in for what the table has in braces, in order.
    async fn count(&mut self, cookie: &str, address: &str, ids: &[&str], fields: &[(&str, &str)]) -> String {
        let (method, template) = address.split_once(' ').unwrap();
        let mut path = template.to_owned();
        for id in ids {
            let (open, close) = (path.find('{').unwrap(), path.find('}').unwrap());
            path.replace_range(open..=close, id);
        }
        let host = &self.stage.home.host;
        self.statements.reset().await;
        let answered = match method {
            "GET" => self.stage.get(host, cookie, &path).await,
            _ => self.stage.post(host, cookie, &path, fields).await,
        };
        assert!(answered.status.as_u16() < 400, "{method} {path}: {} {}", answered.status, answered.body);
        let (number, lines) = self.statements.since_reset().await;
        self.made.push(format!("{method} {path}: {number}\n    {}", lines.join("\n    ")));
        self.counted.insert(format!("{method:<4} {template}"), number);
        answered.location.unwrap_or(answered.body)
    }

    /// Reads a page or does an act of one's own.
    async fn plain(&mut self, cookie: &str, address: &str) {
        self.count(cookie, address, &[], &[]).await;
    }
}

/// A year of the citizen's renewals, each with what three authorities answered. All but the last wait for their decision, so that they fill
/// the inbox.
async fn a_year(stage: &Towns) -> Vec<RenewalId> {
    let mut tx = stage.tx(&stage.home).await;
    let (case, person) = (stage.home.case, stage.home.person);
    let mut sources = Vec::new();
    for agency in [Agency::Fk, Agency::Csn, Agency::So] {
        sources.push(add_source(&mut tx, agency).await);
    }
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
        for source in &sources {
            let answer = reported(IncomeKind::HousingBenefit, 1_400, of_before(12));
            add_answer(&mut tx, renewal, person, *source, of_before(18), &answer).await;
        }
        renewals.push(renewal);
    }
    tx.commit().await.unwrap();
    renewals
}

/// A couple with a child: one adult has signed for December, and the session is the other's.
async fn a_couple(stage: &Towns) -> String {
    let (couple, [_, johan]) = stage.couple().await;
    stage.signed(couple.case, "2026-12", &Statement::default()).await;
    johan
}

async fn one(stage: &Towns, select: &'static str) -> String {
    let mut tx = stage.tx(&stage.home).await;
    let id: Uuid = sqlx::query_scalar(select).fetch_one(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
    id.to_string()
}

impl Count<'_> {
    async fn staff(&mut self, renewals: &[RenewalId]) {
        let (stage, caseworker) = (self.stage, self.stage.home.caseworker.clone());
        self.plain(&caseworker, "GET /staff/inbox").await;
        self.plain(&caseworker, "GET /staff/notices").await;
        let message = one(stage, "select id from message").await;
        self.count(&caseworker, "GET /staff/messages/{id}", &[&message], &[]).await;
        self.plain(&caseworker, "POST /staff/notices").await;
        let last = renewals[renewals.len() - 1].to_string();
        let page = self.count(&caseworker, "GET /staff/renewals/{id}/decide", &[&last], &[]).await;
        let shown = crate::test_support::hidden(&page);
        let shown: Vec<_> = shown.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let decide = "POST /staff/renewals/{id}/decide";
        let fields = [&shown[..], &[("outcome", "granted"), ("reason", "need-by-norm")]].concat();
        self.count(&caseworker, decide, &[&last], &fields).await;
        let before = renewals[renewals.len() - 2].to_string();
        self.count(&caseworker, "GET /staff/renewals/{id}", &[&before], &[]).await;
        self.count(&caseworker, "GET /staff/renewals/{id}/revision", &[&before], &[]).await;
        self.plain(&caseworker, "GET /staff/session").await;
        self.plain(&caseworker, "POST /staff/session").await;
        self.count(&caseworker, "POST /staff/renewals/{id}/hand-back", &[&before], &[]).await;
    }

    async fn reading(&mut self, renewals: &[RenewalId]) {
        let (stage, citizen) = (self.stage, self.stage.home.citizen.clone());
        self.plain(&citizen, "GET /home").await;
        self.plain(&citizen, "GET /payouts").await;
        let decision = one(stage, "select id from decision").await;
        self.count(&citizen, "GET /decisions/{id}", &[&decision], &[]).await;
        self.count(&citizen, "GET /decisions/{id}/calculation", &[&decision], &[]).await;
        self.plain(&citizen, "GET /renewal/receipt").await;
        self.count(&citizen, "GET /renewals/{id}/signed", &[&renewals[0].to_string()], &[]).await;
    }

    async fn renewing(&mut self) {
        let (stage, citizen) = (self.stage, self.stage.home.citizen.clone());
        self.plain(&citizen, "POST /renewal/begin").await;
        self.plain(&citizen, "GET /renewal").await;
        self.plain(&citizen, "GET /renewal/revision").await;
        self.plain(&citizen, "GET /session").await;
        self.plain(&citizen, "POST /session").await;
        self.plain(&citizen, "GET /renewal/household").await;
        let household = [("revision", "1"), ("phone", "070-174 06 05"), ("household", "same")];
        self.count(&citizen, "POST /renewal/household", &[], &household).await;
        self.plain(&citizen, "GET /renewal/authorities/pending").await;
        self.plain(&citizen, "GET /renewal/authorities").await;
        self.plain(&citizen, "POST /renewal/authorities/ask-again").await;
        self.plain(&citizen, "POST /renewal/authorities").await;
        self.count(&citizen, "GET /renewal/{list}/add", &["incomes"], &[]).await;
        let person = stage.home.person.to_string();
        let wage =
            [("revision", "3"), ("kind", "wage"), ("amount", "3000"), ("date", "2026-11-20"), ("person", &*person)];
        self.count(&citizen, "POST /renewal/{list}/add", &["incomes"], &wage).await;
        let list = self.count(&citizen, "GET /renewal/{list}", &["incomes"], &[]).await;
        let id = list.split("/renewal/incomes/").find_map(|rest| rest.get(..36)?.parse::<Uuid>().ok()).unwrap();
        let item = ["incomes", &*id.to_string()];
        self.count(&citizen, "GET /renewal/{list}/{id}", &item, &[]).await;
        let changed = [&[("revision", "4")], &wage[1..]].concat();
        self.count(&citizen, "POST /renewal/{list}/{id}", &item, &changed).await;
        self.count(&citizen, "GET /renewal/{list}/{id}/remove", &item, &[]).await;
        self.count(&citizen, "POST /renewal/{list}", &["incomes"], &[("more", "no")]).await;
        self.plain(&citizen, "GET /renewal/payout").await;
        self.plain(&citizen, "POST /renewal/payout").await;
        self.plain(&citizen, "GET /renewal/message").await;
        self.count(&citizen, "POST /renewal/message", &[], &[("revision", "7"), ("message", "Hej!")]).await;
        self.plain(&citizen, "GET /renewal/check").await;
        self.count(&citizen, "POST /renewal/{list}/{id}/remove", &item, &[]).await;
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn every_address_keeps_to_its_number_of_statements(pool: PgPool) {
    let stage = Towns::new(pool.clone()).await;
    let renewals = a_year(&stage).await;
    let co_applicant = a_couple(&stage).await;
    let home = &stage.home;
    // What is read once and remembered.
    for cookie in [&home.citizen, &home.caseworker, &home.admin] {
        stage.get(&home.host, cookie, "/").await;
    }
    let statements = Statements::new(pool).await;
    let mut count = Count { stage: &stage, statements, counted: BTreeMap::new(), made: Vec::new() };
    for open in ["GET /", "GET /not-available", "GET /staff", "GET /admin"] {
        count.plain("", open).await;
    }
    count.plain(&home.citizen, "GET /messages").await;
    count.count(&home.citizen, "POST /messages", &[], &[("subject", "question"), ("body", "När?")]).await;
    count.staff(&renewals).await;
    count.reading(&renewals).await;
    count.renewing().await;
    count.plain(&co_applicant, "GET /renewal/cosign").await;
    count.plain(&co_applicant, "POST /renewal/cosign/decline").await;
    count.plain(&home.admin, "GET /admin/sources").await;
    let source = one(&stage, "select id from authority_source order by position limit 1").await;
    let id = [source.as_str()];
    count.count(&home.admin, "GET /admin/sources/{id}", &id, &[]).await;
    count.count(&home.admin, "POST /admin/sources/{id}/switch", &id, &[("enabled", "off")]).await;
    count.plain(&home.admin, "GET /admin/session").await;
    count.plain(&home.admin, "POST /admin/session").await;
    count.plain(&home.citizen, "POST /logout").await;
    count.plain(&home.caseworker, "POST /staff/logout").await;
    let counted: String =
        count.counted.iter().fold(String::new(), |all, (address, number)| all + &format!("{address:<42} {number}\n"));
    assert_eq!(counted, LISTED, "{}", count.made.join("\n"));
}

#[test]
fn every_address_has_a_number_or_a_reason() {
    /// What is not counted: files, a cookie, and what leads to somebody else.
    const NOT_COUNTED: [&str; 9] = [
        "/assets/{name}",
        "/language",
        "/login",
        "/login/callback",
        "/staff/login",
        "/staff/login/callback",
        "/renewal/sign",
        "/renewal/cosign/sign",
        "/admin/sources/{id}/test",
    ];
    for line in ADDRESSES.lines() {
        let words: Vec<_> = line.split_whitespace().collect();
        let counted = LISTED.lines().any(|line| line.split_whitespace().take(2).eq([words[1], words[2]]));
        assert!(counted != NOT_COUNTED.contains(&words[2]), "{line}");
    }
}
