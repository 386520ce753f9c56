//! Turns `templates/*.toml` into JSON that the guest carries, so that it needs no parser.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=templates");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    let mut code = String::from("&[\n");
    for file in files {
        let template: toml::Table = fs::read_to_string(&file)?.parse().map_err(|e| format!("{}: {e}", file.display()))?;
        code += &format!("{:?},\n", serde_json::to_string(&template)?);
    }
    code += "]\n";
    #[allow(clippy::disallowed_methods, reason = "cargo gives the folder no other way")]
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("templates.rs"), code)?;
    Ok(())
}
