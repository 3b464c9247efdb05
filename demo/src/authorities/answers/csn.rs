//! CSN, which answers as XML of its schema 4.0 in base64.
//!
//! The contract has no way to say that something is missing; what does occur is an answer of the older schema 3, which lacks
//! omställningsstudiestöd, so that is what a partial answer is here.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::kind::IncomeKind;
use domain::person_number::NumberKind;
use jiff::civil::Date;
use quick_xml::escape::escape;

use super::Rows;
use crate::authorities::ssbtek::Question;
use crate::authorities::world::World;
use crate::people::MonthlyRow;

pub(super) fn answer(world: &World, question: &Question, rows: &Rows, partly: bool) -> String {
    let (version, namespace) = if partly { ("3.0", "v3.0") } else { ("4.0", "v4.0") };
    let retraining = if partly { "" } else { "<p:Omstallningsstudiestod/>" };
    let retraining_flag = if partly { "" } else { "<t:omstallningsstudiestod>0</t:omstallningsstudiestod>" };
    let digits = question.person.digits();
    let (century, ten) = digits.split_at(2);
    let flag = |kind| i32::from(rows.iter().any(|row| row.kind == kind));
    let person = format!(
        r#"<Person xmlns="http://schema.csn.se/{namespace}/kommunfraga" xmlns:p="http://schema.csn.se/{namespace}/person" xmlns:t="http://schema.csn.se/{namespace}/csntyper" xmlns:sm="http://schema.csn.se/{namespace}/studiemedel" xmlns:sh="http://schema.csn.se/{namespace}/studiehjalp" personnummer="{ten}" Status="          " sekretess="  " sekel="{century}"><p:Studiestodstypforteckning><t:studiemedel>{aid}</t:studiemedel><t:studiehjalp>{pupil}</t:studiehjalp><t:hemutrustningslan>0</t:hemutrustningslan><t:studiestartsstod>0</t:studiestartsstod>{retraining_flag}</p:Studiestodstypforteckning>{study_aid}{pupil_aid}<p:HemutrustningsLan/><p:Studiestartsstod/>{retraining}</Person>"#,
        aid = flag(IncomeKind::StudyAid),
        pupil = flag(IncomeKind::PupilAllowance),
        study_aid = support("Studiemedel", "sm", "GRUND", "GRUNDB", rows, IncomeKind::StudyAid, world.today),
        pupil_aid = support("Studiehjalp", "sh", "SB", "STUDB", rows, IncomeKind::PupilAllowance, world.today),
    );
    // The schema's form of a number has no room for the days of a coordination number, so CSN knows of no such person.
    let person = if question.person.kind() == NumberKind::Coordination { "" } else { &person };
    let inner = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><CSNSvar schemaVersion="{version}" xmlns="http://schema.csn.se/{namespace}/kommunfraga"><GemensamtSvarEkbistand><Resultat><ResultatKod>0</ResultatKod><ResultatText>Allt OK</ResultatText></Resultat></GemensamtSvarEkbistand><GemensamtFragaEkbistand/><Personer>{person}</Personer></CSNSvar>"#
    );
    format!("<ssbt:data><ssbt:svar>{}</ssbt:svar></ssbt:data>", STANDARD.encode(inner))
}

fn support(
    name: &str,
    prefix: &str,
    form: &str,
    amount_type: &str,
    rows: &Rows,
    kind: IncomeKind,
    today: Date,
) -> String {
    let mut payments = String::new();
    let mut label = None;
    for row in rows.iter().filter(|row| row.kind == kind) {
        label.get_or_insert(&row.label);
        // Writing to a String cannot fail.
        let _ = write!(payments, "{}", payment(row, prefix, amount_type, today));
    }
    let Some(label) = label else { return format!("<p:{name}/>") };
    format!(
        r#"<p:{name}><p:Arenden><p:Arende lopnummer="1"><{prefix}:stodform>{form}</{prefix}:stodform><{prefix}:klartext>{label}</{prefix}:klartext><{prefix}:status>BESLUTAD</{prefix}:status><{prefix}:soktaTider/><{prefix}:BeviljadeTider/><{prefix}:UtbetalningsPlan>{payments}</{prefix}:UtbetalningsPlan></p:Arende></p:Arenden></p:{name}>"#,
        label = escape(label.as_str()),
    )
}

fn payment(row: &MonthlyRow<IncomeKind>, prefix: &str, amount_type: &str, today: Date) -> String {
    let kronor = row.amount.ore() / 100;
    let week = |day: Date| {
        let week = day.iso_week_date();
        format!("{:04}{:02}", week.year(), week.week())
    };
    format!(
        "<{prefix}:Utbetalning><t:utbetdatum>{date}</t:utbetdatum><t:utbetstatus>{state}</t:utbetstatus>\
         <t:Utbetaldatider><t:Utbetaldtid><t:startvecka>{first}</t:startvecka><t:slutvecka>{last}</t:slutvecka><t:Beloppen>\
         <t:Belopp><t:beloppstyp>{amount_type}</t:beloppstyp><t:klartext>{label}</t:klartext><t:belopp>{kronor}</t:belopp>\
         <t:totbelopp>{kronor}</t:totbelopp></t:Belopp></t:Beloppen><t:totbelopp>{kronor}</t:totbelopp></t:Utbetaldtid>\
         </t:Utbetaldatider><t:totbelopp>{kronor}</t:totbelopp></{prefix}:Utbetalning>",
        date = row.date.strftime("%Y%m%d"),
        state = if row.date <= today { "Utbetald" } else { "Planerad" },
        first = week(row.month.first_day()),
        last = week(row.month.last_day()),
        label = escape(row.label.as_str()),
    )
}
