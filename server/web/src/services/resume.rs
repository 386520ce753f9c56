//! Evidence to take along for people: as a résumé, and as Markdown.

use std::collections::BTreeMap;
use std::fmt::Write;

use domain::ledger::{Entry, EvidenceKind, Payload, standing};
use domain::resume::{Holder, Resume, resume};
use domain::subject::Subject;
use store::ledger::LedgerFilter;

use crate::caller::Signed;
use crate::errors::Error;
use crate::state::State;
use crate::view::View;

/// The ledger as one reads it, oldest first.
struct Ledger {
    facts: Vec<Entry>,
    written: BTreeMap<u32, Payload>,
}

async fn load(state: &State, who: &Signed) -> Result<Ledger, Error> {
    let id = who.account.id;
    let all = LedgerFilter { subjects: None, before_seq: None, limit: i64::MAX };
    let written = state.store.scan(move |conn| store::ledger::with_payload(conn, id, &all)).await?;
    let mut ledger = Ledger { facts: Vec::new(), written: BTreeMap::new() };
    for (_, entry, payload) in written.into_iter().rev() {
        if let Some(payload) = payload {
            ledger.written.insert(entry.seq, payload);
        }
        ledger.facts.push(entry);
    }
    Ok(ledger)
}

fn name_of(state: &State) -> impl Fn(&Subject) -> String {
    let catalogue = state.catalogue();
    move |subject| catalogue.get(subject).map_or_else(|| subject.id.clone(), |document| document.name.clone())
}

/// In the JSON Resume format; steps in the reader's language.
pub async fn json_resume(state: &State, who: &Signed, w: &View) -> Result<Resume, Error> {
    let ledger = load(state, who).await?;
    let holder = Holder {
        name: who.account.name.as_str(),
        mail: who.account.mail.as_ref().map(|mail| mail.as_str()),
        today: w.today(),
        name_of: &name_of(state),
        words_of: &|step| w.t(&format!("step-{step}")),
    };
    Ok(resume(&ledger.facts, &ledger.written, &holder))
}

/// What stands, by kind, newest first; with trust, days and links.
pub async fn markdown(state: &State, who: &Signed, w: &View) -> Result<String, Error> {
    let ledger = load(state, who).await?;
    let name_of = name_of(state);
    let today = w.today();
    let mut text = format!(
        "# {}\n\n{}\n",
        plain(&w.t1("own-data-evidence-of", "name", w.name())),
        w.t1("own-data-as-of", "day", w.lang.day_long(today))
    );
    for kind in EvidenceKind::ALL {
        let mut entries: Vec<&Entry> = standing(&ledger.facts).into_iter().filter(|entry| entry.kind == *kind).collect();
        if entries.is_empty() {
            continue;
        }
        entries.sort_by_key(|entry| (std::cmp::Reverse(entry.day), entry.seq));
        let _ = write!(text, "\n## {}\n", w.t(&format!("evidence-{kind}")));
        for entry in entries {
            one(&mut text, entry, ledger.written.get(&entry.seq), w, &name_of);
        }
    }
    Ok(text)
}

fn one(text: &mut String, entry: &Entry, payload: Option<&Payload>, w: &View, name_of: &dyn Fn(&Subject) -> String) {
    let about = entry.held.iter().map(|held| match held.step {
        Some(step) => format!("{} ({})", plain(&name_of(&held.subject)), w.t(&format!("step-{step}"))),
        None => plain(&name_of(&held.subject)),
    });
    let about = about.collect::<Vec<_>>().join(", ");
    let title = payload.and_then(|payload| payload.title.as_deref()).map(plain);
    let _ = write!(text, "\n- **{}**", title.as_deref().unwrap_or(&about));
    if title.is_some() && !about.is_empty() {
        let _ = write!(text, ": {about}");
    }
    let mut facts = vec![w.lang.day_long(entry.day), w.t(&format!("trust-{}", entry.trust))];
    if let Some(payload) = payload {
        facts.extend(payload.issuer.as_deref().map(plain));
        facts.extend(payload.number.as_deref().map(plain));
        facts.extend(payload.by.as_deref().map(|by| plain(&w.t1("requirement-by", "name", by))));
    }
    if let Some(until) = entry.expires_on {
        facts.push(w.t1("requirement-expires-on", "day", w.lang.day_long(until)));
    }
    let _ = write!(text, "  \n  {}\n", facts.join(" · "));
    let Some(payload) = payload else {
        let _ = writeln!(text, "  \n  {}", w.t("requirement-blanked"));
        return;
    };
    if let Some(url) = &payload.url {
        let _ = write!(text, "\n  <{url}>\n");
    }
    if let Some(note) = &payload.note {
        text.push('\n');
        for line in note.lines() {
            let _ = writeln!(text, "{}", format!("  > {line}").trim_end());
        }
    }
}

/// A line of people's own words, so that it means in Markdown what it says.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_in_one_line_stays_one_line_of_text() {
        assert_eq!(plain("a *b* [c](d) <e> #f"), r"a \*b\* \[c\](d) \<e\> \#f");
    }
}
