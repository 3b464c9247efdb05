//! Files with secrets.

use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use zeroize::Zeroizing;

/// Reading by everybody, and writing by anybody but the owner. A group may read it: that is how a secret is handed to a service's account.
const FORBIDDEN: u32 = 0o027;

/// A file with a key, which is read only if it is kept as one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct KeyFile(PathBuf);

/// Why a file of keys is not used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    #[error("the file {file} of {setting} cannot be read")]
    File { setting: &'static str, file: PathBuf, source: std::io::Error },
    /// Others on the machine may read it or change it.
    #[error(
        "the file {file} of {setting} is open to others (mode {mode:o}): chmod 600 it, and make a new key if it may have been read"
    )]
    Open { setting: &'static str, file: PathBuf, mode: u32 },
}

impl KeyFile {
    pub const fn new(file: PathBuf) -> Self {
        Self(file)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The text in it, overwritten when it is let go of. What is judged is the very file that is read.
    pub fn read(&self, setting: &'static str) -> Result<Zeroizing<String>, KeyFileError> {
        let failed = |source| KeyFileError::File { setting, file: self.0.clone(), source };
        let mut file = std::fs::File::open(&self.0).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        let mode = metadata.permissions().mode() & 0o777;
        if mode & FORBIDDEN != 0 {
            return Err(KeyFileError::Open { setting, file: self.0.clone(), mode });
        }
        // Of its whole size from the start: what a text outgrows is not overwritten.
        let size = usize::try_from(metadata.len()).unwrap_or_default();
        let mut text = Zeroizing::new(String::with_capacity(size + 1));
        file.read_to_string(&mut text).map_err(failed)?;
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};

    use super::*;

    #[test]
    fn a_key_that_others_may_read_or_change_is_refused_by_its_setting() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("master.key");
        fs::write(&file, "secret").unwrap();
        for (mode, is_read) in
            [(0o600, true), (0o400, true), (0o640, true), (0o440, true), (0o644, false), (0o660, false), (0o604, false)]
        {
            fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
            let read = KeyFile::new(file.clone()).read("keys.master_key_file");
            assert_eq!(read.is_ok(), is_read, "{mode:o}: {read:?}");
            if let Err(refused) = read {
                let said = refused.to_string();
                assert!(said.contains("keys.master_key_file") && said.contains(&format!("mode {mode:o}")), "{said}");
            }
        }
    }
}
