//! Which room of the server uses which: no more and no less than `rooms.txt` says, and never one that stands above it.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::shipped;

const TABLE: &str = include_str!("../rooms.txt");

/// The rooms from the top down, each with those that it uses.
fn listed() -> Vec<(&'static str, BTreeSet<&'static str>)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            let mut words = line.split_whitespace();
            (words.next().unwrap(), words.collect())
        })
        .collect()
}

/// The rooms that the files of each room name by `crate::`.
fn found() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in shipped("server/src") {
        let first = file.path.components().next().unwrap().as_os_str().to_str().unwrap();
        let room = first.trim_end_matches(".rs");
        if room == "lib" {
            continue;
        }
        let own = if room == "main" { "server::" } else { "crate::" };
        let uses = found.entry(room.to_owned()).or_default();
        for (at, _) in file.text.match_indices(own) {
            uses.extend(named(&file.text[at + own.len()..]).into_iter().filter(|used| used != room));
        }
    }
    found
}

/// What a path begins with: a name, or several in braces.
fn named(path: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|sign| sign.is_alphanumeric() || *sign == '_').collect::<String>();
    match path.strip_prefix('{') {
        Some(group) => group.split('}').next().unwrap().split(',').map(|one| word(one.trim())).collect(),
        None => vec![word(path)],
    }
}

#[test]
fn each_room_uses_what_the_table_says() {
    let listed: BTreeMap<String, BTreeSet<String>> = listed()
        .into_iter()
        .map(|(room, uses)| (room.to_owned(), uses.into_iter().map(str::to_owned).collect()))
        .collect();
    assert_eq!(found(), listed, "left is what the files say, right is rooms.txt");
}

#[test]
fn no_room_uses_one_above_it() {
    let mut above = BTreeSet::new();
    for (room, uses) in listed() {
        above.insert(room);
        let wrong: Vec<_> = uses.intersection(&above).collect();
        assert!(wrong.is_empty(), "{room} uses {wrong:?}, which stand above it");
    }
}

#[test]
fn nothing_invented_stands_in_the_services_path() {
    let mut met = Vec::new();
    for file in shipped("server/src") {
        if !file.path.starts_with("demonstration") && file.text.contains("demo::") {
            met.push(file.path);
        }
    }
    assert!(met.is_empty(), "the parties of the demo are for `demonstration` alone: {met:?}");
}

#[test]
fn a_path_names_its_first_rooms() {
    assert_eq!(named("case::head::Head"), ["case"]);
    assert_eq!(named("{admin, citizen::home};"), ["admin", "citizen"]);
}
