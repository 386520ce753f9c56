# Interview practice: what is due, cards, decks of one’s own, mock interviews.

nav-practice = Practice

practice-title = Practice
practice-views = Views of practice
practice-due-view = Due
practice-decks = Decks
practice-due =
    { $count ->
        [one] One card to answer
       *[other] { $count } cards to answer
    }
practice-count-learning =
    { $count ->
        [one] one just begun
       *[other] { $count } just begun
    }
practice-count-reviews = { $count } due
practice-count-new = { $count } new
practice-start = Start
practice-finish = Stop here and count it
practice-finish-hint = What you have practised counts towards your readiness when nothing of its topic is left for today, or when you stop here.
practice-finished = What you have practised counts now.
practice-all-done = Nothing is left for now. Well done.
practice-nothing-due = Nothing is due
practice-nothing-due-lede = Cards come back when you are about to forget them. A topic’s remaining questions can be practised below.
practice-waits = The next card comes back at { $at }.
practice-nothing-there = There are no cards yet
practice-nothing-there-lede = Import a deck of your own, or ask an admin to install a role that brings questions.
practice-topics = Topics
practice-topic = Topic
practice-answered = Answered so far
practice-new = New
practice-start-topic = Practise
practice-no-topic = Without a topic
practice-seen = { $seen } of { $cards }
practice-seen-bar = { $seen } of { $cards } cards answered so far
practice-limits = A day’s limits
practice-new-a-day = New cards
practice-reviews-a-day = Cards due
practice-limits-hint = Whatever is left over comes tomorrow. New cards come of the topics that your paths ask for, and of your own decks.
practice-limits-save = Save limits
practice-limits-saved = The limits are saved.
practice-suspended-title = Suspended cards
practice-suspended-hint = They are not asked until you take them back. A leech was forgotten eight times: rewrite it, split it, or learn it another way first.
practice-leech = Leech
practice-lapses =
    { $count ->
        [one] forgotten once
       *[other] forgotten { $count } times
    }
practice-resume = Take back
practice-resumed = The card is asked again.
practice-more-suspended = And { $count } more.

practice-left =
    { $count ->
        [one] the last one for now
       *[other] { $count } left
    }
practice-answer = Your answer, if you like
practice-answer-hint = Say it aloud or write it down. It stands beside the solution and is not kept.
practice-reveal = Show the answer
practice-your-answer = Your answer
practice-covers = What a good answer covers
practice-front = Front
practice-back = Back
practice-how = How did it go?
practice-again = Again
practice-hard = Hard
practice-good = Good
practice-easy = Easy
practice-keys = The keys 1 to 4 answer, too.
practice-in-minutes = { $count } min
practice-in-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
practice-in-months =
    { $count ->
        [one] 1 month
       *[other] { $count } months
    }
practice-in-years =
    { $count ->
        [one] 1 year
       *[other] { $count } years
    }
practice-bury = Not today
practice-buried = That card comes back tomorrow.
practice-suspend = Suspend
practice-suspended = That card is suspended.
practice-leech-note = That card was forgotten so often that it is suspended now. Find another way to learn it, then take it back.

practice-own-decks = Your decks
practice-no-decks = None yet.
practice-shipped-decks = Decks that came with roles
practice-shipped-hint = Their questions are our own writing; new ones come of the topics that your paths ask for.
practice-cards =
    { $count ->
        [0] no cards
        [one] one card
       *[other] { $count } cards
    }
practice-import = Import a deck
practice-import-do = Look at it first
practice-deck-name = Name of the deck
practice-name = Name
practice-file = File
practice-file-hint = CSV with the columns front, back and, if you like, topic; or Anki’s export “Notes in plain text”. At most 512 KB.
practice-topic-for-all = Topic
practice-topic-hint = For cards that name none. Cards of a topic count towards your readiness in it.
practice-preview = { $name }: what would become of it
practice-from-anki = An export of Anki.
practice-preview-counts = { $added } will be added, { $known } stand there twice, { $refused } cannot be taken.
practice-preview-do =
    { $count ->
        [one] Add one card
       *[other] Add { $count } cards
    }
practice-preview-cancel = Choose another file
practice-preview-wrong = Left out
practice-preview-good = Will be added
practice-line = Line
practice-why = Why
practice-row-added = will be added
practice-row-known = The same front stands there already.
practice-row-wrong = { $field }: { $what }.
practice-more-rows =
    { $count ->
        [one] And one more row.
       *[other] And { $count } more rows.
    }
practice-imported = The deck is there, and its cards are among the new ones.
practice-deck-deleted = The deck is gone.
practice-cards-title = Cards
practice-no-cards = No cards yet.
practice-deck-edit = This deck
practice-deck-rename = Rename
practice-deck-delete = Delete this deck
practice-deck-delete-hint = With its cards and all that you remember of them.
practice-card-add = Add a card
practice-card-add-do = Add
practice-card-edit = Edit the card
practice-card-save = Save
practice-card-delete = Delete this card

interview-title = Mock interviews
interview-teaser = Some questions in a row, with a clock and notes.
interview-lede = Questions in a row as in an interview: a clock, your notes, then what a good answer covers and your own judgement.
interview-new = Start one
interview-questions = Questions
interview-minutes = Minutes for each
interview-minutes-hint = 0: no limit.
interview-topics-hint = None ticked: all of them.
interview-start = Start the interview
interview-earlier = Earlier ones
interview-none = None yet.
interview-count =
    { $count ->
        [one] one question
       *[other] { $count } questions
    }
interview-go-on = Go on
interview-deleted = The interview is gone.
interview-question-of = Question { $position } of { $of }
interview-opened = Opened { $at }
interview-limit =
    { $count ->
        [one] Try to answer within a minute.
       *[other] Try to answer within { $count } minutes.
    }
interview-notes = Notes
interview-notes-hint = Kept with the interview, for you only.
interview-answered = I have answered
interview-judge = How was your answer?
interview-mark-missed = Missed it
interview-mark-partly = Partly
interview-mark-good = Good
interview-good = { $count } good
interview-partly = { $count } partly
interview-missed = { $count } missed
interview-took = { $minutes }:{ $seconds } minutes
interview-of = Interview of { $when }
interview-delete = Delete this interview
