//! One municipality of the demo, taken apart: every row of every table, what is sealed opened, and each place marked where it names a row or a
//! person, so that it can be put together again under other names and keys.

use std::collections::HashSet;

use anyhow::{Context as _, Result, bail, ensure};
use futures::TryStreamExt as _;
use server::bench::{Column, RowKey, Vault, Version};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::country::MONTH_OPEN;

/// Tables that are not copied: what lives for minutes only, and the two that make a municipality.
const LEFT_OUT: [&str; 5] = ["session", "identity_attempt", "job", "municipality", "municipality_key"];
/// Tables that a municipality has once, however many copies of the households.
const ONCE: [&str; 7] = [
    "staff",
    "authority_source",
    "municipal_settings",
    "source_test",
    "delegation",
    "decision_rule",
    "other_adult_rule",
];
/// Tables whose documents are left empty for the months before the last: no page that is measured opens them, and they would fill the disk.
const EMPTY_BEFORE: [&str; 4] = ["calculation", "renewal_draft", "signature", "signed_document"];

/// A municipality, taken apart.
pub(crate) struct Template {
    pub(crate) municipality: Uuid,
    pub(crate) tables: Vec<Table>,
    /// Rows that a municipality has once.
    pub(crate) once: HashSet<Uuid>,
    /// How many people are in it.
    pub(crate) people: u32,
}

pub(crate) struct Table {
    /// The statement that takes its rows in.
    pub(crate) copy: String,
    /// Whether a municipality has it once.
    pub(crate) once: bool,
    pub(crate) rows: Vec<Row>,
}

pub(crate) struct Row {
    /// The identifiers by which the row is known, without the municipality's.
    pub(crate) key: Vec<Uuid>,
    pub(crate) cells: Vec<Cell>,
}

/// A value, in Postgres' binary form where it is taken as it is.
pub(crate) enum Cell {
    Null,
    Same(Vec<u8>),
    Municipality,
    Id(Uuid),
    /// What was sealed, which of its place's values it is, and where in it something stands that differs from copy to copy.
    Sealed(Column, Option<Version>, Vec<u8>, Vec<(usize, Name)>),
    /// The digest by which the number in this text is found.
    NumberIndex(String),
    /// Sealed in the first column, the digest of what is sealed in the second column of the row.
    Digest(Column, Column),
    /// A text that may stand once in a municipality.
    Distinct(Vec<u8>),
    Reference(Uuid),
}

/// What differs from copy to copy inside a document.
pub(crate) enum Name {
    Id(Uuid),
    /// A personal number.
    Number(String),
}

struct Field {
    name: String,
    kind: String,
}

impl Template {
    /// Takes a municipality apart.
    pub(crate) async fn read(db: &mut PgConnection, municipality: Uuid, vault: &Vault) -> Result<Self> {
        let names: Vec<String> = sqlx::query_scalar(
            "select table_name::text from information_schema.columns
              where table_schema = 'public' and column_name = 'municipality_id' order by 1",
        )
        .fetch_all(&mut *db)
        .await?;
        let past: Vec<Uuid> = sqlx::query_scalar(
            "select id from renewal where municipality_id = $1 and norm_month < $2::text::date - interval '1 month'",
        )
        .bind(municipality)
        .bind(MONTH_OPEN)
        .fetch_all(&mut *db)
        .await?;
        let past: HashSet<Uuid> = past.into_iter().collect();
        let mut template = Self { municipality, tables: Vec::new(), once: HashSet::new(), people: 0 };
        let mut numbers = HashSet::new();
        for name in names.iter().filter(|name| !LEFT_OUT.contains(&name.as_str())) {
            let mut table = read_table(db, name, municipality, vault).await?;
            if EMPTY_BEFORE.contains(&name.as_str()) {
                table.rows.iter_mut().filter(|row| row.names_any(&past)).for_each(Row::empty);
            }
            if table.once {
                template.once.extend(table.rows.iter().flat_map(|row| &row.key));
            }
            if name == "person" {
                template.people = u32::try_from(table.rows.len())?;
                numbers.extend(table.rows.iter().flat_map(|row| &row.cells).filter_map(number));
            }
            template.tables.push(table);
        }
        let ids: HashSet<Uuid> =
            template.tables.iter().flat_map(|table| &table.rows).flat_map(|row| row.key.clone()).collect();
        for table in &mut template.tables {
            for row in &mut table.rows {
                for cell in &mut row.cells {
                    if let Cell::Sealed(_, _, plain, places) = cell {
                        *places = names_in(plain, &ids, &numbers);
                    }
                }
            }
        }
        ensure!(template.people > 0, "the demo's municipality has no people");
        Ok(template)
    }
}

