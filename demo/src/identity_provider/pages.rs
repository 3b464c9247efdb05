//! The pages: plain HTML in Swedish or English, marked as a demo, without script.

use std::collections::BTreeSet;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use url::Url;

use super::push::Asked;
use super::token::hash;
use super::{Holder, Inner, ProviderError, Serves, Settings};

const TEXTS: &str = include_str!("texts.toml");
const STYLE: &str = include_str!("style.css");
const ICON: &str = include_str!("icon.svg");

/// What the pages need beside the people.
pub(super) struct Pages {
    texts: Languages,
    /// Before each address: the issuer's path.
    base: String,
    policy: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Languages {
    sv: Texts,
    en: Texts,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Texts {
    demo: String,
    choose_title: String,
    choose_staff_title: String,
    choose_intro: String,
    choose_sign_intro: String,
    level: String,
    level_high: String,
    level_low: String,
    cancel: String,
    sign_title: String,
    sign_intro: String,
    signer: String,
    text: String,
    checksum: String,
    sign: String,
    nothing_title: String,
    nothing_text: String,
}

pub(super) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")], STYLE)
        .into_response()
}

/// The icon of the pages.
pub(super) async fn icon() -> Response {
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "max-age=3600")], ICON).into_response()
}

impl Pages {
    pub(super) fn new(settings: &Settings) -> Result<Self, ProviderError> {
        // A browser also holds the redirect after a post to form-action, so the services must stand there.
        let mut targets = BTreeSet::new();
        for client in &settings.clients {
            for uri in &client.redirect_uris {
                let url = Url::parse(uri).map_err(|_| ProviderError::RedirectUri { client: client.id.clone() })?;
                targets.insert(url.origin().ascii_serialization());
            }
        }
        let targets = targets.into_iter().collect::<Vec<_>>().join(" ");
        Ok(Self {
            texts: toml::from_str(TEXTS)?,
            base: settings.issuer.path().trim_end_matches('/').to_owned(),
            policy: format!(
                "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' {targets}; base-uri 'none'; \
                 frame-ancestors 'none'"
            ),
        })
    }

    /// The people to choose from, by municipality.
    pub(super) fn choose(&self, inner: &Inner, login: &str, asked: &Asked) -> Response {
        let texts = self.texts(asked.english);
        let title = match inner.settings.serves {
            Serves::Citizens => &texts.choose_title,
            Serves::Staff => &texts.choose_staff_title,
        };
        let intro = if asked.to_sign.is_some() { &texts.choose_sign_intro } else { &texts.choose_intro };
        let mut groups: Vec<&str> = Vec::new();
        for person in &inner.people {
            if !groups.contains(&person.group.as_str()) {
                groups.push(&person.group);
            }
        }
        let groups: Vec<String> = groups
            .into_iter()
            .map(|group| {
                let people = inner.people.iter().filter(|person| person.group == group);
                let buttons = people.map(|person| button(person, asked.english)).collect::<Vec<_>>().concat();
                format!("<h2>{}</h2><ul>{buttons}</ul>", escaped(group))
            })
            .collect();
        let body = format!(
            "<p>{intro}</p><form method=\"post\" action=\"{base}/choose\">\
             <input type=\"hidden\" name=\"login\" value=\"{login}\">{levels}{groups}\
             <p class=\"acts\"><button class=\"quiet\">{cancel}</button></p></form>",
            intro = with_client(intro, inner, asked),
            base = escaped(&self.base),
            login = escaped(login),
            // A signature is always made at the high level.
            levels = if asked.to_sign.is_none() { levels(texts) } else { String::new() },
            groups = groups.concat(),
            cancel = escaped(&texts.cancel),
        );
        self.page(StatusCode::OK, asked.english, title, &body)
    }

