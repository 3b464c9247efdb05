//! The statements that requests made, as Postgres logged them, made into scripts that pgbench runs.

use std::collections::HashMap;
use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use uuid::Uuid;

use crate::pgbench::START;

/// A statement that was executed, with what was bound to it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Statement {
    sql: String,
    /// Each as a literal of SQL.
    bound: Vec<String>,
}

/// What was done between `begin` and its end, both included.
pub(crate) type Transaction = Vec<Statement>;

/// The transactions of a log, in the order that they ended in. Those in which the service looks for work to do are nobody's request.
pub(crate) fn transactions(log: &str) -> Result<Vec<Transaction>> {
    let mut open: HashMap<&str, Transaction> = HashMap::new();
    let mut ended = Vec::new();
    for (process, entry) in entries(log) {
        let of_process = open.entry(process).or_default();
        if let Some(sql) = executed(&entry) {
            of_process.push(Statement { sql: sql.trim().trim_end_matches(';').to_owned(), bound: Vec::new() });
        } else if let Some((_, bound)) = entry.strip_prefix("DETAIL:  ").and_then(|text| text.split_once("arameters: "))
        {
            of_process.last_mut().context("what is bound follows on a statement")?.bound = literals(bound)?;
        }
        if of_process.last().is_some_and(|last| last.is("commit") || last.is("rollback")) {
            ended.extend(open.remove(process));
        }
    }
    ended.retain(|transaction| !transaction.iter().any(|statement| statement.sql.starts_with("update job")));
    Ok(ended)
}

impl Statement {
    fn is(&self, word: &str) -> bool {
        self.sql.eq_ignore_ascii_case(word)
    }
}

fn executed(entry: &str) -> Option<&str> {
    let text = entry.strip_prefix("LOG:  ")?;
    match text.strip_prefix("execute ") {
        Some(named) => Some(named.split_once(": ")?.1),
        None => text.strip_prefix("statement: "),
    }
}

/// The entries of a log, each with the process that wrote it and without the time. A line that goes on is indented.
fn entries(log: &str) -> Vec<(&str, String)> {
    let mut entries: Vec<(&str, String)> = Vec::new();
    for line in log.lines() {
        if let Some(more) = line.strip_prefix('\t') {
            if let Some((_, entry)) = entries.last_mut() {
                entry.push('\n');
                entry.push_str(more);
            }
        } else if let Some((head, entry)) = line.split_once("] ") {
            entries.push((head.rsplit('[').next().unwrap_or_default(), entry.to_owned()));
        }
    }
    entries
}

/// `$1 = 'a', $2 = NULL`: the literals.
fn literals(bound: &str) -> Result<Vec<String>> {
    let mut literals = Vec::new();
    let mut rest = bound;
    while !rest.is_empty() {
        rest = rest.split_once(" = ").context("a parameter has a value")?.1;
        let end = match rest.strip_prefix('\'') {
            None => rest.find(", ").unwrap_or(rest.len()),
            Some(text) => 1 + end_of_text(text).context("a text ends")?,
        };
        let (literal, after) = rest.split_at(end);
        literals.push(literal.to_owned());
        rest = after.strip_prefix(", ").unwrap_or_default();
    }
    Ok(literals)
}

/// How long a text is with the quote that ends it; two quotes are one inside it.
fn end_of_text(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let quote = from + text.get(from..)?.find('\'')?;
        if !text[quote + 1..].starts_with('\'') {
            return Some(quote + 1);
        }
        from = quote + 2;
    }
}

/// Scripts for so many clients, each with its share of the transactions, in their order. Each statement is prepared once, as the service's
/// connections do. An identifier that was made since `began` is made anew, so that a row can be added again.
pub(crate) fn scripts(transactions: &[Transaction], clients: usize, began: Timestamp) -> Result<Vec<String>> {
    let edge = |client: usize| transactions.len() * client / clients;
    (0..clients).map(|client| script(&transactions[edge(client)..edge(client + 1)], began)).collect()
}

