# Eine andere Revision einer Rolle übernehmen.

upgrade-title = Eine neuere Revision
upgrade-lede = Was käme, ginge, umzöge und sich änderte, und wie bereit du danach wärst. Es geschieht nichts, bevor du es sagst.
upgrade-from-to = Von { $from } zu { $to }
upgrade-note = Revision { $version } dieser Rolle ist da.
upgrade-note-link = Ansehen, was sich ändern würde
upgrade-settings-undo = Eine neuere Revision wurde übernommen; du kannst zurückgehen
upgrade-none = Es gibt keine neuere Revision
upgrade-none-why = Dein Pfad folgt { $version }, der neuesten.
upgrade-compared = Was sich unterscheidet
upgrade-nothing-differs = Nichts, was verlangt wird, unterscheidet sich.
upgrade-guide = Auch der Leitfaden der Rolle (Tatsachen, Gehälter, Quellen, Material) unterscheidet sich. Keine Bewertung liest ihn.

upgrade-comes = Kommt
upgrade-goes = Geht
upgrade-moves = Zieht in eine andere Stufe oder Gruppe um
upgrade-changes = Verlangt oder wiegt anderes
upgrade-groups = Gruppen
upgrade-levels = Stufen
upgrade-count-comes =
    { $count ->
        [one] eine kommt
       *[other] { $count } kommen
    }
upgrade-count-goes =
    { $count ->
        [one] eine geht
       *[other] { $count } gehen
    }
upgrade-count-moves =
    { $count ->
        [one] eine zieht um
       *[other] { $count } ziehen um
    }
upgrade-count-changes =
    { $count ->
        [one] eine ändert sich
       *[other] { $count } ändern sich
    }
upgrade-stays =
    { $count ->
        [one] eine bleibt, wie sie ist
       *[other] { $count } bleiben, wie sie sind
    }
upgrade-col-name = Was
upgrade-col-place = Wo
upgrade-col-what = Wie
upgrade-col-note = Anmerkung
upgrade-col-before = Vorher
upgrade-col-after = Nachher

# $subjects is a list of names, $hours a duration.
upgrade-asks-for = { $subjects }; etwa { $hours }
upgrade-asks-also = verlangt auch { $subjects }
upgrade-asks-no-more = verlangt nicht mehr { $subjects }
upgrade-became-level = Stufe: { $from } → { $to }
upgrade-became-group = Gruppe: { $from } → { $to }
upgrade-became-trust = geringstes Vertrauen: { $from } → { $to }
upgrade-became-weight = Gewicht: { $from } → { $to }
upgrade-became-hours = Zeit: { $from } → { $to }
upgrade-became-name = Name: { $from } → { $to }
upgrade-became-step = Können: { $from } → { $to }
upgrade-became-need = wie viele genügen: { $from } → { $to }
upgrade-differs-parent = gehört zu einer anderen Gruppe
upgrade-differs-place = steht anderswo auf der Leiter
upgrade-differs-asks = ihre Teile wiegen anders
upgrade-differs-weight = wiegt anders
upgrade-differs-requires = andere Anforderungen kommen davor
upgrade-differs-words = ist anders formuliert
upgrade-differs-attributes = sagt der Regel eines Plugins etwas anderes
upgrade-need = beliebige { $need }
upgrade-need-all = alle
upgrade-group-comes = kommt
upgrade-group-goes = geht
upgrade-level-comes = kommt
upgrade-level-goes = geht

upgrade-readiness = Bereitschaft vorher und nachher
upgrade-readiness-why = Nach der eigenen Regel des Pfads, Stand heute. Nichts wird gespeichert.
upgrade-stand-in = Die Regel des Pfads versagt gerade; beide Zahlen sind die der eingebauten Regel.
upgrade-own = Was aus deinem Pfad wird
upgrade-evidence-stays = Alle Nachweise bleiben und zählen für alles, was sie verlangt.
upgrade-target = Deine Zielstufe wird { $to }; { $from } gibt es nicht mehr.
upgrade-put-aside = Nicht mehr gewählt, weil sie dort nicht zur Wahl stehen: { $names }.
upgrade-kept-unseen =
    { $count ->
        [one] Markierungen und Notizen zu einer Anforderung werden aufgehoben und nicht gezeigt, solange die Revision sie nicht hat.
       *[other] Markierungen und Notizen zu { $count } Anforderungen werden aufgehoben und nicht gezeigt, solange die Revision sie nicht hat.
    }
upgrade-do = { $version } übernehmen
upgrade-can-undo = Du kannst danach zurückgehen; nichts wird gelöscht.
upgrade-taken = Dein Pfad folgt jetzt { $version }.
upgrade-undo = Zurück zu { $version }
upgrade-undo-why = Übernommen am { $when }. Der Weg zurück bringt wieder, was beiseitegelegt wurde, und behält, was du seither geändert hast. Revisionen werden nie gelöscht, darum hat das keine Frist.
upgrade-undo-do = Zu { $version } zurückgehen
upgrade-undone = Dein Pfad folgt wieder { $version }.
upgrade-led = { $cohort } übernimmt Revisionen für alle Lernenden zugleich.
upgrade-led-why = Ihre Leitung entscheidet, damit Plan und Tafel alle an derselben Rolle messen. Was sich für dich ändern würde, steht hier.

