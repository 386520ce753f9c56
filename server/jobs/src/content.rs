//! What stands in a digest: facts from the store, scores, composing by domain, words by letters.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::account::{CleanName, MailAddress};
use domain::catalogue::{Catalogue, CatalogueDocument};
use domain::cohort::{MemberState, Standing};
use domain::digest::{self, DigestKind, LearnerDigest, compose};
use domain::ids::{AccountId, PublicId, RevisionId};
use domain::practice::{Deck, Library};
use domain::schedule::{Cadence, Period, Rule, next_due};
use domain::template::{self, Template};
use domain::time::Instant;
use letters::{LearnerDigestView, Letter, Links, MessageView, learner_digest, unsubscribe};
use store::digest_facts::{self, DigestFacts};
use store::{Conn, Store};
use words::Words;

use crate::rules::{DISABLED, NO_ADDRESS, NO_RIGHT, PAUSED, SILENT, address};
use crate::scores::{Made, Moment};
use crate::{JobsError, Rules};

/// Revisions kept in memory; above that the cache starts anew.
const MAX_TEMPLATES: usize = 64;

/// Makes letters for accounts.
pub(crate) struct Content {
    pub(crate) store: Store,
    pub(crate) rules: Arc<dyn Rules>,
    pub(crate) words: Words,
    builtin: (Arc<CatalogueDocument>, Vec<Arc<Deck>>),
    pub(crate) links: Links,
    instance: Name,
    pub(crate) secret: [u8; 32],
    templates: Mutex<HashMap<RevisionId, Arc<Template>>>,
    /// With the instance's version at which they were read.
    documents: Mutex<(i64, Documents)>,
    /// The name that an admin gave the instance by then.
    given_name: Mutex<Option<String>>,
}

/// What the configuration calls the instance, and whether it says so or a default does.
pub(crate) struct Name {
    pub(crate) said: String,
    pub(crate) is_set: bool,
}

/// The catalogue and the decks of questions.
type Documents = (Arc<Catalogue>, Arc<Library>);

/// A letter on its way, or why there is none.
pub(crate) enum Prepared {
    Skip(&'static str),
    Send(Box<Ready>),
}

pub(crate) struct Ready {
    pub(crate) name: CleanName,
    pub(crate) address: MailAddress,
    pub(crate) letter: Letter,
    /// Of a digest; a message is no list.
    pub(crate) unsubscribe: Option<String>,
    /// Scores that the letter shows and that are not stored yet.
    pub(crate) scores: Vec<Made>,
}

impl Content {
    pub(crate) fn new(
        store: Store,
        words: Words,
        rules: Arc<dyn Rules>,
        builtin: (Arc<CatalogueDocument>, Vec<Arc<Deck>>),
        links: Links,
        instance: Name,
        secret: [u8; 32],
    ) -> Self {
        let (templates, documents) = (Mutex::default(), Mutex::new((-1, Documents::default())));
        Self { store, rules, words, builtin, links, instance, secret, templates, documents, given_name: Mutex::default() }
    }

    /// The digest that was due at `due_at`, by what the recipient may and wants at `now`.
    pub(crate) async fn prepare(
        &self,
        account: AccountId,
        kind: DigestKind,
        period: &Period,
        due_at: Instant,
        now: Instant,
    ) -> Result<Prepared, JobsError> {
        match kind {
            DigestKind::Learner => {}
            DigestKind::Mentor => return self.guide(account, period, due_at, now).await,
            DigestKind::Message => return self.message(account, period).await,
        }
        let (mut facts, version) = self.facts(account, kind, due_at, now).await?;
        let address = match address(&facts.account, facts.schedule.as_ref()) {
            Ok(address) => address.clone(),
            Err(why) => return Ok(Prepared::Skip(why)),
        };
        if !facts.paths.is_empty() && facts.paths.iter().all(|path| path.rests) {
            return Ok(Prepared::Skip(PAUSED));
        }
        facts.paths.retain(|path| !path.rests);
        let (digest, scores) = self.digest(&mut facts, version, now).await?;
        if digest.is_silent() {
            return Ok(Prepared::Skip(SILENT));
        }
        let token = unsubscribe::make(&self.secret, &facts.account.public_id, kind);
        let letter = self.letter(&facts, period, &digest, &token)?;
        let unsubscribe = Some(self.links.unsubscribe(&token));
        Ok(Prepared::Send(Box::new(Ready { name: facts.account.name, address, letter, unsubscribe, scores })))
    }

