//! Every page and act of the table of addresses has its tests in its own file, or in a `tests.rs` below it.

use std::collections::BTreeSet;
use std::fs;

use crate::sources::{shipped, workspace};

/// The files of the handlers that the table names, below `server/src` and without their ending.
fn handlers(routes: &str) -> BTreeSet<String> {
    let added =
        |line: &&str| [".get(", ".get_as(", ".post(", ".post_as(", ".poll("].iter().any(|how| line.starts_with(how));
    routes.lines().map(str::trim).filter(added).map(file).collect()
}

/// The file of the handler that a line of the table ends with: `citizen/home` for `citizen::home::page`. Where no room is named, it is `http`.
fn file(line: &str) -> String {
    let (_, handler) = line.rsplit_once("\", ").unwrap_or_else(|| panic!("{line} names an address and a handler"));
    let path = handler.split("::<").next().unwrap_or_default();
    let parts: Vec<_> = path.trim_end_matches([')', ';']).split("::").collect();
    match parts[..] {
        [room, file, _] => format!("{room}/{file}"),
        [file, _] => format!("http/{file}"),
        _ => panic!("{line} names its handler by its file"),
    }
}

fn is_tested(file: &str) -> bool {
    let read = |path: &str| fs::read_to_string(workspace().join("server/src").join(path)).unwrap_or_default();
    let text = read(&format!("{file}.rs"));
    let tests = match text.split_once("#[cfg(test)]\nmod tests") {
        Some((_, inside)) if inside.starts_with(" {") => inside.to_owned(),
        Some(_) => read(&format!("{file}/tests.rs")),
        None => String::new(),
    };
    ["#[test]", "::test]", "::test("].iter().any(|test| tests.contains(test))
}

#[test]
fn each_page_and_act_has_its_tests_beside_it() {
    let routes = fs::read_to_string(workspace().join("server/src/routes.rs")).unwrap();
    let handlers = handlers(&routes);
    assert!(handlers.len() > 50, "{handlers:?}");
    let untested: Vec<_> = handlers.iter().filter(|file| !is_tested(file)).collect();
    assert!(untested.is_empty(), "no tests stand in {untested:#?}");
}

#[test]
fn a_handler_is_known_by_its_line() {
    assert_eq!(file(r#".get(Citizen, "/home", citizen::home::page)"#), "citizen/home");
    assert_eq!(file(r#".post(Admin, "/a/{id}", admin::switch_source::act);"#), "admin/switch_source");
    assert_eq!(file(r#".post(Admin, "/s", login::stay::act::<session::policy::Admin>)"#), "login/stay");
    assert_eq!(file(r#".get_as(Asset, Open, "/assets/{name}", assets::serve)"#), "http/assets");
    assert!(is_tested("caseworker/inbox") && !is_tested("citizen/phrases"));
}

/// Whether a line takes from axum what answers with a bare status when it cannot be read, and has a twin in `http::extract`.
fn takes_bare(line: &str) -> bool {
    let mut words = line.split(|letter: char| !letter.is_alphanumeric());
    line.contains("axum") && line.contains("extract::") && words.any(|word| ["Path", "Query", "Form"].contains(&word))
}

#[test]
fn what_cannot_be_read_becomes_a_problem() {
    let mut bare = Vec::new();
    for file in shipped("server/src").iter().filter(|file| !file.path.ends_with("http/extract.rs")) {
        bare.extend(file.text.lines().filter(|line| takes_bare(line)).map(|line| (file.path.clone(), line.to_owned())));
    }
    assert!(bare.is_empty(), "crate::http has these: {bare:#?}");
    assert!(takes_bare("use axum_extra::extract::{CookieJar, Form};") && takes_bare("use axum::extract::Path;"));
    assert!(!takes_bare("use axum::extract::{MatchedPath, Request, State};"));
}
