//! How many tests passed, failed and were skipped, from what test runners leave behind.

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::ops::AddAssign;
use std::path::Path;

use anyhow::{Context, Result};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

/// Counts a report; a runner that left none has run nothing.
pub(crate) fn read(path: &Path, count: fn(&str) -> Result<Count>) -> Result<Count> {
    match fs::read_to_string(path) {
        Ok(report) => count(&report).with_context(|| path.display().to_string()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Count::default()),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// The `JUnit` file of nextest.
pub(crate) fn junit(report: &str) -> Result<Count> {
    let document = roxmltree::Document::parse(report)?;
    let suites = document.root_element();
    let number = |name| suites.attribute(name).map_or(Ok(0), str::parse::<u64>);
    let failed = number("failures")? + number("errors")?;
    let passed = number("tests")?.saturating_sub(failed);
    Ok(Count { passed, failed, skipped: 0 })
}

/// The closing lines of Node's TAP.
pub(crate) fn tap(report: &str) -> Result<Count> {
    let mut count = Count::default();
    for line in report.lines() {
        let Some((word, number)) = line.strip_prefix("# ").and_then(|rest| rest.split_once(' ')) else { continue };
        let into = match word {
            "pass" => &mut count.passed,
            "fail" | "cancelled" => &mut count.failed,
            "skipped" | "todo" => &mut count.skipped,
            _ => continue,
        };
        *into += number.parse::<u64>()?;
    }
    Ok(count)
}

/// The `test result:` lines of `cargo test`.
pub(crate) fn cargo(report: &str) -> Result<Count> {
    let mut count = Count::default();
    for line in report.lines().filter_map(|line| line.strip_prefix("test result: ")) {
        let words: Vec<&str> = line.split([' ', ';']).collect();
        for pair in words.windows(2) {
            let into = match pair[1] {
                "passed" => &mut count.passed,
                "failed" => &mut count.failed,
                "ignored" => &mut count.skipped,
                _ => continue,
            };
            *into += pair[0].parse::<u64>()?;
        }
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_junit_file_counts_failures_and_errors() {
        let report = r#"<?xml version="1.0"?>
            <testsuites name="nextest-run" tests="12" failures="2" errors="1"><testsuite name="a"/></testsuites>"#;
        assert_eq!(junit(report).unwrap(), Count { passed: 9, failed: 3, skipped: 0 });
    }

    #[test]
    fn tap_counts_its_closing_lines_alone() {
        let report = "ok 1 - # pass the gate\n1..2\n# tests 6\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n# duration_ms 12.5\n";
        assert_eq!(tap(report).unwrap(), Count { passed: 3, failed: 2, skipped: 1 });
    }

    #[test]
    fn cargo_counts_every_crate() {
        let report = "test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        assert_eq!(cargo(report).unwrap(), Count { passed: 5, failed: 1, skipped: 1 });
    }

    #[test]
    fn the_closing_line_names_skipped_only_when_there_are() {
        assert_eq!(Count { passed: 2, failed: 1, skipped: 0 }.to_string(), "2 passed, 1 failed");
        assert_eq!(Count { passed: 2, failed: 0, skipped: 3 }.to_string(), "2 passed, 0 failed, 3 skipped");
    }
}
