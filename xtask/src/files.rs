//! Files of a folder, and what was made from them.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project::Project;

/// Every file under these paths in a fixed order, without what was installed or built among them.
pub(crate) fn under(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = paths.to_vec();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path).with_context(|| path.display().to_string())? {
                let entry = entry?;
                if entry.file_name() != "node_modules" && entry.file_name() != "dist" {
                    open.push(entry.path());
                }
            }
        } else if path.exists() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Makes a product, unless it stands and was made from these very inputs.
pub(crate) fn unless_done(
    project: &Project,
    product: &str,
    inputs: &[&str],
    make: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let stamp = project.target.join("stamps").join(product.replace('/', "_"));
    let inputs: Vec<PathBuf> = inputs.iter().map(|input| project.path(input)).collect();
    let digest = digest(&under(&inputs)?)?;
    if project.path(product).exists() && fs::read_to_string(&stamp).is_ok_and(|made_from| made_from == digest) {
        println!("{product} is up to date");
        return Ok(());
    }
    make()?;
    project.sh.write_file(stamp, digest)?;
    Ok(())
}

fn digest(files: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        fs::read(file).with_context(|| file.display().to_string())?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Whether two folders of plain files hold the same.
pub(crate) fn same(one: &Path, other: &Path) -> Result<bool> {
    let contents = |folder: &Path| -> Result<Vec<(PathBuf, Vec<u8>)>> {
        let mut contents = Vec::new();
        for file in under(&[folder.to_owned()])? {
            contents.push((file.strip_prefix(folder)?.to_owned(), fs::read(&file)?));
        }
        Ok(contents)
    };
    Ok(contents(one)? == contents(other)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_installed_or_built_is_no_input() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.css", "a/c.css", "node_modules/x.js", "dist/y.css"] {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, name).unwrap();
        }
        let found = under(&[folder.path().to_owned(), folder.path().join("missing")]).unwrap();
        assert_eq!(found, [folder.path().join("a/c.css"), folder.path().join("b.css")]);
    }

    #[test]
    fn folders_differ_by_content_and_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
        for each in [&one, &other] {
            fs::create_dir(each).unwrap();
            fs::write(each.join("file"), "same").unwrap();
        }
        assert!(same(&one, &other).unwrap());
        fs::write(other.join("file"), "not").unwrap();
        assert!(!same(&one, &other).unwrap());
        fs::write(other.join("file"), "same").unwrap();
        fs::rename(other.join("file"), other.join("renamed")).unwrap();
        assert!(!same(&one, &other).unwrap());
    }
}
