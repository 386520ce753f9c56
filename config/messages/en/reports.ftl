# Reports: a cohort week by week, cohorts beside each other, and what of them is handed on.

report-view = Report
report-over-time = Week by week
report-printed = as of { $day }
report-now = Now
# $points is a median, a number from 0 to 100.
report-claimed-at = claimed { $points }
report-proven-at = proven { $points }
report-drawing = Until week { $week }: half of the learners have at least { $claimed } claimed points and at least { $proven } proven points.
report-key-claimed = claimed: the median, and the middle half of the learners
report-key-proven = proven: the median
report-key-plan = what the plan asks
report-axis = Below the line: weeks of the cohort.
report-too-young = The drawing begins when a week is over.
report-col-learners = Taking part
report-col-claimed = Claimed
report-col-proven = Proven
report-col-recorded = Recorded
report-col-reviews = Reviews
# 12 of 14 take part.
report-active = { $active } of { $of }
report-of = { $number } of { $of }
# What of a kind there is: 2 paused, 3 behind.
report-number-of = { $number } { $what }
# From a lower to a higher number of points.
report-range = { $low }–{ $high }
report-answered =
    { $number ->
        [one] one answered
       *[other] { $number } answered
    }, { $days ->
        [0] the same day
        [one] after one day
       *[other] after { $days } days
    }
report-answered-none = none answered
report-open =
    { $number ->
        [one] one waiting
       *[other] { $number } waiting
    }
report-share = { $share } %
report-days =
    { $days ->
        [0] the same day
        [one] one day
       *[other] { $days } days
    }
report-nothing = –
report-how = How to read it
report-how-weeks = Each week is the board as it was when its last day ended, made of what had been recorded by then. Role, plan and terms are those of today, so that all weeks are measured alike. What a school brought along counts from the day on which it was brought.
report-how-spread = First the median, then from the lower to the upper quartile, and below from the lowest to the highest: of active learners with a path.
report-how-recorded = Active learners who recorded something themselves in the week. What they withhold is not counted.
report-how-reviews = How many were answered in the week, and the median of the days that they waited.
report-exports = Exports
report-csv = Weeks as CSV
report-json = Weeks as JSON
report-compare = Compare cohorts
report-pseudonymous = To hand on
report-pseudonymous-lede = Learners under pseudonyms, in bands instead of numbers, as of the week. No name, no day, nothing that anybody wrote. What fewer than five learners share is left out, and so is another count where it could be worked out from the rest. Pseudonyms are the same in each export; several bands together may still tell somebody who knows a learner which row is theirs.
report-counts-csv = Counts as CSV
report-pseudonyms-csv = Learners as CSV
report-both-json = Both as JSON

reports-csv = Cohorts as CSV
reports-title = Cohorts compared
reports-lede = The cohorts that you guide beside each other: now, and in the same week of each.
reports-none = You guide no cohort
reports-none-why = Mentors and leads see theirs here.
reports-in-week = At the end of week { $week }
reports-not-yet = not there yet
reports-col-cohort = Cohort
reports-col-behind = Behind or silent
reports-col-waited = Reviews waited
reports-col-dropped = Dropped out
reports-col-completed = Completed
reports-how = Points and days are medians. Behind, silent and recording are shares of those who take part; dropped out and completed are shares of all. Each cohort is measured against its first role.

error-too-few-learners = Fewer than five learners follow this role here: nothing of them is handed on.

## Summaries for a sponsor

summaries-title = Summaries for sponsors
summaries-lede = A link shows somebody without an account how one learner or those of the cohort who consent stand: readiness, areas, pace. Nothing that anybody wrote. Without consent it shows nothing, and of a cohort nothing until five consent.
summaries-none = No link was made yet.
summary-new = New link
summary-new-hint = Learners see on their sharing page of this cohort what is asked, for whom and until when, and decide there.
summary-of = Of whom
summary-of-cohort = the cohort: all who consent, together
summary-of-former = a former learner
summary-label = For whom
summary-label-hint = Learners read it before they consent: Harbour Fund, for instance.
summary-waits = waits for consent
summary-consented = consented
summary-consents =
    { $number ->
        [0] nobody consents yet
        [one] one consents
       *[other] { $number } consent
    }
summary-asked = What sponsors ask to see
summary-asked-lede = A lead made these links for people outside. What they show of you is yours to allow, and to end at any time.
summary-asked-learner = Of you, by name: role, readiness, areas, pace and how many of your entries count, by how far they are believed. No titles, notes or links, and nothing that you withhold.
summary-asked-cohort = Of all who consent, together and without names: medians, and how many there are of a kind where they are at least five.
summary-you-consent = you consent
summary-you-do-not = not without you
summary-consent = Consent
summary-withdraw = Withdraw

# $label says whom it is for.
summary-for = For { $label }
summary-title = Summary
summary-waits-why = This summary waits for the consent of its learner. Until then it shows nothing.
summary-too-few = Fewer than five learners of the cohort consent. Until then it shows nothing.
summary-no-path = Follows no role of the cohort
summary-readiness = Readiness
# These follow a number from 0 to 100.
summary-proven = of 100 points proven,
summary-claimed = claimed.
summary-entries = Entries that count
summary-paces = Pace
summary-bands-claimed = Readiness, claimed
summary-bands-proven = Readiness, proven
summary-band = { $band } %
summary-not-told = not told
summary-cohort-lede = { $role }: { $learners } learners who consent, medians
summary-learner-hint = Proven is what others have seen: work that can be looked at, reviews, credentials. Claimed is the learner’s own word as well. The learner consented to this page and can withdraw at any time.
summary-cohort-hint = Proven is what others have seen; claimed is the learners’ own word as well. What fewer than five share is not told, nor what would give it away. Each learner consented and can withdraw at any time.

error-summary-gone = This link shows nothing: it has ended, was taken back, or never was one.
