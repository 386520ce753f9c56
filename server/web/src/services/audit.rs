//! The audit, as admins look through it.

use domain::time::{Day, Zone};
use store::audit::{AuditFilter, AuditRow};

use crate::errors::{Error, Field};
use crate::state::State;

/// What is looked for, as typed; empty: anything.
#[derive(Clone, Debug, Default)]
pub struct AuditWish {
    /// The name of who did it, as it stands in the rows.
    pub who: String,
    /// One act, or with a dot at its end all that begin so.
    pub act: String,
    /// First and last day, in the reader's zone.
    pub from: String,
    pub to: String,
}

impl AuditWish {
    /// Names both days where both are wrong.
    pub fn filter(&self, zone: &Zone) -> Result<AuditFilter, Error> {
        let mut wrong = Vec::new();
        let mut day = |field: &str, text: &str| -> Option<Day> {
            let text = text.trim();
            if text.is_empty() {
                return None;
            }
            text.parse().map_err(|_| wrong.push(Field::new(field, "day_malformed"))).ok()
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        if !wrong.is_empty() {
            return Err(Error::Fields(wrong));
        }
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(AuditFilter {
            actor: None,
            actor_name: text(&self.who),
            act: text(&self.act),
            from: from.map(|day| day.starts_in(zone)),
            until: to.map(|day| day.plus(1).starts_in(zone)),
        })
    }
}

/// Newest first, `limit` after the row of that number.
pub async fn list(state: &State, filter: AuditFilter, after: Option<i64>, limit: i64) -> Result<Vec<(i64, AuditRow)>, Error> {
    Ok(state.store.scan(move |conn| store::audit::search(conn, &filter, after, limit)).await?)
}

/// Acts and names that stand in the trail, sorted.
pub async fn choices(state: &State) -> Result<(Vec<String>, Vec<String>), Error> {
    Ok(state.store.scan(store::audit::acts_and_names).await?)
}
