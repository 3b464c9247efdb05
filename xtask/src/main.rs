//! The tools: `./dev VERB`, or `cargo xtask VERB` once `./dev` has installed what it needs.

mod check;
mod database;
mod files;
mod install;
mod product;
mod project;
mod queries;
mod report;
mod run;
mod steps;
mod suites;

use std::process::ExitCode;

use project::Project;
use steps::Steps;

const USAGE: &str = "\
./dev run [--fresh]   build and start the service with its demo world; --fresh forgets all data first
./dev test [FILTER]   everything that proves the project; with FILTER only the tests whose names hold it
./dev bench [ARG...]  the measurements: the rules alone, then the service under load; with ARGs (--help) the load alone
./dev check           formatting, lints, licences and dependencies alone
./dev prepare         refresh .sqlx, what the database says of the checked queries
./dev db [stop]       a migrated Postgres for working by hand: start it and print its DATABASE_URL, or stop it
./dev build           the one binary for another machine, optimised, with style and islands inside
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut steps = Steps::new();
    match carry_out(&args, &mut steps) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\n{error:#}");
            if let Some(name) = steps.running() {
                eprintln!("Stopped at: {name}");
            }
            ExitCode::FAILURE
        }
    }
}

fn carry_out(args: &[&str], steps: &mut Steps) -> anyhow::Result<ExitCode> {
    let project = Project::here()?;
    match args {
        ["run"] => run::run(&project, steps, false)?,
        ["run", "--fresh"] => run::run(&project, steps, true)?,
        ["test"] => return suites::all(&project, steps),
        ["test", filter] => return suites::some(&project, steps, filter),
        ["bench", args @ ..] => run::bench(&project, steps, args)?,
        ["check"] => return check::check(&project, steps),
        ["prepare"] => queries::prepare(&project, steps)?,
        ["db"] => database::start(&project)?,
        ["db", "stop"] => database::stop(&project)?,
        ["build"] => run::build(&project, steps)?,
        [] | ["help" | "-h" | "--help"] => print!("{USAGE}"),
        _ => {
            eprint!("{USAGE}");
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}
