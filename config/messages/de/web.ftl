# Wörter des Rahmens, der Anmeldung und dessen, was alle Seiten gemeinsam haben. Seiten haben eigene Dateien.

# Wie die Sprache sich selbst nennt.
language-name = Deutsch

shell-brand = Waymark
shell-skip = Zum Inhalt
shell-nav = Hauptmenü
shell-version = Waymark { $version }, auf deinem eigenen Server
shell-api = API

nav-home = Heute
nav-security = Anmeldung und Token
nav-logout = Abmelden

login-title = Anmelden
login-do = Anmelden
login-left =
    { $count ->
        [0] Vorerst ist kein Versuch mehr übrig.
        [one] Ein Versuch ist in den nächsten 15 Minuten noch übrig.
       *[other] { $count } Versuche sind in den nächsten 15 Minuten noch übrig.
    }
login-hint = Konten gibt es auf Einladung. Kein Konto? Frag, wer diesen Server betreibt, oder deine Kursleitung.

setup-title = Den ersten Admin anlegen
setup-lede = Dieses Konto darf alles: Personen einladen, Plugins installieren, sich um den Server kümmern.
join-title = Mitmachen
join-lede = Du bist zu { $instance } eingeladen. Wähle, wie du dich anmeldest.
join-cohort = Du bist zum Kurs { $cohort } auf { $instance } eingeladen. Wähle, wie du dich anmeldest.
join-do = Konto anlegen

field-name = Dein Name
field-username = Benutzername
field-mail = E-Mail-Adresse
field-zone = Zeitzone
field-password = Passwort
field-old-password = Jetziges Passwort
field-new-password = Neues Passwort
field-again = Dasselbe Passwort noch einmal
field-token-name = Wofür das Token ist
field-scope = Es darf
field-days = Es endet nach

hint-username = 2 bis 32 Kleinbuchstaben, Ziffern, Punkte, Binde- und Unterstriche.
hint-mail = Freiwillig: Ohne Adresse liest du deine Überblicke hier.
hint-password = Mindestens 10 Zeichen. Ein paar Wörter merken sich leichter als ein paar Zeichen.
hint-token-name = Zum Beispiel: Laptop, Sicherungsskript.

security-title = Anmeldung und Token
password-title = Passwort
password-do = Passwort ändern
password-ends-sessions = Deine anderen Sitzungen enden.
password-changed = Das Passwort ist geändert, und deine anderen Sitzungen sind beendet.
sessions-title = Wo du angemeldet bist
session-this = diese
session-seen = { $address }, zuletzt gesehen am { $when }
session-end = Beenden
session-end-named = Sitzung auf { $device } beenden
session-ended = Die Sitzung ist beendet.
session-device-unknown = Unbekanntes Gerät
tokens-title = Token für Programme
tokens-lede = Mit einem Token nutzt ein Programm die API in deinem Namen. Es wird einmal gezeigt.
token-made = Hier ist dein Token.
token-once = Kopiere es jetzt: Es wird nicht aufbewahrt und kann nicht noch einmal gezeigt werden.
token-do = Token erstellen
token-revoke = Widerrufen
token-revoke-named = Token { $name } widerrufen
token-revoked = widerrufen
token-expired = abgelaufen
token-gone = Das Token ist widerrufen.
token-when-used = Erstellt am { $made }, zuletzt benutzt am { $used }
token-when-unused = Erstellt am { $made }, nie benutzt
scope-read = lesen
scope-write = lesen und schreiben
scope-admin = alles, was du darfst
days-count =
    { $count ->
        [one] { $count } Tag
       *[other] { $count } Tagen
    }

home-title = Heute
home-no-path = Du folgst noch keinem Lernpfad.

unsubscribe-title = Diese E-Mails abbestellen
unsubscribe-lede = { $name } bekommt dann keine Überblicke mehr per E-Mail. Sie lassen sich weiterhin hier lesen und in den Einstellungen wieder einschalten.
unsubscribe-do = Überblicke abbestellen
unsubscribe-done-title = Die Überblicke sind abbestellt
unsubscribe-done = { $name } bekommt keine Überblicke mehr.

error-page-ours = Nichts wurde gespeichert. Du kannst zurückgehen und es noch einmal senden.
error-page-home = Heute
error-page-report = Wenn es wieder passiert, schick diese Nummer denen, die den Server betreiben. Sie führt zur Ursache.
error-page-request = Anfrage
error-page-when = Wann

plugin-install-title = Plugin installieren
plugin-install-lede = Das Paket wird durchgesehen, übersetzt und an den Bewertungsgesetzen geprüft, bevor es jemanden bewerten darf; das kann eine Minute dauern. Was abgelehnt wird, sagt warum.
plugin-install-file = Paket (.waypack)
plugin-install-do = Installieren
