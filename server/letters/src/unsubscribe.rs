//! Tokens of unsubscribe links: whose digest, of which kind, sealed with the instance's secret. They need no row, do not
//! expire and can do one thing only.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::digest::DigestKind;
use domain::ids::PublicId;
use hmac::{Hmac, Mac};
use sha2::Sha256;

const ID: usize = 16;
const SEAL: usize = 32;

/// The token: `base64url(account ‖ kind ‖ HMAC-SHA256(secret, "waymark unsubscribe 1" ‖ account ‖ kind))`.
pub fn make(secret: &[u8; 32], account: &PublicId, kind: DigestKind) -> String {
    let mut bytes = Vec::with_capacity(ID + 1 + SEAL);
    bytes.extend_from_slice(account.bytes());
    bytes.push(number(kind));
    let seal = sealed(secret, &bytes).finalize().into_bytes();
    bytes.extend_from_slice(&seal);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Whose and which, if the seal is ours. Compares in constant time.
pub fn verify(secret: &[u8; 32], token: &str) -> Option<(PublicId, DigestKind)> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok().filter(|bytes| bytes.len() == ID + 1 + SEAL)?;
    let (said, seal) = bytes.split_at(ID + 1);
    sealed(secret, said).verify_slice(seal).ok()?;
    let kind = DigestKind::ALL.iter().copied().find(|&kind| number(kind) == said[ID])?;
    Some((PublicId::new(said[..ID].try_into().ok()?), kind))
}

/// Never reuse a number: mails are kept for years.
const fn number(kind: DigestKind) -> u8 {
    match kind {
        DigestKind::Learner => 1,
        // There is no link for it: nobody makes one.
        DigestKind::Message => 2,
        DigestKind::Mentor => 3,
    }
}

fn sealed(secret: &[u8; 32], said: &[u8]) -> Hmac<Sha256> {
    // A key of 32 bytes fits one block, so it is used as it is (RFC 2104, 2).
    let mut mac = <Hmac<Sha256> as Mac>::new(&block(secret).into());
    mac.update(b"waymark unsubscribe 1");
    mac.update(said);
    mac
}

fn block(secret: &[u8; 32]) -> [u8; 64] {
    let mut block = [0; 64];
    block[..32].copy_from_slice(secret);
    block
}