    /// What a mentor wrote, if they still guide the learner and there is an address.
    async fn message(&self, account: AccountId, period: &Period) -> Result<Prepared, JobsError> {
        let Ok(id) = period.0.parse::<PublicId>() else { return Ok(Prepared::Skip(NO_RIGHT)) };
        let found = self
            .store
            .read(move |conn| {
                let message = match store::mentoring::message(conn, id) {
                    Err(store::Error::NotThere(_)) => return Ok(None),
                    other => other?,
                };
                let of = |conn: &mut store::Conn<'_>, who: AccountId| {
                    let memberships = store::cohorts::memberships(conn, who)?;
                    Ok::<_, store::Error>(memberships.into_iter().find(|member| member.cohort == message.cohort))
                };
                let guides = match message.by {
                    Some(by) => {
                        of(conn, by)?.is_some_and(|member| member.standing >= Standing::Mentor && member.state == MemberState::Active)
                    }
                    None => false,
                };
                let learns = of(conn, account)?.is_some_and(|member| member.state != MemberState::Dropped);
                let cohort = store::cohorts::by_id(conn, message.cohort)?;
                Ok((guides && learns && message.learner == account).then_some((message, cohort.name)))
            })
            .await?;
        let Some((message, cohort)) = found else { return Ok(Prepared::Skip(NO_RIGHT)) };
        let account = self.store.read(move |conn| store::accounts::by_id(conn, account)).await?;
        if account.disabled {
            return Ok(Prepared::Skip(DISABLED));
        }
        let Some(address) = account.mail.clone() else { return Ok(Prepared::Skip(NO_ADDRESS)) };
        // Reads what an admin called the instance.
        self.documents().await?;
        let lang = self.words.for_languages(account.language.as_deref(), None);
        let view = MessageView {
            instance: &self.instance_name(),
            by: &message.by_name,
            cohort: &cohort,
            words: &message.words,
            links: &self.links,
        };
        let letter = letters::message(&lang, &view)?;
        Ok(Prepared::Send(Box::new(Ready { name: account.name, address, letter, unsubscribe: None, scores: Vec::new() })))
    }

    /// What would be sent now, silent or not, switched off or not.
    pub(crate) async fn preview(&self, account: AccountId, now: Instant) -> Result<Letter, JobsError> {
        let kind = DigestKind::Learner;
        let (mut facts, version) = self.facts(account, kind, now, now).await?;
        let rule = shown_rule(&facts);
        let period = next_due(rule, &facts.account.zone, now).map_or_else(|| Period(facts.today.to_string()), |due| due.period);
        let (digest, _) = self.digest(&mut facts, version, now).await?;
        self.letter(&facts, &period, &digest, &unsubscribe::make(&self.secret, &facts.account.public_id, kind))
    }

    /// What a digest is made of, and the instance's version by then.
    async fn facts(&self, account: AccountId, kind: DigestKind, due_at: Instant, now: Instant) -> Result<(DigestFacts, i64), JobsError> {
        let read = move |conn: &mut Conn<'_>| Ok((digest_facts::load(conn, account, kind, due_at, now)?, store::instance::version(conn)?));
        Ok(self.store.read(read).await?)
    }

