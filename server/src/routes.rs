//! The one table of addresses with their guards, and the order of what every request passes. Stands above all other rooms.

#[cfg(test)]
mod away_tests;
#[cfg(test)]
mod canary_tests;
#[cfg(test)]
mod compression_tests;
#[cfg(test)]
mod dump_tests;
#[cfg(test)]
mod growth_tests;
#[cfg(test)]
mod host_tests;
#[cfg(test)]
mod knowledge_tests;
#[cfg(test)]
mod labels_tests;
#[cfg(test)]
mod limits_tests;
#[cfg(test)]
mod listed;
#[cfg(test)]
mod matrix_tests;
#[cfg(test)]
mod own_part_tests;
#[cfg(test)]
mod own_rows_tests;
#[cfg(test)]
mod real_ids_tests;
#[cfg(test)]
mod statements_tests;
mod table;
#[cfg(test)]
mod unsealing_tests;

use std::sync::Arc;

use any_spawner::Executor;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;

use crate::gate::Class::{Ask, Asset, Leave, Login, Message, Return, Sign};
use crate::gate::method;
use crate::http::{assets, compression, headers, language, ops, origin, pages, site};
use crate::service::Service;
use crate::session::guard::Guard::{Admin, Caseworker, Citizen, Cleared, Open, Reader, Supervisor};
use crate::{admin, caseworker, citizen, login, session};
use table::Table;

/// Every address of the service.
fn table(service: Arc<Service>) -> Table {
    let table = Table::new(service)
        .get_as(Asset, Open, "/assets/{name}", assets::serve)
        .post(Open, "/language", language::act)
        .post_as(Login, Open, "/login", login::log_in::act::<session::policy::Reader>)
        .get_as(Return, Open, "/login/callback", login::come_back::act)
        .post_as(Leave, Open, "/logout", login::log_out::act::<session::policy::Reader>)
        .post_as(Login, Open, "/staff/login", login::log_in::act::<session::Staff>)
        .get_as(Return, Open, "/staff/login/callback", login::come_back::act)
        .post_as(Leave, Open, "/staff/logout", login::log_out::act::<session::Staff>);
    admins(caseworkers(citizens(table)))
}

