use domain::authority::{RowKind, RowState};
use domain::kind::IncomeKind;

use super::*;

pub(super) const FK_WHOLE: &str = r#"{
  "utlamnare": [{"utlamnare": {"kod": "FK", "namn": "Försäkringskassan"}, "tillstand": {"kod": "OK", "beskrivning": "Tillgänglig"}}],
  "avvikelser": {},
  "formansinformation": {
    "utbetalningsuppgift": [
      {"typ": {"id": 1, "beskrivning": "Månad"}, "formansfamilj": {"id": "BOB", "beskrivning": "Bostadsbidrag"}, "datum": "2026-10-27",
       "period": {"fran": "2026-10", "till": "2026-10"}, "nettobelopp": {"summa": 1900, "valuta": "SEK"}},
      {"formansfamilj": {"id": "DAG", "beskrivning": "Dagersättning"}, "datum": "2026-10-23",
       "period": {"fran": "2026-09-01", "till": "2026-09-30"}, "nettobelopp": {"summa": 2831.50, "valuta": "SEK"},
       "utbetalningsdetalj": [
         {"forman": {"id": "AMP", "beskrivning": "Arbetsmarknadspolitiskt program"}, "beloppstyp": {"id": "EE", "beskrivning": "Etableringsersättning"}},
         {"forman": {"id": "AMP", "beskrivning": "Arbetsmarknadspolitiskt program"}, "beloppstyp": {"id": "PS", "beskrivning": "Preliminär skatt"}}]}
    ],
    "preliminarautbetalningar": [
      {"formansfamilj": {"id": "XYZ", "beskrivning": "Underhållsstöd"}, "datum": "2026-12-23", "period": {"fran": "2026-12-01"},
       "nettobelopp": {"summa": "1823.0"}}
    ]
  }
}"#;

pub(super) const PM_WHOLE: &str = r#"{
  "utlamnare": [
    {"utlamnare": {"kod": "FK"}, "tillstand": {"kod": "FELANDE"}},
    {"utlamnare": {"kod": "PM", "namn": "Pensionsmyndigheten"}, "tillstand": {"kod": "OK"}}],
  "utbetalningar": [
    {"utbetalningsdatum": "2026-11-18", "utbetalningsperiod": {"from": "2026-11-01", "tom": "2026-11-30"}, "bruttobelopp": 10550, "nettobelopp": 10550,
     "avdrag": [], "utbetalningsrader": [
       {"formansgrupp": {"kod": "PM:AP", "beskrivning": "Allmän pension"}, "belopp": 6240, "utbetalningsforman": {"kod": "PM:AP38", "beskrivning": "Allmän pension"}, "beloppstyp": {"kod": "PM:GARP", "beskrivning": "Garantipension"}},
       {"formansgrupp": {"kod": "PM:BTI", "beskrivning": "Bostads- och inkomststöd"}, "belopp": 4310, "utbetalningsforman": {"kod": "PM:BTP", "beskrivning": "Bostadstillägg"}, "beloppstyp": {"kod": "PM:BTP", "beskrivning": "Bostadstillägg"}}]}
  ],
  "preliminaraUtbetalningar": [
    {"utbetalningsdatum": "2026-12-18", "nettobelopp": 14109, "bruttobelopp": 16361,
     "avdrag": [{"belopp": -2252, "avdragstyp": {"kod": "PM:PS", "beskrivning": "Preliminär skatt"}}],
     "utbetalningsrader": [
       {"belopp": 852, "utbetalningsforman": {"kod": "PM:BTP", "beskrivning": "Bostadstillägg"}, "beloppstyp": {"kod": "PM:BTP", "beskrivning": "Bostadstillägg"}},
       {"belopp": 15509, "utbetalningsforman": {"kod": "PM:EP", "beskrivning": "Efterlevandepension"}, "beloppstyp": {"kod": "PM:ANKEP", "beskrivning": "Änkepension"}}]}
  ]
}"#;

fn row(label: &str, kind: IncomeKind, amount: &str, paid: (i16, i8, i8), state: RowState) -> AuthorityRow {
    AuthorityRow {
        label: label.to_owned(),
        kind: RowKind::Income(kind),
        amount: kronor(amount),
        pay_date: Some(date(paid.0, paid.1, paid.2)),
        period: None,
        state,
    }
}

