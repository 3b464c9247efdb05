//! The job that asks one source about one person and keeps the answer.
//!
//! Two short transactions, and between them the call to the authority with none open. Whatever happens, the question ends with an
//! answer: a source that cannot be asked, and a question that has been tried too often, have failed.

use std::sync::Arc;

use domain::authority::{Agency, Answer, NotAsked};
use domain::id::{MunicipalityId, PersonId, QueryId, SourceId};
use domain::month::NormMonthError;
use domain::person_number::PersonNumberError;
use domain::{NormMonth, PersonNumber};
use jiff::civil::Date;
use serde_json::Value;

use crate::authority::{
    AuthoritySource, Period, PeriodError, Question, SourcesError, Wording, WordingError, outcome, store,
};
use crate::chain::chain;
use crate::db::{Actor, Column, DbError, TenantTx, Vault, VaultError, query};
use crate::service::Service;

/// A question is tried this many times: a process may be killed, or the database lost, in the middle of it.
const MOST_ATTEMPTS: i16 = 5;

/// Why the authority is asked (syfte), in its own log.
const PURPOSE: &str = "Prövning av rätt till ekonomiskt bistånd";

/// Who asks (handläggare), when it is the citizen's own renewal that does.
const HANDLER: &str = "Förnya";

/// How many months before the norm month are asked about: those that the renewal's history shows.
const MONTHS_BEFORE: i32 = 3;

