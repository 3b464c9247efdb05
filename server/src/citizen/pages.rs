//! The citizen's pages: read through the port, shown by `app`.

use app::citizen as show;
use app::citizen::port::{CitizenReads as _, Direction};
use axum::Json;
use axum::extract::Path;
use axum::response::Response;
use domain::id::{DecisionId, RenewalId, StatementId};
use serde::Serialize;

use super::read::{CitizenReader, ReadError};
use super::start;
use crate::http::problem::Problem;
use crate::http::visit::Visit;
use crate::login::policy::{Citizen, Visitor};

type Answer = Result<Response, Problem>;

/// `GET /`
pub async fn start_page(visit: Visit<Visitor>) -> Answer {
    Ok(visit.page(show::start::page(start::read(&visit)?)).await)
}

/// `GET /not-available`
pub async fn not_available_page(visit: Visit<Visitor>) -> Answer {
    Ok(visit.page(show::not_available::page(start::not_available(&visit))).await)
}

/// `GET /home`
pub async fn home_page(visit: Visit<Citizen>) -> Answer {
    Ok(visit.page(show::home::page(CitizenReader::new(&visit).home().await?)).await)
}

/// `GET /payouts`
pub async fn payouts_page(visit: Visit<Citizen>) -> Answer {
    Ok(visit.page(show::payouts::page(CitizenReader::new(&visit).payouts().await?)).await)
}

/// `GET /decisions/{id}`
pub async fn decision_page(visit: Visit<Citizen>, Path(id): Path<DecisionId>) -> Answer {
    Ok(visit.page(show::decision::page(CitizenReader::new(&visit).decision(id).await?)).await)
}

/// `GET /decisions/{id}/calculation`
pub async fn calculation_page(visit: Visit<Citizen>, Path(id): Path<DecisionId>) -> Answer {
    Ok(visit.page(show::calculation::page(CitizenReader::new(&visit).calculation(id).await?)).await)
}

/// `GET /messages`
pub async fn messages_page(visit: Visit<Citizen>) -> Answer {
    Ok(visit.page(show::messages::page(CitizenReader::new(&visit).messages().await?)).await)
}

/// `GET /renewal`: the parts of the one that was begun, or what it takes to begin.
pub async fn renewal_page(visit: Visit<Citizen>) -> Answer {
    let reader = CitizenReader::new(&visit);
    match reader.renewal().await {
        Ok(renewal) => Ok(visit.page(show::renewal::page(renewal)).await),
        Err(ReadError::NotBegun) => Ok(visit.page(show::begin::page(reader.before_renewal().await?)).await),
        Err(error) => Err(error.into()),
    }
}

/// `GET /renewal/household`
pub async fn household_page(visit: Visit<Citizen>) -> Answer {
    Ok(visit.page(show::household::page(CitizenReader::new(&visit).household().await?)).await)
}

/// `GET /renewal/authorities`
pub async fn authorities_page(visit: Visit<Citizen>) -> Answer {
    Ok(visit.page(show::authorities::page(CitizenReader::new(&visit).authorities().await?)).await)
}

/// What the island of the authorities' page asks for.
#[derive(Serialize)]
pub struct Pending {
    pending: u32,
}

/// `GET /renewal/authorities/pending`
pub async fn pending_answers(visit: Visit<Citizen>) -> Result<Json<Pending>, Problem> {
    Ok(Json(Pending { pending: CitizenReader::new(&visit).pending_answers().await? }))
}

/// `GET /renewal/incomes`
pub async fn incomes_page(visit: Visit<Citizen>) -> Answer {
    items(&visit, Direction::Income).await
}

/// `GET /renewal/expenses`
pub async fn expenses_page(visit: Visit<Citizen>) -> Answer {
    items(&visit, Direction::Expense).await
}

async fn items(visit: &Visit<Citizen>, direction: Direction) -> Answer {
    Ok(visit.page(show::items::page(CitizenReader::new(visit).items(direction).await?)).await)
}

/// `GET /renewal/incomes/add`
pub async fn new_income_page(visit: Visit<Citizen>) -> Answer {
    item(&visit, Direction::Income, None).await
}

/// `GET /renewal/expenses/add`
pub async fn new_expense_page(visit: Visit<Citizen>) -> Answer {
    item(&visit, Direction::Expense, None).await
}

/// `GET /renewal/incomes/{id}`
pub async fn income_page(visit: Visit<Citizen>, Path(id): Path<StatementId>) -> Answer {
    item(&visit, Direction::Income, Some(id)).await
}

/// `GET /renewal/expenses/{id}`
pub async fn expense_page(visit: Visit<Citizen>, Path(id): Path<StatementId>) -> Answer {
    item(&visit, Direction::Expense, Some(id)).await
}

async fn item(visit: &Visit<Citizen>, direction: Direction, id: Option<StatementId>) -> Answer {
    Ok(visit.page(show::item_form::page(CitizenReader::new(visit).item_form(direction, id).await?)).await)
}

/// `GET /renewal/incomes/{id}/remove`
pub async fn remove_income_page(visit: Visit<Citizen>, Path(id): Path<StatementId>) -> Answer {
    remove(&visit, Direction::Income, id).await
}

/// `GET /renewal/expenses/{id}/remove`
pub async fn remove_expense_page(visit: Visit<Citizen>, Path(id): Path<StatementId>) -> Answer {
    remove(&visit, Direction::Expense, id).await
}

async fn remove(visit: &Visit<Citizen>, direction: Direction, id: StatementId) -> Answer {
    Ok(visit.page(show::remove_item::page(CitizenReader::new(visit).remove_item(direction, id).await?)).await)
}

/// `GET /renewal/payout`
pub async fn payout_page(visit: Visit<Citizen>) -> Answer {
    Ok(visit.page(show::payout::page(CitizenReader::new(&visit).payout_part().await?)).await)
}

/// `GET /renewal/message`
pub async fn message_page(visit: Visit<Citizen>) -> Answer {
    Ok(visit.page(show::message::page(CitizenReader::new(&visit).message_part().await?)).await)
}

/// `GET /renewal/check`
pub async fn check_page(visit: Visit<Citizen>) -> Answer {
    Ok(visit.page(show::check::page(CitizenReader::new(&visit).check().await?)).await)
}

/// `GET /renewal/receipt`
pub async fn receipt_page(visit: Visit<Citizen>) -> Answer {
    Ok(visit.page(show::receipt::page(CitizenReader::new(&visit).receipt().await?)).await)
}

/// `GET /renewal/cosign`
pub async fn cosign_page(visit: Visit<Citizen>) -> Answer {
    Ok(visit.page(show::cosign::page(CitizenReader::new(&visit).cosign().await?)).await)
}

/// `GET /renewals/{id}/signed`
pub async fn signed_page(visit: Visit<Citizen>, Path(id): Path<RenewalId>) -> Answer {
    Ok(visit.page(show::kept_document::page(CitizenReader::new(&visit).signed(id).await?)).await)
}
