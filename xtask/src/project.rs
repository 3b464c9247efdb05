//! Where everything is, and how programs are run there.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::{Cmd, Shell};

pub(crate) const WASM: &str = "wasm32-unknown-unknown";

pub(crate) struct Project {
    pub(crate) sh: Shell,
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
}

impl Project {
    pub(crate) fn here() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask stands in the project's folder")?;
        let root = root.to_owned();
        let target = root.join("target");
        let sh = Shell::new()?;
        sh.change_dir(&root);
        // What the server takes inside must be there before it compiles, even empty.
        sh.create_dir(target.join("site"))?;
        let tools = target.join("tools").join("bin");
        let path = env::var_os("PATH").unwrap_or_default();
        sh.set_var("PATH", env::join_paths([tools].into_iter().chain(env::split_paths(&path)))?);
        sh.set_var("CARGO_TARGET_DIR", &target);
        sh.set_var("LC_ALL", "C.UTF-8");
        sh.set_var("SQLX_OFFLINE", "true");
        Ok(Self { sh, root, target })
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }
}

/// Runs a program to its end.
pub(crate) fn execute(command: Cmd<'_>) -> Result<()> {
    Ok(apart(command).quiet().run()?)
}

/// A program that is told nothing of this one.
///
/// What `cargo xtask` says of the package xtask must not reach another cargo: build scripts that look at it would run anew
/// after each `./dev`, which says nothing.
pub(crate) fn apart(command: Cmd<'_>) -> Cmd<'_> {
    let own = |name: &str| name == "CARGO" || name.starts_with("CARGO_MANIFEST_") || name.starts_with("CARGO_PKG_");
    let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok()).filter(|name| own(name));
    names.fold(command, Cmd::env_remove)
}
