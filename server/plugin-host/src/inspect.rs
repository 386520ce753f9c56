//! What a component is, read from its outside before anything is compiled.

use serde::Serialize;
use wasmparser::{ComponentExternalKind, ComponentTypeRef, Encoding, Parser, Payload};

use crate::limits::LARGEST_COMPONENT;
use crate::manifest::{CONTRACT, Manifest, Templates};
use crate::refusal::Refusal;
use crate::text::plain;

/// A component's outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// Bytes.
    pub size: usize,
    pub imports: Vec<String>,
    pub exports: Vec<String>,
    /// Of the interfaces that it exports.
    pub contract: String,
    pub scores: bool,
    pub has_templates: bool,
}

const PACKAGE: &str = "waymark:plugin/";

/// Looks at a component.
///
/// # Errors
/// `component_too_large`, `not_a_component`, `contract_version`, `import_refused`, `export_missing`: each says what the
/// plugin wants, what is supported and what to do.
pub fn inspect(manifest: &Manifest, component: &[u8], most: usize) -> Result<Inspection, Refusal> {
    look(manifest, component, most).map_err(|refusal| refusal.of(&manifest.id))
}

fn look(manifest: &Manifest, component: &[u8], most: usize) -> Result<Inspection, Refusal> {
    if component.len() > most {
        let what = format!("component.wasm has {} KiB, at most {} KiB are allowed", component.len() >> 10, most >> 10);
        let mend =
            format!("Build it smaller (profile guest, no debug information), or raise the limit, up to {} MiB", LARGEST_COMPONENT >> 20);
        return Err(Refusal::new("component_too_large", what, mend));
    }
    let (imports, exports) = outside(component)?;
    let contract = contract(manifest, &exports, &imports)?;
    let ours = |name: &str| format!("{PACKAGE}{name}@{contract}");
    if let Some(foreign) = imports.iter().find(|&name| *name != ours("types") && *name != ours("diagnostics")) {
        let what = format!("it imports {}, but a plugin gets nothing beside {}", plain(foreign, 120), ours("diagnostics"));
        let mend = if foreign.starts_with("wasi:") {
            "Build for wasm32-unknown-unknown with `waymark plugin build`: the targets wasm32-wasip1 and wasip2 bring WASI in though no code uses it"
        } else {
            "Remove what needs it"
        };
        return Err(Refusal::new("import_refused", what, mend));
    }
    let scores = exports.contains(&ours("scoring"));
    let has_templates = exports.contains(&ours("catalog"));
    let missing = |name: &str, key: &str| {
        let what = format!("plugin.toml says {key}, but the component does not export {}", ours(name));
        Err(Refusal::new("export_missing", what, "Export it, or change plugin.toml"))
    };
    if manifest.kind.scores() && !scores {
        return missing("scoring", &format!("kind = \"{}\"", manifest.kind.word()));
    }
    if manifest.templates == Templates::Computed && !has_templates {
        return missing("catalog", "templates = \"computed\"");
    }
    Ok(Inspection { size: component.len(), imports, exports, contract, scores, has_templates })
}

/// Names of a component's imports and exports.
fn outside(component: &[u8]) -> Result<(Vec<String>, Vec<String>), Refusal> {
    let refuse = |what: String, mend: &str| Refusal::new("not_a_component", what, mend);
    let broken = |error: wasmparser::BinaryReaderError| {
        refuse(format!("component.wasm cannot be read: {}", plain(error.message(), 200)), "Build it again with `waymark plugin build`")
    };
    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    let mut depth = 0;
    for payload in Parser::new(0).parse_all(component) {
        match payload.map_err(broken)? {
            Payload::Version { encoding: Encoding::Module, .. } if depth == 0 => {
                let mend = "Make a component of it: `waymark plugin build` does";
                return Err(refuse("component.wasm is a core module, not a component".to_owned(), mend));
            }
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::ComponentImportSection(section) if depth == 0 => {
                for import in section {
                    let import = import.map_err(broken)?;
                    // A type by itself brings no code.
                    if !matches!(import.ty, ComponentTypeRef::Type(_)) {
                        imports.push(import.name.name.to_owned());
                    }
                }
            }
            Payload::ComponentExportSection(section) if depth == 0 => {
                for export in section {
                    let export = export.map_err(broken)?;
                    if export.kind == ComponentExternalKind::Instance {
                        exports.push(export.name.name.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    Ok((imports, exports))
}

/// The version in the names of the contract's interfaces.
fn contract(manifest: &Manifest, exports: &[String], imports: &[String]) -> Result<String, Refusal> {
    let version = |name: &String| name.strip_prefix(PACKAGE)?.split_once('@').map(|(_, version)| version.to_owned());
    let Some(wanted) = exports.iter().find_map(version) else {
        let exports = if exports.is_empty() { "nothing".to_owned() } else { plain(&exports.join(", "), 200) };
        let what = format!("it exports {exports}, but no interface of waymark:plugin");
        return Err(Refusal::new("export_missing", what, "Export scoring or catalog of the contract in plugins/wit"));
    };
    let other = exports.iter().chain(imports).filter_map(version).find(|other| *other != CONTRACT);
    let declared = manifest.contract.clone().filter(|declared| *declared != wanted);
    match (other, declared) {
        (Some(other), _) => {
            let what = format!("it wants contract {}, this Waymark supports {CONTRACT}", plain(&other, 40));
            let mend = "Build it with the SDK of a supported version (`waymark plugin build`), or install a Waymark that supports it";
            Err(Refusal::new("contract_version", what, mend))
        }
        (None, Some(declared)) => {
            let what = format!("plugin.toml says contract {}, the component was built with {wanted}", plain(&declared, 40));
            Err(Refusal::new("contract_version", what, format!("Write contract = \"{wanted}\" in plugin.toml")))
        }
        (None, None) => Ok(wanted),
    }
}
