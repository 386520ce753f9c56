//! Passwords: argon2id with 19 MiB, two passes, one lane (OWASP's first recommendation for interactive logins), at most
//! two at once, on blocking threads.

use std::sync::{Arc, OnceLock};

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::account::Password;
use domain::world::Dice;
use tokio::sync::Semaphore;

use crate::errors::Error;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const AT_ONCE: usize = 2;

/// Hashes and compares, a few at a time: each takes 19 MiB.
#[derive(Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
    dice: Arc<dyn Dice>,
    /// A hash that no password has: unknown names take as long as known ones.
    nobody: Arc<OnceLock<String>>,
}

impl Passwords {
    pub fn new(dice: Arc<dyn Dice>) -> Self {
        Self { places: Arc::new(Semaphore::new(AT_ONCE)), dice, nobody: Arc::new(OnceLock::new()) }
    }

    /// The hash to keep, in PHC form.
    pub async fn hash(&self, password: Password) -> Result<String, Error> {
        let dice = Arc::clone(&self.dice);
        self.work(move || hash_blocking(&password, dice.as_ref())).await?
    }

    /// Whether `password` is the one behind `hash`. Without a hash it takes as long and says no.
    pub async fn matches(&self, password: String, hash: Option<String>) -> Result<bool, Error> {
        let (dice, nobody) = (Arc::clone(&self.dice), Arc::clone(&self.nobody));
        self.work(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| nobody.get_or_init(|| hash_bytes(&dice.secret(), dice.as_ref()).unwrap_or_default()).clone());
            Ok(verify(password.as_bytes(), &hash)? && known)
        })
        .await?
    }

    async fn work<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        // The place goes along with the job: whoever hangs up does not make room for another 19 MiB.
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(Error::machine)?;
        tokio::task::spawn_blocking(move || {
            let _place = place;
            job()
        })
        .await
        .map_err(Error::machine)
    }
}

/// As [`Passwords::hash`], for the command line.
pub fn hash_blocking(password: &Password, dice: &dyn Dice) -> Result<String, Error> {
    hash_bytes(password.secret(), dice)
}

fn hash_bytes(password: &[u8], dice: &dyn Dice) -> Result<String, Error> {
    let mut salt = [0; 16];
    dice.fill(&mut salt);
    let salt = SaltString::encode_b64(&salt).map_err(Error::machine)?;
    Ok(argon2id()?.hash_password(password, &salt).map_err(Error::machine)?.to_string())
}

fn verify(password: &[u8], hash: &str) -> Result<bool, Error> {
    let hash = PasswordHash::new(hash).map_err(Error::machine)?;
    match argon2id()?.verify_password(password, &hash) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::Password) => Ok(false),
        Err(broken) => Err(Error::machine(broken)),
    }
}

fn argon2id() -> Result<Argon2<'static>, Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(Error::machine)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sevens;

    impl Dice for Sevens {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[tokio::test]
    async fn a_password_matches_its_hash_only() {
        let passwords = Passwords::new(Arc::new(Sevens));
        let hash = passwords.hash(Password::parse("correct horse battery").unwrap()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.matches("correct horse battery".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.matches("correct horse".to_owned(), Some(hash)).await.unwrap());
        assert!(!passwords.matches("correct horse battery".to_owned(), None).await.unwrap());
    }
}
