//! `waymark role …`: templates as files.

use std::path::Path;

use domain::catalogue::{Catalogue, CatalogueDocument};
use domain::template::{self, Document, Template};
use store::audit::{self, AuditRow};
use store::{catalogue, templates};

use crate::builtin;
use crate::cli::RoleCommand;
use crate::wire::{Failure, Tools};

pub fn run(tools: &Tools, command: RoleCommand) -> Result<(), Failure> {
    match command {
        RoleCommand::List => list(tools),
        RoleCommand::Check { .. } => Err(Failure::input("checked without a database".to_owned())),
        RoleCommand::Import { file } => import(tools, &file),
        RoleCommand::Export { role, version } => export(tools, &role, version.as_deref()),
    }
}

/// Needs no database: the built-in catalogue, and the file's own where one is named.
pub fn check(file: &Path, skills: Option<&Path>) -> Result<(), Failure> {
    let mut packs = Vec::new();
    if let Some(path) = skills {
        let document = template::parse_catalogue_toml(&read(path)?).map_err(|problems| faults(path, &problems))?;
        packs.push((owner(&document).unwrap_or_default(), document));
    }
    let catalogue = builtin::catalogue(&packs).map_err(|problems| faults(skills.unwrap_or(file), &problems))?;
    let template = load(file, &catalogue)?;
    println!(
        "{} {} is valid: {} requirements in {} areas, {} levels.",
        template.id(),
        template.version(),
        template.requirements.len(),
        template.areas().count(),
        template.document.levels.len()
    );
    println!("{}", template.hash);
    Ok(())
}

/// `publisher/name` of the first subject that has one.
fn owner(document: &CatalogueDocument) -> Option<String> {
    let all = document.skills.iter().chain(&document.criteria).chain(&document.certifications).chain(&document.topics);
    all.filter_map(|subject| subject.id.rsplit_once('/')).map(|(owner, _)| owner.to_owned()).next()
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::input(format!("{} cannot be read: {error}.", path.display())))
}

fn faults(path: &Path, problems: &template::Problems) -> Failure {
    let (count, plural) = (problems.0.len(), if problems.0.len() == 1 { "" } else { "s" });
    Failure::input(format!("{} has {count} fault{plural}:\n{}", path.display(), problems.to_string().trim_end()))
}

fn load(file: &Path, catalogue: &Catalogue) -> Result<Template, Failure> {
    let text = read(file)?;
    let json = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let document: Document =
        if json { template::parse_json(&text) } else { template::parse_toml(&text) }.map_err(|problems| faults(file, &problems))?;
    template::validate(document, catalogue).map_err(|problems| faults(file, &problems))
}

fn list(tools: &Tools) -> Result<(), Failure> {
    let heads = tools.store.read_blocking(templates::list_newest).map_err(|error| tools.failed(error))?;
    for head in heads {
        println!("{:<56} {:<10} {:<32} {}", head.role, head.version, head.origin, &head.hash[..12.min(head.hash.len())]);
    }
    Ok(())
}

fn import(tools: &Tools, file: &Path) -> Result<(), Failure> {
    let packs = tools.store.read_blocking(catalogue::documents).map_err(|error| tools.failed(error))?;
    let catalogue = builtin::catalogue(&packs).map_err(|problems| Failure::broken(problems.to_string()))?;
    let template = load(file, &catalogue)?;
    let now = tools.clock.now();
    let revision = builtin::revision(&template, "file", now);
    let row = AuditRow {
        at: now,
        actor: None,
        actor_name: "command line".to_owned(),
        act: "template.import".to_owned(),
        subject: format!("template:{}@{}", revision.role, revision.version),
        detail: serde_json::json!({ "hash": revision.hash }),
        request_id: None,
    };
    let stored = tools.store.write_blocking(move |conn| {
        templates::put(conn, &revision)?;
        audit::append(conn, &row)?;
        Ok(())
    });
    match stored {
        Ok(()) => println!("{} {} is stored.", template.id(), template.version()),
        Err(store::Error::Rule("revision_differs")) => {
            return Err(Failure::input(format!(
                "{} {} is stored already with other content: a revision never changes. Raise its version.",
                template.id(),
                template.version()
            )));
        }
        Err(error) => return Err(tools.failed(error)),
    }
    Ok(())
}

fn export(tools: &Tools, role: &str, version: Option<&str>) -> Result<(), Failure> {
    let found = tools
        .store
        .read_blocking(|conn| match version {
            None => templates::newest(conn, role),
            Some(version) => match templates::list(conn, role)?.into_iter().find(|head| head.version == version) {
                Some(head) => templates::get(conn, head.id).map(Some),
                None => Ok(None),
            },
        })
        .map_err(|error| tools.failed(error))?;
    let Some(revision) = found else {
        return Err(Failure::input(format!(
            "There is no role {role}{}. `waymark role list` names them.",
            version.map(|v| format!(" {v}")).unwrap_or_default()
        )));
    };
    let template = template::restore(&revision.canonical).map_err(|problems| Failure::broken(problems.to_string()))?;
    print!("{}", template::to_toml(&template.document));
    Ok(())
}
