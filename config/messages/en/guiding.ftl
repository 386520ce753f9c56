# Alerts, the digest of mentors and leads, completion and outcomes.

mentor-digest-subject = Your learners: { $waiting } waiting, { $silent } silent, { $behind } behind
mentor-digest-preheader =
    { $moved ->
        [0] Nobody moved. { $names }
        [one] One learner moved. { $names }
       *[other] { $moved } learners moved. { $names }
    }
mentor-digest-headline = { $name }, where your learners stand
mentor-digest-about =
    { $learners ->
        [one] One learner
       *[other] { $learners } learners
    }
mentor-digest-alerts = New alerts
mentor-digest-waiting = Waiting for a mentor
mentor-digest-silent = Silent
mentor-digest-behind = Behind the plan
mentor-digest-moved = Moved
mentor-digest-days =
    { $days ->
        [0] since today
        [one] since yesterday
       *[other] for { $days } days
    }
mentor-digest-waits =
    { $number ->
        [one] waits { $since }
       *[other] { $number } things wait, the oldest { $since }
    }
mentor-digest-silence =
    { $sessions ->
        [one] nothing for one session day
       *[other] nothing for { $sessions } session days
    }
mentor-digest-short = { $points } points behind
mentor-digest-new = { $what }, new since the last letter
mentor-digest-move = from { $from } to { $to } %
mentor-digest-more =
    { $count ->
        [one] And one more.
       *[other] And { $count } more.
    }
mentor-digest-queue = Open what waits
mentor-digest-why = You get this { $schedule }, because you guide learners at { $instance }.

alert-says-silent =
    { $sessions ->
        [one] Nothing recorded for one session day, since { $day }
       *[other] Nothing recorded for { $sessions } session days, since { $day }
    }
alert-says-behind = { $points } points behind the plan on { $day }
alert-says-waiting =
    { $days ->
        [0] Something waits for a review since { $day }
        [one] Something has waited for a review for one day, since { $day }
       *[other] Something has waited for a review for { $days } days, since { $day }
    }
alert-says-lapsing = A certificate ends on { $day }

cohort-view-alerts = Alerts
cohort-alerts-open =
    { $number ->
        [one] One alert is open
       *[other] { $number } alerts are open
    }
alerts-open = Open alerts
alerts-all = All alerts
alerts-show-all = Show all
alerts-show-open = Show open ones
alerts-none = No alert is open.
alerts-off = No alert is switched on.
alerts-older = Older ones
alerts-settings = What to tell you
alerts-settings-hint = Looked at once a day, when the session day has ended. Empty: off. Nobody who is paused, dropped or completed is told of.
alerts-silent = Silent for session days
alerts-silent-hint = Session days of the learner’s own without anything recorded, 1 to 60.
alerts-behind = Behind by points
alerts-behind-hint = Points below what the plan asks of the learner by now, 1 to 100.
alerts-waiting = Waiting for days
alerts-waiting-hint = Days that work or a certificate waits for a review, 1 to 60.
alerts-lapsing = Certificate ends within days
alerts-lapsing-hint = Of certificates that the cohort sees and that count, 1 to 180.
alerts-quiet = Quiet for days
alerts-quiet-hint = After an alert no other one of its kind about the same learner for so long, 1 to 90.
alert-kind-silent = Silent
alert-kind-behind = Behind
alert-kind-waiting = Waiting
alert-kind-lapsing = Certificate
alert-raised = told on { $day }
alert-over = over since { $day }
alert-put-away = put away on { $day }
alert-dismiss = Put away
alert-dismiss-named = Put away: { $kind }, { $name }
alert-dismissed = The alert is put away.

settings-mentor-digest = Mentor’s digest
mail-kind-mentor = Mentor’s digest
mentor-digest-title = Digest of the learners you guide
mentor-digest-lede = Once a week, one letter about all your cohorts: what waits, who is silent or behind, who moved. None when nothing happened.
mentor-digest-nobody = You guide nobody, so nothing is sent.
mentor-digest-silent-now = Nothing has happened since the last letter: as it stands, none would be sent.
mentor-unsubscribe-lede = { $name } will get no more digests about learners by mail. They can still be read here, and switched on again under Settings.
mentor-unsubscribe-done = No more digests about learners are sent to { $name }.
skip-guides-nobody = Guides nobody any more.

