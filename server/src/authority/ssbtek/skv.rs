//! Skatteverket: income from capital per tax year, an XML document as text inside SSBTEK.
//!
//! Its schema is not part of the contract; the names are those of the agency's published sample answer.

use domain::authority::{Answer, AuthorityRow, RowKind, RowState};
use domain::kind::IncomeKind;
use jiff::civil::Date;
use roxmltree::Node;

use crate::authority::gathered::Gathered;
use crate::authority::question::Question;
use crate::authority::{amount, xml};

/// What the rows are; the answer has no words of its own for it.
const LABEL: &str = "Inkomst av kapital";

pub(super) fn read(data: Node<'_, '_>, question: &Question) -> Option<Answer> {
    let inner = xml::text(data, "svar")?;
    let document = xml::parse(&inner)?;
    let list = xml::child(document.root_element(), "PersonuppgiftLista")?;
    let mut gathered = Gathered::default();
    for person in xml::children(list, "Personuppgift") {
        if xml::text(person, "IdentitetsbeteckningFysiskPerson")? != question.person.digits() {
            return None;
        }
        for capital in xml::children(person, "Kapitaluppgift") {
            gathered.row(row(capital));
        }
    }
    Some(gathered.into_answer())
}

/// The year of assessment (taxeringsår) is the year after the income. The surplus alone stands in for a sum that is left out.
fn row(capital: Node<'_, '_>) -> Option<AuthorityRow> {
    let assessed: i16 = xml::text(capital, "Taxeringsar")?.parse().ok()?;
    let year = assessed.checked_sub(1)?;
    let sum = xml::text(capital, "SummaIntakterPaKapital").or_else(|| xml::text(capital, "OverskottPaKapital"))?;
    Some(AuthorityRow {
        label: LABEL.to_owned(),
        kind: RowKind::Income(IncomeKind::Capital),
        amount: amount::exact(&sum)?,
        pay_date: None,
        period: Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        state: RowState::Paid,
    })
}
