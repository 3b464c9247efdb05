//! The question as SSBTEK wants it.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::authority::Agency;
use quick_xml::escape::escape;

use super::lefi;
use crate::authority::question::Question;
use crate::authority::settings::Board;

/// The namespace of contract 10.
pub(crate) const SSBT: &str = "http://schema.forsakringskassan.se/integration/ssbt/10";
pub(super) const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// The element that an agency answers in. Pensionsmyndigheten answers through LEFI, which Försäkringskassan runs.
pub(super) const fn element(agency: Agency) -> &'static str {
    match agency {
        Agency::Af => "AF",
        Agency::Csn => "CSN",
        Agency::Fk | Agency::Pm => "FK",
        Agency::Skv => "SKV",
        Agency::So => "SO",
    }
}

/// The agencies in the order of the contract; each must be there, included or not.
const ELEMENTS: [&str; 7] = ["AF", "CSN", "FK", "SKV", "SO", "TNS", "MIV"];

/// A question to one agency about one person.
pub(crate) fn about(agency: Agency, board: &Board, question: &Question) -> String {
    let included = element(agency);
    let mut agencies = String::new();
    for name in ELEMENTS {
        let inside = if name == included { details(agency, board, question) } else { String::new() };
        // Writing to a String cannot fail.
        let _ = write!(agencies, r#"<ssbt:{name} inkludera="{}">{inside}</ssbt:{name}>"#, name == included);
    }
    envelope(&format!(
        "<ssbt:hamtaBastjanstInformation>\
           <ssbt:generellaFrageparametrar>\
             <ssbt:korrelationsid>{correlation}</ssbt:korrelationsid>\
             <ssbt:fraganSkallInkluderasISvaret>false</ssbt:fraganSkallInkluderasISvaret>\
             <ssbt:ingivare>\
               <ssbt:organisationsnummer>{organisation}</ssbt:organisationsnummer>\
               <ssbt:namn>{board_name}</ssbt:namn>\
               <ssbt:handlaggare>{handler}</ssbt:handlaggare>\
             </ssbt:ingivare>\
             <ssbt:personidentitet>{person}</ssbt:personidentitet>\
             <ssbt:arendeidentitet>{case}</ssbt:arendeidentitet>\
             <ssbt:tidsperiod>\
               <ssbt:fromDatum>{first}</ssbt:fromDatum>\
               <ssbt:tomDatum>{last}</ssbt:tomDatum>\
             </ssbt:tidsperiod>\
             <ssbt:syfte>{purpose}</ssbt:syfte>\
             <ssbt:lagtext>{law}</ssbt:lagtext>\
           </ssbt:generellaFrageparametrar>\
           <ssbt:specifikaFrageparametrar>{agencies}</ssbt:specifikaFrageparametrar>\
         </ssbt:hamtaBastjanstInformation>",
        correlation = question.correlation_id,
        organisation = escape(board.organisation_number.as_str()),
        board_name = escape(board.name.as_str()),
        handler = escape(question.handler.as_str()),
        person = question.person.digits(),
        case = escape(question.case_reference.as_str()),
        first = question.period.first(),
        last = question.period.last(),
        purpose = escape(question.purpose.as_str()),
        law = escape(board.legal_basis.as_str()),
    ))
}

/// The question whether the agencies' services are up, about nobody.
pub(super) fn ping() -> String {
    envelope("<ssbt:testaBastjanstInformation/>")
}

fn details(agency: Agency, board: &Board, question: &Question) -> String {
    if !matches!(agency, Agency::Fk | Agency::Pm) {
        return String::new();
    }
    format!(
        "<ssbt:fraga>\
           <ssbt:version>{version}</ssbt:version>\
           <ssbt:aktorsid>{actor}</ssbt:aktorsid>\
           <ssbt:lefiJsonFraga>{question}</ssbt:lefiJsonFraga>\
         </ssbt:fraga>",
        version = lefi::VERSION,
        actor = escape(board.fk_actor.as_ref().map_or("", |actor| actor.as_str())),
        question = STANDARD.encode(lefi::question(agency, question)),
    )
}

fn envelope(content: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="{SOAP}" xmlns:ssbt="{SSBT}"><soap:Body>{content}</soap:Body></soap:Envelope>"#
    )
}
