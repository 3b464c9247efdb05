use domain::authority::{Fact, RowKind, RowState};
use domain::kind::IncomeKind;

use super::*;

pub(super) const CSN_WHOLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<CSNSvar schemaVersion="4.0" xmlns="http://schema.csn.se/v4.0/kommunfraga" xmlns:p="http://schema.csn.se/v4.0/person" xmlns:t="http://schema.csn.se/v4.0/csntyper" xmlns:s="http://schema.csn.se/v4.0/studiemedel">
<GemensamtSvarEkbistand><Resultat><ResultatKod>0</ResultatKod><ResultatText>OK</ResultatText></Resultat></GemensamtSvarEkbistand><GemensamtFragaEkbistand/>
<Personer><Person personnummer="9006022397" sekel="19" Status="          ">
<p:Studiemedel><p:Arenden><p:Arende lopnummer="1"><s:stodform>GRUND</s:stodform><s:klartext>Studiemedel för studier i Sverige</s:klartext><s:status>BESLUTAD</s:status>
<s:UtbetalningsPlan>
<s:Utbetalning><t:utbetdatum>20261023</t:utbetdatum><t:utbetstatus>Utbetald</t:utbetstatus><t:Utbetaldatider><t:Utbetaldtid><t:startvecka>202640</t:startvecka><t:slutvecka>202644</t:slutvecka></t:Utbetaldtid></t:Utbetaldatider><t:totbelopp>4768</t:totbelopp></s:Utbetalning>
<s:Utbetalning><t:utbetdatum>0</t:utbetdatum><t:utbetstatus>Planerad</t:utbetstatus><t:Utbetaldatider/><t:totbelopp>4768</t:totbelopp></s:Utbetalning>
</s:UtbetalningsPlan></p:Arende></p:Arenden></p:Studiemedel>
<p:Studiehjalp/><p:HemutrustningsLan/><p:Studiestartsstod/>
<p:Omstallningsstudiestod><p:Arenden><p:Arende lopnummer="2"><stodform>OSS</stodform><klartext>Omställningsstudiestöd</klartext><status>INITIERAT</status><UtbetalningsPlan/></p:Arende></p:Arenden></p:Omstallningsstudiestod>
</Person></Personer></CSNSvar>"#;

pub(super) const AF_WHOLE: &str = r"<b:data><Svar><IdentitetsbeteckningFysiskPerson>199006022397</IdentitetsbeteckningFysiskPerson>
<ArbetssokandeInfo><Arbetssokande>true</Arbetssokande><ArbetssokandeRegistrerad>2025-06-02+02:00</ArbetssokandeRegistrerad>
<AktivetetsRapportDatum><AktivitetsRapportMeddelande>200</AktivitetsRapportMeddelande></AktivetetsRapportDatum></ArbetssokandeInfo>
<BeslutInfo><EkonomiskaBeslut><Beslut><ErsattningTyp>Aktivitetsstöd</ErsattningTyp><Omfattning>100</Omfattning><BeslutFrom>2026-06-01</BeslutFrom><BeslutTom>2026-12-31</BeslutTom></Beslut>
<Beslut><ErsattningTyp>Gammalt stöd</ErsattningTyp><Omfattning>100</Omfattning><BeslutFrom>2024-06-01</BeslutFrom><BeslutTom>2024-12-31</BeslutTom></Beslut></EkonomiskaBeslut></BeslutInfo>
<StatusSokandeinformationKod>0</StatusSokandeinformationKod></Svar></b:data>";

pub(super) const SO_WHOLE: &str = r"<b:data><IdentificationNumber>199006022397</IdentificationNumber><ArbetsloshetsersattningLista>
<Arbetsloshetsersattning><SvarandeOrganisation>Kassan</SvarandeOrganisation><StatusSvarandeOrganisation>1</StatusSvarandeOrganisation>
<Utbetalningar><Utbetalningsdatum>2026-10-26</Utbetalningsdatum><NettoEfterSkatt>7400.50</NettoEfterSkatt><NettoEfterAvdrag>7215.50</NettoEfterAvdrag><Ersattningsdagar>22</Ersattningsdagar><AvserFrom>2026-09-01</AvserFrom><AvserTom>2026-09-30</AvserTom></Utbetalningar>
<Utbetalningar><Utbetalningsdatum>2026-12-24</Utbetalningsdatum><NettoEfterSkatt>1</NettoEfterSkatt><NettoEfterAvdrag>1</NettoEfterAvdrag><Ersattningsdagar>1</Ersattningsdagar><AvserFrom>2026-12-01</AvserFrom><AvserTom>2026-11-30</AvserTom></Utbetalningar>
</Arbetsloshetsersattning></ArbetsloshetsersattningLista></b:data>";

