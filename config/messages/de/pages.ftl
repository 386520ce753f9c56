# Die Seiten der Lernenden.

nav-path = Pfad
nav-readiness = Bereitschaft
nav-ledger = Nachweise
nav-settings = Einstellungen
nav-admin = Verwaltung

## Stand, Vertrauen, Können, Arten

state-open = Offen
state-locked = Gesperrt
state-doing = In Arbeit
state-claimed = Angegeben
state-proven = Belegt
state-expired = Abgelaufen

trust-none = kein Nachweis
trust-claimed = angegeben
trust-linked = verlinkt
trust-peer = von Kundigen geprüft
trust-mentor = von Mentoren geprüft
trust-verified = bestätigtes Zertifikat

step-aware = vertraut
step-working = geübt
step-independent = selbstständig
step-leading = anleitend

kind-skill = Fähigkeit
kind-project = Projekt
kind-certification = Zertifizierung
kind-topic = Gesprächsthema

evidence-claim = Angabe
evidence-link = Link
evidence-submission = Abgabe
evidence-review = Beurteilung
evidence-assessment = Einschätzung
evidence-certificate = Zertifikat
evidence-experience = Erfahrung
evidence-recall = Abfrage
evidence-retraction = Rücknahme

## Heute

home-next = Die nächsten drei
home-why = Warum diese?
home-points = Punkte
home-about = etwa { $time }
home-start = Anfangen
home-readiness = Bereitschaft
home-receipts = Belege
home-claimed = angegeben
home-proven = belegt
home-bar = { $claimed } Prozent angegeben, { $proven } Prozent belegt
home-target-by = { $goal } bis { $day }
home-nothing-next = Bis zu deinem Ziel fehlt nichts mehr. Setze es höher oder beginne einen weiteren Lernpfad.
home-welcome = Willkommen, { $name }. Wohin möchtest du?
home-welcome-lede = Wähle eine Rolle. Waymark zeigt, was sie verlangt, zählt, was du schon belegen kannst, und sagt, was als Nächstes zu tun ist.
home-other-path = Weiteren Lernpfad beginnen

## Einen Lernpfad beginnen

start-title = Lernpfad beginnen
start-roles = Installierte Rollen
start-role-facts =
    { $requirements ->
        [one] Eine Anforderung in { $areas } Bereichen, { $levels } Stufen
       *[other] { $requirements } Anforderungen in { $areas } Bereichen, { $levels } Stufen
    }
start-origin-builtin = in Waymark enthalten
start-origin-file = hier importiert
start-origin-plugin = aus dem Plugin { $plugin }
start-role-version = Version { $version }, { $origin }
start-choose = Diese Rolle wählen
start-taken = Dieser Rolle folgst du schon
start-level = Bis zu welcher Stufe
start-day = Bis wann
start-optional = wenn du magst
start-hours = Stunden in der Woche
start-rule = Bewertet durch
start-rule-builtin = Waymarks eigene Regel
start-rule-plugin = { $plugin } { $version }
start-members = Was du wählst, wo einiges genügt
start-members-lede = Kreuze an, was du lernst oder kannst. Lass eine Gruppe leer, und dein Bestes zählt.
start-any =
    { $need ->
        [one] eines von { $of }
       *[other] { $need } von { $of }
    }
start-do = Lernpfad beginnen
start-zone = Deine Tage richten sich nach { $zone }. Das kannst du in den Einstellungen ändern.

## Ein Lernpfad

path-eyebrow = Lernpfad · Vorlage { $version }, festgelegt · Ziel { $level }
path-eyebrow-by = Lernpfad · Vorlage { $version }, festgelegt · Ziel { $level } bis { $day }
path-claimed = { $points } % angegeben
path-proven = { $points } % belegt
path-to-go = noch { $points } Punkte
path-hours-to-go = etwa { $hours } bei deinen { $week } h in der Woche
path-days-left =
    { $days ->
        [one] noch ein Tag
       *[other] noch { $days } Tage
    }
