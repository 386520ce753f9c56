//! `cargo xtask dist`: one binary with its licences, as an archive with its checksum.

use std::process::Command;

use crate::shell::{self, Done, While, cargo, output, root, target_folder};

/// What goes along with the binary.
const BESIDE: &[&str] = &["README.md", "CHANGELOG.md", "LICENSE", "LICENSE-MIT", "LICENSE-APACHE", "config/default.toml"];

pub fn run(args: &[String]) -> Done {
    if let Some(arg) = args.first() {
        return Err(format!("`dist` takes no arguments, and got `{arg}`").into());
    }
    shell::run(cargo().args(["build", "--profile", "dist", "--locked", "--package", "app", "--bin", "waymark"]))?;
    let binary = target_folder().join("dist").join("waymark");
    let version = output(Command::new(&binary).arg("--version"))?;
    let version = version.split_whitespace().last().unwrap_or("0").to_owned();
    let rustc = output(Command::new("rustc").arg("-vV").current_dir(root()))?;
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc does not say for which machine it builds")?;
    let name = format!("waymark-{version}-{host}");
    let folder = target_folder().join("dist").join(&name);
    std::fs::create_dir_all(&folder).while_doing("cannot make the archive's folder")?;
    std::fs::copy(&binary, folder.join("waymark")).while_doing("cannot copy the binary")?;
    for file in BESIDE {
        let from = root().join(file);
        let to = folder.join(from.file_name().unwrap_or_default());
        std::fs::copy(&from, to).while_doing(format_args!("cannot copy {file}"))?;
    }
    let archive = target_folder().join("dist").join(format!("{name}.tar.gz"));
    let mut tar = Command::new("tar");
    tar.current_dir(target_folder().join("dist"))
        .args(["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0", "-czf"])
        .arg(&archive)
        .arg(&name);
    shell::run(&mut tar)?;
    let sum = output(Command::new("sha256sum").arg(&archive))?;
    let sum = sum.split_whitespace().next().unwrap_or_default();
    std::fs::write(archive.with_extension("gz.sha256"), format!("{sum}  {name}.tar.gz\n")).while_doing("cannot write the checksum")?;
    println!("{}\n{sum}", archive.display());
    Ok(())
}
