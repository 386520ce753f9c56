# Kohorten: Einrichtung, Mitglieder, Plan, Tafel, und ein Pfad, der ruht.

nav-cohorts = Kohorten
cohorts-lede = Menschen, die zwischen zwei Tagen zusammen Pfaden folgen.
cohorts-none = Du gehörst zu keiner Kohorte
cohorts-none-why = Eine Leitung oder ein Admin nimmt dich auf oder schickt dir einen Link.
cohorts-none-admin = Lege daneben die erste an; sage dann, welchen Rollen sie folgt und wer dazugehört.
cohort-new = Neue Kohorte
cohort-new-do = Kohorte anlegen
cohort-new-then = Rollen, Unterrichtstage und Menschen kommen danach.
cohort-name = Name
cohort-starts = Erster Tag
cohort-ends = Letzter Tag
cohort-zone-hint = Dort endet ein Unterrichtstag um Mitternacht. Der Tag eines Eintrags ist der eigene der Lernenden.
cohort-ahead = noch nicht begonnen
cohort-over = vorbei
cohort-own-mentor = dein Mentor ist { $name }
cohort-runs = läuft
cohort-dates = { $first } bis { $last }
cohort-week = Woche { $week } von { $of }
cohort-views = Ansichten der Kohorte
cohort-view-board = Tafel
cohort-view-members = Mitglieder
cohort-view-plan = Plan
cohort-view-set-up = Einrichtung

cohort-standing = Stellung
cohort-standing-learner = Lernend
cohort-standing-mentor = Mentor
cohort-standing-lead = Leitung

cohort-state-active = aktiv
cohort-state-paused = pausiert
cohort-state-dropped = ausgeschieden
cohort-state-completed = abgeschlossen
cohort-state-moved = in eine andere Kohorte gewechselt
cohort-to-active = Wieder aktiv
cohort-to-paused = Pausiert
cohort-to-dropped = Ausgeschieden
cohort-to-completed = Abgeschlossen

## Tempo

cohort-pace-silent = still
cohort-pace-behind = zurück
cohort-pace-waiting = wartet
cohort-pace-on-pace = im Plan
cohort-pace-ahead = voraus
cohort-pace-resting = ruht
cohort-not-started = nicht begonnen
cohort-no-path = kein Pfad
cohort-why-silent =
    { $sessions ->
        [one] Seit einem eigenen Unterrichtstag nichts eingetragen; ab { $limit } gilt man als still.
       *[other] Seit { $sessions } eigenen Unterrichtstagen nichts eingetragen; ab { $limit } gilt man als still.
    }
# $points und $expected sind Punkte von hundert.
cohort-why-behind = { $points } Punkte unter den { $expected }, die der Plan bis jetzt verlangt.
cohort-why-waiting =
    { $days ->
        [0] Ein Review wartet seit heute.
        [one] Ein Review wartet seit einem Tag.
       *[other] Ein Review wartet seit { $days } Tagen.
    }
cohort-why-on-pace = Höchstens { $band } Punkte neben den { $expected }, die der Plan bis jetzt verlangt.
cohort-why-ahead = { $points } Punkte über den { $expected }, die der Plan bis jetzt verlangt.
cohort-why-not-started = Beginnt am { $day }.
cohort-why-no-path = Folgt keiner Rolle der Kohorte mit ihr.
# $state ist cohort-state-…
cohort-why-resting = { $state } seit { $day }: an nichts gemessen.
cohort-rules = Warum jemand steht, wo er steht
cohort-rule-silent =
    { $sessions ->
        [one] Still: seit einem eigenen Unterrichtstag nichts eingetragen.
       *[other] Still: seit { $sessions } eigenen Unterrichtstagen nichts eingetragen.
    }
cohort-rule-behind = Zurück: { $measure } liegt mehr als { $points } Punkte unter dem, was der Plan bis jetzt verlangt.
cohort-rule-waiting = Wartet: weder still noch zurück, und ein Review wartet auf einen Mentor.
cohort-rule-ahead = Voraus: mehr als { $points } Punkte über dem, was der Plan verlangt.
cohort-rule-calendar = Alle werden an ihrem eigenen Kalender gemessen: ab dem eigenen Beginn, ohne pausierte Tage, mit eigenen Stunden und eigener Verlängerung. Ein Unterrichtstag zählt, sobald er in der Zeitzone der Kohorte geendet hat.

## Tafel

cohort-people =
    { $learners ->
        [one] Eine lernende Person
       *[other] { $learners } Lernende
    }, { $guides ->
        [one] ein Mentor oder eine Leitung
       *[other] { $guides } Mentoren und Leitungen
    }.
cohort-alerts = Braucht dich
cohort-alert-silent =
    { $number ->
        [one] Eine Person ist still:
       *[other] { $number } Lernende sind still:
    }
cohort-alert-waiting =
    { $number ->
        [one] Eine Person wartet lange auf ein Review:
       *[other] { $number } Lernende warten lange auf ein Review:
    }
