//! Files that somebody shows, in every way that they can stand.

use app::model::{Phrase, ProofFiles, ProofGroup, ProofStanding, ShownProof};
use domain::id::ProofId;
use domain::renewal::proof::Media;
use uuid::Uuid;

/// Where the files of the screens are opened.
pub(crate) const PROOFS_AT: &str = "/renewals/00000000-0000-0000-0000-000000000001/proofs";

fn file(id: u128, name: &str, media: Media, standing: ProofStanding) -> ShownProof {
    let pages = if media == Media::Pdf { 2 } else { 1 };
    ShownProof { id: ProofId(Uuid::from_u128(id)), name: name.to_owned(), media, pages, standing }
}

/// A picture, a document with a long name, one that waits and one that was stopped; and why two were not taken.
pub(crate) fn files(refused: bool) -> ProofFiles {
    let problem = |key: &'static str, name: &str| Phrase::new(key).with("name", name);
    let long = "hyresavi_december_2026_skickad_fran_bostadsbolaget_ocr_1234567890.pdf";
    ProofFiles {
        shown: vec![
            file(1, "IMG_2041.jpg", Media::Jpeg, ProofStanding::Open),
            file(2, long, Media::Pdf, ProofStanding::Open),
            file(3, "kvitto.jpg", Media::Jpeg, ProofStanding::Waiting),
            file(4, "avi.pdf", Media::Pdf, ProofStanding::Harmful),
        ],
        is_later: refused,
        refused: if refused {
            vec![problem("file-problem-unknown", "anteckning.docx"), problem("file-problem-too-large", "film.mov")]
        } else {
            Vec::new()
        },
    }
}

/// What staff see of two signers.
pub(crate) fn groups() -> Vec<ProofGroup> {
    let what = |kind: &'static str, amount: i64| {
        let kind = app::model::Value::Key(kind.into());
        Phrase::new("proof-what").with("kind", kind).with("amount", domain::Money::from_kronor(amount))
    };
    vec![
        ProofGroup {
            what: what("expense-kind-rent", 6_150),
            who: "Petra".to_owned(),
            files: files(false).shown,
            is_later: false,
        },
        ProofGroup {
            what: what("income-kind-wage", 3_200),
            who: "Johan".to_owned(),
            files: Vec::new(),
            is_later: true,
        },
    ]
}
