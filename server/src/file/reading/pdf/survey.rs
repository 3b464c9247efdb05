//! Everything in a file that a reader could take for an object, and whether it acts.

use std::cell::Cell;
use std::io::Read;

use flate2::read::ZlibDecoder;

use super::PdfStart;
use super::lexer::{self, Broken, Entries, Head, Lexer, Met, PdfPlace, Sign};
use domain::renewal::proof::FileProblem;

/// A document of 50 pages with maps has some ten thousand.
const OBJECTS_MAX: usize = 200_000;
/// Of a page or an action.
const ENTRIES_MAX: usize = 1_000;
/// Of fields that do something when they are touched.
const STARTS_MAX: usize = 10_000;
/// What all streams of objects may be when they are unpacked.
const UNPACKED_MAX: usize = 32 * 1024 * 1024;
/// How often a byte may be read on average. Reading each object once and the tree of pages again takes less than half.
const READINGS: usize = 8;
/// So many bytes in any case: in a small file a few pages may share one.
const READINGS_LEAST: usize = 1024 * 1024;

/// Names that are refused wherever they stand: what they are for cannot be done without them.
const ACTIVE: [&[u8]; 9] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"FileAttachment",
    b"GoToE",
    b"GoToR",
];
/// Names that others have, too: refused as a key,
const ACTIVE_KEYS: [&[u8]; 4] = [b"JS", b"EF", b"RF", b"XFA"];
/// or as the kind of something.
const KIND_KEYS: [&[u8]; 3] = [b"Type", b"Subtype", b"S"];
const ACTIVE_KINDS: [&[u8]; 5] = [b"Movie", b"Rendition", b"Sound", b"Screen", b"GoTo3DView"];
const ACTIVE_KIND_STARTS: [&[u8]; 2] = [b"RichMedia", b"3D"];

/// A value that can be referred to, and where its definition stands in the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PdfObject {
    pub(crate) number: u32,
    /// Of those with the same number, readers take the last.
    pub(crate) at: usize,
    place: PdfPlace,
}

/// What was found in a file.
pub(crate) struct Survey<'a> {
    /// The file, and then each stream of objects, unpacked.
    file: &'a [u8],
    unpacked: Vec<Vec<u8>>,
    budget: Cell<usize>,
    /// By number, then by place.
    pub(crate) objects: Vec<PdfObject>,
    pub(crate) root: Option<u32>,
    pub(crate) active: bool,
    pub(crate) starts: Vec<PdfStart>,
}

/// A stream that holds objects.
struct Packed {
    /// Of its definition, and of its bytes.
    at: usize,
    data: usize,
    count: usize,
    first: usize,
}

impl<'a> Survey<'a> {
    pub(crate) fn of(file: &'a [u8]) -> Result<Self, FileProblem> {
        let mut survey = Self {
            file,
            unpacked: Vec::new(),
            budget: Cell::new(READINGS_LEAST + file.len() * READINGS),
            objects: Vec::new(),
            root: None,
            active: false,
            starts: Vec::new(),
        };
        let mut locked = false;
        let mut packed = Vec::new();
        survey.trailers(&mut locked)?;
        survey.definitions(&mut locked, &mut packed)?;
        if locked {
            return Err(FileProblem::Locked);
        }
        let mut left = UNPACKED_MAX;
        for packed in packed {
            survey.unpack(&packed, &mut left)?;
        }
        survey.objects.sort_by_key(|object| (object.number, object.at));
        Ok(survey)
    }

    fn trailers(&mut self, locked: &mut bool) -> Result<(), FileProblem> {
        let mut from = 0;
        while let Some(at) = lexer::find(self.file, b"trailer", from) {
            from = at + b"trailer".len();
            let budget = Cell::new(self.budget.get());
            let mut lexer = Lexer::new(self.file, PdfPlace { source: 0, at: from }, &budget);
            match lexer.clone().next() {
                Ok(Sign::DictionaryStart) => {
                    let mut top = Top::default();
                    self.value(&mut lexer, &mut top)?;
                    *locked |= top.encrypted;
                    self.root = top.root.or(self.root);
                }
                Err(Broken::Budget) => return Err(FileProblem::Damaged),
                // The word alone may stand in a text.
                _ => {}
            }
            self.budget.set(budget.get());
        }
        Ok(())
    }

