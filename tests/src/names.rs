//! A type's name stands for one thing in the whole workspace.

use std::collections::BTreeMap;

use crate::sources::shipped;

const SOURCES: [&str; 7] =
    ["app/src", "demo/src", "demo/postgres/src", "domain/src", "server/src", "tests/src", "xtask/src"];

/// Names that are always read with the module before them: settings of a section, and what one act is posted.
const QUALIFIED: [&str; 2] = ["config.rs", "Posted"];

/// The types of a text that are open to its crate or to others, by name.
fn types(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let mut words = line
            .trim_start()
            .strip_prefix("pub")?
            .trim_start_matches("(crate)")
            .strip_prefix(' ')?
            .split(|sign: char| !sign.is_alphanumeric() && sign != '_');
        ["struct", "enum", "trait", "type"]
            .contains(&words.next()?)
            .then(|| words.next())?
            .filter(|name| !name.is_empty())
    })
}

#[test]
fn a_public_type_has_a_name_of_its_own() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for folder in SOURCES {
        for file in shipped(folder) {
            let path = format!("{folder}/{}", file.path.display());
            for name in types(&file.text).filter(|name| !QUALIFIED.contains(name) && !path.ends_with(QUALIFIED[0])) {
                places.entry(name.to_owned()).or_default().push(path.clone());
            }
        }
    }
    assert!(places.len() > 300);
    places.retain(|_, places| places.len() > 1);
    assert!(places.is_empty(), "{places:#?}");
}

#[test]
fn a_type_is_known_by_its_line() {
    let text = "pub struct Month(u8);\n    pub(crate) enum Open {}\n    pub(super) enum No {}\npub type Reply = ();\npub fn not() {}";
    assert_eq!(types(text).collect::<Vec<_>>(), ["Month", "Open", "Reply"]);
}
