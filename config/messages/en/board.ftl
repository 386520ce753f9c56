# The board of a cohort: what came to it beside cohorts.ftl.

## What changed

cohort-cells-change = Change in 4 weeks
cohort-sort-change = Change in 4 weeks, least first
# The cells show whole points of a hundred with a sign.
cohort-caption-change-claimed = Learners by area: by how many points of a hundred what is claimed changed in four weeks
cohort-caption-change-proven = Learners by area: by how many points of a hundred what is proven changed in four weeks
cohort-legend-change = points in 4 weeks from
cohort-col-ready-change = claimed, proven: change
# Instead of the numbers of a learner.
cohort-joined-since = Came in on { $day }: not four weeks ago