/// Why no question can be put to a source.
#[derive(Debug, thiserror::Error)]
enum Unaskable {
    /// The source cannot be made.
    #[error(transparent)]
    Source(#[from] SourcesError),
    /// The person's number does not open.
    #[error(transparent)]
    Sealed(#[from] VaultError),
    /// The person's number is none.
    #[error("the person's number cannot be read")]
    Number(#[from] PersonNumberError),
    /// The case number cannot be written in a question.
    #[error("the number of the case")]
    Wording(#[from] WordingError),
    /// The renewal's month is none.
    #[error("the month of the renewal")]
    Month(#[from] NormMonthError),
    /// The months cannot be asked about.
    #[error(transparent)]
    Period(#[from] PeriodError),
}

/// A question that has no answer yet, and what it needs.
struct Open {
    query: QueryId,
    source: SourceId,
    agency: Option<Agency>,
    settings: Value,
    enabled: bool,
    person: PersonId,
    number: Vec<u8>,
    is_hidden: bool,
    /// Whether there is nothing left to examine: the case is closed, the renewal decided or withdrawn, or the person no more in the household.
    over: bool,
    month: Date,
    case_number: String,
    vault: Arc<Vault>,
}

/// Asks, unless the question has its answer already. `attempts` counts this one too.
pub(super) async fn perform(
    service: &Service,
    municipality: MunicipalityId,
    query: QueryId,
    attempts: i16,
) -> Result<(), DbError> {
    let begin = || TenantTx::begin(&service.db, municipality, Actor::System, service.clock.business());
    let mut tx = begin().await?;
    let open = find(&mut tx, query).await?;
    tx.commit().await?;
    let Some(open) = open else { return Ok(()) };

    let answer = answer(service, municipality, &open, attempts).await;
    metrics::counter!("fornya_authority_answers_total", "source" => open.label(), "outcome" => outcome(&answer))
        .increment(1);

    let mut tx = begin().await?;
    store::keep(&mut tx, query, &answer).await?;
    tx.commit().await
}

async fn find(tx: &mut TenantTx, query: QueryId) -> Result<Option<Open>, DbError> {
    let municipality = tx.municipality();
    let vault = tx.vault();
    let row = query!(
        r#"
        select q.source_id, q.person_id, s.agency, s.settings, s.enabled, p.number_sealed,
               c.id in (select hidden_cases()) as "is_hidden!",
               c.closed_on is not null or r.state in ('decided', 'withdrawn') or m.person_id is null as "over!", r.norm_month, c.number as case_number
          from authority_query q
          join authority_source s on (s.municipality_id, s.id) = (q.municipality_id, q.source_id)
          join person p on (p.municipality_id, p.id) = (q.municipality_id, q.person_id)
          join renewal r on (r.municipality_id, r.id) = (q.municipality_id, q.renewal_id)
          join assistance_case c on (c.municipality_id, c.id) = (r.municipality_id, r.case_id)
          left join household_member m on (m.municipality_id, m.case_id, m.person_id) = (r.municipality_id, r.case_id, q.person_id)
         where q.municipality_id = $1 and q.id = $2 and q.answered_at is null
        "#,
        municipality,
        query,
    )
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let unknown = DbError::Inconsistent { column: "authority_source.agency" };
    Ok(Some(Open {
        query,
        source: SourceId(row.source_id),
        agency: row.agency.map(|code| Agency::from_code(&code).ok_or(unknown)).transpose()?,
        settings: row.settings,
        enabled: row.enabled,
        person: PersonId(row.person_id),
        number: row.number_sealed,
        is_hidden: row.is_hidden,
        over: row.over,
        month: row.norm_month.to_jiff(),
        case_number: row.case_number,
        vault,
    }))
}

/// The call, or why there is none.
async fn answer(service: &Service, municipality: MunicipalityId, open: &Open, attempts: i16) -> Answer {
    if let Some(reason) = open.no_longer_asked() {
        return Answer::NotAsked(reason);
    }
    if attempts > MOST_ATTEMPTS {
        tracing::error!(query.id = %open.query, source.id = %open.source, "A question is given up after {MOST_ATTEMPTS} attempts");
        return store::given_up("gave-up");
    }
    match open.ready(service, municipality) {
        Ok((source, question)) => source.ask(&question).await,
        Err(error) => {
            tracing::error!(query.id = %open.query, source.id = %open.source, error = %chain(&error), "A source cannot be asked");
            store::given_up("not-askable")
        }
    }
}

impl Open {
    /// What has changed since the question was enqueued, so that it must not be put.
    fn no_longer_asked(&self) -> Option<NotAsked> {
        if self.is_hidden || self.over {
            Some(NotAsked::NotApplicable)
        } else if !self.enabled {
            Some(NotAsked::SwitchedOff)
        } else {
            None
        }
    }

    fn ready(&self, service: &Service, municipality: MunicipalityId) -> Result<(AuthoritySource, Question), Unaskable> {
        let number = self.vault.open_text(Column::PersonNumber, self.person, &self.number)?;
        let question = Question {
            person: PersonNumber::parse(&number)?,
            period: period(NormMonth::of(self.month)?)?,
            purpose: Wording::new(PURPOSE)?,
            case_reference: Wording::new(&self.case_number)?,
            handler: Wording::new(HANDLER)?,
            correlation_id: self.query.0,
            today: service.clock.today(),
        };
        Ok((service.sources.get(municipality, self.source, self.settings.clone())?, question))
    }

    /// A national authority by its code; a municipality's own sources together.
    fn label(&self) -> &'static str {
        self.agency.map_or("own", Agency::code)
    }
}

/// From the first day of the month three months before the norm month to the last day of the norm month.
pub(crate) fn period(month: NormMonth) -> Result<Period, PeriodError> {
    let first = month.checked_add(-MONTHS_BEFORE).unwrap_or(month).first_day();
    Period::new(first, month.last_day())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_period_reaches_from_three_months_before_to_the_end_of_the_norm_month() {
        for (month, first, last) in [
            ((2026, 12), date(2026, 9, 1), date(2026, 12, 31)),
            ((2027, 2), date(2026, 11, 1), date(2027, 2, 28)),
            ((2028, 2), date(2027, 11, 1), date(2028, 2, 29)),
        ] {
            let period = period(NormMonth::new(month.0, month.1).unwrap()).unwrap();
            assert_eq!((period.first(), period.last()), (first, last));
        }
    }

    #[test]
    fn what_is_told_to_an_authority_can_be_written() {
        assert!(Wording::new(PURPOSE).is_ok() && Wording::new(HANDLER).is_ok());
    }
}