    /// Every `obj`: in the body, in a comment, in a stream. A reader goes wherever a table points.
    fn definitions(&mut self, locked: &mut bool, packed: &mut Vec<Packed>) -> Result<(), FileProblem> {
        let mut from = 0;
        while let Some(at) = lexer::find(self.file, b"obj", from) {
            from = at + b"obj".len();
            if self.file[..at].last().is_some_and(u8::is_ascii_alphabetic) {
                continue;
            }
            let budget = Cell::new(self.budget.get());
            let mut lexer = Lexer::new(self.file, PdfPlace { source: 0, at: from }, &budget);
            let number = number_before(&self.file[..at]);
            let place = lexer.place;
            let mut top = Top::default();
            let read = self.value(&mut lexer, &mut top).and_then(|()| self.after(&mut lexer));
            self.budget.set(budget.get());
            let after = match (number, read) {
                (Some(_), Ok(after)) => after,
                // Without a number right before it, it is hardly ever an object; and if, then its names were seen. What is packed in its
                // stream was not: a comment may stand between the two.
                (None, Ok(None) | Err(Broken::Syntax)) => continue,
                (None, Ok(Some(_))) => return Err(FileProblem::Damaged),
                (_, Err(broken)) => return Err(broken.into()),
            };
            let number = number.flatten().ok_or(FileProblem::Damaged)?;
            self.add(PdfObject { number, at, place })?;
            *locked |= top.encrypted;
            if let Some(data) = after {
                self.active |= top.external;
                if top.is_table {
                    self.root = top.root.or(self.root);
                }
                packed.extend(top.packed(at, data)?);
            }
        }
        Ok(())
    }

    /// What follows the value of a definition: the place of its stream's bytes, if it has some.
    fn after(&mut self, lexer: &mut Lexer<'_>) -> Result<Option<usize>, Broken> {
        match lexer.next()? {
            Sign::Word(b"stream") => {
                let rest = &self.file[lexer.place.at..];
                let spaces = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                let line = match &rest[spaces..] {
                    [b'\r', b'\n', ..] => 2,
                    [b'\r' | b'\n', ..] => 1,
                    // Readers go on at the next line, wherever that is: what stands here instead is not what they read.
                    _ => return Err(Broken::Stream),
                };
                Ok(Some(lexer.place.at + spaces + line))
            }
            // Some writers leave `endobj` out.
            Sign::Word(word) if lexer::is_structure(word) && !word.starts_with(b"stream") => Ok(None),
            Sign::Number(_) | Sign::End => Ok(None),
            _ => Err(Broken::Syntax),
        }
    }

    fn unpack(&mut self, packed: &Packed, left: &mut usize) -> Result<(), FileProblem> {
        let mut bytes = Vec::new();
        // The stream says itself where it ends. What is wrong at its end, others would read all the same.
        let mut stream = ZlibDecoder::new(&self.file[packed.data..]).take(*left as u64 + 1);
        stream.read_to_end(&mut bytes).map_err(|_| FileProblem::Damaged)?;
        // A long stream may hold nothing, and many may share it.
        lexer::pay(&self.budget, usize::try_from(stream.get_ref().total_in()).unwrap_or(usize::MAX))?;
        *left = left.checked_sub(bytes.len()).ok_or(FileProblem::Damaged)?;
        self.budget.set(self.budget.get() + bytes.len() * READINGS);
        let source = self.unpacked.len() + 1;
        let budget = Cell::new(self.budget.get());
        let mut index = Lexer::new(&bytes, PdfPlace { source, at: 0 }, &budget);
        for _ in 0..packed.count {
            let (Sign::Number(number), Sign::Number(offset)) = (index.next()?, index.next()?) else {
                return Err(FileProblem::Damaged);
            };
            let number = lexer::parse(number).ok_or(FileProblem::Damaged)?;
            let offset = lexer::parse(offset).ok_or(FileProblem::Damaged)? as usize;
            let place = PdfPlace { source, at: packed.first + offset };
            self.value(&mut Lexer::new(&bytes, place, &budget), &mut Top::default())?;
            self.add(PdfObject { number, at: packed.at, place })?;
        }
        self.budget.set(budget.get());
        self.unpacked.push(bytes);
        Ok(())
    }

