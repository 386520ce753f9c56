# Cohorts: set-up, members, plan, board, and a path that rests.

nav-cohorts = Cohorts
cohorts-lede = People who follow paths together between two dates.
cohorts-none = You belong to no cohort
cohorts-none-why = A lead or an admin adds you, or sends you a link.
cohorts-none-admin = Make the first one beside; then say which roles it follows and who is in it.
cohort-new = New cohort
cohort-new-do = Make the cohort
cohort-new-then = Roles, session days and people come next.
cohort-name = Name
cohort-starts = First day
cohort-ends = Last day
cohort-zone-hint = A session day ends at midnight there. An entry’s day is the learner’s own.
cohort-ahead = not begun yet
cohort-over = over
cohort-own-mentor = your mentor is { $name }
cohort-runs = running
cohort-dates = { $first } to { $last }
cohort-week = week { $week } of { $of }
cohort-views = Views of the cohort
cohort-view-board = Board
cohort-view-members = Members
cohort-view-plan = Plan
cohort-view-set-up = Set-up

cohort-standing = Standing
cohort-standing-learner = Learner
cohort-standing-mentor = Mentor
cohort-standing-lead = Lead

cohort-state-active = active
cohort-state-paused = paused
cohort-state-dropped = dropped out
cohort-state-completed = completed
cohort-state-moved = moved to another cohort
cohort-to-active = Active again
cohort-to-paused = Paused
cohort-to-dropped = Dropped out
cohort-to-completed = Completed

## Pace

cohort-pace-silent = silent
cohort-pace-behind = behind
cohort-pace-waiting = waiting
cohort-pace-on-pace = on pace
cohort-pace-ahead = ahead
cohort-pace-resting = resting
cohort-not-started = not begun
cohort-no-path = no path
cohort-why-silent =
    { $sessions ->
        [one] Nothing recorded for one session day of their own; { $limit } make silent.
       *[other] Nothing recorded for { $sessions } session days of their own; { $limit } make silent.
    }
# $points and $expected are points of a hundred.
cohort-why-behind = { $points } points below the { $expected } that the plan asks of them by now.
cohort-why-waiting =
    { $days ->
        [0] A review waits since today.
        [one] A review has waited for one day.
       *[other] A review has waited for { $days } days.
    }
cohort-why-on-pace = Within { $band } points of the { $expected } that the plan asks of them by now.
cohort-why-ahead = { $points } points above the { $expected } that the plan asks of them by now.
cohort-why-not-started = Begins on { $day }.
cohort-why-no-path = Follows none of the cohort’s roles with it.
# $state is cohort-state-…
cohort-why-resting = { $state } since { $day }: measured against nothing.
cohort-rules = Why somebody stands where they stand
cohort-rule-silent =
    { $sessions ->
        [one] Silent: nothing recorded for one session day of the learner’s own.
       *[other] Silent: nothing recorded for { $sessions } session days of the learner’s own.
    }
cohort-rule-behind = Behind: { $measure } is more than { $points } points below what the plan asks by now.
cohort-rule-waiting = Waiting: neither silent nor behind, and a review waits for a mentor.
cohort-rule-ahead = Ahead: more than { $points } points above what the plan asks.
cohort-rule-calendar = Everybody is measured on a calendar of their own: from their own start, without days on which they were paused, with their hours and their extension. A session day counts once it has ended in the cohort’s zone.

## Board

cohort-people =
    { $learners ->
        [one] One learner
       *[other] { $learners } learners
    }, { $guides ->
        [one] one mentor or lead
       *[other] { $guides } mentors and leads
    }.
cohort-alerts = Needs you
cohort-alert-silent =
    { $number ->
        [one] One learner is silent:
       *[other] { $number } learners are silent:
    }
cohort-alert-waiting =
    { $number ->
        [one] One learner has waited long for a review:
       *[other] { $number } learners have waited long for a review:
    }
