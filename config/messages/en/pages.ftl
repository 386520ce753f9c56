# The learner's pages.

nav-path = Path
nav-readiness = Readiness
nav-ledger = Ledger
nav-settings = Settings
nav-admin = Administration

## State, trust, steps, kinds

state-open = Open
state-locked = Locked
state-doing = Doing
state-claimed = Claimed
state-proven = Proven
state-expired = Expired

trust-none = no evidence
trust-claimed = claimed
trust-linked = linked
trust-peer = peer-reviewed
trust-mentor = mentor-reviewed
trust-verified = verified credential

step-aware = aware
step-working = working
step-independent = independent
step-leading = leading

kind-skill = Skill
kind-project = Project
kind-certification = Certification
kind-topic = Interview topic

evidence-claim = Claim
evidence-link = Link
evidence-submission = Submission
evidence-review = Review
evidence-assessment = Assessment
evidence-certificate = Certificate
evidence-experience = Experience
evidence-recall = Recall
evidence-retraction = Retraction

## Today

home-next = Next three
home-why = Why these?
home-points = points
home-about = about { $time }
home-start = Start
home-readiness = Readiness
home-receipts = Receipts
home-claimed = claimed
home-proven = proven
home-bar = { $claimed } per cent claimed, { $proven } per cent proven
home-target-by = { $goal } by { $day }
home-nothing-next = Nothing is missing up to your target. Raise it, or start another path.
home-welcome = Welcome, { $name }. Where do you want to go?
home-welcome-lede = Choose a role. Waymark shows what it asks, counts what you can already prove, and says what to do next.
home-other-path = Start another path

## Starting a path

start-title = Start a path
start-roles = Installed roles
start-role-facts =
    { $requirements ->
        [one] One requirement in { $areas } areas, { $levels } levels
       *[other] { $requirements } requirements in { $areas } areas, { $levels } levels
    }
start-origin-builtin = comes with Waymark
start-origin-file = imported here
start-origin-plugin = from the plugin { $plugin }
start-role-version = version { $version }, { $origin }
start-choose = Choose this role
start-taken = You follow this role already
start-level = Up to which level
start-day = By when
start-optional = if you like
start-hours = Hours a week
start-rule = Scored by
start-rule-builtin = Waymark’s own rule
start-rule-plugin = { $plugin } { $version }
start-members = What you choose where any will do
start-members-lede = Tick what you learn or know. Leave a group empty and your best counts.
start-any =
    { $need ->
        [one] any one of { $of }
       *[other] any { $need } of { $of }
    }
start-do = Begin the path
start-zone = Your days follow { $zone }. You can change that under Settings.

## A path

path-eyebrow = Path · template { $version }, pinned · target { $level }
path-eyebrow-by = Path · template { $version }, pinned · target { $level } by { $day }
path-claimed = { $points } % claimed
path-proven = { $points } % proven
path-to-go = { $points } points to go
path-hours-to-go = about { $hours } at your pace of { $week } h a week
path-days-left =
    { $days ->
        [one] one day left
       *[other] { $days } days left
    }
path-views = View
path-view-list = List
path-view-readiness = Readiness
path-view-settings = Target and rule
path-filter = Filter the list
path-words = Words
path-words-example = rate, cloud, test
path-area = Area
path-areas-all = All { $count }
path-level = Level
path-levels-target = Up to my target
path-levels-all = Everything
path-state = State
path-any = Any
path-trust-below = Trust below
path-order = Order
path-order-role = As in the role
path-order-rate = Points an hour
path-order-missing = Missing points
path-order-recent = Last evidence
path-show = Show
path-count =
    { $count ->
        [0] Nothing matches. Fewer words, or all levels, show more.
        [one] One requirement, { $points } of 100 points claimed.
       *[other] { $count } requirements, { $points } of 100 points claimed.
    }
path-caption = Requirements of { $role }
path-col-requirement = Requirement
path-col-level = Level
path-col-state = State
path-col-trust = Trust
path-col-points = Points
path-col-time = Time
path-area-points = { $claimed } of { $possible } points claimed, { $proven } proven
path-group-any =
    { $need ->
        [one] any one of { $of }
       *[other] any { $need } of { $of }
    }
path-group-met = met
path-points = { $claimed } of { $possible }
path-not-counted = not counted
path-hidden-members = { $count } more you have not chosen
path-settings-title = Target and rule
path-settings-lede = Nothing is lost by changing these: the ledger stays, the score is computed anew.
path-settings-do = Save
path-saved = Saved.

## A requirement

