//! PDF: kept as it is, and therefore only if nothing in it acts.
//!
//! Readers of PDF disagree about what a file says: which of several versions of an object counts, what a broken table of
//! objects means. A library reads one of those versions, and mends on the way. So nothing here follows the table: every
//! place where any reader could find an object is looked at ([`survey`]), dead or alive, and one that acts is enough. Only
//! the pages are counted the way readers do, from the last root.
//!
//! Streams other than those of objects are not unpacked: what pages paint cannot act.

use self::lexer::{Broken, Entries, Head};
use self::survey::Survey;
use domain::renewal::proof::FileProblem;

mod lexer;
mod survey;
#[cfg(test)]
pub(crate) mod tests;

const PAGES_MAX: u8 = 50;
/// Nodes of the tree above the pages.
const BRANCHES_MAX: usize = 1_000;
/// How far an action may point on until it is no plain one.
const REFERENCES_MAX: u8 = 4;
/// The header stands at the start; mailers and printers put a little before it.
const HEADER_WITHIN: usize = 1_024;
/// And little behind the end.
const REST_MAX: usize = 1_024;

/// Refuses what is no harmless PDF; its number of pages.
pub(crate) fn check(bytes: &[u8]) -> Result<u8, FileProblem> {
    find_header(bytes)?;
    let survey = Survey::of(bytes)?;
    if survey.active || !survey.starts.iter().all(|start| is_harmless(&survey, start)) {
        return Err(FileProblem::Active);
    }
    check_end(bytes, &survey)?;
    count_pages(&survey)
}

/// What stands before the header may be text, but none that another program would take for its own.
fn find_header(bytes: &[u8]) -> Result<(), FileProblem> {
    let head = &bytes[..bytes.len().min(HEADER_WITHIN + 5)];
    let at = lexer::find(head, b"%PDF-", 0).ok_or(FileProblem::Unknown)?;
    let before = head[..at].strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head[..at]);
    let is_text = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | 0x1b | b' '..=b'~') && *byte != b'<';
    let is_other = [&b"#!"[..], b"PK", b"MZ", b"GIF8", b"RIFF"].iter().any(|magic| before.starts_with(magic));
    if before.iter().all(is_text) && !is_other { Ok(()) } else { Err(FileProblem::Unknown) }
}

/// A file that was cut off has no end, or that of an earlier version with objects behind it.
fn check_end(bytes: &[u8], survey: &Survey<'_>) -> Result<(), FileProblem> {
    let end = lexer::find_last(bytes, b"startxref").ok_or(FileProblem::Damaged)?;
    let last = bytes.iter().rposition(|&byte| !lexer::is_space(byte)).unwrap_or(0);
    if last - end > REST_MAX || survey.objects.iter().any(|object| object.at > end) {
        return Err(FileProblem::Damaged);
    }
    Ok(())
}

/// What a document does when it is opened, or a page or field when it is touched.
pub(crate) struct PdfStart {
    /// Several actions by occasion (`/AA`), or one (`/OpenAction`).
    several: bool,
    head: Head,
}

/// Whether it does nothing but show a place in the document.
fn is_harmless(survey: &Survey<'_>, start: &PdfStart) -> bool {
    if start.several {
        are_harmless(survey, &start.head, REFERENCES_MAX)
    } else {
        is_plain(survey, &start.head, REFERENCES_MAX)
    }
}

fn are_harmless(survey: &Survey<'_>, head: &Head, left: u8) -> bool {
    match head {
        Head::Null => true,
        Head::Dictionary(place) => survey
            .entries(*place)
            .is_ok_and(|entries| entries.iter().all(|(_, action)| is_plain(survey, action, REFERENCES_MAX))),
        Head::Reference(number) => every(survey, *number, left, |head| are_harmless(survey, head, left - 1)),
        _ => false,
    }
}

/// A place to go to, as such or as an action of its own without another one after it.
fn is_plain(survey: &Survey<'_>, head: &Head, left: u8) -> bool {
    match head {
        Head::Null | Head::Array(_) | Head::Name(_) | Head::Text => true,
        Head::Dictionary(place) => survey.entries(*place).is_ok_and(|entries| {
            let mut kinds = entries.iter().filter(|(key, _)| key == b"S").peekable();
            kinds.peek().is_some()
                && kinds.all(|(_, kind)| matches!(kind, Head::Name(name) if name == b"GoTo"))
                && !entries.iter().any(|(key, _)| key == b"Next")
        }),
        Head::Reference(number) => every(survey, *number, left, |head| is_plain(survey, head, left - 1)),
        Head::Number(_) | Head::Other => false,
    }
}

/// Whether every definition of a number is so. One that is nowhere may be where this did not look.
fn every(survey: &Survey<'_>, number: u32, left: u8, is_so: impl Fn(&Head) -> bool) -> bool {
    left > 0 && survey.latest(number).is_some() && survey.all(number).all(|head| is_so(&head))
}

/// Walks the tree of pages below the last root.
fn count_pages(survey: &Survey<'_>) -> Result<u8, FileProblem> {
    let root = survey.root.ok_or(FileProblem::Damaged)?;
    let root = survey.dictionary(root)?;
    let Some(Head::Reference(top)) = last(&root, b"Pages") else { return Err(FileProblem::Damaged) };
    let (mut open, mut seen, mut pages) = (vec![*top], vec![*top], 0);
    while let Some(number) = open.pop() {
        let node = survey.dictionary(number)?;
        let kids = match last(&node, b"Kids") {
            Some(Head::Array(place)) => *place,
            Some(Head::Reference(number)) => match survey.latest(*number) {
                Some(Head::Array(place)) => place,
                _ => return Err(FileProblem::Damaged),
            },
            Some(_) => return Err(FileProblem::Damaged),
            None => {
                pages += 1;
                if pages > PAGES_MAX {
                    return Err(FileProblem::TooManyPages);
                }
                continue;
            }
        };
        for kid in survey.references(kids)? {
            let is_branch = survey.dictionary(kid)?.iter().any(|(key, _)| key == b"Kids");
            if is_branch {
                if seen.contains(&kid) || seen.len() >= BRANCHES_MAX {
                    return Err(FileProblem::Damaged);
                }
                seen.push(kid);
            }
            open.push(kid);
            // More than this cannot be made up for by empty branches.
            if open.len() > BRANCHES_MAX + usize::from(PAGES_MAX) {
                return Err(FileProblem::TooManyPages);
            }
        }
    }
    if pages == 0 { Err(FileProblem::Damaged) } else { Ok(pages) }
}

/// The value that counts of a key that is given twice.
fn last<'e>(entries: &'e Entries, key: &[u8]) -> Option<&'e Head> {
    entries.iter().rev().find(|(name, _)| name == key).map(|(_, head)| head)
}

impl From<Broken> for FileProblem {
    fn from(_: Broken) -> Self {
        Self::Damaged
    }
}
