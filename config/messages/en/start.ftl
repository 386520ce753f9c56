# Starting a path step by step, and what was only ticked then.

steps-label = Steps
steps-number = Step { $number }
steps-role = The role
steps-target = How far, by when
steps-know = What you know
steps-check = What is recorded
steps-back = Back

target-hint = Next you can tick what you know already. You can also start at zero and record it later.
target-next = Next: what you know
target-at-zero = Start at zero

know-title = What do you know already?
know-lede = Tick what you would say of yourself. It counts as your word: claimed, not proven. Leave out what you are not sure of.
know-not-yet = not yet
know-asked = asked: { $step }
know-held = in your ledger already
know-held-step = in your ledger: { $step }
know-certificates = A certificate proves these. Once you have started you add it on the page of its requirement.
know-next = Next: what is recorded

check-title = This is what will be recorded
check-lede = Nothing is stored yet. You can go back and change everything.
check-goal = { $level }, { $hours } hours a week
check-goal-by = { $level } by { $day }, { $hours } hours a week
check-stand = Where you would start
check-would = Readiness: { $claimed } % claimed, { $proven } % proven.
check-before = By your ledger alone: { $claimed } % claimed, { $proven } % proven.
check-by-plugin = Counted here by Waymark’s own rule; the rule that you chose counts once you have started.
check-entries =
    { $count ->
        [0] No new claims
        [one] One new claim
       *[other] { $count } new claims
    }
check-entries-lede = Each becomes an entry of your ledger, marked as ticked at the start. You can take each one back.
check-none = You have ticked nothing that your ledger does not say already. You start with what it says.
check-entry = { $name } ({ $step })

entry-ticked = believed because you ticked it when you started

begun-only =
    { $count ->
        [one] One requirement counts only because you ticked it
       *[other] { $count } requirements count only because you ticked them
    }, { $whole } of them in full.
begun-prove = What would prove them: { $needs }. Open one and add the evidence.
begun-needs =
    { $count ->
        [one] one with evidence that is { $trust }
       *[other] { $count } with evidence that is { $trust }
    }

error-too-many-known = These are more than anybody ticks by hand: leave some out
