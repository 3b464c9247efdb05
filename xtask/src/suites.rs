//! `./dev test`: everything that proves the project, ending with a plain count.

use std::process::ExitCode;
use std::thread;

use anyhow::{Result, bail};
use xshell::cmd;

use crate::check;
use crate::database::Throwaway;
use crate::files;
use crate::install;
use crate::product;
use crate::project::{Project, apart, execute};
use crate::queries;
use crate::report;
use crate::steps::Steps;

const NEXTEST_REPORT: &str = "target/nextest/default/junit.xml";
const EXAMPLES_REPORT: &str = "target/doc-tests.log";
const BROWSER_REPORT: &str = "target/browser.tap";

pub(crate) fn all(project: &Project, steps: &mut Steps) -> Result<ExitCode> {
    let sh = &project.sh;
    steps.outlive_interrupt()?;
    steps.step("What is needed", || install::for_testing(project))?;
    steps.check("Scripts", || execute(cmd!(sh, "shellcheck dev .ci/run")))?;
    check::formatting(project, steps)?;
    check::dependencies(project, steps)?;
    let throwaway = steps.step("Postgres", || Throwaway::start(project))?;
    steps.check("Queries", || queries::check(project, throwaway.postgres.access()))?;
    check::lints(project, steps)?;
    if build(project, steps)? {
        steps.step("Schema", || throwaway.prepare_template(project))?;
        rust_tests(project, steps, &[])?;
        steps.suite(
            "Examples in the documentation",
            || examples(project),
            || report::read(&project.path(EXAMPLES_REPORT), report::cargo),
        )?;
        browser_tests(project, steps, "")?;
    }
    Ok(steps.finish())
}

pub(crate) fn some(project: &Project, steps: &mut Steps, filter: &str) -> Result<ExitCode> {
    steps.outlive_interrupt()?;
    steps.step("What is needed", || install::for_testing(project))?;
    let throwaway = steps.step("Postgres", || Throwaway::start(project))?;
    if build(project, steps)? {
        steps.step("Schema", || throwaway.prepare_template(project))?;
        rust_tests(project, steps, &[filter])?;
        browser_tests(project, steps, filter)?;
    }
    Ok(steps.finish())
}

/// What does not build cannot be tested. The dependencies of the tests take part, so that nothing is built that they do not need.
fn build(project: &Project, steps: &mut Steps) -> Result<bool> {
    let sh = &project.sh;
    steps.check("Style", || product::style(project))?;
    steps.check("Islands", || product::islands(project))?;
    if !steps.check("Build", || execute(cmd!(sh, "cargo build --locked --workspace --bins --tests")))? {
        return Ok(false);
    }
    steps.check("Trial pages", || product::trial_pages(project))
}

fn rust_tests(project: &Project, steps: &mut Steps, filter: &[&str]) -> Result<()> {
    nextest(project, steps, "Tests", filter)?;
    for conditional in &CONDITIONAL {
        let of_module = format!("test(/(^|::){}::/)", conditional.module);
        let filter = [&["--run-ignored", "only", "--filterset", &of_module], filter].concat();
        let count = how_many(project, &filter)?;
        match (conditional.missing)(project) {
            Some(why) if count > 0 => steps.skip(conditional.name, why, count),
            None if count > 0 => nextest(project, steps, conditional.name, &filter)?,
            Some(_) | None => {}
        }
    }
    Ok(())
}

/// Tests that need what not every machine has. They are ignored, and stand in modules of one name.
struct Conditional {
    name: &'static str,
    module: &'static str,
    missing: fn(&Project) -> Option<&'static str>,
}

const CONDITIONAL: [Conditional; 2] = [
    Conditional { name: "Tests by the authorities' contract", module: "with_contract", missing: no_contract },
    Conditional { name: "Tests of what root does", module: "as_root", missing: no_root },
];

fn no_contract(project: &Project) -> Option<&'static str> {
    if !project.path("../shared/ssbtek").is_dir() {
        return Some("the authorities' contract is not in ../shared/ssbtek");
    }
    let lint = cmd!(project.sh, "xmllint --version").quiet().ignore_stdout().ignore_stderr().run();
    lint.is_err().then_some("xmllint is missing")
}

fn no_root(project: &Project) -> Option<&'static str> {
    let is_root = cmd!(project.sh, "id --user").quiet().read().is_ok_and(|id| id == "0");
    (!is_root).then_some("this is not run by root")
}

fn nextest(project: &Project, steps: &mut Steps, name: &str, which: &[&str]) -> Result<()> {
    project.sh.remove_path(NEXTEST_REPORT)?;
    let run = || execute(cmd!(project.sh, "cargo nextest run --locked --workspace --no-tests=pass {which...}"));
    steps.suite(name, run, || report::read(&project.path(NEXTEST_REPORT), report::junit))
}

fn how_many(project: &Project, which: &[&str]) -> Result<u64> {
    let list = cmd!(project.sh, "cargo nextest list --locked --workspace --message-format oneline {which...}");
    Ok(apart(list).quiet().ignore_stderr().read()?.lines().count().try_into()?)
}

fn examples(project: &Project) -> Result<()> {
    project.sh.remove_path(EXAMPLES_REPORT)?;
    let output = cmd!(project.sh, "cargo test --locked --workspace --doc").quiet().ignore_status().output()?;
    let said = [output.stdout, output.stderr].concat();
    print!("{}", String::from_utf8_lossy(&said));
    project.sh.write_file(EXAMPLES_REPORT, said)?;
    if output.status.success() { Ok(()) } else { bail!("{}", output.status) }
}

/// A file of journeys that hangs fails after a quarter of an hour, instead of holding up everything.
fn browser_tests(project: &Project, steps: &mut Steps, filter: &str) -> Result<()> {
    let asked_for = |name: &str| name.strip_suffix(".test.mjs").is_some_and(|name| name.contains(filter));
    let mut journeys = files::under(&[project.path("tests/browser")])?;
    journeys.retain(|file| file.file_name().is_some_and(|name| asked_for(&name.to_string_lossy())));
    if journeys.is_empty() {
        return Ok(());
    }
    project.sh.remove_path(BROWSER_REPORT)?;
    let at_once = thread::available_parallelism()?.to_string();
    let limits = [format!("--test-concurrency={at_once}"), "--test-timeout=900000".to_owned()];
    let reports = [
        "--test-reporter=spec",
        "--test-reporter-destination=stdout",
        "--test-reporter=tap",
        &format!("--test-reporter-destination={BROWSER_REPORT}"),
    ];
    let run = || execute(cmd!(project.sh, "node --test {limits...} {reports...} {journeys...}"));
    steps.suite("Browser", run, || report::read(&project.path(BROWSER_REPORT), report::tap))
}
