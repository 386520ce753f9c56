//! A mentor's review of work or of a certificate, criterion by criterion, and taking it back.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::account::Account;
use domain::co_author::{self, MAX_CO_AUTHORS};
use domain::cohort::{MemberState, Standing};
use domain::ids::{AccountId, CohortId, PublicId};
use domain::ledger::{Entry, NewEntry, retract, standing};
use domain::mentoring::{Decision, Hold, asking, decide, hold};
use domain::path::Path;
use domain::policy::Act;
use domain::review::{self, Judged, Reply, Review, Said, Verdict, WrongReply};
use domain::scoring::{DefaultRule, Scope, score};
use domain::subject::{Subject, Trust};
use domain::template::{RequirementIndex, Rubric, Template};
use domain::time::{Day, Instant};
use store::attachments::Attachment;
use store::mentoring::{Claimed, OfMember, ReviewDraft};
use store::reviews::{Answer, By, Request};

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::attachments::{self, Files};
use crate::services::cohorts::{Opened, visible};
use crate::services::ledger::Written;
use crate::services::readiness;
use crate::state::State;

/// A request that a mentor of the cohort may answer, with what it is about.
pub struct OpenReview {
    pub request: Request,
    pub learner: Account,
    pub submission: Written,
    /// The path of the cohort that asks for it.
    pub path: Path,
    pub template: Arc<Template>,
    /// Those of the path that it is about.
    pub requirements: Vec<RequirementIndex>,
    pub hold: Hold,
    /// The name of another who has it.
    pub holder: Option<String>,
    /// What it took the place of, newest first, with what was said of that.
    pub before: Vec<(Written, Option<Answer>)>,
    /// Files of all of these; of work that another handed in, those that came with it then.
    pub files: Files,
    /// Those who confirmed that they made it too, and whose part nobody has judged yet.
    pub members: Vec<Member>,
    /// What one has begun to write of it.
    pub draft: Option<ReviewDraft>,
    /// The learner's own day.
    pub today: Day,
    mentored: bool,
    facts: Vec<Entry>,
    /// Who handed it in, with the entry that has the files, where that was not the learner.
    handed_in: Option<(AccountId, u32)>,
}

/// One who made the work too.
#[derive(Clone, Debug)]
pub struct Member {
    pub account: Account,
    /// Their own entry, and the request about it.
    entry: Entry,
    request: PublicId,
}

/// Those who confirmed, are still learners of the cohort, show it their entry, and wait for an answer.
fn members(conn: &mut store::Conn<'_>, cohort: CohortId, account: AccountId, entry: u32) -> store::Result<Vec<Member>> {
    let mut members = Vec::new();
    for named in store::co_authors::of_entries(conn, account, &[entry])?.remove(&entry).unwrap_or_default() {
        let Some(own) = named.own_entry else { continue };
        if !store::co_authors::cohorts_together(conn, account, named.person)?.contains(&cohort)
            || store::cohorts::withheld(conn, cohort)?.get(&named.person).is_some_and(|withheld| withheld.contains(&own))
        {
            continue;
        }
        let requests = store::reviews::list(conn, named.person, Some(&[own]), None, i64::from(i32::MAX))?;
        let waits = |request: &Request| request.is_for_mentors && request.answer.is_none() && !request.is_revoked;
        let Some(request) = requests.into_iter().find(waits) else { continue };
        let facts = store::ledger::facts(conn, named.person)?;
        let Some(entry) = facts.into_iter().find(|entry| entry.seq == own) else { continue };
        let account = store::accounts::by_id(conn, named.person)?;
        members.push(Member { account, entry, request: request.public_id });
    }
    Ok(members)
}

/// The entry of another in which the learner was named: while it stands, both learn in the cohort, and the cohort sees it.
fn handed_in(conn: &mut store::Conn<'_>, cohort: CohortId, account: AccountId, entry: u32) -> store::Result<Option<(AccountId, u32)>> {
    let Some((by, of)) = store::co_authors::handed_in(conn, account, entry)? else { return Ok(None) };
    let is_withheld = store::cohorts::withheld(conn, cohort)?.get(&by).is_some_and(|withheld| withheld.contains(&of));
    let stands = standing(&store::ledger::facts(conn, by)?).iter().any(|entry| entry.seq == of);
    let together = store::co_authors::cohorts_together(conn, by, account)?.contains(&cohort);
    Ok(Some((by, of)).filter(|_| stands && together && !is_withheld))
}

