//! Settings as they are read, and as they are refused.

use std::collections::HashMap;

use super::*;
use crate::chain::chain;

const WHOLE: &str = r#"
    [http]
    listen = "127.0.0.1:8080"
    client_address_header = "x-real-ip"
    [ops]
    listen = "127.0.0.1:9464"
    [database]
    url = "postgres://fornya@localhost/fornya"
    system_url = "postgres://fornya_system@localhost/fornya"
    [keys]
    master_key_file = "master.key"
    [identity.citizen]
    issuer = "https://eid.example"
    client_id = "fornya"
    client_key_file = "client.pem"
    accepted_levels = ["http://id.elegnamnden.se/loa/1.0/loa3"]
    signature_trust_file = "signers.pem"
    [identity.staff]
    issuer = "https://staff.example"
    client_id = "fornya"
    client_key_file = "client.pem"
    accepted_levels = ["http://id.elegnamnden.se/loa/1.0/loa3"]
    [authorities]
    allowed_hosts = ["ssbtek.example:443"]
"#;

fn load(text: &str, environment: &[(&str, &str)]) -> Result<Settings, SettingsError> {
    let variables: HashMap<String, String> =
        environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    Settings::read(text, reading::environment().source(Some(variables)))
}

#[test]
fn a_whole_file_is_read_with_defaults() {
    let settings = load(WHOLE, &[]).unwrap();
    assert_eq!(settings.http.public_scheme, Scheme::Https);
    assert_eq!(settings.log.format, LogFormat::Json);
    assert!(settings.demo.is_none());
}

#[test]
fn the_environment_overrides() {
    let settings =
        load(WHOLE, &[("FORNYA__HTTP__LISTEN", "127.0.0.1:1"), ("FORNYA__DEMO__BUSINESS_DATE", "2026-11-24")]).unwrap();
    assert_eq!(settings.http.listen.port(), 1);
    assert_eq!(settings.demo.unwrap().business_date, jiff::civil::date(2026, 11, 24));
}

#[test]
fn a_variable_is_read_as_its_setting_is() {
    for id in ["0123", "1e3", "+46", "true"] {
        let settings = load(WHOLE, &[("FORNYA__IDENTITY__CITIZEN__CLIENT_ID", id)]).unwrap();
        assert_eq!(settings.identity.citizen.client_id.as_str(), id);
    }
    let numbers = [("FORNYA__HTTP__ALLOWANCE", "3"), ("FORNYA__HTTP__PUBLIC_PORT", "8443")];
    let switches = [("FORNYA__AUTHORITIES__ALLOW_PRIVATE", "true"), ("FORNYA__LOG__FORMAT", "text")];
    let settings = load(WHOLE, &[numbers, switches].concat()).unwrap();
    let http = settings.http;
    assert_eq!((http.allowance.get(), http.public_port.map(NonZeroU16::get)), (3, Some(8443)));
    assert_eq!((settings.authorities.allow_private, settings.log.format), (true, LogFormat::Text));
}

#[test]
fn a_wrong_setting_is_named() {
    for (text, environment, names) in [
        (WHOLE.replace("[ops]", "[opps]"), vec![], vec!["opps"]),
        (WHOLE.replace("127.0.0.1:9464", "nowhere"), vec![], vec!["ops.listen"]),
        (WHOLE.replace("client_id = \"fornya\"", ""), vec![], vec!["client_id"]),
        (WHOLE.to_owned(), vec![("FORNYA__HTTP__LISTENS", "x")], vec!["listens", "expected"]),
        (
            WHOLE.replace("[ops]", "public_scheme = \"gopher\"\n[ops]"),
            vec![],
            vec!["http.public_scheme", "http or https"],
        ),
        (
            WHOLE.replace("signature_trust_file = \"signers.pem\"", ""),
            vec![],
            vec!["identity.citizen.signature_trust_file"],
        ),
    ] {
        let error = chain(&load(&text, &environment).unwrap_err()).to_string();
        for name in names {
            assert!(error.contains(name), "{error}");
        }
    }
}

