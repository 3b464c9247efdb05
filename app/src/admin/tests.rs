//! What the administrator's pages must say, whatever they look like.

use std::sync::Arc;
use std::time::Duration;

use domain::Money;
use domain::authority::{Agency, FailureKind, ProbeStage};
use domain::decision::{AloneUpTo, Delegation, Mandate};
use domain::form::Typed;
use domain::id::{JobId, SourceId, StaffId};
use domain::job::JobCause;
use domain::other_adult::{LegalGround, OtherAdultRule};
use domain::staff::StaffRole;
use jiff::civil::datetime;
use uuid::Uuid;

use super::model::{
    DayCount, DecidingAlone, DelegationForm, DropJob, JobKind, Jobs, OfficialRow, OpenedOfficial, OpenedSource,
    OtherAdultSetting, ParkedJob, Protocol, SourceRow, StepResult, Test, TestStage,
};
use super::{decision_rule, drop_job, end_official, jobs, official, officials, other_adult_rule, source, sources};
use crate::document::{Assets, Frame, Page, Viewer, render};
use crate::i18n::Catalogue;
use crate::model::{AuthorityName, FieldError, Form, Outcome, Phrase};

fn html(page: Page) -> String {
    let frame = Frame {
        texts: Catalogue::load().unwrap().texts("sv").unwrap(),
        languages: Vec::new(),
        municipality: "Exempelby kommun".to_owned(),
        viewer: Viewer::Administrator { name: "Ali Demir".to_owned() },
        demo: false,
        path: "/admin/sources".to_owned(),
        nonce: "n".to_owned(),
        assets: Arc::new(Assets {
            css: "/a.css".to_owned(),
            icon: "/a.svg".to_owned(),
            islands: "islands.0123".to_owned(),
            calculating: "calculating.4567".to_owned(),
        }),
        session: None,
    };
    render(frame, page)
}

fn a_source(enabled: bool) -> SourceRow {
    SourceRow {
        id: SourceId(Uuid::nil()),
        name: AuthorityName::Agency(Agency::Csn),
        protocol: Protocol::Ssbtek,
        enabled,
        endpoint: "https://csn.example/<v6>".to_owned(),
        connect_timeout: Duration::from_millis(500),
        answer_timeout: Duration::from_secs(20),
        last_success: None,
        last_failure: Some((datetime(2026, 11, 24, 9, 26, 0, 0), FailureKind::TimedOut)),
        day: DayCount { asked: 120, failed: 1 },
    }
}

fn opened(enabled: bool, stages: Option<Vec<TestStage>>) -> OpenedSource {
    let at = datetime(2026, 11, 24, 9, 41, 0, 0);
    OpenedSource {
        source: a_source(enabled),
        certificate_until: None,
        switched: None,
        test: stages.map(|stages| Test { at, by: "Ali Demir".to_owned(), stages }),
    }
}

#[test]
fn the_list_tells_how_a_source_fares() {
    let html = html(sources::page(vec![a_source(true)]));
    for told in [
        "CSN",
        ">På<",
        "https://csn.example/&lt;v6&gt;",
        "500\u{a0}ms på kontakt, 20\u{a0}s på svar",
        "aldrig",
        "24\u{a0}november 09.26, svarade inte i tid",
        "120 frågor, 1 fel",
        "href=\"/admin/sources/00000000-0000-0000-0000-000000000000\"",
    ] {
        assert!(html.contains(told), "{told}: {html}");
    }
}

#[test]
fn the_switch_posts_the_other_state() {
    for (enabled, value, word) in [(true, "off", "Stäng av"), (false, "on", "Slå på")] {
        let html = html(source::page(opened(enabled, None)));
        assert!(html.contains("action=\"/admin/sources/00000000-0000-0000-0000-000000000000/switch\""), "{html}");
        assert!(html.contains(&format!("name=\"enabled\" value=\"{value}\"")) && html.contains(word), "{html}");
    }
}

#[test]
fn a_test_tells_each_stage_and_fails_as_a_whole_when_one_does() {
    let passed = |stage| TestStage { stage, result: StepResult::Passed { took: Duration::from_millis(4), note: None } };
    let problem = Phrase::new("source-problem-certificate-expired");
    let failed = StepResult::Failed { took: Duration::from_millis(31), problem, note: None };
    let good = html(source::page(opened(true, Some(vec![passed(ProbeStage::Dns)]))));
    assert!(good.contains("Förbindelsen fungerar<") && good.contains("4\u{a0}ms"), "{good}");
    let stages = vec![
        passed(ProbeStage::Dns),
        TestStage { stage: ProbeStage::Tls, result: failed },
        TestStage { stage: ProbeStage::Sample, result: StepResult::NotTried },
    ];
    let bad = html(source::page(opened(true, Some(stages))));
    for told in ["Förbindelsen fungerar inte", "gick bra", "gick inte", "provades inte", "certifikat gäller inte nu"]
    {
        assert!(bad.contains(told), "{told}: {bad}");
    }
    let running = html(source::page(opened(true, Some(Vec::new()))));
    assert!(running.contains("Pågår") && !running.contains("Förbindelsen fungerar"), "{running}");
}

