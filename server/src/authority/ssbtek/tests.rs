//! What is asked, and how every answer is understood.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::authority::{Answer, AuthorityRow, Content, Failure, FailureKind};
use domain::{Money, PersonNumber};
use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::authority::gathered::MALFORMED;
use crate::authority::question::{Period, Wording};
use crate::authority::settings::LEGAL_BASIS;

mod agencies;
mod envelope;
mod lefi;
mod requests;
mod with_contract;

/// The person that every test asks about.
pub(super) const PERSON: &str = "199006022397";

pub(super) fn question() -> Question {
    Question {
        person: PersonNumber::parse(PERSON).unwrap(),
        period: Period::new(date(2026, 9, 1), date(2026, 12, 31)).unwrap(),
        purpose: Wording::new("Prövning av rätt till ekonomiskt bistånd").unwrap(),
        case_reference: Wording::new("EKB-2025-0102 & <co>").unwrap(),
        handler: Wording::new("Förnya").unwrap(),
        correlation_id: Uuid::from_u128(7),
        today: date(2026, 11, 24),
    }
}

pub(super) fn board() -> Board {
    Board {
        organisation_number: "162120009010".to_owned(),
        name: Wording::new("Exempelby kommun").unwrap(),
        fk_actor: Some(Wording::new("11111111-1111-4111-8111-111111111111").unwrap()),
        legal_basis: Wording::new(LEGAL_BASIS).unwrap(),
    }
}

/// A whole reply around what one agency gives.
pub(super) fn reply(element: &str, given: &str) -> String {
    format!(
        r#"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:b="{}"><s:Body><b:hamtaBastjanstInformationResponse><b:svarsdata><b:{element}>{given}</b:{element}></b:svarsdata></b:hamtaBastjanstInformationResponse></s:Body></s:Envelope>"#,
        request::SSBT
    )
}

pub(super) fn read(agency: Agency, given: &str) -> Answer {
    response::read(&reply(request::element(agency), given), agency, &question())
}

pub(super) fn read_lefi(agency: Agency, json: &str) -> Answer {
    read(agency, &format!("<b:data><b:lefiJsonSvar>{}</b:lefiJsonSvar></b:data>", STANDARD.encode(json)))
}

pub(super) fn rows(answer: &Answer) -> &[AuthorityRow] {
    answer.content().map_or(&[], |content| &content.rows)
}

pub(super) fn kronor(text: &str) -> Money {
    Money::parse(text).unwrap()
}

pub(super) fn refused(code: &str) -> Failure {
    Failure { kind: FailureKind::Refused, code: Some(code.to_owned()) }
}

pub(super) fn partly_nothing(missing: Failure) -> Answer {
    Answer::Partly { content: Content::default(), missing: vec![missing] }
}
