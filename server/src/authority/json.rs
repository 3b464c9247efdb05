//! A JSON source: a service that is asked with a POST and answers a list of rows, such as an energy company's invoices.

use std::collections::BTreeMap;

use domain::Money;
use domain::authority::{Answer, AuthorityRow, Failure, FailureKind, RowState};
use jiff::civil::Date;
use reqwest::Client;
use serde_json::Value;
use serde_json::value::RawValue;
use url::Url;

use super::amount;
use super::client::{Reply, exchange, refused};
use super::gathered::{Gathered, MALFORMED, failure};
use super::question::Question;
use super::settings::JsonMapping;

pub(super) async fn ask(client: &Client, endpoint: &Url, mapping: &JsonMapping, question: &Question) -> Answer {
    let body = BTreeMap::from([
        (mapping.person_field.as_str(), question.person.digits()),
        (mapping.first_day_field.as_str(), question.period.first().to_string()),
        (mapping.last_day_field.as_str(), question.period.last().to_string()),
    ]);
    let request = client.post(endpoint.clone()).json(&body);
    match exchange(request).await {
        Ok(Reply { status: 200, body }) => read(&body, mapping, question).unwrap_or_else(Answer::Failed),
        Ok(Reply { status, .. }) => Answer::Failed(refused(status)),
        Err(failure) => Answer::Failed(failure),
    }
}

/// Whether the source's health address answers with success. It is asked about nobody.
pub(super) async fn health(client: &Client, address: &Url) -> Result<(), Failure> {
    match exchange(client.get(address.clone())).await?.status {
        200..=299 => Ok(()),
        status => Err(refused(status)),
    }
}

/// What the body of a reply says.
pub(super) fn read(body: &[u8], mapping: &JsonMapping, question: &Question) -> Result<Answer, Failure> {
    let whole: Value = serde_json::from_slice(body).map_err(|_| MALFORMED)?;
    let rows = rows(body, &mapping.rows).ok_or(MALFORMED)?;
    let mut gathered = Gathered::default();
    gathered.part_answered();
    match mapping.complete_field.as_ref().map(|field| whole.get(field)) {
        None | Some(Some(Value::Bool(true))) => {}
        Some(Some(Value::Bool(false))) => gathered.gap(failure(FailureKind::Refused, Some("incomplete"))),
        Some(_) => return Err(MALFORMED),
    }
    for raw in rows {
        gathered.row(row(raw, mapping, question));
    }
    Ok(gathered.into_answer())
}

/// The rows as they stand in the text, so that an amount written as a number never becomes a float.
fn rows<'a>(body: &'a [u8], pointer: &str) -> Option<Vec<&'a RawValue>> {
    let mut here: &RawValue = serde_json::from_slice(body).ok()?;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let fields: BTreeMap<String, &RawValue> = serde_json::from_str(here.get()).ok()?;
        here = fields.get(&step).copied()?;
    }
    serde_json::from_str(here.get()).ok()
}

fn row(raw: &RawValue, mapping: &JsonMapping, question: &Question) -> Option<AuthorityRow> {
    let fields: BTreeMap<String, &RawValue> = serde_json::from_str(raw.get()).ok()?;
    let text = |field: &str| serde_json::from_str::<String>(fields.get(field)?.get()).ok();
    let date: Date = text(&mapping.date_field)?.parse().ok()?;
    let period = match mapping.month_field.as_ref().and_then(|field| fields.get(field)) {
        None => None,
        Some(month) => Some(days_of(&serde_json::from_str::<String>(month.get()).ok()?)?),
    };
    Some(AuthorityRow {
        label: text(&mapping.label_field)?.chars().filter(|c| !c.is_control()).take(200).collect(),
        kind: mapping.row_kind,
        amount: amount_of(fields.get(&mapping.amount_field)?)?,
        pay_date: Some(date),
        period,
        state: if date > question.today { RowState::Planned } else { RowState::Paid },
    })
}

fn amount_of(raw: &RawValue) -> Option<Money> {
    amount::exact(raw.get().trim_matches('"'))
}

fn days_of(month: &str) -> Option<(Date, Date)> {
    let first: Date = format!("{month}-01").parse().ok()?;
    Some((first, first.last_of_month()))
}