fn a_parked_job(number: u128, cause: JobCause) -> ParkedJob {
    ParkedJob {
        id: JobId(Uuid::from_u128(number)),
        kind: JobKind::AskAuthority,
        since: datetime(2026, 11, 24, 8, 12, 0, 0),
        parked: datetime(2026, 11, 24, 8, 17, 0, 0),
        tries: 10,
        cause,
    }
}

#[test]
fn a_stopped_job_is_sent_again_or_dropped_and_all_are_counted() {
    let parked = vec![a_parked_job(1, JobCause::Database), a_parked_job(2, JobCause::Unfinished)];
    let shown = html(jobs::page(Jobs { parked: parked.clone(), total: 70, dropped: Vec::new() })).replace("<!>", "");
    for told in [
        "70 jobb har stannat. De 2 som har väntat längst visas.",
        "Databasen svarade inte",
        "Jobbet avbröts innan det var klart",
        "24\u{a0}november 08.17",
        "Skicka alla igen",
        "Skicka igen<span class=\"hidden-text\"> Fråga en myndighet, 24\u{a0}november 08.12",
        "Ta bort<span class=\"hidden-text\"> Fråga en myndighet, 24\u{a0}november 08.12",
        "/admin/jobs/00000000-0000-0000-0000-000000000002/drop",
    ] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    let one = html(jobs::page(Jobs { parked: parked[..1].to_vec(), total: 1, dropped: Vec::new() }));
    assert!(one.contains("1 jobb har stannat.") && !one.contains("Skicka alla igen"), "{one}");
}

#[test]
fn the_question_before_a_job_is_dropped_asks_why_and_says_what_is_wrong() {
    let errors = vec![FieldError::new("reason", Phrase::new("error-drop-reason-missing"))];
    let form = Form { errors, ..Form::default() };
    let job = a_parked_job(1, JobCause::Data);
    let asked = html(drop_job::page(DropJob { job, reason: "not-needed".to_owned(), form }));
    for told in ["Det behövs inte längre", "Det är gjort på annat sätt", "Det går inte att göra"] {
        assert!(asked.contains(told), "{told}: {asked}");
    }
    assert_eq!(asked.matches("Välj varför du tar bort jobbet.").count(), 2, "at the field and above: {asked}");
    assert!(asked.contains("<title>Fel: "), "{asked}");
}

fn an_official(role: StaffRole, has_ended: bool) -> OfficialRow {
    let delegation = |outcome: Outcome| Delegation { outcome, up_to: Money::ZERO };
    let granted = Delegation { up_to: Money::from_kronor(15_000), ..delegation(Outcome::Granted) };
    let delegated = if role == StaffRole::Caseworker && !has_ended {
        vec![delegation(Outcome::Dismissed), granted]
    } else {
        Vec::new()
    };
    OfficialRow {
        id: StaffId(Uuid::nil()),
        name: "Maja <Holm>".to_owned(),
        role,
        mandate: Mandate::new(delegated),
        has_clearance: true,
        supervises: false,
        is_known: false,
        ended: has_ended.then(|| ("Ali Demir".to_owned(), datetime(2026, 11, 24, 9, 41, 0, 0))),
    }
}

fn an_opened_official(role: StaffRole, has_ended: bool, is_viewer: bool, form: Form) -> OpenedOfficial {
    let typed = [(Outcome::Granted, "15000"), (Outcome::PartlyGranted, "mycket"), (Outcome::Rejected, "no")];
    let typed = typed.into_iter().map(|(outcome, text)| (outcome, text.to_owned())).collect();
    let delegations = DelegationForm { typed, seen: "1500000   0".to_owned(), form };
    OpenedOfficial {
        official: an_official(role, has_ended),
        is_viewer,
        number: (String::new(), Form::default()),
        delegations,
    }
}

#[test]
fn the_list_of_officials_tells_what_each_may_decide() {
    let ended = OfficialRow { has_clearance: false, ..an_official(StaffRole::Caseworker, true) };
    let html = html(officials::page(vec![an_official(StaffRole::Caseworker, false), ended]));
    for told in [
        "Maja &lt;Holm&gt;",
        "Handläggare",
        "bifall upp till 15\u{a0}000\u{a0}kr, avvisning",
        "Särskild behörighet",
        "Aktiv",
        "inget",
        "Avslutad",
        "href=\"/admin/officials/00000000-0000-0000-0000-000000000000\"",
    ] {
        assert!(html.contains(told), "{told}: {html}");
    }
    assert_eq!(html.matches("Särskild behörighet").count(), 1, "{html}");
    assert!(!html.contains("Arbetsledare"), "{html}");
}

