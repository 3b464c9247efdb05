//! The answer's envelope: a fault for the whole call, an error from the agency, or its data.

use domain::authority::{Agency, Answer, Failure, FailureKind};
use roxmltree::Node;

use super::request::element;
use super::{af, csn, fk, pm, skv, so};
use crate::authority::gathered::{MALFORMED, failure};
use crate::authority::question::Question;
use crate::authority::xml;

/// What the body of a reply says about the person and agency that were asked for.
pub(super) fn read(body: &str, agency: Agency, question: &Question) -> Answer {
    parse(body, agency, question).unwrap_or_else(Answer::Failed)
}

fn parse(body: &str, agency: Agency, question: &Question) -> Result<Answer, Failure> {
    let document = xml::parse(body).ok_or(MALFORMED)?;
    let content = content(document.root_element(), "hamtaBastjanstInformationResponse")?;
    let correlated = xml::text(content, "korrelationsid").is_none_or(|id| id.parse() == Ok(question.correlation_id));
    if !correlated {
        return Err(MALFORMED);
    }
    let answer = xml::at(content, &["svarsdata", element(agency)]).ok_or(MALFORMED)?;
    if let Some(error) = xml::child(answer, "error") {
        return Err(agency_error(error));
    }
    let data = xml::child(answer, "data").ok_or(MALFORMED)?;
    let answer = match agency {
        Agency::Af => af::read(data, question),
        Agency::Csn => csn::read(data, question),
        Agency::Fk => fk::read(data),
        Agency::Pm => pm::read(data),
        Agency::Skv => skv::read(data, question),
        Agency::So => so::read(data, question),
    };
    answer.ok_or(MALFORMED)
}

/// The element of this name inside the SOAP body, or the fault that is there instead: then the whole call failed.
pub(super) fn content<'a, 'i>(envelope: Node<'a, 'i>, name: &str) -> Result<Node<'a, 'i>, Failure> {
    let content = xml::child(envelope, "Body").and_then(|body| body.first_element_child()).ok_or(MALFORMED)?;
    match content.tag_name().name() {
        _ if envelope.tag_name().name() != "Envelope" => Err(MALFORMED),
        "Fault" => Err(fault(content)),
        found if found == name => Ok(content),
        _ => Err(MALFORMED),
    }
}

/// What an agency, or the composite service in its place, gave instead of data.
pub(super) fn agency_error(error: Node<'_, '_>) -> Failure {
    failure(FailureKind::Refused, xml::text(error, "felkod").as_deref())
}

fn fault(fault: Node<'_, '_>) -> Failure {
    let code = xml::child(fault, "detail")
        .and_then(|detail| detail.first_element_child())
        .and_then(|detail| xml::text(detail, "felkod"))
        .or_else(|| xml::text(fault, "faultcode"));
    failure(FailureKind::Refused, code.as_deref())
}