path-views = Ansicht
path-view-list = Liste
path-view-readiness = Bereitschaft
path-view-settings = Ziel und Regel
path-filter = Liste filtern
path-words = Wörter
path-words-example = Rate, Cloud, Test
path-area = Bereich
path-areas-all = Alle { $count }
path-level = Stufe
path-levels-target = Bis zu meinem Ziel
path-levels-all = Alles
path-state = Stand
path-any = Alle
path-trust-below = Vertrauen unter
path-order = Reihenfolge
path-order-role = Wie in der Rolle
path-order-rate = Punkte je Stunde
path-order-missing = Fehlende Punkte
path-order-recent = Letzter Nachweis
path-show = Zeigen
path-count =
    { $count ->
        [0] Nichts passt. Weniger Wörter oder alle Stufen zeigen mehr.
        [one] Eine Anforderung, { $points } von 100 Punkten angegeben.
       *[other] { $count } Anforderungen, { $points } von 100 Punkten angegeben.
    }
path-caption = Anforderungen von { $role }
path-col-requirement = Anforderung
path-col-level = Stufe
path-col-state = Stand
path-col-trust = Vertrauen
path-col-points = Punkte
path-col-time = Zeit
path-area-points = { $claimed } von { $possible } Punkten angegeben, { $proven } belegt
path-group-any =
    { $need ->
        [one] eines von { $of }
       *[other] { $need } von { $of }
    }
path-group-met = erfüllt
path-points = { $claimed } von { $possible }
path-not-counted = zählt nicht
path-hidden-members = { $count } weitere, die du nicht gewählt hast
path-settings-title = Ziel und Regel
path-settings-lede = Beim Ändern geht nichts verloren: Das Nachweisbuch bleibt, die Bewertung wird neu berechnet.
path-settings-do = Speichern
path-saved = Gespeichert.

## Eine Anforderung

requirement-asks-for = verlangt: { $trust }
requirement-step = Können: { $step }
requirement-level = Stufe { $level }
requirement-what = Was verlangt wird
requirement-criteria = Kriterien
requirement-criteria-count = { $proven } von { $all } belegt, { $claimed } angegeben
requirement-evidence = Nachweise
requirement-no-evidence = Noch nichts. Eine Angabe dauert zehn Sekunden und lässt sich später belegen.
requirement-older = { $count ->
    [one] Ein älterer Eintrag
   *[other] { $count } ältere Einträge
}
requirement-add = Nachweis hinzufügen
requirement-kind = Art des Nachweises
requirement-kind-hint = Eine Angabe ist dein Wort. Einen Link kann man ansehen. Erfahrung ist eine Arbeit oder ein Studium, in dem du das getan hast.
requirement-url = Wo es zu finden ist
requirement-note = Was dazu zu wissen ist
requirement-note-hint = Markdown geht.
requirement-minutes = Aufgewendete Minuten
requirement-day = Tag
requirement-which = Welche Kriterien es zeigt
requirement-which-step = Wie gut du es kannst
requirement-issuer = Ausgestellt von
requirement-number = Nummer
requirement-issued = Ausgestellt am
requirement-expires = Gilt bis
requirement-name = Name des Zertifikats
requirement-record = Ins Nachweisbuch eintragen
requirement-record-hint = Einträge werden nie geändert. Einen Fehler berichtigt ein neuer Eintrag.
requirement-recorded = Es steht in deinem Nachweisbuch und zählt überall, wo dasselbe verlangt wird.
requirement-points = Punkte
requirement-of = von { $points }
requirement-beyond = Jenseits deines Ziels: Es zählt, wenn du das Ziel höher setzt.
requirement-spare = Ein anderes Mitglied dieser Gruppe hat den Platz; dieses zählt jetzt nicht.
requirement-claimed = Angegeben
requirement-proven = Belegt
requirement-missing = Noch zu holen
requirement-your-time = Deine Zeit
requirement-estimate = Schätzung
requirement-needs = Setzt voraus
requirement-needs-nothing = Nichts kommt davor.
requirement-unlocks = Was es freigibt
requirement-unlocks-nothing = Nichts wartet darauf.
requirement-also = Zählt auch für
requirement-resources = Lernmaterial
requirement-exams = Prüfungen, die es belegen
requirement-exams-checked = Unsere eigene Liste, durchgesehen am { $day }
requirement-notes = Notizen
requirement-notes-hint = Nur du siehst sie
requirement-doing = Ich arbeite daran
requirement-notes-save = Speichern
requirement-notes-saved = Gespeichert.
requirement-retract = Zurücknehmen
requirement-retract-named = Eintrag { $number } zurücknehmen
requirement-retracted = zurückgenommen
requirement-by = von { $name }
requirement-entry-number = Eintrag { $number }
requirement-expires-on = gilt bis { $day }
requirement-expired-on = am { $day } abgelaufen
requirement-blanked = Was hier stand, ist gelöscht.
requirement-sources = Quellen: { $sources }

