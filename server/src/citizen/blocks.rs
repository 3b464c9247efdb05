//! What is told several times on one page: put in place as it was posted.

use std::collections::{BTreeSet, HashMap};

use domain::form::{TooLongToKeep, Typed};
use domain::id::StatementId;
use domain::renewal::block::Block;

/// What another window had typed, by the name of its field.
pub(super) type Others = Vec<(String, Typed)>;

/// How many blocks beyond the most are kept, to be told of: more than a page has room for at once.
const OVER: usize = 20;

/// Puts each block of a page in place. One in which nothing is told is none, and takes nothing away from what another window has told; one that
/// another window has taken away is there again. What another window has changed is not taken away unseen, nor one that something is shown of.
pub(super) fn put<B: Block>(
    blocks: &mut Vec<B>,
    most: usize,
    stale: bool,
    posted: &HashMap<String, String>,
    shown: &BTreeSet<StatementId>,
) -> Result<Others, TooLongToKeep> {
    let on_page = |(key, kind): (&String, &String)| {
        let id: StatementId = key.strip_prefix("kind-")?.parse().ok()?;
        Some((id, B::kind_of(kind)?))
    };
    let mut on_page: Vec<(StatementId, B::Kind)> = posted.iter().filter_map(on_page).collect();
    on_page.sort_unstable_by_key(|(id, _)| *id);
    let mut others: Others = Vec::new();
    let mut met = BTreeSet::new();
    for (id, kind) in on_page {
        let told = told::<B>(id, kind, posted)?;
        let is_here = |block: &B| block.id() == id || (!told.is_blank() && block.is_about(&told));
        let Some(place) = blocks.iter().position(is_here) else {
            if !told.is_blank() && !posted.contains_key(&name("remove", id)) && blocks.len() < most + OVER {
                blocks.push(told);
            }
            continue;
        };
        if posted.contains_key(&name("remove", id)) {
            if !stale || blocks[place].texts() == told.texts() {
                blocks.remove(place);
            }
            continue;
        }
        let block = &mut blocks[place];
        for ((field, text), (_, typed)) in B::FIELDS.iter().zip(told.texts()) {
            if let Some(other) = text(block).replace(typed.as_str(), stale)? {
                met.insert(block.id());
                others.push((name(field, block.id()), other));
            }
        }
    }
    blocks.retain(|block| !block.is_blank() || met.contains(&block.id()) || shown.contains(&block.id()));
    Ok(others)
}

fn name(field: &str, id: StatementId) -> String {
    format!("{field}-{id}")
}

/// One block as it was posted.
fn told<B: Block>(id: StatementId, kind: B::Kind, posted: &HashMap<String, String>) -> Result<B, TooLongToKeep> {
    let mut told = B::new(id, kind);
    for (field, text) in B::FIELDS {
        if let Some(typed) = posted.get(&name(field, id)) {
            *text(&mut told) = Typed::new(typed)?;
        }
    }
    Ok(told)
}
