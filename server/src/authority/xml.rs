//! Reading XML that someone else wrote: no DTD, a bounded number of nodes, elements found by their local names.
//!
//! Names are compared without namespace because the agencies' own samples differ there from the contract, while no two
//! elements in one place share a local name.

use jiff::civil::Date;
use roxmltree::{Document, Node, ParsingOptions};

/// More nodes than any answer about one person needs.
const MOST_NODES: u32 = 200_000;

/// The document, or `None` where it is not well formed, has a DTD or is unreasonably large.
pub(super) fn parse(text: &str) -> Option<Document<'_>> {
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']), options).ok()
}

pub(super) fn children<'a, 'i>(node: Node<'a, 'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &'a str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// The element at the end of a path of names.
pub(super) fn at<'a, 'i>(node: Node<'a, 'i>, path: &[&'a str]) -> Option<Node<'a, 'i>> {
    path.iter().try_fold(node, |node, name| child(node, name))
}

/// All text of a child, or `None` where there is no such child or nothing in it.
pub(super) fn text(node: Node<'_, '_>, name: &str) -> Option<String> {
    let child = node.children().find(|child| child.is_element() && child.tag_name().name() == name)?;
    own_text(child)
}

/// All text of an element itself. A comment or a CDATA section may split it.
pub(super) fn own_text(node: Node<'_, '_>) -> Option<String> {
    let text: String = node.children().filter(Node::is_text).filter_map(|part| part.text()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// An `xs:date`, whose zone, if any, is of no consequence for a day of payment: `2026-11-18`, `2026-11-18+01:00`.
pub(super) fn date(text: &str) -> Option<Date> {
    let (day, zone) = text.trim().split_at_checked(10)?;
    if !(zone.is_empty() || zone.starts_with(['Z', '+', '-', 'T'])) {
        return None;
    }
    day.parse().ok()
}

/// Whether a child's `xs:boolean` is there and true.
pub(super) fn is_true(node: Node<'_, '_>, name: &str) -> bool {
    matches!(text(node, name).as_deref(), Some("true" | "1"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    #[test]
    fn refuses_what_could_be_a_bomb() {
        let bomb = r#"<!DOCTYPE a [<!ENTITY x "xxxxxxxx"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>"#;
        let outside = r#"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"#;
        for text in [bomb, outside, "<a>&undefined;</a>", "<a>", "", "<a></b>", "\0"] {
            assert!(parse(text).is_none(), "{text}");
        }
        assert!(parse(&format!("<a>{}</a>", "<b/>".repeat(250_000))).is_none());
    }

    #[test]
    fn nesting_does_not_exhaust_the_stack() {
        let nested = |depth| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        // On a stack that a frame for each element would not fit in.
        let small = std::thread::Builder::new().stack_size(256 * 1024);
        let read = move || parse(&nested(90_000)).map(|document| text(document.root_element(), "b"));
        assert_eq!(small.spawn(read).unwrap().join().unwrap(), Some(None));
    }

    #[test]
    fn text_is_whole() {
        let document = parse("\u{feff}\n<a><b>19<!-- -->90<![CDATA[ 06]]></b><c> </c></a>").unwrap();
        assert_eq!(text(document.root_element(), "b").as_deref(), Some("1990 06"));
        assert_eq!(text(document.root_element(), "c"), None);
        assert_eq!(text(document.root_element(), "d"), None);
    }

    #[test]
    fn dates_may_carry_a_zone() {
        for (text, read) in [
            ("2016-11-18+01:00", Some(day(2016, 11, 18))),
            ("2016-11-18Z", Some(day(2016, 11, 18))),
            (" 2016-11-18 ", Some(day(2016, 11, 18))),
            ("2016-11-18x", None),
            ("2016-13-18", None),
            ("20161118", None),
            ("2016-11-1å", None),
        ] {
            assert_eq!(date(text), read, "{text}");
        }
    }
}
