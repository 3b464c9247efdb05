//! An error's message says what only it knows. Its cause is printed after it, once, by whoever prints the chain.

use crate::sources::shipped;

#[test]
fn no_message_repeats_its_cause() {
    let mut repeated = Vec::new();
    for crate_folder in ["domain/src", "app/src", "demo/src", "server/src"] {
        for file in shipped(crate_folder) {
            for variant in file.text.split("#[error(\"").skip(1) {
                if repeats(variant) {
                    repeated.push(format!(
                        "{crate_folder}/{}: {}",
                        file.path.display(),
                        variant.lines().next().unwrap()
                    ));
                }
            }
        }
    }
    assert!(repeated.is_empty(), "{repeated:#?}");
}

/// Whether the text of a variant, from its message on, shows the error that it holds.
fn repeats(variant: &str) -> bool {
    let (message, rest) = variant.split_once("\")]").unwrap_or((variant, ""));
    let mut lines = rest.trim_start().lines();
    let first = lines.next().unwrap_or_default();
    let holds = first.contains("(#[from]") || first.contains("(#[source]");
    message.contains("{source}") || (holds && message.contains("{0}"))
}

#[test]
fn what_repeats_is_told_from_what_does_not() {
    assert!(repeats("the key cannot be used: {0}\")]\n    Key(#[from] KeyError),"));
    assert!(repeats("cannot listen on {address}: {source}\")]\n    Listen {"));
    assert!(!repeats("no municipality has the host {0}\")]\n    NoMunicipality(String),"));
    assert!(!repeats("the key cannot be used\")]\n    Key(#[from] KeyError),"));
}
