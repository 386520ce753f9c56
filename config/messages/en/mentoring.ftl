# What mentors do: the queue, reviews, cries for help, assessments, notes and messages.

## The queue

queue-title = Waiting for you
queue-view = Queue
queue-lede = Work, certificates and questions in the cohorts that you guide: your own learners first, and what has waited longest.
queue-waits =
    { $number ->
        [0] Nothing waits.
        [one] One thing waits.
       *[other] { $number } things wait.
    }
queue-everywhere = All cohorts
queue-none = Nothing waits
queue-none-why = Work that learners hand in, certificates and questions come here by themselves.
queue-mine = Your learners
queue-others = Others’ learners
queue-all = All learners
queue-kind-submission = work
queue-kind-certificate = certificate
queue-kind-help = stuck
# $day is a day, $days how long ago.
queue-since =
    { $days ->
        [0] since today
        [one] since yesterday
       *[other] since { $day }, { $days } days
    }
queue-review = Review
queue-review-named = Review the work of { $name }
queue-check = Check
queue-check-named = Check the certificate of { $name }
queue-answer = Answer
queue-answer-named = Answer { $name }
queue-who-has-it = Who has it
queue-free = Nobody has taken it up.
queue-mine-until = Yours until { $time }
queue-another-until = With { $name } until { $time }
queue-take = Take it up
queue-release = Give it back
queue-accepted = Accepted. It is proof in the learner’s ledger now.
queue-returned = Sent back. What is met counts; the learner sees what is missing.
queue-helped = Answered.
queue-undone = Taken back. It waits again.
queue-released = Given back.
today-queue =
    { $number ->
        [one] One thing waits for you
       *[other] { $number } things wait for you
    }
today-queue-detail =
    { $mine ->
        [0] Of learners of other mentors or of nobody’s.
        [one] One of them of a learner of yours.
       *[other] { $mine } of them of your own learners.
    }

## Reviews

mentoring-mentors = Mentors
mentoring-submitted = handed in { $moment }
mentoring-version =
    { $number ->
        [1] first version
       *[other] version { $number }
    }
mentoring-entry = Entry { $number }, { $day }
mentoring-issued = issued on { $day }
mentoring-answered = What was said
mentoring-accepted = accepted
mentoring-returned = sent back
mentoring-withdrawn = no longer waiting
mentoring-accept = Accept
mentoring-return = Send back
mentoring-decide = What is met counts either way. Accept when nothing is unmet; send back with a word of what is missing.
mentoring-undo = Take the review back
mentoring-undo-hint = What came of it is retracted, and the work waits again.
mentoring-before = Earlier versions
mentoring-before-unseen = Nobody reviewed this version.
mentoring-worth = What it is worth
mentoring-worth-hint = Accepted criteria are proof of trust mentor-reviewed. What is sent back stays claimed, not lost.
# All three are shares of a hundred.
mentoring-would = If all of it is met, { $name } goes from { $now } to { $then } per cent proven.
mentoring-privacy = You see evidence that your cohort’s paths ask for. { $name }’s notes and other paths stay theirs.
mentoring-next = Next in the queue
mentoring-again = Hand it in again
submission-follows = Takes the place of
submission-follows-none = nothing, it is new work
submission-follows-hint = For a submission. The old one stays in the ledger with what was said of it.
entry-follows = takes the place of entry { $number }

## I am stuck

help-title = I am stuck
help-words = What have you tried, and where does it stop?
help-words-hint = Markdown works.
help-do = Ask the mentors
help-who-sees = The mentors of your cohort read it.
help-close = I need no help any more
help-asked-done = The mentors have been asked.
help-closed-done = This question is closed.
help-asked-on = asked { $day }
help-state-answered = answered
help-state-closed = closed
help-of = { $name } is stuck
help-says = { $name } says
help-answer = Your answer
help-answer-do = Answer
help-closed-on = Closed by the learner, { $moment }
help-privacy = { $name } asked the mentors of this cohort. The answer stands on the requirement’s page, for { $name } only.

## Assessments

assessments-title = Assessments
assessments-lede = Record what you saw of one or many learners without a submission. It becomes evidence of trust mentor-reviewed in their ledgers.
assessments-of = What you saw
assessments-requirement = Requirement
assessments-choose = Choose
assessments-occasion = Occasion
assessment-oral = Oral exam
assessment-attendance = Attendance
assessment-checkpoint = Checkpoint
assessments-step = Step that you saw
assessments-criteria = Criteria that you saw met
assessments-day = Day
assessments-day-hint = Absent: today, each learner’s own.
assessments-note = To the learners
assessments-learners = Learners
assessments-do = Record
assessments-none = Nothing was recorded yet.
assessments-acts = Recorded
assessments-no-role = This cohort follows no role, so there is nothing to assess.
assessments-recorded = Recorded.
assessments-undone = Taken back.
assessments-undo = Take back
assessments-undo-named = Take back what was recorded of { $what }
assessments-back = taken back
assessments-by = { $by }, { $day }

## Notes and messages

mentor-notes = Mentors’ notes
mentor-notes-hint = { $name } never sees these on a page. They are part of the data that { $name } can take along.
mentor-notes-none = Nobody has noted anything.
mentor-note = A note for mentors
mentor-note-do = Keep the note
mentor-note-remove = Remove
mentor-note-remove-named = Remove the note of { $name }, { $moment }
mentor-note-by = { $name }, { $moment }

mentor-messages = Messages by mail
mentor-message-to = To { $name }
mentor-message-hint = It goes by mail, once, under your name.
mentor-message-do = Send
mentor-message-none = There is no mail address to write to.
mail-message-subject = { $by } wrote to you ({ $cohort })
mail-message-headline = { $by } writes
mail-message-open = Open your page
mail-message-small = Sent through { $instance } by { $by }, who guides you in { $cohort }. Answers to this mail do not reach them.
mail-kind-message = Message of a mentor
