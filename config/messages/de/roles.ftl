# Wörter des Rollenkatalogs und des Leitfadens jeder Rolle.

nav-roles = Rollen
roles-title = Rollen
roles-lede = Die Rollen, denen du hier folgen kannst. Was du für eine belegt hast, zählt für alle.
role-count-requirements =
    { $count ->
        [one] eine Anforderung
       *[other] { $count } Anforderungen
    }
role-count-areas =
    { $count ->
        [one] ein Bereich
       *[other] { $count } Bereiche
    }
role-count-levels =
    { $count ->
        [one] eine Stufe
       *[other] { $count } Stufen
    }
role-ready = { $claimed } % bereit
role-ready-level = für { $level } nach dem, was du eingetragen hast, { $proven } % belegt
role-read = Leitfaden lesen
role-read-named = Leitfaden lesen: { $role }
role-path = Deinen Lernpfad öffnen
role-path-named = Deinen Lernpfad öffnen: { $role }
role-start = Diesen Lernpfad beginnen
role-start-named = Diesen Lernpfad beginnen: { $role }

guide-title = Leitfaden: { $role }
guide-eyebrow =
    { $sources ->
        [one] Version { $version }, { $origin } · Angaben aus einer Quelle
       *[other] Version { $version }, { $origin } · Angaben aus { $sources } Quellen, jede mit ihrer eigenen
    }
guide-aliases = Heißt auch: { $aliases }
guide-other-revision = Dein Lernpfad folgt Version { $pinned }; das hier ist Version { $shown }.
guide-on-this-page = Auf dieser Seite
guide-aside = Wo du stehst und wohin es führt
guide-source-named = Quelle { $source }
guide-says-both = { $source } sagt beides

guide-part-work = Worin die Arbeit besteht
guide-part-ladder = Die Stufen
guide-part-pay = Was sie einbringt
guide-part-asks = Was sie verlangt
guide-part-roads = Wohin sie führt
guide-part-prepare = Bewerbung und Umgang
guide-part-exams = Genannte Prüfungen
guide-part-resources = Woraus sich lernen lässt
guide-part-ways-in = Wege hinein
guide-part-sides = Die Arbeit und ihre zwei Seiten
guide-part-market = Der Markt
guide-part-sources = Quellen

guide-duties = Aufgaben
guide-ladders = Andere Stufenfolgen
guide-seniority = Was mit wachsender Erfahrung verlangt wird
guide-soft-skills = Umgang mit anderen
guide-practice = Üben
guide-next-steps = Nächste Schritte, der Reihe nach
guide-phases = Abschnitte des Lernens
guide-gaps = Woran es oft fehlt
guide-specialisations = Spezialisierungen
guide-education = Ausbildung
guide-growth = Wachstum
guide-openings = Offene Stellen
guide-market-now = Der Markt heute
guide-trends = Entwicklungen
guide-employers = Genannte Arbeitgeber
guide-sectors = Branchen
guide-setting = Ort, Rhythmus, Arbeitszeit
guide-upsides = Was dafür spricht
guide-downsides = Was dagegen spricht
guide-questions = Fragen von Neulingen
guide-ways-in = Wege hinein
guide-elsewhere = Anderswo arbeiten

guide-years = { $from }–{ $to } Jahre
guide-years-more = { $from }+ Jahre
guide-ladder-hint = Jahre überschneiden sich, wo die Quelle es so sagt, und versperren nichts.
guide-your-target = dein Ziel
guide-rung-ready = Du: { $claimed } % angegeben, { $proven } % belegt bis hierher

guide-pay-unit = { $currency } im Jahr
guide-pay-note = Was Quellen sagen, steht nebeneinander und wird nie gemittelt.
guide-pay-never-counts = Das Gehalt zählt nie für die Bereitschaft.
guide-pay-legend = Ein gestricheltes Ende heißt „und mehr“; ein Punkt ist eine einzelne Zahl.
guide-pay-no-level = Ohne Stufe
guide-pay-places = Nach Orten
guide-pay-places-hint = Gezeichnet nach ihrem Wert in { $currency }, wie ihn die Quelle angibt
guide-pay-line = { $source } { $figure }
guide-pay-figure = { $figure } { $currency }
guide-pay-about = (etwa { $figure } USD)
guide-pay-median = Median { $amount }
guide-pay-average = Durchschnitt { $amount }
guide-pay-over = über { $amount }
guide-pay-open = { $range }+
guide-pay-medians = { $range } (Mediane)
guide-pay-range = { $low }–{ $high }
guide-pay-thousands = { $amount } Tsd.
guide-pay-millions = { $amount } Mio.
guide-pay-apart = { $lower } und { $upper } überschneiden sich nicht: { $top } ist das obere Ende der einen, { $floor } das untere der anderen.
guide-pay-floors = Die unteren Enden liegen auseinander: { $lowest } ({ $of }) und { $highest } ({ $and }).
guide-pay-within = { $source } widerspricht sich: { $figure } liegt außerhalb der eigenen Spanne { $range }.
guide-pay-table = Dasselbe als Tabelle
guide-pay-col-level = Stufe
guide-pay-col-source = Quelle
guide-pay-col-word = Ihr eigenes Wort
guide-pay-col-figure = Im Jahr
guide-pay-col-place = Ort und Zeit

guide-next-hint = Mit deinem Stand.
guide-next-hint-empty = Folge der Rolle, und jeder Schritt zeigt, wo du stehst.
guide-gaps-hint = Häufige Lücken, die die Quellen nennen.
guide-you = du: { $claimed } %
guide-ready = { $claimed } % bereit
guide-not-installed = hier kein Leitfaden
guide-roads-up = Aufwärts
guide-roads-sideways = Seitwärts
guide-roads-related = Verwandt
guide-roads-label = Wege von { $role } zu anderen Rollen; die Liste darunter enthält dasselbe
guide-roads-key = Ein gefüllter Halt hat hier einen Leitfaden; gestrichelte Wege führen zu verwandten Rollen.

guide-asks-own = Jede führt zu ihrer Stelle in deinem Lernpfad.
guide-asks-hint = Stufen bis zu deinem Ziel zählen; sonst versperrt sie nichts.
guide-asks-texts = Lies, was jede davon verlangt
guide-asks-title = Was { $role } verlangt
guide-asks-state = { $begun } begonnen, { $proven } belegt
guide-kind-certification = Zertifikat
guide-kind-topic = Gesprächsthema
guide-kind-project =
    { $count ->
        [one] Projekt, ein Kriterium
       *[other] Projekt, { $count } Kriterien
    }
guide-resources-documentation = Dokumentation und Standards
guide-resources-books = Bücher
guide-resources-courses = Kurse
guide-resources-practice = Übung
guide-resources-communities = Gemeinschaften
guide-exams-checked = Durchgesehen am { $day }
guide-exam-valid =
    { $months ->
        [one] einen Monat gültig
       *[other] { $months } Monate gültig
    }
guide-sources-hint = Mit dem, was wir über ihre Schwächen wissen.