pub(super) const SKV_WHOLE: &str = r#"<b:data><svar><![CDATA[<?xml version="1.0" encoding="UTF-8"?>
<Svar xmlns="urn:s" xmlns:b="urn:b" xmlns:f="urn:f"><PersonuppgiftLista><Personuppgift><f:IdentitetsbeteckningFysiskPerson>199006022397</f:IdentitetsbeteckningFysiskPerson>
<Kapitaluppgift><b:Taxeringsar>2026</b:Taxeringsar><b:SummaIntakterPaKapital>84</b:SummaIntakterPaKapital><b:OverskottPaKapital>80</b:OverskottPaKapital></Kapitaluppgift>
<Kapitaluppgift><b:Taxeringsar>2025</b:Taxeringsar><b:OverskottPaKapital>12</b:OverskottPaKapital></Kapitaluppgift>
</Personuppgift></PersonuppgiftLista></Svar>]]></svar></b:data>"#;

pub(super) fn csn_data(inner: &str) -> String {
    // The type is base64Binary, which may be broken into lines.
    let encoded = STANDARD.encode(inner);
    let (first, rest) = encoded.split_at(encoded.len() / 2);
    format!("<b:data><b:svar>{first}\n  {rest}</b:svar></b:data>")
}

fn csn(inner: &str) -> Answer {
    read(Agency::Csn, &csn_data(inner))
}

