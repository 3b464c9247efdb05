//! The list of every column, held against the catalogue and against what the vault knows.

use std::collections::BTreeSet;

use sqlx::PgPool;

use super::Column;

const LIST: &str = include_str!("../../../docs/columns.txt");

const CLASSES: [&str; 7] = ["tenancy", "technical", "staff", "pseudonym", "personal", "sensitive", "secret"];
const TREATMENTS: [&str; 6] = ["sealed", "digest", "hash", "wrapped", "emptied", "plain"];

/// A line of the list.
struct Listed<'a> {
    /// `table.column`.
    name: &'a str,
    class: &'a str,
    treatment: &'a str,
    reason: &'a str,
}

fn listed(list: &str) -> Vec<Listed<'_>> {
    let lines = list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            let (line, reason) = line.split_once(": ").unwrap_or((line, ""));
            let words: Vec<_> = line.split_whitespace().collect();
            let &[name, class, treatment] = words.as_slice() else { panic!("a line has three words: {line}") };
            Listed { name, class, treatment, reason }
        })
        .collect()
}

/// A column of the catalogue.
#[derive(sqlx::FromRow)]
struct Found {
    name: String,
    kind: String,
    is_required: bool,
}

async fn found(pool: &PgPool) -> Vec<Found> {
    sqlx::query_as(
        "select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as kind, a.attnotnull as is_required
           from pg_class c
           join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'f', 'v', 'm')",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}

/// All that is wrong with a list of these columns.
fn wrong(found: &[Found], list: &str) -> Vec<String> {
    let listed = listed(list);
    let mut wrong = Vec::new();
    let names: BTreeSet<_> = listed.iter().map(|one| one.name).collect();
    if names.len() < listed.len() {
        wrong.push("a column is there twice".to_owned());
    }
    wrong.extend(found.iter().filter(|one| !names.contains(&*one.name)).map(|one| format!("{} is missing", one.name)));
    for one in &listed {
        let Some(column) = found.iter().find(|column| column.name == one.name) else {
            wrong.push(format!("{} is no column", one.name));
            continue;
        };
        wrong.extend(misfits(one, column).into_iter().map(|what| format!("{} {what}", one.name)));
    }
    for column in Column::ALL {
        let is_kept = |ending: &str, treatment: &str| {
            let name = format!("{}{ending}", column.name());
            listed.iter().any(|one| one.name == name && one.treatment == treatment)
        };
        if !is_kept("_sealed", "sealed") && !is_kept("_index", "digest") {
            wrong.push(format!("{} is known to the vault, and no column", column.name()));
        }
    }
    wrong
}

fn misfits(one: &Listed<'_>, column: &Found) -> Vec<&'static str> {
    let &Listed { name, class, treatment, reason } = one;
    let (is_bytes, is_plain) = (column.kind == "bytea", treatment == "plain");
    let in_vault = |ending: &str| {
        name.strip_suffix(ending).is_some_and(|name| Column::ALL.iter().any(|column| column.name() == name))
    };
    let is_dear = ["personal", "sensitive", "secret"].contains(&class);
    [
        (!CLASSES.contains(&class) || !TREATMENTS.contains(&treatment), "is of words that the list does not have"),
        (name.ends_with("_sealed") != (treatment == "sealed"), "is not sealed as its name says, or sealed without it"),
        (treatment == "sealed" && !in_vault("_sealed"), "is sealed and unknown to the vault"),
        (name.ends_with("_index") != (treatment == "digest"), "is no digest as its name says, or one without it"),
        (treatment == "digest" && !in_vault("_index"), "is a digest and unknown to the vault"),
        (["sealed", "digest", "hash", "wrapped"].contains(&treatment) && !is_bytes, "is not of bytes"),
        (treatment == "hash" && class != "secret", "is a hash of what can be guessed"),
        (treatment == "emptied" && column.is_required, "cannot be empty"),
        (is_plain && is_bytes && class != "technical", "is of bytes, and plain"),
        (is_plain && is_dear && reason.is_empty(), "is plain without a reason"),
        (!is_plain && !reason.is_empty(), "has a reason, and is not plain"),
    ]
    .into_iter()
    .filter_map(|(is_wrong, what)| is_wrong.then_some(what))
    .collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn every_column_is_listed_once_and_kept_as_the_list_says(pool: PgPool) {
    let found = found(&pool).await;
    assert!(found.len() > 200, "the catalogue query finds the columns");
    let wrong = wrong(&found, LIST);
    assert!(wrong.is_empty(), "docs/columns.txt: {wrong:#?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_new_column_and_a_careless_line_are_noticed(pool: PgPool) {
    let table = "create table diary (municipality_id uuid, nickname text, body_sealed bytea)";
    sqlx::query(table).execute(&pool).await.unwrap();
    let found = found(&pool).await;
    for name in ["diary.municipality_id", "diary.nickname", "diary.body_sealed"] {
        let missing = format!("{name} is missing");
        assert!(wrong(&found, LIST).contains(&missing), "{missing}");
    }
    let with = |lines: &str| wrong(&found, &format!("{LIST}{lines}")).join("\n");
    for (line, told) in [
        ("diary.nickname personal plain", "diary.nickname is plain without a reason"),
        ("diary.nickname private plain: nobody minds", "is of words that the list does not have"),
        ("diary.nickname personal sealed", "diary.nickname is not of bytes"),
        ("diary.nickname personal hash", "is a hash of what can be guessed"),
        ("diary.body_sealed sensitive sealed", "diary.body_sealed is sealed and unknown to the vault"),
        ("diary.body_sealed technical plain", "diary.body_sealed is not sealed as its name says"),
        ("diary.mood sensitive sealed", "diary.mood is no column"),
        ("person.id pseudonym plain", "a column is there twice"),
    ] {
        assert!(with(line).contains(told), "{line}: {}", with(line));
    }
    let unsealed = LIST.replace("person.name_sealed", "person.name_hidden");
    assert!(wrong(&found, &unsealed).contains(&"person.name is known to the vault, and no column".to_owned()));
}
