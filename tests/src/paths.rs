//! What a text of the project says lies somewhere, lies there.

use std::fs;
use std::path::Path;

use crate::sources::workspace;

/// What ends the name of a file that a text speaks of.
const ENDINGS: [&str; 9] = ["css", "ftl", "json", "md", "mjs", "rs", "sql", "toml", "txt"];

/// Everything in the workspace but what is built or fetched, as paths with slashes.
fn everything(folder: &Path, below: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if ["target", "node_modules", ".git"].contains(&name.as_str()) {
            continue;
        }
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type().unwrap().is_dir() {
            everything(&entry.path(), &path, found);
        }
        found.push(path);
    }
}

/// The places that a text names: what stands between backticks and is a file of ours by its ending, or begins with a folder of ours.
fn named<'t>(text: &'t str, folders: &[&str]) -> Vec<&'t str> {
    let inside = text.split("```").step_by(2).flat_map(|prose| prose.split('`').skip(1).step_by(2));
    inside
        .filter(|place| {
            let is_file = place.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending));
            let (first, below) = place.split_once('/').unwrap_or_default();
            !below.is_empty()
                && !first.is_empty()
                && !place.contains([' ', ':', '<', '{'])
                && (is_file || folders.contains(&first))
                && !["target", "..", "."].contains(&first)
        })
        .collect()
}

/// Whether a path ends with a place, in which a star or a word in capitals stands for anything.
fn ends_with(path: &str, place: &str) -> bool {
    let mut parts = path.rsplit('/');
    place.trim_end_matches('/').rsplit('/').all(|wanted| {
        let wanted = wanted.replace("YEAR", "*");
        let (start, end) = wanted.split_once('*').unwrap_or((&wanted, ""));
        parts.next().is_some_and(|part| {
            if wanted.contains('*') { part.starts_with(start) && part.ends_with(end) } else { part == wanted }
        })
    })
}

#[test]
fn every_place_that_a_text_names_is_there() {
    let mut paths = Vec::new();
    everything(&workspace(), "", &mut paths);
    let folders: Vec<_> = paths.iter().filter(|path| !path.contains('/')).map(String::as_str).collect();
    let texts: Vec<_> =
        paths.iter().filter(|path| path.rsplit_once('.').is_some_and(|(_, ending)| ending == "md")).collect();
    let (mut count, mut lost) = (0, Vec::new());
    for file in texts {
        let text = fs::read_to_string(workspace().join(file)).unwrap();
        for place in named(&text, &folders) {
            count += 1;
            if !paths.iter().any(|path| ends_with(path, place)) {
                lost.push(format!("{file}: {place}"));
            }
        }
    }
    assert!(count > 50, "{count}");
    assert!(lost.is_empty(), "{lost:#?}");
}
