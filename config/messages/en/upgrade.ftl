# Taking over another revision of a role.

upgrade-title = A newer revision
upgrade-lede = What would come, go, move and change, and what your readiness would be. Nothing happens before you say so.
upgrade-from-to = From { $from } to { $to }
upgrade-note = Revision { $version } of this role is there.
upgrade-note-link = See what would change
upgrade-settings-undo = A newer revision was taken over; you can go back
upgrade-none = There is no newer revision
upgrade-none-why = Your path follows { $version }, the newest there is.
upgrade-compared = What differs
upgrade-nothing-differs = Nothing that is asked differs.
upgrade-guide = The role’s guide (facts, pay, sources, resources) differs too. No score reads it.

upgrade-comes = Comes
upgrade-goes = Goes
upgrade-moves = Moves to another level or group
upgrade-changes = Changes what it asks or weighs
upgrade-groups = Groups
upgrade-levels = Levels
upgrade-count-comes =
    { $count ->
        [one] one comes
       *[other] { $count } come
    }
upgrade-count-goes =
    { $count ->
        [one] one goes
       *[other] { $count } go
    }
upgrade-count-moves =
    { $count ->
        [one] one moves
       *[other] { $count } move
    }
upgrade-count-changes =
    { $count ->
        [one] one changes
       *[other] { $count } change
    }
upgrade-stays =
    { $count ->
        [one] one stays as it is
       *[other] { $count } stay as they are
    }
upgrade-col-name = What
upgrade-col-place = Where
upgrade-col-what = How
upgrade-col-note = Note
upgrade-col-before = Before
upgrade-col-after = After

# $subjects is a list of names, $hours a duration.
upgrade-asks-for = { $subjects }; about { $hours }
upgrade-asks-also = also asks for { $subjects }
upgrade-asks-no-more = no longer asks for { $subjects }
upgrade-became-level = level: { $from } → { $to }
upgrade-became-group = group: { $from } → { $to }
upgrade-became-trust = least trust: { $from } → { $to }
upgrade-became-weight = weight: { $from } → { $to }
upgrade-became-hours = time: { $from } → { $to }
upgrade-became-name = name: { $from } → { $to }
upgrade-became-step = step: { $from } → { $to }
upgrade-became-need = how many are enough: { $from } → { $to }
upgrade-differs-parent = belongs to another group
upgrade-differs-place = stands elsewhere on the ladder
upgrade-differs-asks = its parts weigh otherwise
upgrade-differs-weight = weighs otherwise
upgrade-differs-requires = other requirements come before it
upgrade-differs-words = is worded otherwise
upgrade-differs-attributes = says something else to a plugin’s rule
upgrade-need = any { $need }
upgrade-need-all = all
upgrade-group-comes = comes
upgrade-group-goes = goes
upgrade-level-comes = comes
upgrade-level-goes = goes

upgrade-readiness = Readiness before and after
upgrade-readiness-why = By the path’s own rule, as of today. Nothing is stored.
upgrade-stand-in = The path’s rule fails just now; both numbers are the built-in rule’s.
upgrade-own = What becomes of your path
upgrade-evidence-stays = All evidence stays, and counts for whatever asks for it.
upgrade-target = Your target level becomes { $to }; { $from } is gone.
upgrade-put-aside = No longer chosen, because they cannot be chosen there: { $names }.
upgrade-kept-unseen =
    { $count ->
        [one] Marks and notes on one requirement are kept, and not shown while the revision does not have it.
       *[other] Marks and notes on { $count } requirements are kept, and not shown while the revision does not have them.
    }
upgrade-do = Take over { $version }
upgrade-can-undo = You can go back afterwards; nothing is deleted.
upgrade-taken = Your path follows { $version } now.
upgrade-undo = Back to { $version }
upgrade-undo-why = Taken over on { $when }. Going back brings back what was put aside and keeps what you changed since. Revisions are never deleted, so this has no end.
upgrade-undo-do = Go back to { $version }
upgrade-undone = Your path follows { $version } again.
upgrade-led = { $cohort } takes revisions over for all its learners at once.
upgrade-led-why = Its leads decide, so that the plan and the board measure everybody by the same role. What would change for you is shown here.

