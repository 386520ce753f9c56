//! Somebody with an account.

use crate::Client;

/// A person who is signed in.
pub struct Person {
    pub username: String,
    pub password: String,
    pub client: Client,
}
