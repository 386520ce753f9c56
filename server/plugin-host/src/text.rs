//! Text that comes from plugins, made fit to be shown.

use sha2::{Digest, Sha256};

/// Lower-case hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// One line without control and bidirectional characters, at most `most` bytes.
pub(crate) fn plain(text: &str, most: usize) -> String {
    let mut plain = String::new();
    for c in text.chars() {
        let c = if c.is_control() { ' ' } else { c };
        if matches!(c, '\u{061c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            continue;
        }
        if plain.len() + c.len_utf8() > most {
            break;
        }
        plain.push(c);
    }
    plain
}
