//! Checks against the authorities' own contract, which is not part of this project: a test that needs it is ignored, and stands in a module
//! `with_contract`, which `./dev test` runs where the folder and `xmllint` are at hand.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(crate) use super::ssbtek::request::{SSBT, about};

/// The composite service's schema.
pub(crate) const COMPOSITE: &str =
    "contract/se/forsakringskassan/schema/integration/ssbt/_10/sammansatt_bastjanst_v10.xsd";

/// The folder beside the project that holds the contract and sample answers.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/ssbtek")
}

/// Fails unless the document is valid by the schema.
pub(crate) fn assert_valid(schema: &Path, document: &str) {
    let mut lint = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .arg("-")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    lint.stdin.take().unwrap().write_all(document.as_bytes()).unwrap();
    let output = lint.wait_with_output().unwrap();
    assert!(output.status.success(), "{}\n{document}", String::from_utf8_lossy(&output.stderr));
}

/// The element inside a SOAP body, as a document of its own.
pub(crate) fn soap_body(envelope: &str) -> String {
    let (_, inner) = envelope.split_once("<soap:Body>").unwrap();
    let (inner, _) = inner.split_once("</soap:Body>").unwrap();
    let name_end = inner.find(['>', '/', ' ']).unwrap();
    format!(r#"{} xmlns:ssbt="{SSBT}"{}"#, &inner[..name_end], &inner[name_end..])
}
