# Today, and the parts of readiness that look ahead or back: what moved it, the forecast, what if, other roles.

weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun

## Today

today-cohort-week = week { $week } of { $of }
today-on-map = Show on the map
today-stand = Where you stand
# $claimed and $proven are points with their sign.
today-change = { $claimed } claimed and { $proven } proven since { $day }.
today-change-none = Unchanged since { $day }.
today-change-young = A week from now you see here what changed.
today-due = Due
today-nothing-due = Nothing is due: no answer came back, nothing waits for one, no certificate lapses.
today-cards =
    { $count ->
        [one] One card
       *[other] { $count } cards
    }
today-cards-of =
    { $begun ->
        [0] All of them new.
       *[other] { $begun } to repeat, { $new } new.
    }
today-review-back = A review is back
today-assessment-back = An assessment is back
today-back-by = { $by } on { $name }, { $day }.
today-back = { $name }, { $day }.
today-waiting = Waiting for a review
today-waiting-with = { $reviewer } has the link until { $day }.
today-waiting-since = { $name }, since { $day }.
today-ended = { $name } expired
today-held-until = It held until { $day }.
today-renewing = Renewing it brings { $points } points back.
today-ending = { $name } lapses
today-ending-in =
    { $days ->
        [0] Today is its last day.
        [one] It holds until { $day }, that is tomorrow.
       *[other] It holds until { $day }, { $days } days from now.
    }
today-week = This week
today-week-label = Minutes a day
# $spent and $hours are durations.
today-week-of = { $spent } of the { $hours } you set aside
today-hours-minutes = { $hours } h { $minutes }
today-week-hint = Minutes that you wrote with your entries, in your own days ({ $zone }).
today-streak =
    { $days ->
        [0] Record something today, and a row of days begins.
        [one] One day with something in the ledger; tomorrow makes it two.
       *[other] { $days } days in a row with something in the ledger.
    }
today-minutes = minutes
today-to-come = to come
today-others = Other paths
today-both = { $claimed } % claimed, { $proven } % proven
today-elsewhere = The same ledger elsewhere
today-also-lede = You are also
today-also = { $percent } % ready for { $role }
today-roles = Installed roles
today-role-facts =
    { $requirements } requirements in { $areas } areas, { $levels ->
        [one] one level
       *[other] { $levels } levels
    }
today-no-roles = No role is installed. An admin can install a pack that brings one.

## Readiness: history and forecast

readiness-span = How far back
readiness-span-4 = 4 weeks
readiness-span-12 = 12 weeks
readiness-span-all = All
readiness-events = What moved it
readiness-event-target = Another target: { $level }
readiness-event-revision = Another revision of the role
readiness-event-rule = Another rule scores
readiness-event-expired = { $name } no longer holds
readiness-event-reviewed =
    { $more ->
        [0] A review came back: { $name }
        [one] Reviews came back: { $name } and one more
       *[other] Reviews came back: { $name } and { $more } more
    }
# $claimed and $proven are points with their sign.
readiness-event-moved = { $claimed } claimed, { $proven } proven
readiness-event-moved-since = { $claimed } claimed, { $proven } proven since { $since }
readiness-forecast = Forecast
readiness-key-real = at your pace, with its band
readiness-key-stated = at the hours you set aside
# $hours and $work are durations.
readiness-stated-by = With { $hours } a week, the { $work } that are missing take until { $day }.
readiness-stated-never = With { $hours } a week, the { $work } that are missing take more than ten years.
readiness-stated-reached = All that your target asks is claimed.
readiness-stated-holds = That is in time for { $target }.
readiness-stated-fails = That is after your target day, { $target }.
# $low, $median and $high are points with their sign.
readiness-real-gains = In your last { $weeks } weeks you gained { $median } claimed in the middle week, and from { $low } to { $high } in the half around it.
readiness-real-by = Going on so, all is claimed by { $day }, in better weeks by { $earliest }, in weaker ones by { $latest }.
readiness-real-by-open = Going on so, all is claimed by { $day }, in better weeks by { $earliest }; in weaker ones it is not in sight.
readiness-real-far = Going on so, it takes more than ten years until all is claimed.
readiness-real-proven = All is proven by { $day }.
readiness-real-young =
    { $weeks ->
        [0] How fast you really are cannot be said yet: it takes three weeks of history.
        [one] How fast you really are cannot be said yet: there is one week of history, it takes three.
       *[other] How fast you really are cannot be said yet: there are { $weeks } weeks of history, it takes three.
    }
readiness-real-no-gain = How fast you really are cannot be said: the middle one of your last { $weeks } weeks gained nothing.
readiness-holds-surely = Your target day, { $target }, holds even in weaker weeks.
readiness-holds-likely = Your target day, { $target }, holds at that pace.
readiness-holds-hardly = Your target day, { $target }, holds in better weeks only.
readiness-holds-no = Your target day, { $target }, does not hold at that pace.

## Readiness: receipts

readiness-ordered = Ordered by
readiness-order-rate = most for an hour
readiness-order-gain = most added
readiness-order-missing = missing
readiness-order-weight = possible
readiness-order-name = name
readiness-order-role = as in the role
readiness-more =
    { $count ->
        [one] One more requirement
       *[other] { $count } more requirements
    }
readiness-show-all = Show all { $count }
readiness-show-first = Show the first { $count }
readiness-gain-proven = { $points } proven
readiness-expired = { $kind }, expired { $day }

## What if

what-if-title = What if
what-if-finish = I finish
what-if-others = Others
what-if-trust = with
what-if-against = and measure against
what-if-do = Work it out
what-if-claimed = claimed
what-if-proven = proven
what-if-stored = Nothing is stored.
what-if-moved = Receipts that change
what-if-moved-none = No receipt changes: it is claimed already, lies beyond that target, or its group has enough.
what-if-stand-in = The rule { $rule } failed: { $code }. Waymark’s own rule answers instead.
what-if-more =
    { $count ->
        [one] and one more
       *[other] and { $count } more
    }

## Other roles

also-proven = { $proven } % proven.
also-shared =
    { $count ->
        [0] It shares no subject with your role that counts there yet.
        [one] One subject of your role counts there.
       *[other] { $count } subjects of your role count there.
    }
also-top = Proven: { $names }.
also-start = Start this role
