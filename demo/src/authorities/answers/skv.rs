//! Skatteverket: income from capital per year, an XML document as text. In part means a year whose sum is left out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use domain::Money;
use jiff::civil::date;

use crate::authorities::ssbtek::Question;
use crate::authorities::world::{Days, World};
use crate::people::DemoSource;

/// Skatteverket is asked about no period; it tells of the tax years that it has.
const ALL_YEARS: Days = Days { first: date(2000, 1, 1), last: date(2199, 12, 31) };

pub(super) fn answer(world: &World, question: &Question, nothing: bool, partly: bool) -> String {
    let mut years: BTreeMap<i16, Money> = BTreeMap::new();
    let rows = if nothing { Vec::new() } else { world.benefits(question.person, DemoSource::Skv, ALL_YEARS) };
    for row in rows.iter().filter(|row| row.date.year() < world.today.year()) {
        *years.entry(row.date.year()).or_default() += row.amount;
    }
    let mut capital = String::new();
    for (year, sum) in years {
        // Writing to a String cannot fail.
        let _ = write!(
            capital,
            "<Kapitaluppgift><besko:Taxeringsar>{}</besko:Taxeringsar>\
             <besko:SummaIntakterPaKapital>{kronor}</besko:SummaIntakterPaKapital>\
             <besko:OverskottPaKapital>{kronor}</besko:OverskottPaKapital></Kapitaluppgift>",
            year + 1,
            kronor = sum.ore() / 100,
        );
    }
    if partly {
        capital.push_str("<Kapitaluppgift><besko:Taxeringsar>2026</besko:Taxeringsar></Kapitaluppgift>");
    }
    format!(
        "<ssbt:data><svar><![CDATA[<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <SvarBeskattningsuppgifterEnligtSFS2008-975 \
         xmlns=\"http://xmls.skatteverket.se/se/skatteverket/zg/instans/standardiseradInformation/1.0\" \
         xmlns:besko=\"http://xmls.skatteverket.se/se/skatteverket/zg/komponent/infoForBeskattning/1.0\" \
         xmlns:folko=\"http://xmls.skatteverket.se/se/skatteverket/zg/komponent/infoForFolkbokforing/1.0\">\
         <PersonuppgiftLista><Personuppgift>\
         <folko:IdentitetsbeteckningFysiskPerson>{person}</folko:IdentitetsbeteckningFysiskPerson>\
         {capital}</Personuppgift></PersonuppgiftLista></SvarBeskattningsuppgifterEnligtSFS2008-975>]]></svar></ssbt:data>",
        person = question.person.digits(),
    )
}