impl Row {
    fn names_any(&self, ids: &HashSet<Uuid>) -> bool {
        self.cells.iter().any(|cell| matches!(cell, Cell::Id(id) if ids.contains(id)))
    }

    fn empty(&mut self) {
        for cell in &mut self.cells {
            if let Cell::Sealed(_, _, plain, _) = cell {
                *plain = b"{}".to_vec();
            }
        }
    }
}

fn number(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Sealed(Column::PersonNumber, _, plain, _) => String::from_utf8(plain.clone()).ok(),
        _ => None,
    }
}

async fn read_table(db: &mut PgConnection, name: &str, municipality: Uuid, vault: &Vault) -> Result<Table> {
    let fields: Vec<Field> = sqlx::query_as::<_, (String, String)>(
        "select column_name::text, data_type::text from information_schema.columns
          where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position",
    )
    .bind(name)
    .fetch_all(&mut *db)
    .await?
    .into_iter()
    .map(|(name, kind)| Field { name, kind })
    .collect();
    let key: Vec<String> = sqlx::query_scalar(
        "select a.attname::text
           from pg_index i, unnest(i.indkey) with ordinality k (number, place), pg_attribute a
          where i.indrelid = $1::text::regclass and i.indisprimary and a.attrelid = i.indrelid and a.attnum = k.number
            and a.attname <> 'municipality_id'
          order by k.place",
    )
    .bind(name)
    .fetch_all(&mut *db)
    .await?;
    let key: Vec<usize> = key.iter().filter_map(|name| fields.iter().position(|field| field.name == *name)).collect();
    let columns: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let columns = columns.join(", ");
    // Nothing that is measured reads the trail; one month of it lies in the way of what is added.
    let of_late = if name == "audit_entry" {
        format!(" and at >= date '{MONTH_OPEN}' - interval '1 month'")
    } else {
        String::new()
    };
    let out = format!(
        "copy (select {columns} from {name} where municipality_id = '{municipality}'{of_late}) to stdout (format binary)"
    );
    let bytes: Vec<u8> = db
        .copy_out_raw(&out)
        .await?
        .try_fold(Vec::new(), |mut all, part| async move {
            all.extend_from_slice(&part);
            Ok(all)
        })
        .await?;
    let mut rows = Vec::new();
    for values in tuples(&bytes)? {
        rows.push(take_apart(name, &fields, &key, &values, vault).with_context(|| format!("a row of {name}"))?);
    }
    Ok(Table { copy: format!("copy {name} ({columns}) from stdin (format binary)"), once: ONCE.contains(&name), rows })
}

fn take_apart(table: &str, fields: &[Field], key: &[usize], values: &[Option<&[u8]>], vault: &Vault) -> Result<Row> {
    let ids: Vec<Uuid> =
        key.iter().filter_map(|place| values.get(*place)?.and_then(|value| Uuid::from_slice(value).ok())).collect();
    let mut cells = Vec::with_capacity(values.len());
    // Which of its place's values a sealed value is stands in the column named after it.
    let version = |of: &str| {
        let place = fields.iter().position(|field| field.name.strip_suffix("_version") == Some(of))?;
        let bytes = values.get(place).copied()??.try_into().ok()?;
        Some(Version(i64::from_be_bytes(bytes)))
    };
    for (field, value) in fields.iter().zip(values) {
        cells.push(cell(table, field, &ids, *value, version, vault)?);
    }
    // The number that the index finds stands in the column before it.
    let number = cells.iter().find_map(number);
    for cell in &mut cells {
        if let (Cell::NumberIndex(of), Some(number)) = (cell, &number) {
            of.clone_from(number);
        }
    }
    Ok(Row { key: ids, cells })
}

