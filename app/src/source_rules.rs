//! Rules that the sources of this crate are held to.

use std::fs;
use std::path::Path;

/// Every file below a folder of this crate with this extension: its path and its text.
pub(crate) fn repository_sources(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), extension, &mut found);
    assert!(!found.is_empty(), "no .{extension} in {folder}");
    found
}

/// The sources of this crate without their tests.
pub(crate) fn production_sources() -> Vec<(String, String)> {
    let mut sources = repository_sources("src", "rs");
    sources.retain(|(path, _)| !path.ends_with("tests.rs") && !path.ends_with("source_rules.rs"));
    for (_, source) in &mut sources {
        if let Some(tests) = source.find("#[cfg(test)]\nmod tests {") {
            source.truncate(tests);
        }
    }
    sources
}

#[expect(clippy::unwrap_used, reason = "a test that cannot read the sources has failed")]
fn collect(folder: &Path, extension: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, extension, found);
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The path and the place of every source that has one of these words.
fn with_any(words: &[&str]) -> Vec<String> {
    production_sources()
        .into_iter()
        .flat_map(|(path, source)| {
            let lines: Vec<_> = source
                .lines()
                .enumerate()
                .filter(|(_, line)| {
                    !line.trim_start().starts_with("//") && words.iter().any(|word| line.contains(word))
                })
                .map(|(number, line)| format!("{path}:{}: {}", number + 1, line.trim()))
                .collect();
            lines
        })
        .collect()
}

#[test]
fn only_the_text_area_component_writes_a_textarea() {
    let places = with_any(&["<textarea"]);
    assert!(places.len() == 1 && places[0].contains("text_area.rs"), "{places:#?}");
}

#[test]
fn nothing_is_written_around_the_escaping() {
    let mut places = with_any(&["inner_html", "<style", "InertElement", "prop:value", "srcdoc"]);
    places.retain(|place| !place.ends_with("<title inner_html=escape(&title)/>"));
    assert!(places.is_empty(), "{places:#?}");
}

#[test]
fn the_content_security_policy_is_kept() {
    let places = with_any(&[" style=", "style:", " onclick=", "javascript:", "data:image"]);
    assert!(places.is_empty(), "{places:#?}");
    let scripts = with_any(&["<script"]);
    assert!(scripts.is_empty(), "Leptos alone writes one, with the nonce: {scripts:#?}");
}

/// A page is written on one thread and may be dropped on another, where what may not leave its thread ends the answer halfway.
#[test]
fn nothing_in_a_page_is_bound_to_a_thread() {
    let places = with_any(&["new_local", "LocalStorage", "LocalResource", "SendWrapper"]);
    assert!(places.is_empty(), "{places:#?}");
}

/// The opening tags of the forms of a source.
fn forms(source: &str) -> impl Iterator<Item = &str> {
    source.split("<form").skip(1).map(|form| form.split('>').next().unwrap_or_default())
}

#[test]
fn forms_are_posted() {
    let sources = production_sources();
    let all: Vec<_> = sources.iter().flat_map(|(path, source)| forms(source).map(move |tag| (path, tag))).collect();
    assert!(all.len() >= 10, "the forms of the pages: {all:#?}");
    let not_posted: Vec<_> = all.iter().filter(|(_, tag)| !tag.contains("method=\"post\"")).collect();
    assert!(not_posted.is_empty(), "{not_posted:#?}");
    assert_eq!(forms("<form action=x><form\n method=\"get\">").collect::<Vec<_>>(), [" action=x", "\n method=\"get\""]);
}

/// What a person would read in a line of code: letters that only Swedish has, or a text between tags that is no expression.
fn words(line: &str) -> Option<&str> {
    let code = line.split("//").next().unwrap_or_default();
    let between_tags = code.split(">\"").skip(1).find(|text| text.starts_with(char::is_alphabetic));
    between_tags.or_else(|| code.contains(['å', 'ä', 'ö', 'Å', 'Ä', 'Ö']).then_some(code))
}

#[test]
fn words_for_people_are_not_in_the_code() {
    assert!(words("<p>\"Save\"</p>").is_some() && words("let sign = 'å';").is_some());
    assert!(words("<p>{save}\" \"</p> // Spara så").is_none());
    let sources = production_sources();
    assert!(sources.iter().map(|(_, source)| source.matches("view!").count()).sum::<usize>() >= 100);
    let mut found = Vec::new();
    for (path, source) in &sources {
        found.extend(source.lines().enumerate().filter_map(|(number, line)| Some((path, number + 1, words(line)?))));
    }
    assert!(found.is_empty(), "{found:#?}");
}
