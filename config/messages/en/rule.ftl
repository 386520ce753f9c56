# Reasons of the built-in scoring rule. $points are points of a hundred, $hours a guess, $trust the word of the least
# trust among the evidence cited.

rule-nothing-yet = No evidence yet.
rule-earned =
    { $trust ->
        [claimed] Fully earned by what you claimed.
        [linked] Fully earned, with something to look at.
        [peer] Fully earned, reviewed by a peer.
        [mentor] Fully earned, reviewed by a mentor.
        [verified] Fully earned, with a verified credential.
       *[other] Fully earned.
    }
rule-partly = { $percent } % earned so far.
rule-not-needed = Not needed: enough others of its group count.
rule-finish =
    { $hours ->
        [0] Brings { $points } points.
       *[other] Brings { $points } points, in about { $hours } h.
    }
rule-continue =
    { $hours ->
        [0] Begun: what is missing brings { $points } points.
       *[other] Begun: what is missing brings { $points } points, in at most { $hours } h.
    }
rule-after =
    { $waits ->
        [one] Brings { $points } points, after one requirement before it.
       *[other] Brings { $points } points, after { $waits } requirements before it.
    }
