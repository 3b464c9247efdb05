//! What cargo, rustup and npm install. Debian's packages are the business of `dev`, since cargo itself needs some of them.

use std::fs;

use anyhow::{Context, Result, anyhow};
use xshell::cmd;

use crate::files;
use crate::project::{Project, WASM, execute};

/// A program that cargo builds from crates.io when it, or all but an older version of it, is missing.
struct Tool<'a> {
    name: &'a str,
    version: &'a str,
}

const DENY: Tool<'_> = Tool { name: "cargo-deny", version: "0.20.2" };
const MACHETE: Tool<'_> = Tool { name: "cargo-machete", version: "0.9.2" };
const NEXTEST: Tool<'_> = Tool { name: "cargo-nextest", version: "0.9.143" };

pub(crate) fn for_building(project: &Project) -> Result<()> {
    wasm_target(project)?;
    wasm_bindgen(project)?;
    node_modules(project, "style")
}

pub(crate) fn for_checking(project: &Project) -> Result<()> {
    wasm_target(project)?;
    lints(project)?;
    tool(project, &DENY)?;
    tool(project, &MACHETE)
}

pub(crate) fn for_testing(project: &Project) -> Result<()> {
    for_building(project)?;
    for_checking(project)?;
    tool(project, &NEXTEST)?;
    node_modules(project, "tests")
}

/// rustup reads the target from `rust-toolchain.toml` only when it installs the toolchain.
fn wasm_target(project: &Project) -> Result<()> {
    let sysroot = cmd!(project.sh, "rustc --print sysroot").quiet().read()?;
    if project.path(&sysroot).join("lib/rustlib").join(WASM).exists() {
        return Ok(());
    }
    execute(cmd!(project.sh, "rustup target add {WASM}")).with_context(|| {
        format!("Rust's target {WASM} is missing and could not be added. This adds it: rustup target add {WASM}")
    })
}

fn lints(project: &Project) -> Result<()> {
    let there = |part| cmd!(project.sh, "cargo {part} --version").quiet().ignore_stdout().ignore_stderr().run().is_ok();
    if there("fmt") && there("clippy") {
        return Ok(());
    }
    execute(cmd!(project.sh, "rustup component add rustfmt clippy"))
}

/// The tool and the crate in Cargo.lock must be of one version, to the letter.
fn wasm_bindgen(project: &Project) -> Result<()> {
    let lock = fs::read_to_string(project.path("Cargo.lock"))?;
    let wanted = lock
        .split_once("name = \"wasm-bindgen\"\nversion = \"")
        .and_then(|(_, rest)| rest.split('"').next())
        .ok_or_else(|| anyhow!("Cargo.lock names no wasm-bindgen"))?;
    if found(project, "wasm-bindgen", &[]).is_some_and(|found| found == wanted) {
        return Ok(());
    }
    // The published lock file names a withdrawn version.
    install(project, &Tool { name: "wasm-bindgen-cli", version: wanted }, &[])
}

fn tool(project: &Project, tool: &Tool<'_>) -> Result<()> {
    let subcommand = tool.name.trim_start_matches("cargo-");
    if found(project, "cargo", &[subcommand]).is_some_and(|found| at_least(tool.version, &found)) {
        return Ok(());
    }
    // Unoptimised: each runs for a second, and would take minutes more to build.
    install(project, tool, &["--locked", "--debug"])
}

fn install(project: &Project, tool: &Tool<'_>, options: &[&str]) -> Result<()> {
    let Tool { name, version } = tool;
    println!("Waiting for cargo to build {name} {version} (some minutes, once)");
    let folder = project.target.join("tools");
    let install = cmd!(project.sh, "cargo install --quiet {name} --version {version} --root {folder} {options...}");
    // Neither the service's folder of products nor its flags are for tools.
    execute(install.env_remove("CARGO_TARGET_DIR").env("RUSTFLAGS", ""))
}

/// The version that a program gives of itself, if it is there.
fn found(project: &Project, program: &str, args: &[&str]) -> Option<String> {
    let said = cmd!(project.sh, "{program} {args...} --version").quiet().ignore_stderr().read().ok()?;
    said.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit())).map(str::to_owned)
}

fn at_least(wanted: &str, found: &str) -> bool {
    let numbers = |version: &str| -> Vec<u64> { version.split('.').map_while(|number| number.parse().ok()).collect() };
    numbers(found) >= numbers(wanted)
}

fn node_modules(project: &Project, folder: &str) -> Result<()> {
    files::unless_done(project, &format!("{folder}/node_modules"), &[&format!("{folder}/package-lock.json")], || {
        execute(cmd!(project.sh, "npm ci --prefix {folder} --ignore-scripts --no-audit --no-fund"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert!(at_least("0.9.143", "0.9.143"));
        assert!(at_least("0.9.143", "0.10.0"));
        assert!(!at_least("0.9.143", "0.9.99"));
    }
}
