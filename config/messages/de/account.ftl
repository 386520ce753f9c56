# Eigene Daten, Abschied, Codes für ein neues Passwort, Betreuung der Instanz.

username-title = Benutzername
username-hint = Mit ihm meldest du dich an. Sitzungen und Token gelten weiter.
username-do = Benutzernamen ändern
username-changed = Der Benutzername ist geändert.

own-data-title = Deine Daten
own-data-lede = Was du aufgeschrieben hast, gehört dir: Nimm es mit, bring es in ein anderes Waymark oder lass es löschen.
own-data-export = Mitnehmen
own-data-all = Alles
own-data-all-hint = Nachweise, Pfade, Pläne, Stände, E-Mails, Sitzungen und was du getan hast, als ein Dokument. Ein anderes Waymark kann es lesen.
own-data-as-json = JSON
own-data-evidence = Nachweise
own-data-evidence-hint = Was gilt, nach Art geordnet, mit Vertrauen, Tagen und Links.
own-data-as-markdown = Markdown
own-data-resume = Lebenslauf
own-data-resume-hint = Im Format JSON Resume: Erfahrung, Zertifikate, Projekte und Fähigkeiten.
own-data-as-resume = JSON Resume
own-data-evidence-of = Nachweise von { $name }
own-data-as-of = Stand { $day }
own-data-import = Hierher bringen
own-data-import-hint = Du siehst, was käme, bevor sich etwas ändert. Was schon hier ist, kommt nicht doppelt.
own-data-file = Dokument (.json) oder Archiv von Dateien (.tar), das ein anderes Waymark ausgegeben hat
own-data-try = Ansehen, was käme
own-data-section-profile = Profil: Name, Zeitzone und Aussehen bleiben, wie sie hier sind.
own-data-section-scores = Frühere Stände: Sie werden aus den Nachweisen neu berechnet.
own-data-section-interviews = Probegespräche, die dort geführt wurden.
own-data-section-help = Was du dort deine Mentoren gefragt hast.
own-data-section-mentor_messages = Was Mentoren dir dort geschrieben haben.
own-data-section-mentor_notes = Was Mentoren dort über dich notiert haben.
own-data-section-reviews = Prüfungen: was sie ergaben, steht im Nachweisbuch.
own-data-section-mails = E-Mails, die dort gesendet wurden.
own-data-section-memberships = Kurse: Hier muss dich jemand einladen.
own-data-section-sessions = Sitzungen dort.
own-data-section-tokens = Token dort.
own-data-section-acts = Was du dort getan hast.

import-title = Übernahme
import-from = Von { $instance }, ausgegeben { $when }
import-would = Das käme
import-would-lede = Noch ist nichts geändert.
import-done = Es ist hier
import-done-lede = Alles wurde auf einmal aufgeschrieben. Dasselbe Dokument noch einmal zu bringen ändert nichts.
import-nothing = In diesem Dokument ist nichts, was sich übernehmen lässt.
import-do = Das übernehmen
import-not = Lassen
import-new = Neu
import-less = Zählt weniger oder noch nicht
import-known = Schon hier
import-refused = Nicht übernommen
import-left = Bleibt dort
import-finding-evidence-new =
    { $count ->
        [one] { $what }: ein Eintrag
       *[other] { $what }: { $count } Einträge
    }
import-finding-evidence-known =
    { $count ->
        [one] Ein Eintrag
       *[other] { $count } Einträge
    }
import-finding-evidence-lowered =
    { $count ->
        [one] Ein Eintrag war dort { $what }. Hier hat niemand gesehen, was dort gesehen wurde, also zählt er höchstens als verlinkt.
       *[other] { $count } Einträge waren dort { $what }. Hier hat niemand gesehen, was dort gesehen wurde, also zählen sie höchstens als verlinkt.
    }
import-finding-subject-unknown = { $what } steht hier in keinem Katalog. Die Nachweise dafür bleiben und zählen, sobald ein Paket es mitbringt.
import-finding-path-new = Pfad: { $what }
import-finding-path-other-revision = Pfad: { $what }, nach der neuesten Fassung, die hier installiert ist
import-finding-path-known = Pfad: { $what }, wie du ihn hier gehst
import-finding-path-rule = Die Regel { $what } ist hier nicht installiert; die eigene von Waymark bewertet den Pfad.
import-finding-plans =
    { $count ->
        [one] { $what }: eine Notiz oder Markierung
       *[other] { $what }: { $count } Notizen und Markierungen
    }
import-finding-deck-new =
    { $count ->
        [one] Stapel: { $what }, eine Karte
       *[other] Stapel: { $what }, { $count } Karten
    }
import-finding-deck-known = Stapel: { $what }, mit allen Karten
import-finding-memory-new =
    { $count ->
        [one] Wie gut du dich an eine Karte erinnerst
       *[other] Wie gut du dich an { $count } Karten erinnerst
    }
import-finding-digest-new = Wann dein Überblick kommt
import-finding-digest-known = Wann dein Überblick kommt, wie du es hier eingestellt hast
import-finding-section-unknown = { $what }: Diesen Teil des Dokuments kennt dieses Waymark nicht.
import-finding-left = { $what }
import-finding-refused = { $place }: { $why }

