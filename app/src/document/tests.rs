use super::*;
use crate::i18n::Catalogue;
use crate::islands::AnswersArriving;
use crate::ui::{ErrorSummary, Field, PageHead, field_errors, field_state};

fn frame(language: &str, viewer: Viewer) -> Frame {
    let catalogue = Catalogue::load().unwrap();
    Frame {
        texts: catalogue.texts(language).unwrap(),
        languages: catalogue.languages().map(|l| (l.code().to_owned(), l.name().to_owned())).collect(),
        municipality: "Exempelby kommun".to_owned(),
        viewer,
        demo: false,
        path: "/home".to_owned(),
        nonce: "the-nonce".to_owned(),
        assets: Arc::new(Assets {
            css: "/assets/style.css".to_owned(),
            icon: "/assets/icon.svg".to_owned(),
            islands: "islands.0123".to_owned(),
            calculating: "calculating.4567".to_owned(),
        }),
        session: None,
    }
}

/// The same without the marks that Leptos writes between texts, which no reader sees.
fn joined(html: &str) -> String {
    html.replace("<!>", "")
}

/// A page as somebody reads it who has chosen nothing.
pub(crate) fn shown(page: Page) -> String {
    joined(&render(frame("sv", Viewer::Anonymous), page))
}

fn plain() -> Page {
    Page::new(Phrase::new("home-title"), || view! { <PageHead title="Hem"/> })
}

fn with_island() -> Page {
    let body = || {
        view! {
            <AnswersArriving
                pending=2
                address="/pending".to_owned()
                waiting="Waiting".to_owned()
                arrived="Arrived".to_owned()
                gave_up="Gave up".to_owned()
            />
        }
    };
    Page::new(Phrase::new("home-title"), body).with_islands(true)
}

#[test]
fn a_page_without_an_island_loads_no_script() {
    let html = render(frame("sv", Viewer::Anonymous), plain());
    assert!(!html.contains("<script") && !html.contains(".wasm"), "{html}");
    assert_eq!(html.matches("<h1").count(), 1);
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"sv\" dir=\"ltr\">"), "{html}");
}

#[test]
fn a_page_with_an_island_loads_script_by_nonce() {
    let html = render(frame("sv", Viewer::Anonymous), with_island());
    assert_eq!(html.matches("<script").count(), 1, "{html}");
    assert!(html.contains("nonce=\"the-nonce\""), "{html}");
    assert!(html.contains("data-component=\"AnswersArriving_"), "{html}");
    assert!(joined(&html).contains("<p role=\"status\">Waiting</p>"), "{html}");
}

#[test]
fn a_page_loads_one_set_of_islands() {
    let names = |html: &str| (html.contains("islands.0123"), html.contains("calculating.4567"));
    let session =
        SessionEnd { left: 900, address: "/asked".to_owned(), owner: "anna".to_owned(), session: "1".to_owned() };
    let logged_in = Frame { session: Some(session), ..frame("sv", Viewer::Anonymous) };
    let html = render(logged_in.clone(), plain());
    assert_eq!(names(&html), (true, false), "{html}");
    assert!(html.contains("<div role=\"alert\" tabindex=\"-1\" hidden class=\"note warning session\">"), "{html}");
    assert_eq!(names(&render(logged_in, plain().with_calculation(true))), (false, true));
    let watched = Watched { revision: 4, address: "/asked".to_owned(), shared: false };
    assert_eq!(names(&render(frame("sv", Viewer::Anonymous), plain().watching(watched))), (true, false));
    assert_eq!(names(&render(frame("sv", Viewer::Anonymous), plain())), (false, false));
}

#[test]
fn a_title_is_text_alone() {
    let page = Page::new(Phrase::verbatim("</title><b>\"&"), || view! { <PageHead title="Hem"/> });
    let html = render(frame("sv", Viewer::Anonymous), page);
    assert!(html.contains("<title>&lt;/title&gt;&lt;b&gt;\"&amp; – Exempelby kommun</title>"), "{html}");
}

#[test]
fn the_demo_says_so() {
    let demo = Frame { demo: true, ..frame("sv", Viewer::Anonymous) };
    assert!(render(demo, plain()).contains("class=\"demo\""));
    assert!(!render(frame("sv", Viewer::Anonymous), plain()).contains("class=\"demo\""));
}

#[test]
fn each_viewer_has_their_own_way_out_and_no_other_role_s_pages() {
    let petra = PersonName::new("Petra", "Nilsson");
    let citizen = render(frame("sv", Viewer::Citizen { name: petra }), plain());
    assert!(citizen.contains("action=\"/logout\"") && !citizen.contains("/staff"), "{citizen}");
    let caseworker =
        Viewer::Caseworker { name: "Sara Lind".to_owned(), unread: 3, has_clearance: false, unseen_readings: None };
    let caseworker = render(frame("sv", caseworker), plain());
    assert!(caseworker.contains("action=\"/staff/logout\"") && !caseworker.contains("/admin"), "{caseworker}");
    assert!(caseworker.contains("3 nya"), "{caseworker}");
    let administrator = render(frame("sv", Viewer::Administrator { name: "Ali Demir".to_owned() }), plain());
    assert!(!administrator.contains("/staff/inbox"), "{administrator}");
    let anonymous = render(frame("sv", Viewer::Anonymous), plain());
    assert!(!anonymous.contains("logout") && !anonymous.contains("sessions"), "{anonymous}");
    for (page, list) in [(&citizen, "/sessions"), (&caseworker, "/staff/sessions"), (&administrator, "/admin/sessions")]
    {
        assert!(page.contains(&format!("href=\"{list}\"")), "{page}");
    }
}

#[test]
fn an_error_has_the_same_words_at_the_field_and_in_the_summary() {
    let message = Phrase::new("home-payouts-none");
    let error = crate::model::FieldError { field: "amount".to_owned(), message };
    let form = crate::model::Form { errors: vec![error], ..Default::default() };
    let body = move || {
        view! {
            <ErrorSummary errors=field_errors(&form)/>
            <Field name="amount" label="Belopp" value="12 \"<!> kronor" state=field_state(&form, "amount")/>
        }
    };
    let page = Page::new(Phrase::new("home-title"), body).with_errors(true);
    let html = render(frame("sv", Viewer::Anonymous), page);
    assert!(html.contains("<title>Fel: "), "{html}");
    let words = joined(&html);
    assert!(words.contains("<a href=\"#amount\">Du har inga utbetalningar än.</a>"), "{html}");
    assert!(words.contains("</span>Du har inga utbetalningar än.</p>"), "{html}");
    assert!(html.contains("aria-describedby=\"amount-error\""), "{html}");
    assert!(html.contains("value=\"12 &quot;&lt;!&gt; kronor\""), "what was typed is kept: {html}");
}