/// The text with one piece replaced, which must be there.
fn with(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn study_aid() {
    let answer = csn(CSN_WHOLE);
    let row = AuthorityRow {
        label: "Studiemedel för studier i Sverige".to_owned(),
        kind: RowKind::Income(IncomeKind::StudyAid),
        amount: kronor("4768"),
        pay_date: Some(date(2026, 10, 23)),
        period: Some((date(2026, 9, 28), date(2026, 11, 1))),
        state: RowState::Paid,
    };
    let planned = AuthorityRow { pay_date: None, period: None, state: RowState::Planned, ..row.clone() };
    let content = Content {
        rows: vec![row, planned],
        facts: vec![Fact::UnderWay { label: "Omställningsstudiestöd".to_owned() }],
    };
    assert_eq!(answer, Answer::Answered(content));
}

#[test]
fn study_aid_that_is_not_whole() {
    for (from, to) in [("20261023", "20261323"), ("Planerad", "Kanske"), ("<t:totbelopp>4768", "<t:totbelopp>mycket")] {
        let answer = csn(&with(CSN_WHOLE, from, to));
        assert!(
            matches!(&answer, Answer::Partly { content, missing } if content.rows.len() == 1 && missing == &[MALFORMED]),
            "{to}: {answer:?}"
        );
    }
    assert_eq!(csn(&with(CSN_WHOLE, ">0</ResultatKod", ">17</ResultatKod")), Answer::Failed(refused("17")));
    assert_eq!(csn(&with(CSN_WHOLE, "9006022397", "9006022398")), Answer::Failed(MALFORMED));
    assert_eq!(csn(&with(CSN_WHOLE, r#"sekel="19""#, r#"sekel="20""#)), Answer::Failed(MALFORMED));
    assert_eq!(csn(&with(CSN_WHOLE, r#" schemaVersion="4.0""#, "")), Answer::Failed(MALFORMED));
    assert_eq!(csn(&CSN_WHOLE.replace("CSNSvar", "Annat")), Answer::Failed(MALFORMED));
    let older = csn(&with(CSN_WHOLE, r#"schemaVersion="4.0""#, r#"schemaVersion="3.0""#));
    assert!(matches!(&older, Answer::Partly { content, .. } if content.rows.len() == 2), "{older:?}");
    let (before, _) = CSN_WHOLE.split_once("<Person ").unwrap();
    assert_eq!(csn(&format!("{before}</Personer></CSNSvar>")), Answer::NothingFound);
}

#[test]
fn a_job_seeker() {
    let registered = Fact::RegisteredJobSeeker { since: date(2025, 6, 2) };
    let decision = Fact::UnderWay { label: "Aktivitetsstöd".to_owned() };
    let facts = vec![registered, decision.clone()];
    assert_eq!(read(Agency::Af, AF_WHOLE), Answer::Answered(Content { rows: Vec::new(), facts }));

    let left = with(
        AF_WHOLE,
        "<AktivetetsRapportDatum>",
        "<ArbetssokandeAvaktualiserad>2026-01-01</ArbetssokandeAvaktualiserad><AktivetetsRapportDatum>",
    );
    let only_decision = Content { rows: Vec::new(), facts: vec![decision] };
    assert_eq!(read(Agency::Af, &left), Answer::Answered(only_decision.clone()));
    let no_longer = with(AF_WHOLE, "<Arbetssokande>true", "<Arbetssokande>false");
    assert_eq!(read(Agency::Af, &no_longer), Answer::Answered(only_decision));
}

#[test]
fn a_job_seeker_who_is_not_wholly_known() {
    let missing = |text: &str| match read(Agency::Af, text) {
        Answer::Partly { missing, .. } => missing,
        answer => panic!("{answer:?}"),
    };
    let report = with(AF_WHOLE, ">200<", ">502<");
    assert_eq!(missing(&report), [refused("502")]);
    let status = with(AF_WHOLE, "Kod>0<", "Kod>3<");
    assert_eq!(missing(&status), [refused("3")]);
    let when = with(AF_WHOLE, "2025-06-02+02:00", "nyss");
    assert_eq!(missing(&when), [MALFORMED]);
    let decision = with(AF_WHOLE, "<BeslutTom>2026-12-31</BeslutTom>", "");
    assert_eq!(missing(&decision), [MALFORMED]);

    let bare = "<b:data><Svar><IdentitetsbeteckningFysiskPerson>199006022397</IdentitetsbeteckningFysiskPerson><StatusSokandeinformationKod>0</StatusSokandeinformationKod></Svar></b:data>";
    assert_eq!(read(Agency::Af, bare), Answer::NothingFound);
    assert_eq!(read(Agency::Af, &with(bare, ">0<", ">9<")), Answer::Failed(refused("9")));
    assert_eq!(read(Agency::Af, &with(bare, PERSON, "199107172380")), Answer::Failed(MALFORMED));
    assert_eq!(
        read(Agency::Af, &with(bare, "StatusSokandeinformationKod>0</StatusSokandeinformationKod>", "X/>")),
        Answer::Failed(MALFORMED)
    );
}

#[test]
fn unemployment_benefit() {
    let answer = read(Agency::So, SO_WHOLE);
    let [first, second] = rows(&answer) else { panic!("{answer:?}") };
    assert!(matches!(answer, Answer::Answered(_)));
    assert_eq!(first.amount, kronor("7215.50"));
    assert_eq!(first.period, Some((date(2026, 9, 1), date(2026, 9, 30))));
    assert_eq!((first.state, second.state), (RowState::Paid, RowState::Planned));
    assert_eq!(second.period, None);
    assert_eq!(first.kind, RowKind::Income(IncomeKind::UnemploymentBenefit));
}

#[test]
fn each_fund_answers_for_itself() {
    let fund = |status: &str, inside: &str| {
        format!(
            "<Arbetsloshetsersattning><SvarandeOrganisation>K</SvarandeOrganisation><StatusSvarandeOrganisation>{status}</StatusSvarandeOrganisation>{inside}</Arbetsloshetsersattning>"
        )
    };
    let answer = |funds: &str| {
        read(
            Agency::So,
            &format!(
                "<b:data><IdentificationNumber>{PERSON}</IdentificationNumber><ArbetsloshetsersattningLista>{funds}</ArbetsloshetsersattningLista></b:data>"
            ),
        )
    };
    let applied =
        "<AnsoktOmErsattning><AnsokanOmUtbetalningInlamnad>true</AnsokanOmUtbetalningInlamnad></AnsoktOmErsattning>";
    assert_eq!(answer(""), Answer::NothingFound);
    assert_eq!(answer(&fund("all clear", "")), Answer::NothingFound);
    assert_eq!(answer(&fund("1", "")), Answer::Failed(refused("1")));
    assert_eq!(answer(&(fund("1", "") + &fund("all clear", ""))), partly_nothing(refused("1")));
    let facts = vec![Fact::UnderWay { label: "Arbetslöshetsersättning".to_owned() }];
    assert_eq!(answer(&fund("all clear", applied)), Answer::Answered(Content { rows: Vec::new(), facts }));
    assert_eq!(read(Agency::So, &with(SO_WHOLE, PERSON, "199107172380")), Answer::Failed(MALFORMED));
}

#[test]
fn income_from_capital() {
    let answer = read(Agency::Skv, SKV_WHOLE);
    let [last_year, before] = rows(&answer) else { panic!("{answer:?}") };
    assert_eq!((last_year.amount, before.amount), (kronor("84"), kronor("12")));
    assert_eq!(last_year.period, Some((date(2025, 1, 1), date(2025, 12, 31))));
    assert_eq!((last_year.kind, last_year.pay_date), (RowKind::Income(IncomeKind::Capital), None));

    let gap = read(Agency::Skv, &with(SKV_WHOLE, "<b:OverskottPaKapital>12</b:OverskottPaKapital>", ""));
    assert!(matches!(&gap, Answer::Partly { content, .. } if content.rows.len() == 1), "{gap:?}");
    assert_eq!(read(Agency::Skv, &with(SKV_WHOLE, PERSON, "199107172380")), Answer::Failed(MALFORMED));
    let inside = r#"<b:data><svar><![CDATA[<!DOCTYPE x [<!ENTITY y "z">]><Svar><PersonuppgiftLista>&y;</PersonuppgiftLista></Svar>]]></svar></b:data>"#;
    assert_eq!(read(Agency::Skv, inside), Answer::Failed(MALFORMED));
}
