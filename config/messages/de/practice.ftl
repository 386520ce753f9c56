# Üben fürs Fachgespräch: was fällig ist, Karten, eigene Stapel, Probegespräche.

nav-practice = Üben

practice-title = Üben
practice-views = Ansichten des Übens
practice-due-view = Fällig
practice-decks = Stapel
practice-due =
    { $count ->
        [one] Eine Karte zu beantworten
       *[other] { $count } Karten zu beantworten
    }
practice-count-learning =
    { $count ->
        [one] eine angefangen
       *[other] { $count } angefangen
    }
practice-count-reviews = { $count } fällig
practice-count-new = { $count } neu
practice-start = Anfangen
practice-finish = Hier aufhören und werten
practice-finish-hint = Was du geübt hast, zählt für deine Bereitschaft, wenn von seinem Thema für heute nichts mehr übrig ist oder wenn du hier aufhörst.
practice-finished = Was du geübt hast, zählt jetzt.
practice-all-done = Für jetzt ist nichts mehr übrig. Gut gemacht.
practice-nothing-due = Nichts ist fällig
practice-nothing-due-lede = Karten kommen wieder, wenn du sie gerade vergessen würdest. Die übrigen Fragen eines Themas lassen sich unten üben.
practice-waits = Die nächste Karte kommt wieder am { $at }.
practice-nothing-there = Es gibt noch keine Karten
practice-nothing-there-lede = Importiere einen eigenen Stapel oder bitte einen Admin, eine Rolle zu installieren, die Fragen mitbringt.
practice-topics = Themen
practice-topic = Thema
practice-answered = Bisher beantwortet
practice-new = Neu
practice-start-topic = Üben
practice-no-topic = Ohne Thema
practice-seen = { $seen } von { $cards }
practice-seen-bar = { $seen } von { $cards } Karten bisher beantwortet
practice-limits = Grenzen für einen Tag
practice-new-a-day = Neue Karten
practice-reviews-a-day = Fällige Karten
practice-limits-hint = Was übrig bleibt, kommt morgen. Neue Karten kommen aus den Themen, die deine Lernpfade verlangen, und aus deinen eigenen Stapeln.
practice-limits-save = Grenzen speichern
practice-limits-saved = Die Grenzen sind gespeichert.
practice-suspended-title = Ausgesetzte Karten
practice-suspended-hint = Sie werden nicht gefragt, bis du sie wieder aufnimmst. Ein Quälgeist wurde achtmal vergessen: Schreib ihn um, teile ihn auf oder lerne ihn zuerst auf andere Art.
practice-leech = Quälgeist
practice-lapses =
    { $count ->
        [one] einmal vergessen
       *[other] { $count }-mal vergessen
    }
practice-resume = Wieder aufnehmen
practice-resumed = Die Karte wird wieder gefragt.
practice-more-suspended = Und { $count } weitere.

practice-left =
    { $count ->
        [one] die letzte für jetzt
       *[other] noch { $count }
    }
practice-answer = Deine Antwort, wenn du magst
practice-answer-hint = Sag sie laut oder schreib sie auf. Sie steht neben der Lösung und wird nicht aufbewahrt.
practice-reveal = Antwort zeigen
practice-your-answer = Deine Antwort
practice-covers = Was zu einer guten Antwort gehört
practice-front = Vorderseite
practice-back = Rückseite
practice-how = Wie ging es?
practice-again = Nochmal
practice-hard = Schwer
practice-good = Gut
practice-easy = Leicht
practice-keys = Auch die Tasten 1 bis 4 antworten.
practice-in-minutes = { $count } min
practice-in-days =
    { $count ->
        [one] 1 Tag
       *[other] { $count } Tage
    }
practice-in-months =
    { $count ->
        [one] 1 Monat
       *[other] { $count } Monate
    }
practice-in-years =
    { $count ->
        [one] 1 Jahr
       *[other] { $count } Jahre
    }
practice-bury = Heute nicht
practice-buried = Diese Karte kommt morgen wieder.
practice-suspend = Aussetzen
practice-suspended = Diese Karte ist ausgesetzt.
practice-leech-note = Diese Karte wurde so oft vergessen, dass sie jetzt ausgesetzt ist. Finde einen anderen Weg, sie zu lernen, und nimm sie dann wieder auf.