/// Opens a request to the mentors of a cohort. What another cohort's mentors are asked, what is withheld from this one, and
/// what its paths do not ask for, is not there.
pub async fn open(state: &State, who: &Signed, opened: &Opened, id: PublicId) -> Result<OpenReview, Error> {
    let (cohort, me, now) = (opened.cohort.id, who.account.id, state.clock.now());
    let loaded = state.store.scan(move |conn| {
        let request = store::reviews::for_mentors(conn, id)?;
        let account = request.account;
        let memberships = store::cohorts::memberships(conn, account)?;
        let is_learner = |member: &domain::cohort::Membership| member.standing == Standing::Learner && member.state != MemberState::Dropped;
        if !memberships.iter().any(|member| member.cohort == cohort && is_learner(member)) {
            return Err(store::Error::NotThere("review"));
        }
        let learner = store::accounts::by_id(conn, account)?;
        let withheld = store::cohorts::withheld(conn, cohort)?.remove(&account).unwrap_or_default();
        let facts = visible(store::ledger::facts(conn, account)?, &withheld, u32::MAX);
        let paths: Vec<Path> = store::paths::list(conn, account)?.into_iter().filter(|path| path.cohort == Some(cohort)).collect();
        let lease = store::mentoring::leases(conn, &[request.id], &[])?.remove(&Claimed::Review(request.id));
        let holder = match lease {
            Some(lease) => Some(store::accounts::by_id(conn, lease.by)?.name.to_string()),
            None => None,
        };
        let mentored = store::cohorts::has_guide(conn, cohort, account)?;
        let mut versions: Vec<(Written, Option<Answer>)> = Vec::new();
        let mut next = Some(request.entry);
        while let Some(seq) = next.filter(|seq| !withheld.contains(seq) && versions.len() < MOST_VERSIONS) {
            let Some(written) = store::ledger::entries_of(conn, &BTreeSet::from([(account, seq)]))?.remove(&(account, seq)) else { break };
            next = written.2.as_ref().and_then(|payload| payload.follows).filter(|&before| before < seq);
            let requests = store::reviews::list(conn, account, Some(&[seq]), None, i64::from(i32::MAX))?;
            versions.push((written, requests.into_iter().filter(|request| request.is_for_mentors).find_map(|request| request.answer)));
        }
        let entries: Vec<u32> = versions.iter().map(|((_, entry, _), _)| entry.seq).collect();
        let mut files = store::attachments::of_entries(conn, account, &entries)?;
        let handed_in = handed_in(conn, cohort, account, request.entry)?;
        if let Some((by, of)) = handed_in {
            let theirs = store::attachments::of_entries(conn, by, &[of])?.remove(&of).unwrap_or_default();
            files.entry(request.entry).or_default().extend(theirs);
        }
        let members = members(conn, cohort, account, request.entry)?;
        let makers = store::co_authors::makers(conn, account, request.entry)?;
        let draft = store::mentoring::draft(conn, request.id, me)?;
        Ok((request, learner, facts, paths, hold(lease, me, now), holder, mentored, versions, files, draft, members, makers, handed_in))
    });
    let (request, learner, facts, paths, hold, holder, mentored, mut versions, files, draft, members, makers, handed_in) = loaded.await?;
    who.may(Act::SeeWork { learner: learner.id, cohort }, "review")?;
    if makers.contains(&me) {
        return Err(Error::Rule("review_own"));
    }
    if versions.is_empty() || versions[0].0.1.seq != request.entry {
        return Err(Error::NotThere("review"));
    }
    let (submission, _) = versions.remove(0);
    for path in paths {
        let template = state.template(path.revision).await?;
        let requirements = asking(&template, &submission.1);
        if !requirements.is_empty() {
            let today = now.day_in(&learner.zone);
            let before = versions;
            return Ok(OpenReview {
                request,
                learner,
                submission,
                path,
                template,
                requirements,
                hold,
                holder,
                before,
                files,
                members,
                draft,
                today,
                mentored,
                facts,
                handed_in,
            });
        }
    }
    Err(Error::NotThere("review"))
}

/// Versions of one piece of work that are shown.
const MOST_VERSIONS: usize = 10;

/// What the learner has by now, and would have if all of it were met. Basis points.
pub struct Worth {
    pub claimed: u32,
    pub proven: u32,
    pub proven_if_met: u32,
}