## For a whole cohort

upgrade-cohort-news = Newer revisions
upgrade-cohort-news-newer = { $role }: { $version } is there, the cohort follows { $pinned }.
upgrade-cohort-news-astray =
    { $count ->
        [one] { $role }: one path differs from what is set up.
       *[other] { $role }: { $count } paths differ from what is set up.
    }
upgrade-cohort-news-back = { $role }: { $pinned } was taken over, and can be undone.
upgrade-cohort-news-link = See what would change
upgrade-cohort-news-back-link = Look at it
upgrade-cohort-newer = { $role }: from { $from } to { $to }
upgrade-cohort-along = { $role }: everybody to { $version }
upgrade-cohort-lede = What would come, go, move and change, and what each learner’s score would be. Nothing happens before you say so; then it happens to all at once, or to nobody.
upgrade-cohort-caption = Learners, with their scores before and after
upgrade-cohort-nobody = Nobody takes part yet.
# $paths of all paths change, $scores of all scores move, $lower of them down.
upgrade-summary = Paths that would change: { $paths }. Scores that would move: { $scores }, down: { $lower }. They are those of the board: what is withheld does not count.
upgrade-cohort-stand-ins =
    { $count ->
        [one] The rule of one path fails just now; the built-in rule stands in for both of its numbers.
       *[other] The rules of { $count } paths fail just now; the built-in rule stands in for both of their numbers.
    }
upgrade-cohort-staying =
    { $count ->
        [one] One who dropped out or completed stays with the revision they have.
       *[other] { $count } who dropped out or completed stay with the revision they have.
    }
upgrade-weeks = Weeks of the plan
upgrade-weeks-hint = Weeks that you chose go along with their part. Those of parts that go are kept for an undo; what comes gets the week that is suggested.
upgrade-weeks-same = No part gets another week.
upgrade-week-none = not in the plan
upgrade-cohort-what = What happens
upgrade-cohort-evidence-stays = All evidence stays, as do marks, notes, links and minutes, also on what goes.
upgrade-cohort-target = The target level becomes { $to }; { $from } is gone.
upgrade-cohort-put-aside = No longer fixed, because they cannot be chosen there: { $names }.
upgrade-settings = Every path also gets what is set up. Target: { $level }. Scored by: { $rule }.
upgrade-settings-chosen = Every path also gets what is set up. Target: { $level }. Scored by: { $rule }. Chosen: { $names }.
upgrade-settings-with = Also give every path the target level, members and rule that are set up
upgrade-settings-without = Let paths keep their own target level, members and rule
upgrade-along-do = Bring these paths along
upgrade-cohort-can-undo = It can be undone afterwards, for all at once.
upgrade-cohort-none = There is nothing to take over.
upgrade-cohort-taken =
    { $count ->
        [one] The cohort follows { $version }. One path moved.
       *[other] The cohort follows { $version }. { $count } paths moved.
    }
upgrade-cohort-undo-why = Taken over on { $when }. Going back moves those who take part or rest and have taken over nothing since; weeks and members that were put aside come back.
upgrade-cohort-undone =
    { $count ->
        [one] The cohort follows { $version } again. One path went back.
       *[other] The cohort follows { $version } again. { $count } paths went back.
    }
upgrade-learner-stays = stays as it is
upgrade-learner-target = another target level
upgrade-learner-version = follows { $version } now
upgrade-learner-put-aside =
    { $count ->
        [one] one choice is put aside
       *[other] { $count } choices are put aside
    }

error-revision-changed = The revision is no longer the one that was shown; look at it again
error-set-up-changed = The set-up is no longer the one that was shown; look at it again
error-upgrade-by-lead = The cohort’s leads take revisions over for all at once
error-nothing-to-undo = There is nothing that can be undone
error-nothing-to-take-over = There is nothing to take over
