//! From what everybody plans to what happens, one thing after another: each entry is checked by the functions that check what
//! people send, against the ledger as it stands by then.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::account::Account;
use domain::co_author;
use domain::ids::{AccountId, PublicId};
use domain::ledger::{self, Entry, Held, NewEntry, Offer};
use domain::mentoring::{Decision, ItemKind, decide};
use domain::review::{self, Reply, Verdict};
use domain::subject::Trust;
use domain::template::{Asks, Requirement};
use domain::time::Instant;
use domain::world::Dice;
use store::attachments::NewAttachment;
use store::mentoring::OfMember;
use store::reviews::By;
use web::services::attachments;
use web::services::mentoring::Handing;

use super::acts::{Act, Doing};
use super::batch::{Assessment, File, Looks, Work};
use super::history::{Event, What};
use super::reviewing::{Judging, reply, said};
use super::stage::{Stage, Staged, Stay};
use super::{Demo, DemoError, files, misfit, outside};

/// What happens, and what came of it.
#[derive(Default)]
pub struct Script {
    pub acts: Vec<Act>,
    pub ledgers: BTreeMap<AccountId, Vec<Entry>>,
    /// Entries of which somebody has said or is asked to say something.
    pub asked: BTreeSet<(AccountId, u32)>,
}

/// Something that waits for its time.
enum Coming<'a> {
    Event(&'a Stay, &'a Event),
    Assessment(&'a Staged<'a>, &'static Assessment),
}

/// A version of work as it was handed in.
struct Version {
    entry: u32,
    new: NewEntry,
    request: PublicId,
    /// Under which ids people were asked whether they made it too.
    named: BTreeMap<&'static str, PublicId>,
    /// Those who said so: their entry, and the request about it.
    confirmed: BTreeMap<&'static str, (u32, PublicId)>,
}

struct Writer<'a> {
    demo: &'a Demo<'a>,
    stage: &'a Stage<'a>,
    dice: &'a dyn Dice,
    script: Script,
    /// Numbers of what events became, by stay and event.
    numbers: HashMap<(usize, usize), u32>,
    /// Requests to mentors.
    requests: HashMap<(AccountId, u32), PublicId>,
    versions: HashMap<(&'static str, &'static str, usize), Version>,
}

