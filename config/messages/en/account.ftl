# One's own data, leaving, codes for a new password.

username-title = Username
username-hint = You sign in with it. Sessions and tokens go on.
username-do = Change the username
username-changed = The username is changed.

own-data-title = Your data
own-data-lede = What you recorded is yours: take it along, bring it to another Waymark, or have it erased.
own-data-export = Take it along
own-data-all = Everything
own-data-all-hint = Ledger, paths, plans, scores, mails, sessions and what you did, as one document. Another Waymark can read it.
own-data-as-json = JSON
own-data-evidence = Evidence
own-data-evidence-hint = What stands in your ledger, by kind, with trust, days and links.
own-data-as-markdown = Markdown
own-data-resume = Résumé
own-data-resume-hint = In the JSON Resume format: experience, certificates, projects and skills.
own-data-as-resume = JSON Resume
own-data-evidence-of = Evidence of { $name }
own-data-as-of = As of { $day }
own-data-import = Bring it here
own-data-import-hint = You see what would come before anything is changed. What is here already does not come twice.
own-data-file = Document (.json) or archive of files (.tar) that another Waymark exported
own-data-try = See what would come
own-data-section-profile = Profile: name, zone and look stay as they are here.
own-data-section-scores = Past scores: they are made again from the ledger.
own-data-section-interviews = Mock interviews that were held there.
own-data-section-help = What you asked your mentors there.
own-data-section-mentor_messages = What mentors wrote to you there.
own-data-section-mentor_notes = What mentors there noted of you.
own-data-section-reviews = Reviews: what they came to is in the ledger.
own-data-section-mails = Mails that were sent there.
own-data-section-memberships = Cohorts: somebody here has to invite you.
own-data-section-sessions = Sessions there.
own-data-section-tokens = Tokens there.
own-data-section-acts = What you did there.

import-title = Import
import-from = From { $instance }, exported { $when }
import-would = This would come
import-would-lede = Nothing is changed yet.
import-done = It is here
import-done-lede = All of it was recorded at once. Importing the same document again changes nothing.
import-nothing = There is nothing in this document that can be imported.
import-do = Import this
import-not = Leave it
import-new = New
import-less = Counts less, or not yet
import-known = Here already
import-refused = Not taken
import-left = Stays there
import-finding-evidence-new =
    { $count ->
        [one] { $what }: one entry
       *[other] { $what }: { $count } entries
    }
import-finding-evidence-known =
    { $count ->
        [one] One entry of the ledger
       *[other] { $count } entries of the ledger
    }
import-finding-evidence-lowered =
    { $count ->
        [one] One entry was { $what } there. Nobody here has seen what was seen there, so it counts as linked at most.
       *[other] { $count } entries were { $what } there. Nobody here has seen what was seen there, so they count as linked at most.
    }
import-finding-subject-unknown = { $what } is in no catalogue here. Its evidence is kept, and counts once a pack brings it.
import-finding-path-new = Path: { $what }
import-finding-path-other-revision = Path: { $what }, on the newest revision that is installed here
import-finding-path-known = Path: { $what }, as you follow it here
import-finding-path-rule = The rule { $what } is not installed here; Waymark’s own scores the path.
import-finding-plans =
    { $count ->
        [one] { $what }: one note or mark
       *[other] { $what }: { $count } notes and marks
    }
import-finding-deck-new =
    { $count ->
        [one] Deck: { $what }, one card
       *[other] Deck: { $what }, { $count } cards
    }
import-finding-deck-known = Deck: { $what }, with all of its cards
import-finding-memory-new =
    { $count ->
        [one] How well you remember one card
       *[other] How well you remember { $count } cards
    }
import-finding-digest-new = When your digest comes
import-finding-digest-known = When your digest comes, as you set it here
import-finding-section-unknown = { $what }: this Waymark does not know that part of the document.
import-finding-left = { $what }
import-finding-refused = { $place }: { $why }

