//! Somebody with an account.

use serde_json::{Value, json};

use crate::{Answer, Client, Server, TestDb, cli};

/// Long enough for every rule about passwords.
const PASSWORD: &str = "correct horse battery staple";

/// A person, and the browserless client in which they are signed in.
#[derive(Clone)]
pub struct Person {
    pub username: String,
    pub password: String,
    pub client: Client,
}

impl Person {
    /// Made by the command line, beside the running server, and signed in by the form.
    pub fn new(server: &Server, db: &TestDb, username: &str) -> Self {
        Self::at(&server.client(), db, username, false)
    }

    pub fn admin(server: &Server, db: &TestDb, username: &str) -> Self {
        Self::at(&server.client(), db, username, true)
    }

    /// As the others, where the server is reached under another address than it printed.
    pub fn at(client: &Client, db: &TestDb, username: &str, admin: bool) -> Self {
        let more: &[&str] = if admin { &["--admin"] } else { &[] };
        let mail = format!("{username}@example.org");
        let arguments = [&["user", "add", username, "--name", username, "--mail", &mail], more].concat();
        let made = cli(db, &arguments, PASSWORD);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Self::sign_in(client, username, PASSWORD)
    }

    /// By the form, as a person does.
    pub fn sign_in(client: &Client, username: &str, password: &str) -> Self {
        client.post("/login", &[("username", username), ("password", password)]).expect(303);
        Self { username: username.to_owned(), password: password.to_owned(), client: client.clone() }
    }

    /// A token of that scope (`read`, `write`, `admin`).
    pub fn token(&self, scope: &str) -> String {
        let made =
            self.client.own("POST", "/api/v1/tokens", &json!({ "name": format!("{scope} for a story"), "scope": scope })).expect(201);
        made.json()["secret"].as_str().expect("the token's secret").to_owned()
    }

    /// JSON by the cookie, as our own pages' scripts would.
    pub fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.client.own(method, path, body)
    }
}
