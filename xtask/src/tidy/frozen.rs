//! What was released stays as it is.

use super::{Findings, Tree};
use crate::shell::Done;

/// Files that never change again, with the FNV-1a hash of what is in them. A released contract is compiled into other
/// people's plugins.
const RELEASED: &[(&str, u64)] = &[("plugins/wit/v0.1/plugin.wit", 0x0cdc_e320_c9a6_efa8)];

pub fn released(tree: &Tree, findings: &mut Findings) -> Done {
    for (file, hash) in RELEASED {
        if !tree.has(file) {
            findings.add(file, 0, "was released, and is not there", "bring it back: plugins were built with it");
        } else if fnv(tree.text(file)?.as_bytes()) != *hash {
            findings.add(file, 0, "was released, and has changed", "bring it back, and make a folder for the new version beside it");
        }
    }
    Ok(())
}

/// 64 bits, <http://www.isthe.com/chongo/tech/comp/fnv/>: against mistakes, not against malice.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn a_released_contract_that_changes_is_found() {
        let file = RELEASED[0].0;
        assert_eq!(found(released, &[(file, "package waymark:plugin@0.1.0;")]), [format!("{file}:0 was released, and has changed")]);
        assert_eq!(found(released, &[]), [format!("{file}:0 was released, and is not there")]);
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        assert_eq!([fnv(b""), fnv(b"a"), fnv(b"foobar")], [0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c, 0x8594_4171_f739_67e8]);
    }
}
