//! What one official does not decide alone.

use axum::http::StatusCode;
use domain::account::{Account, PayoutMethod};
use domain::kind::{ExpenseKind, IncomeKind};
use domain::norm::Subject;
use domain::staff::StaffRole;
use sqlx::PgPool;

use super::*;
use crate::db::Actor;
use crate::session::Owner;
use crate::test_support::{Statement, Towns, add_staff, audited, day, delegate, open_to, review, stage_of};

const GRANT: [(&str, &str); 2] = [("outcome", "granted"), ("reason", "need-by-norm")];

fn path(renewal: RenewalId) -> String {
    format!("/staff/renewals/{renewal}/decide")
}

/// Posts the page as this official sees it, with what is typed into it, and shows what it says then.
async fn press(stage: &Towns, who: &str, renewal: RenewalId, fields: &[(&str, &str)]) -> String {
    let answer = stage.fill(&stage.home.host, who, &path(renewal), fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    stage.page(who, &path(renewal)).await
}

async fn ordinary(stage: &Towns) -> RenewalId {
    stage.signed(stage.home.case, "2026-12", &Statement::ordinary()).await
}

/// How many decisions and payouts there are.
async fn made(stage: &Towns) -> (i64, i64) {
    (stage.count("select count(*) from decision").await, stage.count("select count(*) from payout").await)
}

#[sqlx::test(migrations = "../migrations")]
async fn above_the_limit_one_proposes_and_another_decides(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let home = &stage.home;
    let (david, davids) = stage.colleague("david").await;
    stage.alone_up_to(1_000, 0).await;
    let renewal = ordinary(&stage).await;

    for _ in 0..2 {
        let proposed = press(&stage, &home.caseworker, renewal, &GRANT).await;
        assert!(proposed.contains("Du föreslog det här beslutet"), "{proposed}");
        assert!(proposed.contains("Det som beviljas är mer än 1 000 kr."), "{proposed}");
        assert!(!proposed.contains("har ändrats sedan sidan visades"), "nothing is wrong: {proposed}");
        assert_eq!(made(&stage).await, (0, 0));
    }
    let inbox = |who: &str| {
        let who = who.to_owned();
        let stage = &stage;
        async move { stage.page(&who, "/staff/inbox?tab=proposed").await }
    };
    let (own, others) = (inbox(&home.caseworker).await, inbox(&davids).await);
    assert!(own.contains("Förslag 0") && !own.contains("Petra Nilsson"), "{own}");
    assert!(others.contains("Förslag 1") && others.contains("sara föreslår beslut"), "{others}");
    assert!(stage.page(&davids, "/staff/notices").await.contains("Ett beslut är föreslaget för Petra Nilsson"));

    let seen = stage.page(&davids, &path(renewal)).await;
    assert!(
        seen.contains("sara föreslog det här beslutet") && seen.contains("Är det rätt fattar du beslutet."),
        "{seen}"
    );
    let decided = press(&stage, &davids, renewal, &GRANT).await;
    assert!(decided.contains("Beslutet är fattat") && decided.contains("Föredragande"), "{decided}");
    assert_eq!(made(&stage).await, (1, 1));
    let mut tx = stage.tx(home).await;
    let kept = decisions::of_renewal(&mut tx, renewal).await.unwrap().unwrap();
    assert_eq!((kept.by, kept.presenter.as_deref()), (david, Some("sara")));
    let why: Vec<String> =
        sqlx::query_scalar("select takes_two from decision").fetch_one(tx.connection()).await.unwrap();
    assert_eq!(why, ["amount"]);
    assert_eq!((audited(&mut tx, "proposed-decision").await, audited(&mut tx, "decided").await), (1, 1));
    assert_eq!(stage.count("select count(*) from decision_proposal").await, 0);
    let told = stage.page(&home.citizen, &format!("/decisions/{}", kept.id)).await;
    assert!(told.contains("Föredragande") && told.contains("sara") && told.contains("david"), "{told}");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_not_delegated_is_proposed_to_who_has_it(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let home = &stage.home;
    let renewal = ordinary(&stage).await;
    let mut tx = stage.tx(home).await;
    let new = add_staff(&mut tx, "nils", StaffRole::Caseworker).await;
    let small = add_staff(&mut tx, "stina", StaffRole::Caseworker).await;
    delegate(&mut tx, small, home.administrator, 500).await;
    let nils = stage.log_in(&mut tx, Owner::Staff(new)).await;
    let stina = stage.log_in(&mut tx, Owner::Staff(small)).await;
    for staff in [new, small] {
        open_to(&mut tx, home.case, staff).await;
    }
    tx.commit().await.unwrap();

    let form = stage.page(&nils, &path(renewal)).await;
    assert!(form.contains("Du kan inte själv bevilja något."), "{form}");
    assert!(stage.page(&stina, &path(renewal)).await.contains("bifall upp till 500 kr"));
    let proposed = press(&stage, &nils, renewal, &GRANT).await;
    assert!(proposed.contains("Beslutet är inte delegerat till den som föreslog det."), "{proposed}");
    let neither = press(&stage, &stina, renewal, &GRANT).await;
    assert!(neither.contains("Beslutet är inte delegerat till dig."), "{neither}");
    assert_eq!(made(&stage).await, (0, 0));
    let decided = press(&stage, &home.caseworker, renewal, &GRANT).await;
    assert!(decided.contains("Beslutet är fattat"), "{decided}");
    assert_eq!(made(&stage).await, (1, 1));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_line_set_far_from_the_rules_takes_two(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let home = &stage.home;
    stage.alone_up_to(2_000_000, 1_000).await;
    let (_, davids) = stage.colleague("david").await;
    let renewal = ordinary(&stage).await;
    let set = [("line-norm-shared", "900000"), ("why-norm-shared", "Enligt överenskommelse.")];
    let fields = [GRANT[0], GRANT[1], set[0], set[1]];
    press(&stage, &home.caseworker, renewal, &fields).await;
    let proposed = press(&stage, &home.caseworker, renewal, &fields).await;
    assert!(proposed.contains("Rader som är satta för hand ändrar beräkningen med mer än"), "{proposed}");
    assert_eq!(made(&stage).await, (0, 0), "pressing again and again is still one person");

    // The colleague does not agree, and sets it right: that is for the other to look at, or within what one decides alone.
    let decided = press(&stage, &davids, renewal, &[("act", "calculate"), GRANT[0], GRANT[1]]).await;
    assert!(!decided.contains("föreslog det här beslutet"), "what was proposed is not what stands here: {decided}");
    let decided = press(&stage, &davids, renewal, &GRANT).await;
    assert!(decided.contains("Beslutet är fattat"), "{decided}");
    let mut tx = stage.tx(home).await;
    let kept = decisions::of_renewal(&mut tx, renewal).await.unwrap().unwrap();
    assert!(kept.presenter.is_none() && kept.granted < Money::from_kronor(20_000), "{kept:?}");
}

/// The register says that the case's money goes to this account.
async fn pay_to(stage: &Towns, number: &str) {
    stage.pay_to(stage.home.case, &Account::parse("3300", number).unwrap().0).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn money_goes_elsewhere_than_was_signed_only_when_two_have_looked(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let home = &stage.home;
    let (_, davids) = stage.colleague("david").await;
    pay_to(&stage, "000620-5124").await;
    let renewal = ordinary(&stage).await;
    let opened = format!("/staff/renewals/{renewal}");
    let says = "Utbetalningen skulle gå någon annanstans än hushållet har skrivit under.";
    assert!(!stage.page(&home.caseworker, &opened).await.contains(says), "it is the account that was signed");

    // The same bank and the same three digits at the end.
    pay_to(&stage, "920106-6124").await;
    assert!(stage.page(&home.caseworker, &opened).await.contains(says));
    let proposed = press(&stage, &home.caseworker, renewal, &GRANT).await;
    assert!(proposed.contains("Pengarna skulle gå någon annanstans"), "{proposed}");
    assert_eq!(made(&stage).await, (0, 0), "nothing is planned");

    // What was proposed is not what the register says any more.
    pay_to(&stage, "870314-4124").await;
    let changed = stage.page(&davids, &path(renewal)).await;
    assert!(changed.contains("Något har ändrats sedan dess."), "{changed}");
    press(&stage, &davids, renewal, &GRANT).await;
    assert_eq!(made(&stage).await, (0, 0), "it is a new proposal");
    press(&stage, &home.caseworker, renewal, &GRANT).await;
    assert_eq!(made(&stage).await, (1, 1));
    let mut tx = stage.tx(home).await;
    let decided = decisions::of_renewal(&mut tx, renewal).await.unwrap().unwrap();
    let payout = payouts::of_decision(&mut tx, decided.id).await.unwrap().remove(0);
    let account = PayoutMethod::Account { account: Account::parse("3300", "870314-4124").unwrap().0 };
    assert!(payout.method == payouts::method(&account));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_database_refuses_what_nobody_may(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let home = &stage.home;
    stage.alone_up_to(1_000, 0).await;
    let renewal = ordinary(&stage).await;
    let mut tx = stage.tx(home).await;
    let undelegated = add_staff(&mut tx, "nils", StaffRole::Caseworker).await;
    let other = add_staff(&mut tx, "stina", StaffRole::Caseworker).await;
    delegate(&mut tx, other, home.administrator, 5_000).await;
    tx.commit().await.unwrap();
    let decide = "insert into decision (municipality_id, id, renewal_id, outcome, granted_ore, reasons_sealed, decided_at, decided_by, presented_by, takes_two)
                  values ($1, $2, $3, 'granted', $4, '', now(), $5, $6, $7)";
    let propose = "insert into decision_proposal (municipality_id, renewal_id, proposed_by, proposed_at, content_index, takes_two)
                   values ($1, $2, $3, now(), '', '{amount}')";
    let mut tx = stage.tx(home).await;
    decision_draft::save(&mut tx, renewal, &DecisionDraft::default(), 1, home.staff).await.unwrap();
    tx.commit().await.unwrap();
    let alone: &[String] = &[];
    let two: &[String] = &["amount".to_owned()];
    for (what, acting, by, presenter, kronor, takes_two, proposed_by) in [
        ("in another's name", home.staff, other, None, 900, alone, None),
        ("without a delegation", undelegated, undelegated, None, 900, alone, None),
        ("more than is delegated", other, other, Some(home.staff), 5_001, two, Some(home.staff)),
        ("alone above the limit", other, other, None, 1_001, alone, None),
        ("with somebody who has proposed nothing", other, other, Some(home.staff), 1_001, two, None),
        ("with oneself", other, other, Some(other), 1_001, two, Some(other)),
        ("alone what takes two", other, other, None, 900, two, None),
        ("what somebody else has proposed", other, other, Some(undelegated), 1_001, two, Some(home.staff)),
    ] {
        let mut tx = stage.tx(home).await;
        if let Some(proposed_by) = proposed_by {
            tx.stand_for(Actor::Caseworker(proposed_by)).await.unwrap();
            let proposal = sqlx::query(propose).bind(home.id.0).bind(renewal.0).bind(proposed_by.0);
            proposal.execute(tx.connection()).await.unwrap();
        }
        tx.stand_for(Actor::Caseworker(acting)).await.unwrap();
        let decision = sqlx::query(decide).bind(home.id.0).bind(Uuid::now_v7()).bind(renewal.0).bind(kronor * 100_i64);
        let decision = decision.bind(by.0).bind(presenter.map(|staff: StaffId| staff.0)).bind(takes_two);
        let refused = decision.execute(tx.connection()).await.unwrap_err().to_string();
        assert!(refused.contains("row-level security") || refused.contains("check constraint"), "{what}: {refused}");
    }
    let mut tx = stage.tx(home).await;
    tx.stand_for(Actor::Caseworker(other)).await.unwrap();
    let forged = sqlx::query(propose).bind(home.id.0).bind(renewal.0).bind(home.staff.0);
    let refused = forged.execute(tx.connection()).await.unwrap_err().to_string();
    assert!(refused.contains("row-level security"), "a proposal in another's name: {refused}");
    let mut tx = stage.tx(home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "submitted");
}

#[sqlx::test(migrations = "../migrations")]
async fn an_amount_without_a_calculation_is_by_hand(pool: PgPool) {
    let stage = Towns::new(pool).await;
    stage.alone_up_to(15_000, 1_000).await;
    let renewal = stage.signed(stage.home.case, "2031-12", &Statement::ordinary()).await;
    let fields = [GRANT[0], GRANT[1], ("amount", "8 276"), ("note", "Som i december.")];
    let proposed = press(&stage, &stage.home.caseworker, renewal, &fields).await;
    assert!(proposed.contains("Rader som är satta för hand ändrar"), "{proposed}");
    assert_eq!(made(&stage).await, (0, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn an_income_that_is_asked_about_is_not_set_to_nothing_by_one(pool: PgPool) {
    let stage = Towns::new(pool).await;
    stage.alone_up_to(15_000, 1_000).await;
    let mut statement = Statement::ordinary();
    statement.incomes.push((IncomeKind::Other, 5_000, day(11, 20)));
    let renewal = stage.signed(stage.home.case, "2026-12", &statement).await;
    let mut tx = stage.tx(&stage.home).await;
    let made_of = review(&mut tx, renewal).await.outcome.unwrap().result;
    drop(tx);
    let asked =
        made_of.questions().find(|line| matches!(line.subject, Subject::Income { .. })).expect("it is asked about");
    assert_eq!(asked.amounts.counted(), Money::ZERO);
    let key = LineKey::of(&asked.subject);
    let (value, why) = (key.value_field(), key.why_field());
    let fields = [GRANT[0], GRANT[1], (value.as_str(), "0"), (why.as_str(), "Räknas inte.")];
    press(&stage, &stage.home.caseworker, renewal, &fields).await;
    let proposed = press(&stage, &stage.home.caseworker, renewal, &fields).await;
    assert!(proposed.contains("Rader som är satta för hand ändrar"), "{proposed}");
    assert_eq!(made(&stage).await, (0, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn an_ordinary_decision_is_made_by_one(pool: PgPool) {
    let stage = Towns::new(pool).await;
    stage.alone_up_to(15_000, 1_000).await;
    let mut statement = Statement::ordinary();
    statement.expenses.push((ExpenseKind::DentalCare, 700, day(12, 3)));
    let renewal = stage.signed(stage.home.case, "2026-12", &statement).await;
    let page = stage.page(&stage.home.caseworker, &path(renewal)).await;
    assert!(page.contains("bifall upp till 15 000 kr"), "{page}");
    let rejected = [("outcome", "rejected"), ("reason", "need-not-shown")];
    let decided = press(&stage, &stage.home.caseworker, renewal, &rejected).await;
    assert!(decided.contains("Beslutet är fattat") && !decided.contains("Föredragande"), "{decided}");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_somebody_proposed_who_has_nothing_to_do_with_the_case_any_more_is_not_proposed(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let (_, davids) = stage.colleague("david").await;
    stage.alone_up_to(1_000_000, 0).await;
    let renewal = ordinary(&stage).await;
    let home = &stage.home;
    // Sara knows nobody there when she proposes; then she says that she does.
    let mut tx = stage.tx(home).await;
    crate::test_support::as_owner(&mut tx).await;
    sqlx::query("delete from delegation where staff_id = $1")
        .bind(home.staff.0)
        .execute(tx.connection())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(press(&stage, &home.caseworker, renewal, &GRANT).await.contains("Du föreslog det här beslutet"));
    assert!(stage.page(&davids, &path(renewal)).await.contains("sara föreslog det här beslutet"));
    let petra = [("number", "199006022397"), ("kind", "relative")];
    stage.fill(&home.host, &home.caseworker, "/staff/relations", &petra).await;

    let seen = stage.page(&davids, &path(renewal)).await;
    assert!(!seen.contains("föreslog det här beslutet"), "{seen}");
    assert!(stage.page(&davids, "/staff/inbox?tab=proposed").await.contains("Förslag 0"));
    let decided = press(&stage, &davids, renewal, &GRANT).await;
    assert!(decided.contains("Beslutet är fattat") && !decided.contains("Föredragande"), "{decided}");
}
