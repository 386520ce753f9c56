# Wörter der Suche.

search-title = Suche
search-label = Anforderungen, Notizen, Fähigkeiten und Lernquellen durchsuchen
search-short = Suche
search-example = docker, Résumé, rate limit …
search-do = Suchen
search-hint = Alle Wörter müssen passen, jedes als Anfang eines Wortes. Groß, klein und Akzente sind gleich. Mit / kommst du von jeder Seite hierher.
search-results = Was gefunden wurde
search-count =
    { $count ->
        [one] Ein Treffer.
       *[other] { $count } Treffer.
    }
search-nothing = Nichts passt zu „{ $words }“.
search-more =
    { $count ->
        [one] Noch einer
       *[other] Noch { $count }
    }
search-first-of = die ersten { $shown } von { $count }
search-all-kinds = Überall suchen
search-kind-requirement = Anforderungen
search-kind-note = Deine Notizen und Nachweise
search-kind-skill = Katalog
search-kind-resource = Woraus man lernt
search-subject-skill = Fähigkeit
search-subject-criterion = Kriterium von Projekten
search-subject-certification = Zertifikat
search-subject-topic = Gesprächsthema
search-own-path = auf deinem Lernpfad
search-in-guide = im Leitfaden
search-roles = { $count } Rollen
search-tips-title = Was sich hier finden lässt
search-tips = Anforderungen jeder Rolle, ob du ihr folgst oder nicht; deine eigenen Notizen und die Titel, Notizen und Links deines Nachweisbuchs; Fähigkeiten, Kriterien, Zertifikate und Themen des Katalogs; und woraus man lernt. Was andere geschrieben haben, wird nie gefunden.