## Für eine ganze Kohorte

upgrade-cohort-news = Neuere Revisionen
upgrade-cohort-news-newer = { $role }: { $version } ist da, die Kohorte folgt { $pinned }.
upgrade-cohort-news-astray =
    { $count ->
        [one] { $role }: Ein Pfad weicht von der Einrichtung ab.
       *[other] { $role }: { $count } Pfade weichen von der Einrichtung ab.
    }
upgrade-cohort-news-back = { $role }: { $pinned } wurde übernommen und kann zurückgenommen werden.
upgrade-cohort-news-link = Ansehen, was sich ändern würde
upgrade-cohort-news-back-link = Ansehen
upgrade-cohort-newer = { $role }: von { $from } zu { $to }
upgrade-cohort-along = { $role }: alle zu { $version }
upgrade-cohort-lede = Was käme, ginge, umzöge und sich änderte, und wie jede und jeder Lernende danach bewertet wäre. Es geschieht nichts, bevor du es sagst; dann geschieht es mit allen zugleich oder mit niemandem.
upgrade-cohort-caption = Lernende mit ihrer Bewertung vorher und nachher
upgrade-cohort-nobody = Noch nimmt niemand teil.
# $paths of all paths change, $scores of all scores move, $lower of them down.
upgrade-summary = Pfade, die sich ändern würden: { $paths }. Bewertungen, die sich bewegen würden: { $scores }, nach unten: { $lower }. Es sind die der Tafel: Was zurückgehalten wird, zählt nicht.
upgrade-cohort-stand-ins =
    { $count ->
        [one] Die Regel eines Pfads versagt gerade; für beide Zahlen springt die eingebaute ein.
       *[other] Die Regeln von { $count } Pfaden versagen gerade; für beide Zahlen springt die eingebaute ein.
    }
upgrade-cohort-staying =
    { $count ->
        [one] Eine Person, die ausgeschieden ist oder abgeschlossen hat, bleibt bei der Revision, die sie hat.
       *[other] { $count } Personen, die ausgeschieden sind oder abgeschlossen haben, bleiben bei der Revision, die sie haben.
    }
upgrade-weeks = Wochen des Plans
upgrade-weeks-hint = Wochen, die du gewählt hast, gehen mit ihrem Teil mit. Die von Teilen, die gehen, werden für den Weg zurück aufgehoben; was kommt, bekommt die vorgeschlagene Woche.
upgrade-weeks-same = Kein Teil bekommt eine andere Woche.
upgrade-week-none = nicht im Plan
upgrade-cohort-what = Was geschieht
upgrade-cohort-evidence-stays = Alle Nachweise bleiben, ebenso Markierungen, Notizen, Links und Minuten, auch zu dem, was geht.
upgrade-cohort-target = Die Zielstufe wird { $to }; { $from } gibt es nicht mehr.
upgrade-cohort-put-aside = Nicht mehr festgelegt, weil sie dort nicht zur Wahl stehen: { $names }.
upgrade-settings = Jeder Pfad bekommt auch, was eingerichtet ist. Ziel: { $level }. Bewertet von: { $rule }.
upgrade-settings-chosen = Jeder Pfad bekommt auch, was eingerichtet ist. Ziel: { $level }. Bewertet von: { $rule }. Gewählt: { $names }.
upgrade-settings-with = Jedem Pfad auch Zielstufe, Mitglieder und Regel geben, die eingerichtet sind
upgrade-settings-without = Pfaden ihre eigene Zielstufe, Wahl und Regel lassen
upgrade-along-do = Diese Pfade nachholen
upgrade-cohort-can-undo = Es lässt sich danach zurücknehmen, für alle zugleich.
upgrade-cohort-none = Es gibt nichts zu übernehmen.
upgrade-cohort-taken =
    { $count ->
        [one] Die Kohorte folgt { $version }. Ein Pfad ist umgezogen.
       *[other] Die Kohorte folgt { $version }. { $count } Pfade sind umgezogen.
    }
upgrade-cohort-undo-why = Übernommen am { $when }. Der Weg zurück nimmt alle mit, die teilnehmen oder pausieren und seither nichts anderes übernommen haben; Wochen und Mitglieder, die beiseitegelegt wurden, kommen wieder.
upgrade-cohort-undone =
    { $count ->
        [one] Die Kohorte folgt wieder { $version }. Ein Pfad ist zurückgegangen.
       *[other] Die Kohorte folgt wieder { $version }. { $count } Pfade sind zurückgegangen.
    }
upgrade-learner-stays = bleibt, wie er ist
upgrade-learner-target = eine andere Zielstufe
upgrade-learner-version = folgt jetzt { $version }
upgrade-learner-put-aside =
    { $count ->
        [one] eine Wahl wird beiseitegelegt
       *[other] { $count } Wahlen werden beiseitegelegt
    }

error-revision-changed = Die Revision ist nicht mehr die gezeigte; sieh sie dir noch einmal an
error-set-up-changed = Die Einrichtung ist nicht mehr die gezeigte; sieh sie dir noch einmal an
error-upgrade-by-lead = Die Leitung der Kohorte übernimmt Revisionen für alle zugleich
error-nothing-to-undo = Es gibt nichts, was sich zurücknehmen ließe
error-nothing-to-take-over = Es gibt nichts zu übernehmen
