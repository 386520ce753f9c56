# Die Karte einer Rolle.

path-guide = Leitfaden der Rolle
path-left-out = ausgelassen
path-view-map = Karte
path-levels-beyond = Jenseits meines Ziels

map-title = { $role }: Karte
map-label = Karte der Rolle: { $count } Bereiche nach Stufen. Jede Station ist ein Link.
map-here = Du bist hier
map-target = Ziel
map-target-by = Ziel · { $day }
map-caption = Wege führen von links nach rechts. Ein durchgezogener Weg ist belegt, ein gepunkteter angegeben. Wähle eine Station an, um zu sehen, was sie voraussetzt (durchgezogene Linie) und was sie freigibt (gestrichelte Linie).
map-caption-strips = Jeder Bereich von seiner ersten Stufe bis zur letzten. Der Strich in seinem Kopf ist dein Ziel.
map-to-list = Die Liste enthält dasselbe, mit Filtern.

## Legende

map-legend-state = Stand
map-legend-open = offen
map-legend-doing = in Arbeit
map-legend-locked = gesperrt
map-legend-expired = abgelaufen
map-legend-claimed = Angegeben
map-legend-claim = Angabe
map-legend-link = Link
map-legend-peer = Kundige
map-legend-proven = Belegt
map-legend-mentor = Mentoren
map-legend-credential = Zertifikat

## Köpfe von Stufen und Bereichen

map-levels = { $first } bis { $last }
map-years = { $from }–{ $to } Jahre
map-years-open = { $from }+ Jahre
map-band-points = { $claimed } % angegeben, { $proven } % belegt
map-band-points-narrow = { $claimed } % ({ $proven } %)
map-beyond = jenseits deines Ziels
map-beyond-narrow = jenseits
map-further = Weiter
map-further-levels =
    { $count ->
        [one] eine Stufe
       *[other] { $count } Stufen
    }
map-lane = { $name }: { $claimed } Prozent angegeben, { $proven } Prozent belegt
map-group = { $need } von { $of }
map-group-met = { $need } von { $of } ✓

## Stationen und Gruppen

map-node = { $name }: { $state }.
map-node-trust = { $node } Nachweis: { $trust }.
map-node-name = Ganzer Name: { $name }.
map-node-points = { $level }, { $points } Punkte.
map-node-level = { $level }.
map-node-needs = Setzt voraus: { $names }.
map-more = mehr
map-pill-more = +{ $count }
map-pill-more-label = +{ $count } weitere: { $names }
map-pill-group = { $need } von { $of }
map-pill-group-label = { $words } { $name }: { $names }
map-pill-further-label = +{ $count } weitere in { $area }

## Streifen

map-strip-points = { $claimed } % · { $proven } % belegt
map-strip-beyond = { $level } · jenseits deines Ziels
map-strip-choice = { $count } weitere zur Wahl
map-strip-later = { $count } weitere jenseits deines Ziels
