//! The caseworker's pages, read from a real database through the whole router.

use axum::http::StatusCode;
use domain::Money;
use domain::authority::{Agency, Answer, AuthorityRow, Content, Failure, FailureKind, RowKind, RowState};
use domain::id::RenewalId;
use domain::kind::{ExpenseKind, IncomeKind};
use domain::renewal::state::SignerRole;
use sqlx::PgPool;

use crate::test_support::{
    ADULT, Answered, CHILD, Couple, ELSA, MIRA, Statement, Towns, add_answer, add_case, add_couple, add_member,
    add_person, add_signed, add_single, add_source, audited, day, month, reported, stage_of,
};

async fn look(stage: &Towns, path: &str) -> Answered {
    stage.get(&stage.home.host, &stage.home.caseworker, path).await
}

async fn one_signed(stage: &Towns, statement: &Statement) -> RenewalId {
    let mut tx = stage.tx(&stage.home).await;
    let case = stage.home.case;
    let renewal = add_signed(&stage.service, &mut tx, case, month("2026-12"), day(11, 18), statement).await;
    tx.commit().await.unwrap();
    renewal
}

#[sqlx::test(migrations = "../migrations")]
async fn looking_is_noted_and_changes_nothing(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let statement = Statement {
        incomes: vec![(IncomeKind::Wage, 3_000, day(11, 20))],
        household: Some("Elsa bor hos sin pappa varannan vecka."),
        message: Some("Hej!\nJag börjar jobba i januari."),
        ..Statement::default()
    };
    let renewal = one_signed(&stage, &statement).await;
    let path = format!("/staff/renewals/{renewal}");
    for _ in 0..2 {
        let page = look(&stage, &path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        for text in ["Petra Nilsson", "Elsa bor hos sin pappa", "Jag börjar jobba i januari.", "070-174 06 05"] {
            assert!(page.body.contains(text), "{text}");
        }
    }
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "submitted");
    assert_eq!(audited(&mut tx, "opened-renewal").await, 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_first_save_takes_a_renewal_up_and_it_can_be_handed_back(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let renewal = one_signed(&stage, &Statement::default()).await;
    let (path, home) = (format!("/staff/renewals/{renewal}"), &stage.home);
    let save = async || {
        let fields = [("act", "calculate"), ("note", "Kvar")];
        let saved = stage.fill(&home.host, &home.caseworker, &format!("{path}/decide"), &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    };
    assert!(!look(&stage, &path).await.body.contains("Lämna tillbaka ansökan"));
    save().await;
    save().await;
    let opened = look(&stage, &path).await.body;
    assert!(opened.contains("Lämna tillbaka ansökan") && opened.contains("Började handlägga"), "{opened}");
    let mut tx = stage.tx(home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "under-review");
    assert_eq!(audited(&mut tx, "began-review").await, 1, "the second save takes nothing up");
    for _ in 0..2 {
        let back = stage.post(&home.host, &home.caseworker, &format!("{path}/hand-back"), &[]).await;
        assert_eq!(back.location.as_deref(), Some(path.as_str()));
    }
    assert_eq!(stage_of(&mut tx, renewal).await, "submitted");
    assert_eq!(audited(&mut tx, "handed-back").await, 1, "the second press changes nothing");
    let opened = look(&stage, &path).await.body;
    assert!(opened.contains("Lämnade tillbaka ansökan") && !opened.contains("Lämna tillbaka ansökan"), "{opened}");
    assert!(look(&stage, &format!("{path}/decide")).await.body.contains("Kvar"), "what was typed is kept");
    let away = stage.post(&home.host, &stage.away.caseworker, &format!("{path}/hand-back"), &[]).await;
    assert_eq!(away.status, StatusCode::UNAUTHORIZED);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_differs_and_what_is_missing_is_asked_about(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let (case, person) = (stage.home.case, stage.home.person);
    let (csn, so) = (add_source(&mut tx, Agency::Csn).await, add_source(&mut tx, Agency::So).await);
    let before = add_signed(&stage.service, &mut tx, case, month("2026-11"), day(10, 18), &Statement::default()).await;
    add_answer(&mut tx, before, person, so, day(10, 18), &reported(IncomeKind::UnemploymentBenefit, 900, day(10, 20)))
        .await;
    let statement = Statement { incomes: vec![(IncomeKind::StudyAid, 2_000, day(11, 20))], ..Statement::default() };
    let renewal = add_signed(&stage.service, &mut tx, case, month("2026-12"), day(11, 18), &statement).await;
    add_answer(&mut tx, renewal, person, csn, day(11, 18), &reported(IncomeKind::StudyAid, 4_012, day(11, 20))).await;
    let failed = Answer::Failed(Failure { kind: FailureKind::TimedOut, code: None });
    add_answer(&mut tx, renewal, person, so, day(11, 18), &failed).await;
    tx.commit().await.unwrap();

    let page = look(&stage, &format!("/staff/renewals/{renewal}")).await;
    let body = page.body.replace('\u{a0}', " ");
    assert!(body.contains("CSN skiljer 2 012 kr från det som Petra uppger."), "two sources differ");
    assert!(body.contains("A-kassan har inte svarat om Petra."), "a source is silent");
    assert!(body.contains("Skiljer 2 012 kr"), "the row says so");
    let inbox = look(&stage, "/staff/inbox").await.body.replace('\u{a0}', " ");
    assert!(inbox.contains("CSN skiljer 2 012 kr"), "the inbox says so in short");
    assert!(inbox.contains("A-kassan svarade inte"));
}

#[sqlx::test(migrations = "../migrations")]
async fn bills_of_two_months_stand_apart_each_beside_what_counts_of_it(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let (case, person) = (stage.home.case, stage.home.person);
    let source = add_source(&mut tx, Agency::Fk).await;
    let bill = |amount, month: i8| AuthorityRow {
        label: "Elnät".to_owned(),
        kind: RowKind::Expense(ExpenseKind::Electricity),
        amount: Money::from_kronor(amount),
        pay_date: Some(day(month, 28)),
        period: None,
        state: RowState::Planned,
    };
    let bills = |rows| Answer::Answered(Content { rows, facts: Vec::new() });
    let before = add_signed(&stage.service, &mut tx, case, month("2026-11"), day(10, 18), &Statement::default()).await;
    add_answer(&mut tx, before, person, source, day(10, 18), &bills(vec![bill(411, 11)])).await;
    let renewal = add_signed(&stage.service, &mut tx, case, month("2026-12"), day(11, 18), &Statement::default()).await;
    add_answer(&mut tx, renewal, person, source, day(11, 18), &bills(vec![bill(411, 11), bill(522, 12)])).await;
    tx.commit().await.unwrap();

    let page = look(&stage, &format!("/staff/renewals/{renewal}")).await.body.replace('\u{a0}', " ");
    let table = page.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    let rows: Vec<_> = table.split("</tr>").filter(|row| row.contains("Hushållsel")).collect();
    let [now, then] = rows[..] else { panic!("{table}") };
    assert!(now.contains("Hushållsel, december 2026, Petra"), "{now}");
    assert_eq!(
        (now.matches("522 kr").count(), now.matches("411 kr").count()),
        (2, 1),
        "reported, counted, before: {now}"
    );
    assert!(now.contains("Ändrad +111 kr"), "{now}");
    assert!(then.contains("Hushållsel, november 2026, Petra") && then.contains("att avgöra"), "{then}");
    assert_eq!(then.matches("411 kr").count(), 2, "the same bill, now and then: {then}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_decided_renewal_shows_what_the_decision_rests_on_and_asks_nothing(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let statement = Statement { expenses: vec![(ExpenseKind::Other, 300, day(12, 1))], ..Statement::default() };
    let renewal = one_signed(&stage, &statement).await;
    let path = format!("/staff/renewals/{renewal}");
    let draft = look(&stage, &path).await.body;
    let waiting = ["Att ta ställning till", "preliminärt", "att avgöra", "En handläggare behöver ta ställning"];
    for waits in waiting {
        assert!(draft.contains(waits), "{waits}: {draft}");
    }
    let fields = [("outcome", "rejected"), ("reason", "need-not-shown")];
    let posted = stage.fill(&stage.home.host, &stage.home.caseworker, &format!("{path}/decide"), &fields).await;
    assert_eq!(posted.status, StatusCode::SEE_OTHER, "{}", posted.body);
    let decided = look(&stage, &path).await.body;
    for waits in waiting {
        assert!(!decided.contains(waits), "{waits}: {decided}");
    }
    assert!(decided.contains("Beslut: ") && decided.contains("Räknades inte"), "{decided}");
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_is_unchanged_in_a_first_renewal(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let case = stage.home.case;
    add_signed(&stage.service, &mut tx, case, month("2026-11"), day(10, 18), &Statement::default()).await;
    tx.commit().await.unwrap();
    let first = look(&stage, "/staff/inbox").await.body;
    assert!(first.contains("Ingen tidigare ansökan") && !first.contains("Inget ändrat"), "{first}");
    let mut tx = stage.tx(&stage.home).await;
    add_signed(&stage.service, &mut tx, case, month("2026-12"), day(11, 18), &Statement::default()).await;
    tx.commit().await.unwrap();
    assert!(look(&stage, "/staff/inbox").await.body.contains("Inget ändrat"));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_missing_signature_is_a_finding_and_no_veto(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let Couple { case, .. } = add_couple(&mut tx, Some(stage.home.staff)).await;
    let renewal = add_signed(&stage.service, &mut tx, case, month("2026-12"), day(11, 18), &Statement::default()).await;
    tx.commit().await.unwrap();
    let inbox = look(&stage, "/staff/inbox?tab=mine").await;
    for text in ["Mira Nilsson", "920601-2388", "Johan Nilsson", "910717-2380", "Johan saknas"] {
        assert!(inbox.body.contains(text), "{text}: {}", inbox.body);
    }
    let opened = look(&stage, &format!("/staff/renewals/{renewal}")).await;
    assert!(opened.body.contains("Johan har inte skrivit under."));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_inbox_counts_pages_and_puts_the_oldest_first(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let mira = add_single(&mut tx, MIRA, "Mira", Some(stage.home.staff)).await;
    let statement = Statement::default();
    for (case, norm_month, arrived) in [
        (mira, "2026-12", day(11, 20)),
        (stage.home.case, "2026-12", day(11, 17)),
        (stage.home.case, "2026-11", day(10, 17)),
    ] {
        add_signed(&stage.service, &mut tx, case, month(norm_month), arrived, &statement).await;
    }
    tx.commit().await.unwrap();
    let all = look(&stage, "/staff/inbox").await.body;
    for count in ["Mina 1", "Oplockade 2", "Alla 3", "Beslutade 0"] {
        assert!(all.contains(count), "{count}");
    }
    let place = |text: &str| all.find(text).unwrap_or_else(|| panic!("{text} is there"));
    assert!(place("november 2026") < place("december 2026"), "the oldest arrival stands first");
    assert!(all.rfind("Petra").unwrap() < place("Mira Nilsson"));
    let mine = look(&stage, "/staff/inbox?tab=mine&page=9").await.body;
    assert!(mine.contains("Mira Nilsson") && !mine.contains("Petra Nilsson"), "a page too far is the last page");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_long_inbox_is_shown_page_by_page(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    for back in 0..21 {
        let norm_month = month("2026-12").checked_add(-back).unwrap();
        let arrived = norm_month.previous().first_day();
        add_signed(&stage.service, &mut tx, stage.home.case, norm_month, arrived, &Statement::default()).await;
    }
    tx.commit().await.unwrap();
    let rows = |page: &str| page.matches("<a href=\"/staff/renewals/").count();
    let (first, second) = (look(&stage, "/staff/inbox").await.body, look(&stage, "/staff/inbox?page=2").await.body);
    assert_eq!((rows(&first), rows(&second)), (20, 1));
    assert!(second.contains("december 2026"), "the newest stands last");
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_with_protected_identity_is_shown(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let (mira, elsa) = (add_person(&mut tx, MIRA, "Mira", false).await, add_person(&mut tx, ELSA, "Elsa", true).await);
    let case = add_case(&mut tx, "2026-2", None).await;
    add_member(&mut tx, case, mira, ADULT, Some(SignerRole::Applicant)).await;
    add_member(&mut tx, case, elsa, CHILD, None).await;
    let renewal = add_signed(&stage.service, &mut tx, case, month("2026-12"), day(11, 18), &Statement::default()).await;
    tx.commit().await.unwrap();
    let inbox = look(&stage, "/staff/inbox").await.body;
    assert!(!inbox.contains("Mira") && inbox.contains("Alla 0"), "not even counted");
    for path in [format!("/staff/renewals/{renewal}"), format!("/staff/renewals/{renewal}/decide")] {
        assert_eq!(look(&stage, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    one_signed(&stage, &Statement::default()).await;
    decide_all(&stage).await;
    let decided = look(&stage, "/staff/inbox?tab=decided").await.body;
    assert!(!decided.contains("Mira") && decided.contains("Petra"), "{decided}");
    assert!(decided.contains("Alla 0") && decided.contains("Beslutade 1"), "{decided}");
}

/// Every renewal is decided, today, without a word.
async fn decide_all(stage: &Towns) {
    let mut tx = stage.tx(&stage.home).await;
    for statement in [
        "update renewal set state = 'decided'",
        "insert into decision (municipality_id, id, renewal_id, outcome, granted_ore, reasons, decided_at, decided_by)
         select r.municipality_id, gen_random_uuid(), r.id, 'rejected', 0, '[]', r.submitted_at, s.id
           from renewal r join staff s on s.municipality_id = r.municipality_id and s.role = 'caseworker'",
    ] {
        sqlx::query(statement).execute(tx.connection()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn every_list_hides_the_same_cases(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let elsa = add_person(&mut tx, ELSA, "Elsa", true).await;
    let case = add_case(&mut tx, "2026-2", None).await;
    add_member(&mut tx, case, elsa, CHILD, None).await;
    let differ: i64 = sqlx::query_scalar(
        "select count(*) from assistance_case c
          where is_hidden_case(c.municipality_id, c.id) <> (c.id in (select hidden_cases(c.municipality_id)))",
    )
    .fetch_one(tx.connection())
    .await
    .unwrap();
    let hidden: Vec<uuid::Uuid> =
        sqlx::query_scalar("select hidden_cases(current_municipality())").fetch_all(tx.connection()).await.unwrap();
    assert_eq!((differ, hidden), (0, vec![case.0]));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_draft_is_its_writers_own(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let begun = stage.post(&stage.home.host, &stage.home.citizen, "/renewal/begin", &[]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    let mut tx = stage.tx(&stage.home).await;
    let draft: uuid::Uuid = sqlx::query_scalar("select id from renewal").fetch_one(tx.connection()).await.unwrap();
    for path in [format!("/staff/renewals/{draft}"), format!("/staff/renewals/{draft}/decide")] {
        assert_eq!(look(&stage, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(look(&stage, "/staff/inbox").await.body.contains("Alla 0"));
}

#[sqlx::test(migrations = "../migrations")]
async fn another_municipalitys_caseworker_finds_nothing(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let renewal = one_signed(&stage, &Statement::default()).await;
    let away = &stage.away;
    for path in [format!("/staff/renewals/{renewal}"), format!("/staff/renewals/{renewal}/decide")] {
        assert_eq!(stage.get(&away.host, &away.caseworker, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let inbox = stage.get(&away.host, &away.caseworker, "/staff/inbox").await;
    assert_eq!(inbox.status, StatusCode::OK);
    assert!(inbox.body.contains("Alla 0") && !inbox.body.contains("Petra"));
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "submitted", "looking from elsewhere changes nothing");
}
