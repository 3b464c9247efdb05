//! Every source file is part of its crate: a `mod` leads to it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::sources::workspace;

/// The folders of the workspace's crates.
fn crates() -> Vec<PathBuf> {
    let manifest = fs::read_to_string(workspace().join("Cargo.toml")).unwrap();
    let (_, rest) = manifest.split_once("members = [").unwrap();
    let members = rest.split(']').next().unwrap().split(',').map(|member| member.trim().trim_matches('"'));
    members.filter(|member| !member.is_empty()).map(|member| workspace().join(member)).collect()
}

/// The files below a folder that cargo begins to read at.
fn roots(folder: &Path) -> Vec<PathBuf> {
    let mut roots = vec![folder.join("build.rs"), folder.join("src/lib.rs"), folder.join("src/main.rs")];
    for targets in ["examples", "tests", "benches"] {
        let Ok(entries) = fs::read_dir(folder.join(targets)) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            roots.push(if path.is_dir() { path.join("main.rs") } else { path });
        }
    }
    // Targets that a manifest names by their path.
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    let named = manifest.lines().filter_map(|line| line.strip_prefix("path = \"")?.strip_suffix('"'));
    roots.extend(named.map(|path| folder.join(path)));
    roots.retain(|path| path.is_file());
    roots
}

/// A file, and all that its `mod` lines lead to.
fn reach(file: &Path, is_root: bool, reached: &mut BTreeSet<PathBuf>) {
    if !reached.insert(file.to_owned()) {
        return;
    }
    let folder =
        if is_root || file.ends_with("mod.rs") { file.parent().unwrap().to_owned() } else { file.with_extension("") };
    let text = fs::read_to_string(file).unwrap();
    let mut path = None;
    for line in text.lines().map(str::trim) {
        if let Some(named) = line.strip_prefix("#[path = \"").and_then(|line| line.strip_suffix("\"]")) {
            path = Some(named);
        }
        let Some(name) = module(line) else { continue };
        let files = match path.take() {
            Some(named) => vec![file.parent().unwrap().join(named)],
            None => vec![folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")],
        };
        files.iter().filter(|file| file.is_file()).for_each(|file| reach(file, false, reached));
    }
}

/// The module that a line declares in a file of its own.
fn module(line: &str) -> Option<&str> {
    let declared = line.strip_suffix(';')?;
    let declared = declared.strip_prefix("pub").map_or(declared, |rest| rest.split_once(' ').unwrap_or_default().1);
    declared.trim_start().strip_prefix("mod ")
}

fn all(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.insert(path);
        }
    }
}

#[test]
fn every_file_is_reached() {
    let (mut there, mut reached) = (BTreeSet::new(), BTreeSet::new());
    for folder in crates() {
        for part in ["src", "examples", "tests", "benches"].map(|part| folder.join(part)) {
            if part.is_dir() {
                all(&part, &mut there);
            }
        }
        for root in roots(&folder) {
            reach(&root, true, &mut reached);
        }
    }
    let lost: Vec<_> = there.difference(&reached).collect();
    assert!(there.len() > 300 && lost.is_empty(), "no `mod` leads to {lost:#?}");
}

#[test]
fn a_module_is_known_by_its_line() {
    assert_eq!(module("pub(crate) mod tests;"), Some("tests"));
    assert_eq!(module("mod a;"), Some("a"));
    assert_eq!(module("mod a {"), None);
    assert_eq!(module("pub use modern;"), None);
}
