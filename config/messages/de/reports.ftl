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
report-col-recorded = Eingetragen
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
report-share = { $share } %
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

reports-csv = Kohorten als CSV
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

## Übersichten für Förderer

summaries-title = Übersichten für Förderer
summaries-lede = Ein Link zeigt jemandem ohne Konto, wie eine lernende Person oder die Zustimmenden der Kohorte stehen: Bereitschaft, Bereiche, Tempo. Nichts, was jemand geschrieben hat. Ohne Zustimmung zeigt er nichts, und von einer Kohorte nichts, bis fünf zustimmen.
summaries-none = Noch kein Link.
summary-new = Neuer Link
summary-new-hint = Lernende sehen auf ihrer Seite zum Teilen in dieser Kohorte, was für wen und bis wann gefragt ist, und entscheiden dort.
summary-of = Von wem
summary-of-cohort = die Kohorte: alle Zustimmenden zusammen
summary-of-former = jemand, der nicht mehr hier lernt
summary-label = Für wen
summary-label-hint = Lernende lesen es, bevor sie zustimmen: Hafenstiftung zum Beispiel.
summary-waits = wartet auf Zustimmung
summary-consented = zugestimmt
summary-consents =
    { $number ->
        [0] noch niemand stimmt zu
        [one] eine Person stimmt zu
       *[other] { $number } stimmen zu
    }
summary-asked = Was Förderer sehen möchten
summary-asked-lede = Diese Links hat jemand aus der Leitung für Menschen außerhalb gemacht. Was sie von dir zeigen, erlaubst du, und du beendest es, wann du willst.
summary-asked-learner = Von dir, mit Namen: Rolle, Bereitschaft, Bereiche, Tempo und wie viele deiner Einträge zählen, nach Vertrauen. Keine Titel, Notizen oder Links, und nichts, was du zurückhältst.
summary-asked-cohort = Von allen Zustimmenden, zusammen und ohne Namen: Mediane, und wie viele es von einer Art gibt, wo es mindestens fünf sind.
summary-you-consent = du stimmst zu
summary-you-do-not = nicht ohne dich
summary-consent = Zustimmen
summary-withdraw = Zurückziehen

summary-for = Für { $label }
summary-title = Übersicht
summary-waits-why = Diese Übersicht wartet auf die Zustimmung der lernenden Person. Bis dahin zeigt sie nichts.
summary-too-few = Weniger als fünf Lernende der Kohorte stimmen zu. Bis dahin zeigt sie nichts.
summary-no-path = Folgt keiner Rolle der Kohorte
summary-readiness = Bereitschaft
summary-proven = von 100 Punkten belegt,
summary-claimed = angegeben.
summary-entries = Einträge, die zählen
summary-paces = Tempo
summary-bands-claimed = Bereitschaft, angegeben
summary-bands-proven = Bereitschaft, belegt
summary-band = { $band } %
summary-not-told = nicht genannt
summary-cohort-lede = { $role }: { $learners } Lernende, die zustimmen, Mediane
summary-learner-hint = Belegt ist, was andere gesehen haben: Arbeiten, die man ansehen kann, Reviews, Nachweise. Angegeben ist dazu das eigene Wort. Die lernende Person hat dieser Seite zugestimmt und kann das jederzeit zurückziehen.
summary-cohort-hint = Belegt ist, was andere gesehen haben; angegeben ist dazu das eigene Wort. Was weniger als fünf teilen, wird nicht genannt, und auch nicht, was es verraten würde. Alle haben zugestimmt und können das jederzeit zurückziehen.

error-summary-gone = Dieser Link zeigt nichts: Er ist abgelaufen, wurde zurückgenommen oder war nie einer.