#[test]
fn a_form_of_delegations_shows_what_was_typed_and_what_is_wrong() {
    let errors = vec![FieldError::new("partly-granted", Phrase::new("error-amount-not-a-number"))];
    let form = Form { errors, ..Form::default() };
    let html = html(official::page(an_opened_official(StaffRole::Caseworker, false, false, form)));
    for told in [
        "Får besluta om bifall upp till, kronor",
        "value=\"mycket\"",
        "name=\"seen\" value=\"1500000   0\"",
        "href=\"#partly-granted\"",
        "<title>Fel: ",
        "/end\"",
    ] {
        assert!(html.contains(told), "{told}: {html}");
    }
    assert!(html.contains("id=\"rejected-no\"") && html.matches("checked").count() == 1, "{html}");
}

#[test]
fn who_may_not_decide_has_no_form_and_nobody_ends_themselves() {
    let shown = |role, has_ended, is_viewer| {
        html(official::page(an_opened_official(role, has_ended, is_viewer, Form::default())))
    };
    let ended = shown(StaffRole::Caseworker, true, false);
    for told in ["kan inte logga in", "Låt logga in igen", "av Ali Demir 24\u{a0}november 2026 09.41"] {
        assert!(ended.contains(told), "{told}: {ended}");
    }
    let oneself = shown(StaffRole::Admin, false, true);
    assert!(oneself.contains("Det här är du") && !oneself.contains("/end\""), "{oneself}");
    for html in [&ended, &oneself, &shown(StaffRole::Admin, false, false)] {
        assert!(!html.contains("name=\"granted\""), "{html}");
    }
}

#[test]
fn the_question_before_access_ends_says_what_it_means() {
    let caseworker = html(end_official::page(an_official(StaffRole::Caseworker, false)));
    for told in [
        "Vill du avsluta behörigheten för Maja &lt;Holm&gt;?",
        "loggas ut överallt",
        "Det som är delegerat upphör",
        "utan handläggare",
        "Förslag till beslut",
    ] {
        assert!(caseworker.contains(told), "{told}: {caseworker}");
    }
    let administrator = html(end_official::page(an_official(StaffRole::Admin, false)));
    assert!(administrator.contains("loggas ut överallt") && !administrator.contains("delegerat"), "{administrator}");
}

#[test]
fn decisions_by_two_tell_what_was_said_or_that_nothing_was() {
    let page = |now| {
        let form = Form { revision: 3, ..Form::default() };
        html(decision_rule::page(DecidingAlone { now, amount: "15000".to_owned(), by_hand: String::new(), form }))
    };
    let alone = AloneUpTo { amount: Money::from_kronor(15_000), by_hand: Money::from_kronor(2_000) };
    let said = page(Some((alone, "Ali Demir".to_owned(), datetime(2026, 11, 24, 9, 41, 0, 0))));
    for told in [
        "15\u{a0}000\u{a0}kr",
        "2\u{a0}000\u{a0}kr",
        "24\u{a0}november 2026 09.41 av Ali Demir",
        "name=\"revision\" value=\"3\"",
        "value=\"15000\"",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    assert!(page(None).contains("Inget är bestämt än"));
}

#[test]
fn what_the_other_adult_sees_is_told_with_its_ground_or_that_nothing_was_said() {
    let page = |now| {
        let form = Form { revision: 3, ..Form::default() };
        let (shows_sum, ground) = ("yes".to_owned(), "Prövad <grund>".to_owned());
        html(other_adult_rule::page(OtherAdultSetting { now, shows_sum, ground, form }))
    };
    let at = datetime(2026, 11, 24, 9, 41, 0, 0);
    let ground = LegalGround::read(&Typed::new("OSL 10 kap. 3 §").unwrap()).unwrap();
    let sum = page(Some((OtherAdultRule::Sum(ground), "Ali Demir".to_owned(), at)));
    for told in ["ser en summa för månaden före", "OSL 10 kap. 3 §", "av Ali Demir", "value=\"3\"", "&lt;grund&gt;"]
    {
        assert!(sum.contains(told), "{told}: {sum}");
    }
    assert!(page(Some((OtherAdultRule::Nothing, "Ali Demir".to_owned(), at))).contains("Den andra vuxna ser inget."));
    assert!(page(None).contains("Inget är bestämt än"));
}
