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