requirement-asks-for = asks for { $trust }
requirement-step = at the step { $step }
requirement-level = level { $level }
requirement-what = What it asks
requirement-criteria = Criteria
requirement-criteria-count = { $proven } of { $all } proven, { $claimed } claimed
requirement-evidence = Evidence
requirement-no-evidence = Nothing yet. A claim takes ten seconds and can be backed up later.
requirement-older = { $count ->
    [one] One older entry
   *[other] { $count } older entries
}
requirement-add = Add evidence
requirement-kind = Kind of evidence
requirement-kind-hint = A claim is your word. A link can be looked at. Experience is a job or a study in which you did this.
requirement-url = Where it is
requirement-note = What to know about it
requirement-note-hint = Markdown works.
requirement-minutes = Minutes spent
requirement-day = Day
requirement-which = Which criteria it shows
requirement-which-step = How well you hold it
requirement-issuer = Issued by
requirement-number = Number
requirement-issued = Issued on
requirement-expires = Holds until
requirement-name = Name of the certificate
requirement-record = Add to the ledger
requirement-record-hint = Entries are never edited. A mistake is put right by a new one.
requirement-recorded = It is in your ledger, and counts wherever the same is asked.
requirement-points = Points
requirement-of = of { $points }
requirement-beyond = Beyond your target: it counts when you raise the target.
requirement-spare = Another member of this group holds the place; this one counts nothing now.
requirement-claimed = Claimed
requirement-proven = Proven
requirement-missing = Still to earn
requirement-your-time = Your time
requirement-estimate = Estimate
requirement-needs = Needs
requirement-needs-nothing = Nothing comes before it.
requirement-unlocks = What it unlocks
requirement-unlocks-nothing = Nothing waits for it.
requirement-also = Also counts for
requirement-resources = Resources
requirement-exams = Exams that prove it
requirement-exams-checked = Our own list, looked through on { $day }
requirement-notes = Notes
requirement-notes-hint = Only you see this
requirement-doing = I am working on it
requirement-notes-save = Save
requirement-notes-saved = Saved.
requirement-retract = Take back
requirement-retract-named = Take back entry { $number }
requirement-retracted = taken back
requirement-by = by { $name }
requirement-entry-number = entry { $number }
requirement-expires-on = holds until { $day }
requirement-expired-on = expired on { $day }
requirement-blanked = What was written here is gone.
requirement-sources = Sources: { $sources }

## Readiness

readiness-eyebrow = Readiness for { $goal }, as of { $day }
readiness-title = { $claimed } claimed, { $proven } proven
readiness-lede = The filled area below is the number: a row is as tall as its area weighs, and as full as you have proved it.
readiness-areas = By area
readiness-key-proven = proven
readiness-key-claimed = claimed only
readiness-key-units = points claimed (proven) / possible
readiness-history = Since { $day }
readiness-history-label = Readiness from { $from } to { $to }: claimed from { $claimedFrom } to { $claimed }, proven from { $provenFrom } to { $proven }.
readiness-history-one = A line appears here after your second day.
readiness-today = today
readiness-line-claimed = { $points } claimed
readiness-line-proven = { $points } proven
readiness-made = How it is made
readiness-rule = Rule
readiness-template = Template
readiness-input = Input
readiness-card = Card
readiness-fuel = Fuel
readiness-same = The same input gives the same card on any machine. “waymark rescore --verify” computes it again.
readiness-json = As JSON
readiness-also = Also ready for
readiness-also-lede = From the same ledger, without enrolling. First level, Waymark’s own rule.
readiness-receipts = Receipts
readiness-receipts-caption = Receipts that sum to the readiness shown
readiness-col-weight = Possible
readiness-col-evidence = Evidence used
readiness-col-points = Points (proven)
readiness-col-missing = Missing
readiness-col-add = Would add
readiness-none-yet = none yet
readiness-more-evidence = and { $count } more
readiness-sum = Sum
readiness-stale = This is the last good card, of { $day }.
readiness-stale-why = The rule { $rule } failed: { $code }. It is tried again at your next visit.
readiness-rule-missing = The rule { $rule } is switched off or not installed any more; an admin can bring it back, or you choose another one under “Target and rule”.
readiness-stand-in = Waymark’s own rule stands in.
readiness-stand-in-why = The rule { $rule } failed: { $code }, and it has never given a card for this path.

## Ledger

ledger-title = Ledger
ledger-entries = Entries, newest first
ledger-lede = Everything you have recorded, newest first. Nothing is edited: a mistake is taken back and recorded anew.
ledger-empty = Your ledger is empty
ledger-empty-lede = Start with what you already know. A claim takes ten seconds and can be backed up later.
ledger-empty-do = Choose a path
ledger-older = Older entries
ledger-count =
    { $count ->
        [one] One entry
       *[other] { $count } entries
    }
ledger-retracted = The entry is taken back. It stays in the ledger and counts no more.
ledger-takes-back = takes back entry { $number }

## Shared

shell-crumbs = You are in
form-not-taken = Not taken yet.
resource-course = Course
resource-book = Book
resource-community = Community
resource-documentation = Documentation
resource-practice = Practice

ledger-recall = { $percent } per cent of the topic’s cards remembered
