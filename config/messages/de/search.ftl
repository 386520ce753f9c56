# Wörter der Suche.

search-title = Suche
search-label = Anforderungen, Notizen, Fragen, Fähigkeiten und Lernmaterial durchsuchen
search-short = Suche
search-example = docker, Lebenslauf, rate limit …
search-do = Suchen
search-hint = Alle Wörter müssen passen, jedes als Anfang eines Worts. Auf Großschreibung und Akzente kommt es nicht an. Mit / kommst du von jeder Seite hierher.
search-results = Was gefunden wurde
search-count =
    { $count ->
        [one] Ein Treffer.
       *[other] { $count } Treffer.
    }
search-nothing = Nichts passt zu „{ $words }“.
search-more =
    { $count ->
        [one] Ein weiterer
       *[other] { $count } weitere
    }
search-first-of = die ersten { $shown } von { $count }
search-all-kinds = Überall suchen
search-kind-requirement = Anforderungen
search-kind-note = Deine Notizen und Nachweise
search-kind-question = Fragen aus Gesprächen
search-kind-skill = Katalog
search-kind-resource = Lernmaterial
search-subject-skill = Fähigkeit
search-subject-criterion = Kriterium von Projekten
search-subject-certification = Zertifizierung
search-subject-topic = Gesprächsthema
search-own-path = in deinem Lernpfad
search-in-guide = im Leitfaden der Rolle
search-roles = { $count } Rollen
search-tips-title = Was sich hier finden lässt
search-tips = Anforderungen aller Rollen, ob du ihnen folgst oder nicht; deine eigenen Notizen und Links sowie Titel, Notizen und Links deines Nachweisbuchs; Fragen aus Gesprächen und deine eigenen Karten; die Fähigkeiten, Kriterien, Zertifizierungen und Themen des Katalogs; und das Lernmaterial. Was andere geschrieben haben, wird nie gefunden.
