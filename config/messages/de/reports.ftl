# Berichte: eine Kohorte Woche für Woche, Kohorten nebeneinander, und was davon weitergegeben wird.

report-view = Bericht
report-over-time = Woche für Woche
report-printed = Stand { $day }
report-now = Jetzt
report-claimed-at = angegeben { $points }
report-proven-at = belegt { $points }
report-drawing = Bis Woche { $week }: Die Hälfte der Lernenden hat mindestens { $claimed } angegebene und mindestens { $proven } belegte Punkte.
report-key-claimed = angegeben: Median und mittlere Hälfte der Lernenden
report-key-proven = belegt: Median
report-key-plan = was der Plan verlangt
report-axis = Unter der Linie: Wochen der Kohorte.
report-too-young = Die Zeichnung beginnt, wenn eine Woche vorbei ist.
report-col-learners = Nehmen teil
report-col-claimed = Angegeben
report-col-proven = Belegt
report-col-recorded = Haben etwas eingetragen
report-col-reviews = Reviews
report-active = { $active } von { $of }
report-of = { $number } von { $of }
report-number-of = { $number } { $what }
report-range = { $low }–{ $high }
report-answered =
    { $number ->
        [one] eines beantwortet
       *[other] { $number } beantwortet
    }, { $days ->
        [0] am selben Tag
        [one] nach einem Tag
       *[other] nach { $days } Tagen
    }
report-answered-none = keines beantwortet
report-open =
    { $number ->
        [one] eines wartet
       *[other] { $number } warten
    }
report-share = { $share } %
report-days =
    { $days ->
        [0] am selben Tag
        [one] ein Tag
       *[other] { $days } Tage
    }
report-nothing = –
report-how = So ist er zu lesen
report-how-weeks = Jede Woche zeigt die Tafel, wie sie am Ende ihres letzten Tages war, aus dem, was bis dahin eingetragen war. Rolle, Plan und Bedingungen sind die von heute, damit alle Wochen gleich gemessen werden. Was eine Schule mitbrachte, zählt ab dem Tag, an dem es mitgebracht wurde.
report-how-spread = Zuerst der Median, dann vom unteren zum oberen Quartil, darunter vom niedrigsten zum höchsten Wert: von aktiven Lernenden mit einem Pfad.
report-how-recorded = Aktive Lernende, die in der Woche selbst etwas eingetragen haben. Was sie zurückhalten, zählt nicht.
report-how-reviews = Wie viele in der Woche beantwortet wurden, und der Median der Tage, die sie warteten.
report-exports = Exporte
report-csv = Wochen als CSV
report-json = Wochen als JSON
report-compare = Kohorten vergleichen
report-pseudonymous = Zum Weitergeben
report-pseudonymous-lede = Lernende unter Pseudonymen, in Stufen statt Zahlen, zum Stand der Woche. Kein Name, kein Tag, nichts, was jemand geschrieben hat. Was weniger als fünf Lernende teilen, fehlt, und ebenso eine weitere Anzahl, wenn sie sich sonst ausrechnen ließe. Pseudonyme sind in jedem Export dieselben; mehrere Stufen zusammen können jemandem, der eine lernende Person kennt, trotzdem sagen, welche Zeile ihre ist.
report-counts-csv = Anzahlen als CSV
report-pseudonyms-csv = Lernende als CSV
report-both-json = Beides als JSON

reports-title = Kohorten im Vergleich
reports-lede = Die Kohorten, die du begleitest, nebeneinander: jetzt und in derselben Woche einer jeden.
reports-none = Du begleitest keine Kohorte
reports-none-why = Mentorinnen, Mentoren und Leitende sehen hier ihre.
reports-in-week = Am Ende von Woche { $week }
reports-not-yet = noch nicht so weit
reports-col-cohort = Kohorte
reports-col-behind = Zurück oder still
reports-col-waited = Reviews warteten
reports-col-dropped = Ausgeschieden
reports-col-completed = Abgeschlossen
reports-how = Punkte und Tage sind Mediane. Zurück, still und eingetragen sind Anteile derer, die teilnehmen; ausgeschieden und abgeschlossen sind Anteile aller. Jede Kohorte wird an ihrer ersten Rolle gemessen.

error-too-few-learners = Weniger als fünf Lernende folgen hier dieser Rolle: Von ihnen wird nichts weitergegeben.
