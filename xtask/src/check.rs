//! Formatting, lints, and what the dependencies are.

use std::process::ExitCode;

use anyhow::Result;
use xshell::cmd;

use crate::install;
use crate::project::{Project, WASM, execute};
use crate::steps::Steps;

pub(crate) fn check(project: &Project, steps: &mut Steps) -> Result<ExitCode> {
    steps.outlive_interrupt()?;
    steps.step("What is needed", || install::for_checking(project))?;
    formatting(project, steps)?;
    dependencies(project, steps)?;
    lints(project, steps)?;
    Ok(steps.finish())
}

pub(crate) fn formatting(project: &Project, steps: &mut Steps) -> Result<()> {
    steps.check("Formatting", || execute(cmd!(project.sh, "cargo fmt --all --check")))?;
    Ok(())
}

pub(crate) fn lints(project: &Project, steps: &mut Steps) -> Result<()> {
    let sh = &project.sh;
    steps.check("Lints", || execute(cmd!(sh, "cargo clippy --locked --workspace --all-targets -- -D warnings")))?;
    steps.check("Lints of the islands", || {
        for islands in
            [&["--lib", "--features", "hydrate"][..], &["--lib", "--example", "trial", "--features", "calculate"]]
        {
            execute(cmd!(
                sh,
                "cargo clippy --locked --package app --target {WASM} --no-default-features {islands...} -- -D warnings"
            ))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// None unused, and each of a licence and from a source that `deny.toml` allows.
pub(crate) fn dependencies(project: &Project, steps: &mut Steps) -> Result<()> {
    let sh = &project.sh;
    // With metadata, since a package and its crate may have different names.
    steps.check("Unused dependencies", || execute(cmd!(sh, "cargo machete --with-metadata --skip-target-dir")))?;
    steps.check("Licences, bans and sources", || {
        execute(cmd!(sh, "cargo deny --locked --log-level error check --hide-inclusion-graph licenses bans sources"))
    })?;
    // The database of advisories is on a host of its own, which not every machine reaches.
    if cmd!(sh, "cargo deny --locked fetch db").quiet().ignore_stdout().ignore_stderr().run().is_ok() {
        let check =
            cmd!(sh, "cargo deny --locked --log-level error check --disable-fetch --hide-inclusion-graph advisories");
        steps.check("Advisories", || execute(check))?;
    } else {
        steps.skip(
            "Advisories",
            "their database cannot be fetched from here. Run ./dev check where github.com is in reach.",
            1,
        );
    }
    Ok(())
}