fn script(transactions: &[Transaction], began: Timestamp) -> Result<String> {
    let mut names: HashMap<&str, usize> = HashMap::new();
    let (mut prepare, mut execute) = ("deallocate all;\n".to_owned(), String::new());
    for statement in transactions.iter().flatten() {
        let sql = statement.sql.as_str();
        if ["begin", "commit", "rollback"].iter().any(|word| statement.is(word)) {
            writeln!(execute, "{sql};")?;
            continue;
        }
        let next = names.len();
        let name = *names.entry(sql).or_insert(next);
        if name == next {
            writeln!(prepare, "prepare s{name} as {sql};")?;
        }
        let bound: Vec<String> = statement.bound.iter().map(|literal| again(literal, began)).collect();
        let bound = bound.join(", ");
        writeln!(execute, "execute s{name}{};", if bound.is_empty() { String::new() } else { format!("({bound})") })?;
    }
    writeln!(prepare, "select pg_advisory_lock_shared({START}), pg_advisory_unlock_shared({START});")?;
    Ok(prepare + &execute)
}

/// A literal as it can be bound another time: of identifiers that were made since `began` new ones are made.
fn again(literal: &str, began: Timestamp) -> String {
    const MADE: &str = "gen_random_uuid()";
    let is_new = |text: &str| {
        let at = text.parse::<Uuid>().ok().and_then(|id| id.get_timestamp()).map(|at| at.to_unix().0);
        at.is_some_and(|second| i64::try_from(second).is_ok_and(|second| second >= began.as_second()))
    };
    let text = literal.trim_matches('\'');
    match text.strip_prefix('{').and_then(|list| list.strip_suffix('}')) {
        Some(list) if list.split(',').all(is_new) => {
            format!("array[{}]", vec![MADE; list.split(',').count()].join(", "))
        }
        None if is_new(text) => MADE.to_owned(),
        _ => literal.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "\
2026-11-26 12:00:00.000 UTC [7] LOG:  statement: BEGIN
2026-11-26 12:00:00.000 UTC [8] LOG:  statement: BEGIN
2026-11-26 12:00:00.001 UTC [7] LOG:  execute sqlx_s_3: 
\tselect a
\t  from b where c = $1 and d = $2
2026-11-26 12:00:00.001 UTC [7] DETAIL:  parameters: $1 = 'it''s, $2 = ''x', $2 = NULL
2026-11-26 12:00:00.001 UTC [8] LOG:  execute sqlx_s_1: update job set attempts = 1
2026-11-26 12:00:00.002 UTC [8] LOG:  statement: COMMIT
2026-11-26 12:00:00.002 UTC [7] LOG:  statement: COMMIT
";

    #[test]
    fn a_log_is_read_with_all_that_was_bound() {
        let transactions = transactions(LOG).unwrap();
        let statements = &transactions[0];
        let sql: Vec<&str> = statements.iter().map(|statement| statement.sql.as_str()).collect();
        assert_eq!(transactions.len(), 1, "looking for work is nobody's request");
        assert_eq!(sql, ["BEGIN", "select a\n  from b where c = $1 and d = $2", "COMMIT"]);
        assert_eq!(statements[1].bound, ["'it''s, $2 = ''x'", "NULL"]);
    }

    #[test]
    fn identifiers_that_were_made_meanwhile_are_made_anew() {
        let (old, new) = ("'01890000-0000-7000-8000-000000000000'", "'01a217f5-bb4a-7125-a371-c640f17b587e'");
        let began: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(again(old, began), old);
        assert_eq!(again(new, began), "gen_random_uuid()");
        let list = format!("'{{{0},{0}}}'", new.trim_matches('\''));
        assert_eq!(again(&list, began), "array[gen_random_uuid(), gen_random_uuid()]");
        assert_eq!(again("'2026-02-01'", began), "'2026-02-01'");
    }

    #[test]
    fn scripts_are_cut_between_transactions_and_lose_nothing() {
        let log = LOG.repeat(5);
        let scripts = scripts(&transactions(&log).unwrap(), 2, Timestamp::UNIX_EPOCH).unwrap();
        let count = |script: &String| (script.matches("BEGIN;").count(), script.matches("execute s0(").count());
        assert_eq!(scripts.iter().map(count).collect::<Vec<_>>(), [(2, 2), (3, 3)]);
        assert!(scripts.iter().all(|script| script.matches("prepare s0 as ").count() == 1));
    }
}
