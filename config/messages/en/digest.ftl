# The learner's digest. $span is day, week or month: the length of the period.

digest-subject =
    { $span ->
        [day] Your day: { $claimed } claimed, { $proven } proven, and what comes next
        [month] Your month: { $claimed } claimed, { $proven } proven, and what comes next
       *[week] Your week: { $claimed } claimed, { $proven } proven, and what comes next
    }
digest-subject-bare =
    { $span ->
        [day] Your day, and what comes next
        [month] Your month, and what comes next
       *[week] Your week, and what comes next
    }

digest-headline-more-proven =
    { $span ->
        [day] { $name }, you can prove more than a day ago
        [month] { $name }, you can prove more than a month ago
       *[week] { $name }, you can prove more than a week ago
    }
digest-headline-more-claimed =
    { $span ->
        [day] { $name }, you hold more than a day ago
        [month] { $name }, you hold more than a month ago
       *[week] { $name }, you hold more than a week ago
    }
digest-headline =
    { $span ->
        [day] { $name }, this was your day
        [month] { $name }, this was your month
       *[week] { $name }, this was your week
    }

digest-preheader-moved = { $claimed } claimed and { $proven } proven.
digest-preheader-next = Next: { $name }, about { $effort }, { $gain } points.

digest-percent = { $points } %
digest-claimed = claimed
digest-proven = proven
digest-before =
    { $span ->
        [day] { $points } a day ago
        [month] { $points } a month ago
       *[week] { $points } a week ago
    }
digest-first-score = first score
digest-bar = { $proven } % proven, { $claimed } % claimed

digest-to-go = { $goal }: { $points } points to go.
digest-done = { $goal }: nothing is left to claim.
digest-deadline =
    { $days ->
        [0] { $goal } by { $day }: today is the day, { $points } points to go.
        [one] { $goal } by { $day }: { $days } day left, { $points } points to go.
       *[other] { $goal } by { $day }: { $days } days left, { $points } points to go.
    }
digest-deadline-over = { $goal } by { $day }: that day is over, { $points } points to go. Choose a new one when it suits you.

digest-actions =
    { $count ->
        [1] Next
        [2] Next two
       *[other] Next three
    }
digest-action-detail = { $area }, about { $effort }
digest-open-today = Open today’s page
digest-today-page = Today’s page:

digest-changed = What changed
digest-change-claim = claimed
digest-change-link = linked
digest-change-submission = handed in
digest-change-review =
    { $trust ->
        [mentor] accepted by a mentor
        [verified] verified
       *[peer] accepted by a reviewer
    }
digest-change-assessment = seen by a mentor
digest-change-certificate =
    { $trust ->
        [verified] certificate verified
       *[other] certificate added
    }
digest-change-experience = experience added
digest-change-recall = recalled
digest-change-retraction = taken back
digest-change-unnamed = An entry
digest-change-detail = { $what }, { $day }
digest-more-changes =
    { $count ->
        [one] And { $count } entry more in your ledger.
       *[other] And { $count } entries more in your ledger.
    }

digest-questions = Waiting for your answer
digest-question-work = did you make “{ $title }” together?
digest-question-work-untitled = did you make a piece of work together?
digest-question-summary = may { $label } read a summary of your progress?

digest-reviews = Reviews answered
digest-review = { $met } of { $all } criteria met ({ $names }), { $day }

digest-lapsing = Running out
digest-lapsed = expired on { $day }
digest-lapses =
    { $days ->
        [0] holds until today
        [one] holds until { $day }, { $days } day more
       *[other] holds until { $day }, { $days } days more
    }

digest-why = You get this { $schedule }, from { $instance }.
digest-change-when = Change when
digest-unsubscribe = Unsubscribe
digest-cards =
    { $count ->
        [one] One interview card is due.
       *[other] { $count } interview cards are due.
    }
