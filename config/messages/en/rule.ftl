# Reasons of the built-in scoring rule. Points are points of a hundred.

rule-nothing-yet = No evidence yet.
rule-earned = Fully earned.
rule-partly = Partly earned.
rule-not-needed = Not needed: enough others of its group count.
rule-finish = Bring the first evidence.
rule-continue = Bring what is still missing.
rule-after = Opens when what comes before it is begun.
