//! Checks against the authorities' own contract, which is not part of this project: a test that needs it is ignored, and stands in a module
//! `with_contract`, which `./dev test` runs where the folder and `xmllint` are at hand.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) use super::ssbtek::request::{SSBT, about};

/// The composite service's schema.
pub(crate) const COMPOSITE: &str =
    "contract/se/forsakringskassan/schema/integration/ssbt/_10/sammansatt_bastjanst_v10.xsd";

/// The folder beside the project that holds the contract and sample answers.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/ssbtek")
}

/// Fails unless each document is valid by the schema, which takes long to read and is read once for all of them.
pub(crate) fn assert_valid(schema: &Path, documents: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<_> = (0..documents.len()).map(|number| folder.path().join(format!("{number}.xml"))).collect();
    for (path, document) in paths.iter().zip(documents) {
        fs::write(path, document).unwrap();
    }
    let output =
        Command::new("xmllint").args(["--noout", "--nonet", "--schema"]).arg(schema).args(&paths).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let of_it = |path: &PathBuf| said.contains(&format!("{} fails to validate", path.display()));
    let wrong: Vec<_> = paths.iter().zip(documents).filter(|(path, _)| of_it(path)).collect();
    assert!(output.status.success(), "{said}\n{wrong:#?}");
}

/// The element inside a SOAP body, as a document of its own.
pub(crate) fn soap_body(envelope: &str) -> String {
    let (_, inner) = envelope.split_once("<soap:Body>").unwrap();
    let (inner, _) = inner.split_once("</soap:Body>").unwrap();
    let name_end = inner.find(['>', '/', ' ']).unwrap();
    format!(r#"{} xmlns:ssbt="{SSBT}"{}"#, &inner[..name_end], &inner[name_end..])
}
