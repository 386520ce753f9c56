# The dates of a cohort, and the paths that end with it.

# Below the dates. $day is the last one.
cohort-dates-ending =
    { $paths ->
        [one] One path has its target on { $day }: it moves when the last day does. A target day that a learner chose stays.
       *[other] { $paths } paths have their target on { $day }: they move when the last day does. A target day that a learner chose stays.
    }
cohort-dates-moved =
    { $paths ->
        [one] Saved. One path moved to the new last day with it.
       *[other] Saved. { $paths } paths moved to the new last day with it.
    }
