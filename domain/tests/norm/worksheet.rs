//! What is typed in the lines of a form comes out as it does when it is saved.

use std::collections::BTreeMap;

use domain::id::StaffId;
use domain::norm::set_lines::{LineKey, SetLines, TypedLine, Worksheet, overrides, settable};
use domain::norm::{Input, LineSection, NormCalculation, calculate};
use domain::wire;
use uuid::Uuid;

use crate::household_file::BOOK_WITH_FRAGMENTS;
use crate::worked::HOUSEHOLDS;

const BY: StaffId = StaffId(Uuid::from_u128(7));

/// As it reaches a browser.
fn sent(worksheet: &Worksheet) -> Worksheet {
    let sent = wire::read(&wire::write(worksheet)).unwrap();
    assert_eq!(&sent, worksheet);
    sent
}

fn worksheet(input: Input, set: SetLines) -> Worksheet {
    let on = input.judged_on;
    sent(&Worksheet::new(&BOOK_WITH_FRAGMENTS, input, set, BY, on).unwrap())
}

fn nothing(_: &str) -> Option<String> {
    None
}

#[test]
fn a_worksheet_with_nothing_typed_is_the_calculation() {
    for worked in HOUSEHOLDS.iter() {
        let input = worked.input();
        let expected = calculate(&BOOK_WITH_FRAGMENTS, &input).unwrap();
        let made = worksheet(input, SetLines::new()).calculate(nothing).unwrap();
        assert_eq!(made, expected, "{}", worked.name);
    }
}

#[test]
fn each_line_typed_counts_as_when_it_is_set() {
    for worked in HOUSEHOLDS.iter() {
        let input = worked.input();
        let shown = calculate(&BOOK_WITH_FRAGMENTS, &input).unwrap();
        for line in settable(&shown) {
            let key = LineKey::of(&line.subject);
            let typed = BTreeMap::from([
                (key.value_field(), "1 234,56".to_owned()),
                (key.why_field(), "Enligt kvitto".to_owned()),
            ]);
            let made = worksheet(input.clone(), SetLines::new()).calculate(|field| typed.get(field).cloned()).unwrap();
            let set = made.lines.iter().find(|made| made.subject == line.subject).unwrap();
            assert_eq!(set.amounts.counted().to_string(), "1234.56", "{}: {key:?}", worked.name);
            let rest = |of: &NormCalculation| {
                of.lines.iter().filter(|l| l.subject != line.subject).cloned().collect::<Vec<_>>()
            };
            assert_eq!(rest(&made), rest(&shown), "{}: the other lines stand", worked.name);
        }
    }
}

#[test]
fn a_line_that_was_set_stays_until_it_is_typed_anew() {
    let worked = HOUSEHOLDS.iter().find(|worked| worked.lines.iter().any(|line| line.starts_with("expense-"))).unwrap();
    let mut input = worked.input();
    let shown = calculate(&BOOK_WITH_FRAGMENTS, &input).unwrap();
    let line = shown.section(LineSection::Expenses).next().unwrap();
    let key = LineKey::of(&line.subject);
    let mut typed = TypedLine::new(line, StaffId(Uuid::from_u128(8)), input.judged_on);
    typed.value = "500".to_owned().try_into().unwrap();
    typed.why = "Delat".to_owned().try_into().unwrap();
    let set = SetLines::from([(key.clone(), typed)]);
    input.overrides = overrides(&set);
    let worksheet = worksheet(input.clone(), set);
    let field = |value: &'static str| {
        let (value_field, why_field) = (key.value_field(), key.why_field());
        move |name: &str| match name {
            name if name == value_field => Some(value.to_owned()),
            name if name == why_field => Some("Delat".to_owned()),
            _ => None,
        }
    };
    assert_eq!(worksheet.calculate(field("500")).unwrap(), calculate(&BOOK_WITH_FRAGMENTS, &input).unwrap());
    let anew = worksheet.calculate(field("400")).unwrap();
    assert_eq!(anew.lines.iter().find_map(|line| line.overridden.as_ref()).unwrap().by, BY);
    let cleared = worksheet.calculate(nothing).unwrap();
    assert_eq!(cleared.sums, shown.sums, "an emptied field leaves the line to the rules");
    let unreadable = worksheet.calculate(field("fem")).unwrap();
    assert_eq!(unreadable.sums, shown.sums, "what cannot be read is not taken");
}