    fn add(&mut self, object: PdfObject) -> Result<(), FileProblem> {
        if self.objects.len() >= OBJECTS_MAX {
            return Err(FileProblem::Damaged);
        }
        self.objects.push(object);
        Ok(())
    }

    /// Walks past a value and judges what is in it.
    fn value(&mut self, lexer: &mut Lexer<'_>, top: &mut Top) -> Result<(), Broken> {
        lexer.skip_space()?;
        // An object without a value is nothing.
        if matches!(lexer.clone().next(), Ok(Sign::Word(word)) if word.starts_with(b"endobj")) {
            return Ok(());
        }
        lexer
            .value(&mut |met| match met {
                Met::Name(name) => self.active |= ACTIVE.contains(&name),
                Met::Pair { depth, key, head } => {
                    self.active |= is_active(key, head) || is_hidden(key, head);
                    if key == b"OpenAction" || key == b"AA" {
                        self.active |= self.starts.len() >= STARTS_MAX;
                    }
                    if !self.active && (key == b"OpenAction" || key == b"AA") {
                        self.starts.push(PdfStart { several: key == b"AA", head: head.clone() });
                    }
                    if depth == 1 {
                        top.pair(key, head);
                    }
                }
                Met::Member { depth: 2, head } => top.member(head),
                Met::Member { .. } => {}
            })
            .map(|_| ())
    }

    fn bytes(&self, source: usize) -> &[u8] {
        match source.checked_sub(1) {
            None => self.file,
            Some(at) => self.unpacked.get(at).map_or(&[], Vec::as_slice),
        }
    }

    fn lexer(&self, place: PdfPlace) -> Lexer<'_> {
        Lexer::new(self.bytes(place.source), place, &self.budget)
    }

    /// Every definition of a number.
    pub(crate) fn all(&self, number: u32) -> impl DoubleEndedIterator<Item = Head> {
        let from = self.objects.partition_point(|object| object.number < number);
        let to = self.objects.partition_point(|object| object.number <= number);
        self.objects[from..to].iter().map(|object| self.head(object.place))
    }

    /// The definition that readers take.
    pub(crate) fn latest(&self, number: u32) -> Option<Head> {
        self.all(number).next_back()
    }

    fn head(&self, place: PdfPlace) -> Head {
        let mut lexer = self.lexer(place);
        match lexer.clone().next() {
            Ok(Sign::DictionaryStart) => Head::Dictionary(place),
            Ok(Sign::ArrayStart) => Head::Array(place),
            _ => lexer.value(&mut |_| ()).unwrap_or(Head::Other),
        }
    }

    pub(crate) fn entries(&self, place: PdfPlace) -> Result<Entries, Broken> {
        let mut entries = Vec::new();
        self.lexer(place).value(&mut |met| {
            if let Met::Pair { depth: 1, key, head } = met
                && entries.len() <= ENTRIES_MAX
            {
                entries.push((key.to_vec(), head.clone()));
            }
        })?;
        if entries.len() > ENTRIES_MAX { Err(Broken::Syntax) } else { Ok(entries) }
    }

    pub(crate) fn dictionary(&self, number: u32) -> Result<Entries, Broken> {
        match self.latest(number) {
            Some(Head::Dictionary(place)) => self.entries(place),
            _ => Err(Broken::Syntax),
        }
    }

    /// An array of nothing but references.
    pub(crate) fn references(&self, place: PdfPlace) -> Result<Vec<u32>, Broken> {
        let mut references = Some(Vec::new());
        self.lexer(place).value(&mut |met| match met {
            Met::Member { depth: 1, head: &Head::Reference(number) } => {
                if let Some(references) = &mut references {
                    references.push(number);
                }
            }
            _ => references = None,
        })?;
        references.ok_or(Broken::Syntax)
    }
}

