//! Copies of a template: the same households under other identifiers, numbers and keys.

use anyhow::{Context as _, Result};
use domain::PersonNumber;
use domain::renewal::Reference;
use domain::renewal::document::Digest;
use server::bench::{Column, Vault};
use uuid::Uuid;

use crate::template::{Cell, Name, Row, Table, Template, row_key};

/// What opens a binary copy, and what ends it.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
const TRAILER: [u8; 2] = (-1_i16).to_be_bytes();

/// One copy of the households, in one municipality.
struct Copy<'a> {
    template: &'a Template,
    municipality: Uuid,
    vault: &'a Vault,
    /// Which copy in this municipality, from nought.
    number: u32,
}

/// The rows of a table for a number of copies, in the form that Postgres takes in.
pub(crate) fn table(
    template: &Template,
    table: &Table,
    municipality: Uuid,
    vault: &Vault,
    copies: u32,
) -> Result<Vec<u8>> {
    let copies = if table.once { 1 } else { copies };
    let mut out = HEADER.to_vec();
    for number in 0..copies {
        let copy = Copy { template, municipality, vault, number };
        for row in &table.rows {
            copy.write(row, &mut out)?;
        }
    }
    out.extend_from_slice(&TRAILER);
    Ok(out)
}

impl Copy<'_> {
    fn write(&self, row: &Row, out: &mut Vec<u8>) -> Result<()> {
        let key: Vec<Uuid> = row.key.iter().map(|id| self.id(*id)).collect();
        out.extend_from_slice(&i16::try_from(row.cells.len())?.to_be_bytes());
        let digest = |of: Column| {
            let sealed = row.cells.iter().find_map(|cell| match cell {
                Cell::Sealed(column, _, plain, names) if *column == of => Some((plain, names)),
                _ => None,
            });
            let (plain, names) = sealed.with_context(|| format!("{} is in the row", of.name()))?;
            Ok::<_, anyhow::Error>(Digest::of(&self.renamed(plain, names)?))
        };
        for cell in &row.cells {
            match cell {
                Cell::Null => out.extend_from_slice(&(-1_i32).to_be_bytes()),
                Cell::Same(value) => put(out, value)?,
                Cell::Municipality => put(out, self.municipality.as_bytes())?,
                Cell::Id(id) => put(out, self.id(*id).as_bytes())?,
                Cell::NumberIndex(number) => {
                    put(out, &self.vault.index(Column::PersonNumber, self.person_number(number)?.as_bytes()))?;
                }
                Cell::Digest(column, of) => {
                    put(out, &self.vault.seal_json(*column, row_key(&key, None)?, &digest(*of)?)?)?;
                }
                Cell::Distinct(text) => put(out, &[text.as_slice(), format!("-{}", self.number).as_bytes()].concat())?,
                Cell::Reference(renewal) => put(out, self.reference(*renewal)?.as_bytes())?,
                Cell::Sealed(column, version, plain, names) => {
                    let row = row_key(&key, *version)?;
                    put(out, &self.vault.seal(*column, row, &self.renamed(plain, names)?)?)?;
                }
            }
        }
        Ok(())
    }

    /// A document of the template, about this copy's rows and people.
    fn renamed(&self, plain: &[u8], names: &[(usize, Name)]) -> Result<Vec<u8>> {
        let mut document = plain.to_vec();
        for (from, name) in names {
            let text = match name {
                Name::Id(id) => self.id(*id).to_string(),
                Name::Number(number) => self.person_number(number)?,
            };
            document[*from..*from + text.len()].copy_from_slice(text.as_bytes());
        }
        Ok(document)
    }

    /// The identifier that stands for the template's own. Its time stays, so that rows keep their order.
    fn id(&self, id: Uuid) -> Uuid {
        if id == self.template.municipality {
            return self.municipality;
        }
        let copy = if self.template.once.contains(&id) { 0 } else { u64::from(self.number) + 1 };
        let (_, town) = self.municipality.as_u64_pair();
        let (time, own) = id.as_u64_pair();
        Uuid::from_u64_pair(time, own ^ (mixed(town ^ copy) >> 2))
    }

    /// The same day of birth with another serial number. Twenty apart, thirty copies have each their own.
    fn person_number(&self, number: &str) -> Result<String> {
        let (day, serial) = (number.get(..8).context("a day")?, number.get(8..11).context("a serial number")?);
        let serial = (serial.parse::<u32>()? + 20 * self.number - 1) % 999 + 1;
        let made = (0..10).find_map(|check| PersonNumber::parse(&format!("{day}{serial:03}{check}")).ok());
        Ok(made.context("one check digit fits")?.digits())
    }

    fn reference(&self, renewal: Uuid) -> Result<String> {
        let (_, own) = self.id(renewal).as_u64_pair();
        let bytes = mixed(own).to_be_bytes();
        Ok(Reference::from_random(*bytes.first_chunk().context("five of eight bytes")?).to_string())
    }
}

fn put(out: &mut Vec<u8>, value: &[u8]) -> Result<()> {
    out.extend_from_slice(&i32::try_from(value.len())?.to_be_bytes());
    out.extend_from_slice(value);
    Ok(())
}

/// `SplitMix64`: numbers that lie near each other become ones that do not.
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
