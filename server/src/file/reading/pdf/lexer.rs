//! The signs of PDF (ISO 32000-2, 7.2 and 7.3), and values made of them.
//!
//! Nothing is built from what is read: a value is walked past, and whoever is interested is told of the names and pairs
//! in it. What each step costs is taken from a budget, so that no arrangement of a file makes reading it long.

use std::borrow::Cow;
use std::cell::Cell;

/// How deep arrays and dictionaries may lie in each other. Word and banks need about ten.
const DEPTH_MAX: usize = 64;

/// Why a value could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    Syntax,
    /// A stream that does not begin on a line of its own.
    Stream,
    /// Reading went over the same bytes too often.
    Budget,
}

/// In which bytes, and where in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PdfPlace {
    pub(crate) source: usize,
    pub(crate) at: usize,
}

/// What a value is, seen from its first sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Head {
    Null,
    Number(Option<u32>),
    Text,
    Name(Vec<u8>),
    Reference(u32),
    Array(PdfPlace),
    Dictionary(PdfPlace),
    Other,
}

/// The pairs of one dictionary.
pub(crate) type Entries = Vec<(Vec<u8>, Head)>;

/// What is met on the way through a value.
pub(crate) enum Met<'m> {
    /// Any name, be it key or value.
    Name(&'m [u8]),
    /// A pair of a dictionary, which lies in so many others.
    Pair { depth: usize, key: &'m [u8], head: &'m Head },
    /// A member of an array.
    Member { depth: usize, head: &'m Head },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sign<'a> {
    Name(Cow<'a, [u8]>),
    Number(&'a [u8]),
    Text,
    ArrayStart,
    ArrayEnd,
    DictionaryStart,
    DictionaryEnd,
    Word(&'a [u8]),
    End,
}

#[derive(Clone)]
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    pub(super) place: PdfPlace,
    budget: &'a Cell<usize>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], place: PdfPlace, budget: &'a Cell<usize>) -> Self {
        Self { bytes, place, budget }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.place.at).copied()
    }

    /// Past the bytes that are such, which are returned.
    fn past(&mut self, such: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.bytes.get(self.place.at..).unwrap_or_default();
        let length = rest.iter().position(|&byte| !such(byte)).unwrap_or(rest.len());
        self.place.at += length;
        &rest[..length]
    }

    pub(super) fn skip_space(&mut self) -> Result<(), Broken> {
        let start = self.place.at;
        loop {
            self.past(is_space);
            if self.peek() != Some(b'%') {
                return pay(self.budget, self.place.at - start);
            }
            self.past(|byte| byte != b'\n' && byte != b'\r');
        }
    }

    pub(super) fn next(&mut self) -> Result<Sign<'a>, Broken> {
        self.skip_space()?;
        let start = self.place.at;
        let sign = self.sign();
        pay(self.budget, self.place.at - start + 1)?;
        sign
    }

    fn sign(&mut self) -> Result<Sign<'a>, Broken> {
        let Some(byte) = self.peek() else { return Ok(Sign::End) };
        match byte {
            b'/' => {
                self.place.at += 1;
                name(self.past(is_regular)).map(Sign::Name)
            }
            b'(' => self.text(),
            b'<' if self.bytes.get(self.place.at + 1) == Some(&b'<') => Ok(self.take(2, Sign::DictionaryStart)),
            b'>' if self.bytes.get(self.place.at + 1) == Some(&b'>') => Ok(self.take(2, Sign::DictionaryEnd)),
            b'<' => {
                self.past(|byte| byte != b'>');
                if self.peek().is_none() { Err(Broken::Syntax) } else { Ok(self.take(1, Sign::Text)) }
            }
            b'[' => Ok(self.take(1, Sign::ArrayStart)),
            b']' => Ok(self.take(1, Sign::ArrayEnd)),
            b'0'..=b'9' | b'+' | b'-' | b'.' => Ok(Sign::Number(self.past(is_regular))),
            _ if is_regular(byte) => Ok(Sign::Word(self.past(is_regular))),
            _ => Err(Broken::Syntax),
        }
    }

    fn take(&mut self, length: usize, sign: Sign<'a>) -> Sign<'a> {
        self.place.at += length;
        sign
    }

    fn text(&mut self) -> Result<Sign<'a>, Broken> {
        let mut depth = 0_usize;
        loop {
            self.past(|byte| !matches!(byte, b'(' | b')' | b'\\'));
            match self.peek().ok_or(Broken::Syntax)? {
                b'(' => depth += 1,
                b')' => depth -= 1,
                // Whatever follows is no bracket.
                _ => self.place.at += 1,
            }
            self.place.at += 1;
            if depth == 0 {
                return Ok(Sign::Text);
            }
        }
    }

    /// Walks past one value and tells of what is in it.
    pub(super) fn value(&mut self, met: &mut impl FnMut(Met<'_>)) -> Result<Head, Broken> {
        // The key that waits for its value, in each open dictionary; none for an array.
        let mut open: Vec<Option<Option<Vec<u8>>>> = Vec::new();
        loop {
            self.skip_space()?;
            let place = self.place;
            let head = match self.next()? {
                Sign::Name(name) => {
                    met(Met::Name(&name));
                    if let Some(Some(key @ None)) = open.last_mut() {
                        *key = Some(name.into_owned());
                        continue;
                    }
                    Head::Name(name.into_owned())
                }
                Sign::Number(digits) => self.number(digits),
                Sign::Text => Head::Text,
                Sign::ArrayStart => Head::Array(place),
                Sign::DictionaryStart => Head::Dictionary(place),
                Sign::ArrayEnd => match open.pop() {
                    Some(None) if open.is_empty() => return Ok(Head::Other),
                    Some(None) => continue,
                    _ => return Err(Broken::Syntax),
                },
                Sign::DictionaryEnd => match open.pop() {
                    // A key without a value before the end is one with none.
                    Some(Some(_)) if open.is_empty() => return Ok(Head::Other),
                    Some(Some(_)) => continue,
                    _ => return Err(Broken::Syntax),
                },
                Sign::Word(b"null") => Head::Null,
                Sign::Word(word) if is_structure(word) => return Err(Broken::Syntax),
                Sign::Word(_) => Head::Other,
                Sign::End => return Err(Broken::Syntax),
            };
            let depth = open.len();
            match open.last_mut() {
                Some(Some(key)) => {
                    let key = key.take().ok_or(Broken::Syntax)?;
                    met(Met::Pair { depth, key: &key, head: &head });
                }
                Some(None) => met(Met::Member { depth, head: &head }),
                None if !matches!(head, Head::Array(_) | Head::Dictionary(_)) => return Ok(head),
                None => {}
            }
            match head {
                Head::Array(_) => open.push(None),
                Head::Dictionary(_) => open.push(Some(None)),
                _ => continue,
            }
            if open.len() > DEPTH_MAX {
                return Err(Broken::Syntax);
            }
        }
    }

    /// A number, or the reference that it begins.
    fn number(&mut self, digits: &[u8]) -> Head {
        let number = parse(digits);
        if number.is_some() {
            let mut ahead = self.clone();
            if let (Ok(Sign::Number(generation)), Ok(Sign::Word(b"R"))) = (ahead.next(), ahead.next())
                && parse(generation).is_some()
                && let Some(number) = number
            {
                *self = ahead;
                return Head::Reference(number);
            }
        }
        Head::Number(number)
    }
}

/// Takes what a step costs from the budget.
pub(super) fn pay(budget: &Cell<usize>, cost: usize) -> Result<(), Broken> {
    budget.set(budget.get().checked_sub(cost).ok_or(Broken::Budget)?);
    Ok(())
}

/// Words that belong to the file around values; within one, something was left open.
pub(super) fn is_structure(word: &[u8]) -> bool {
    [&b"obj"[..], b"endobj", b"stream", b"endstream", b"xref", b"trailer", b"startxref"]
        .iter()
        .any(|structure| word.starts_with(structure))
}

pub(super) fn parse(digits: &[u8]) -> Option<u32> {
    str::from_utf8(digits).ok()?.parse().ok()
}

/// A name without its escapes. Readers do not agree about half an escape.
fn name(written: &[u8]) -> Result<Cow<'_, [u8]>, Broken> {
    if !written.contains(&b'#') {
        return Ok(Cow::Borrowed(written));
    }
    let mut name = Vec::with_capacity(written.len());
    let mut rest = written;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'#' {
            let (&[high, low], after) = rest.split_first_chunk().ok_or(Broken::Syntax)?;
            rest = after;
            name.push(hex(high)? << 4 | hex(low)?);
        } else {
            name.push(byte);
        }
    }
    Ok(Cow::Owned(name))
}

fn hex(digit: u8) -> Result<u8, Broken> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        b'A'..=b'F' => Ok(digit - b'A' + 10),
        _ => Err(Broken::Syntax),
    }
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

pub(super) fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    let (&first, rest) = what.split_first()?;
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == first)?;
        if bytes[at + 1..].starts_with(rest) {
            return Some(at);
        }
        at += 1;
    }
}

pub(super) fn find_last(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|window| window == what)
}