impl OpenReview {
    /// What the role says of a criterion beyond met and not met.
    pub fn rubric(&self, criterion: &Subject) -> Option<&Rubric> {
        self.template.rubric(criterion)
    }

    /// A file of what is to be looked at, or of a version before, with its bytes.
    pub async fn file(&self, state: &State, file: PublicId) -> Result<(Attachment, Vec<u8>), Error> {
        let own = attachments::content(state, self.learner.id, self.files.keys().copied().collect(), file).await;
        match (own, self.handed_in) {
            (Err(Error::NotThere(_)), Some((by, of))) => attachments::content(state, by, vec![of], file).await,
            (own, _) => own,
        }
    }

    pub async fn worth(&self, state: &State) -> Result<Worth, Error> {
        let rule = readiness::rule_for(state, &self.path.rule).await?;
        let (_, submission, _) = &self.submission;
        let met = Review {
            by: self.learner.name.clone(),
            comment: None,
            criteria: submission
                .held
                .iter()
                .map(|held| Judged { subject: held.subject.clone(), verdict: Verdict::Met, level: None, comment: None })
                .collect(),
        };
        let new = review::entry(submission, &met, Trust::Mentor, self.today, state.clock.now());
        let mut supposed = self.facts.clone();
        supposed.push(new.numbered(supposed.last().map_or(1, |last| last.seq + 1)));
        let (template, path, facts) = (Arc::clone(&self.template), self.path.clone(), self.facts.clone());
        let (mentored, today) = (self.mentored, self.today);
        let made = tokio::task::spawn_blocking(move || {
            let target = template.level(&path.target_level).unwrap_or(0);
            let scope = Scope { template: &template, target, chosen: &path.chosen, mentored, today, settings: &[] };
            let judge = |facts: &[Entry]| match &rule {
                Ok(rule) => score(rule.as_ref(), scope, facts).or_else(|_| score(&DefaultRule, scope, facts)),
                Err(_) => score(&DefaultRule, scope, facts),
            };
            Ok::<_, domain::scoring::ScoreError>((judge(&facts)?, judge(&supposed)?))
        });
        let (now, then) = made.await.map_err(Error::machine)?.map_err(Error::machine)?;
        Ok(Worth { claimed: now.claimed.readiness, proven: now.proven.readiness, proven_if_met: then.proven.readiness })
    }
}

/// An answer that was looked at, for a transaction.
#[derive(Clone, Debug)]
pub struct Answering {
    cohort: domain::ids::CohortId,
    request: Request,
    review: Review,
    by: By,
    new: NewEntry,
    entry_id: PublicId,
    members: Vec<OfMember>,
}

/// What is said otherwise of a member than of the work.
#[derive(Clone, Debug)]
pub struct Otherwise {
    pub person: PublicId,
    pub criteria: Vec<Said>,
}

impl Answering {
    /// Checks what a mentor sends; the name is their account's.
    pub fn of(
        state: &State,
        who: &Signed,
        opened: &Opened,
        open: &OpenReview,
        decision: Option<Decision>,
        reply: Reply,
        otherwise: &[Otherwise],
    ) -> Result<Self, Vec<WrongReply>> {
        let (_, submission, _) = &open.submission;
        let reply = Reply { name: who.account.name.to_string(), ..reply };
        let rubric = |criterion: &Subject| open.rubric(criterion);
        let review = review::check(submission, reply.clone(), &rubric)?;
        if otherwise.iter().any(|other| open.members.iter().all(|member| member.account.public_id != other.person)) {
            return Err(vec![WrongReply { about: None, field: "members", code: "co_author_unknown" }]);
        }
        let decision = decide(decision, &review).map_err(|wrong| vec![wrong])?;
        let now = state.clock.now();
        let new = review::entry(submission, &review, Trust::Mentor, open.today, now);
        let mut members = Vec::with_capacity(open.members.len());
        for member in &open.members {
            let own = otherwise.iter().find(|other| other.person == member.account.public_id).map_or(&[][..], |other| &other.criteria);
            let review = co_author::of_member(submission, &reply, own, &rubric)?;
            members.push(OfMember {
                person: member.account.id,
                request: member.request,
                returned: co_author::is_returned(decision == Decision::Return, &review),
                new: review::entry(&member.entry, &review, Trust::Mentor, now.day_in(&member.account.zone), now),
                review,
                entry_id: state.dice.public_id(),
            });
        }
        Ok(Self {
            members,
            cohort: opened.cohort.id,
            request: open.request.clone(),
            review,
            by: By { account: Some(who.account.id), returned: decision == Decision::Return },
            new,
            entry_id: state.dice.public_id(),
        })
    }