/// The whole file with one line of a section written otherwise, or more.
fn with(section: &str, name: &str, value: &str) -> String {
    let head = format!("[{section}]\n");
    let text: Vec<&str> = WHOLE.lines().map(str::trim).collect();
    let (before, after) = text.join("\n").split_once(&head).map(|(b, a)| (b.to_owned(), a.to_owned())).unwrap();
    let (own, others) = after.split_once("\n[").map_or((after.as_str(), ""), |(own, others)| (own, others));
    let own: Vec<&str> = own.lines().filter(|line| !line.starts_with(&format!("{name} ="))).collect();
    format!("{before}{head}{name} = {value}\n{}\n{}{others}", own.join("\n"), if others.is_empty() { "" } else { "[" })
}

#[test]
fn a_value_that_could_only_fail_later_stops_the_start_by_its_name() {
    for (section, name, values) in [
        ("http", "listen", vec!["\"127.0.0.1:0\"", "\"localhost\""]),
        ("http", "public_scheme", vec!["\"http\"", "\"gopher\""]),
        ("http", "public_port", vec!["0", "70000"]),
        ("http", "body_limit_bytes", vec!["0", "16383", "-1", "16777217"]),
        ("http", "request_timeout_seconds", vec!["0", "-1", "301"]),
        ("http", "client_address_header", vec!["\"x real ip\"", "\"\"", "\"x-real-ip:\""]),
        ("http", "allowance", vec!["0", "-1", "4294967295"]),
        ("http", "connections", vec!["7", "65537"]),
        ("http", "keep_alive_seconds", vec!["0", "3601"]),
        ("http", "linger_seconds", vec!["-1", "4294967295"]),
        ("ops", "listen", vec!["\"127.0.0.1:0\"", "\"nowhere\""]),
        (
            "database",
            "url",
            vec![
                "\"\"",
                "\"db.internal\"",
                "\"mysql://fornya@db/fornya\"",
                "\"postgres://fornya@db\"",
                "\"postgres://a@b/c?sslmod=x\"",
            ],
        ),
        ("database", "system_url", vec!["\"\"", "\"postgres://fornya_system@db\""]),
        ("database", "migration_url", vec!["\"postgres://fornya_owner@db/\""]),
        ("database", "register_url", vec!["\"postgres://fornya_register@db/\""]),
        ("database", "backup_url", vec!["\"fornya_backup\""]),
        ("database", "max_connections", vec!["0", "1", "100000"]),
        ("keys", "master_key_credential", vec!["\"\"", "\"../master\"", "\"beside-the-file\""]),
        ("keys", "kms_url", vec!["\"http://vault.example.se/v1/transit/fornya\"", "\"https://vault.example.se\""]),
        ("keys", "kms_url", vec!["\"https://vault.example.se/v1/transit/beside-the-file\""]),
        ("keys", "kms_token_file", vec!["\"token\""]),
        ("keys", "previous_master_key_credential", vec!["\"/master\""]),
        (
            "identity.citizen",
            "issuer",
            vec!["\"\"", "\"http://eid.example.se\"", "\"eid.example.se\"", "\"https://eid.example?x=1\""],
        ),
        ("identity.citizen", "client_id", vec!["\"\"", "\" \"", "\"för nya\""]),
        ("identity.citizen", "accepted_levels", vec!["[]", "[\"\"]", "[\"one two\"]"]),
        ("identity.staff", "issuer", vec!["\"http://login.example.se\"", "\"ftp://login.example.se\""]),
        ("identity.staff", "signature_trust_file", vec!["\"signers.pem\""]),
        (
            "authorities",
            "allowed_hosts",
            vec!["[\"not a host\"]", "[\"ssbtek.example\"]", "[\"ssbtek.example:0\"]", "[\"127.0.0.1:443\"]"],
        ),
        ("log", "filter", vec!["\"\"", "\"server=loud\"", "\"=,=\"", "\"info,\"", "\"server=\""]),
        ("log", "format", vec!["\"xml\""]),
        ("demo", "business_date", vec!["\"2026-02-30\""]),
    ] {
        for value in values {
            let text = if WHOLE.contains(&format!("[{section}]")) {
                with(section, name, value)
            } else {
                format!("{WHOLE}\n[{section}]\n{name} = {value}\n")
            };
            let text = if name == "public_scheme" { text.replace("127.0.0.1:8080", "0.0.0.0:8080") } else { text };
            let error = chain(&load(&text, &[]).expect_err(&text)).to_string();
            assert!(error.contains(&format!("{section}.{name}")), "{section}.{name} = {value}: {error}");
        }
    }
}