fn citizens(table: Table) -> Table {
    table
        .get(Open, "/", citizen::start::page)
        .get(Open, "/not-available", citizen::not_available::page)
        .poll(Reader, "/session", login::time_left::poll)
        .post(Reader, "/session", login::stay::act::<session::policy::Reader>)
        .get(Reader, "/sessions", login::sessions::page::<session::policy::Reader>)
        .post(Reader, "/sessions/end", login::end_sessions::act::<session::policy::Reader>)
        .get(Reader, "/home", citizen::home::page)
        .get(Reader, "/payouts", citizen::payouts::page)
        .get(Reader, "/decisions", citizen::decisions::page)
        .get(Reader, "/decisions/{id}", citizen::decision::page)
        .get(Reader, "/decisions/{id}/calculation", citizen::calculation::page)
        .get(Citizen, "/renewals/{id}/proofs", citizen::awaited_proofs::page)
        .post_files(Citizen, "/renewals/{id}/proofs", citizen::send_proofs::act)
        .get(Reader, "/renewals/{id}/proofs/{proof}", citizen::proof::whole)
        .get(Reader, "/renewals/{id}/proofs/{proof}/preview", citizen::proof::preview)
        .get(Reader, "/openings", citizen::openings::page)
        .get(Citizen, "/apart", citizen::move_apart::page)
        .post_as(Message, Citizen, "/apart", citizen::move_apart::act)
        .post_as(Message, Reader, "/apart/wrong", citizen::dispute_separation::act)
        .get(Reader, "/messages", citizen::messages::page)
        .post_as(Message, Citizen, "/messages", citizen::send_message::act)
        .get(Citizen, "/renewal", citizen::renewal::page)
        .post_as(Ask, Citizen, "/renewal/begin", citizen::begin_renewal::act)
        .poll(Citizen, "/renewal/revision", citizen::draft_revision::poll)
        .post_as(Ask, Citizen, "/renewal/apply", citizen::apply_too::act)
        .get(Citizen, "/renewal/withdraw", citizen::withdraw::page)
        .post(Citizen, "/renewal/withdraw", citizen::withdraw::act)
        .get(Citizen, "/renewal/take-over", citizen::take_over::page)
        .post_as(Ask, Citizen, "/renewal/take-over", citizen::take_over::act)
        .get(Citizen, "/renewal/month", citizen::month::page)
        .post(Citizen, "/renewal/month", citizen::save_month::act)
        .get(Citizen, "/renewal/changed", citizen::changed::page)
        .post(Citizen, "/renewal/changed", citizen::changed::act)
        .get(Citizen, "/renewal/activity", citizen::activity::page)
        .post_files(Citizen, "/renewal/activity", citizen::activity::act)
        .get(Citizen, "/renewal/household", citizen::household::page)
        .post(Citizen, "/renewal/household", citizen::save_household::act)
        .get(Citizen, "/renewal/authorities", citizen::authorities::page)
        .post(Citizen, "/renewal/authorities", citizen::see_authorities::act)
        .poll(Citizen, "/renewal/authorities/pending", citizen::pending_answers::poll)
        .post_as(Ask, Citizen, "/renewal/authorities/ask-again", citizen::ask_again::act)
        .get(Citizen, "/renewal/authorities/{id}", citizen::dispute::page_of)
        .get(Citizen, "/renewal/authorities/{id}/{index}", citizen::dispute::page)
        .post_files(Citizen, "/renewal/authorities/{id}/{index}", citizen::save_dispute::act)
        .get(Citizen, "/renewal/message", citizen::message::page)
        .post(Citizen, "/renewal/message", citizen::save_message::act)
        .get(Citizen, "/renewal/check", citizen::check::page)
        .post_as(Sign, Citizen, "/renewal/sign", citizen::sign_renewal::act)
        .get(Citizen, "/renewal/receipt", citizen::receipt::page)
        .get(Citizen, "/renewal/cosign", citizen::cosign::page)
        .post_as(Sign, Citizen, "/renewal/cosign/sign", citizen::sign_too::act)
        .post(Citizen, "/renewal/cosign/decline", citizen::decline_to_sign::act)
        .get(Citizen, "/renewal/{list}", citizen::items::page)
        .post(Citizen, "/renewal/{list}", citizen::end_list::act)
        .get(Citizen, "/renewal/{list}/add", citizen::new_item::page)
        .post_files(Citizen, "/renewal/{list}/add", citizen::add_item::act)
        .get(Citizen, "/renewal/{list}/{id}", citizen::item_form::page)
        .post_files(Citizen, "/renewal/{list}/{id}", citizen::save_item::act)
        .get(Citizen, "/renewal/{list}/{id}/remove", citizen::remove_item::page)
        .post(Citizen, "/renewal/{list}/{id}/remove", citizen::remove_item::act)
        .get(Reader, "/renewals/{id}/signed", citizen::signed::page)
}