delete-title = Erase the account
delete-hint = Everything you wrote goes, at once and for good.
delete-go = Erase my account …
delete-lede = This cannot be undone, by nobody.
delete-goes = What goes
delete-goes-ledger = Your ledger, paths, plans, notes and scores.
delete-goes-mails = Your digests, those that wait and those that were written.
delete-goes-doors = Your sessions, tokens, invitations and memberships.
delete-goes-name = Your name, username and mail address, wherever they stand.
delete-stays = What stays
delete-stays-reviews = What you recorded for others as a mentor, without your name.
delete-stays-audit = That an account did what it did, without a name.
delete-stays-backups = Backups until they are deleted. When one is restored you are erased again.
delete-export-first = Take your data along first
delete-username = Your username, to be sure
delete-do = Erase everything
delete-not = Keep the account
deleted-title = Your account is erased
deleted-lede = All that you wrote here is gone, and you are signed out everywhere.

reset-title = A new password
reset-lede = Ask an admin for a code. It works once, for eight hours.
reset-do = Set the password
field-code = Code
hint-code = Ten letters and digits, as they were handed to you.
reset-done = The password is set.
reset-done-lede = Sign in with it.
login-lost = Lost your password?

people-search = Find people
people-search-words = Name, username or mail
people-state = Who
people-everybody = Everybody
people-only-active = Active
people-only-disabled = Disabled
people-only-admins = Admins
people-find = Find
people-none = Nobody matches.
people-seen = Last here
people-seen-not = not lately
people-make-admin = Make admin
people-no-admin = Admin no longer
people-code = Reset code
people-self = this is you
reset-code-title = A code for { $name }
reset-code-lede = Hand it over yourself. It is shown here only, and one made before works no more.
reset-code-where = Where
reset-code-until = Works once, until
reset-code-back = Back to the people

error-username-differs = This is not your username
error-last-admin = The last admin cannot go: make somebody else an admin first
error-code-wrong = Username and code do not match, or the code was used or is too old
error-import-not-ours = This is not a document that Waymark exported
error-import-newer = This document was exported by a newer Waymark: bring this one up to date first
error-entry-twice = An entry with this id stands here twice

install-description = What you can prove, measured against what a role asks.
offline-title = No network
offline-lede = This page cannot be shown without one. Today can, as you saw it last.
offline-as-seen = Offline.
# A moment follows.
offline-as-seen-at = This is your page as last seen at

audit-filter = Look through the audit
audit-anybody = Anybody
audit-anything = Anything
audit-from = From
audit-to = To
audit-show = Show
audit-none = No row matches.

admin-jobs = Jobs
admin-settings = Settings
jobs-lede = What this Waymark does for itself, by cron expressions in UTC. Times here are yours.
jobs-asked = It will run.
jobs-asked-lede = A server that runs jobs takes it up within half a minute.
jobs-off = This server runs no jobs.
jobs-off-mend = They run where jobs.enabled is true.
jobs-none = No job has noted itself yet. A server that runs jobs does so at its start.
jobs-what = Job
jobs-when = Expression
jobs-ran = Ran last
jobs-took = Took
jobs-next = Next
jobs-not-yet = not yet
jobs-failed = failed { $when }; the log says why
jobs-waits = waits to run
jobs-ask = Run now
jobs-outbox = Mails
jobs-milliseconds = { $count } ms
job-snapshot = Keep every path’s score of the day
job-cleanup = Clean up what is over

instance-lede = What may change while the server runs. All servers see it within seconds.
instance-name = Name of the instance
instance-name-hint = On pages and in mails, for instance the school’s name.
instance-fixed = Set by { $source }, so it cannot be changed here.
instance-notice = At the door
instance-notice-hint = One or two sentences below the sign-in form: whom to ask, for instance. Empty: Waymark’s own words.
instance-all = Everything that the configuration says

error-set-by-configuration = The configuration says this: change it there
