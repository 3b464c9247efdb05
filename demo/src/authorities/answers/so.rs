//! The unemployment funds. In part means that one of two funds could not be asked.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::Rows;
use crate::authorities::ssbtek::Question;

const NAMESPACE: &str = "http://INT014.UBPService.Schemas";

pub(super) fn answer(question: &Question, rows: &Rows, partly: bool) -> String {
    let mut funds = String::new();
    if partly || !rows.is_empty() {
        funds.push_str(&fund("Exempelkassan", "all clear", rows));
    }
    if partly {
        funds.push_str(&fund("Andra kassan", "1", &Rows::new()));
    }
    format!(
        "<ssbt:data xmlns:in=\"{NAMESPACE}\">\
         <in:OrganisationsnummerIngivare>{organisation}</in:OrganisationsnummerIngivare>\
         <in:NamnIngivare>{board}</in:NamnIngivare><in:KontonamnHandlaggare>{handler}</in:KontonamnHandlaggare>\
         <in:Referensnummer>{case}</in:Referensnummer><in:From>{first}</in:From><in:Tom>{last}</in:Tom>\
         <in:Syfte>{purpose}</in:Syfte><in:Paragraf>{law}</in:Paragraf>\
         <in:IdentificationNumber>{person}</in:IdentificationNumber>\
         <in:ArbetsloshetsersattningLista>{funds}</in:ArbetsloshetsersattningLista></ssbt:data>",
        organisation = escape(question.organisation_number.as_str()),
        board = escape(question.board.as_str()),
        handler = escape(question.handler.as_str()),
        case = escape(question.case.as_str()),
        first = question.days.first,
        last = question.days.last,
        purpose = escape(question.purpose.as_str()),
        law = escape(question.law.as_str()),
        person = question.person.digits(),
    )
}

fn fund(name: &str, status: &str, rows: &Rows) -> String {
    let mut payments = String::new();
    for row in rows {
        // Writing to a String cannot fail.
        let _ = write!(
            payments,
            "<in:Utbetalningar><in:Utbetalningsdatum>{date}</in:Utbetalningsdatum>\
             <in:NettoEfterSkatt>{amount}</in:NettoEfterSkatt><in:NettoEfterAvdrag>{amount}</in:NettoEfterAvdrag>\
             <in:Ersattningsdagar>22</in:Ersattningsdagar><in:AvserFrom>{first}</in:AvserFrom>\
             <in:AvserTom>{last}</in:AvserTom></in:Utbetalningar>",
            date = row.date,
            amount = row.amount,
            first = row.month.first_day(),
            last = row.month.last_day(),
        );
    }
    format!(
        "<in:Arbetsloshetsersattning><in:SvarandeOrganisation>{name}</in:SvarandeOrganisation>\
         <in:StatusSvarandeOrganisation>{status}</in:StatusSvarandeOrganisation>{payments}</in:Arbetsloshetsersattning>"
    )
}
