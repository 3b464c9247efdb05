//! What the adult who did not begin a renewal writes of their own: theirs alone until they have signed, and what counts of them after that.

use axum::http::StatusCode;
use domain::id::RenewalId;
use domain::kind::{ExpenseKind, IncomeKind};
use sqlx::PgPool;

use crate::db::{Actor, TenantTx};
use crate::test_support::eid::TestEid;
use crate::test_support::{Statement, Towns, audited, day};

/// Mira begins, and Johan applies too.
async fn both_write(stage: &Towns) -> (RenewalId, [String; 2]) {
    let (_, [mira, johan]) = stage.couple().await;
    let renewal = stage.written(&mira).await;
    assert_eq!(stage.send(&johan, "/renewal/apply", &[]).await.led_to(), "/renewal");
    (renewal, [mira, johan])
}

/// An income of somebody's own part.
async fn earns(stage: &Towns, cookie: &str, amount: &str) {
    let wage = [("kind", "wage"), ("amount", amount), ("date", "2026-11-20")];
    assert_eq!(stage.save(cookie, "/renewal/incomes/add", &wage).await.led_to(), "/renewal/incomes");
}

/// The rest of an own part that has been begun.
async fn completes(stage: &Towns, cookie: &str) {
    for (path, fields) in [
        ("/renewal/authorities", [].as_slice()),
        ("/renewal/incomes", &[("more", "no")]),
        ("/renewal/expenses", &[("more", "no")]),
    ] {
        assert_ne!(stage.save(cookie, path, fields).await.led_to(), path, "it is done");
    }
}

async fn sign(stage: &Towns, eid: &TestEid, cookie: &str, path: &str) {
    let sent = stage.save(cookie, path, &[]).await;
    let back = stage.look(&sent.browser(cookie), &eid.sign(sent.led_to())).await;
    assert_eq!(back.led_to(), "/renewal/receipt");
}

