//! From what stands in the database to a calculation.

use app::model::{Calculation, Finality, LineState, SourceChip};
use domain::Money;
use domain::authority::{Agency, Answer, AuthorityRow, Content, RowKind, RowState};
use domain::kind::{ExpenseKind, IncomeKind};
use domain::norm::{Explanation, LineSection, RowRef, Subject};
use sqlx::PgPool;

use super::super::signed::facts as signed_facts;
use super::super::{answers, renewal};
use super::*;
use crate::test_support::{
    MIRA, Statement, Towns, add_answer, add_signed, add_single, add_source, day, month, reported, review,
};

fn kronor(amount: i64) -> Money {
    Money::from_kronor(amount)
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_stated_and_what_is_fetched_is_counted(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let source = add_source(&mut tx, Agency::Fk).await;
    let statement = Statement::ordinary();
    let id = add_signed(&stage.service, &mut tx, stage.home.case, month("2026-12"), day(11, 18), &statement).await;
    let answer = reported(IncomeKind::HousingBenefit, 1_400, day(11, 12));
    add_answer(&mut tx, id, stage.home.person, source, day(11, 18), &answer).await;
    let reviewed = review(&mut tx, id).await;
    let made = reviewed.outcome.as_ref().unwrap();
    assert_eq!((made.result.sums.income, made.result.sums.expenses), (kronor(4_400), kronor(6_000)));
    assert_eq!(made.input.judged_on, day(11, 24));
    let fetched = made.input.incomes.iter().find(|row| row.source == domain::source::Source::Authority).unwrap();
    assert_eq!((fetched.agency, fetched.known_on), (Some(Agency::Fk), day(11, 18)));

    let CalculationOutcome::Figure(shown) = reviewed.shown() else { panic!("a figure") };
    assert_eq!(shown.payable, made.result.sums.payable);
    assert_eq!(shown.lines.len(), made.result.lines.len());
    let wage = shown.lines.iter().find(|line| line.label == Phrase::new("income-kind-wage")).unwrap();
    assert!(wage.source == Some(SourceChip::Stated("Petra".to_owned())));
    assert_eq!(wage.person.as_deref(), Some("Petra"));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_fetched_about_another_stands_together_and_no_total_changes(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let (couple, _) = stage.couple().await;
    let mut tx = stage.tx(&stage.home).await;
    let source = add_source(&mut tx, Agency::Fk).await;
    // She states the same kind of income as an authority reports about her.
    let statement =
        Statement { incomes: vec![(IncomeKind::SicknessBenefit, 500, day(11, 20))], ..Statement::ordinary() };
    let id = add_signed(&stage.service, &mut tx, couple.case, month("2026-12"), day(11, 18), &statement).await;
    let row = |kind, amount, on| AuthorityRow {
        label: "Rad".to_owned(),
        kind,
        amount: kronor(amount),
        pay_date: Some(on),
        period: None,
        state: RowState::Paid,
    };
    let (sick, parental) = (RowKind::Income(IncomeKind::SicknessBenefit), RowKind::Income(IncomeKind::ParentalBenefit));
    let power = RowKind::Expense(ExpenseKind::Electricity);
    let about = |add: i64| {
        let rows = vec![
            row(sick, 1_000 + add, day(11, 12)),
            row(parental, 200 + add, day(11, 13)),
            row(sick, 7_000 + add, day(9, 12)),
            row(power, 300 + add, day(12, 1)),
            row(RowKind::Income(IncomeKind::Other), 50 + add, day(11, 14)),
        ];
        Answer::Answered(Content { rows, facts: Vec::new() })
    };
    for (person, add) in [(couple.mira, 0), (couple.johan, 7)] {
        add_answer(&mut tx, id, person, source, day(11, 18), &about(add)).await;
    }
    let reviewed = review(&mut tx, id).await;
    let made = reviewed.outcome.as_ref().unwrap();
    let whole = reviewed.known.names().calculation(&made.result);
    let in_section = |shown: &Calculation, section| -> Money { shown.section(section).map(|line| line.amount).sum() };
    for (reader, own, other, incomes, bills) in
        [(couple.mira, "Mira", "Johan", 1_214, 307), (couple.johan, "Johan", "Mira", 1_200, 300)]
    {
        let shown = reviewed.known.names().read_by(reader, couple.mira).calculation(&made.result);
        for section in LineSection::ALL {
            assert_eq!(in_section(&shown, *section), in_section(&whole, *section), "{section:?}");
        }
        assert_eq!(
            (shown.norm, shown.expenses, shown.incomes, shown.balance, shown.payable),
            (whole.norm, whole.expenses, whole.incomes, whole.balance, whole.payable)
        );
        let of = |name: &'static str| {
            let lines = shown.lines.iter().filter(|line| line.person.as_deref() == Some(name));
            lines.filter(|line| matches!(line.source, Some(SourceChip::Authority(_) | SourceChip::Authorities)))
        };
        assert_eq!(of(own).count(), 5, "one's own rows are all there");
        let together: Vec<_> = of(other).map(|line| (line.label.clone(), line.amount, line.from, line.date)).collect();
        let label = || Phrase::new("calculation-from-authorities");
        assert!(
            together == [(label(), kronor(bills), None, None), (label(), kronor(incomes), None, None)],
            "{:?}",
            together.iter().map(|(_, amount, ..)| amount.ore()).collect::<Vec<_>>()
        );
        // That he may have stated what an authority has reported too is told to him and to staff alone.
        let compared = shown.lines.iter().any(|line| line.rules.contains(&Phrase::new("calculation-compared")));
        assert_eq!(compared, reader == couple.johan, "her statement is compared with what was fetched about her");
    }
    assert!(!whole.lines.iter().any(|line| line.source == Some(SourceChip::Authorities)), "staff see every line");
}

#[sqlx::test(migrations = "../migrations")]
async fn every_line_has_its_words_in_both_languages(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let statement = Statement {
        incomes: IncomeKind::ALL.iter().map(|kind| (*kind, 100, day(11, 20))).collect(),
        expenses: ExpenseKind::ALL.iter().map(|kind| (*kind, 100, day(12, 1))).collect(),
        ..Statement::default()
    };
    let id = add_signed(&stage.service, &mut tx, stage.home.case, month("2026-12"), day(11, 18), &statement).await;
    let CalculationOutcome::Figure(shown) = review(&mut tx, id).await.shown() else { panic!("a figure") };
    for code in ["sv", "en"] {
        let texts = stage.service.catalogue.texts(code).unwrap();
        let phrases = shown.lines.iter().flat_map(|line| std::iter::once(&line.label).chain(&line.rules));
        for phrase in phrases.chain([&shown.table]) {
            let text = texts.phrase(phrase);
            assert!(text != phrase.key && !text.contains("{$"), "{code} {}: {text}", phrase.key);
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_nobody_took_a_stand_on_asks_until_it_is_decided_and_was_then_left_out(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let statement = Statement { expenses: vec![(ExpenseKind::Other, 300, day(12, 1))], ..Statement::default() };
    let id = add_signed(&stage.service, &mut tx, stage.home.case, month("2026-12"), day(11, 18), &statement).await;
    let reviewed = review(&mut tx, id).await;
    let state =
        |shown: &Calculation| shown.lines.iter().find(|line| line.section == LineSection::Expenses).unwrap().state;

    let CalculationOutcome::Figure(draft) = reviewed.shown() else { panic!("a figure") };
    assert_eq!((state(&draft), draft.finality), (LineState::AsksHuman, Finality::Draft { open_lines: 1 }));
    let made = reviewed.outcome.as_ref().unwrap();
    let decided = reviewed.known.names().calculation(&made.result);
    assert_eq!((state(&decided), decided.finality), (LineState::LeftOut, Finality::Decided));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_belongs_to_another_month_says_so(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let source = add_source(&mut tx, Agency::Fk).await;
    let statement = Statement::default();
    let id = add_signed(&stage.service, &mut tx, stage.home.case, month("2026-12"), day(11, 18), &statement).await;
    let of_day = |on| reported(IncomeKind::HousingBenefit, 1_400, on).content().unwrap().rows[0].clone();
    let rows = vec![of_day(day(9, 12)), of_day(day(11, 12))];
    let answer = Answer::Answered(Content { rows, facts: Vec::new() });
    add_answer(&mut tx, id, stage.home.person, source, day(11, 18), &answer).await;
    let CalculationOutcome::Figure(shown) = review(&mut tx, id).await.shown() else { panic!("a figure") };
    let incomes: Vec<_> = shown.section(LineSection::Incomes).map(|line| line.state).collect();
    assert_eq!(incomes, [LineState::OtherMonth, LineState::Counted]);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_row_is_as_old_as_the_first_answer_that_told_it(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let (case, person) = (stage.home.case, stage.home.person);
    let source = add_source(&mut tx, Agency::Fk).await;
    let row = |state| AuthorityRow {
        label: "Bostadsbidrag".to_owned(),
        kind: RowKind::Income(IncomeKind::HousingBenefit),
        amount: kronor(1_400),
        pay_date: Some(day(10, 27)),
        period: None,
        state,
    };
    let answer = |state| Answer::Answered(Content { rows: vec![row(state)], facts: Vec::new() });
    let before = add_signed(&stage.service, &mut tx, case, month("2026-11"), day(10, 18), &Statement::default()).await;
    add_answer(&mut tx, before, person, source, day(10, 18), &answer(RowState::Planned)).await;
    let id = add_signed(&stage.service, &mut tx, case, month("2026-12"), day(11, 18), &Statement::default()).await;
    add_answer(&mut tx, id, person, source, day(11, 18), &answer(RowState::Paid)).await;
    let made = review(&mut tx, id).await.outcome.unwrap();
    assert_eq!(made.input.incomes[0].known_on, day(10, 18), "planned then and paid now is the same row");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_has_been_opened_is_not_opened_again(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let (case, person) = (stage.home.case, stage.home.person);
    let source = add_source(&mut tx, Agency::Fk).await;
    let answer = reported(IncomeKind::HousingBenefit, 1_400, day(11, 12));
    let mut signed = Vec::new();
    for (of, on) in [("2026-11", day(10, 18)), ("2026-12", day(11, 18))] {
        let id = add_signed(&stage.service, &mut tx, case, month(of), on, &Statement::default()).await;
        add_answer(&mut tx, id, person, source, on, &answer).await;
        signed.push(id);
    }
    let [before, id] = signed[..] else { panic!("two months") };
    let asked_before = answers::newest(&mut tx, before).await.unwrap();
    let asked = answers::newest(&mut tx, id).await.unwrap();
    let facts = signed_facts(&mut tx, id).await.unwrap().unwrap();
    sqlx::query("update authority_query set answer_sealed = 'does not open'").execute(tx.connection()).await.unwrap();
    let renewal = renewal::find(&mut tx, id).await.unwrap().unwrap();
    let review = Review::read(&mut tx, &renewal, asked, &asked_before, facts).await.unwrap();
    assert_eq!(review.outcome.unwrap().input.incomes[0].known_on, day(10, 18), "what was opened still tells");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_surplus_of_the_month_before_is_carried(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let rich = Statement { incomes: vec![(IncomeKind::Wage, 9_000, day(10, 20))], ..Statement::default() };
    let mut tx = stage.tx(&stage.home).await;
    let case = stage.home.case;
    let before = add_signed(&stage.service, &mut tx, case, month("2026-11"), day(10, 18), &rich).await;
    let id = add_signed(&stage.service, &mut tx, case, month("2026-12"), day(11, 18), &Statement::default()).await;
    assert!(review(&mut tx, id).await.outcome.unwrap().input.surpluses.is_empty(), "nothing is decided yet");
    tx.commit().await.unwrap();
    let path = format!("/staff/renewals/{before}/decide");
    let fields = [("outcome", "rejected"), ("reason", "income-covers-need")];
    stage.fill(&stage.home.host, &stage.home.caseworker, &path, &fields).await;

    let mut tx = stage.tx(&stage.home).await;
    let made = review(&mut tx, id).await.outcome.unwrap();
    let surplus = made.input.surpluses[0];
    assert_eq!(surplus.from, month("2026-11"));
    assert!(surplus.amount > Money::ZERO);
    assert_eq!(made.input.previous_judged_on, Some(day(11, 24)));
    let carried = made.result.lines.iter().find(|line| line.subject == Subject::Surplus { from: month("2026-11") });
    assert_eq!(carried.unwrap().because, Explanation::SurplusCarried { from: month("2026-11") });
}

#[sqlx::test(migrations = "../migrations")]
async fn only_a_month_whose_need_was_met_has_approved_its_bills(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let rent = Statement { expenses: vec![(ExpenseKind::Rent, 5_000, day(11, 28))], ..Statement::default() };
    let mut tx = stage.tx(&stage.home).await;
    let other = add_single(&mut tx, MIRA, "Mira", Some(stage.home.staff)).await;
    tx.commit().await.unwrap();
    for (case, outcome, reason, approved) in
        [(stage.home.case, "granted", "need-by-norm", 1), (other, "rejected", "not-available-for-work", 0)]
    {
        let mut tx = stage.tx(&stage.home).await;
        let before = add_signed(&stage.service, &mut tx, case, month("2026-11"), day(10, 18), &rent).await;
        let id = add_signed(&stage.service, &mut tx, case, month("2026-12"), day(11, 18), &rent).await;
        tx.commit().await.unwrap();
        let path = format!("/staff/renewals/{before}/decide");
        let fields = [("outcome", outcome), ("reason", reason)];
        stage.fill(&stage.home.host, &stage.home.caseworker, &path, &fields).await;
        let mut tx = stage.tx(&stage.home).await;
        assert!(stored::before(&mut tx, case, month("2026-12")).await.unwrap().is_some(), "{outcome} is decided");
        let made = review(&mut tx, id).await.outcome.unwrap();
        assert_eq!(made.input.approved_before.len(), approved, "{outcome}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_month_without_rules_has_no_figure_and_says_so(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let (case, on) = (stage.home.case, day(11, 18));
    let id = add_signed(&stage.service, &mut tx, case, month("2031-12"), on, &Statement::default()).await;
    let CalculationOutcome::NoFigure(why) = review(&mut tx, id).await.shown() else { panic!("no figure") };
    assert_eq!(
        stage.service.swedish().phrase(&why).split('.').next(),
        Some("Reglerna för december 2031 är inte klara än")
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_stored_calculation_opens_as_it_was(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let statement = Statement { incomes: vec![(IncomeKind::Wage, 3_000, day(11, 20))], ..Statement::default() };
    let id = add_signed(&stage.service, &mut tx, stage.home.case, month("2026-12"), day(11, 18), &statement).await;
    let made = review(&mut tx, id).await.outcome.unwrap();
    assert!(matches!(made.input.incomes[0].row, RowRef::Stated(_)));
    let stored = insert(&mut tx, id, &made, stage.home.staff).await.unwrap();
    let found = find(&mut tx, stored).await.unwrap().unwrap();
    assert_eq!(found, made.result);
}
