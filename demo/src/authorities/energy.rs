//! Exempelby Energi: what a customer has been invoiced, in plain JSON.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::kind::ExpenseKind;
use domain::{Money, NormMonth, PersonNumber};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::world::{Days, World, half};
use crate::people::{Behaviour, DemoSource, MonthlyRow};

pub(super) const INVOICES: &str = "/v1/invoices";
pub(super) const HEALTH: &str = "/v1/health";

#[derive(Clone)]
struct Service {
    world: Arc<World>,
    authorization: Arc<str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    customer: PersonNumber,
    from: Date,
    to: Date,
}

#[derive(Serialize)]
struct Answer {
    complete: bool,
    invoices: Vec<Invoice>,
}

#[derive(Serialize)]
struct Invoice {
    label: String,
    amount: Money,
    due: Date,
    month: NormMonth,
}

pub(super) fn router(world: Arc<World>, token: &str) -> Router {
    let service = Service { world, authorization: format!("Bearer {token}").into() };
    Router::new()
        .route(INVOICES, post(invoices))
        .route(HEALTH, get(|| async { StatusCode::NO_CONTENT }))
        .route_layer(axum::middleware::from_fn_with_state(service.clone(), customers_only))
        .with_state(service)
}

async fn customers_only(
    State(service): State<Service>,
    headers: HeaderMap,
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> Response {
    let told = headers.get(header::AUTHORIZATION).map(HeaderValue::as_bytes);
    if told == Some(service.authorization.as_bytes()) {
        next.run(request).await
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

async fn invoices(State(service): State<Service>, Json(question): Json<Question>) -> Response {
    let days = Days { first: question.from, last: question.to };
    let rows = || service.world.invoices(question.customer, days);
    match service.world.behaviour(question.customer, DemoSource::Energy) {
        Behaviour::Answer => answer(true, rows()),
        Behaviour::Partly => answer(false, half(rows())),
        Behaviour::Nothing => answer(true, Vec::new()),
        Behaviour::Fail => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Behaviour::Hang => std::future::pending().await,
    }
}

fn answer(complete: bool, rows: Vec<MonthlyRow<ExpenseKind>>) -> Response {
    let invoices = rows
        .into_iter()
        .map(|row| Invoice { label: row.label, amount: row.amount, due: row.date, month: row.month })
        .collect();
    Json(Answer { complete, invoices }).into_response()
}