#[test]
fn payments_of_forsakringskassan() {
    let answer = read_lefi(Agency::Fk, FK_WHOLE);
    let expected = [
        AuthorityRow {
            period: Some((date(2026, 10, 1), date(2026, 10, 31))),
            ..row("Bostadsbidrag", IncomeKind::HousingBenefit, "1900", (2026, 10, 27), RowState::Paid)
        },
        AuthorityRow {
            period: Some((date(2026, 9, 1), date(2026, 9, 30))),
            ..row("Etableringsersättning", IncomeKind::IntroductionBenefit, "2831.50", (2026, 10, 23), RowState::Paid)
        },
        row("Underhållsstöd", IncomeKind::Maintenance, "1823", (2026, 12, 23), RowState::Planned),
    ];
    assert!(matches!(&answer, Answer::Answered(content) if content.rows == expected), "{answer:?}");
}

#[test]
fn payments_of_pensionsmyndigheten() {
    let answer = read_lefi(Agency::Pm, PM_WHOLE);
    let november = Some((date(2026, 11, 1), date(2026, 11, 30)));
    let expected = [
        AuthorityRow {
            period: november,
            ..row("Garantipension", IncomeKind::Pension, "6240", (2026, 11, 18), RowState::Paid)
        },
        AuthorityRow {
            period: november,
            ..row("Bostadstillägg", IncomeKind::HousingSupplement, "4310", (2026, 11, 18), RowState::Paid)
        },
        row("Bostadstillägg, Änkepension", IncomeKind::Pension, "14109", (2026, 12, 18), RowState::Planned),
    ];
    assert!(matches!(&answer, Answer::Answered(content) if content.rows == expected), "{answer:?}");
}

