use proptest::prelude::*;

use super::*;

const EMPTY_FK: &str = r#"{"utlamnare":[{"utlamnare":{"kod":"FK"},"tillstand":{"kod":"OK"}}]}"#;

#[test]
fn the_status_says_whether_there_is_an_envelope() {
    let http = |status: u16| refused(&format!("http-{status}"));
    let whole = b"<Envelope/>".to_vec();
    assert_eq!(envelope(200, whole.clone()).as_deref(), Ok("<Envelope/>"));
    assert_eq!(envelope(500, whole.clone()).as_deref(), Ok("<Envelope/>"));
    assert_eq!(envelope(200, vec![0xff, 0xfe]), Err(MALFORMED));
    assert_eq!(envelope(500, vec![0xff, 0xfe]), Err(http(500)));
    assert_eq!(envelope(500, b"<html>".to_vec()), Err(http(500)));
    for status in [204, 302, 401, 403, 404, 503] {
        assert_eq!(envelope(status, whole.clone()), Err(http(status)));
    }
}

#[test]
fn a_fault_is_the_whole_call() {
    let fault = |inside: &str| {
        let body = format!(
            r#"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>Fel om 199006022397</faultstring>{inside}</s:Fault></s:Body></s:Envelope>"#
        );
        response::read(&body, Agency::Fk, &question())
    };
    let detail = "<detail><x><felkod>SSBT-17</felkod><felmeddelande>19900602-2397</felmeddelande></x></detail>";
    assert_eq!(fault(detail), Answer::Failed(refused("SSBT-17")));
    assert_eq!(fault(""), Answer::Failed(refused("s:Server")));
    assert_eq!(fault("<detail/>"), Answer::Failed(refused("s:Server")));
}

#[test]
fn an_agency_may_give_an_error_instead_of_data() {
    for agency in Agency::ALL {
        let error = "<b:error><b:kalla>SSBT</b:kalla><b:felkod>TIMEOUT</b:felkod><b:felmeddelande>x</b:felmeddelande></b:error>";
        assert_eq!(read(*agency, error), Answer::Failed(refused("TIMEOUT")), "{agency:?}");
        let personal = error.replace("TIMEOUT", "Ingen med 199006022397");
        let unnamed = Failure { kind: FailureKind::Refused, code: None };
        assert_eq!(read(*agency, &personal), Answer::Failed(unnamed), "{agency:?}");
    }
}

#[test]
fn what_is_no_answer_is_malformed_and_never_nothing() {
    let whole = reply("FK", "<b:data/>");
    for body in [
        "",
        "<html>Gateway</html>",
        "<a/>",
        "{}",
        &whole[..whole.len() - 1],
        &whole.replace("Envelope", "Brev"),
        &whole.replace("hamtaBastjanstInformationResponse", "annat"),
        &whole.replace("<b:FK><b:data/></b:FK>", ""),
        &whole.replace("FK>", "CSN>"),
        &whole.replace("<b:data/>", ""),
        &format!(r#"<!DOCTYPE s [<!ENTITY x "y">]>{whole}"#),
    ] {
        for agency in [Agency::Fk, Agency::Pm] {
            assert_eq!(response::read(body, agency, &question()), Answer::Failed(MALFORMED), "{body}");
        }
    }
    for agency in Agency::ALL {
        for data in ["<b:data/>", "<b:data>199006022397</b:data>", "<b:data><b:svar>!</b:svar></b:data>"] {
            assert_eq!(read(*agency, data), Answer::Failed(MALFORMED), "{agency:?} {data}");
        }
    }
}

#[test]
fn an_answer_to_another_question_is_refused() {
    let ours = Uuid::from_u128(7).to_string();
    let theirs = Uuid::from_u128(8).to_string();
    for (id, expected) in [(ours.as_str(), Answer::NothingFound), (&theirs, Answer::Failed(MALFORMED))] {
        let data = format!("<b:data><b:lefiJsonSvar>{}</b:lefiJsonSvar></b:data>", STANDARD.encode(EMPTY_FK));
        let body = reply("FK", &data)
            .replace("<b:svarsdata>", &format!("<b:korrelationsid>{id}</b:korrelationsid><b:svarsdata>"));
        assert_eq!(response::read(&body, Agency::Fk, &question()), expected);
    }
}

/// Whole replies of each agency that mutations start from.
fn replies() -> Vec<(Agency, String)> {
    let lefi = |json: &str| format!("<b:data><b:lefiJsonSvar>{}</b:lefiJsonSvar></b:data>", STANDARD.encode(json));
    vec![
        (Agency::Fk, reply("FK", &lefi(lefi::FK_WHOLE))),
        (Agency::Pm, reply("FK", &lefi(lefi::PM_WHOLE))),
        (Agency::Csn, reply("CSN", &agencies::csn_data(agencies::CSN_WHOLE))),
        (Agency::Af, reply("AF", agencies::AF_WHOLE)),
        (Agency::So, reply("SO", agencies::SO_WHOLE)),
        (Agency::Skv, reply("SKV", agencies::SKV_WHOLE)),
    ]
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(text) = envelope(200, bytes) {
            let _ = response::read(&text, Agency::Fk, &question());
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,400}") {
        for agency in Agency::ALL {
            let _ = response::read(&text, *agency, &question());
            let _ = read(*agency, &text);
            let _ = read_lefi(*agency, &text);
        }
    }

    #[test]
    fn no_damage_to_a_whole_answer_makes_it_panic(
        which in 0usize..6, at in 0.0f64..1.0, cut in 0usize..40, put in "[<>/&;:\"'=0-9A-Za-zåäö{}\\[\\],. -]{0,12}",
    ) {
        let (agency, body) = replies().swap_remove(which);
        let body = damaged(&body, at, cut, &put);
        let _ = response::read(&body, agency, &question());
    }

    #[test]
    fn no_damage_inside_the_encoding_makes_it_panic(
        at in 0.0f64..1.0, cut in 0usize..40, put in "[<>/&;:\"'=0-9A-Za-zåäö{}\\[\\],. -]{0,12}",
    ) {
        let _ = read_lefi(Agency::Fk, &damaged(lefi::FK_WHOLE, at, cut, &put));
        let _ = read_lefi(Agency::Pm, &damaged(lefi::PM_WHOLE, at, cut, &put));
        let csn = damaged(agencies::CSN_WHOLE, at, cut, &put);
        let _ = read(Agency::Csn, &agencies::csn_data(&csn));
    }
}

/// The text with some characters replaced by others, somewhere.
fn damaged(text: &str, at: f64, cut: usize, put: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let place = characters.len().saturating_sub(1).min(scaled(characters.len(), at));
    let rest = characters.iter().skip(place + cut);
    characters[..place].iter().chain(&put.chars().collect::<Vec<_>>()).chain(rest).collect()
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a short text"
)]
fn scaled(length: usize, at: f64) -> usize {
    (length as f64 * at) as usize
}
