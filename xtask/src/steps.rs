//! Named steps with the time that each took, and the plain count at the end.

use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use signal_hook::consts::SIGINT;

use crate::report::Count;

pub(crate) struct Steps {
    started: Instant,
    times: Vec<(Duration, String)>,
    running: Option<String>,
    interrupted: Arc<AtomicBool>,
    count: Count,
}

impl Steps {
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            times: Vec::new(),
            running: None,
            interrupted: Arc::new(AtomicBool::new(false)),
            count: Count::default(),
        }
    }

    /// From here on Ctrl-C ends the program that a step runs, and this one tidies up behind it.
    pub(crate) fn outlive_interrupt(&self) -> io::Result<()> {
        signal_hook::flag::register(SIGINT, Arc::clone(&self.interrupted)).map(drop)
    }

    /// The step that was under way when everything stopped.
    pub(crate) fn running(&self) -> Option<&str> {
        self.running.as_deref()
    }

    pub(crate) fn step<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let done = self.timed(name, work)?;
        self.running = None;
        Ok(done)
    }

    /// A step that counts as one test; the others go on when it fails. Tells whether it passed.
    pub(crate) fn check(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> Result<bool> {
        let result = self.timed(name, work);
        let passed = result.is_ok();
        match result {
            Ok(()) => self.count.passed += 1,
            Err(error) => self.fail(name, &error),
        }
        self.go_on()?;
        Ok(passed)
    }

    /// A step with many tests, counted from the report that it leaves.
    pub(crate) fn suite(
        &mut self,
        name: &str,
        work: impl FnOnce() -> Result<()>,
        count: impl FnOnce() -> Result<Count>,
    ) -> Result<()> {
        let result = self.timed(name, work);
        let count = count()?;
        self.count += count;
        match result {
            Err(error) if count.failed == 0 => self.fail(name, &error),
            _ => {}
        }
        self.go_on()
    }

    /// So many checks that cannot be made here.
    pub(crate) fn skip(&mut self, name: &str, why: &str, count: u64) {
        println!("\nSKIPPED: {name}: {why}");
        self.count.skipped += count;
    }

    pub(crate) fn print_times(&self) {
        println!();
        for (took, name) in &self.times {
            println!("{:8.1} s  {name}", took.as_secs_f64());
        }
        println!("{:8.1} s  in all", self.started.elapsed().as_secs_f64());
    }

    /// The times, and the closing line by which the whole is judged.
    pub(crate) fn finish(&self) -> ExitCode {
        self.print_times();
        println!("\n{}", self.count);
        if self.count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn timed<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n== {name}");
        self.running = Some(name.to_owned());
        let began = Instant::now();
        let result = work();
        let took = began.elapsed();
        println!("== {name}: {:.1} s", took.as_secs_f64());
        self.times.push((took, name.to_owned()));
        result
    }

    fn fail(&mut self, name: &str, error: &anyhow::Error) {
        self.count.failed += 1;
        println!("FAILED: {name}: {error:#}");
    }

    fn go_on(&mut self) -> Result<()> {
        if self.interrupted.load(Ordering::Relaxed) {
            bail!("Interrupted");
        }
        self.running = None;
        Ok(())
    }
}