cohort-alert-behind =
    { $number ->
        [one] One learner is behind:
       *[other] { $number } learners are behind:
    }
cohort-and-more = { $names } and { $more } more
cohort-alert-show = Show
cohort-stand-ins =
    { $number ->
        [one] The scoring rule of one path cannot be had; the built-in rule stands in.
       *[other] The scoring rules of { $number } paths cannot be had; the built-in rule stands in.
    }
cohort-filter = Filter the board
cohort-filter-pace = Filter by pace
cohort-filter-name = Name
cohort-mentor = Mentor
cohort-mentor-all = All
cohort-mentor-mine = Mine
cohort-mentor-none = Nobody
cohort-sort = Sort by
cohort-sort-pace = Pace, worst first
cohort-sort-readiness = Readiness
cohort-sort-proven = Proven
cohort-sort-seen = Last activity
cohort-sort-name = Name
cohort-cells = Cells show
cohort-cells-claimed = Claimed
cohort-cells-proven = Proven
cohort-count = { $shown } of { $of } learners.
cohort-expected-claimed = Expected by today: { $points } claimed.
cohort-expected-proven = Expected by today: { $points } proven.
cohort-caption-claimed = Learners by area: per cent of points claimed
cohort-caption-proven = Learners by area: per cent of points proven
cohort-board-region = Board, scrolls sideways
cohort-legend = per cent from
cohort-legend-waits = a review waits
cohort-empty = Nobody fits
cohort-empty-why = No learner of this cohort passes the filter, or there are none yet.
cohort-col-learner = Learner
cohort-col-pace = Pace
cohort-col-ready = Readiness
cohort-col-ready-both = claimed, proven
cohort-col-seen = Last activity
cohort-never = never
cohort-days-ago =
    { $days ->
        [0] today
        [one] 1 day
       *[other] { $days } days
    }
cohort-median = Median
cohort-pages = Pages of the board
cohort-shown = { $first }–{ $last } of { $of }
cohort-before = Earlier
cohort-after = Further
cohort-csv = CSV
cohort-json = JSON

## A learner, a requirement

cohort-to-learner = What they have done
cohort-to-member = Membership
cohort-no-path-why = There is no path of this cohort’s role yet, or the learner keeps it to themselves.
cohort-claimed = { $points } claimed
cohort-proven = { $points } proven
cohort-receipts = Receipts
cohort-area-points = { $claimed } claimed, { $proven } proven of { $of }
cohort-points-of = { $points } of { $of } points
cohort-entries = Evidence
cohort-entries-hint = The entries that the receipts cite. What the learner withholds does not count here and is not shown; notes, minutes and other paths are theirs alone.
cohort-entries-none = Nothing is cited yet.
cohort-facts = At a glance
cohort-fact-seen = Last activity
cohort-fact-mentor = Mentor
cohort-fact-plan-ends = Own plan ends
cohort-fact-zone = Zone
cohort-reviews = Reviews
cohort-reviews-none = No review was asked for.
cohort-review-answered = answered on { $day }
cohort-review-waits = waits since { $day }
cohort-review-over = ended without an answer
cohort-planned = planned for week { $week }, { $dates }
cohort-last-evidence = Last evidence
cohort-percent = { $percent } %

## Set-up