cohort-alert-behind =
    { $number ->
        [one] Eine Person liegt zurück:
       *[other] { $number } Lernende liegen zurück:
    }
cohort-and-more = { $names } und { $more } weitere
cohort-alert-show = Anzeigen
cohort-stand-ins =
    { $number ->
        [one] Die Bewertungsregel eines Pfads ist nicht zu haben; die eingebaute Regel springt ein.
       *[other] Die Bewertungsregeln von { $number } Pfaden sind nicht zu haben; die eingebaute Regel springt ein.
    }
cohort-filter = Tafel filtern
cohort-filter-pace = Nach Tempo filtern
cohort-filter-name = Name
cohort-mentor = Mentor
cohort-mentor-all = Alle
cohort-mentor-mine = Meine
cohort-mentor-none = Niemand
cohort-sort = Ordnen nach
cohort-sort-pace = Tempo, Schlechtestes zuerst
cohort-sort-readiness = Bereitschaft
cohort-sort-proven = Belegt
cohort-sort-seen = Letzte Aktivität
cohort-sort-name = Name
cohort-cells = Felder zeigen
cohort-cells-claimed = Angegeben
cohort-cells-proven = Belegt
cohort-count = { $shown } von { $of } Lernenden.
cohort-expected-claimed = Bis heute erwartet: { $points } angegeben.
cohort-expected-proven = Bis heute erwartet: { $points } belegt.
cohort-caption-claimed = Lernende nach Bereich: Prozent der Punkte, angegeben
cohort-caption-proven = Lernende nach Bereich: Prozent der Punkte, belegt
cohort-board-region = Tafel, seitlich zu rollen
cohort-legend = Prozent ab
cohort-legend-waits = ein Review wartet
cohort-empty = Niemand passt
cohort-empty-why = Niemand aus dieser Kohorte passt zum Filter, oder sie hat noch keine Lernenden.
cohort-col-learner = Lernende
cohort-col-pace = Tempo
cohort-col-ready = Bereitschaft
cohort-col-ready-both = angegeben, belegt
cohort-col-seen = Letzte Aktivität
cohort-never = nie
cohort-days-ago =
    { $days ->
        [0] heute
        [one] 1 Tag
       *[other] { $days } Tage
    }
cohort-median = Median
cohort-pages = Seiten der Tafel
cohort-shown = { $first }–{ $last } von { $of }
cohort-before = Zurück
cohort-after = Weiter
cohort-csv = CSV
cohort-json = JSON

## Lernende, eine Anforderung

cohort-to-learner = Was getan wurde
cohort-to-member = Mitgliedschaft
cohort-no-path-why = Es gibt noch keinen Pfad in der Rolle dieser Kohorte, oder er wird nicht geteilt.
cohort-claimed = { $points } angegeben
cohort-proven = { $points } belegt
cohort-receipts = Belege
cohort-area-points = { $claimed } angegeben, { $proven } belegt von { $of }
cohort-points-of = { $points } von { $of } Punkten
cohort-entries = Nachweise
cohort-entries-hint = Die Einträge, auf die sich die Belege stützen. Was zurückgehalten wird, zählt hier nicht und wird nicht gezeigt; Notizen, Minuten und andere Pfade bleiben privat.
cohort-entries-none = Noch stützt sich nichts auf Einträge.
cohort-facts = Auf einen Blick
cohort-fact-seen = Letzte Aktivität
cohort-fact-mentor = Mentor
cohort-fact-plan-ends = Eigener Plan endet
cohort-fact-zone = Zeitzone
cohort-reviews = Reviews
cohort-reviews-none = Um kein Review wurde gebeten.
cohort-review-answered = beantwortet am { $day }
cohort-review-waits = wartet seit { $day }
cohort-review-over = ohne Antwort beendet
cohort-planned = geplant für Woche { $week }, { $dates }
cohort-last-evidence = Letzter Nachweis
cohort-percent = { $percent } %

## Einrichtung

cohort-frame = Name und Tage
cohort-days = Unterrichtstage
cohort-weekdays = Wochentage
cohort-holidays = Ferien
cohort-holidays-hint = Tage ohne Unterricht. Ohne letzten Tag ist ein einzelner gemeint; eine leere Zeile ist keine.
cohort-holiday-first = Erster Tag
cohort-holiday-last = Letzter Tag
cohort-holiday-name = Was
cohort-roles = Rollen
cohort-roles-hint = Wer als lernend dazukommt, beginnt in jeder davon einen Pfad.
cohort-role-not = Nicht verfolgt
cohort-role-to = Bis { $level }
cohort-chosen = { $role }: Mitglieder, die die Schule festlegt
cohort-chosen-hint = Aus Gruppen, in denen einige genügen. Was offen bleibt, wählen die Lernenden.
cohort-rule-hint = Bewertet die Pfade, die Lernende mit der Kohorte beginnen.
cohort-pace-set-up = Tempo und Hinweise
cohort-measure = Am Plan gemessen
cohort-measure-claimed = angegebene Bereitschaft
cohort-measure-proven = belegte Bereitschaft
cohort-band = Punkte um den Plan
cohort-band-hint = Innerhalb so vieler Punkte ist man im Plan; 1 bis 50.
cohort-silent-after = Still nach
cohort-silent-hint = Unterrichtstage ohne Eintrag, 1 bis 60. Leer: niemand ist still.
cohort-waiting-after = Wartende Reviews melden nach
cohort-waiting-hint = Tage, 1 bis 60. Leer: nicht melden.
cohort-copy = Für den nächsten Durchgang kopieren
cohort-copy-hint = Nimmt Rollen, Unterrichtstage, Regeln und Plan mit, und keine Menschen.
cohort-copy-do = Kopie anlegen

