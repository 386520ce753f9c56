# Ein Lernpfad beginnt Schritt für Schritt, und was dabei nur angekreuzt wurde.

steps-label = Schritte
steps-number = Schritt { $number }
steps-role = Die Rolle
steps-target = Wie weit, bis wann
steps-know = Was du kannst
steps-check = Was eingetragen wird
steps-back = Zurück

target-hint = Als Nächstes kannst du ankreuzen, was du schon kannst. Du kannst auch bei null anfangen und es später eintragen.
target-next = Weiter: was du kannst
target-at-zero = Bei null anfangen

know-title = Was kannst du schon?
know-lede = Kreuze an, was du von dir sagen würdest. Es zählt als dein Wort: angegeben, nicht belegt. Lass weg, wobei du dir nicht sicher bist.
know-not-yet = noch nicht
know-asked = verlangt: { $step }
know-held = steht schon in deinem Nachweisbuch
know-held-step = im Nachweisbuch: { $step }
know-certificates = Diese belegt ein Zertifikat. Wenn du angefangen hast, trägst du es auf der Seite seiner Anforderung ein.
know-next = Weiter: was eingetragen wird

check-title = Das wird eingetragen
check-lede = Noch ist nichts gespeichert. Du kannst zurückgehen und alles ändern.
check-goal = { $level }, { $hours } Stunden in der Woche
check-goal-by = { $level } bis { $day }, { $hours } Stunden in der Woche
check-stand = Wo du anfangen würdest
check-would = Bereitschaft: { $claimed } % angegeben, { $proven } % belegt.
check-before = Allein nach deinem Nachweisbuch: { $claimed } % angegeben, { $proven } % belegt.
check-by-plugin = Hier nach Waymarks eigener Regel gezählt; die Regel, die du gewählt hast, zählt, sobald du angefangen hast.
check-entries =
    { $count ->
        [0] Keine neuen Angaben
        [one] Eine neue Angabe
       *[other] { $count } neue Angaben
    }
check-entries-lede = Jede wird ein Eintrag in deinem Nachweisbuch, als beim Start angekreuzt kenntlich. Du kannst jede zurücknehmen.
check-none = Du hast nichts angekreuzt, was dein Nachweisbuch nicht schon sagt. Du fängst mit dem an, was es sagt.
check-entry = { $name } ({ $step })

entry-ticked = geglaubt, weil du es beim Start angekreuzt hast

begun-only =
    { $count ->
        [one] Eine Anforderung zählt nur, weil du sie angekreuzt hast
       *[other] { $count } Anforderungen zählen nur, weil du sie angekreuzt hast
    }, { $whole } davon ganz.
begun-prove = Was sie belegen würde: { $needs }. Öffne eine und trage den Nachweis ein.
begun-needs =
    { $count ->
        [one] eine mit einem Nachweis, { $trust }
       *[other] { $count } mit einem Nachweis, { $trust }
    }

error-too-many-known = Das ist mehr, als jemand von Hand ankreuzt: Lass einiges weg
