use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;

use crate::file::reading::{RECEIVED_MAX, read};
use domain::renewal::proof::{FileProblem, Media};

const CATALOG: &str = "<</Type/Catalog/Pages 2 0 R>>";
const PAGES: &str = "<</Type/Pages/Count 1/Kids[3 0 R]>>";
const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>";
const CONTENT: &str = "<</Length 9>>stream\n0 0 m S\n\nendstream";

/// A document of these objects, the first of which has the number 1 and is the root.
fn document(objects: &[&str]) -> Vec<u8> {
    let numbered = objects.iter().enumerate().map(|(at, object)| format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    let body = numbered.collect::<String>();
    ended(body.as_bytes(), "/Root 1 0 R")
}

fn ended(body: &[u8], trailer: &str) -> Vec<u8> {
    let end = format!("xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 9{trailer}>>\nstartxref\n9\n%%EOF\n");
    [&b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"[..], body, end.as_bytes()].concat()
}

pub(crate) fn plain() -> Vec<u8> {
    document(&[CATALOG, PAGES, PAGE, CONTENT])
}

/// A page, and beside it one more object.
fn with(object: &str) -> Vec<u8> {
    document(&[CATALOG, PAGES, PAGE, CONTENT, object])
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A stream of objects, with so much more in its dictionary.
fn packed(number: u32, objects: &[(u32, &str)], more: &str) -> Vec<u8> {
    let (mut index, mut values) = (String::new(), String::new());
    for (number, value) in objects {
        index.extend([number.to_string(), " ".to_owned(), values.len().to_string(), " ".to_owned()]);
        values.extend([value, " "]);
    }
    let data = deflated((index.clone() + &values).as_bytes());
    let dictionary = format!("/Type/ObjStm/N {}/First {}{more}", objects.len(), index.len());
    stream(number, &dictionary, &data)
}

fn stream(number: u32, dictionary: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("{number} 0 obj\n<<{dictionary}/Length {}>>\nstream\r\n", data.len());
    [head.as_bytes(), data, b"\nendstream\nendobj\n"].concat()
}

const FLATE: &str = "/Filter/FlateDecode";

/// A document whose objects are all packed, and whose table is a stream.
pub(crate) fn packed_document(pages: &str) -> Vec<u8> {
    packed_with(pages, "null", FLATE)
}

fn packed_with(pages: &str, object: &str, more: &str) -> Vec<u8> {
    let objects = packed(10, &[(1, CATALOG), (2, pages), (3, PAGE), (5, object)], more);
    let table = stream(11, "/Type/XRef/Size 12/W[1 2 1]/Root 1 0 R/Filter/FlateDecode", &deflated(&[0; 48]));
    [&b"%PDF-1.7\n"[..], &objects, &table, b"startxref\n9\n%%EOF\n"].concat()
}

fn refused(bytes: &[u8]) -> Option<FileProblem> {
    read(bytes).err()
}

#[test]
fn keeps_a_document_as_it_is() {
    for bytes in [plain(), packed_document(PAGES)] {
        let content = read(&bytes).unwrap();
        assert_eq!((content.media, content.pages, content.preview), (Media::Pdf, 1, None));
        assert_eq!(content.bytes, bytes);
    }
}

#[test]
fn takes_what_ordinary_documents_have() {
    for object in [
        "<</Type/Annot/Subtype/Link/A<</S/URI/URI(https://example.com/JS/AA/Launch?a=\\(1\\))>>>>",
        "<</Type/Annot/Subtype/Link/A<</S/GoTo/D[3 0 R/Fit]>>>>",
        "<</Type/Annot/Subtype/Link/A<</S/Named/N/NextPage>>>>",
        "<</Fields[]/DA(/Helv 0 Tf 0 g)/NeedAppearances true>>",
        "<</FT/Sig/V<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 1 2 3]/Contents<00ff>>>>>",
        "<</OpenAction[3 0 R/XYZ null null 0]>>",
        "<</OpenAction<</Type/Action/S/GoTo/D[3 0 R/Fit]>>>>",
        "<</AA<<>>>>",
        "<</AA<</O<</S/GoTo/D(here)>>>>>>",
        "<</Type/StructElem/S/Figure/Alt(/JavaScript)>>",
        "<</Title<feff004a0053>/Author(\\)/JS \\\\)>>",
        "<</N 3/Filter/FlateDecode/Length 0>>stream\n\nendstream",
        "<</Type/Font/BaseFont/ABCDEF#2BArial>>",
        "<</Length 30>>stream\n(an obj) /JavaScript /JS Tj    \nendstream",
        "% a comment with /JavaScript and (\n<</A%/JS\n/B>>",
        "[true false null -1 +.5 4. --3 nan]",
        "",
        "12",
    ] {
        assert_eq!(refused(&with(object)), None, "{object}");
    }
}

#[test]
fn counts_pages_through_branches_and_later_versions() {
    let fifty = "3 0 R ".repeat(49) + "3 0 R";
    let pages = |kids: &str| format!("<</Type/Pages/Kids[{kids}]>>");
    assert_eq!(read(&document(&[CATALOG, &pages(&fifty), PAGE])).unwrap().pages, 50);
    assert_eq!(
        refused(&document(&[CATALOG, &pages(&format!("{fifty} 3 0 R")), PAGE])),
        Some(FileProblem::TooManyPages)
    );
    let branches =
        document(&[CATALOG, &pages("4 0 R 5 0 R"), PAGE, &pages("3 0 R 3 0 R"), "<</Kids 6 0 R>>", "[3 0 R]"]);
    assert_eq!(read(&branches).unwrap().pages, 3);
    let later = [plain(), ended(b"2 0 obj<</Kids[3 0 R 3 0 R]>>endobj\n", "/Root 1 0 R/Prev 9")[9..].to_vec()].concat();
    assert_eq!(read(&later).unwrap().pages, 2);
}

#[test]
fn refuses_trees_of_pages_that_are_none() {
    for (tree, objects) in [
        ("none", &[CATALOG][..]),
        ("empty", &[CATALOG, "<</Kids[]>>"]),
        ("a cycle", &[CATALOG, "<</Kids[2 0 R]>>"]),
        ("a long cycle", &[CATALOG, "<</Kids[3 0 R]>>", "<</Kids[2 0 R]>>"]),
        ("a branch twice", &[CATALOG, "<</Kids[3 0 R 3 0 R]>>", "<</Kids[]>>"]),
        ("a missing page", &[CATALOG, "<</Kids[3 0 R 9 0 R]>>", PAGE]),
        ("a page that is a number", &[CATALOG, "<</Kids[3 0 R]>>", "7"]),
        ("a page in place", &[CATALOG, "<</Kids[<</Type/Page>>]>>"]),
        ("kids that are no array", &[CATALOG, "<</Kids 3 0 R>>", PAGE]),
        ("a root without pages", &["<</Type/Catalog>>"]),
    ] {
        assert_eq!(refused(&document(objects)), Some(FileProblem::Damaged), "{tree}");
    }
    let deep = (2..3_000).map(|at| format!("<</Kids[{} 0 R]>>", at + 1)).collect::<Vec<_>>();
    let objects = std::iter::once(CATALOG).chain(deep.iter().map(String::as_str)).collect::<Vec<_>>();
    assert_eq!(refused(&document(&objects)), Some(FileProblem::Damaged));
}

const ACTIVE: [&str; 28] = [
    "<</S/JavaScript/JS(app.alert\\(1\\))>>",
    "<</S/J#61v#61Script>>",
    "<</S/#4A#61#76#61#53#63#72#69#70#74>>",
    "<</JS(1)>>",
    "<</#4a#53 9 0 R>>",
    "<</Names<</JavaScript 9 0 R>>>>",
    "<</A<</S/Launch/F(cmd.exe)>>>>",
    "<</A<</S/SubmitForm/F(http://x)>>>>",
    "<</A<</S/ImportData/F(x)>>>>",
    "<</Names<</EmbeddedFiles 9 0 R>>>>",
    "<</Type/Filespec/F(a.exe)/EF<</F 9 0 R>>>>",
    "<</Type/EmbeddedFile/Length 0>>stream\n\nendstream",
    "<</Subtype/FileAttachment>>",
    "<</Subtype/RichMedia>>",
    "<</Subtype/3D>>",
    "<</Subtype/Movie>>",
    "<</Subtype/Sound>>",
    "<</Subtype/Screen>>",
    "<</S/Rendition>>",
    "<</S/GoToE>>",
    "<</S/GoToR/F(x.pdf)>>",
    "<</XFA 9 0 R>>",
    "<</OpenAction<</S/URI/URI(http://x)>>>>",
    "<</OpenAction<</S/Named/N/Print>>>>",
    "<</OpenAction<</S/GoTo/D(x)/Next<</S/URI>>>>>>",
    "<</AA<</O<</S/URI/URI(http://x)>>>>>>",
    "<</AA[1]>>",
    "<</Length 0/F(outside.bin)>>stream\n\nendstream",
];

#[test]
fn refuses_what_acts() {
    for object in ACTIVE {
        assert_eq!(refused(&with(object)), Some(FileProblem::Active), "{object}");
        if !object.contains("stream") {
            assert_eq!(refused(&with(&format!("<</A[<</B {object}>>]>>"))), Some(FileProblem::Active), "{object}");
        }
    }
}

#[test]
fn refuses_what_acts_though_it_is_packed() {
    for object in ACTIVE.iter().filter(|object| !object.contains("stream")) {
        assert_eq!(refused(&packed_with(PAGES, object, FLATE)), Some(FileProblem::Active), "{object}");
        assert_eq!(refused(&packed_with(PAGES, object, "/Filter[/Fl]")), Some(FileProblem::Active), "{object}");
    }
}

#[test]
fn what_stands_where_readers_look_otherwise_is_not_taken() {
    for hidden in ["<</OpenAction 9 0 R>>", "<</S 9 0 R>>", "<</Type/Annot/Subtype 9 0 R>>"] {
        assert_eq!(refused(&with(hidden)), Some(FileProblem::Active), "{hidden}");
    }
    let packed = packed_with(PAGES, "null", FLATE);
    assert_eq!(refused(&packed), None);
    for (written, otherwise) in
        [("10 0 obj", "10 0 %x\nobj"), ("\nstream\r\n", "\nstream("), ("\nstream\r\n", "\nstream x\n")]
    {
        let at = packed.windows(written.len()).position(|part| part == written.as_bytes()).unwrap();
        let altered = [&packed[..at], otherwise.as_bytes(), &packed[at + written.len()..]].concat();
        assert_eq!(refused(&altered), Some(FileProblem::Damaged), "{otherwise}");
    }
    let at = packed.windows(9).position(|part| part == b"\nstream\r\n").unwrap();
    let spaced = [&packed[..at], b"\nstream \r\n", &packed[at + 9..]].concat();
    assert_eq!(refused(&spaced), None, "some writers do");
}

#[test]
fn refuses_what_acts_by_reference() {
    let uri = "<</S/URI/URI(http://x)>>";
    for objects in [
        ["<</Pages 2 0 R/OpenAction 5 0 R>>", uri],
        ["<</Pages 2 0 R/AA 5 0 R>>", "<</WC<</S/URI>>>>"],
        ["<</Pages 2 0 R/OpenAction 5 0 R>>", "5 0 R"],
    ] {
        assert_eq!(refused(&document(&[objects[0], PAGES, PAGE, CONTENT, objects[1]])), Some(FileProblem::Active));
    }
    // An earlier version may be the one that a reader takes.
    let first = document(&["<</Pages 2 0 R/OpenAction 5 0 R>>", PAGES, PAGE, CONTENT, uri]);
    let later = [&first[..], b"5 0 obj[3 0 R/Fit]endobj startxref\n9\n%%EOF"].concat();
    assert_eq!(refused(&later), Some(FileProblem::Active));
}

#[test]
fn refuses_what_acts_wherever_a_reader_may_be_sent() {
    let evil = "7 0 obj<</S/JavaScript>>endobj";
    for (place, body) in [
        ("in a comment", format!("% {evil}\n")),
        ("in a string", format!("5 0 obj({evil})endobj\n")),
        ("in a stream", format!("5 0 obj<</Length 31>>stream\n{evil}\nendstream endobj\n")),
        ("in an older version", format!("{evil}\n7 0 obj null endobj\n")),
        ("with a comment in its head", "7 0 % x\nobj<</S/JavaScript>>endobj\n".to_owned()),
        ("without an end", "5 0 obj 1 endobj 7 %\nobj<</S/JavaScript/A[".to_owned()),
        ("in a trailer", "trailer<</Root<</OpenAction<</S/JavaScript>>>>>>\n".to_owned()),
        ("before the pages", format!("{evil} ")),
    ] {
        let objects = format!("1 0 obj{CATALOG}endobj 2 0 obj{PAGES}endobj 3 0 obj{PAGE}endobj\n");
        let bytes = ended((body + &objects).as_bytes(), "/Root 1 0 R");
        assert_eq!(refused(&bytes), Some(FileProblem::Active), "{place}");
    }
}

#[test]
fn refuses_what_is_encrypted() {
    let objects = format!("1 0 obj{CATALOG}endobj 2 0 obj{PAGES}endobj 3 0 obj{PAGE}endobj\n");
    for trailer in ["/Root 1 0 R/Encrypt 9 0 R", "/Root 1 0 R/#45ncrypt<</Filter/Standard>>"] {
        assert_eq!(refused(&ended(objects.as_bytes(), trailer)), Some(FileProblem::Locked), "{trailer}");
    }
    let table = stream(11, "/Type/XRef/Root 1 0 R/Encrypt 9 0 R", b"");
    let mut unreadable = stream(10, "/Type/ObjStm/N 1/First 4/Filter/FlateDecode", b"encrypted");
    unreadable.extend(table);
    assert_eq!(refused(&ended(&unreadable, "")), Some(FileProblem::Locked));
}

#[test]
fn what_cannot_be_read_is_damaged() {
    for object in [
        "<</A",
        "<</A(>>",
        "<</A<12>>",
        "[1",
        "<</A]>>",
        "<<1 2>>",
        "<</A 1>",
        "<</A#4>>",
        "<</#zz 1>>",
        "{1}",
        "<</A 1>> <</B 2>>",
        "<<<</A 1>> 2>>",
        "]",
    ] {
        assert_eq!(refused(&with(object)), Some(FileProblem::Damaged), "{object}");
    }
    assert_eq!(refused(b"%PDF-1.7\n"), Some(FileProblem::Damaged));
    assert_eq!(refused(&ended(b"", "")), Some(FileProblem::Damaged));
    assert_eq!(refused(&ended(b"99999999999 0 obj 1 endobj\n", "/Root 1 0 R")), Some(FileProblem::Damaged));
}

#[test]
fn packed_objects_that_cannot_be_told_are_damaged() {
    for more in [
        "",
        "/Filter/LZWDecode",
        "/Filter[/FlateDecode/FlateDecode]",
        "/Filter 9 0 R",
        "/Filter/FlateDecode/DecodeParms<</Predictor 12>>",
        "/Filter/FlateDecode/N 1",
        "/Filter/FlateDecode/First 3",
    ] {
        assert_eq!(refused(&packed_with(PAGES, "null", more)), Some(FileProblem::Damaged), "{more}");
    }
    for (data, dictionary) in [
        (&deflated(b"1 0 <<>>")[..6], "/Type/ObjStm/N 1/First 4"),
        (&deflated(b"1 0 <<>>"), "/Type/ObjStm/N 2/First 4"),
        (&deflated(b"1 0 <<"), "/Type/ObjStm/N 1/First 4"),
        (&deflated(b"1 0 <<>>"), "/Type/ObjStm/N 9 0 R/First 4"),
        (&deflated(b"x 0 <<>>"), "/N 1/First 4"),
        (b"nothing", "/Type/Obj#53tm/N 1/First 4"),
    ] {
        let object = stream(5, &format!("{dictionary}{FLATE}"), data);
        let objects = format!("1 0 obj{CATALOG}endobj 2 0 obj{PAGES}endobj 3 0 obj{PAGE}endobj\n");
        let bytes = ended(&[objects.as_bytes(), &object].concat(), "/Root 1 0 R");
        assert_eq!(refused(&bytes), Some(FileProblem::Damaged), "{dictionary}");
    }
}

#[test]
fn a_document_that_was_cut_off_is_damaged() {
    let bytes = plain();
    let end = bytes.windows(9).rposition(|word| word == b"startxref").unwrap();
    for cut in (20..end).step_by(7) {
        assert_eq!(refused(&bytes[..cut]), Some(FileProblem::Damaged), "{cut}");
    }
    // One that was added to has an end in its middle.
    let added = [&bytes[..], b"6 0 obj<</A 1>>endobj\n"].concat();
    assert_eq!(refused(&added), Some(FileProblem::Damaged));
}

#[test]
fn little_may_stand_before_and_behind() {
    let with = |before: &[u8], behind: &[u8]| refused(&[before, &plain(), behind].concat());
    for before in [&b"\n\n"[..], b"\xef\xbb\xbf", b"\x1b%-12345X@PJL JOB\r\n", &[b' '; 1_024]] {
        assert_eq!(with(before, b""), None);
    }
    assert_eq!(with(&[b' '; 1_025], b""), Some(FileProblem::Unknown));
    assert_eq!(with(b"\0\0\0", b""), Some(FileProblem::Unknown));
    assert_eq!(with(b"", &[b"\r\n"[..].repeat(9_000), vec![0; 4_000]].concat()), None);
    assert_eq!(with(b"", &[b'x'; 2_000]), Some(FileProblem::Damaged));
}

#[test]
fn bombs_are_refused_soon() {
    let zeros =
        |length: usize| stream(5, "/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &deflated(&vec![b' '; length]));
    let long = |text: &str| text.repeat(1_000_000 / text.len());
    for (bomb, body) in [
        ("much in little", zeros(40_000_000)),
        ("nested arrays", format!("1 0 obj{}", long("[")).into_bytes()),
        ("nested dictionaries", format!("1 0 obj{}", long("<</A")).into_bytes()),
        ("nested strings", long("1 0 obj(").into_bytes()),
        ("starts within starts", long(" obj(").into_bytes()),
        ("comments within comments", long("obj%").into_bytes()),
        ("trailers within words", long("trailer").into_bytes()),
        ("more objects than any has", "1 0 obj 1 endobj ".repeat(200_001).into_bytes()),
        ("a page too long to be one", {
            let kids = "3 0 R ".repeat(50);
            format!("1 0 obj{CATALOG}endobj 2 0 obj<</Kids[{kids}]>>endobj 3 0 obj<<{}>>endobj ", long("/A 1"))
                .into_bytes()
        }),
    ] {
        assert_eq!(refused(&ended(&body, "/Root 1 0 R")), Some(FileProblem::Damaged), "{bomb}");
    }
    let touched = format!("1 0 obj<<{}>>endobj ", "/AA null".repeat(20_000));
    assert_eq!(refused(&ended(touched.as_bytes(), "/Root 1 0 R")), Some(FileProblem::Active));
    let among = "5 0 obj 5 0 R endobj ".repeat(2_000);
    let turning = format!("1 0 obj<</OpenAction 5 0 R/AA 5 0 R/Pages 2 0 R>>endobj {among}");
    assert_eq!(refused(&ended(turning.as_bytes(), "/Root 1 0 R")), Some(FileProblem::Active));
    assert!(touched.len() < RECEIVED_MAX);
}

proptest! {
    #[test]
    fn no_arrangement_of_signs_makes_it_panic(signs in proptest::collection::vec(prop_oneof![
        Just("1 0 obj"), Just("endobj"), Just("<<"), Just(">>"), Just("["), Just("]"), Just("("), Just(")"), Just("<"),
        Just(">"), Just("/A"), Just("/Kids"), Just("/Pages"), Just("/AA"), Just("/OpenAction"), Just("/S/GoTo"), Just("1"),
        Just("1 0 R"), Just("stream\n"), Just("endstream"), Just("trailer"), Just("/Root 1 0 R"), Just("startxref"),
        Just("%"), Just("\n"), Just("\\"), Just("#"), Just("/Type/ObjStm/N 1/First 4/Filter/FlateDecode"), Just("{"),
    ], 0..60)) {
        let _ = read(&ended(signs.join(" ").as_bytes(), "/Root 1 0 R"));
    }

    #[test]
    fn an_active_name_is_found_however_it_is_written(escaped in proptest::collection::vec(any::<bool>(), 10)) {
        let name = b"JavaScript".iter().zip(escaped).map(|(&letter, escaped)| {
            if escaped { format!("#{letter:02x}") } else { char::from(letter).to_string() }
        }).collect::<String>();
        prop_assert_eq!(refused(&with(&format!("<</S/{name}>>"))), Some(FileProblem::Active));
    }
}
