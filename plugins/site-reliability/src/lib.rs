//! `waymark/site-reliability`: the role's templates, which `build.rs` made JSON of.

use waymark_plugin::{Catalog, PluginError};

/// The pack's templates.
struct SiteReliability;

waymark_plugin::export_catalog!(SiteReliability);

const TEMPLATES: &[&str] = include!(concat!(env!("OUT_DIR"), "/templates.rs"));

impl Catalog for SiteReliability {
    fn templates() -> Result<Vec<String>, PluginError> {
        Ok(TEMPLATES.iter().map(|&template| template.to_owned()).collect())
    }
}
