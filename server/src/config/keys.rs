//! Where the master key comes from, and the one that it replaces.

use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::str::FromStr;

use serde::{Deserialize, Deserializer};
use url::Url;

use super::{KeyFile, SettingsError, is_here};

/// `[keys]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keys {
    /// A file with the master key: 32 bytes in base64.
    pub master_key_file: Option<KeyFile>,
    /// The same, as a credential that systemd hands over.
    pub master_key_credential: Option<Credential>,
    /// The key of a key management service, which never leaves it.
    pub kms_url: Option<KmsUrl>,
    /// The token for that service.
    pub kms_token_file: Option<KeyFile>,
    /// The master key that is being replaced.
    pub previous_master_key_file: Option<KeyFile>,
    pub previous_master_key_credential: Option<Credential>,
}

/// Where a master key comes from. A file is named with the setting that says so.
#[derive(Debug, Clone)]
pub enum MasterKeySource {
    File(&'static str, KeyFile),
    Kms { url: KmsUrl, token: KeyFile },
}

impl Keys {
    /// The master key in a file.
    pub fn in_file(file: KeyFile) -> Self {
        Self { master_key_file: Some(file), ..Self::default() }
    }

    /// Where the master key comes from: the one place that is said.
    pub fn source(&self) -> Result<MasterKeySource, SettingsError> {
        self.source_in(credentials_folder().as_deref())
    }

    /// Where the master key comes from that is being replaced, while one is.
    pub fn previous(&self) -> Result<Option<MasterKeySource>, SettingsError> {
        self.previous_in(credentials_folder().as_deref())
    }

    fn source_in(&self, credentials: Option<&Path>) -> Result<MasterKeySource, SettingsError> {
        let value = |name, expected| Err(SettingsError::Value { name, expected });
        let said = (&self.master_key_file, &self.master_key_credential, &self.kms_url, &self.kms_token_file);
        match said {
            (Some(file), None, None, None) => Ok(MasterKeySource::File("keys.master_key_file", file.clone())),
            (None, Some(name), None, None) => credential("keys.master_key_credential", name, credentials),
            (None, None, Some(url), Some(token)) => Ok(MasterKeySource::Kms { url: url.clone(), token: token.clone() }),
            (None, None, Some(_), None) => value("keys.kms_token_file", "a file with the token for keys.kms_url"),
            (_, _, None, Some(_)) => value("keys.kms_token_file", "absent where keys.kms_url is"),
            _ => value(
                "keys.master_key_file",
                "exactly one of keys.master_key_file, keys.master_key_credential and keys.kms_url",
            ),
        }
    }

    fn previous_in(&self, credentials: Option<&Path>) -> Result<Option<MasterKeySource>, SettingsError> {
        match (&self.previous_master_key_file, &self.previous_master_key_credential) {
            (None, None) => Ok(None),
            (Some(file), None) => Ok(Some(MasterKeySource::File("keys.previous_master_key_file", file.clone()))),
            (None, Some(name)) => credential("keys.previous_master_key_credential", name, credentials).map(Some),
            (Some(_), Some(_)) => Err(SettingsError::Value {
                name: "keys.previous_master_key_file",
                expected: "one of keys.previous_master_key_file and keys.previous_master_key_credential",
            }),
        }
    }
}

/// The folder in which systemd lays the credentials of a service.
#[expect(clippy::disallowed_methods, reason = "systemd tells it in this variable alone")]
fn credentials_folder() -> Option<PathBuf> {
    std::env::var("CREDENTIALS_DIRECTORY").ok().map(PathBuf::from)
}

fn credential(
    setting: &'static str,
    Credential(name): &Credential,
    folder: Option<&Path>,
) -> Result<MasterKeySource, SettingsError> {
    let folder = folder.ok_or(SettingsError::Value {
        name: setting,
        expected: "a credential that systemd hands over: $CREDENTIALS_DIRECTORY is not set",
    })?;
    Ok(MasterKeySource::File(setting, KeyFile::new(folder.join(name))))
}

/// The name of a credential: that of a file, without a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential(String);

/// The text is none.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("no name of a credential, such as fornya-master")]
pub struct NoCredential;

impl FromStr for Credential {
    type Err = NoCredential;

    fn from_str(text: &str) -> Result<Self, NoCredential> {
        let mut parts = Path::new(text).components();
        let is_name = matches!((parts.next(), parts.next()), (Some(Component::Normal(name)), None) if name == text);
        if is_name { Ok(Self(text.to_owned())) } else { Err(NoCredential) }
    }
}

impl<'de> Deserialize<'de> for Credential {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::values::parsed(deserializer)
    }
}

/// The address of a key at a key management service: where its engine is mounted, and last the key's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KmsUrl {
    mount: Url,
    key: String,
}

/// The text is none.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error(
    "no address of a key, such as https://vault.example.se:8200/v1/transit/fornya; plain http is for this machine alone"
)]
pub struct NoKmsUrl;

impl FromStr for KmsUrl {
    type Err = NoKmsUrl;

