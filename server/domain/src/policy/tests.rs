use super::Decision::{Allow, Forbid, Hide, SignIn};
use super::*;

const ADA: AccountId = AccountId(1);
const MIRA: AccountId = AccountId(2);
const AUTUMN: CohortId = CohortId(10);
const SPRING: CohortId = CohortId(11);

fn caller(id: AccountId, is_admin: bool, scope: Scope, memberships: &[(CohortId, Standing, MemberState)]) -> Caller {
    let memberships = memberships.iter().map(|&(cohort, standing, state)| Membership { cohort, account: id, standing, state }).collect();
    Caller::Account { id, is_admin, scope, memberships }
}

/// Every caller against every act.
#[test]
fn the_whole_table_of_callers_and_acts() {
    use MemberState::{Active, Completed, Dropped, Paused};
    use Standing::{Lead, Learner, Mentor};
    let acts = [
        Act::Public,
        Act::ReadOwn,
        Act::WriteOwn,
        Act::ManageOwn,
        Act::SeeLearner { learner: ADA, cohort: None },
        Act::SeeLearner { learner: ADA, cohort: Some(AUTUMN) },
        Act::SeeWork { learner: ADA, cohort: AUTUMN },
        Act::SeeWork { learner: ADA, cohort: SPRING },
        Act::AssessLearner { learner: ADA, cohort: AUTUMN },
        Act::AssessLearner { learner: ADA, cohort: SPRING },
        Act::Administer,
        Act::SeeCohort { cohort: AUTUMN },
        Act::SeeCohort { cohort: SPRING },
        Act::SeeAsLead { cohort: AUTUMN },
        Act::SeeAsLead { cohort: SPRING },
        Act::LeadCohort { cohort: AUTUMN },
        Act::LeadCohort { cohort: SPRING },
        Act::MentorCohort { cohort: AUTUMN },
        Act::MentorCohort { cohort: SPRING },
    ];
    let session = Scope::Admin;
    let mentor = |state, scope| caller(MIRA, false, scope, &[(AUTUMN, Mentor, state)]);
    #[rustfmt::skip]
    let table: &[(&str, Caller, [Decision; 19])] = &[
        //                                                                     public read    write   manage  see     see in  work in work in assess  assess  admin-  see     see     as lead as lead lead    lead    mentor  mentor
        //                                                                            own     own     own     a       autumn  autumn  spring  autumn  spring  ister   autumn  spring  autumn  spring  autumn  spring  autumn  spring
        ("nobody",               Caller::Nobody,                              [Allow, SignIn, SignIn, SignIn, SignIn, SignIn, SignIn, SignIn, SignIn, SignIn, SignIn, SignIn, SignIn, SignIn, SignIn, SignIn, SignIn, SignIn, SignIn]),
        ("the learner",          caller(ADA, false, session, &[]),            [Allow, Allow,  Allow,  Allow,  Allow,  Allow,  Hide, Hide, Hide,   Hide,   Forbid, Hide, Hide, Hide, Hide, Hide, Hide, Hide, Hide]),
        ("her read token",       caller(ADA, false, Scope::Read, &[]),        [Allow, Allow,  Forbid, Forbid, Allow,  Allow,  Hide, Hide, Hide,   Hide,   Forbid, Hide, Hide, Hide, Hide, Hide, Hide, Hide, Hide]),
        ("her write token",      caller(ADA, false, Scope::Write, &[]),       [Allow, Allow,  Allow,  Forbid, Allow,  Allow,  Hide, Hide, Hide,   Hide,   Forbid, Hide, Hide, Hide, Hide, Hide, Hide, Hide, Hide]),
        ("her as a member",      caller(ADA, false, session, &[(AUTUMN, Learner, Active)]), [Allow, Allow, Allow, Allow, Allow, Allow, Hide, Hide, Hide, Hide, Forbid, Hide, Hide, Hide, Hide, Hide, Hide, Hide, Hide]),
        ("her as her own lead",  caller(ADA, false, session, &[(AUTUMN, Lead, Active)]), [Allow, Allow, Allow, Allow, Allow, Allow, Forbid, Hide, Forbid, Hide, Forbid, Allow, Hide, Allow, Hide, Allow, Hide, Allow, Hide]),
        ("a stranger",           caller(MIRA, false, session, &[]),           [Allow, Allow,  Allow,  Allow,  Hide,   Hide,   Hide, Hide, Hide,   Hide,   Forbid, Hide, Hide, Hide, Hide, Hide, Hide, Hide, Hide]),
        ("a fellow learner",     caller(MIRA, false, session, &[(AUTUMN, Learner, Active)]), [Allow, Allow, Allow, Allow, Hide, Hide, Hide, Hide, Hide, Hide, Forbid, Hide, Hide, Hide, Hide, Hide, Hide, Hide, Hide]),
        ("a mentor",             mentor(Active, session),                     [Allow, Allow,  Allow,  Allow,  Hide,   Allow,  Allow, Hide, Allow,  Hide,   Forbid, Allow, Hide, Forbid, Hide, Forbid, Hide, Allow, Hide]),
        ("a mentor's read token", mentor(Active, Scope::Read),                [Allow, Allow,  Forbid, Forbid, Hide,   Allow,  Allow, Hide, Forbid, Hide,   Forbid, Allow, Hide, Forbid, Hide, Forbid, Hide, Allow, Hide]),
        ("a mentor's write token", mentor(Active, Scope::Write),              [Allow, Allow,  Allow,  Forbid, Hide,   Allow,  Allow, Hide, Allow,  Hide,   Forbid, Allow, Hide, Forbid, Hide, Forbid, Hide, Allow, Hide]),
        ("a paused mentor",      mentor(Paused, session),                     [Allow, Allow,  Allow,  Allow,  Hide,   Hide,   Hide, Hide, Hide,   Hide,   Forbid, Hide, Hide, Hide, Hide, Hide, Hide, Hide, Hide]),
        ("a dropped mentor",     mentor(Dropped, session),                    [Allow, Allow,  Allow,  Allow,  Hide,   Hide,   Hide, Hide, Hide,   Hide,   Forbid, Hide, Hide, Hide, Hide, Hide, Hide, Hide, Hide]),
        ("a mentor who is done", mentor(Completed, session),                  [Allow, Allow,  Allow,  Allow,  Hide,   Hide,   Hide, Hide, Hide,   Hide,   Forbid, Hide, Hide, Hide, Hide, Hide, Hide, Hide, Hide]),
        ("a lead",               caller(MIRA, false, session, &[(AUTUMN, Lead, Active)]), [Allow, Allow, Allow, Allow, Hide, Allow, Allow, Hide, Allow, Hide, Forbid, Allow, Hide, Allow, Hide, Allow, Hide, Allow, Hide]),
        ("a lead's read token",  caller(MIRA, false, Scope::Read, &[(AUTUMN, Lead, Active)]), [Allow, Allow, Forbid, Forbid, Hide, Allow, Allow, Hide, Forbid, Hide, Forbid, Allow, Hide, Allow, Hide, Forbid, Hide, Allow, Hide]),
        ("a lead's write token", caller(MIRA, false, Scope::Write, &[(AUTUMN, Lead, Active)]), [Allow, Allow, Allow, Forbid, Hide, Allow, Allow, Hide, Allow, Hide, Forbid, Allow, Hide, Allow, Hide, Allow, Hide, Allow, Hide]),
        ("a lead elsewhere",     caller(MIRA, false, session, &[(SPRING, Lead, Active)]), [Allow, Allow, Allow, Allow, Hide, Hide, Hide, Allow, Hide, Allow, Forbid, Hide, Allow, Hide, Allow, Hide, Allow, Hide, Allow]),
        ("a lead elsewhere who learns here", caller(MIRA, false, session, &[(AUTUMN, Learner, Active), (SPRING, Lead, Active)]),
                                                                              [Allow, Allow,  Allow,  Allow,  Hide,   Hide,   Hide, Allow, Hide,   Allow,  Forbid, Hide, Allow, Hide, Allow, Hide, Allow, Hide, Allow]),
        ("an admin",             caller(MIRA, true, session, &[]),            [Allow, Allow,  Allow,  Allow,  Allow,  Allow,  Hide, Hide, Hide,   Hide,   Allow, Allow, Allow, Allow, Allow, Allow, Allow, Hide, Hide]),
        ("an admin's read token", caller(MIRA, true, Scope::Read, &[]),       [Allow, Allow,  Forbid, Forbid, Hide,   Hide,   Hide, Hide, Hide,   Hide,   Forbid, Hide, Hide, Hide, Hide, Hide, Hide, Hide, Hide]),
        ("an admin's write token", caller(MIRA, true, Scope::Write, &[]),     [Allow, Allow,  Allow,  Forbid, Hide,   Hide,   Hide, Hide, Hide,   Hide,   Forbid, Hide, Hide, Hide, Hide, Hide, Hide, Hide, Hide]),
        ("an admin who mentors", caller(MIRA, true, Scope::Write, &[(AUTUMN, Mentor, Active)]), [Allow, Allow, Allow, Forbid, Hide, Allow, Allow, Hide, Allow, Hide, Forbid, Allow, Hide, Forbid, Hide, Forbid, Hide, Allow, Hide]),
        ("an admin who learns",  caller(ADA, true, session, &[(AUTUMN, Learner, Active)]), [Allow, Allow, Allow, Allow, Allow, Allow, Hide, Hide, Hide, Hide, Allow, Allow, Allow, Allow, Allow, Allow, Allow, Hide, Hide]),
    ];
    for (who, caller, decisions) in table {
        for (act, decision) in acts.iter().zip(decisions) {
            assert_eq!(decide(caller, *act), *decision, "{who}: {act:?}");
        }
    }
}