/// A kind that is told elsewhere: writers never do, and it could be any.
fn is_hidden(key: &[u8], head: &Head) -> bool {
    KIND_KEYS.contains(&key) && matches!(head, Head::Reference(_))
}

fn is_active(key: &[u8], head: &Head) -> bool {
    let is_kind =
        |name: &[u8]| ACTIVE_KINDS.contains(&name) || ACTIVE_KIND_STARTS.iter().any(|start| name.starts_with(start));
    ACTIVE_KEYS.contains(&key) || KIND_KEYS.contains(&key) && matches!(head, Head::Name(name) if is_kind(name))
}

/// What the outermost dictionary of an object says about the stream after it, or about the file.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing found or not")]
struct Top {
    encrypted: bool,
    external: bool,
    is_table: bool,
    is_packed: bool,
    root: Option<u32>,
    count: Option<Head>,
    first: Option<Head>,
    filters: Vec<Head>,
    /// Something was said twice, or so that it cannot be told.
    unclear: bool,
    last_key_is_filter: bool,
}

impl Top {
    fn pair(&mut self, key: &[u8], head: &Head) {
        self.last_key_is_filter = key == b"Filter";
        match key {
            b"Encrypt" => self.encrypted |= *head != Head::Null,
            b"F" | b"FFilter" => self.external |= *head != Head::Null,
            b"Type" => {
                self.is_table |= matches!(head, Head::Name(name) if name == b"XRef");
                self.is_packed |= matches!(head, Head::Name(name) if name == b"ObjStm");
            }
            b"Root" => {
                if let Head::Reference(root) = head {
                    self.root = Some(*root);
                }
            }
            b"N" => self.unclear |= self.count.replace(head.clone()).is_some(),
            b"First" => self.unclear |= self.first.replace(head.clone()).is_some(),
            b"Filter" if !matches!(head, Head::Array(_)) => self.filters.push(head.clone()),
            b"DecodeParms" | b"DP" => self.unclear |= *head != Head::Null,
            _ => {}
        }
    }

    /// A member of an array in the outermost dictionary.
    fn member(&mut self, head: &Head) {
        if self.last_key_is_filter {
            self.filters.push(head.clone());
        }
    }

    /// The stream of objects that this is. Compressed the one way that writers do, or it is not opened.
    fn packed(&self, at: usize, data: usize) -> Result<Option<Packed>, FileProblem> {
        if !self.is_packed && (self.count.is_none() || self.first.is_none()) {
            return Ok(None);
        }
        let is_deflated = matches!(&*self.filters, [Head::Name(name)] if name == b"FlateDecode" || name == b"Fl");
        match (&self.count, &self.first) {
            (Some(Head::Number(Some(count))), Some(Head::Number(Some(first)))) if is_deflated && !self.unclear => {
                Ok(Some(Packed { at, data, count: *count as usize, first: *first as usize }))
            }
            _ => Err(FileProblem::Damaged),
        }
    }
}

/// The object number in `12 0 obj`, before `obj`: none where it there is none, or one that is too large.
#[expect(clippy::option_option, reason = "no definition, and one with a number that cannot be, are two things")]
fn number_before(before: &[u8]) -> Option<Option<u32>> {
    let (before, generation) = split_digits(before);
    let (_, number) = split_digits(before);
    (!generation.is_empty() && !number.is_empty()).then(|| lexer::parse(number))
}

/// Off the end: white space, and digits before it.
fn split_digits(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().rposition(|&byte| !lexer::is_space(byte)).map_or(0, |last| last + 1);
    let start = bytes[..end].iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |last| last + 1);
    (&bytes[..start], &bytes[start..end])
}