## Mitglieder

cohort-guides = Mentoren und Leitungen
cohort-guides-none = Es gibt noch keine.
cohort-load =
    { $learners ->
        [0] keine eigenen Lernenden
        [one] eine eigene lernende Person
       *[other] { $learners } eigene Lernende
    }
cohort-unassigned =
    { $learners ->
        [one] Eine aktive lernende Person hat keinen eigenen Mentor.
       *[other] { $learners } aktive Lernende haben keinen eigenen Mentor.
    }
cohort-learners = Lernende
cohort-learners-none = Es gibt noch keine.
cohort-since = seit { $day }
cohort-terms = Eigener Kalender
cohort-terms-start = beginnt am { $day }
cohort-terms-factor = { $percent } % der Stunden
cohort-terms-extension =
    { $sessions ->
        [one] einen Unterrichtstag länger
       *[other] { $sessions } Unterrichtstage länger
    }
cohort-mentor-of = Mentor von { $name }
cohort-assign = Zuweisen
cohort-assign-named = Mentor von { $name } zuweisen
cohort-add = Jemanden aufnehmen
cohort-add-hint = Wer ein Konto hat, ist sofort dabei. Lernende beginnen einen Pfad in jeder Rolle der Kohorte, der sie nicht schon allein folgen.
cohort-add-do = Aufnehmen
cohort-history = Verlauf
# $first und $next sind Tage; der Abschnitt endet am Tag vor $next.
cohort-span = ab { $first }, bis { $next }
cohort-span-open = seit { $first }
cohort-moved-to = Gewechselt zu { $cohort }.
cohort-terms-hint = Der Plan wird daran gemessen, und alles Fällige verschiebt sich mit ihm.
cohort-starts-own = Eigener Beginn
cohort-starts-own-hint = Leer: der erste Tag der Kohorte.
cohort-factor = Stunden in Prozent
cohort-factor-hint = 50: der Plan braucht doppelt so viele Unterrichtstage.
cohort-extension = Verlängerung in Unterrichtstagen
cohort-extension-hint = Alles ist um so viele Unterrichtstage später fällig.
cohort-change = Zustand ändern
cohort-change-hint = Eine Pause verschiebt den Plan um ihre Unterrichtstage und hält Digests und Hinweise an.
cohort-from-day = Ab
cohort-from-day-hint = Leer: heute. Nachträglich geht, im Voraus nicht.
cohort-reason = Grund
cohort-reason-hint = Die Lernenden sehen ihn im Export ihrer Daten.
cohort-change-do = Ändern
cohort-move = In eine andere Kohorte wechseln
cohort-move-hint = Pfad, Nachweise und Reviews gehen mit.
cohort-move-to = Nach
cohort-move-do = Wechseln

## Plan

cohort-plan-lede = Jeder Teil der Rolle bekommt eine Woche. Geplantes ist fällig, wenn seine Woche vorbei ist, im eigenen Kalender der Lernenden; ein leeres Feld folgt dem Vorschlag.
cohort-plan-do = Plan behalten
cohort-plan-reset = Alles wie vorgeschlagen
cohort-plan-week = Woche
cohort-plan-week-number = Woche { $week }
cohort-sessions =
    { $sessions ->
        [0] kein Unterricht
        [one] ein Unterrichtstag
       *[other] { $sessions } Unterrichtstage
    }
# $points sind Punkte von hundert.
cohort-asked-by-then = { $points } Punkte bis zu ihrem Ende
cohort-week-of = Woche von { $name }
cohort-suggested = vorgeschlagen: { $week }
cohort-plan-none = Keine Rolle, kein Plan
cohort-plan-none-why = Eine Leitung sagt in der Einrichtung, welchen Rollen die Kohorte folgt.

## Ein Pfad, der ruht

path-rest-title = Diesen Pfad pausieren
path-rest-hint = Solange er ruht, erzählt kein Digest von ihm, und dein Zieltag rückt um die Tage weiter.
path-rest-last = Bis
path-rest-do = Ab heute pausieren
path-rests = Dieser Pfad ruht seit { $first }.
path-rests-until = Dieser Pfad ruht von { $first } bis { $last }.
path-go-on = Heute weitermachen