#[test]
fn scopes_stand_in_order() {
    assert!(Scope::Read < Scope::Write && Scope::Write < Scope::Admin);
}

/// Whoever is refused with a token of some scope is not let in with a lesser one.
#[test]
fn a_lesser_scope_never_allows_more() {
    let cohorts = [(AUTUMN, Standing::Mentor, MemberState::Active), (SPRING, Standing::Learner, MemberState::Active)];
    let acts = [
        Act::ReadOwn,
        Act::WriteOwn,
        Act::ManageOwn,
        Act::SeeLearner { learner: ADA, cohort: Some(AUTUMN) },
        Act::SeeLearner { learner: ADA, cohort: Some(SPRING) },
        Act::SeeWork { learner: ADA, cohort: AUTUMN },
        Act::AssessLearner { learner: ADA, cohort: AUTUMN },
        Act::SeeCohort { cohort: AUTUMN },
        Act::SeeAsLead { cohort: AUTUMN },
        Act::LeadCohort { cohort: AUTUMN },
        Act::MentorCohort { cohort: AUTUMN },
        Act::Administer,
    ];
    for (id, is_admin) in [(ADA, false), (ADA, true), (MIRA, false), (MIRA, true)] {
        for act in acts {
            let allowed: Vec<bool> = Scope::ALL.iter().map(|&scope| decide(&caller(id, is_admin, scope, &cohorts), act) == Allow).collect();
            assert!(allowed.is_sorted(), "{id:?} {is_admin} {act:?}: {allowed:?}");
        }
    }
}
