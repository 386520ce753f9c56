recency-nothing = No evidence yet.
recency-fresh = Evidence of { $days ->
    [0] today
    [one] yesterday
   *[other] { $days } days ago
} counts in full.
recency-faded = Evidence of { $days ->
    [one] yesterday
   *[other] { $days } days ago
} keeps { NUMBER($kept) } % of its weight.
recency-not-needed = Other members of this group hold the points.
recency-begin = Nothing shown yet.
recency-continue = Begun; the rest is open.
recency-renew = Shown before, but long ago: show it again.
