//! CSN: study aid, XML of CSN's own schema 4.0, base64 inside SSBTEK.
//!
//! The amount is always the payment's own total: the parts may add up to more. An answer of the older schema 3 has no
//! omställningsstudiestöd, so it can never be more than a part.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::authority::{Answer, AuthorityRow, Fact, FailureKind, RowKind, RowState};
use domain::kind::IncomeKind;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use roxmltree::Node;

use crate::authority::gathered::{Gathered, failure};
use crate::authority::question::Question;
use crate::authority::{amount, xml};

const SUPPORTS: [(&str, IncomeKind); 5] = [
    ("Studiemedel", IncomeKind::StudyAid),
    ("Studiehjalp", IncomeKind::PupilAllowance),
    ("HemutrustningsLan", IncomeKind::Loan),
    ("Studiestartsstod", IncomeKind::StudyAid),
    ("Omstallningsstudiestod", IncomeKind::StudyAid),
];

pub(super) fn read(data: Node<'_, '_>, question: &Question) -> Option<Answer> {
    let encoded: String = xml::text(data, "svar")?.split_ascii_whitespace().collect();
    let inner = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let document = xml::parse(&inner)?;
    let answer = document.root_element();
    if answer.tag_name().name() != "CSNSvar" {
        return None;
    }
    let result = xml::at(answer, &["GemensamtSvarEkbistand", "Resultat"])?;
    let code = xml::text(result, "ResultatKod")?;
    if !code.trim_start_matches('0').is_empty() {
        return Some(Answer::Failed(failure(FailureKind::Refused, Some(&code))));
    }
    let mut gathered = Gathered::default();
    let version = answer.attribute("schemaVersion")?.trim();
    if version.starts_with("3.") {
        gathered.part_answered();
        gathered.gap(failure(FailureKind::Malformed, Some(&format!("schema-{version}"))));
    }
    for person in xml::children(xml::child(answer, "Personer")?, "Person") {
        if !is_asked_about(person, question) {
            return None;
        }
        for (support, kind) in SUPPORTS {
            for case in xml::at(person, &[support, "Arenden"]).iter().flat_map(|cases| xml::children(*cases, "Arende"))
            {
                read_case(case, kind, &mut gathered);
            }
        }
    }
    Some(gathered.into_answer())
}

/// Ten digits and the century stand apart; the century may be left out.
fn is_asked_about(person: Node<'_, '_>, question: &Question) -> bool {
    let asked = question.person.digits();
    let (century, ten) = asked.split_at(2);
    person.attribute("personnummer").map(str::trim) == Some(ten)
        && person.attribute("sekel").is_none_or(|given| given.trim().is_empty() || given.trim() == century)
}

fn read_case(case: Node<'_, '_>, kind: IncomeKind, gathered: &mut Gathered) {
    let label = xml::text(case, "klartext").or_else(|| xml::text(case, "stodform")).unwrap_or_default();
    let payments: Vec<_> =
        xml::child(case, "UtbetalningsPlan").iter().flat_map(|plan| xml::children(*plan, "Utbetalning")).collect();
    if payments.is_empty() && xml::text(case, "status").is_some_and(|status| status.starts_with("INITIERA")) {
        gathered.fact(Fact::UnderWay { label: label.clone() });
    }
    for payment in payments {
        gathered.row(row(payment, kind, &label));
    }
}

fn row(payment: Node<'_, '_>, kind: IncomeKind, label: &str) -> Option<AuthorityRow> {
    let state = match xml::text(payment, "utbetstatus")?.as_str() {
        "Utbetald" | "UTBETALAD" => RowState::Paid,
        "Planerad" => RowState::Planned,
        _ => return None,
    };
    Some(AuthorityRow {
        label: label.to_owned(),
        kind: RowKind::Income(kind),
        amount: amount::exact(&xml::text(payment, "totbelopp")?)?,
        pay_date: pay_date(&xml::text(payment, "utbetdatum")?).ok()?,
        period: weeks(payment),
        state,
    })
}

/// `yyyyMMdd`; `0` means that no day has been set.
fn pay_date(text: &str) -> Result<Option<Date>, jiff::Error> {
    if text == "0" { Ok(None) } else { Date::strptime("%Y%m%d", text).map(Some) }
}

/// From the Monday of the first week to the Sunday of the last, over all that the payment is for.
fn weeks(payment: Node<'_, '_>) -> Option<(Date, Date)> {
    let mut days = None;
    for time in xml::children(xml::child(payment, "Utbetaldatider")?, "Utbetaldtid") {
        let first = week_day(&xml::text(time, "startvecka")?, Weekday::Monday)?;
        let last = week_day(&xml::text(time, "slutvecka")?, Weekday::Sunday)?;
        let (earliest, latest) = days.unwrap_or((first, last));
        days = Some((first.min(earliest), last.max(latest)));
    }
    days.filter(|(first, last)| first <= last)
}

/// A day of the ISO week `yyyyWW`.
fn week_day(text: &str, weekday: Weekday) -> Option<Date> {
    if text.len() != 6 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, week) = text.split_at(4);
    ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, weekday).ok().map(Date::from)
}
