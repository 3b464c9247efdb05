use domain::Money;
use domain::authority::{Agency, Answer, AuthorityRow, Content, RowKind, RowState};
use domain::kind::ExpenseKind;
use sqlx::PgPool;

use crate::test_support::{Statement, Towns, add_answer, add_signed, add_source, day, month};

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

    let page = stage.page(&stage.home.caseworker, &format!("/staff/renewals/{renewal}")).await;
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