#[test]
fn what_is_right_is_read_as_it_will_be_used() {
    let hosts = with("authorities", "allowed_hosts", "[\"SSBTEK.Example:443\", \"[2001:DB8::1]:8443\"]");
    let hosts: Vec<_> = load(&hosts, &[]).unwrap().authorities.allowed_hosts.iter().map(ToString::to_string).collect();
    assert_eq!(hosts, ["ssbtek.example:443", "[2001:db8::1]:8443"]);
    let header = with("http", "client_address_header", "\"X-Real-IP\"");
    assert_eq!(load(&header, &[]).unwrap().http.client_address_header.unwrap(), "x-real-ip");
    let issuer = with("identity.staff", "issuer", "\"https://login.example/Realms/A/\"");
    assert_eq!(load(&issuer, &[]).unwrap().identity.staff.issuer.as_str(), "https://login.example/Realms/A/");
}

#[test]
fn plain_http_is_for_this_machine_and_only_where_it_is_allowed() {
    let here =
        ["http://127.0.0.1:8090", "http://[::1]:8090", "http://localhost:8090", "http://exempelby.localhost/eid"];
    let elsewhere =
        ["http://127.0.0.1.op.example", "http://evil-localhost", "http://localhost.op.example", "http://10.0.0.1"];
    for provider in ["identity.citizen", "identity.staff"] {
        let allowed = with(provider, "allow_loopback_http", "true");
        let issuer = |text: &str, issuer: &str| {
            let before = if provider.ends_with("staff") { "https://staff.example" } else { "https://eid.example" };
            load(&text.replace(before, issuer), &[]).err().map(|error| chain(&error).to_string())
        };
        for address in here {
            assert_eq!(issuer(&allowed, address), None);
            assert!(issuer(WHOLE, address).unwrap().contains(&format!("{provider}.issuer")), "{address}");
        }
        for address in elsewhere {
            assert!(issuer(&allowed, address).unwrap().contains(&format!("{provider}.issuer")), "{address}");
        }
    }
}

#[test]
fn nobody_is_sent_over_plain_http_from_a_provider_that_would_not_send_them_back() {
    let text = WHOLE.replace("[ops]", "public_scheme = \"http\"\n[ops]");
    let error = load(&text, &[]).unwrap_err().to_string();
    assert!(error.contains("identity.citizen.allow_loopback_http"), "{error}");
}

