//! Försäkringskassan and Pensionsmyndigheten, which answer as JSON of LEFI Online in base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Money;
use domain::kind::IncomeKind;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::value::RawValue;

use super::Rows;
use crate::authorities::world::World;
use crate::people::MonthlyRow;

type Income = MonthlyRow<IncomeKind>;

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(rename = "utlamnare")]
    providers: [Provider; 1],
    #[serde(rename = "avvikelser")]
    deviations: Deviations,
    #[serde(rename = "formansinformation", skip_serializing_if = "Option::is_none")]
    information: Option<Information<'a>>,
    #[serde(rename = "utbetalningar", skip_serializing_if = "Vec::is_empty")]
    paid: Vec<PmPayment<'a>>,
    #[serde(rename = "preliminaraUtbetalningar", skip_serializing_if = "Vec::is_empty")]
    planned: Vec<PmPayment<'a>>,
}

#[derive(Serialize)]
struct Provider {
    #[serde(rename = "utlamnare")]
    provider: Named,
    #[serde(rename = "tillstand")]
    state: Described,
}

#[derive(Serialize)]
struct Named {
    kod: &'static str,
    namn: &'static str,
}

#[derive(Serialize)]
struct Described {
    kod: &'static str,
    beskrivning: &'static str,
}

#[derive(Serialize, Default)]
struct Deviations {
    #[serde(rename = "utbetalningar", skip_serializing_if = "Vec::is_empty")]
    paid: Vec<Deviation>,
}

#[derive(Serialize)]
struct Deviation {
    #[serde(rename = "avvikelse")]
    reason: Described,
    #[serde(rename = "formansgrupp")]
    group: Described,
}

#[derive(Serialize)]
struct Information<'a> {
    #[serde(rename = "utbetalningsuppgift")]
    paid: Vec<FkPayment<'a>>,
    #[serde(rename = "preliminarautbetalningar")]
    planned: Vec<FkPayment<'a>>,
}

#[derive(Serialize)]
struct FkPayment<'a> {
    typ: NumberCode,
    foretag: NumberCode,
    formansfamilj: LetterCode<'a>,
    datum: Date,
    period: Span,
    bruttobelopp: Amount,
    skattebelopp: Amount,
    avdragsbelopp: Amount,
    nettobelopp: Amount,
    utbetalningsdetalj: [FkDetail<'a>; 1],
}

#[derive(Serialize)]
struct FkDetail<'a> {
    forman: LetterCode<'a>,
    period: Span,
    beloppstyp: LetterCode<'a>,
    bruttobelopp: Amount,
}

#[derive(Serialize)]
struct NumberCode {
    id: u16,
    beskrivning: &'static str,
}

#[derive(Serialize)]
struct LetterCode<'a> {
    id: &'static str,
    beskrivning: &'a str,
}

#[derive(Serialize)]
struct Span {
    #[serde(rename = "fran")]
    first: Date,
    #[serde(rename = "till")]
    last: Date,
}

/// A JSON number written as it is, since a float could not be trusted with it.
#[derive(Serialize)]
struct Amount {
    summa: Option<Box<RawValue>>,
    valuta: &'static str,
}

#[derive(Serialize)]
struct PmPayment<'a> {
    utbetalningsdatum: Date,
    utbetalningsperiod: PmSpan,
    bruttobelopp: i64,
    nettobelopp: i64,
    avdrag: [(); 0],
    utbetalningsrader: Vec<PmPart<'a>>,
}

#[derive(Serialize)]
struct PmSpan {
    from: Date,
    tom: Date,
}

#[derive(Serialize)]
struct PmPart<'a> {
    formansgrupp: Described,
    belopp: i64,
    utbetalningsforman: PmCode<'a>,
    beloppstyp: PmCode<'a>,
}

#[derive(Serialize)]
struct PmCode<'a> {
    kod: &'static str,
    beskrivning: &'a str,
}

pub(super) fn fk(world: &World, rows: &Rows, partly: bool) -> String {
    let missing = Described { kod: "FK:SJP", beskrivning: "Sjukpenning" };
    let (paid, planned): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.date <= world.today);
    let information = Information {
        paid: paid.into_iter().map(fk_payment).collect(),
        planned: planned.into_iter().map(fk_payment).collect(),
    };
    let information = (!rows.is_empty()).then_some(information);
    data(&Answer {
        providers: [provider("FK", "OK", "Tillgänglig")],
        deviations: deviations(partly, missing),
        information,
        paid: Vec::new(),
        planned: Vec::new(),
    })
}

/// What Pensionsmyndigheten says. What falls on one day is one payment with several rows.
pub(super) fn pm(world: &World, rows: &Rows, partly: bool) -> String {
    let missing = Described { kod: "PM:BTI", beskrivning: "Bostads- och inkomststöd" };
    let payments: Vec<_> = rows.chunk_by(|one, other| one.date == other.date).collect();
    let (paid, planned): (Vec<_>, Vec<_>) = payments.into_iter().partition(|rows| rows[0].date <= world.today);
    data(&Answer {
        providers: [provider("PM", "OK", "Tillgänglig")],
        deviations: deviations(partly, missing),
        information: None,
        paid: paid.into_iter().filter_map(pm_payment).collect(),
        planned: planned.into_iter().filter_map(pm_payment).collect(),
    })
}

