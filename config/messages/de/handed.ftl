# Abgegebene Arbeiten: ihre Dateien, und Links, die einen Commit nennen.

files-title = Dateien
files-there = Mit dieser Arbeit abgegeben
files-none = Noch keine Datei.
files-more = Dateien abgeben
files-do = Dateien hinzufügen
files-field = Dateien
files-hint = PDF, PNG, JPEG oder reiner Text, je bis zu 10 MB, fünf je Abgabe.
files-added = Die Dateien sind da.
files-removed = Die Datei ist weg.
files-wrong = { $name }: { $why }.
files-room = { $used } von deinen { $quota } für Dateien sind belegt.
files-full = Es sind { $most } Dateien; mehr hat eine Abgabe nicht.
files-closed = Was beurteilt oder zurückgenommen ist, bekommt keine Dateien mehr. Gib die Arbeit mit dem, was neu ist, noch einmal ab.
files-who-sees = Zu sehen für alle, die diese Arbeit beurteilen: Mentoren deiner Kohorte, und wem du einen Link gibst. Sie werden heruntergeladen, nie auf einer Seite gezeigt.
file-facts = { $kind }, { $size }
file-kind-pdf = PDF
file-kind-png = PNG
file-kind-jpeg = JPEG
file-kind-text = Text
file-size-kb = { $size } KB
file-size-mb = { $size } MB

link-commit = Commit
link-commit-hint = Der ganze Hash (git rev-parse HEAD), dann zeigt der Link genau das. Bekannt: GitHub, GitLab, Codeberg und Forgejo, Bitbucket, sourcehut.
link-pinned = festgelegt auf { $commit }
link-moving = kann sich nach der Beurteilung ändern

error-attachment-empty = diese Datei ist leer
error-attachment-kind-unknown = das ist weder PDF, PNG, JPEG noch reiner Text in UTF-8
error-attachment-name-differs = ihre Endung sagt etwas anderes, als ihr Inhalt ist
error-attachment-too-large = eine Datei hat höchstens 10 MB
error-attachments-closed = Diese Arbeit wurde beurteilt, geleert oder zurückgenommen; gib sie mit dem, was neu ist, noch einmal ab
error-attachments-quota = Dafür ist unter deinen Dateien kein Platz mehr; entferne welche, die nicht mehr gebraucht werden
error-attachments-too-many = Eine Abgabe hat höchstens fünf Dateien
error-commit-malformed = Das ist nicht der ganze Hash eines Commits: 40 hexadezimale Ziffern, oder 64
error-link-cannot-pin = Wie eine Adresse dieser Art einen Commit nennt, wissen wir nicht; lass den Commit weg
error-link-names-another-commit = Der Link nennt einen anderen Commit

own-data-section-attachments = Dateien deiner Arbeiten: Sie kommen in eigenen Archiven. Bring diese danach.
own-data-files = Dateien deiner Arbeiten, Teil { $part }
own-data-files-in =
    { $count ->
        [one] Eine Datei, { $size }. Bring sie nach dem Dokument, in dem die Arbeit steht.
       *[other] { $count } Dateien, { $size }. Bring sie nach dem Dokument, in dem die Arbeiten stehen.
    }
own-data-as-archive = Archiv
import-finding-file-new =
    { $count ->
        [one] Eine Datei
       *[other] { $count } Dateien
    }
import-finding-file-known =
    { $count ->
        [one] Eine Datei, die schon hier ist
       *[other] { $count } Dateien, die schon hier sind
    }
error-file-damaged = Sie ist nicht, was ihr Archiv sagt

verdict-level = { $verdict } ({ $level })
requirement-levels = Stufen, nach denen Mentoren es beurteilen
mentoring-draft-save = Entwurf speichern
mentoring-draft-saved = Entwurf gespeichert: { $moment }, nur für dich.
own-data-section-review_drafts = Beurteilungen, die du dort begonnen hast.
error-level-contradicts = Diese Stufe bedeutet etwas anderes als das Urteil
error-level-missing = Die Rolle hat dafür Stufen; wähle eine
error-level-not-asked = Dafür gibt es keine Stufen
error-level-not-there = Diese Stufe gibt es nicht

co-authors-field = Zusammen gemacht mit
co-authors-hint = Benutzernamen von Leuten, die in deiner Kohorte lernen, mit Kommas dazwischen. Alle sagen selbst ja oder nein.
co-author-asked = { $name } (gefragt)
co-author-declined = { $name } (sagt nein)
entry-with = mit { $names }
together-title = Zusammen gemacht
together-lede = Andere haben Arbeiten abgegeben und sagen, dass du sie mitgemacht hast. Mit einem Ja wird daraus ein eigener Eintrag.
together-none = Niemand wartet auf dein Wort.
together-says = { $name } sagt, du hast das mitgemacht
together-when = gefragt { $moment }, zum { $day }
together-confirm = Ja, ich habe es mitgemacht
together-decline = Nein
together-hint = Ein Ja trägt Titel, Adresse und Kriterien in dein Nachweisbuch ein, wo die Kohorte sie sieht wie jede deiner Arbeiten. Mentoren beurteilen die Arbeit einmal, und du bekommst ein eigenes Urteil.
together-confirmed = Es steht jetzt in deinem Nachweisbuch.
together-declined = Dein Nein ist vermerkt.
today-named =
    { $count ->
        [one] Jemand sagt, du hast eine Arbeit mitgemacht
       *[other] { $count } Arbeiten nennen dich als beteiligt
    }
today-named-detail = Sag ja oder nein
review-otherwise = Von einem Mitglied etwas anderes sagen
review-as-the-work = wie für die Arbeit
own-data-section-co_authors = Wer welche Arbeit mit dir gemacht hat: Was du bestätigt hast, steht bei den Nachweisen.
error-co-author-answered = Das hast du schon gesagt
error-co-author-gone = Diese Arbeit wurde zurückgenommen, oder ihr seid in keiner Kohorte mehr zusammen
error-co-author-is-self = Dich selbst musst du nicht nennen
error-co-author-unknown = Unter diesem Benutzernamen lernt niemand in einer Kohorte mit dir
error-co-authors-too-many = Nenne höchstens fünf
