//! Formatting and lints.

use std::process::ExitCode;

use anyhow::Result;
use xshell::cmd;

use crate::install;
use crate::project::{Project, WASM};
use crate::steps::Steps;

/// `./dev check`
pub(crate) fn check(project: &Project, steps: &mut Steps) -> Result<ExitCode> {
    steps.outlive_interrupt()?;
    steps.step("What is needed", || install::for_checking(project))?;
    formatting(project, steps)?;
    lints(project, steps)?;
    Ok(steps.finish())
}

pub(crate) fn formatting(project: &Project, steps: &mut Steps) -> Result<()> {
    steps.check("Formatting", || project.run(cmd!(project.sh, "cargo fmt --all --check")))?;
    Ok(())
}

pub(crate) fn lints(project: &Project, steps: &mut Steps) -> Result<()> {
    let sh = &project.sh;
    steps.check("Lints", || project.run(cmd!(sh, "cargo clippy --locked --workspace --all-targets -- -D warnings")))?;
    steps.check("Lints of the islands", || {
        let only = ["--package", "app", "--lib", "--target", WASM, "--no-default-features", "--features", "hydrate"];
        project.run(cmd!(sh, "cargo clippy --locked {only...} -- -D warnings"))
    })?;
    Ok(())
}