#[test]
fn families_are_known_by_code_or_by_words() {
    for (id, words, kind) in [
        ("BOB", "Bostadsbidrag", IncomeKind::HousingBenefit),
        ("FK:BOB", "", IncomeKind::HousingBenefit),
        ("BST", "Bostadstillägg", IncomeKind::HousingSupplement),
        ("ABB", "Barnbidrag", IncomeKind::ChildBenefit),
        ("MABB", "Barnbidrag", IncomeKind::ChildBenefit),
        ("?", "Flerbarnstillägg", IncomeKind::ChildBenefit),
        ("TFP", "Tillfällig föräldrapenning", IncomeKind::ParentalBenefit),
        ("FSJP", "Förebyggande sjukpenning", IncomeKind::SicknessBenefit),
        ("?", "Sjukersättning", IncomeKind::DisabilityBenefit),
        ("?", "Aktivitetsersättning", IncomeKind::DisabilityBenefit),
        ("?", "AKTIVITETSSTÖD", IncomeKind::ActivitySupport),
        ("US", "Underhållsstöd", IncomeKind::Maintenance),
        ("AP", "Allmän pension", IncomeKind::Pension),
        ("HE", "Handikappersättning", IncomeKind::Other),
        ("NYTT", "Helt ny förmån", IncomeKind::Other),
    ] {
        let answer = read_lefi(Agency::Fk, &fk(&format!(r#"{{"id":"{id}","beskrivning":"{words}"}}"#), "[]"));
        let [row] = rows(&answer) else { panic!("{answer:?}") };
        assert_eq!(row.kind, RowKind::Income(kind), "{id} {words}");
    }
}

#[test]
fn details_that_disagree_leave_it_to_a_human() {
    let detail = |words: &str| format!(r#"{{"beloppstyp":{{"id":"X","beskrivning":"{words}"}}}}"#);
    let both = format!("[{},{}]", detail("Sjukpenning"), detail("Föräldrapenning"));
    let unknown = format!("[{},{}]", detail("Sjukpenning"), detail("Något nytt"));
    let same = format!("[{},{}]", detail("Sjukpenning"), detail("Sjukpenning på fortsättningsnivå"));
    for (details, label, kind) in [
        (both, "Dagersättning", IncomeKind::Other),
        (unknown, "Dagersättning", IncomeKind::Other),
        (same, "Sjukpenning", IncomeKind::SicknessBenefit),
        ("[]".to_owned(), "Dagersättning", IncomeKind::Other),
        ("null".to_owned(), "Dagersättning", IncomeKind::Other),
    ] {
        let answer = read_lefi(Agency::Fk, &fk(r#"{"id":"DAG","beskrivning":"Dagersättning"}"#, &details));
        let [row] = rows(&answer) else { panic!("{answer:?}") };
        assert_eq!((row.label.as_str(), row.kind), (label, RowKind::Income(kind)), "{details}");
    }
}

/// An answer with one payment of a family with details.
fn fk(family: &str, details: &str) -> String {
    format!(
        r#"{{"utlamnare":[{{"utlamnare":{{"kod":"FK"}},"tillstand":{{"kod":"OK"}}}}],"formansinformation":{{"utbetalningsuppgift":[
           {{"formansfamilj":{family},"datum":"2026-10-27","nettobelopp":{{"summa":100}},"utbetalningsdetalj":{details}}}]}}}}"#
    )
}

#[test]
fn the_state_of_the_agency_decides_what_absence_means() {
    let state =
        |code: &str| format!(r#"{{"utlamnare":[{{"utlamnare":{{"kod":"FK"}},"tillstand":{{"kod":"{code}"}}}}]}}"#);
    assert_eq!(read_lefi(Agency::Fk, &state("OK")), Answer::NothingFound);
    assert_eq!(read_lefi(Agency::Fk, &state("FELANDE")), Answer::Failed(refused("FELANDE")));
    let unreachable = Failure { kind: FailureKind::Unreachable, code: Some("OTILLGANGLIG".to_owned()) };
    assert_eq!(read_lefi(Agency::Fk, &state("OTILLGANGLIG")), Answer::Failed(unreachable));
    // An agency that the answer does not speak of has not answered.
    assert_eq!(read_lefi(Agency::Pm, &state("OK")), Answer::Failed(MALFORMED));
    assert_eq!(read_lefi(Agency::Fk, "{}"), Answer::Failed(MALFORMED));
}

#[test]
fn deviations_are_gaps_of_the_agency_that_they_are_about() {
    let answer = |agency: Agency, group: &str| {
        let prefix = agency.code().to_uppercase();
        read_lefi(
            agency,
            &format!(
                r#"{{"utlamnare":[{{"utlamnare":{{"kod":"{prefix}"}},"tillstand":{{"kod":"OK"}}}}],
               "avvikelser":{{"utbetalningar":[{{"avvikelse":{{"kod":"INTERNT_FEL"}},"formansgrupp":{{"kod":"{group}","beskrivning":"x"}}}}],
               "ansprak":[{{"avvikelse":{{"kod":"OBEHORIG"}},"formansgrupp":{{"kod":"PM:AP","beskrivning":"x"}}}}]}}}}"#
            ),
        )
    };
    assert_eq!(answer(Agency::Fk, "FK:SJP"), partly_nothing(refused("INTERNT_FEL")));
    assert_eq!(answer(Agency::Fk, "PM:AP"), Answer::NothingFound);
    assert_eq!(answer(Agency::Pm, "PM:AP"), partly_nothing(refused("INTERNT_FEL")));
}

#[test]
fn a_payment_that_cannot_be_read_hides_no_other() {
    for (from, to) in [
        (r#""datum": "2026-10-27""#, r#""datum": "i går""#),
        (r#""summa": 1900,"#, r#""summa": 1900.005,"#),
        (r#""summa": 1900,"#, r#""summa": null,"#),
        (r#""nettobelopp": {"summa": 1900, "valuta": "SEK"}"#, r#""bruttobelopp": {}"#),
        (r#"{"id": "BOB", "beskrivning": "Bostadsbidrag"}"#, r#""Bostadsbidrag""#),
    ] {
        let text = FK_WHOLE.replacen(from, to, 1);
        assert_ne!(text, FK_WHOLE, "{from}");
        let answer = read_lefi(Agency::Fk, &text);
        assert!(
            matches!(&answer, Answer::Partly { content, missing } if content.rows.len() == 2 && missing == &[MALFORMED]),
            "{to}: {answer:?}"
        );
    }
}

#[test]
fn money_taken_back_is_a_negative_row() {
    let text = FK_WHOLE.replacen(r#""summa": 1900,"#, r#""summa": -312.75,"#, 1);
    assert_eq!(rows(&read_lefi(Agency::Fk, &text))[0].amount, kronor("-312.75"));
}
