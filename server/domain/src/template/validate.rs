//! From a document to a template: all errors at once, each with its place and its mend.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::catalogue::Catalogue;
use crate::subject::Subject;
use crate::template::problem::Report;
use crate::template::{Document, FORMAT, Problems, Template, references, resolve, shape};

/// Version of what makes a revision of a document, with its hash. A change that can give the same text another revision raises it:
/// a server reads the built-in roles again only where their texts, the program's version or this one changed.
pub const READING_VERSION: u32 = 1;

/// Checks a document against the catalogue and resolves it.
///
/// Former ids of subjects become aliases of the revision, so that evidence recorded under them counts.
pub fn validate(document: Document, catalogue: &Catalogue) -> Result<Template, Problems> {
    if document.format != FORMAT {
        let what = format!("format {} is unknown to this version, which reads {FORMAT}", document.format);
        return Err(Problems::one("format", what, "Write format = 1, or update Waymark"));
    }
    let mut report = Report::default();
    shape::check(&document, &mut report);
    references::check(&document, catalogue, &mut report);
    report.done()?;

    let template = resolve::template(document, &|subject| catalogue.resolve(subject), BTreeMap::new())?;
    let asked: Vec<&Subject> = template.requirements.iter().flat_map(|requirement| requirement.subjects()).collect();
    let aliases = catalogue.former().filter(|(_, now)| asked.contains(now)).map(|(former, now)| (former.clone(), now.clone())).collect();
    Ok(seal(Template { aliases, ..template }))
}

/// A revision read back from the store: the document was valid when it was stored, with these aliases.
///
/// Rules that became stricter since do not apply, so that what a learner's path pins can always be read.
pub fn restore(canonical: &str) -> Result<Template, Problems> {
    let revision: Revision = serde_json::from_str(canonical)
        .map_err(|error| Problems::one("revision", format!("it cannot be read: {error}"), "Restore the database from a backup"))?;
    let Revision { document, aliases } = revision;
    let known = aliases.clone();
    let subject = move |subject: &Subject| Some(known.get(subject).unwrap_or(subject).clone());
    Ok(seal(resolve::template(document, &subject, aliases)?))
}

impl Template {
    /// The revision as JSON with its fields in a fixed order: what is stored, and what the hash is over.
    pub fn canonical(&self) -> String {
        let revision = RevisionView { document: &self.document, aliases: &self.aliases };
        // no map with keys that are not text, no number that is not finite: this cannot fail
        serde_json::to_string(&revision).unwrap_or_default()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Revision {
    document: Document,
    aliases: BTreeMap<Subject, Subject>,
}

#[derive(Serialize)]
struct RevisionView<'a> {
    document: &'a Document,
    aliases: &'a BTreeMap<Subject, Subject>,
}

/// Gives a template its identity.
fn seal(mut template: Template) -> Template {
    template.hash = Sha256::digest(template.canonical()).iter().map(|byte| format!("{byte:02x}")).collect();
    template
}
