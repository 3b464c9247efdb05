//! A picture as a telephone could send it, and one that is kept.

use std::io::Write as _;

use domain::form::PlainText;
use domain::id::{PersonId, ProofId, RenewalId, StatementId};
use domain::renewal::proof::{Media, Proof};
use domain::renewal::small_count::SmallCount;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use uuid::Uuid;

use crate::case::proofs;
use crate::db::TenantTx;
use crate::file::{FileContent, Scan};

/// A PNG of one colour, four by three.
pub(crate) fn picture(colour: [u8; 3]) -> Vec<u8> {
    let (width, height) = (4_u32, 3_u32);
    let row = [vec![0], colour.repeat(4)].concat();
    let mut pixels = ZlibEncoder::new(Vec::new(), Compression::fast());
    pixels.write_all(&row.repeat(3)).unwrap();
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let chunks = [chunk(*b"IHDR", &head), chunk(*b"IDAT", &pixels.finish().unwrap()), chunk(*b"IEND", &[])];
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunks.concat()].concat()
}

fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(&kind);
    crc.update(data);
    [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], &kind, data, &crc.sum().to_be_bytes()].concat()
}

/// Keeps a picture that somebody shows of something stated.
pub(crate) async fn add_proof(tx: &mut TenantTx, renewal: RenewalId, person: PersonId, of: StatementId) -> ProofId {
    add(tx, (renewal, person, of), b"a picture".to_vec(), Scan::None).await
}

/// Keeps a file of these bytes that no scanner has looked through.
pub(crate) async fn add_waiting_proof(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
    of: StatementId,
    bytes: Vec<u8>,
) -> ProofId {
    add(tx, (renewal, person, of), bytes, Scan::Waiting).await
}

async fn add(
    tx: &mut TenantTx,
    (renewal, person, of): (RenewalId, PersonId, StatementId),
    bytes: Vec<u8>,
    scan: Scan,
) -> ProofId {
    let content = FileContent { media: Media::Jpeg, preview: Some(bytes.clone()), bytes, pages: 1, scan };
    let (id, name) = (ProofId(Uuid::now_v7()), PlainText::new("kvitto.jpg"));
    let proof = Proof { id, of, name, media: Media::Jpeg, pages: SmallCount(1), digest: content.digest() };
    proofs::insert(tx, renewal, person, &proof, &content).await.unwrap();
    id
}
