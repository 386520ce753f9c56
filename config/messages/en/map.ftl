# The map of a role.

path-guide = Role guide
path-left-out = left out
path-view-map = Map
path-levels-beyond = Beyond my target

map-title = { $role }: map
map-label = Map of the role: { $count } areas by level. Each station is a link.
map-here = You are here
map-target = Target
map-target-by = Target · { $day }
map-caption = Trails run from left to right. A solid trail is proven, a dotted one claimed. Focus or point at a station to see what it needs (solid line) and what it unlocks (dashed line).
map-caption-strips = Each area from its first level to the last. The bar in its head is your target.
map-to-list = The list holds the same, with filters.

## Legend

map-legend-state = State
map-legend-open = open
map-legend-doing = doing
map-legend-locked = locked
map-legend-expired = expired
map-legend-claimed = Claimed
map-legend-claim = claim
map-legend-link = link
map-legend-peer = peer
map-legend-proven = Proven
map-legend-mentor = mentor
map-legend-credential = credential

## Heads of levels and areas

map-levels = { $first } to { $last }
map-years = { $from }–{ $to } years
map-years-open = { $from }+ years
map-band-points = { $claimed } % claimed, { $proven } % proven
map-band-points-narrow = { $claimed } % ({ $proven } %)
map-beyond = beyond your target
map-beyond-narrow = beyond
map-further = Further
map-further-levels =
    { $count ->
        [one] one level
       *[other] { $count } levels
    }
map-lane = { $name }: { $claimed } per cent claimed, { $proven } per cent proven
map-group = any { $need } of { $of }
map-group-met = any { $need } of { $of } ✓

## Stations and pills

map-node = { $name }: { $state }.
map-node-trust = { $node } Evidence { $trust }.
map-node-name = In full: { $name }.
map-node-points = { $level }, { $points } points.
map-node-level = { $level }.
map-node-needs = Needs { $names }.
map-more = more
map-pill-more = +{ $count }
map-pill-more-label = +{ $count } more: { $names }
map-pill-group = { $need } of { $of }
map-pill-group-label = { $words } { $name }: { $names }
map-pill-further-label = +{ $count } further in { $area }

## Strips

map-strip-points = { $claimed } % · { $proven } % proven
map-strip-beyond = { $level } · beyond your target
map-strip-choice = { $count } more to choose from
map-strip-later = { $count } more beyond your target