    fn from_str(text: &str) -> Result<Self, NoKmsUrl> {
        let mut mount = Url::parse(text).map_err(|_| NoKmsUrl)?;
        let is_plain = mount.scheme() == "http" && is_here(mount.host().as_ref());
        let is_bare = mount.query().is_none() && mount.fragment().is_none() && mount.password().is_none();
        let segments: Vec<_> = mount.path_segments().into_iter().flatten().map(str::to_owned).collect();
        let [.., _, key] = &*segments else { return Err(NoKmsUrl) };
        let fits = (mount.scheme() == "https" || is_plain) && is_bare && mount.username().is_empty();
        if !fits || segments.iter().any(String::is_empty) {
            return Err(NoKmsUrl);
        }
        mount.path_segments_mut().map_err(|()| NoKmsUrl)?.pop();
        Ok(Self { mount, key: key.clone() })
    }
}

impl KmsUrl {
    /// Where something is done with the key.
    pub fn of(&self, act: &str) -> Url {
        let mut url = self.mount.clone();
        url.set_path(&format!("{}/{act}/{}", self.mount.path(), self.key));
        url
    }
}

impl fmt::Display for KmsUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.mount, self.key)
    }
}

impl<'de> Deserialize<'de> for KmsUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::values::parsed(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Keys {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn the_master_key_comes_from_one_place() {
        let (file, credential) = ("master_key_file = 'a'", "master_key_credential = 'b'");
        let (kms, token) = ("kms_url = 'https://vault.example.se/v1/transit/fornya'", "kms_token_file = 'c'");
        let folder = Some(Path::new("/run/credentials/fornya"));
        for (said, refused) in [
            (vec![file], None),
            (vec![credential], None),
            (vec![kms, token], None),
            (vec![], Some("keys.master_key_file")),
            (vec![file, credential], Some("keys.master_key_file")),
            (vec![file, kms, token], Some("keys.master_key_file")),
            (vec![credential, kms, token], Some("keys.master_key_file")),
            (vec![kms], Some("keys.kms_token_file")),
            (vec![token], Some("keys.kms_token_file")),
            (vec![file, token], Some("keys.kms_token_file")),
        ] {
            let source = keys(&said.join("\n")).source_in(folder);
            let named = source.err().map(|error| error.to_string());
            assert_eq!(named.is_some(), refused.is_some(), "{said:?}: {named:?}");
            assert!(named.unwrap_or_default().contains(refused.unwrap_or_default()), "{said:?}");
        }
        let (before, as_credential) = ("previous_master_key_file = 'd'", "previous_master_key_credential = 'e'");
        assert!(keys(file).previous_in(folder).unwrap().is_none());
        for said in [before, as_credential] {
            assert!(keys(said).previous_in(folder).unwrap().is_some());
        }
        let both = keys(&format!("{before}\n{as_credential}")).previous_in(folder).unwrap_err();
        assert!(both.to_string().contains("keys.previous_master_key_file"), "{both}");
    }

    #[test]
    fn a_credential_is_a_file_of_the_folder_that_systemd_names() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("fornya-master"), "the key").unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o400);
        std::fs::set_permissions(folder.path().join("fornya-master"), mode).unwrap();
        let keys = keys("master_key_credential = 'fornya-master'");
        let MasterKeySource::File(setting, file) = keys.source_in(Some(folder.path())).unwrap() else {
            panic!("it is a file")
        };
        assert_eq!(&**file.read(setting).unwrap(), "the key");
        let without = keys.source_in(None).unwrap_err().to_string();
        assert!(
            without.contains("keys.master_key_credential") && without.contains("$CREDENTIALS_DIRECTORY"),
            "{without}"
        );
        for wrong in ["", "../master", "/etc/master", "a/b", "."] {
            assert!(wrong.parse::<Credential>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_kms_is_spoken_to_over_https_or_on_this_machine() {
        let url: KmsUrl = "https://vault.example.se:8200/v1/transit/fornya".parse().unwrap();
        assert_eq!(url.of("encrypt").as_str(), "https://vault.example.se:8200/v1/transit/encrypt/fornya");
        assert_eq!(url.of("decrypt").as_str(), "https://vault.example.se:8200/v1/transit/decrypt/fornya");
        assert_eq!(url.to_string(), "https://vault.example.se:8200/v1/transit/fornya");
        for fits in ["http://127.0.0.1:8200/v1/transit/fornya", "http://localhost/v1/own/transit/fornya"] {
            assert!(fits.parse::<KmsUrl>().is_ok(), "{fits}");
        }
        for wrong in [
            "http://vault.example.se/v1/transit/fornya",
            "ftp://127.0.0.1/v1/transit/fornya",
            "https://vault.example.se",
            "https://vault.example.se/fornya",
            "https://vault.example.se/v1/transit/",
            "https://vault.example.se/v1//fornya",
            "https://me:secret@vault.example.se/v1/transit/fornya",
            "https://vault.example.se/v1/transit/fornya?x=1",
            "vault",
        ] {
            assert!(wrong.parse::<KmsUrl>().is_err(), "{wrong}");
        }
    }
}