    /// What is to be signed, and by whom.
    pub(super) fn sign(&self, inner: &Inner, login: &str, asked: &Asked, person: usize) -> Response {
        let (Some(person), Some(what)) = (inner.people.get(person), &asked.to_sign) else {
            return self.nothing_under_way();
        };
        let texts = self.texts(asked.english);
        let number = person.number().map(|number| format!(", {}", number.hyphenated())).unwrap_or_default();
        let body = format!(
            "<p>{intro}</p><dl><dt>{signer}</dt><dd>{name}{number}</dd></dl>\
             <h2>{text}</h2><p class=\"text\" lang=\"sv\">{message}</p>\
             <dl><dt>{checksum}</dt><dd>{sum}</dd></dl>\
             <form method=\"post\" action=\"{base}/sign\"><input type=\"hidden\" name=\"login\" value=\"{login}\">\
             <p class=\"acts\"><button name=\"act\" value=\"sign\">{sign}</button>\
             <button class=\"quiet\" name=\"act\" value=\"cancel\">{cancel}</button></p></form>",
            intro = with_client(&texts.sign_intro, inner, asked),
            signer = escaped(&texts.signer),
            name = escaped(&person.name()),
            number = escaped(&number),
            text = escaped(&texts.text),
            message = escaped(&what.message),
            checksum = escaped(&texts.checksum),
            sum = hash(&what.tbs_data),
            base = escaped(&self.base),
            login = escaped(login),
            sign = escaped(&texts.sign),
            cancel = escaped(&texts.cancel),
        );
        self.page(StatusCode::OK, asked.english, &texts.sign_title, &body)
    }

    /// There is no such login, or no longer.
    pub(super) fn nothing_under_way(&self) -> Response {
        let texts = &self.texts.sv;
        let body = format!(
            "<p>{}</p><p lang=\"en\">{}</p>",
            escaped(&texts.nothing_text),
            escaped(&self.texts.en.nothing_text)
        );
        self.page(StatusCode::BAD_REQUEST, false, &texts.nothing_title, &body)
    }

    fn texts(&self, english: bool) -> &Texts {
        if english { &self.texts.en } else { &self.texts.sv }
    }

    fn page(&self, status: StatusCode, english: bool, title: &str, body: &str) -> Response {
        let texts = self.texts(english);
        let html = format!(
            "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} – {demo}</title>\
             <link rel=\"icon\" href=\"{base}/icon.svg\"><link rel=\"stylesheet\" href=\"{base}/style.css\"></head>\
             <body><header><p class=\"demo\">{demo}</p></header><main><h1>{title}</h1>{body}</main></body></html>",
            lang = if english { "en" } else { "sv" },
            title = escaped(title),
            demo = escaped(&texts.demo),
            base = escaped(&self.base),
        );
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CONTENT_SECURITY_POLICY, self.policy.as_str()),
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ];
        (status, headers, html).into_response()
    }
}

fn button(person: &Holder, english: bool) -> String {
    let situation = if english { &person.description.en } else { &person.description.sv };
    let number = person.number().map(|number| format!("{}. ", number.hyphenated())).unwrap_or_default();
    format!(
        "<li><button name=\"person\" value=\"{key}\" aria-describedby=\"about-{key}\">{name}</button>\
         <p id=\"about-{key}\">{number}{situation}</p></li>",
        key = escaped(&person.key),
        name = escaped(&person.name()),
        number = escaped(&number),
        situation = escaped(situation),
    )
}

fn levels(texts: &Texts) -> String {
    format!(
        "<fieldset><legend>{}</legend>\
         <label><input type=\"radio\" name=\"level\" value=\"high\" checked> {}</label>\
         <label><input type=\"radio\" name=\"level\" value=\"low\"> {}</label></fieldset>",
        escaped(&texts.level),
        escaped(&texts.level_high),
        escaped(&texts.level_low),
    )
}

fn with_client(text: &str, inner: &Inner, asked: &Asked) -> String {
    let client = inner.client(&asked.client_id).map_or(asked.client_id.as_str(), |client| &client.name);
    escaped(&text.replace("{client}", client))
}

/// A text as it may stand in HTML, in an attribute too.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}
