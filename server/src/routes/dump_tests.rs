//! What somebody reads who has a dump of the database and no key: every row of every table, looked through for what a case is about.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use domain::account::Account;
use domain::authority::Agency;
use domain::kind::IncomeKind;
use sqlx::{AssertSqlSafe, PgPool};

use crate::db::Column;
use crate::test_support::{MIRA, Statement, Towns, add_answer, add_source, day, person_called, rename, reported};

/// Names, numbers, ways to reach somebody, words, and the codes that say what something is about. All are longer than what ciphertext holds by
/// chance.
const SECRETS: [&str; 28] = [
    "Mirabella",
    "Johannes",
    "Elsalill",
    "Verandra",
    "Ebbaline",
    "Fågelström",
    MIRA,
    "920601-2388",
    "199107172380",
    "910717-2380",
    "199006022397",
    "900602-2397",
    "Storgatan 17",
    "070-174 06 05",
    "mirabella@example.se",
    "983189224",
    "Vi har fått en hund",
    "Hälsningar från oss",
    "På tisdag passar det",
    "meeting",
    "need-by-norm",
    "need-not-shown",
    "preschool_lunch",
    "housing-benefit",
    "Kanelbullar räcker inte",
    "Hon ringde om hyran",
    "Fråga om de har flyttat",
    "Räkna om hyran igen",
];

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// A text as it may stand in a dump: as it is, in the hexadecimal digits that bytes are written in, and in base64 at each of three offsets, which
/// may itself be bytes.
fn forms(text: &str) -> Vec<String> {
    let mut forms = vec![text.to_lowercase(), hex(text.as_bytes())];
    for offset in 0..3 {
        let shifted = STANDARD_NO_PAD.encode([&vec![b' '; offset], text.as_bytes()].concat());
        // The first and the last letters depend on what stands beside the text.
        let own = &shifted[(offset * 8).div_ceil(6)..shifted.len() - 1];
        forms.extend([own.to_lowercase(), hex(own.as_bytes())]);
    }
    forms
}

/// Every row of the database as a dump writes it, in small letters, with its table.
async fn dump(pool: &PgPool) -> Vec<(String, String)> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'm') order by 1",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let mut dump = Vec::new();
    for table in tables {
        let rows = AssertSqlSafe(format!("select t::text from {table} t"));
        let rows: Vec<String> = sqlx::query_scalar(rows).fetch_all(pool).await.unwrap();
        dump.extend(rows.into_iter().map(|row| (table.clone(), row.to_lowercase())));
    }
    dump
}

