//! Joins catalogue documents into one catalogue.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, CatalogueDocument, SubjectDocument};
use crate::subject::{Subject, SubjectKind, is_subject_id};
use crate::template::Problems;
use crate::template::problem::{Report, item, mend_reference};
use crate::template::shape::{MAX_LINE, MAX_NAME, Shape};

const MAX_SUBJECTS: usize = 5_000;

/// Joins catalogue documents, the built-in one first. `owner` of a document is `None` for the built-in one, else
/// `publisher/name`, and then all its ids must begin with it.
pub fn catalogue<D: Borrow<CatalogueDocument>>(documents: &[(Option<&str>, D)]) -> Result<Catalogue, Problems> {
    let mut report = Report::default();
    let mut subjects: BTreeMap<Subject, SubjectDocument> = BTreeMap::new();
    for (owner, document) in documents {
        let document = document.borrow();
        let total = document.skills.len() + document.criteria.len() + document.certifications.len() + document.topics.len();
        Shape { report: &mut report }.count(owner.unwrap_or("catalogue"), total, 0, MAX_SUBJECTS);
    }
    for one in all(documents) {
        one.shape(&mut report);
        if subjects.contains_key(&one.subject) {
            let what = format!("the catalogue has a {} “{}” already", one.subject.kind, one.subject.id);
            report.add(&one.place, what, "Give one of them another id or remove it");
        } else {
            subjects.insert(one.subject.clone(), one.document.clone());
        }
    }
    let mut former: BTreeMap<Subject, Subject> = BTreeMap::new();
    for one in all(documents) {
        one.same_as(&subjects, &mut report);
        for (at, id) in one.document.former_ids.iter().enumerate() {
            let was = Subject::new(one.subject.kind, id);
            let place = format!("{}.former-ids[{at}]", one.place);
            if subjects.contains_key(&was) {
                report.add(place, format!("“{id}” is the id of a {} today", was.kind), "Remove it here or rename the other");
            } else if let Some(other) = former.get(&was) {
                let what = format!("“{id}” became “{}” already", other.id);
                report.add(place, what, "Keep it at the subject that took its place");
            } else {
                former.insert(was, one.subject.clone());
            }
        }
    }
    report.done()?;
    Ok(Catalogue::from_parts(subjects, former))
}

/// True when an id belongs to a pack: `publisher/name/…` to `publisher/name`.
pub fn is_owned(id: &str, owner: &str) -> bool {
    id.strip_prefix(owner).is_some_and(|rest| rest.len() > 1 && rest.starts_with('/'))
}

/// One subject of a document, with where it stands.
struct Placed<'a> {
    owner: Option<&'a str>,
    place: String,
    subject: Subject,
    document: &'a SubjectDocument,
}

fn all<'a>(documents: &'a [(Option<&'a str>, impl Borrow<CatalogueDocument>)]) -> impl Iterator<Item = Placed<'a>> {
    documents.iter().flat_map(|(owner, document)| {
        let document = document.borrow();
        let lists = [
            ("skills", SubjectKind::Skill, &document.skills),
            ("criteria", SubjectKind::Criterion, &document.criteria),
            ("certifications", SubjectKind::Certification, &document.certifications),
            ("topics", SubjectKind::Topic, &document.topics),
        ];
        lists.into_iter().flat_map(move |(list, kind, subjects)| {
            subjects.iter().enumerate().map(move |(at, document)| {
                let place = match owner {
                    Some(owner) => format!("{owner}: {}", item(list, at, &document.id)),
                    None => item(list, at, &document.id),
                };
                Placed { owner: *owner, place, subject: Subject::new(kind, &document.id), document }
            })
        })
    })
}

impl Placed<'_> {
    fn shape(&self, report: &mut Report) {
        self.id("id", &self.document.id, report);
        for (at, id) in self.document.former_ids.iter().enumerate() {
            self.id(&format!("former-ids[{at}]"), id, report);
        }
        let place = |field: &str| format!("{}.{field}", self.place);
        let mut shape = Shape { report };
        shape.line(&place("name"), &self.document.name, MAX_NAME);
        shape.lines(&place("aliases"), &self.document.aliases, 40, MAX_NAME);
        if let Some(asks) = &self.document.asks {
            shape.line(&place("asks"), asks, 2 * MAX_LINE);
        }
        shape.url(&place("esco"), self.document.esco.as_deref());
    }

    fn id(&self, field: &str, id: &str, report: &mut Report) {
        let place = format!("{}.{field}", self.place);
        if !is_subject_id(id) {
            report.add(place, format!("“{id}” is not an id"), "Use lower-case letters, digits, hyphens and dots");
            return;
        }
        match self.owner {
            Some(owner) if !is_owned(id, owner) => {
                report.add(place, format!("“{id}” does not begin with “{owner}/”"), format!("Write “{owner}/{id}”"));
            }
            None if id.contains('/') => {
                report.add(place, format!("“{id}” has a prefix, which only packs' ids have"), "Leave the prefix out");
            }
            _ => {}
        }
    }

    fn same_as(&self, subjects: &BTreeMap<Subject, SubjectDocument>, report: &mut Report) {
        let Some(id) = &self.document.same_as else { return };
        let place = format!("{}.same-as", self.place);
        if self.owner.is_none() {
            report.add(place, "only a pack's subject can be the same as a built-in one", "Remove it");
        } else if id.contains('/') || !subjects.contains_key(&Subject::new(self.subject.kind, id)) {
            let kind = self.subject.kind;
            let known =
                subjects.keys().filter(|subject| subject.kind == kind && !subject.id.contains('/')).map(|subject| subject.id.as_str());
            let mend = mend_reference(id, known, "name one of the built-in catalogue or remove it");
            report.add(place, format!("there is no built-in {kind} “{id}”"), mend);
        }
    }
}
