//! Against the authorities' own contract and samples. `./dev test` runs these where both are at hand.

use super::super::lefi;
use super::*;
use crate::authority::contract;

#[test]
#[ignore = "needs the authorities' contract, and xmllint"]
fn requests_are_valid_by_the_contract() {
    let about = |agency: &Agency| request::about(*agency, &board(), &question());
    let envelopes = Agency::ALL.iter().map(about).chain([request::ping()]);
    let bodies: Vec<_> = envelopes.map(|envelope| contract::soap_body(&envelope)).collect();
    contract::assert_valid(&contract::folder().join(contract::COMPOSITE), &bodies);
}

#[test]
#[ignore = "needs the authorities' contract, and xmllint"]
fn every_group_of_the_contract_is_asked_for() {
    let folder = contract::folder();
    let lefi = "contract/se/forsakringskassan/schema/lefi/lefi-formansinformation-v9.openapi.yaml";
    let contract = std::fs::read_to_string(folder.join(lefi)).unwrap();
    let (_, groups) = contract.split_once("    LefiExternFormanGruppKod:").unwrap();
    let (_, groups) = groups.split_once("enum:").unwrap();
    let codes: Vec<_> = groups.lines().skip(1).map_while(|line| line.trim().strip_prefix("- ")).collect();
    assert_eq!(codes.len(), 30);
    for agency in [Agency::Fk, Agency::Pm] {
        let asked = lefi::question(agency, &question());
        let prefix = format!("{}:", agency.code().to_uppercase());
        for code in codes.iter().filter(|code| code.starts_with(&prefix)) {
            assert_eq!(asked.matches(&format!("\"{code}\"")).count(), 2, "{code} among payments made and planned");
        }
    }
}

#[test]
#[ignore = "needs the authorities' contract, and xmllint"]
fn the_agencies_own_samples_are_understood() {
    let folder = contract::folder();
    let sample = |name: &str| std::fs::read_to_string(folder.join("answers").join(name)).unwrap();
    // The samples are about a number that is no identity number; ours stands in for it.
    let answer = |agency, text: String| response::read(&text, agency, &question());
    assert_eq!(answer(Agency::Fk, sample("fk-response.xml")), Answer::NothingFound);

    let so = answer(Agency::So, sample("so-response.xml").replace("199001011234", PERSON));
    let [row] = rows(&so) else { panic!("{so:?}") };
    assert_eq!((row.amount, row.pay_date), (kronor("1250.50"), Some(date(2013, 11, 23))));

    let af = answer(Agency::Af, sample("af-response.xml").replace("199001011234", PERSON));
    let since = date(2016, 11, 18);
    let facts = &af.content().unwrap().facts;
    assert_eq!(facts.as_slice(), [domain::authority::Fact::RegisteredJobSeeker { since }]);

    let csn = sample("csn-response.xml");
    let (before, rest) = csn.split_once("<ssbt:svar>").unwrap();
    let (encoded, after) = rest.split_once("</ssbt:svar>").unwrap();
    let inner = String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap().replace("9001011234", &PERSON[2..]);
    let csn = format!("{before}<ssbt:svar>{}</ssbt:svar>{after}", STANDARD.encode(inner));
    let old = Failure { kind: FailureKind::Malformed, code: Some("schema-3.0".to_owned()) };
    assert_eq!(answer(Agency::Csn, csn), partly_nothing(old));

    for (agency, name) in
        [(Agency::So, "so-response.xml"), (Agency::Af, "af-response.xml"), (Agency::Csn, "csn-response.xml")]
    {
        assert_eq!(answer(agency, sample(name)), Answer::Failed(MALFORMED), "{name} is about somebody else");
    }
}
