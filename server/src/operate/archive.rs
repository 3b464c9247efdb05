//! What a file of `pg_dump` holds, as `pg_restore` tells.

use std::collections::BTreeSet;
use std::path::Path;

use super::programs::{ProgramError, Programs};

/// The file is no backup of this service.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// Its table of migrations is missing or of another form.
    #[error("it does not tell of which schema it is")]
    NoSchema,
}

/// A backup, before anything is done with it.
pub(super) struct Archive {
    /// The newest migration in it.
    pub(super) schema: i64,
    pub(super) tables: usize,
    pub(super) policies: usize,
    /// Whom its rules name. Roles belong to a cluster, and are not in it.
    pub(super) roles: BTreeSet<String>,
    /// What is not the schema's owner's: a function may run with the rights of whom it belongs to.
    pub(super) owned: Vec<Owned>,
}

/// Something that belongs to a role of its own.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Owned {
    /// As `alter` wants it: `FUNCTION public.awaited_answers(uuid, bytea)`.
    pub(super) what: String,
    pub(super) owner: String,
}

impl Archive {
    pub(super) async fn read(programs: &Programs, file: &Path) -> Result<Self, ArchiveError> {
        let file = file.to_string_lossy();
        let told = async |arguments: &[&str]| -> Result<String, ProgramError> {
            let told = programs.run("pg_restore", &[arguments, &[&*file]].concat(), None).await?;
            Ok(String::from_utf8_lossy(&told).into_owned())
        };
        let contents = told(&["--list"]).await?;
        let migrations = told(&["--file=-", "--data-only", "--table=_sqlx_migrations"]).await?;
        let definitions = told(&["--file=-", "--schema-only", "--no-owner"]).await?;
        let (schema_owner, owned) = owned(&contents).ok_or(ArchiveError::NoSchema)?;
        let mut roles = roles(&definitions);
        roles.extend(owned.iter().map(|one| one.owner.clone()));
        roles.retain(|role| *role != schema_owner && role != "PUBLIC");
        Ok(Self {
            schema: newest(&migrations).ok_or(ArchiveError::NoSchema)?,
            tables: entries(&contents, "TABLE DATA"),
            policies: entries(&contents, "POLICY"),
            roles,
            owned,
        })
    }
}

/// Reads every row, as a restore would, to nowhere: what is cut off or does not unpack to what was packed is no backup.
pub(super) async fn read_through(programs: &Programs, file: &Path) -> Result<(), ArchiveError> {
    programs.run("pg_restore", &["--file=/dev/null", &file.to_string_lossy()], None).await?;
    Ok(())
}

/// The kinds of things that can belong to a role.
const OWNED: [&str; 5] = ["FUNCTION", "PROCEDURE", "SEQUENCE", "TABLE", "VIEW"];

/// The owner of the schema, and what belongs to others.
fn owned(contents: &str) -> Option<(String, Vec<Owned>)> {
    let entry = |line: &str| -> Option<(String, String)> {
        let entry = line.split_once("; ")?.1.splitn(3, ' ').nth(2)?;
        let kind = OWNED.iter().find(|kind| entry.starts_with(&format!("{kind} public ")))?;
        let (name, owner) = entry.strip_prefix(&format!("{kind} public "))?.rsplit_once(' ')?;
        Some((format!("{kind} public.{name}"), owner.to_owned()))
    };
    let all: Vec<_> = contents.lines().filter_map(entry).collect();
    let schema_owner = all.iter().find(|(what, _)| what == "TABLE public._sqlx_migrations")?.1.clone();
    let others = all.into_iter().filter(|(_, owner)| *owner != schema_owner);
    let owned = others.map(|(what, owner)| Owned { what, owner }).collect();
    Some((schema_owner, owned))
}

/// How many entries of a kind a list of contents has: `2345; 0 16402 TABLE DATA public person fornya_owner`.
fn entries(contents: &str, kind: &str) -> usize {
    let kinds = contents.lines().filter_map(|line| line.split_once("; ")?.1.splitn(3, ' ').nth(2));
    kinds.filter(|entry| entry.starts_with(&format!("{kind} public "))).count()
}

/// The highest number in the rows of the migrations that went well.
fn newest(migrations: &str) -> Option<i64> {
    let mut lines = migrations.lines().skip_while(|line| !line.starts_with("COPY public._sqlx_migrations "));
    let head = lines.next()?;
    let columns: Vec<&str> = head.split_once('(')?.1.split_once(')')?.0.split(", ").collect();
    let place = |name: &str| columns.iter().position(|column| *column == name);
    let (version, success) = (place("version")?, place("success")?);
    lines
        .take_while(|line| *line != "\\.")
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|row| row.get(success) == Some(&"t"))
        .filter_map(|row| row.get(version)?.parse().ok())
        .max()
}

/// The roles of `create policy … to a, b using …` and of `grant … to a`.
fn roles(definitions: &str) -> BTreeSet<String> {
    let rules = definitions.lines().filter(|line| line.starts_with("CREATE POLICY ") || line.starts_with("GRANT "));
    let named = rules.filter_map(|line| line.split_once(" TO ").map(|(_, after)| after));
    let lists = named.map(|after| after.split([';', '(']).next().unwrap_or_default());
    let lists = lists.map(|list| list.trim_end_matches(" USING ").trim_end_matches(" WITH CHECK "));
    lists.flat_map(|list| list.split(", ")).map(|role| role.trim().trim_matches('"').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_backup_holds_is_read_from_what_pg_restore_tells() {
        let contents = ";\n; Archive created at 2026-11-24\n;\n3; 2615 2200 SCHEMA - public pg_database_owner\n\
                        215; 1259 16386 TABLE public person fornya_owner\n3456; 0 16386 TABLE DATA public person fornya_owner\n\
                        3300; 3256 16500 POLICY public person own_municipality fornya_owner\n";
        assert_eq!((entries(contents, "TABLE DATA"), entries(contents, "POLICY")), (1, 1));
        assert_eq!(owned(contents), None, "it does not tell of which schema it is");
        let contents = "215; 1259 16386 TABLE public _sqlx_migrations fornya_owner\n\
                        241; 1255 16999 FUNCTION public answers(uuid, timestamp with time zone) fornya_tenant\n\
                        242; 1255 17000 FUNCTION public current_municipality() fornya_owner\n";
        let what = "FUNCTION public.answers(uuid, timestamp with time zone)".to_owned();
        let answers = Owned { what, owner: "fornya_tenant".to_owned() };
        assert_eq!(owned(contents), Some(("fornya_owner".to_owned(), vec![answers])));
        let migrations = "--\nCOPY public._sqlx_migrations (version, description, installed_on, success) FROM stdin;\n\
                          1\ttenancy\t2026-01-01\tt\n14\tinbox\t2026-01-01\tt\n15\tbroken\t2026-01-01\tf\n\\.\n\n";
        assert_eq!((newest(migrations), newest("nothing")), (Some(14), None));
        let definitions = "CREATE POLICY a ON public.person TO fornya_tenant USING ((municipality_id = current_municipality()));\n\
                           CREATE POLICY b ON public.job FOR INSERT TO fornya_tenant, fornya_system WITH CHECK (true);\n\
                           CREATE POLICY c ON public.job TO fornya_jobs;\nGRANT SELECT ON TABLE public.job TO reports;\n";
        let expected = ["fornya_jobs", "fornya_system", "fornya_tenant", "reports"].map(str::to_owned);
        assert_eq!(roles(definitions), BTreeSet::from(expected));
    }
}
