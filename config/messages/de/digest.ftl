# Der Überblick für Lernende. $span ist day, week oder month: wie lang der Zeitraum ist.

digest-subject =
    { $span ->
        [day] Dein Tag: { $claimed } angegeben, { $proven } belegt, und wie es weitergeht
        [month] Dein Monat: { $claimed } angegeben, { $proven } belegt, und wie es weitergeht
       *[week] Deine Woche: { $claimed } angegeben, { $proven } belegt, und wie es weitergeht
    }
digest-subject-bare =
    { $span ->
        [day] Dein Tag, und wie es weitergeht
        [month] Dein Monat, und wie es weitergeht
       *[week] Deine Woche, und wie es weitergeht
    }

digest-headline-more-proven =
    { $span ->
        [day] { $name }, du kannst mehr belegen als gestern
        [month] { $name }, du kannst mehr belegen als vor einem Monat
       *[week] { $name }, du kannst mehr belegen als vor einer Woche
    }
digest-headline-more-claimed =
    { $span ->
        [day] { $name }, du kannst mehr als gestern
        [month] { $name }, du kannst mehr als vor einem Monat
       *[week] { $name }, du kannst mehr als vor einer Woche
    }
digest-headline =
    { $span ->
        [day] { $name }, das war dein Tag
        [month] { $name }, das war dein Monat
       *[week] { $name }, das war deine Woche
    }

digest-preheader-moved = { $claimed } angegeben und { $proven } belegt.
digest-preheader-next = Als Nächstes: { $name }, etwa { $effort }, { $gain } Punkte.

digest-percent = { $points } %
digest-claimed = angegeben
digest-proven = belegt
digest-before =
    { $span ->
        [day] { $points } am Tag davor
        [month] { $points } vor einem Monat
       *[week] { $points } vor einer Woche
    }
digest-first-score = erste Bewertung
digest-bar = { $proven } % belegt, { $claimed } % angegeben

digest-to-go = { $goal }: noch { $points } Punkte.
digest-done = { $goal }: Es ist nichts mehr offen.
digest-deadline =
    { $days ->
        [0] { $goal } bis { $day }: Heute ist der Tag, es fehlen noch { $points } Punkte.
        [one] { $goal } bis { $day }: noch { $days } Tag und { $points } Punkte.
       *[other] { $goal } bis { $day }: noch { $days } Tage und { $points } Punkte.
    }
digest-deadline-over = { $goal } bis { $day }: Der Tag ist vorbei, es fehlen noch { $points } Punkte. Wähle einen neuen, wenn es dir passt.

digest-actions =
    { $count ->
        [1] Nächster Schritt
        [2] Die nächsten zwei Schritte
       *[other] Die nächsten drei Schritte
    }
digest-action-detail = { $area }, etwa { $effort }
digest-open-today = „Heute“ öffnen
digest-today-page = Die Seite „Heute“:

digest-changed = Was sich geändert hat
digest-change-claim = angegeben
digest-change-link = verlinkt
digest-change-submission = abgegeben
digest-change-review =
    { $trust ->
        [mentor] von Mentoren anerkannt
        [verified] bestätigt
       *[peer] von Kundigen anerkannt
    }
digest-change-assessment = von Mentoren eingeschätzt
digest-change-certificate =
    { $trust ->
        [verified] Zertifikat bestätigt
       *[other] Zertifikat eingetragen
    }
digest-change-experience = Erfahrung eingetragen
digest-change-recall = abgefragt
digest-change-retraction = zurückgenommen
digest-change-unnamed = Ein Eintrag
digest-change-detail = { $what }, { $day }
digest-more-changes =
    { $count ->
        [one] Und noch { $count } Eintrag in deinem Nachweisbuch.
       *[other] Und noch { $count } Einträge in deinem Nachweisbuch.
    }

digest-questions = Wartet auf deine Antwort
digest-question-work = habt ihr „{ $title }“ zusammen gemacht?
digest-question-work-untitled = habt ihr eine Arbeit zusammen gemacht?
digest-question-summary = darf { $label } eine Übersicht über deinen Fortschritt lesen?

digest-reviews = Eingegangene Beurteilungen
digest-review = { $met } von { $all } Kriterien erfüllt ({ $names }), { $day }

digest-lapsing = Läuft ab
digest-lapsed = abgelaufen am { $day }
digest-lapses =
    { $days ->
        [0] gilt noch heute
        [one] gilt bis { $day }, noch { $days } Tag
       *[other] gilt bis { $day }, noch { $days } Tage
    }

digest-why = Du bekommst das { $schedule }, von { $instance }.
digest-change-when = Zeiten ändern
digest-unsubscribe = Abmelden
digest-cards =
    { $count ->
        [one] Eine Lernkarte ist fällig.
       *[other] { $count } Lernkarten sind fällig.
    }
