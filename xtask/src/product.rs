//! What is built before the server: the style, and the islands as WebAssembly.

use anyhow::{Result, bail};
use xshell::cmd;

use crate::files;
use crate::project::{Project, WASM, execute};

pub(crate) fn style(project: &Project) -> Result<()> {
    files::unless_done(project, "style/dist/manifest.json", &["style"], || {
        execute(cmd!(project.sh, "node style/build.mjs"))
    })
}

pub(crate) fn islands(project: &Project) -> Result<()> {
    execute(cmd!(
        project.sh,
        "cargo rustc --locked --package app --lib --crate-type cdylib --target {WASM} --profile wasm-release --no-default-features --features hydrate"
    ))?;
    let built = format!("target/{WASM}/wasm-release/app.wasm");
    let inputs = [built.as_str(), "app/islands.js", "style", "Cargo.lock"];
    files::unless_done(project, "target/site/manifest.json", &inputs, || pack_site(project, &built))
}

/// All that the server serves beside pages, into `target/site`.
fn pack_site(project: &Project, wasm: &str) -> Result<()> {
    let sh = &project.sh;
    let glue = "target/wasm-bindgen";
    sh.remove_path(glue)?;
    execute(cmd!(
        sh,
        "wasm-bindgen --target web --no-typescript --remove-name-section --remove-producers-section --out-name app --out-dir {glue} {wasm}"
    ))?;
    // A snippet is script that a crate brings along; nothing serves it.
    if sh.path_exists(format!("{glue}/snippets")) {
        bail!("wasm-bindgen wrote {glue}/snippets, which no page could load");
    }
    execute(cmd!(
        sh,
        "node style/pack.mjs target/site style/dist islands=app/islands.js glue={glue}/app.js wasm={glue}/app_bg.wasm"
    ))
}