/// A couple with a child, who are paid to an account and have told and written all there is to; whose renewals are decided, and proposed to be;
/// and a household with a protected child.
async fn lived_in(stage: &Towns) {
    let home = &stage.home;
    let (couple, [mira, johan]) = stage.couple().await;
    let hidden = stage.hidden_case().await;
    let mut tx = stage.tx(home).await;
    for (given, now) in
        [("Mira", "Mirabella"), ("Johan", "Johannes"), ("Elsa", "Elsalill"), ("Vera", "Verandra"), ("Ebba", "Ebbaline")]
    {
        let person = person_called(&mut tx, given).await;
        rename(&mut tx, person, now, "Fågelström").await;
    }
    let source = add_source(&mut tx, Agency::Fk).await;
    tx.commit().await.unwrap();
    for (column, text) in [
        (Column::PersonAddress, "Storgatan 17\n123 45 Exempelby"),
        (Column::PersonPhone, "070-174 06 05"),
        (Column::PersonEmail, "mirabella@example.se"),
    ] {
        stage.know(couple.mira, column, text).await;
    }
    let (account, _) = Account::parse("8424-4", "983 189 224-6").unwrap();
    stage.pay_to(couple.case, &account).await;

    let fields = [("subject", "meeting"), ("body", "På tisdag passar det.")];
    assert_eq!(stage.send(&johan, "/messages", &fields).await.led_to(), "/messages");
    let told = Statement {
        household: Some("Vi har fått en hund."),
        message: Some("Hälsningar från oss."),
        ..Statement::default()
    };
    let [rejected, granted, proposed] = [
        stage.signed(couple.case, "2026-10", &told).await,
        stage.signed(couple.case, "2026-11", &told).await,
        stage.signed(couple.case, "2026-12", &told).await,
    ];
    let decide = |id| format!("/staff/renewals/{id}/decide");
    for (renewal, fields) in [
        (rejected, [("outcome", "rejected"), ("reason", "need-not-shown"), ("note", "Kanelbullar räcker inte.")]),
        (granted, [("outcome", "granted"), ("reason", "need-by-norm"), ("note", "Kanelbullar räcker inte.")]),
    ] {
        stage.fill(&home.host, &home.caseworker, &decide(renewal), &fields).await;
    }
    stage.decided_is_shown_to(&mira, granted).await;
    let mut tx = stage.tx(home).await;
    let answer = reported(IncomeKind::HousingBenefit, 1_400, day(11, 12));
    add_answer(&mut tx, rejected, couple.mira, source, day(11, 25), &answer).await;
    tx.commit().await.unwrap();

    // A colleague opens the case for a purpose of their own words, and hands back what is proposed.
    stage.alone_up_to(0, 0).await;
    let (_, davids) = stage.colleague("david").await;
    let fields = [("outcome", "granted"), ("reason", "need-by-norm"), ("note", "Kanelbullar räcker inte.")];
    stage.fill(&home.host, &home.caseworker, &decide(proposed), &fields).await;
    let fields = [("purpose", "other"), ("words", "Hon ringde om hyran.")];
    stage.send(&davids, &format!("/staff/open/{rejected}"), &fields).await;
    let fields = [("words", "Räkna om hyran igen.")];
    stage.send(&davids, &format!("/staff/renewals/{proposed}/return-proposal"), &fields).await;
    let fields = [("number", "199006022397"), ("kind", "acquaintance")];
    stage.send(&davids, "/staff/relations", &fields).await;

    // The protected household's is opened by somebody with clearance.
    let waiting = stage.signed(hidden, "2026-12", &told).await;
    let [cleared, ..] = stage.cleared().await;
    let fields = [("reason", "Fråga om de har flyttat.")];
    stage.send(&cleared, &format!("/staff/protected/{waiting}"), &fields).await;

    // And somebody is in the middle of writing.
    stage.begun(&home.citizen).await;
    let fields = [("phone", "070-174 06 05"), ("household", "changed"), ("household-change", "Vi har fått en hund.")];
    stage.save(&home.citizen, "/renewal/household", &fields).await;
}

impl Towns {
    /// A person looks at the decision on a renewal of theirs.
    async fn decided_is_shown_to(&self, cookie: &str, renewal: domain::id::RenewalId) {
        let mut tx = self.tx(&self.home).await;
        let decision = crate::case::decisions::of_renewal(&mut tx, renewal).await.unwrap().expect("it is decided");
        let page = self.look(cookie, &format!("/decisions/{}", decision.id)).await;
        assert_eq!(page.status, StatusCode::OK);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_dump_without_keys_tells_nobodys_name_words_or_reasons(pool: PgPool) {
    let stage = Towns::new(pool.clone()).await;
    lived_in(&stage).await;
    let dump = dump(&pool).await;
    let rows = |table: &str| dump.iter().filter(|(of, _)| of == table).count();
    for (table, least) in [
        ("person", 7),
        ("household_member", 6),
        ("message", 1),
        ("signature", 4),
        ("decision", 2),
        ("decision_receipt", 1),
        ("decision_draft", 1),
        ("payout", 1),
        ("authority_query", 1),
        ("renewal_draft", 1),
        ("staff_relation", 1),
        ("case_purpose", 4),
        ("protected_reading", 1),
        ("audit_entry", 10),
    ] {
        assert!(rows(table) >= least, "{table} has something to tell: {}", rows(table));
    }
    let returned = stage.count("select count(*) from decision_proposal where returned_sealed is not null").await;
    let worded = stage.count("select count(*) from case_purpose where words_sealed is not null").await;
    assert_eq!((returned, worded), (1, 1), "the words were kept");
    assert!(dump.iter().any(|(_, row)| row.contains("exempelby kommun")), "what is plain is found");

    for secret in SECRETS {
        for form in forms(secret) {
            let told = dump.iter().find(|(_, row)| row.contains(&form));
            assert!(told.is_none(), "{secret}, as {form}, stands in {told:?}");
        }
    }
}

#[test]
fn a_text_is_found_in_whatever_form_it_stands() {
    let text = "Kanelbullar räcker inte";
    let forms = forms(text);
    for before in ["", "a", "ab", "abc", "{\"note\":\""] {
        let whole = format!("{before}{text}.").into_bytes();
        let encoded = STANDARD_NO_PAD.encode(&whole);
        for written in [encoded.to_lowercase(), hex(encoded.as_bytes())] {
            assert!(forms.iter().any(|form| written.contains(form.as_str())), "{before:?}: {written}");
        }
    }
}