    /// Takes what was practised out of the facts.
    async fn digest(&self, facts: &mut DigestFacts, version: i64, now: Instant) -> Result<(LearnerDigest, Vec<Made>), JobsError> {
        let (catalogue, library) = self.documents_of(version).await?;
        let practice = facts.practice.take();
        let cards_due = practice.map_or(0, |practice| crate::practice::desk(practice, &library, now, facts.today).queue(None).begun());
        let (mut scored, mut made) = (Vec::with_capacity(facts.paths.len()), Vec::new());
        for path in &facts.paths {
            let template = self.template(path.path.revision).await?;
            let score = self.score(path, &template, Moment { ledger: &facts.ledger, today: facts.today, now }).await?;
            made.extend(score.made);
            scored.push((path, template, score.outlook));
        }
        let paths = scored.iter().map(|(path, template, outlook)| digest::PathFacts {
            path: path.path.public_id.to_string(),
            template,
            target_level: &path.path.target_level,
            target_day: path.path.target_day,
            outlook,
            before: path.before,
            skipped: path.skipped.clone(),
        });
        let digest = compose(&digest::DigestFacts {
            ledger: &facts.ledger,
            brought: &facts.brought,
            since: facts.since,
            since_day: facts.since_day,
            today: facts.today,
            paths: paths.collect(),
            reviews: &facts.reviews,
            questions: &facts.questions,
            cards_due,
            name: &|subject| {
                let subject = catalogue.resolve(subject)?;
                catalogue.get(&subject).map(|document| document.name.clone())
            },
        });
        Ok((digest, made))
    }

    fn letter(&self, facts: &DigestFacts, period: &Period, digest: &LearnerDigest, token: &str) -> Result<Letter, JobsError> {
        let lang = self.words.for_languages(facts.account.language.as_deref(), None);
        let view = LearnerDigestView {
            name: &facts.account.name,
            period,
            today: facts.today,
            digest,
            links: &self.links,
            unsubscribe_token: token,
            rule: shown_rule(facts),
            zone: &facts.account.zone,
            instance: &self.instance_name(),
        };
        Ok(learner_digest(&lang, &view)?)
    }

    pub(crate) async fn template(&self, id: RevisionId) -> Result<Arc<Template>, JobsError> {
        if let Some(known) = self.templates.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Ok(Arc::clone(known));
        }
        let revision = self.store.read(move |conn| store::templates::get(conn, id)).await?;
        let template = Arc::new(template::restore(&revision.canonical).map_err(|problems| JobsError::Template(problems.to_string()))?);
        let mut templates = self.templates.lock().unwrap_or_else(PoisonError::into_inner);
        if templates.len() >= MAX_TEMPLATES {
            templates.clear();
        }
        templates.insert(id, Arc::clone(&template));
        Ok(template)
    }

    /// Read anew when the command line, an admin or another server changed the instance.
    pub(crate) async fn documents(&self) -> Result<Documents, JobsError> {
        self.documents_of(self.store.read(store::instance::version).await?).await
    }

    /// The same for who has just read the instance's version.
    async fn documents_of(&self, version: i64) -> Result<Documents, JobsError> {
        let (known, documents) = self.documents.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if version == known {
            return Ok(documents);
        }
        let read = |conn: &mut Conn<'_>| {
            let (version, name) = (store::instance::version(conn)?, store::instance::get(conn, "instance.name")?);
            Ok((version, store::catalogue::documents(conn)?, store::practice::pack_decks(conn)?, name))
        };
        let (version, packs, decks, name) = self.store.read(read).await?;
        let mut all: Vec<(Option<&str>, &CatalogueDocument)> = vec![(None, &self.builtin.0)];
        all.extend(packs.iter().map(|(owner, document)| (Some(owner.as_str()), document)));
        let catalogue = Arc::new(template::catalogue(&all).map_err(|problems| JobsError::Template(problems.to_string()))?);
        let documents = (catalogue, Arc::new(Library::new(self.builtin.1.iter().cloned().chain(decks.into_iter().map(Arc::new)))));
        *self.given_name.lock().unwrap_or_else(PoisonError::into_inner) = name;
        *self.documents.lock().unwrap_or_else(PoisonError::into_inner) = (version, documents.clone());
        Ok(documents)
    }

    /// What the instance calls itself: by its configuration, or as an admin named it.
    pub(crate) fn instance_name(&self) -> String {
        let given = self.given_name.lock().unwrap_or_else(PoisonError::into_inner).clone();
        given.filter(|_| !self.instance.is_set).unwrap_or_else(|| self.instance.said.clone())
    }
}

/// The schedule's rule; for a preview without one, what the pages suggest.
fn shown_rule(facts: &DigestFacts) -> Rule {
    let chosen = facts.schedule.as_ref().map(|schedule| schedule.rule).filter(|rule| rule.cadence != Cadence::Off);
    chosen.unwrap_or_else(|| DigestKind::Learner.suggested())
}