practice-own-decks = Deine Stapel
practice-no-decks = Noch keine.
practice-shipped-decks = Stapel, die mit Rollen kamen
practice-shipped-hint = Ihre Fragen haben wir selbst geschrieben; neue kommen aus den Themen, die deine Lernpfade verlangen.
practice-cards =
    { $count ->
        [0] keine Karten
        [one] eine Karte
       *[other] { $count } Karten
    }
practice-import = Stapel importieren
practice-import-do = Zuerst ansehen
practice-deck-name = Name des Stapels
practice-name = Name
practice-file = Datei
practice-file-hint = CSV mit den Spalten front, back und, wenn du magst, topic; oder Ankis Export „Notizen als reiner Text“. Höchstens 512 KB.
practice-topic-for-all = Thema
practice-topic-hint = Für Karten, die keines nennen. Karten eines Themas zählen für deine Bereitschaft darin.
practice-preview = { $name }: was daraus würde
practice-from-anki = Ein Export aus Anki.
practice-preview-counts = { $added } kommen dazu, { $known } stehen doppelt da, { $refused } gehen nicht.
practice-preview-do =
    { $count ->
        [one] Eine Karte hinzufügen
       *[other] { $count } Karten hinzufügen
    }
practice-preview-cancel = Andere Datei wählen
practice-preview-wrong = Ausgelassen
practice-preview-good = Kommt dazu
practice-line = Zeile
practice-why = Warum
practice-row-added = kommt dazu
practice-row-known = Dieselbe Vorderseite steht schon da.
practice-row-wrong = { $field }: { $what }.
practice-more-rows =
    { $count ->
        [one] Und eine weitere Zeile.
       *[other] Und { $count } weitere Zeilen.
    }
practice-imported = Der Stapel ist da, und seine Karten gehören zu den neuen.
practice-deck-deleted = Der Stapel ist gelöscht.
practice-cards-title = Karten
practice-no-cards = Noch keine Karten.
practice-deck-edit = Dieser Stapel
practice-deck-rename = Umbenennen
practice-deck-delete = Diesen Stapel löschen
practice-deck-delete-hint = Mit seinen Karten und allem, was du davon behalten hast.
practice-card-add = Karte hinzufügen
practice-card-add-do = Hinzufügen
practice-card-edit = Karte bearbeiten
practice-card-save = Speichern
practice-card-delete = Diese Karte löschen

interview-title = Probegespräche
interview-teaser = Einige Fragen hintereinander, mit Uhr und Notizen.
interview-lede = Fragen hintereinander wie im Fachgespräch: eine Uhr, deine Notizen, dann was zu einer guten Antwort gehört und dein eigenes Urteil.
interview-new = Eines beginnen
interview-questions = Fragen
interview-minutes = Minuten für jede
interview-minutes-hint = 0: keine Grenze.
interview-topics-hint = Keines angekreuzt: alle.
interview-start = Gespräch beginnen
interview-earlier = Frühere
interview-none = Noch keine.
interview-count =
    { $count ->
        [one] eine Frage
       *[other] { $count } Fragen
    }
interview-go-on = Weiter
interview-deleted = Das Gespräch ist gelöscht.
interview-question-of = Frage { $position } von { $of }
interview-opened = Geöffnet am { $at }
interview-limit =
    { $count ->
        [one] Versuche, innerhalb einer Minute zu antworten.
       *[other] Versuche, innerhalb von { $count } Minuten zu antworten.
    }
interview-notes = Notizen
interview-notes-hint = Bleiben beim Gespräch, nur für dich.
interview-answered = Ich habe geantwortet
interview-judge = Wie war deine Antwort?
interview-mark-missed = Verfehlt
interview-mark-partly = Teilweise
interview-mark-good = Gut
interview-good = { $count } gut
interview-partly = { $count } teilweise
interview-missed = { $count } verfehlt
interview-took = { $minutes }:{ $seconds } Minuten
interview-of = Gespräch vom { $when }
interview-delete = Dieses Gespräch löschen
