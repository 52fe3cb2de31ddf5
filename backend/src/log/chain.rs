//! The chain: a leaf for each event, a Merkle root for each batch, each batch linked to the one before.
//!
//! The same arithmetic stands in SQL (`log.leaf`, `log.merkle_root`, `log.append_batch`), which computes it
//! under the lock; this is the verifier's own.

use super::StoredEvent;
use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// Microseconds from 1970 to 2000, PostgreSQL's own zero.
const POSTGRES_EPOCH_MICROS: i64 = 946_684_800_000_000;

/// The link before the first batch.
pub fn genesis() -> Hash {
    Sha256::digest(b"register log").into()
}

/// What the chain commits to for one event.
pub fn leaf(event: &StoredEvent) -> Hash {
    let mut hash = Sha256::new();
    hash.update(event.position.to_be_bytes());
    hash.update(event.stream.epoch().0.to_be_bytes());
    hash.update(event.stream.0.as_bytes());
    hash.update(event.version.to_be_bytes());
    hash.update(event.event.0.as_bytes());
    hash.update(event.schema_version.to_be_bytes());
    hash.update((event.recorded_at.as_microsecond() - POSTGRES_EPOCH_MICROS).to_be_bytes());
    hash.update(event.name.as_bytes());
    hash.update([0]);
    hash.update(event.actor.as_bytes());
    hash.update([0]);
    hash.update(Sha256::digest(&event.sealed));
    hash.finalize().into()
}

/// Root of a Merkle tree; a leaf left over on a level moves up as it is. `None` for no leaves.
pub fn merkle_root(leaves: &[Hash]) -> Option<Hash> {
    let mut level = leaves.to_vec();
    while level.len() > 1 {
        level = level
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => {
                    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
                }
                single => single[0],
            })
            .collect();
    }
    level.first().copied()
}

/// The hash of a batch: what the next one links to.
pub fn link(previous: &Hash, batch: u64, first_position: u64, events: u32, root: &Hash) -> Hash {
    let mut hash = Sha256::new();
    hash.update(previous);
    hash.update(batch.to_be_bytes());
    hash.update(first_position.to_be_bytes());
    hash.update(events.to_be_bytes());
    hash.update(root);
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_depends_on_every_leaf_and_on_their_order() {
        let leaves: Vec<Hash> = (0..7).map(|n| [n; 32]).collect();
        let root = merkle_root(&leaves).unwrap();
        for i in 0..leaves.len() {
            let mut changed = leaves.clone();
            changed[i][0] ^= 1;
            assert_ne!(merkle_root(&changed), Some(root));
        }
        let mut swapped = leaves.clone();
        swapped.swap(2, 3);
        assert_ne!(merkle_root(&swapped), Some(root));
        assert_ne!(merkle_root(&leaves[..6]), Some(root));
        assert_eq!(merkle_root(&[]), None);
    }
}