pub fn write(demo: &Demo<'_>, stage: &Stage<'_>, dice: &dyn Dice) -> Result<Script, DemoError> {
    let mut coming: Vec<(Instant, Coming<'_>)> = Vec::new();
    for stay in &stage.stays {
        let at = |event: &Event| event.day.starts_in(&stay.account.zone).plus_seconds(i64::from(event.at));
        coming.extend(stay.events.iter().map(|event| (at(event), Coming::Event(stay, event))));
    }
    for staged in &stage.batches {
        let at = |assessment: &Assessment| staged.at(assessment.back, 16);
        coming.extend(staged.batch.assessments.iter().map(|one| (at(one), Coming::Assessment(staged, one))));
    }
    coming.retain(|(at, _)| *at <= demo.now);
    // Stable: what somebody did in one second stays in its order.
    coming.sort_by_key(|(at, _)| *at);
    let (numbers, requests, versions) = (HashMap::new(), HashMap::new(), HashMap::new());
    let mut writer = Writer { demo, stage, dice, script: Script::default(), numbers, requests, versions };
    for (at, coming) in coming {
        match coming {
            Coming::Event(stay, event) => writer.event(stay, event, at)?,
            Coming::Assessment(staged, assessment) => writer.assessment(staged, assessment, at)?,
        }
    }
    Ok(writer.script)
}

impl Writer<'_> {
    fn ledger(&self, account: AccountId) -> &[Entry] {
        self.script.ledgers.get(&account).map_or(&[], Vec::as_slice)
    }

    /// The number that an entry gets.
    fn append(&mut self, account: AccountId, new: &NewEntry) -> u32 {
        let ledger = self.script.ledgers.entry(account).or_default();
        let number = ledger.len() as u32 + 1;
        ledger.push(new.numbered(number));
        number
    }

    fn does(&mut self, at: Instant, what: Doing) {
        self.script.acts.push(Act { at, what });
    }

    fn event(&mut self, stay: &Stay, event: &Event, at: Instant) -> Result<(), DemoError> {
        let account = &stay.account;
        let number = match &event.what {
            What::Offer(offer) => self.records(stay, (**offer).clone(), event, at, None)?,
            What::Again { event: before, offer } => {
                let Some(&before) = self.numbers.get(&(stay.number, *before)) else { return Ok(()) };
                self.records(stay, Offer { renews: Some(before), ..(**offer).clone() }, event, at, None)?
            }
            What::HandsIn { work, version, offer, event: before } => {
                let renews = before.and_then(|before| self.numbers.get(&(stay.number, before)).copied());
                self.records(stay, Offer { renews, ..(**offer).clone() }, event, at, Some((work, *version)))?
            }
            What::Assessed { mentor, held, note } => {
                let mentor = self.stage.person(self.stage.batches[stay.batch].batch.mentors[*mentor])?;
                let new = ledger::assessed(held.clone(), Trust::Mentor, event.day, at, &mentor.name, Some((*note).to_owned()));
                self.plainly(account, new.map_err(misfit)?, at)
            }
            What::Retract { event: taken_back, note } => {
                let Some(&number) = self.numbers.get(&(stay.number, *taken_back)) else { return Ok(()) };
                let new = ledger::retract(self.ledger(account.id), number, event.day, at, Some((*note).to_owned()));
                self.plainly(account, new.map_err(misfit)?, at)
            }
            What::Reviewed { event: submission, by, remark } => {
                let Some(&number) = self.numbers.get(&(stay.number, *submission)) else { return Ok(()) };
                let (answered, new) = outside::answered(self.demo, self.ledger(account.id), number, by, remark, event.day, at)?;
                self.script.asked.insert((account.id, number));
                let (entry, id) = (self.append(account.id, &new), self.dice.public_id());
                self.does(at, Doing::Answers { account: account.id, answered, new, id });
                entry
            }
            What::Confirms { work, version } => match self.confirms(stay, work, *version, event, at)? {
                Some(number) => number,
                None => return Ok(()),
            },
            What::Judged { event: handed_in, mentor, said } => {
                let Some(&number) = self.numbers.get(&(stay.number, *handed_in)) else { return Ok(()) };
                self.judged(stay, number, mentor, said, event, at)?
            }
        };
        self.numbers.insert((stay.number, event.id), number);
        Ok(())
    }

    fn plainly(&mut self, account: &Account, new: NewEntry, at: Instant) -> u32 {
        let (number, id) = (self.append(account.id, &new), self.dice.public_id());
        let (handing, files, with) = (None, Vec::new(), Vec::new());
        self.does(at, Doing::Records { account: account.id, new, id, handing, files, with });
        number
    }

    fn records(
        &mut self,
        stay: &Stay,
        offer: Offer,
        event: &Event,
        at: Instant,
        work: Option<(&'static Work, usize)>,
    ) -> Result<u32, DemoError> {
        let account = stay.account.id;
        let new = ledger::check(offer, event.day, at, self.demo.known).map_err(misfit)?;
        ledger::renews(self.ledger(account), &new).map_err(misfit)?;
        let (number, id) = (self.append(account, &new), self.dice.public_id());
        let waits = ItemKind::of(&new.numbered(number)).is_some();
        let is_asked = waits && (work.is_some() || self.stage.batches[stay.batch].batch.looks == Looks::Mentors);
        let handing = is_asked.then(|| Handing(self.dice.public_id()));
        if let Some(Handing(request)) = handing {
            self.requests.insert((account, number), request);
            self.script.asked.insert((account, number));
        }
        let (mut attached, mut with) = (Vec::new(), Vec::new());
        if let (Some((work, version)), Some(Handing(request))) = (work, handing) {
            for file in work.versions[version].files {
                attached.push(self.file(file, at)?);
            }
            let mut named = BTreeMap::new();
            for &(other, _) in work.with {
                let id = self.dice.public_id();
                with.push((self.stage.person(other)?.id, id));
                named.insert(other, id);
            }
            let made = Version { entry: number, new: new.clone(), request, named, confirmed: BTreeMap::new() };
            self.versions.insert((work.by, work.project, version), made);
        }
        self.does(at, Doing::Records { account, new, id, handing, files: attached, with });
        Ok(number)
    }

    fn file(&self, file: &File, at: Instant) -> Result<NewAttachment, DemoError> {
        attachments::checked(file.name, files::content(file), self.dice.public_id(), at).map_err(misfit)
    }

    /// Somebody says that they made it too: from then on they have it as an entry of their own.
    fn confirms(&mut self, stay: &Stay, work: &'static Work, version: usize, event: &Event, at: Instant) -> Result<Option<u32>, DemoError> {
        let username = stay.username;
        let own = |version: usize| self.versions.get(&(work.by, work.project, version))?.confirmed.get(username).map(|(number, _)| *number);
        let before = version.checked_sub(1).and_then(own);
        let Some(made) = self.versions.get(&(work.by, work.project, version)) else { return Ok(None) };
        let named = *made.named.get(username).ok_or_else(|| misfit(username))?;
        let new = co_author::entry(&made.new.numbered(made.entry), &made.new.payload, before, event.day, at);
        let (number, id, request) = (self.append(stay.account.id, &new), self.dice.public_id(), self.dice.public_id());
        if let Some(made) = self.versions.get_mut(&(work.by, work.project, version)) {
            made.confirmed.insert(username, (number, request));
        }
        self.script.asked.insert((stay.account.id, number));
        self.does(at, Doing::Confirms { person: stay.account.id, named, new, id, request });
        Ok(Some(number))
    }

    /// A mentor answers: of the work, and of everybody who said to have made it too.
    fn judged(&mut self, stay: &Stay, number: u32, mentor: &str, judging: &Judging, event: &Event, at: Instant) -> Result<u32, DemoError> {
        let (staged, mentor) = (&self.stage.batches[stay.batch], self.stage.person(mentor)?);
        let rubric = |criterion: &domain::subject::Subject| staged.template.rubric(criterion);
        let submission = entry(self.ledger(stay.account.id), number)?.clone();
        let reply = reply(&submission, staged.template, judging, &mentor.name);
        let review = review::check(&submission, reply.clone(), &rubric).map_err(misfit)?;
        let is_complete = review.criteria.iter().all(|judged| judged.verdict != Verdict::NotMet);
        let decision = decide(Some(if is_complete { Decision::Accept } else { Decision::Return }), &review).map_err(misfit)?;
        let request = *self.requests.get(&(stay.account.id, number)).ok_or_else(|| misfit(number))?;
        let returned = decision == Decision::Return;
        let members = self.members(&submission, request, &reply, (judging, returned), at, &rubric)?;
        let new = review::entry(&submission, &review, Trust::Mentor, event.day, at);
        let (own, id) = (self.append(stay.account.id, &new), self.dice.public_id());
        for member in &members {
            self.append(member.person, &member.new);
        }
        let by = By { account: Some(mentor.id), returned };
        self.does(at, Doing::Judges { cohort: staged.cohort.id, request, review, by, new, id, members });
        Ok(own)
    }

    fn members<'t>(
        &self,
        submission: &Entry,
        request: PublicId,
        reply: &Reply,
        (judging, returned): (&Judging, bool),
        at: Instant,
        rubric: &dyn Fn(&domain::subject::Subject) -> Option<&'t domain::template::Rubric>,
    ) -> Result<Vec<OfMember>, DemoError> {
        let Some(version) = self.versions.values().find(|version| version.request == request) else { return Ok(Vec::new()) };
        let otherwise = match judging {
            Judging::Set(review) => review.otherwise,
            Judging::Plain { .. } => &[],
        };
        let mut members = Vec::new();
        for (username, &(number, request)) in &version.confirmed {
            let account = self.stage.person(username)?;
            let own = otherwise.iter().find(|(of, _)| of == username).map_or(&[][..], |(_, marks)| marks);
            let own: Vec<_> = own.iter().map(said).collect();
            let review = co_author::of_member(submission, reply, &own, rubric).map_err(misfit)?;
            let entry = entry(self.ledger(account.id), number)?;
            members.push(OfMember {
                person: account.id,
                request,
                returned: co_author::is_returned(returned, &review),
                new: review::entry(entry, &review, Trust::Mentor, at.day_in(&account.zone), at),
                review,
                entry_id: self.dice.public_id(),
            });
        }
        Ok(members)
    }

    /// What a mentor saw of all who took part on that day.
    fn assessment(&mut self, staged: &Staged<'_>, assessment: &'static Assessment, at: Instant) -> Result<(), DemoError> {
        let by = self.stage.person(assessment.by)?;
        let index = staged.template.requirement(assessment.requirement).ok_or_else(|| misfit(assessment.requirement))?;
        let (held, batch) = (shown(&staged.template.requirements[index]), self.dice.public_id());
        for (person, _) in staged.batch.learners.iter().filter(|(person, _)| staged.batch.takes_part(person.username, assessment.back)) {
            let account = self.stage.person(person.username)?;
            let day = at.day_in(&account.zone);
            let new = ledger::assessed(held.clone(), Trust::Mentor, day, at, &by.name, Some(assessment.note.to_owned()));
            let (new, id) = (new.map_err(misfit)?, self.dice.public_id());
            self.append(account.id, &new);
            let (batch, cohort) = ((batch, assessment.occasion), (staged.cohort.id, by.id));
            self.does(at, Doing::Assesses { learner: account.id, new, id, batch, cohort });
        }
        Ok(())
    }
}

fn entry(ledger: &[Entry], number: u32) -> Result<&Entry, DemoError> {
    ledger.iter().find(|entry| entry.seq == number).ok_or_else(|| misfit(number))
}

/// All of a requirement.
fn shown(requirement: &Requirement) -> Vec<Held> {
    let step = match &requirement.asks {
        Asks::Skill { step, .. } => Some(*step),
        _ => None,
    };
    requirement.subjects().into_iter().map(|subject| Held { subject: subject.clone(), step }).collect()
}
