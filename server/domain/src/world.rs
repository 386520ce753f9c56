//! What comes from outside: the time and the dice. The binary brings real ones, tests bring their own.

use crate::ids::PublicId;
use crate::time::Instant;

/// Says what time it is.
pub trait Clock: Send + Sync {
    fn now(&self) -> Instant;
}

/// Gives random bytes that nobody can guess.
pub trait Dice: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);

    fn public_id(&self) -> PublicId {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        PublicId::new(bytes)
    }

    /// 256 bits for a link, a cookie or a key.
    fn secret(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        bytes
    }
}