completion-title = Completion
completion-hint = Who fulfils what the cohort asks for, and what became of them.
completion-open-page = Who completes
completion-open = Not completed yet
completion-open-none = Nobody is left: everybody has completed or dropped out.
completion-who = Whom to complete
completion-fulfils = fulfils the rule
completion-lacks = Missing:
completion-lacks-readiness = readiness { $has } of { $needs }
completion-lacks-requirement = { $name }
completion-day = Day
completion-day-hint = Empty: today. Not before the state that it ends.
completion-reason-hint = Needed for whoever lacks something.
completion-do = Complete
completion-completed = Completed
completion-completed-none = Nobody has completed yet.
completion-on = completed on { $day }
completion-undo = Take back
completion-undo-named = Take back the completion of { $name }
completion-done = They have completed.
completion-reopened = The completion is taken back.
completion-rule = What it takes
completion-rule-hint = By what the cohort sees of a learner, as of now.
completion-readiness = Readiness
completion-measure = Which readiness
completion-readiness-hint = Points, 1 to 100, in at least one of the cohort’s roles. Empty: not asked.
completion-requirements =
    { $number ->
        [0] { $role }: no requirement has to be proven
        [one] { $role }: one requirement has to be proven
       *[other] { $role }: { $number } requirements have to be proven
    }
completion-word = A lead’s word, with a reason, is enough for who lacks something
completion-asks-readiness = Readiness of at least { $needs } ({ $measure })
completion-asks-requirements = Proven: { $names }
completion-asks-word = A lead’s word.
completion-asks-or-word = Or a lead’s word, with a reason.
completion-asks-all = A lead’s word is not enough.

outcome-kind = Outcome
outcome-kind-hired = Hired
outcome-kind-study = Further study
outcome-kind-business = Own business
outcome-kind-other = Something else
outcome-kind-unknown = Unknown
outcome-day = Since
outcome-day-hint = Empty: today. It may lie up to a year ahead.
outcome-title = Title
outcome-title-hint = Of the job, the course or the business.
outcome-employer = Employer
outcome-employer-hint = Optional.
outcome-at = { $title } at { $employer }
outcome-whole = { $kind }: { $what }, { $day }
outcome-bare = { $kind }, { $day }
outcome-nothing = Nothing was told.
outcome-withheld = Something was told; the learner has not consented to show it.
outcome-own-title = What became of you
outcome-own-lede = Tell it if you like. The cohort’s leads see it only as long as you consent; before that they see that something was told, not what.
outcome-consent-label = The leads of this cohort may see it and count it
outcome-told = What was told
outcome-by-lead = A lead told this about you.
outcome-by-you = You told this.
outcome-consented = Since { $moment } the leads may see it.
outcome-not-consented = The leads do not see it.
outcome-consent = Let the leads see it
outcome-withdraw = Withdraw consent
outcome-remove = Remove it
outcome-tell = Tell the outcome
outcome-change = Change the outcome
outcome-told-of = It is told. The learner decides whether it is shown.
outcome-of = What became of { $name }
outcome-theirs = The learner told it; only they change it.
outcome-of-lede = Tell it only if the learner agrees. It is shown once they consent on their own page, and they can change or remove it.

ended-title = How it ended
ended-learners =
    { $learners ->
        [one] One learner was in this cohort.
       *[other] { $learners } learners were in this cohort.
    }
ended-hidden = Numbers below { $least } are shown to leads only.
ended-few = few
ended-states = Members
ended-outcomes = What became of them
ended-withheld = Told, not to be shown
ended-spread = Readiness
ended-step = { $first } to { $last }
ended-completed = Who completed, and when

error-completion-asks-nothing = Ask for a readiness, for requirements, or take a lead’s word
error-completion-lacks = Somebody lacks what the cohort’s rule asks for, and it takes no lead’s word
error-completion-needs-reason = Say why: somebody lacks what the rule asks for
error-outcome-is-theirs = The learner told it; only they change it
