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
sharing-tick = Withhold from this cohort what is ticked: it is not seen there and does not count there, nor as activity.
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

## People from a file

people-file-title = People from a file
people-file-lede = A table as CSV with up to { $most } rows. First you see what becomes of each row; nothing is stored before you say so.
people-file = File
people-file-hint = CSV in UTF-8; commas, semicolons or tabs separate. The first line names the columns.
people-look = Look at it
people-columns = Columns
people-columns-name = “name” is needed for everybody who has no account here.
people-columns-username = “username” names an account that is there, or the one to be made; without it one is made of the name.
people-columns-rest = The rest may be left out: the zone is the cohort’s then, the standing learner.
people-look-title = What becomes of each row
people-look-lede = All rows are right. They come in together, or if something breaks none does.
people-nobody-yet = Nobody can come in yet.
people-mend = Mend these rows and send the file again.
people-count-new =
    { $people ->
        [one] one new account
       *[other] { $people } new accounts
    }
people-count-joins =
    { $people ->
        [one] one joins with an account
       *[other] { $people } join with accounts
    }
people-count-known =
    { $people ->
        [one] one member already
       *[other] { $people } members already
    }
people-count-refused =
    { $rows ->
        [one] one row refused
       *[other] { $rows } rows refused
    }
people-formulas =
    { $rows ->
        [one] One name begins like a formula of a spreadsheet. It is kept as it is; every export makes it harmless.
       *[other] { $rows } names begin like a formula of a spreadsheet. They are kept as they are; every export makes them harmless.
    }
people-do = Take them in
people-other-file = Another file
people-refused = Refused
people-rows = The other rows
people-line = Line { $line }
people-col-line = Line
people-col-fate = What happens
people-more-rows =
    { $rows ->
        [one] and one more row
       *[other] and { $rows } more rows
    }
people-row-new = new account
people-row-joins = joins
people-row-known = member already
people-row-refused = refused
people-done = Everybody is in.
# $new and $known are whole numbers.
people-done-counts =
    { $new ->
        [one] One person came in
       *[other] { $new } people came in
    }; { $known ->
        [0] nobody was a member already.
        [one] one was a member already.
       *[other] { $known } were members already.
    }

run-title = Import
run-progress = { $done } of { $total } rows
run-whole = It is one act: until the last row is done, none is in.
run-look = How far is it?
run-cancel = Stop
run-cancelled = Stopped.
run-nothing-kept = Nothing of it was kept.
run-refused = Not taken.
run-refused-why = Something was changed meanwhile that stands against a row. Look at the file again.
run-failed = Something broke.

codes-title = Codes to hand out
codes-waiting =
    { $people ->
        [0] Everybody whose account was made here has come in.
        [one] One person whose account was made here has not come in yet.
       *[other] { $people } people whose accounts were made here have not come in yet.
    }
codes-hint = Everybody who has not come in gets a new one-time code, to print or to hand over. Codes of before work no more.
codes-do = Make codes
codes-none = Everybody has come in.
codes-lede = Each works once, until { $when }, with the username: then a password is chosen. They are shown this once; print the page.

## Evidence that a school brings along

brought-title = Evidence from a file
brought-lede = For a cohort that moves in: a table as CSV with up to { $most } rows. First you see what becomes of each row; nothing is stored before you say so. It causes no mail and no streak.
brought-columns-subject = “person” is a username of the cohort, “subject” an id of the catalogue such as skill:git; skills have a “step”: aware, working, independent, leading.
brought-columns-trust = “trust” is claimed, linked (with a “url”), peer or mentor; a certification may be verified.
brought-columns-id = “origin” names the system that it comes from and “external_id” its id there: by the two a row is known again and recorded once.
brought-count-new =
    { $rows ->
        [one] one new entry
       *[other] { $rows } new entries
    }
brought-count-known =
    { $rows ->
        [one] one recorded already
       *[other] { $rows } recorded already
    }
brought-nothing-yet = Nothing can be recorded yet.
brought-do = Record them
brought-done = It is recorded.
# $new and $known are whole numbers.
brought-done-counts =
    { $new ->
        [one] One new entry
       *[other] { $new } new entries
    }; { $known ->
        [0] none was recorded already.
        [one] one was recorded already.
       *[other] { $known } were recorded already.
    }

## Errors

error-left-cohort = You were in this cohort before; a lead takes you in again
error-link-gone = This link does not work: it is full, over, taken back, or never was
error-member-already = You are in this cohort already, with another standing
error-standing-not-by-link = Leads are made by name, not by a link
error-column-missing = A column is missing: the first line has to name it
error-column-twice = Two columns have the same name
error-column-unknown = A column has a name that is not known here
error-import-cancelled = The import was stopped; nothing of it was kept
error-mail-twice = This mail address stands on an earlier row
error-member-not-active = This person was paused, dropped or completed here; change that on their page
error-name-known = Somebody of this name is a member already; give the username, or a mail address for another person
error-only-for-learners = Only learners have this
error-person-twice = This name stands on an earlier row; tell the two apart by username or mail address
error-standing-differs = This person is a member with another standing; change that on the members page
error-standing-unknown = A standing is learner, mentor or lead
error-username-twice = This username stands on an earlier row
error-trust-unknown = A trust is claimed, linked, peer, mentor or verified
