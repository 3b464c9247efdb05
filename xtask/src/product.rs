//! What is built before the server: the style, and the islands as WebAssembly.

use anyhow::{Result, bail};
use xshell::cmd;

use crate::files;
use crate::project::{Project, WASM, execute};

/// Where cargo leaves wasm, and where the browser's form of it is put.
const BUILT: &str = "target/wasm32-unknown-unknown/wasm-release";
const GLUE: &str = "target/wasm-bindgen";

pub(crate) fn style(project: &Project) -> Result<()> {
    files::unless_done(project, "style/dist/manifest.json", &["style"], || {
        execute(cmd!(project.sh, "node style/build.mjs"))
    })
}

/// The islands, once without and once with those that calculate: a page loads one of the two.
pub(crate) fn islands(project: &Project) -> Result<()> {
    for (features, name) in [("hydrate", "islands"), ("calculate", "calculating")] {
        execute(cmd!(
            project.sh,
            "cargo rustc --locked --package app --lib --crate-type cdylib --target {WASM} --profile wasm-release --no-default-features --features {features}"
        ))?;
        bind(project, &format!("{BUILT}/app.wasm"), name)?;
    }
    let (islands, calculating) = (format!("{GLUE}/islands"), format!("{GLUE}/calculating"));
    let bound: Vec<_> =
        [&islands, &calculating].iter().flat_map(|glue| [format!("{glue}.js"), format!("{glue}_bg.wasm")]).collect();
    let inputs: Vec<_> = bound.iter().map(String::as_str).chain(["style"]).collect();
    files::unless_done(project, "target/site/manifest.json", &inputs, || {
        execute(cmd!(
            project.sh,
            "node style/pack.mjs target/site style/dist islands={islands} calculating={calculating}"
        ))
    })
}

/// Pages of islands for the browser tests, and the islands that only they have: nothing of it is served by the service.
pub(crate) fn trial_pages(project: &Project) -> Result<()> {
    let sh = &project.sh;
    execute(cmd!(
        sh,
        "cargo build --locked --package app --example trial --target {WASM} --profile wasm-release --no-default-features --features calculate"
    ))?;
    bind(project, &format!("{BUILT}/examples/trial.wasm"), "trial")?;
    execute(cmd!(sh, "cargo run --locked --quiet --package app --example islands -- target/trial-pages"))
}

/// The script and the wasm of some islands, `NAME.js` and `NAME_bg.wasm`, as a browser takes them.
fn bind(project: &Project, wasm: &str, name: &str) -> Result<()> {
    let sh = &project.sh;
    files::unless_done(project, &format!("{GLUE}/{name}.js"), &[wasm, "Cargo.lock"], || {
        execute(cmd!(
            sh,
            "wasm-bindgen --target web --no-typescript --remove-name-section --remove-producers-section --out-name {name} --out-dir {GLUE} {wasm}"
        ))
    })?;
    // A snippet is script that a crate brings along; nothing serves it.
    if sh.path_exists(format!("{GLUE}/snippets")) {
        bail!("wasm-bindgen wrote {GLUE}/snippets, which no page could load");
    }
    Ok(())
}