/// What is said when Pensionsmyndigheten cannot be reached.
pub(super) fn unavailable() -> String {
    data(&Answer {
        providers: [provider("PM", "OTILLGANGLIG", "Otillgänglig")],
        deviations: Deviations::default(),
        information: None,
        paid: Vec::new(),
        planned: Vec::new(),
    })
}

fn data(answer: &Answer<'_>) -> String {
    // Structs of texts and numbers always have a spelling; an empty answer would be refused as such.
    let json = serde_json::to_vec(answer).unwrap_or_default();
    format!("<ssbt:data><ssbt:lefiJsonSvar>{}</ssbt:lefiJsonSvar></ssbt:data>", STANDARD.encode(json))
}

fn provider(kod: &'static str, state: &'static str, words: &'static str) -> Provider {
    let namn = if kod == "FK" { "Försäkringskassan" } else { "Pensionsmyndigheten" };
    Provider { provider: Named { kod, namn }, state: Described { kod: state, beskrivning: words } }
}

fn deviations(partly: bool, group: Described) -> Deviations {
    let reason = Described { kod: "INTERNT_FEL", beskrivning: "Internt fel" };
    Deviations { paid: if partly { vec![Deviation { reason, group }] } else { Vec::new() } }
}

fn fk_payment(row: &Income) -> FkPayment<'_> {
    let span = || Span { first: row.month.first_day(), last: row.month.last_day() };
    let (family, family_words, benefit, amount_type) = fk_codes(row.kind, &row.label);
    FkPayment {
        typ: NumberCode { id: 1, beskrivning: "Månad" },
        foretag: NumberCode { id: 1001, beskrivning: "Försäkringskassan" },
        formansfamilj: LetterCode { id: family, beskrivning: family_words },
        datum: row.date,
        period: span(),
        bruttobelopp: amount(row.amount),
        skattebelopp: amount(Money::ZERO),
        avdragsbelopp: amount(Money::ZERO),
        nettobelopp: amount(row.amount),
        utbetalningsdetalj: [FkDetail {
            forman: LetterCode { id: benefit, beskrivning: family_words },
            period: span(),
            beloppstyp: LetterCode { id: amount_type, beskrivning: &row.label },
            bruttobelopp: amount(row.amount),
        }],
    }
}

/// Family, its words, benefit and amount type. The daily benefits share a family that says nothing.
fn fk_codes(kind: IncomeKind, label: &str) -> (&'static str, &str, &'static str, &'static str) {
    let daily = "Dagersättning";
    match kind {
        IncomeKind::HousingBenefit => ("BOB", label, "BOB", "BOB"),
        IncomeKind::ChildBenefit => ("ABB", label, "ABB", "ABB"),
        IncomeKind::ParentalBenefit => ("FP", label, "FP", "FP"),
        IncomeKind::SicknessBenefit => ("SJP", label, "SJP", "SJP"),
        IncomeKind::DisabilityBenefit => ("SA", label, "SA", "SA"),
        IncomeKind::Maintenance => ("US", label, "US", "US"),
        IncomeKind::ActivitySupport => ("DAG", daily, "AMP", "AS"),
        IncomeKind::IntroductionBenefit => ("DAG", daily, "AMP", "EE"),
        _ => ("OVR", label, "OVR", "OVR"),
    }
}

fn amount(money: Money) -> Amount {
    Amount { summa: RawValue::from_string(money.to_string()).ok(), valuta: "SEK" }
}

fn pm_payment(rows: &[Income]) -> Option<PmPayment<'_>> {
    let month = rows.first()?.month;
    let kronor = |row: &Income| row.amount.ore() / 100;
    let total = rows.iter().map(kronor).sum();
    Some(PmPayment {
        utbetalningsdatum: rows.first()?.date,
        utbetalningsperiod: PmSpan { from: month.first_day(), tom: month.last_day() },
        bruttobelopp: total,
        nettobelopp: total,
        avdrag: [],
        utbetalningsrader: rows.iter().map(|row| pm_part(row, kronor(row))).collect(),
    })
}

fn pm_part(row: &Income, belopp: i64) -> PmPart<'_> {
    let words = row.label.as_str();
    let (group, group_words, benefit, amount_type) = match row.kind {
        IncomeKind::HousingSupplement => ("PM:BTI", "Bostads- och inkomststöd", "PM:BTP", "PM:BTP"),
        _ => ("PM:AP", "Allmän pension", "PM:AP38", "PM:GARP"),
    };
    PmPart {
        formansgrupp: Described { kod: group, beskrivning: group_words },
        belopp,
        utbetalningsforman: PmCode { kod: benefit, beskrivning: words },
        beloppstyp: PmCode { kod: amount_type, beskrivning: words },
    }
}
