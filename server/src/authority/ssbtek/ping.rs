//! Whether an agency's service is up, by SSBTEK's own test operation.

use domain::authority::{Agency, Failure};
use reqwest::Client;
use url::Url;

use super::request::{self, element};
use super::response;
use crate::authority::gathered::MALFORMED;
use crate::authority::xml;

/// What the test operation says of one agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::authority) enum Ping {
    /// The agency's own test service was called and is well.
    Well,
    /// The agency has no test service, so the composite service alone answered.
    NotCalled,
    /// It was called and failed, or the whole call did.
    Failed(Failure),
}

pub(in crate::authority) async fn ping(client: &Client, endpoint: &Url, agency: Agency) -> Ping {
    match super::call(client, endpoint, request::ping()).await {
        Ok(body) => read(&body, agency).unwrap_or_else(Ping::Failed),
        Err(failure) => Ping::Failed(failure),
    }
}

fn read(body: &str, agency: Agency) -> Result<Ping, Failure> {
    let document = xml::parse(body).ok_or(MALFORMED)?;
    let content = response::content(document.root_element(), "testaBastjanstInformationResponse")?;
    let tested = xml::child(content, element(agency)).ok_or(MALFORMED)?;
    match xml::child(tested, "error") {
        Some(error) => Err(response::agency_error(error)),
        None if xml::is_true(tested, "anropad") => Ok(Ping::Well),
        None => Ok(Ping::NotCalled),
    }
}
