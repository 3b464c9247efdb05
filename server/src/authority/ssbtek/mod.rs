//! SSBTEK, the authorities' composite service for economic assistance: SOAP 1.1, document/literal, contract 10.
//!
//! One call is one person and, here, one agency: a call for all of them would wait for the slowest.

use domain::authority::{Agency, Answer, Failure};
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use url::Url;

use super::client::{Reply, exchange, refused};
use super::gathered::MALFORMED;
use super::question::Question;
use super::settings::Board;

mod af;
mod csn;
mod fk;
mod lefi;
pub(super) mod ping;
mod pm;
pub(super) mod request;
mod response;
mod skv;
mod so;

pub(super) async fn ask(client: &Client, endpoint: &Url, agency: Agency, board: &Board, question: &Question) -> Answer {
    match call(client, endpoint, request::about(agency, board, question)).await {
        Ok(body) => response::read(&body, agency, question),
        Err(failure) => Answer::Failed(failure),
    }
}

async fn call(client: &Client, endpoint: &Url, question: String) -> Result<String, Failure> {
    let request = client
        .post(endpoint.clone())
        .header(CONTENT_TYPE, "text/xml; charset=utf-8")
        .header("SOAPAction", "\"\"")
        .body(question);
    let Reply { status, body } = exchange(request).await?;
    envelope(status, body)
}

/// SOAP 1.1 sends a fault with status 500; other services send pages of their own with it.
fn envelope(status: u16, body: Vec<u8>) -> Result<String, Failure> {
    match (status, String::from_utf8(body)) {
        (200, Ok(body)) => Ok(body),
        (200, Err(_)) => Err(MALFORMED),
        (500, Ok(body)) if body.contains("Envelope") => Ok(body),
        _ => Err(refused(status)),
    }
}

#[cfg(test)]
mod tests;