delete-title = Konto löschen
delete-hint = Alles, was du geschrieben hast, verschwindet, sofort und für immer.
delete-go = Mein Konto löschen …
delete-lede = Niemand kann das rückgängig machen.
delete-goes = Was verschwindet
delete-goes-ledger = Deine Nachweise, Pfade, Pläne, Notizen und Stände.
delete-goes-mails = Deine Überblicke, die wartenden und die geschriebenen.
delete-goes-doors = Deine Sitzungen, Token, Einladungen und Mitgliedschaften.
delete-goes-name = Dein Name, Benutzername und deine E-Mail-Adresse, wo immer sie stehen.
delete-stays = Was bleibt
delete-stays-reviews = Was du als Mentor für andere aufgeschrieben hast, ohne deinen Namen.
delete-stays-audit = Dass ein Konto getan hat, was es tat, ohne einen Namen.
delete-stays-backups = Sicherungen, bis sie gelöscht werden. Wird eine zurückgespielt, wirst du wieder gelöscht.
delete-export-first = Nimm deine Daten vorher mit
delete-username = Dein Benutzername, zur Sicherheit
delete-do = Alles löschen
delete-not = Konto behalten
deleted-title = Dein Konto ist gelöscht
deleted-lede = Alles, was du hier geschrieben hast, ist fort, und du bist überall abgemeldet.

reset-title = Ein neues Passwort
reset-lede = Bitte einen Admin um einen Code. Er gilt einmal und acht Stunden lang.
reset-do = Passwort setzen
field-code = Code
hint-code = Zehn Buchstaben und Ziffern, wie du sie bekommen hast.
reset-done = Das Passwort ist gesetzt.
reset-done-lede = Melde dich damit an.
login-lost = Passwort verloren?

people-search = Personen suchen
people-search-words = Name, Benutzername oder E-Mail
people-state = Wer
people-everybody = Alle
people-only-active = Aktive
people-only-disabled = Gesperrte
people-only-admins = Admins
people-find = Suchen
people-none = Niemand passt.
people-seen = Zuletzt hier
people-seen-not = länger nicht
people-make-admin = Zum Admin machen
people-no-admin = Nicht mehr Admin
people-code = Code fürs Passwort
people-self = das bist du
reset-code-title = Ein Code für { $name }
reset-code-lede = Gib ihn selbst weiter. Er wird nur hier gezeigt, und ein früherer gilt nicht mehr.
reset-code-where = Wo
reset-code-until = Gilt einmal, bis
reset-code-back = Zurück zu den Personen

error-username-differs = Das ist nicht dein Benutzername
error-last-admin = Der letzte Admin kann nicht gehen: Mach vorher jemand anderen zum Admin
error-code-wrong = Benutzername und Code passen nicht zusammen, oder der Code ist verbraucht oder zu alt
error-import-not-ours = Das ist kein Dokument, das Waymark ausgegeben hat
error-import-newer = Dieses Dokument stammt von einem neueren Waymark: Bring erst dieses auf den Stand
error-entry-twice = Ein Eintrag mit dieser Kennung steht hier doppelt

install-description = Was du nachweisen kannst, gemessen an dem, was eine Rolle verlangt.
offline-title = Kein Netz
offline-lede = Ohne Netz lässt sich diese Seite nicht zeigen. Heute schon, wie du es zuletzt gesehen hast.
offline-as-seen = Ohne Netz.
# Ein Zeitpunkt folgt.
offline-as-seen-at = Das ist deine Seite, zuletzt gesehen

audit-filter = Protokoll durchsehen
audit-anybody = Alle
audit-anything = Alles
audit-from = Von
audit-to = Bis
audit-show = Zeigen
audit-none = Keine Zeile passt.

admin-jobs = Aufgaben
admin-settings = Einstellungen
jobs-lede = Was dieses Waymark von selbst tut, nach Cron-Ausdrücken in UTC. Die Zeiten hier sind deine.
jobs-asked = Sie wird laufen.
jobs-asked-lede = Ein Server, der Aufgaben ausführt, nimmt sie binnen einer halben Minute auf.
jobs-off = Dieser Server führt keine Aufgaben aus.
jobs-off-mend = Sie laufen, wo jobs.enabled auf true steht.
jobs-none = Noch hat sich keine Aufgabe gemeldet. Ein Server, der Aufgaben ausführt, meldet sie bei seinem Start.
jobs-what = Aufgabe
jobs-when = Ausdruck
jobs-ran = Zuletzt gelaufen
jobs-took = Dauer
jobs-next = Das nächste Mal
jobs-not-yet = noch nicht
jobs-failed = fehlgeschlagen { $when }; den Grund nennt das Log
jobs-waits = wartet auf ihren Lauf
jobs-ask = Jetzt ausführen
jobs-outbox = E-Mails
jobs-milliseconds = { $count } ms
job-snapshot = Den Stand jedes Pfads für den Tag aufbewahren
job-cleanup = Aufräumen, was vorbei ist

instance-lede = Was sich ändern darf, während der Server läuft. Alle Server sehen es nach wenigen Sekunden.
instance-name = Name der Instanz
instance-name-hint = Auf Seiten und in E-Mails, zum Beispiel der Name der Schule.
instance-fixed = Festgelegt durch { $source }, also hier nicht zu ändern.
instance-notice = An der Tür
instance-notice-hint = Ein oder zwei Sätze unter der Anmeldung: zum Beispiel, wen man fragt. Leer: Waymarks eigene Worte.
instance-all = Alles, was die Konfiguration sagt

error-set-by-configuration = Das sagt die Konfiguration: Ändere es dort
