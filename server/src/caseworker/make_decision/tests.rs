use axum::http::StatusCode;
use domain::kind::{ExpenseKind, IncomeKind};
use domain::norm::Overridden;
use sqlx::PgPool;

use super::*;
use crate::db::{Actor, TenantTx};
use crate::test_support::{Statement, Towns, add_signed, audited, day, hidden, month, review, stage_of};

async fn signed(stage: &Towns, norm_month: &str, statement: &Statement) -> RenewalId {
    let mut tx = stage.tx(&stage.home).await;
    let renewal = add_signed(&stage.service, &mut tx, stage.home.case, month(norm_month), day(11, 18), statement).await;
    tx.commit().await.unwrap();
    renewal
}

fn path(renewal: RenewalId) -> String {
    format!("/staff/renewals/{renewal}/decide")
}

/// Posts the page as it is shown now, with what is typed into it.
async fn post(stage: &Towns, renewal: RenewalId, fields: &[(&str, &str)]) {
    let shown = hidden(&page(stage, renewal).await);
    post_from(stage, renewal, &shown, fields).await;
}

/// Posts a page that was shown earlier.
async fn post_from(stage: &Towns, renewal: RenewalId, shown: &[(&'static str, String); 2], fields: &[(&str, &str)]) {
    let mut all: Vec<(&str, &str)> = shown.iter().map(|(name, value)| (*name, value.as_str())).collect();
    all.extend(fields);
    let answer = stage.post(&stage.home.host, &stage.home.caseworker, &path(renewal), &all).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(answer.location, Some(path(renewal)));
}

async fn press(stage: &Towns, renewal: RenewalId, outcome: &str, reason: &str, note: &str) {
    post(stage, renewal, &[("outcome", outcome), ("reason", reason), ("note", note)]).await;
}

/// The page as the caseworker sees it.
async fn page(stage: &Towns, renewal: RenewalId) -> String {
    let answer = stage.get(&stage.home.host, &stage.home.caseworker, &path(renewal)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body
}

/// The name of the field that sets the only line that waits for a human.
async fn waiting(stage: &Towns, renewal: RenewalId) -> LineKey {
    let mut tx = stage.tx(&stage.home).await;
    let made = review(&mut tx, renewal).await.outcome.unwrap();
    let keys: Vec<_> = made.result.questions().map(|line| LineKey::of(&line.subject)).collect();
    assert_eq!(keys.len(), 1, "{keys:?}");
    keys[0].clone()
}

async fn count(tx: &mut TenantTx, table: &str) -> i64 {
    let sql = format!("select count(*) from {table}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(tx.connection()).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_grant_is_kept_with_its_calculation_and_its_payout(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let renewal = signed(&stage, "2026-12", &Statement::ordinary()).await;
    press(&stage, renewal, "granted", "need-by-norm", "Välkommen att höra av dig.").await;

    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "decided");
    let decided = decisions::of_renewal(&mut tx, renewal).await.unwrap().unwrap();
    let calculation = calculation::find(&mut tx, decided.calculation.unwrap()).await.unwrap().unwrap();
    let payable = calculation.sums.payable;
    assert!(payable > Money::ZERO);
    assert_eq!((decided.outcome, decided.granted), (Outcome::Granted, payable));
    assert_eq!(decided.grounds.reasons, [Reason::NeedByNorm]);
    assert_eq!(decided.grounds.provisions, provisions_for(Outcome::Granted, &[Reason::NeedByNorm]));
    assert_eq!(decided.note.as_deref(), Some("Välkommen att höra av dig."));
    assert_eq!(decided.by, stage.home.staff);
    let payouts = payouts::of_decision(&mut tx, decided.id).await.unwrap();
    assert_eq!(payouts.len(), 1);
    let ids: Vec<Uuid> = sqlx::query_scalar("select id from payout").fetch_all(tx.connection()).await.unwrap();
    assert_eq!(ids, [payout::payout_id(decided.id, 1).0]);
    assert_eq!((payouts[0].amount, payouts[0].pay_date), (payable, day(11, 27)));
    assert!(payouts[0].state == app::model::PayoutState::Planned);
    assert!(payouts[0].payee == app::model::Payee::Household("Petra Nilsson".to_owned()));
    assert_eq!(audited(&mut tx, "decided").await, 1);
    assert_eq!(audited(&mut tx, "planned-payout").await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_second_press_finds_the_first_decision(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let renewal = signed(&stage, "2026-12", &Statement::ordinary()).await;
    let shown = hidden(&page(&stage, renewal).await);
    let granted = [("outcome", "granted"), ("reason", "need-by-norm")];
    let rejected = [("outcome", "rejected"), ("reason", "need-not-shown")];
    tokio::join!(post_from(&stage, renewal, &shown, &granted), post_from(&stage, renewal, &shown, &granted));
    post_from(&stage, renewal, &shown, &rejected).await;
    let mut tx = stage.tx(&stage.home).await;
    let decided = decisions::of_renewal(&mut tx, renewal).await.unwrap().unwrap();
    assert_eq!(decided.outcome, Outcome::Granted);
    for (table, rows) in [("decision", 1), ("calculation", 1), ("payout", 1), ("decision_draft", 0)] {
        assert_eq!(count(&mut tx, table).await, rows, "{table}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_cannot_be_decided_is_shown_again_as_typed(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let renewal = signed(&stage, "2026-12", &Statement::ordinary()).await;
    let long = "a".repeat(domain::decision::NOTE_MAX + 1);
    for (outcome, reason, note, error) in [
        ("", "need-by-norm", "Skrivet 1", "Välj vad du beslutar."),
        ("gift", "need-by-norm", "Skrivet 2", "Välj vad du beslutar."),
        ("rejected", "", "Skrivet 3", "Välj minst ett skäl."),
        ("rejected", "need-by-norm", "Skrivet 4", "Skälet hör inte ihop med utfallet."),
        ("rejected", "income-covers-need", "Skrivet 5", "Beräkningen visar inte att inkomsterna räcker."),
        ("partly-granted", "expense-too-high", "Skrivet 6", "Beräkningen räknar inte bort något av det som söks."),
        ("granted", "other", "", "Skriv skälet med egna ord."),
        ("granted", "need-by-norm", long.as_str(), "Korta texten till högst"),
    ] {
        press(&stage, renewal, outcome, reason, note).await;
        let page = page(&stage, renewal).await;
        assert!(page.contains(error), "{outcome} {reason}: {error}");
        assert!(page.contains(note), "{outcome} {reason}: the note");
        let chosen = outcome.is_empty() || outcome == "gift" || page.contains(&format!("value=\"{outcome}\" checked"));
        assert!(chosen, "{outcome} stays chosen");
    }
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "under-review");
    for table in ["decision", "calculation", "payout"] {
        assert_eq!(count(&mut tx, table).await, 0, "{table}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_part_is_granted_when_an_expense_is_above_the_guideline(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let statement = Statement { expenses: vec![(ExpenseKind::Rent, 9_500, day(12, 1))], ..Statement::default() };
    let renewal = signed(&stage, "2026-12", &statement).await;
    press(&stage, renewal, "granted", "need-by-norm", "").await;
    let refused = page(&stage, renewal).await;
    assert!(refused.contains("räknar bort 2\u{a0}500\u{a0}kr av det som söks"), "{refused}");
    press(&stage, renewal, "partly-granted", "expense-too-high", "").await;
    let mut tx = stage.tx(&stage.home).await;
    let decided = decisions::of_renewal(&mut tx, renewal).await.unwrap().unwrap();
    let calculation = calculation::find(&mut tx, decided.calculation.unwrap()).await.unwrap().unwrap();
    assert_eq!(decided.granted, calculation.sums.payable);
    let person = stage.home.person;
    assert!(decided.brief(person).appeal_until.is_none(), "the time to appeal runs from when it was read");
    decisions::note_shown(&mut tx, decided.id, person).await.unwrap();
    let read = decisions::of_renewal(&mut tx, renewal).await.unwrap().unwrap();
    assert_eq!(read.brief(person).appeal_until, Some(day(12, 15)));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_rejection_plans_no_payout(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let statement = Statement { incomes: vec![(IncomeKind::Wage, 40_000, day(11, 20))], ..Statement::default() };
    let renewal = signed(&stage, "2026-12", &statement).await;
    press(&stage, renewal, "granted", "need-by-norm", "").await;
    assert!(page(&stage, renewal).await.contains("Beräkningen ger inget att bevilja."));
    press(&stage, renewal, "rejected", "income-covers-need", "").await;
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(count(&mut tx, "decision").await, 1);
    assert_eq!(count(&mut tx, "payout").await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_month_without_rules_is_decided_by_an_amount_and_words(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let renewal = signed(&stage, "2031-12", &Statement::ordinary()).await;
    let granted = [("outcome", "granted"), ("reason", "need-by-norm")];
    for (amount, note, error) in [
        ("", "Kvar 1", "Skriv vilket belopp du beviljar."),
        ("8 276", "", "Skriv hur du har kommit fram till beloppet."),
        ("8276,50", "Kvar 2", "Skriv beloppet i hela kronor"),
        ("åtta tusen", "Kvar 3", "Skriv beloppet med siffror"),
    ] {
        post(&stage, renewal, &[granted[0], granted[1], ("amount", amount), ("note", note)]).await;
        let page = page(&stage, renewal).await;
        assert!(page.contains(error) && page.contains(note), "{amount}: {page}");
        assert!(page.contains(&format!("value=\"{amount}\"")), "{amount} stays");
    }
    post(&stage, renewal, &[granted[0], granted[1], ("amount", "8 276"), ("note", "Som i december.")]).await;
    let mut tx = stage.tx(&stage.home).await;
    let decided = decisions::of_renewal(&mut tx, renewal).await.unwrap().unwrap();
    assert_eq!((decided.granted, decided.calculation), (Money::from_kronor(8_276), None));
    assert_eq!(count(&mut tx, "payout").await, 1);
    assert!(page(&stage, renewal).await.contains("Beslutet fattades utan beräkning"));
    let at = format!("/decisions/{}", decided.id);
    let decision = stage.get(&stage.home.host, &stage.home.citizen, &at).await;
    assert_eq!(decision.status, StatusCode::OK);
    assert!(
        decision.body.contains("Som i december.") && !decision.body.contains("/calculation\""),
        "{}",
        decision.body
    );
    let calculation = stage.get(&stage.home.host, &stage.home.citizen, &format!("{at}/calculation")).await;
    assert_eq!(calculation.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_line_that_waits_is_set_before_anything_is_granted(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut statement = Statement::ordinary();
    statement.expenses.push((ExpenseKind::Other, 700, day(12, 3)));
    let renewal = signed(&stage, "2026-12", &statement).await;
    let key = waiting(&stage, renewal).await;
    let (value, why) = (key.value_field(), key.why_field());
    let partly = [("outcome", "partly-granted"), ("reason", "expense-not-shown")];

    press(&stage, renewal, "granted", "need-by-norm", "").await;
    assert!(page(&stage, renewal).await.contains("skriv vad som ska räknas, 0 om raden inte ska räknas."));

    post(&stage, renewal, &[partly[0], partly[1], (&value, "200")]).await;
    let refused = page(&stage, renewal).await;
    assert!(refused.contains("Skriv varför.") && refused.contains("value=\"200\""), "{refused}");

    let set = [(value.as_str(), "200"), (why.as_str(), "Ett av två busskort.")];
    post(&stage, renewal, &[("act", "calculate"), set[0], set[1]]).await;
    let calculated = page(&stage, renewal).await;
    assert!(calculated.contains("Ett av två busskort."), "{calculated}");
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "under-review", "calculating decides nothing");
    drop(tx);

    post(&stage, renewal, &[partly[0], partly[1], set[0], set[1]]).await;
    let mut tx = stage.tx(&stage.home).await;
    let decided = decisions::of_renewal(&mut tx, renewal).await.unwrap().unwrap();
    let kept = calculation::find(&mut tx, decided.calculation.unwrap()).await.unwrap().unwrap();
    let line = kept.lines.iter().find(|line| line.overridden.is_some()).unwrap();
    assert_eq!(line.amounts.counted(), Money::from_kronor(200));
    let Overridden { reason, by, .. } = line.overridden.clone().unwrap();
    assert_eq!((&*reason, by), ("Ett av två busskort.", stage.home.staff));
    assert_eq!(decided.granted, kept.sums.payable);
    assert_eq!(kept.left_out(), Money::from_kronor(500));
    assert_eq!(count(&mut tx, "decision_draft").await, 0, "what counted is in the calculation");
    let at = format!("/decisions/{}/calculation", decided.id);
    let told = stage.get(&stage.home.host, &stage.home.citizen, &at).await;
    assert!(told.body.contains("Ett av två busskort."), "the household reads why: {}", told.body);
}

#[sqlx::test(migrations = "../migrations")]
async fn any_line_can_be_set_and_let_go_again(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let renewal = signed(&stage, "2026-12", &Statement::ordinary()).await;
    let norm = "line-norm-shared";
    post(&stage, renewal, &[("act", "calculate"), (norm, "0"), ("why-norm-shared", "Bor på behandlingshem.")]).await;
    press_with(&stage, renewal, "granted", &[(norm, "0"), ("why-norm-shared", "Bor på behandlingshem.")]).await;
    assert!(page(&stage, renewal).await.contains("av det som söks. Välj delvis bifall"));
    press_with(&stage, renewal, "granted", &[]).await;
    assert!(
        page(&stage, renewal).await.contains("Det här har ändrats sedan sidan visades"),
        "the sum is another again"
    );
    press_with(&stage, renewal, "granted", &[]).await;
    let mut tx = stage.tx(&stage.home).await;
    let decided = decisions::of_renewal(&mut tx, renewal).await.unwrap().unwrap();
    let kept = calculation::find(&mut tx, decided.calculation.unwrap()).await.unwrap().unwrap();
    assert!(kept.lines.iter().all(|line| line.overridden.is_none()), "an emptied field lets the rules decide again");
}

async fn press_with(stage: &Towns, renewal: RenewalId, outcome: &str, lines: &[(&str, &str)]) {
    let mut fields = vec![("outcome", outcome), ("reason", "need-by-norm")];
    fields.extend(lines);
    post(stage, renewal, &fields).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn two_caseworkers_lose_no_words(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let renewal = signed(&stage, "2026-12", &Statement::ordinary()).await;
    let (calculate, norm) = (("act", "calculate"), [("line-norm-shared", "900"), ("why-norm-shared", "Delad bostad.")]);
    let at_first = hidden(&page(&stage, renewal).await);
    post_from(&stage, renewal, &at_first, &[calculate, ("note", "Majas ord"), norm[0], norm[1]]).await;

    let decides = [("outcome", "granted"), ("reason", "need-by-norm"), ("note", "Davids ord")];
    post_from(&stage, renewal, &at_first, &decides).await;
    let met = page(&stage, renewal).await;
    assert!(met.contains("Davids ord") && met.contains("Majas ord") && met.contains("Delad bostad."), "{met}");
    assert!(met.contains("Det här har ändrats sedan sidan visades"), "{met}");
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "under-review", "nobody has seen what would be decided");
    drop(tx);

    post_from(&stage, renewal, &at_first, &decides).await;
    let again = page(&stage, renewal).await;
    assert!(again.contains("Majas ord"), "a double press settles nothing: {again}");
    post(&stage, renewal, &[calculate, ("note", "Vårt ord")]).await;
    let settled = page(&stage, renewal).await;
    assert!(settled.contains("Vårt ord") && !settled.contains("Majas ord"), "{settled}");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_written_while_a_colleague_decided_is_given_back(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let renewal = signed(&stage, "2026-12", &Statement::ordinary()).await;
    let shown = hidden(&page(&stage, renewal).await);
    let (colleague, _) = stage.colleague("david").await;
    let mut tx = stage.tx(&stage.home).await;
    tx.stand_for(Actor::Caseworker(colleague)).await.unwrap();
    let verdict = Verdict {
        decider: Official { staff: colleague, name: PlainText::new("David"), title: PlainText::default() },
        outcome: Outcome::Granted,
        reasons: vec![Reason::NeedByNorm],
        note: PlainText::default(),
        amount: None,
    };
    let municipalities = &stage.service.municipalities;
    let pay_rule = municipalities.at(&stage.service.db, &stage.home.host).await.unwrap().unwrap().pay_rule;
    let waiting = Undecided::lock(&mut tx, renewal).await.unwrap();
    let decision = waiting.decision(verdict, signers::day(tx.at())).unwrap();
    waiting.decide(&mut tx, pay_rule, decision, None).await.unwrap();
    tx.commit().await.unwrap();
    let mut fields = vec![("outcome", "rejected"), ("reason", "need-not-shown"), ("note", "Mina ord")];
    fields.extend(shown.iter().map(|(name, value)| (*name, value.as_str())));
    let late = stage.post(&stage.home.host, &stage.home.caseworker, &path(renewal), &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("En kollega fattade beslutet före dig.") && late.body.contains("Mina ord"));
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(decisions::of_renewal(&mut tx, renewal).await.unwrap().unwrap().outcome, Outcome::Granted);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_sum_is_seen_before_it_is_granted(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut statement = Statement::ordinary();
    statement.expenses.push((ExpenseKind::DentalCare, 700, day(12, 3)));
    let renewal = signed(&stage, "2026-12", &statement).await;
    let value = waiting(&stage, renewal).await.value_field();
    let grant = [("outcome", "granted"), ("reason", "need-by-norm"), (&*value, "700")];
    post(&stage, renewal, &grant).await;
    assert!(page(&stage, renewal).await.contains("Det här har ändrats sedan sidan visades"));
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "under-review");
    drop(tx);
    post(&stage, renewal, &grant).await;
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "decided");
}

#[sqlx::test(migrations = "../migrations")]
async fn more_than_is_claimed_needs_a_reason(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut statement = Statement::ordinary();
    statement.expenses.push((ExpenseKind::DentalCare, 700, day(12, 3)));
    let renewal = signed(&stage, "2026-12", &statement).await;
    let value = waiting(&stage, renewal).await.value_field();
    post(&stage, renewal, &[("act", "calculate"), (&*value, "7000")]).await;
    assert!(page(&stage, renewal).await.contains("Skriv varför."));
}

#[sqlx::test(migrations = "../migrations")]
async fn another_municipalitys_caseworker_finds_nothing_to_decide(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let renewal = signed(&stage, "2026-12", &Statement::ordinary()).await;
    let path = path(renewal);
    let fields = [("revision", "0"), ("seen", ""), ("outcome", "granted"), ("reason", "need-by-norm")];
    let away = stage.post(&stage.away.host, &stage.away.caseworker, &path, &fields).await;
    assert_eq!(away.status, StatusCode::NOT_FOUND);
    let elsewhere = stage.post(&stage.home.host, &stage.away.caseworker, &path, &fields).await;
    assert_eq!(elsewhere.status, StatusCode::UNAUTHORIZED);
    let citizen = stage.post(&stage.home.host, &stage.home.citizen, &path, &fields).await;
    assert_eq!(citizen.status, StatusCode::UNAUTHORIZED);
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "submitted");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_not_the_pages_form_changes_nothing(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let renewal = signed(&stage, "2026-12", &Statement::ordinary()).await;
    let (seen, revision) = (("seen", ""), ("revision", "0"));
    for fields in [&[][..], &[revision], &[seen, ("revision", "x")], &[seen, revision, ("act", "grant")]] {
        let answer = stage.post(&stage.home.host, &stage.home.caseworker, &path(renewal), fields).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{fields:?}");
        assert!(answer.body.contains("Vi kunde inte läsa det som skickades"), "{}", answer.body);
    }
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "submitted");
    assert_eq!(count(&mut tx, "decision_draft").await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn calculating_what_nobody_has_touched_takes_nothing_up(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let renewal = signed(&stage, "2026-12", &Statement::ordinary()).await;
    post(&stage, renewal, &[("act", "calculate"), ("note", "")]).await;
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "submitted");
    assert_eq!(count(&mut tx, "decision_draft").await, 0);
    drop(tx);
    post(&stage, renewal, &[("act", "calculate"), ("note", "Hej")]).await;
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "under-review");
}
