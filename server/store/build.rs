//! A new migration is a new file in a folder outside this crate: cargo must be told to look there.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations/sqlite");
    println!("cargo:rerun-if-changed=../../migrations/postgres");
}
