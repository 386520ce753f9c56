//! Secrets in links, cookies and headers: 256 random bits, stored as their SHA-256 only.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

const TOKEN_PREFIX: &str = "wm_";

/// What is stored and looked up. No salt: the secret itself cannot be guessed.
pub fn hash(secret: &[u8; 32]) -> [u8; 32] {
    Sha256::digest(secret).into()
}

/// 43 characters that fit a URL and a cookie.
pub fn write(secret: &[u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(secret)
}

pub fn read(text: &str) -> Option<[u8; 32]> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    bytes.try_into().ok()
}

/// A bearer token: `wm_` and 43 characters, so that scanners of leaked secrets know one when they see it.
pub fn write_token(secret: &[u8; 32]) -> String {
    format!("{TOKEN_PREFIX}{}", write(secret))
}

pub fn read_token(text: &str) -> Option<[u8; 32]> {
    read(text.strip_prefix(TOKEN_PREFIX)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_as_it_was_written() {
        let secret = [7; 32];
        assert_eq!(read(&write(&secret)), Some(secret));
        assert_eq!(read_token(&write_token(&secret)), Some(secret));
        assert_eq!(read_token(&write(&secret)), None);
        assert_eq!(read("short"), None);
        assert_ne!(hash(&secret), secret);
    }
}