cohort-frame = Name and dates
cohort-days = Session days
cohort-weekdays = Weekdays
cohort-holidays = Holidays
cohort-holidays-hint = Days without sessions. Without a last day one day is meant; an empty line is none.
cohort-holiday-first = First day
cohort-holiday-last = Last day
cohort-holiday-name = What
cohort-roles = Roles
cohort-roles-hint = Learners who come in begin a path in each of these.
cohort-role-not = Not followed
cohort-role-to = Up to { $level }
cohort-chosen = { $role }: members that the school fixes
cohort-chosen-hint = Of groups in which a few are enough. What is left open the learner chooses.
cohort-rule-hint = Scores the paths that learners begin with the cohort.
cohort-pace-set-up = Pace and alerts
cohort-measure = Held against the plan
cohort-measure-claimed = claimed readiness
cohort-measure-proven = proven readiness
cohort-band = Points around the plan
cohort-band-hint = Within so many points a learner is on pace; 1 to 50.
cohort-silent-after = Silent after
cohort-silent-hint = Session days without an entry, 1 to 60. Empty: nobody is silent.
cohort-waiting-after = Tell of waiting reviews after
cohort-waiting-hint = Days, 1 to 60. Empty: not told.
cohort-copy = Copy for the next batch
cohort-copy-hint = Takes roles, session days, rules and plan along, and no people.
cohort-copy-do = Make the copy

## Members

cohort-guides = Mentors and leads
cohort-guides-none = There are none yet.
cohort-load =
    { $learners ->
        [0] no learners of their own
        [one] one learner of their own
       *[other] { $learners } learners of their own
    }
cohort-unassigned =
    { $learners ->
        [one] One active learner has no mentor of their own.
       *[other] { $learners } active learners have no mentor of their own.
    }
cohort-learners = Learners
cohort-learners-none = There are none yet.
cohort-since = since { $day }
cohort-terms = Own calendar
cohort-terms-start = begins on { $day }
cohort-terms-factor = { $percent } % of the hours
cohort-terms-extension =
    { $sessions ->
        [one] one session day longer
       *[other] { $sessions } session days longer
    }
cohort-mentor-of = Mentor of { $name }
cohort-assign = Assign
cohort-assign-named = Assign the mentor of { $name }
cohort-add = Add somebody
cohort-add-hint = Who has an account comes in at once. A learner begins a path in each role of the cohort that they do not follow by themselves.
cohort-add-do = Add
cohort-history = History
# $first and $next are days; the span ends the day before $next.
cohort-span = from { $first }, until { $next }
cohort-span-open = since { $first }
cohort-moved-to = Moved to { $cohort }.
cohort-terms-hint = The plan is measured on it, and everything that is due moves with it.
cohort-starts-own = Own start
cohort-starts-own-hint = Empty: the cohort’s first day.
cohort-factor = Hours, per cent
cohort-factor-hint = 50: the plan takes twice as many session days.
cohort-extension = Extension, session days
cohort-extension-hint = Everything is due so many session days later.
cohort-change = Change the state
cohort-change-hint = A pause moves the plan by its session days and stops digests and alerts.
cohort-from-day = From
cohort-from-day-hint = Empty: today. It may be told late, not ahead.
cohort-reason = Reason
cohort-reason-hint = The learner sees it in the export of their data.
cohort-change-do = Change
cohort-move = Move to another cohort
cohort-move-hint = Path, evidence and reviews go along.
cohort-move-to = To
cohort-move-do = Move

## Plan

cohort-plan-lede = Each part of the role gets a week. What is planned is due when its week is over, on each learner’s own calendar; an empty field follows the suggestion.
cohort-plan-do = Keep the plan
cohort-plan-reset = All as suggested
cohort-plan-week = Week
cohort-plan-week-number = Week { $week }
cohort-sessions =
    { $sessions ->
        [0] no sessions
        [one] one session day
       *[other] { $sessions } session days
    }
# $points are points of a hundred.
cohort-asked-by-then = { $points } points by its end
cohort-week-of = Week of { $name }
cohort-suggested = suggested: { $week }
cohort-plan-none = No role, no plan
cohort-plan-none-why = A lead says in the set-up which roles the cohort follows.

## A path that rests

path-rest-title = Pause this path
path-rest-hint = While it rests no digest tells of it, and your target day moves by the days.
path-rest-last = Until
path-rest-do = Pause from today
path-rests = This path rests since { $first }.
path-rests-until = This path rests from { $first } to { $last }.
path-go-on = Go on today
