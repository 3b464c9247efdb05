//! What is made at the first start, and what cannot start.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, Mutex};

use super::{now, people, settings};
use crate::identity_provider::keys::TokenKey;
use crate::identity_provider::{DemoProvider, ProviderError, Serves};

#[test]
fn keys_are_made_once_and_only_their_owner_can_read_them() {
    let folder = tempfile::tempdir().unwrap();
    let key = TokenKey::keep(folder.path(), "client").unwrap();
    let clock = Arc::new(Mutex::new(now()));
    let start = || DemoProvider::start(settings(Serves::Citizens, &key, &clock), folder.path(), people()).unwrap();
    let (first, second) = (start(), start());
    assert_eq!(first.0.key.id(), second.0.key.id());
    assert_eq!(first.trust_anchor_pem(), second.trust_anchor_pem());
    let files: BTreeSet<String> = fs::read_dir(folder.path().join("eid"))
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            entry.file_name().into_string().unwrap()
        })
        .collect();
    assert_eq!(
        files.iter().map(String::as_str).collect::<Vec<_>>(),
        ["issuer.key.pem", "issuer.pem", "root.key.pem", "root.pem"]
    );
}

#[test]
fn refuses_people_that_cannot_be_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let key = TokenKey::keep(folder.path(), "client").unwrap();
    let clock = Arc::new(Mutex::new(now()));
    for bad in ["anna", "", "../anna", "Anna", "anna berg"] {
        let mut people = people();
        people[1].key = bad.to_owned();
        let error = DemoProvider::start(settings(Serves::Citizens, &key, &clock), folder.path(), people).err().unwrap();
        assert!(matches!(error, ProviderError::PersonKey { key } if key == bad));
    }
}

#[test]
fn refuses_a_key_that_was_spoilt() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("client.key.pem"), "spoilt").unwrap();
    assert!(matches!(TokenKey::keep(folder.path(), "client"), Err(ProviderError::Certificate(_))));
}