    /// Inside a transaction. Fails with `review_answered`, `review_withdrawn`, `claimed_by_another`, `member_left`.
    pub fn keep(&self, conn: &mut store::Conn<'_>) -> store::Result<Answer> {
        let of_first = (&self.review, self.by, &self.new, self.entry_id);
        store::mentoring::review_all(conn, self.cohort, &self.request, of_first, &self.members)
    }
}

/// A review in progress that was looked at, for a transaction.
#[derive(Clone, Debug)]
pub struct Drafting {
    request: Request,
    by: AccountId,
    reply: Reply,
    pub now: Instant,
}

impl Drafting {
    /// Checks what a mentor has so far.
    pub fn of(state: &State, who: &Signed, open: &OpenReview, reply: Reply) -> Result<Self, Vec<WrongReply>> {
        let reply = review::draft(&open.submission.1, reply, &|criterion| open.rubric(criterion))?;
        Ok(Self { request: open.request.clone(), by: who.account.id, reply, now: state.clock.now() })
    }

    /// Inside a transaction. Fails with `review_answered`, `review_withdrawn`.
    pub fn keep(&self, conn: &mut store::Conn<'_>) -> store::Result<()> {
        store::mentoring::save_draft(conn, &self.request, self.by, &self.reply, self.now)
    }
}

/// Taking a review back, for a transaction: what came of it is retracted, and the work waits again.
#[derive(Clone, Debug)]
pub struct Undoing {
    learner: AccountId,
    request: PublicId,
    by: String,
    today: Day,
    now: Instant,
    entry_id: PublicId,
    /// For what came of it for those who made the work too.
    more_ids: Vec<PublicId>,
}

impl Undoing {
    /// For who reviewed it and for leads; others are refused. Where no answer stands there is none.
    pub fn of(state: &State, who: &Signed, opened: &Opened, open: &OpenReview) -> Result<Self, Error> {
        let answer = open.request.answer.as_ref().ok_or(Error::NotThere("review"))?;
        if answer.by != Some(who.account.id) {
            who.may(Act::LeadCohort { cohort: opened.cohort.id }, "review")?;
        }
        Ok(Self {
            learner: open.learner.id,
            request: open.request.public_id,
            by: who.account.name.to_string(),
            today: open.today,
            now: state.clock.now(),
            entry_id: state.dice.public_id(),
            more_ids: (0..MAX_CO_AUTHORS).map(|_| state.dice.public_id()).collect(),
        })
    }

    /// Inside a transaction. What the same review said of members goes with it. Of two at once the second finds nothing: `NotThere("review")`.
    pub fn keep(&self, conn: &mut store::Conn<'_>) -> store::Result<()> {
        let request = store::reviews::for_mentors(conn, self.request)?;
        let answer = request.answer.ok_or(store::Error::NotThere("review"))?;
        let facts = store::ledger::facts(conn, self.learner)?;
        let mut new = retract(&facts, answer.entry, self.today, self.now, None).map_err(|_| store::Error::NotThere("review"))?;
        new.payload.by = Some(self.by.clone());
        store::ledger::append(conn, self.learner, &new, self.entry_id)?;
        let named = store::co_authors::of_entries(conn, self.learner, &[request.entry])?.remove(&request.entry).unwrap_or_default();
        for (named, id) in named.into_iter().zip(&self.more_ids) {
            let Some(own) = named.own_entry else { continue };
            let requests = store::reviews::list(conn, named.person, Some(&[own]), None, i64::from(i32::MAX))?;
            let same = |request: Request| request.answer.filter(|own| request.is_for_mentors && own.at == answer.at && own.by == answer.by);
            let Some(said) = requests.into_iter().find_map(same) else { continue };
            let today = self.now.day_in(&store::accounts::by_id(conn, named.person)?.zone);
            let facts = store::ledger::facts(conn, named.person)?;
            if let Ok(mut new) = retract(&facts, said.entry, today, self.now, None) {
                new.payload.by = Some(self.by.clone());
                store::ledger::append(conn, named.person, &new, *id)?;
            }
        }
        Ok(())
    }
}
