//! What the glossary says where it lives, lives there.

use std::fs;
use std::path::Path;

use crate::sources::workspace;

const GLOSSARY: &str = include_str!("../../docs/glossary.md");

/// Whether a place such as `domain::norm::line::Standing`, or a table or function of the database, is there.
fn exists(place: &str, migrations: &str) -> bool {
    let Some((path, name)) = place.rsplit_once("::") else {
        return ["table", "function"].iter().any(|what| migrations.contains(&format!("create {what} {place}")));
    };
    let (name_of_crate, modules) = path.split_once("::").unwrap_or((path, "lib"));
    let folder = workspace().join(name_of_crate).join("src");
    let modules = modules.replace("::", "/");
    let files = [
        format!("{modules}.rs"),
        format!("{modules}/mod.rs"),
        format!("{modules}/{name}.rs"),
        format!("{modules}/{name}/mod.rs"),
    ];
    let named = |file: &Path| fs::read_to_string(file).is_ok_and(|text| text.contains(name));
    files.iter().enumerate().any(|(place, file)| {
        let file = folder.join(file);
        if place < 2 { named(&file) } else { file.is_file() }
    })
}

#[test]
fn every_place_is_there() {
    let mut migrations = String::new();
    for entry in fs::read_dir(workspace().join("migrations")).unwrap() {
        migrations += &fs::read_to_string(entry.unwrap().path()).unwrap();
    }
    let rows = GLOSSARY.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Swedish"));
    let places: Vec<_> = rows
        .flat_map(|row| row.rsplit('|').nth(1).unwrap_or_default().split(','))
        .map(|place| place.trim().trim_matches('`'))
        .collect();
    assert!(places.len() > 50);
    let lost: Vec<_> = places.iter().filter(|place| !exists(place, &migrations)).collect();
    assert!(lost.is_empty(), "{lost:#?}");
}
