//! Arbetsförmedlingen: registration and activity report.

use jiff::civil::Date;
use quick_xml::escape::escape;

use crate::authorities::ssbtek::Question;

const NAMESPACE: &str = "http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v2";

/// In part means that the activity report could not be looked up.
pub(super) fn answer(question: &Question, since: Option<Date>, partly: bool) -> String {
    let person = question.person.digits();
    let case = escape(question.case.as_str());
    let law = escape(question.law.as_str());
    let seeker = match since {
        Some(since) => seeker(since, if partly { "502" } else { "200" }),
        None if partly => "<er:ArbetssokandeInfo><er:Arbetssokande>false</er:Arbetssokande><er:AktivetetsRapportDatum>\
             <er:AktivitetsRapportMeddelande>502</er:AktivitetsRapportMeddelande></er:AktivetetsRapportDatum>\
             </er:ArbetssokandeInfo>"
            .to_owned(),
        None => String::new(),
    };
    format!(
        "<ssbt:data xmlns:er=\"{NAMESPACE}\"><er:Fraga>\
         <er:OrganisationsnummerForIngivare>{organisation}</er:OrganisationsnummerForIngivare>\
         <er:NamnPaIngivare>{board}</er:NamnPaIngivare><er:KontonamnForHandlaggare>{handler}</er:KontonamnForHandlaggare>\
         <er:Referensnummer>{case}</er:Referensnummer><er:From>{first}</er:From><er:Tom>{last}</er:Tom>\
         <er:SyfteMedFraga>{purpose}</er:SyfteMedFraga><er:LagParagraf>{law}</er:LagParagraf>\
         <er:IdentitetsbeteckningFysiskPerson>{person}</er:IdentitetsbeteckningFysiskPerson></er:Fraga><er:Svar>\
         <er:Schemaversion>4.0</er:Schemaversion><er:Referensnummer>{case}</er:Referensnummer>\
         <er:LagParagraf>{law}</er:LagParagraf>\
         <er:IdentitetsbeteckningFysiskPerson>{person}</er:IdentitetsbeteckningFysiskPerson>\
         <er:Sekretessmarkering>false</er:Sekretessmarkering>{seeker}\
         <er:StatusSokandeinformationKod>0</er:StatusSokandeinformationKod>\
         <er:StatusSokandeinformationKodText>Behandlad</er:StatusSokandeinformationKodText></er:Svar></ssbt:data>",
        organisation = escape(question.organisation_number.as_str()),
        board = escape(question.board.as_str()),
        handler = escape(question.handler.as_str()),
        first = question.days.first,
        last = question.days.last,
        purpose = escape(question.purpose.as_str()),
    )
}

fn seeker(since: Date, report: &str) -> String {
    format!(
        "<er:ArbetssokandeInfo><er:Arbetssokande>true</er:Arbetssokande>\
         <er:ArbetssokandeSKAT>Öppet arbetslös</er:ArbetssokandeSKAT>\
         <er:ArbetssokandeRegistrerad>{since}+01:00</er:ArbetssokandeRegistrerad>\
         <er:ArbetssokandeOmfattning>100</er:ArbetssokandeOmfattning><er:AktivetetsRapportDatum>\
         <er:AktivitetsRapportMeddelande>{report}</er:AktivitetsRapportMeddelande></er:AktivetetsRapportDatum>\
         </er:ArbetssokandeInfo>"
    )
}