fn cell(
    table: &str,
    field: &Field,
    ids: &[Uuid],
    value: Option<&[u8]>,
    version: impl Fn(&str) -> Option<Version>,
    vault: &Vault,
) -> Result<Cell> {
    let Some(value) = value else { return Ok(Cell::Null) };
    Ok(match (table, field.name.as_str(), field.kind.as_str()) {
        (_, "municipality_id", _) => Cell::Municipality,
        (_, _, "uuid") => Cell::Id(Uuid::from_slice(value)?),
        ("person", "number_index", _) => Cell::NumberIndex(String::new()),
        ("assistance_case", "number", _) => Cell::Distinct(value.to_vec()),
        ("signed_document", "core_hash_sealed", _) => Cell::Digest(Column::DocumentDigest, Column::DocumentCore),
        ("signature", "manifest_hash_sealed", _) => Cell::Digest(Column::SignatureDigest, Column::SignatureManifest),
        ("renewal", "reference", _) => Cell::Reference(*ids.first().context("a renewal has an identifier")?),
        (_, name, _) => match name.strip_suffix("_sealed") {
            None => Cell::Same(value.to_vec()),
            Some(of) => {
                let name = format!("{table}.{of}");
                let column = Column::ALL.iter().copied().find(|column| column.name() == name);
                let column = column.with_context(|| format!("{name} is sealed, and not known here"))?;
                let version = version(of);
                Cell::Sealed(column, version, vault.open(column, row_key(ids, version)?, value)?, Vec::new())
            }
        },
    })
}

pub(crate) fn row_key(ids: &[Uuid], version: Option<Version>) -> Result<RowKey<'static>> {
    match (ids, version) {
        ([one], None) => Ok(RowKey::One(*one)),
        ([one], Some(version)) => Ok(RowKey::Version(*one, version)),
        ([first, second], None) => Ok(RowKey::Two(*first, *second)),
        _ => bail!("a sealed row is known by one or two identifiers"),
    }
}

/// Where a document names a row or a person.
fn names_in(document: &[u8], ids: &HashSet<Uuid>, numbers: &HashSet<String>) -> Vec<(usize, Name)> {
    let mut found = Vec::new();
    let text = |from: usize, length: usize| std::str::from_utf8(document.get(from..from + length)?).ok();
    let is_digit = |place: Option<usize>| place.and_then(|place| document.get(place)).is_some_and(u8::is_ascii_digit);
    for from in 0..document.len() {
        if let Some(id) = text(from, 36).filter(|text| text.as_bytes()[8] == b'-').and_then(|text| text.parse().ok())
            && ids.contains(&id)
        {
            found.push((from, Name::Id(id)));
        }
        if let Some(number) = text(from, 12).filter(|text| numbers.contains(*text))
            && !is_digit(from.checked_sub(1))
            && !is_digit(Some(from + 12))
        {
            found.push((from, Name::Number(number.to_owned())));
        }
    }
    found
}

/// The rows of a binary copy: <https://www.postgresql.org/docs/current/sql-copy.html>.
fn tuples(bytes: &[u8]) -> Result<Vec<Vec<Option<&[u8]>>>> {
    let mut rest = bytes.get(19..).context("a binary copy has a header")?;
    let mut rows = Vec::new();
    loop {
        let count = i16::from_be_bytes(take(&mut rest)?);
        let Ok(count) = usize::try_from(count) else { return Ok(rows) };
        let mut row = Vec::with_capacity(count);
        for _ in 0..count {
            let length = i32::from_be_bytes(take(&mut rest)?);
            row.push(match usize::try_from(length) {
                Ok(length) => {
                    let (value, after) = rest.split_at_checked(length).context("a binary copy was cut off")?;
                    rest = after;
                    Some(value)
                }
                Err(_) => None,
            });
        }
        rows.push(row);
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N]> {
    let (taken, after) = rest.split_first_chunk().context("a binary copy was cut off")?;
    *rest = after;
    Ok(*taken)
}