## Bereitschaft

readiness-eyebrow = Bereitschaft für { $goal }, Stand { $day }
readiness-title = { $claimed } angegeben, { $proven } belegt
readiness-lede = Die gefüllte Fläche unten ist die Zahl: Eine Zeile ist so hoch, wie ihr Bereich wiegt, und so voll, wie du ihn belegt hast.
readiness-areas = Nach Bereichen
readiness-key-proven = belegt
readiness-key-claimed = nur angegeben
readiness-key-units = Punkte angegeben (belegt) / möglich
readiness-history = Seit { $day }
readiness-history-label = Bereitschaft von { $from } bis { $to }: angegeben von { $claimedFrom } auf { $claimed }, belegt von { $provenFrom } auf { $proven }.
readiness-history-one = Nach deinem zweiten Tag erscheint hier eine Linie.
readiness-today = heute
readiness-line-claimed = { $points } angegeben
readiness-line-proven = { $points } belegt
readiness-made = Wie sie zustande kommt
readiness-rule = Regel
readiness-template = Vorlage
readiness-input = Eingabe
readiness-card = Auswertung
readiness-fuel = Rechenschritte
readiness-same = Dieselbe Eingabe ergibt auf jedem Rechner dieselbe Auswertung. „waymark rescore --verify“ rechnet sie nach.
readiness-json = Als JSON
readiness-also = Auch bereit für
readiness-also-lede = Aus demselben Nachweisbuch, ohne eigenen Lernpfad. Erste Stufe, Waymarks eigene Regel.
readiness-receipts = Belege
readiness-receipts-caption = Belege, deren Summe die gezeigte Bereitschaft ist
readiness-col-weight = Möglich
readiness-col-evidence = Benutzte Nachweise
readiness-col-points = Punkte (belegt)
readiness-col-missing = Fehlt
readiness-col-add = Brächte
readiness-none-yet = noch keine
readiness-more-evidence = und { $count } weitere
readiness-sum = Summe
readiness-stale = Das ist die letzte gute Auswertung, vom { $day }.
readiness-stale-why = Die Regel { $rule } ist gescheitert: { $code }. Bei deinem nächsten Besuch wird sie wieder versucht.
readiness-rule-missing = Die Regel { $rule } ist ausgeschaltet oder nicht mehr installiert; ein Admin kann sie zurückholen, oder du wählst unter „Ziel und Regel“ eine andere.
readiness-stand-in = Waymarks eigene Regel springt ein.
readiness-stand-in-why = Die Regel { $rule } ist gescheitert: { $code }, und sie hat für diesen Lernpfad noch nie eine Auswertung geliefert.

## Nachweisbuch

ledger-title = Nachweisbuch
ledger-entries = Einträge, die neuesten zuerst
ledger-lede = Alles, was du eingetragen hast, das Neueste zuerst. Nichts wird geändert: Ein Fehler wird zurückgenommen und neu eingetragen.
ledger-empty = Dein Nachweisbuch ist leer
ledger-empty-lede = Fang mit dem an, was du schon kannst. Eine Angabe dauert zehn Sekunden und lässt sich später belegen.
ledger-empty-do = Rolle wählen
ledger-older = Ältere Einträge
ledger-count =
    { $count ->
        [one] Ein Eintrag
       *[other] { $count } Einträge
    }
ledger-retracted = Der Eintrag ist zurückgenommen. Er bleibt im Nachweisbuch und zählt nicht mehr.
ledger-takes-back = nimmt Eintrag { $number } zurück

## Gemeinsames

shell-crumbs = Du bist hier
form-not-taken = Noch nicht angenommen.
resource-course = Kurs
resource-book = Buch
resource-community = Gemeinschaft
resource-documentation = Dokumentation
resource-practice = Übung

ledger-recall = { $percent } Prozent der Karten des Themas behalten
