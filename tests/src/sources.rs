//! The project's own source files.

use std::fs;
use std::path::{Path, PathBuf};

/// A Rust file: where it is below the folder that was asked for, and its text without the module of its tests.
pub(crate) struct SourceFile {
    pub path: PathBuf,
    pub text: String,
}

/// Where the workspace lies.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file below a folder of the workspace that is part of what is shipped.
pub(crate) fn shipped(folder: &str) -> Vec<SourceFile> {
    let root = workspace().join(folder);
    let mut files = Vec::new();
    collect(&root, Path::new(""), &mut files);
    assert!(!files.is_empty(), "{folder} has no source files");
    files
}

fn collect(root: &Path, below: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(root.join(below)).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = below.join(&name);
        if entry.file_type().unwrap().is_dir() {
            if !["test_support", "tests"].contains(&name.as_str()) {
                collect(root, &path, files);
            }
        } else if name.strip_suffix(".rs").is_some_and(|stem| !stem.ends_with("tests")) {
            let text = fs::read_to_string(root.join(&path)).unwrap();
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
            files.push(SourceFile { path, text });
        }
    }
}
