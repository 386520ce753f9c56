//! Lists `config/messages/<language>/*.ftl` and compiles the texts in, so that the binary needs no files beside it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

fn main() -> io::Result<()> {
    // Where the package stands now, not where it stood when this was compiled.
    let messages = std::env::current_dir()?.join("../../config/messages");
    println!("cargo:rerun-if-changed={}", messages.display());
    let mut code = String::from("pub(crate) const FILES: &[(&str, &str, &str)] = &[\n");
    for language in sorted(&messages)?.into_iter().filter(|path| path.is_dir()) {
        println!("cargo:rerun-if-changed={}", language.display());
        for file in sorted(&language)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "ftl")) {
            println!("cargo:rerun-if-changed={}", file.display());
            let (tag, name) = (name_of(&language), name_of(&file));
            let _ = writeln!(code, "    ({tag:?}, {name:?}, include_str!({:?})),", file.display().to_string());
        }
    }
    code.push_str("];\n");
    #[allow(clippy::disallowed_methods, reason = "cargo tells a build script where to write in this way only")]
    let out = std::env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&out).join("files.rs"), code)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
