# How people come into a cohort: links, joining, what one shares.

enrolment-title = More ways in
enrolment-hint = For people who have no account here yet.
enrolment-ways = Ways into the cohort

## Links

links-title = Links
links-none = There is no link yet.
link-new = New link
link-new-hint = Whoever holds the link joins: with an account of their own, or with a new one.
link-places = Places
link-places-hint = People who may come by it, up to { $most }.
link-days = Days
link-days-hint = Until it ends, up to { $most }.
link-do = Make the link
link-made = The link is made.
link-made-once = Copy it now: it is shown this once.
link-made-at = made { $when }
# $taken and $places are whole numbers.
link-taken = { $taken } of { $places } places taken
link-revoke = Take back
link-revoke-named = Take back: { $standing }, made { $when }
link-open = open
link-full = full
link-expired = over
link-revoked = taken back

## Joining

cohort-join = Join { $cohort }
cohort-join-lede = Before you join: what its mentors will see of you, and what stays yours.
cohort-join-mentor = You will see the board and what its learners share.
cohort-join-new = As { $standing }, with a new account at { $instance }.
cohort-join-sign-in = I have an account here
cohort-join-do = Join
cohort-join-not = Not now

## What a cohort sees

sharing-title = What { $cohort } sees of you
sharing-lede = Mentors and leads see how you stand in the cohort’s roles, and the entries that this rests on. You decide about each entry.
sharing-guides = Seen by { $names }.
sharing-roles = Your paths there
sharing-roles-none = The cohort follows no role yet.
sharing-path-here = Belongs to the cohort. Target: { $level }.
sharing-path-joins = Your own path comes along, with the cohort’s target: { $level }.
sharing-path-own = You follow it by yourself; the cohort does not see it. Its target there would be { $level }.
sharing-path-begins = A new path begins, to { $level }.
sharing-bring = Share my path
sharing-bring-hint = Your path gets the cohort’s target, rule and last day, and its mentors see it.
sharing-seen = Entries about these roles
sharing-seen-lede = The cohort sees those that the score cites now. If one is withheld, another of the list may take its place.
sharing-seen-none = There is none yet. What you record about these roles later is seen too, and you can withhold it then.
# $cited and $withheld are whole numbers.
sharing-counts =
    { $cited ->
        [0] The cohort sees none of them now
        [one] The cohort sees one of them now
       *[other] The cohort sees { $cited } of them now
    }; { $withheld ->
        [0] none is withheld.
        [one] one is withheld.
       *[other] { $withheld } are withheld.
    }
sharing-tick = Withhold from this cohort what is ticked: it is not seen there and does not count there.
sharing-cited = seen
sharing-withheld = withheld
sharing-save = Save
sharing-private = What stays yours
sharing-private-notes = Notes and links that you keep with a requirement
sharing-private-minutes = Minutes that you spent
sharing-private-paths = Other paths, and entries about nothing that these roles ask
sharing-private-others = Practice, interviews and digests
sharing-new = What the cohort will see
sharing-new-why = Mentors and leads see how you stand in the cohort’s roles, and the entries that this rests on. You can withhold each entry, at any time.

## Errors

error-left-cohort = You were in this cohort before; a lead takes you in again
error-link-gone = This link does not work: it is full, over, taken back, or never was
error-member-already = You are in this cohort already, with another standing
error-standing-not-by-link = Leads are made by name, not by a link
