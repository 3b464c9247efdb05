use crate::authority::contract;

use super::*;

#[test]
fn each_agency_is_asked_alone() {
    for agency in Agency::ALL {
        let envelope = request::about(*agency, &board(), &question());
        assert_eq!(envelope.matches(r#"inkludera="true""#).count(), 1, "{agency:?}");
        assert_eq!(envelope.matches(r#"inkludera="false""#).count(), 6, "{agency:?}");
        assert!(envelope.contains(&format!(r#"<ssbt:{} inkludera="true">"#, request::element(*agency))));
    }
}

#[test]
fn requests_are_as_agreed() {
    for agency in [Agency::Af, Agency::Fk, Agency::Pm] {
        let readable = request::about(agency, &board(), &question()).replace("><", ">\n<");
        insta::assert_snapshot!(format!("request_{}", agency.code()), readable);
    }
    insta::assert_snapshot!("lefi_fk", super::super::lefi::question(Agency::Fk, &question()));
    insta::assert_snapshot!("lefi_pm", super::super::lefi::question(Agency::Pm, &question()));
}

#[test]
fn requests_are_valid_by_the_contract() {
    let Some(folder) = contract::folder() else { return };
    for agency in Agency::ALL {
        let envelope = request::about(*agency, &board(), &question());
        contract::assert_valid(&folder.join(contract::COMPOSITE), &contract::soap_body(&envelope));
    }
    contract::assert_valid(&folder.join(contract::COMPOSITE), &contract::soap_body(&request::ping()));
}

#[test]
fn every_group_of_the_contract_is_asked_for() {
    let Some(folder) = contract::folder() else { return };
    let lefi = "contract/se/forsakringskassan/schema/lefi/lefi-formansinformation-v9.openapi.yaml";
    let contract = std::fs::read_to_string(folder.join(lefi)).unwrap();
    let (_, groups) = contract.split_once("    LefiExternFormanGruppKod:").unwrap();
    let (_, groups) = groups.split_once("enum:").unwrap();
    let codes: Vec<_> = groups.lines().skip(1).map_while(|line| line.trim().strip_prefix("- ")).collect();
    assert_eq!(codes.len(), 30);
    for agency in [Agency::Fk, Agency::Pm] {
        let asked = super::super::lefi::question(agency, &question());
        let prefix = format!("{}:", agency.code().to_uppercase());
        for code in codes.iter().filter(|code| code.starts_with(&prefix)) {
            assert_eq!(asked.matches(&format!("\"{code}\"")).count(), 2, "{code} among payments made and planned");
        }
    }
}
