//! HTTP: the one table of addresses, and what every request passes on its way.

pub mod assets;
mod client;
mod guard;
mod headers;
mod language;
#[cfg(test)]
mod matrix_tests;
mod ops;
mod origin;
mod pages;
pub mod problem;
pub mod site;
mod table;
#[cfg(test)]
pub(crate) mod test_world;
pub mod visit;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_governor::GovernorLayer;
use tower_governor::governor::GovernorConfigBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::admin::pages as admin;
use crate::admin::{switch_source, test_source};
use crate::caseworker::pages as caseworker;
use crate::caseworker::{decide, read_notices};
use crate::citizen::pages as citizen;
use crate::citizen::{begin_renewal, co_sign, save_items, save_parts, send_message, sign_renewal};
use crate::login;
use crate::service::Service;
pub use guard::Guard;
pub use ops::router as ops_router;
pub use table::Table;

use Guard::{Admin, Caseworker, Citizen, Open};

/// Every address of the service.
pub fn table(service: Arc<Service>) -> Table {
    Table::new(service)
        .get(Open, "/assets/{name}", assets::serve)
        .post(Open, "/language", language::choose)
        .post(Open, "/login", login::begin::citizen)
        .get(Open, "/login/callback", login::callback::citizen)
        .post(Open, "/logout", login::logout::citizen)
        .post(Open, "/staff/login", login::begin::staff)
        .get(Open, "/staff/login/callback", login::callback::staff)
        .post(Open, "/staff/logout", login::logout::staff)
        .get(Open, "/", citizen::start_page)
        .get(Open, "/not-available", citizen::not_available_page)
        .get(Citizen, "/home", citizen::home_page)
        .get(Citizen, "/payouts", citizen::payouts_page)
        .get(Citizen, "/decisions/{id}", citizen::decision_page)
        .get(Citizen, "/decisions/{id}/calculation", citizen::calculation_page)
        .get(Citizen, "/messages", citizen::messages_page)
        .post(Citizen, "/messages", send_message::handle)
        .get(Citizen, "/renewal", citizen::renewal_page)
        .post(Citizen, "/renewal/begin", begin_renewal::handle)
        .get(Citizen, "/renewal/household", citizen::household_page)
        .post(Citizen, "/renewal/household", save_parts::household)
        .get(Citizen, "/renewal/authorities", citizen::authorities_page)
        .post(Citizen, "/renewal/authorities", save_parts::authorities)
        .get(Citizen, "/renewal/authorities/pending", citizen::pending_answers)
        .post(Citizen, "/renewal/authorities/ask-again", begin_renewal::ask_again)
        .get(Citizen, "/renewal/incomes", citizen::incomes_page)
        .post(Citizen, "/renewal/incomes", save_items::incomes)
        .get(Citizen, "/renewal/incomes/add", citizen::new_income_page)
        .post(Citizen, "/renewal/incomes/add", save_items::add_income)
        .get(Citizen, "/renewal/incomes/{id}", citizen::income_page)
        .post(Citizen, "/renewal/incomes/{id}", save_items::change_income)
        .get(Citizen, "/renewal/incomes/{id}/remove", citizen::remove_income_page)
        .post(Citizen, "/renewal/incomes/{id}/remove", save_items::remove_income)
        .get(Citizen, "/renewal/expenses", citizen::expenses_page)
        .post(Citizen, "/renewal/expenses", save_items::expenses)
        .get(Citizen, "/renewal/expenses/add", citizen::new_expense_page)
        .post(Citizen, "/renewal/expenses/add", save_items::add_expense)
        .get(Citizen, "/renewal/expenses/{id}", citizen::expense_page)
        .post(Citizen, "/renewal/expenses/{id}", save_items::change_expense)
        .get(Citizen, "/renewal/expenses/{id}/remove", citizen::remove_expense_page)
        .post(Citizen, "/renewal/expenses/{id}/remove", save_items::remove_expense)
        .get(Citizen, "/renewal/payout", citizen::payout_page)
        .post(Citizen, "/renewal/payout", save_parts::payout)
        .get(Citizen, "/renewal/message", citizen::message_page)
        .post(Citizen, "/renewal/message", save_parts::message)
        .get(Citizen, "/renewal/check", citizen::check_page)
        .post(Citizen, "/renewal/sign", sign_renewal::begin)
        .get(Citizen, "/renewal/receipt", citizen::receipt_page)
        .get(Citizen, "/renewal/cosign", citizen::cosign_page)
        .post(Citizen, "/renewal/cosign/sign", co_sign::begin)
        .post(Citizen, "/renewal/cosign/decline", co_sign::decline)
        .get(Citizen, "/renewals/{id}/signed", citizen::signed_page)
        .get(Open, "/staff", caseworker::start_page)
        .get(Caseworker, "/staff/inbox", caseworker::inbox_page)
        .get(Caseworker, "/staff/notices", caseworker::notices_page)
        .post(Caseworker, "/staff/notices", read_notices::handle)
        .get(Caseworker, "/staff/messages/{id}", caseworker::message_page)
        .get(Caseworker, "/staff/renewals/{id}", caseworker::renewal_page)
        .get(Caseworker, "/staff/renewals/{id}/decide", caseworker::decide_page)
        .post(Caseworker, "/staff/renewals/{id}/decide", decide::handle)
        .get(Open, "/admin", admin::entrance)
        .get(Admin, "/admin/sources", admin::sources_page)
        .get(Admin, "/admin/sources/{id}", admin::source_page)
        .post(Admin, "/admin/sources/{id}/switch", switch_source::handle)
        .post(Admin, "/admin/sources/{id}/test", test_source::handle)
}

/// The service for citizens and staff.
pub fn router(service: &Arc<Service>) -> Router {
    let settings = &service.settings.http;
    let mut posts = GovernorConfigBuilder::default().key_extractor(client::ClientAddress::new(settings));
    // Posts alone: reading is cheap, and a municipality's staff sit behind one address.
    posts.per_second(1).burst_size(settings.post_burst).methods(vec![axum::http::Method::POST]);
    let router = table(Arc::clone(service)).into_router();
    let router = match posts.finish() {
        Some(limits) => router.layer(GovernorLayer::new(limits)),
        None => router,
    };
    // The last is the outermost.
    router
        .layer(CsrfLayer::new())
        .layer(from_fn(origin::require))
        .layer(RequestBodyLimitLayer::new(settings.body_limit_bytes))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(settings.request_timeout_seconds),
        ))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(Arc::clone(service), pages::write))
        .layer(from_fn_with_state(Arc::clone(service), site::resolve))
        .layer(from_fn_with_state(Arc::clone(service), headers::set))
        .layer(from_fn(ops::observe))
}