/// Mira says what Johan earns, among the household's incomes.
async fn says_of(stage: &Towns, mira: &str, amount: &str) {
    let johan = stage.value("select person_id from signer where role = 'co-applicant'").await.to_string();
    let wage = [("kind", "wage"), ("amount", amount), ("date", "2026-11-20"), ("person", &*johan)];
    assert_eq!(stage.save(mira, "/renewal/incomes/add", &wage).await.led_to(), "/renewal/incomes");
    assert_eq!(stage.save(mira, "/renewal/incomes", &[("more", "no")]).await.led_to(), "/renewal/check");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_one_writes_of_ones_own_nobody_else_reads_before_it_is_signed(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let (renewal, [mira, johan]) = both_write(&stage).await;
    let list = stage.page(&johan, "/renewal").await;
    assert!(list.contains("Din del av ansökan för december 2026") && list.contains("Mira har börjat"), "{list}");
    assert!(!list.contains("Du och ditt hushåll") && !list.contains("href=\"/renewal/check\""), "{list}");
    earns(&stage, &johan, "4 321").await;
    stage.save(&johan, "/renewal/message", &[("message", "Bara till handläggaren.")]).await;
    completes(&stage, &johan).await;
    let own = stage.page(&johan, "/renewal/incomes").await;
    assert!(own.contains("4 321") && own.contains("del 4 av 7"), "{own}");
    for path in ["/home", "/renewal", "/renewal/incomes", "/renewal/message", "/renewal/check", "/renewal/incomes/add"]
    {
        let hers = stage.page(&mira, path).await;
        for word in ["4 321", "432100", "Bara till handläggaren."] {
            assert!(!hers.contains(word), "{word} at {path}: {hers}");
        }
    }
    for actor in [Actor::Caseworker(stage.home.staff), Actor::Admin(stage.home.administrator)] {
        let at = stage.service.clock.business();
        let mut tx = TenantTx::begin(&stage.service.db, stage.home.id, actor, at).await.unwrap();
        let seen: i64 = sqlx::query_scalar("select count(*) from own_part").fetch_one(tx.connection()).await.unwrap();
        assert_eq!(seen, 0, "{actor:?}");
    }
    let opened = stage.look(&stage.home.caseworker, &format!("/staff/renewals/{renewal}")).await;
    assert_eq!(opened.status, StatusCode::NOT_FOUND);
    // What is the household's is in nobody's own part.
    assert_eq!(stage.look(&johan, "/renewal/check").await.led_to(), "/renewal");
    assert_eq!(stage.save(&johan, "/renewal/sign", &[]).await.led_to(), "/renewal");
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(audited(&mut tx, "began-own-part").await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn who_speaks_for_themselves_is_taken_at_their_own_word(pool: PgPool) {
    let mut stage = Towns::new(pool).await;
    let eid = TestEid::start(&mut stage).await;
    let (renewal, [mira, johan]) = both_write(&stage).await;
    says_of(&stage, &mira, "1 111").await;
    earns(&stage, &johan, "4 321").await;
    stage.save(&johan, "/renewal/message", &[("message", "Jag fick mer än Mira visste.")]).await;
    completes(&stage, &johan).await;
    let waits = stage.page(&johan, "/renewal").await;
    assert!(waits.contains("När Mira har skrivit under") && !waits.contains("href=\"/renewal/cosign\""), "{waits}");
    sign(&stage, &eid, &mira, "/renewal/sign").await;
    let path = format!("/staff/renewals/{renewal}");
    let before = stage.page(&stage.home.caseworker, &path).await;
    assert!(before.contains("1 111 kr") && !before.contains("4 321 kr"), "he has not signed: {before}");

    assert!(stage.page(&johan, "/renewal").await.contains("href=\"/renewal/cosign\""));
    let text = stage.page(&johan, "/renewal/cosign").await.replace('\u{a0}', " ");
    for words in ["Det du själv uppger", "Lön, 4 321 kr", "Jag fick mer än Mira visste.", "Fortsätt med din del"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    sign(&stage, &eid, &johan, "/renewal/cosign/sign").await;
    assert_eq!(stage.look(&johan, "/renewal/incomes").await.led_to(), "/renewal/receipt", "it is signed");

    let after = stage.page(&stage.home.caseworker, &path).await;
    let comparison = after.split_once("Att ta ställning till").unwrap().0;
    assert!(comparison.contains("4 321 kr") && !comparison.contains("1 111 kr"), "{comparison}");
    assert!(
        after.contains("Johan uppger annat om sina inkomster") && after.contains("Meddelande från Johan"),
        "{after}"
    );
    let inbox = stage.page(&stage.home.caseworker, "/staff/inbox").await;
    assert!(inbox.contains("Johan säger annat om sig"), "{inbox}");

    let decision = stage.decided(renewal, "granted", "need-by-norm").await;
    let counted = format!("/decisions/{decision}/calculation");
    let (hers, his) = (stage.page(&mira, &counted).await, stage.page(&johan, &counted).await);
    assert!(hers.contains("Uppger själv, Johan") && !hers.contains("Lön, Johan"), "a sum: {hers}");
    assert!(his.contains("Lön, Johan") && !his.contains("Uppger själv"), "{his}");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_begun_is_said_whole_or_taken_away_before_one_signs(pool: PgPool) {
    let mut stage = Towns::new(pool).await;
    let eid = TestEid::start(&mut stage).await;
    let (renewal, [mira, johan]) = both_write(&stage).await;
    says_of(&stage, &mira, "1 111").await;
    sign(&stage, &eid, &mira, "/renewal/sign").await;
    earns(&stage, &johan, "4 321").await;
    let unfinished = stage.page(&johan, "/renewal/cosign").await;
    assert!(unfinished.contains("href=\"/renewal/incomes#more\""), "{unfinished}");
    assert!(!unfinished.contains("Skriv under med e-legitimation"), "{unfinished}");
    assert_eq!(stage.send(&johan, "/renewal/cosign/sign", &[]).await.led_to(), "/renewal/cosign");

    let question = stage.page(&johan, "/renewal/withdraw").await;
    assert!(question.contains("Ta bort din del av ansökan för december"), "{question}");
    // A page that asked about a whole renewal takes nothing away.
    for of in [[("part", "whole"), ("of", "")], [("part", "own"), ("of", "own.another")]] {
        assert_eq!(stage.send(&johan, "/renewal/withdraw", &of).await.led_to(), "/renewal/withdraw");
    }
    assert_eq!(stage.send(&johan, "/renewal/withdraw", &[("part", "own")]).await.led_to(), "/home");
    assert_eq!(stage.count("select count(*) from own_part").await, 0);
    assert_eq!(stage.count("select count(*) from renewal where state = 'submitted'").await, 1, "hers stands");
    sign(&stage, &eid, &johan, "/renewal/cosign/sign").await;
    let opened = stage.page(&stage.home.caseworker, &format!("/staff/renewals/{renewal}")).await;
    assert!(opened.contains("1 111 kr") && !opened.contains("Johan uppger annat"), "{opened}");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_changed_while_it_is_signed_is_not_what_was_signed(pool: PgPool) {
    let mut stage = Towns::new(pool).await;
    let eid = TestEid::start(&mut stage).await;
    let (_, [mira, johan]) = both_write(&stage).await;
    sign(&stage, &eid, &mira, "/renewal/sign").await;
    let sent = stage.send(&johan, "/renewal/cosign/sign", &[]).await;
    stage.save(&johan, "/renewal/message", &[("message", "En sak till.")]).await;
    let back = stage.look(&sent.browser(&johan), &eid.sign(sent.led_to())).await;
    assert_eq!(back.led_to(), "/renewal/cosign");
    let again = stage.page(&johan, "/renewal/cosign").await;
    assert!(again.contains("Din underskrift användes inte") && again.contains("En sak till."), "{again}");
    assert_eq!(stage.count("select count(*) from signature").await, 1);
    sign(&stage, &eid, &johan, "/renewal/cosign/sign").await;
    assert_eq!(stage.count("select count(*) from signature").await, 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_one_wrote_is_there_again_when_the_other_has_taken_theirs_back(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let (_, [mira, johan]) = both_write(&stage).await;
    earns(&stage, &johan, "4 321").await;
    stage.send(&mira, "/renewal/withdraw", &[("part", "whole")]).await;
    assert_eq!(stage.look(&johan, "/renewal/incomes").await.led_to(), "/renewal", "there is none to be part of");
    stage.begun(&mira).await;
    assert!(!stage.page(&mira, "/renewal/incomes").await.contains("4 321"), "it is not hers");
    stage.send(&johan, "/renewal/apply", &[]).await;
    assert!(stage.page(&johan, "/renewal/incomes").await.contains("4 321"));
    stage.let_lie().await;
    assert_eq!(stage.send(&johan, "/renewal/take-over", &[]).await.led_to(), "/renewal");
    let whole = stage.page(&johan, "/renewal/incomes").await;
    assert!(whole.contains("4 321"), "in what he took over too: {whole}");
    assert!(stage.page(&johan, "/renewal").await.contains("Du och ditt hushåll"));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_said_the_month_before_takes_nothing_away_from_what_one_has_typed(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let (couple, [mira, johan]) = stage.couple().await;
    let november = Statement {
        incomes: vec![(IncomeKind::Wage, 4_650, day(10, 23))],
        expenses: vec![(ExpenseKind::Rent, 6_850, day(11, 1))],
        ..Statement::default()
    };
    stage.signed(couple.case, "2026-11", &november).await;
    stage.begun(&mira).await;
    stage.send(&johan, "/renewal/apply", &[]).await;
    earns(&stage, &johan, "4 321").await;
    stage.let_lie().await;
    stage.send(&johan, "/renewal/take-over", &[]).await;
    let incomes = stage.page(&johan, "/renewal/incomes").await;
    assert!(incomes.contains("4 321 kr") && incomes.contains("4 650 kr"), "his own, and Mira's: {incomes}");
    assert!(stage.page(&johan, "/renewal/expenses").await.contains("6 850 kr"));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_removed_does_not_come_back(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let (_, [mira, johan]) = both_write(&stage).await;
    earns(&stage, &johan, "4 321").await;
    stage.send(&mira, "/renewal/withdraw", &[("part", "whole")]).await;
    stage.begun(&mira).await;
    stage.send(&johan, "/renewal/apply", &[]).await;
    stage.send(&johan, "/renewal/withdraw", &[("part", "own")]).await;
    assert_eq!(stage.count("select count(*) from own_part").await, 0);
    stage.send(&johan, "/renewal/apply", &[]).await;
    assert!(!stage.page(&johan, "/renewal/incomes").await.contains("4 321"));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_typed_on_anothers_page_is_not_taken_for_ones_own(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let (_, [mira, johan]) = both_write(&stage).await;
    // He was logged in in the same browser before her, and his pages are still open.
    for (page, path, fields) in [
        ("/renewal/message", "/renewal/message", [("message", "Bara till handläggaren."), ("kind", "")]),
        ("/renewal/household", "/renewal/household", [("phone", "070-174 06 06"), ("household", "same")]),
        ("/renewal/incomes/add", "/renewal/incomes/add", [("kind", "wage"), ("amount", "4 321")]),
    ] {
        let his = stage.shown_revision(&johan, page).await;
        let fields = [&[("revision", &*his)], &fields[..]].concat();
        assert_eq!(stage.send(&mira, path, &fields).await.led_to(), "/renewal", "{path}");
    }
    for path in ["/renewal/message", "/renewal/household", "/renewal/incomes"] {
        let hers = stage.page(&mira, path).await;
        for word in ["Bara till handläggaren.", "070-174 06 06", "4 321"] {
            assert!(!hers.contains(word), "{word} at {path}: {hers}");
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn who_comes_back_from_the_eid_after_the_decision_is_told(pool: PgPool) {
    let mut stage = Towns::new(pool).await;
    let eid = TestEid::start(&mut stage).await;
    let (renewal, [mira, johan]) = both_write(&stage).await;
    sign(&stage, &eid, &mira, "/renewal/sign").await;
    let sent = stage.send(&johan, "/renewal/cosign/sign", &[]).await;
    let unsigned = stage.page(&johan, "/renewal/receipt").await;
    assert!(unsigned.contains("Du har inte skrivit under ansökan än."), "{unsigned}");
    stage.decided(renewal, "granted", "need-by-norm").await;
    let back = stage.look(&sent.browser(&johan), &eid.sign(sent.led_to())).await;
    assert_eq!(back.led_to(), "/renewal/cosign");
    assert_eq!(stage.look(&johan, "/renewal/cosign").await.led_to(), "/renewal/receipt");
    let told = stage.page(&johan, "/renewal/receipt").await;
    assert!(told.contains("Beslutet är fattat utan din underskrift."), "{told}");
    assert!(!stage.page(&mira, "/renewal/receipt").await.contains("utan din underskrift"));
}

#[sqlx::test(migrations = "../migrations")]
async fn two_windows_lose_no_words_of_ones_own_part(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let (_, [mira, johan]) = both_write(&stage).await;
    let revision = async |cookie: &str| stage.look(cookie, "/renewal/revision").await.number("revision");
    let (hers, his) = (revision(&mira).await, revision(&johan).await);
    let posted = |words| [("revision", "1"), ("message", words)];
    assert_eq!(stage.send(&johan, "/renewal/message", &posted("Först.")).await.led_to(), "/renewal");
    assert_eq!((revision(&mira).await, revision(&johan).await), (hers, his + 1), "each their own");
    assert_eq!(stage.send(&johan, "/renewal/message", &posted("Sedan.")).await.led_to(), "/renewal/message");
    let page = stage.page(&johan, "/renewal/message").await;
    assert!(page.contains("Först.") && page.contains("Sedan."), "{page}");
}
