//! The demo's SSBTEK: reads a question of contract 10 and puts together what the agencies answer.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::PersonNumber;
use domain::authority::Agency;
use jiff::civil::Date;
use quick_xml::escape::escape;
use roxmltree::{Document, Node};

use super::answers;
use super::world::{Days, World};
use crate::people::Behaviour;

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const SSBT: &str = "http://schema.forsakringskassan.se/integration/ssbt/10";

/// The agencies' elements in the order of the contract.
const ELEMENTS: [&str; 7] = ["AF", "CSN", "FK", "SKV", "SO", "TNS", "MIV"];

/// A question about one person, as the agencies get it.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) person: PersonNumber,
    pub(super) days: Days,
    pub(super) organisation_number: String,
    pub(super) board: String,
    pub(super) handler: String,
    pub(super) case: String,
    pub(super) purpose: String,
    pub(super) law: String,
    correlation: Option<String>,
    agencies: Vec<Agency>,
}

/// What an agency gives.
pub(super) enum Given {
    /// Data, as XML inside the agency's own element.
    Data(String),
    /// An error of its own (BT) or of the composite service (SSBT).
    Error { origin: &'static str, code: &'static str },
    /// The whole call fails.
    Fault,
}

pub(super) fn router(world: Arc<World>) -> Router {
    Router::new().route("/ssbtek/v10", post(serve)).layer(DefaultBodyLimit::max(64 * 1024)).with_state(world)
}

async fn serve(State(world): State<Arc<World>>, body: String) -> Response {
    let Ok(document) = Document::parse(&body) else { return fault("SSBT-FORM") };
    let Some(asked) = child(document.root_element(), "Body").and_then(|body| body.first_element_child()) else {
        return fault("SSBT-FORM");
    };
    match asked.tag_name().name() {
        "testaBastjanstInformation" => tested(),
        "hamtaBastjanstInformation" => {
            let Some(question) = read(asked) else { return fault("SSBT-FORM") };
            drop(document);
            answer(&world, &question).await
        }
        _ => fault("SSBT-OPERATION"),
    }
}

async fn answer(world: &World, question: &Question) -> Response {
    let known = |number: &str| world.people.municipalities.iter().any(|it| it.organisation_number == number);
    if !known(&question.organisation_number) {
        return fault("SSBT-INGIVARE");
    }
    let mut agencies = String::new();
    for agency in &question.agencies {
        let behaviour = world.behaviour(question.person, (*agency).into());
        if behaviour == Behaviour::Hang {
            return std::future::pending().await;
        }
        let element = element(*agency);
        let given = match answers::give(world, *agency, question, behaviour) {
            Given::Data(data) => data,
            Given::Error { origin, code } => error(origin, code),
            Given::Fault => return fault("SSBT-INTERNT"),
        };
        // Writing to a String cannot fail.
        let _ = write!(agencies, "<ssbt:{element}>{given}</ssbt:{element}>");
    }
    let correlation = question
        .correlation
        .as_deref()
        .map_or_else(String::new, |id| format!("<ssbt:korrelationsid>{}</ssbt:korrelationsid>", escape(id)));
    envelope(
        StatusCode::OK,
        &format!(
            "<ssbt:hamtaBastjanstInformationResponse>{correlation}<ssbt:svarsdata>{agencies}</ssbt:svarsdata>\
             </ssbt:hamtaBastjanstInformationResponse>"
        ),
    )
}

/// Every service is up; Transportstyrelsen and Migrationsverket have no test service of their own.
fn tested() -> Response {
    let mut agencies = String::new();
    for name in ELEMENTS {
        let called = !matches!(name, "TNS" | "MIV");
        // Writing to a String cannot fail.
        let _ = write!(agencies, "<ssbt:{name}><ssbt:anropad>{called}</ssbt:anropad></ssbt:{name}>");
    }
    envelope(
        StatusCode::OK,
        &format!("<ssbt:testaBastjanstInformationResponse>{agencies}</ssbt:testaBastjanstInformationResponse>"),
    )
}

fn error(origin: &str, code: &str) -> String {
    format!(
        "<ssbt:error><ssbt:kalla>{origin}</ssbt:kalla><ssbt:felkod>{code}</ssbt:felkod>\
         <ssbt:felmeddelande>Tekniskt fel</ssbt:felmeddelande></ssbt:error>"
    )
}

fn fault(code: &str) -> Response {
    envelope(
        StatusCode::INTERNAL_SERVER_ERROR,
        &format!(
            "<soap:Fault><faultcode>soap:Server</faultcode><faultstring>Fel i SSBT</faultstring><detail>\
             <ssbt:hamtaBastjanstInformationFault><ssbt:felkod>{code}</ssbt:felkod>\
             <ssbt:felmeddelande>Frågan kunde inte behandlas</ssbt:felmeddelande></ssbt:hamtaBastjanstInformationFault>\
             </detail></soap:Fault>"
        ),
    )
}

fn envelope(status: StatusCode, content: &str) -> Response {
    let body = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="{SOAP}" xmlns:ssbt="{SSBT}"><soap:Body>{content}</soap:Body></soap:Envelope>"#
    );
    (status, [(header::CONTENT_TYPE, "text/xml; charset=utf-8")], body).into_response()
}

fn read(asked: Node<'_, '_>) -> Option<Question> {
    let general = child(asked, "generellaFrageparametrar")?;
    let board = child(general, "ingivare")?;
    let period = child(general, "tidsperiod")?;
    let day = |name| text(period, name)?.parse::<Date>().ok();
    let specific = child(asked, "specifikaFrageparametrar")?;
    let included = ELEMENTS
        .iter()
        .filter_map(|name| child(specific, name))
        .filter(|agency| matches!(agency.attribute("inkludera"), Some("true" | "1")));
    Some(Question {
        person: PersonNumber::parse(&text(general, "personidentitet")?).ok()?,
        days: Days { first: day("fromDatum")?, last: day("tomDatum")? },
        organisation_number: text(board, "organisationsnummer")?,
        board: text(board, "namn")?,
        handler: text(board, "handlaggare")?,
        case: text(general, "arendeidentitet")?,
        purpose: text(general, "syfte")?,
        law: text(general, "lagtext")?,
        correlation: text(general, "korrelationsid"),
        agencies: included.filter_map(agency).collect(),
    })
}

/// Pensionsmyndigheten is asked through Försäkringskassan's element: the groups in the question tell which is meant.
fn agency(asked: Node<'_, '_>) -> Option<Agency> {
    match asked.tag_name().name() {
        "AF" => Some(Agency::Af),
        "CSN" => Some(Agency::Csn),
        "SKV" => Some(Agency::Skv),
        "SO" => Some(Agency::So),
        "FK" => {
            let question = STANDARD.decode(text(child(asked, "fraga")?, "lefiJsonFraga")?).ok()?;
            let question: serde_json::Value = serde_json::from_slice(&question).ok()?;
            let groups = question.get("utbetalningar")?.as_array()?;
            let pensions = groups.iter().all(|group| group.as_str().is_some_and(|group| group.starts_with("PM:")));
            Some(if pensions { Agency::Pm } else { Agency::Fk })
        }
        _ => None,
    }
}

const fn element(agency: Agency) -> &'static str {
    match agency {
        Agency::Af => "AF",
        Agency::Csn => "CSN",
        Agency::Fk | Agency::Pm => "FK",
        Agency::Skv => "SKV",
        Agency::So => "SO",
    }
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

fn text(node: Node<'_, '_>, name: &str) -> Option<String> {
    child(node, name)?.text().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}