#[test]
fn no_password_is_told_whatever_is_wrong() {
    let secret = "hemligt";
    for address in [
        "postgres://fornya:hem#hemligt@db/fornya",
        "postgres://fornya:1#hemligt@db/fornya",
        "postgres://fornya:hemligt/x@db:port/fornya",
        "postgres://fornya:hemligt@db/fornya?password=hemligt",
        "postgres://fornya:hemligt@db/fornya?sslmode=hemligt",
        "postgres://fornya:%zzhemligt@db:x/",
        "fornya:hemligt@db",
        "postgres://fornya:hem\\\"ligt hemligt@db\\\":x/fornya",
    ] {
        let file = with("database", "url", &format!("\"{address}\""));
        let error = load(&file, &[]).expect_err(address);
        let said = format!("{} {error:?}", chain(&error));
        assert!(said.contains("database.url") && !said.contains(secret), "{address}: {said}");
        let environment = [("FORNYA__DATABASE__URL", address)];
        let error = load(WHOLE, &environment).expect_err(address);
        let said = format!("{} {error:?}", chain(&error));
        assert!(said.contains("database.url") && !said.contains(secret), "{address}: {said}");
    }
    // A password that has come to another setting, in the file and in a variable.
    for (section, name, value) in
        [("http", "public_scheme", "\"hemligt\""), ("http", "allowance", "-4711"), ("http", "no_proxy", "\"hemligt\"")]
    {
        let variable = format!("FORNYA__{}__{}", section.to_uppercase(), name.to_uppercase());
        let in_file = load(&with(section, name, value), &[]).unwrap_err();
        let in_variable = load(WHOLE, &[(&variable, value.trim_matches('"'))]).unwrap_err();
        for error in [in_file, in_variable] {
            let said = format!("{} {error:?}", chain(&error));
            let told = said.contains(&format!("{section}.{name}"));
            assert!(told && !said.contains(secret) && !said.contains("4711"), "{said}");
        }
    }
    let right = "postgres://fornya:hem%23hemligt@db/fornya";
    for (name, wrong) in
        [("FORNYA__DATABASE", right), ("FORNYA__DATABASE__MAX_CONNECTIONS", right), ("FORNYA__HTTP", right)]
    {
        let error = load(WHOLE, &[(name, wrong)]).unwrap_err();
        let said = format!("{} {error:?}", chain(&error));
        assert!(!said.contains(secret), "{name}: {said}");
    }
    let broken = with("database", "url", "\"postgres://fornya:hemligt\"@db/fornya\"");
    let error = load(&broken, &[]).unwrap_err();
    let said = format!("{} {error:?}", chain(&error));
    assert!(said.contains("line 8") && !said.contains(secret), "{said}");

    let settings = load(WHOLE, &[("FORNYA__DATABASE__URL", right)]).unwrap();
    assert!(!format!("{settings:?}").contains(secret));
    let (address, password) = settings.database.url.apart();
    assert_eq!((address.as_str(), password.as_deref()), ("postgres://fornya@db/fornya", Some("hem#hemligt")));
}

/// The names that the settings of a section may have, as the refusal of an unknown one tells them.
fn names(section: &str) -> Vec<String> {
    let unknown = format!("FORNYA__{}__NOSUCH", section.to_uppercase().replace('.', "__"));
    let error = chain(&load(WHOLE, &[(&unknown, "1")]).unwrap_err()).to_string();
    let expected = error.split("expected ").nth(1).and_then(|rest| rest.split(" for key").next());
    let expected = expected.unwrap_or_else(|| panic!("{section}: {error}"));
    expected.split('`').skip(1).step_by(2).map(|name| format!("{section}.{name}")).collect()
}

#[test]
fn every_setting_is_documented() {
    let sections = [
        "http",
        "ops",
        "database",
        "keys",
        "identity.citizen",
        "identity.staff",
        "authorities",
        "files",
        "log",
        "demo",
    ];
    let mut known: Vec<_> = sections.into_iter().flat_map(names).collect();
    let mut documented: Vec<_> = include_str!("../../../docs/operations.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .filter(|name| name.contains('.'))
        .map(str::to_owned)
        .collect();
    known.sort();
    documented.sort();
    assert_eq!(documented, known);
}

#[test]
fn where_clients_come_from_is_said() {
    let header = "client_address_header = \"x-real-ip\"";
    for (said, refused) in [
        ("", Some("http.client_address_header")),
        ("client_address_header = \"x real ip\"", Some("http.client_address_header")),
        (&*format!("{header}\nno_proxy = true"), Some("http.no_proxy")),
        ("no_proxy = true", None),
        (header, None),
    ] {
        let loaded = load(&WHOLE.replace(header, said), &[]);
        let named = loaded.err().map(|error| chain(&error).to_string().contains(refused.unwrap_or("nothing")));
        assert_eq!(named, refused.map(|_| true), "{said}");
    }
}

#[test]
fn no_limit_can_be_set_to_nothing() {
    for name in ["allowance", "connections", "connections_per_client", "keep_alive_seconds", "request_timeout_seconds"]
    {
        let text = WHOLE.replace("[ops]", &format!("{name} = 0\n[ops]"));
        let error = chain(&load(&text, &[]).unwrap_err()).to_string();
        assert!(error.contains(&format!("http.{name}")), "{error}");
    }
}
