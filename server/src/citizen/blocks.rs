//! What is told several times on one page: put in place as it was posted.

use std::collections::HashMap;

use domain::form::{TooLongToKeep, Typed};
use domain::id::StatementId;
use domain::renewal::block::Block;

/// What another window had typed, by the name of its field.
pub(super) type Others = Vec<(String, Typed)>;

/// Puts each block of a page in place. One in which nothing is told is none; one that another window has taken away is there again. One more than
/// `most` is kept, to be told of, and no more.
pub(super) fn put<B: Block>(
    blocks: &mut Vec<B>,
    most: usize,
    stale: bool,
    posted: &mut HashMap<String, String>,
) -> Result<Others, TooLongToKeep> {
    let name = |field: &str, id: StatementId| format!("{field}-{id}");
    let on_page = |(key, kind): (&String, &String)| {
        let id: StatementId = key.strip_prefix("kind-")?.parse().ok()?;
        Some((id, B::kind_of(kind)?))
    };
    let mut on_page: Vec<(StatementId, B::Kind)> = posted.iter().filter_map(on_page).collect();
    on_page.sort_unstable_by_key(|(id, _)| *id);
    let mut others = Vec::new();
    for (id, kind) in on_page {
        if posted.contains_key(&name("remove", id)) {
            blocks.retain(|block| block.id() != id);
            continue;
        }
        let person = posted.get(&name("person", id)).map_or("", String::as_str);
        let place = match blocks.iter().position(|block| block.id() == id || block.is_about(kind, person)) {
            Some(place) => place,
            None if blocks.len() > most => continue,
            None => {
                blocks.push(B::new(id, kind));
                blocks.len() - 1
            }
        };
        let block = &mut blocks[place];
        let own = block.id();
        for (field, text) in B::FIELDS {
            let Some(typed) = posted.remove(&name(field, id)) else { continue };
            if let Some(other) = text(block).replace(typed, stale)? {
                others.push((name(field, own), other));
            }
        }
        blocks.retain(|block| !block.is_blank());
    }
    Ok(others)
}