fn caseworkers(table: Table) -> Table {
    table
        .get(Open, "/staff", caseworker::start::page)
        .poll(Caseworker, "/staff/session", login::time_left::poll)
        .post(Caseworker, "/staff/session", login::stay::act::<session::policy::Caseworker>)
        .get(Caseworker, "/staff/sessions", login::sessions::page::<session::policy::Caseworker>)
        .post(Caseworker, "/staff/sessions/end", login::end_sessions::act::<session::policy::Caseworker>)
        .get(Caseworker, "/staff/inbox", caseworker::inbox::page)
        .get(Caseworker, "/staff/notices", caseworker::notices::page)
        .post(Caseworker, "/staff/notices", caseworker::read_notices::act)
        .get(Caseworker, "/staff/messages/{id}", caseworker::message::page)
        .post(Caseworker, "/staff/messages/{id}/put-back", caseworker::put_back::act)
        .get(Cleared, "/staff/protected", caseworker::protected::page)
        .get(Cleared, "/staff/protected/{id}", caseworker::give_reason::page)
        .post(Cleared, "/staff/protected/{id}", caseworker::open_protected::act)
        .get(Supervisor, "/staff/readings", caseworker::readings::page)
        .post(Supervisor, "/staff/readings", caseworker::see_readings::act)
        .get(Caseworker, "/staff/open/{id}", caseworker::open_case::page)
        .post(Caseworker, "/staff/open/{id}", caseworker::state_purpose::act)
        .post(Caseworker, "/staff/open/{id}/take", caseworker::take_case::act)
        .get(Caseworker, "/staff/substitutes", caseworker::substitutes::page)
        .post(Caseworker, "/staff/substitutes", caseworker::substitutes::act)
        .post(Caseworker, "/staff/substitutes/end", caseworker::substitutes::end)
        .get(Caseworker, "/staff/relations", caseworker::relations::page)
        .post(Caseworker, "/staff/relations", caseworker::relations::act)
        .post(Caseworker, "/staff/relations/end", caseworker::relations::end)
        .get(Caseworker, "/staff/renewals/{id}", caseworker::opened::page)
        .get(Caseworker, "/staff/renewals/{id}/assign", caseworker::assign_case::page)
        .post(Caseworker, "/staff/renewals/{id}/assign", caseworker::assign_case::act)
        .poll(Caseworker, "/staff/renewals/{id}/revision", caseworker::draft_revision::poll)
        .post(Caseworker, "/staff/renewals/{id}/hand-back", caseworker::hand_back::act)
        .get(Caseworker, "/staff/renewals/{id}/proofs/{proof}", caseworker::proof::whole)
        .get(Caseworker, "/staff/renewals/{id}/proofs/{proof}/preview", caseworker::proof::preview)
        .get(Caseworker, "/staff/renewals/{id}/decide", caseworker::decide::page)
        .post(Caseworker, "/staff/renewals/{id}/decide", caseworker::make_decision::act)
        .post(Caseworker, "/staff/renewals/{id}/return-proposal", caseworker::return_proposal::act)
}

fn admins(table: Table) -> Table {
    table
        .get(Open, "/admin", admin::start::page)
        .poll(Admin, "/admin/session", login::time_left::poll)
        .post(Admin, "/admin/session", login::stay::act::<session::policy::Admin>)
        .get(Admin, "/admin/sessions", login::sessions::page::<session::policy::Admin>)
        .post(Admin, "/admin/sessions/end", login::end_sessions::act::<session::policy::Admin>)
        .get(Admin, "/admin/sources", admin::sources::page)
        .get(Admin, "/admin/sources/{id}", admin::source::page)
        .post(Admin, "/admin/sources/{id}/switch", admin::switch_source::act)
        .post_as(Ask, Admin, "/admin/sources/{id}/test", admin::probe_source::act)
        .get(Admin, "/admin/officials", admin::officials::page)
        .get(Admin, "/admin/officials/{id}", admin::official::page)
        .post(Admin, "/admin/officials/{id}", admin::set_delegations::act)
        .post(Admin, "/admin/officials/{id}/number", admin::set_number::act)
        .get(Admin, "/admin/officials/{id}/end", admin::end_official::page)
        .post(Admin, "/admin/officials/{id}/end", admin::end_official::act)
        .post(Admin, "/admin/officials/{id}/let-in", admin::let_official_in::act)
        .get(Admin, "/admin/decisions", admin::decision_rule::page)
        .post(Admin, "/admin/decisions", admin::set_decision_rule::act)
        .get(Admin, "/admin/other-adult", admin::other_adult_rule::page)
        .post(Admin, "/admin/other-adult", admin::set_other_adult_rule::act)
        .get(Admin, "/admin/jobs", admin::jobs::page)
        .post(Admin, "/admin/jobs/again", admin::send_job_again::act)
        .get(Admin, "/admin/jobs/{id}/drop", admin::drop_job::page)
        .post(Admin, "/admin/jobs/{id}/drop", admin::drop_job::act)
}

/// The service for citizens and staff.
pub(crate) fn router(service: &Arc<Service>) -> Router {
    // Which runtime Leptos writes pages on. An error says that it is known.
    let _ = Executor::init_tokio();
    let router = table(Arc::clone(service)).into_router();
    // The last is the outermost.
    router
        .layer(CsrfLayer::new())
        .layer(from_fn(origin::require))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(Arc::clone(service), pages::write))
        .layer(compression::of_answers())
        .layer(from_fn_with_state(Arc::clone(service), site::resolve))
        .layer(from_fn(method::refuse_others))
        .layer(from_fn_with_state(Arc::clone(service), headers::set))
        .layer(from_fn_with_state(Arc::clone(service), ops::observe))
}
