use proptest::prelude::*;

use super::*;

/// One small file of every kind.
fn samples() -> Vec<Vec<u8>> {
    vec![
        picture::tests::jpeg(16, 8),
        picture::tests::png(16, 8),
        picture::tests::HEIC.to_vec(),
        pdf::tests::plain(),
        pdf::tests::packed_document("<</Type/Pages/Count 1/Kids[3 0 R]>>"),
    ]
}

#[test]
fn keeps_one_of_every_kind() {
    let kinds = samples().iter().map(|bytes| read(bytes).map(|content| content.media)).collect::<Vec<_>>();
    assert_eq!(kinds, [Media::Jpeg, Media::Jpeg, Media::Jpeg, Media::Pdf, Media::Pdf].map(Ok));
}

#[test]
fn refuses_nothing_and_too_much() {
    assert_eq!(read(b""), Err(FileProblem::Empty));
    assert_eq!(read(&vec![0; RECEIVED_MAX + 1]), Err(FileProblem::TooLarge));
}

#[test]
fn refuses_every_other_kind() {
    for (kind, bytes) in [
        ("text", &b"Hej"[..]),
        ("SVG", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
        ("HTML", b"<!doctype html><script>1</script>"),
        ("HTML before a PDF", b"<script>1</script>\n%PDF-1.7\n"),
        ("a script before a PDF", b"#!/bin/sh\n%PDF-1.7\n"),
        ("ZIP before a PDF", b"PK\x03\x04%PDF-1.7\n"),
        ("GIF", b"GIF89a\x01\0\x01\0\0\0\0;"),
        ("WebP", b"RIFF\x1a\0\0\0WEBPVP8 "),
        ("TIFF", b"II*\0\x08\0\0\0"),
        ("BMP", b"BM\x3a\0\0\0"),
        ("ZIP or Office", b"PK\x03\x04\x14\0"),
        ("a Windows program", b"MZ\x90\0"),
        ("a Linux program", b"\x7fELF\x02\x01"),
        ("RTF", b"{\\rtf1 hej}"),
        ("MP4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"),
        ("AVIF", b"\0\0\0\x18ftypavif\0\0\0\0avifmif1"),
        ("AVIF by its second brand", b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif"),
        ("a brand that is a version", b"\0\0\0\x14ftypisomheicmp42"),
        ("JPEG XL", b"\xff\x0a"),
    ] {
        assert_eq!(read(bytes), Err(FileProblem::Unknown), "{kind}");
    }
}

#[test]
fn refuses_what_was_cut_in_half() {
    for bytes in samples() {
        assert_eq!(read(&bytes[..bytes.len() / 2]), Err(FileProblem::Damaged));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_make_it_panic(start in 0_usize..6, bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let start: &[u8] = [
            &b""[..],
            b"%PDF-1.7\n1 0 obj",
            b"\xff\xd8\xff",
            b"\x89PNG\r\n\x1a\n",
            b"\0\0\0\x14ftypheic\0\0\0\0mif1",
            b"\0\0\0\x14ftypheic\0\0\0\0mif1\0\0\x01\0meta\0\0\0\0",
        ][start];
        let _ = read(&[start, &bytes].concat());
    }

    #[test]
    fn no_changed_byte_makes_it_panic(sample in 0_usize..5, at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let mut bytes = samples().swap_remove(sample);
        let at = at.index(bytes.len());
        bytes[at] = to;
        let _ = read(&bytes);
    }

    #[test]
    fn no_cut_makes_it_panic(sample in 0_usize..5, at in any::<prop::sample::Index>()) {
        let bytes = samples().swap_remove(sample);
        let _ = read(&bytes[..at.index(bytes.len())]);
    }
}
