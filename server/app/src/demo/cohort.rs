//! The demo's cohort: what a school would have set up for it, what of the plan is a learner's own, and the next batch.

use std::collections::BTreeSet;

use domain::cohort::{
    AlertSettings, CohortRole, CompletionRule, Holiday, MemberState, Outcome, OutcomeKind, SetUp, Span, Standing, SummaryWish, Terms,
    check_summary,
};
use domain::digest::DigestKind;
use domain::ids::{AccountId, CohortId};
use domain::path::RuleChoice;
use domain::schedule::next_due;
use domain::time::{Day, Instant};
use domain::world::Dice;
use store::cohorts::{self, NewCohort, OutcomeRow, Written};
use store::summaries::{self, NewSummaryLink};
use store::{Conn, accounts, digests};

use super::people::Habits;
use super::{Demo, DemoError, ROLE, WEEKS, misfit};

/// Session days from Monday to Friday but for a break in the sixth week and a day later on.
pub fn set_up(demo: &Demo<'_>, target: usize, started: Day) -> SetUp {
    let away =
        |day: i32, days: i32, name: &str| Holiday { first: started.plus(day), last: started.plus(day + days - 1), name: name.to_owned() };
    SetUp {
        holidays: vec![away(37, 5, "Autumn break"), away(58, 1, "All Saints")],
        roles: vec![CohortRole {
            role: ROLE.to_owned(),
            revision: demo.revision,
            target_level: demo.template.document.levels[target].id.clone(),
            chosen: BTreeSet::new(),
        }],
        rule: RuleChoice::BuiltIn,
        ..SetUp::default()
    }
}

/// The next batch: the same set-up, its mentors, and nobody yet who learns.
pub fn next_batch(conn: &mut Conn<'_>, new: &NewCohort, set_up: &SetUp, guides: &[(AccountId, Standing)]) -> store::Result<()> {
    let made = cohorts::create(conn, new)?;
    cohorts::put_set_up(conn, made.id, &SetUp { holidays: Vec::new(), ..set_up.clone() })?;
    for &(account, standing) in guides {
        cohorts::add_member(conn, made.id, account, standing, new.created_at)?;
    }
    Ok(())
}

/// Two links for sponsors: the first is to be of one learner, the second of the cohort. Nobody has their addresses: what is
/// stored is the hash of no secret.
pub fn sponsors(demo: &Demo<'_>, cohort: CohortId, dice: &dyn Dice) -> Result<Vec<NewSummaryLink>, DemoError> {
    let link = |label: &str| {
        let wish = SummaryWish { label: label.to_owned(), days: None };
        Ok(NewSummaryLink {
            public_id: dice.public_id(),
            cohort,
            learner: None,
            token_hash: demo.dice.secret(),
            terms: check_summary(&wish, demo.now).map_err(misfit)?,
            created_by: None,
            created_at: demo.now,
        })
    };
    ["Harbour Fund", "City of Lisbon, skills programme"].into_iter().map(link).collect()
}

/// Asks learners for them: the first learner consents, and every third to that of the cohort.
pub fn ask_for(conn: &mut Conn<'_>, links: &[NewSummaryLink], lead: AccountId) -> store::Result<()> {
    for (number, link) in links.iter().enumerate() {
        let members = cohorts::members(conn, link.cohort)?;
        let all = members.iter().filter(|(_, member)| member.standing == Standing::Learner).map(|(account, _)| account.id);
        let consents: Vec<AccountId> = if number == 0 { all.take(1).collect() } else { all.step_by(3).collect() };
        let learner = consents.first().copied().filter(|_| number == 0);
        let id = summaries::put(conn, &NewSummaryLink { learner, created_by: Some(lead), ..link.clone() })?.id;
        for learner in consents {
            summaries::consent(conn, id, learner, link.created_at)?;
        }
    }
    Ok(())
}

/// What of the plan is a learner's own: late joiners begin later, one works half of the hours, one was ill.
pub fn terms(number: u64, habits: &Habits, joined: Day, mentors: &[AccountId]) -> Terms {
    // Every eighth has no mentor of their own yet.
    let mentor = if number % 8 == 7 { None } else { mentors.get(number as usize % mentors.len().max(1)).copied() };
    Terms {
        starts_on: (habits.joins > 0).then_some(joined),
        factor: if number == 3 { 60 } else { 100 },
        extension: if number == 14 { 8 } else { 0 },
        mentor,
    }
}

/// What leads are told of, what completing takes, and the digest of those who guide: the first one comes next Monday.
pub fn told(conn: &mut Conn<'_>, cohort: CohortId, guides: &[(AccountId, Standing)], now: Instant) -> store::Result<()> {
    let alerts = AlertSettings { silent: Some(6), behind: Some(1_500), waiting: Some(5), lapsing: Some(30), quiet: 7 };
    cohorts::put_alert_settings(conn, cohort, &alerts)?;
    cohorts::put_completion_rule(conn, cohort, &CompletionRule { readiness: Some(7_000), ..CompletionRule::default() })?;
    let rule = DigestKind::Mentor.suggested();
    for &(account, _) in guides {
        let next = next_due(rule, &accounts::by_id(conn, account)?.zone, now);
        digests::set_schedule(conn, account, DigestKind::Mentor, &rule, next.as_ref(), false)?;
    }
    Ok(())
}

/// Who has been silent for a month is paused, with the reason that was told; one left in the middle, one was hired before the
/// end and lets the leads see it.
pub fn spans(
    conn: &mut Conn<'_>,
    cohort: CohortId,
    account: AccountId,
    number: u64,
    silent: u32,
    today: Day,
    by: Written,
) -> store::Result<()> {
    if silent >= 4 {
        let reason = Some("Works double shifts until Christmas.".to_owned());
        cohorts::add_span(conn, cohort, account, &Span { reason, ..Span::new(MemberState::Paused, today.plus(-20)) }, by)?;
    }
    if number == 6 {
        let hired = today.plus(-5);
        let reason = Some("Hired before the end; showed her portfolio to all.".to_owned());
        cohorts::add_span(conn, cohort, account, &Span { reason, ..Span::new(MemberState::Completed, hired) }, by)?;
        let outcome = Outcome {
            kind: OutcomeKind::Hired,
            day: hired,
            title: Some("Back-End Developer".to_owned()),
            employer: Some("Tidewater Logistics".to_owned()),
        };
        let row = OutcomeRow { outcome, recorded_by: Some(account), recorded_at: by.at, consented_at: Some(by.at) };
        cohorts::put_outcome(conn, cohort, account, &row)?;
    }
    if number == 14 {
        let reason = Some("Had the flu.".to_owned());
        let ill = today.plus(-(WEEKS as i32) * 7 / 2);
        cohorts::add_span(conn, cohort, account, &Span { reason, ..Span::new(MemberState::Paused, ill) }, by)?;
        cohorts::add_span(conn, cohort, account, &Span::new(MemberState::Active, ill.plus(10)), by)?;
    }
    Ok(())
}
