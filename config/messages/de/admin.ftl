# Einstellungen und Verwaltung.

settings-profile = Profil
settings-digest = Überblick
settings-security = Anmeldung und Token
settings-zone-hint = Deine Tage, Wochen und Überblicke richten sich nach dieser Zone.
settings-language = Sprache
settings-language-browser = Wie im Browser
settings-theme = Aussehen
theme-system = Wie im System
theme-light = Hell
theme-dark = Dunkel

digest-title = Dein Überblick
digest-lede = Höchstens eine E-Mail je Zeitraum, und keine, wenn es nichts zu sagen gibt.
digest-how-often = Wie oft
cadence-daily = Täglich
cadence-weekly = Wöchentlich
cadence-monthly = Monatlich
cadence-off = Aus
digest-weekday = Wochentag
digest-day = Tag im Monat
digest-day-hint = Hat der Monat diesen Tag nicht, gilt sein letzter.
digest-time = Uhrzeit
digest-preview = Vorschau
digest-as-html = Als HTML
digest-as-text = Als reiner Text
digest-sendings = Versand
digest-next = Die nächsten drei
digest-clocks = Fällt die Uhrzeit bei der Umstellung auf Sommerzeit aus, wird gleich nach der Lücke gesendet; kommt sie zweimal vor, wird einmal gesendet.
digest-sent = Bisher
digest-none-sent = Noch war nichts fällig.
digest-unsubscribed = Du hast dich abgemeldet.
digest-unsubscribed-mend = Speichere dieses Formular, um wieder Überblicke zu bekommen.
digest-no-mail = Du hast keine E-Mail-Adresse, also wird nichts gesendet; lies die Vorschau hier.
digest-no-mail-mend = Adresse eintragen

outbox-queued = fällig
outbox-sent = gesendet
outbox-skipped = übersprungen
outbox-dead = aufgegeben
outbox-ambiguous = vielleicht doppelt
skip-too-late = Es war zu spät, um noch nützlich zu sein.
skip-silent = Es gab nichts zu sagen.
skip-paused = Jeder Pfad ruht.
skip-no-right = Wer es schrieb, begleitet die Empfängerin oder den Empfänger nicht mehr.
skip-no-address = Keine E-Mail-Adresse.
skip-no-mail = Keine E-Mail-Adresse.
skip-unsubscribed = Abgemeldet.
skip-disabled = Das Konto ist gesperrt.
skip-off = Ausgeschaltet.

admin-health = Zustand
admin-health-lede = Was an der Einrichtung nicht stimmt und wie es sich beheben lässt. „waymark doctor“ sagt dasselbe.
admin-config = Konfiguration
admin-config-lede = Hier nur zum Lesen: Sie kommt aus einer Datei oder der Umgebung. Geheimnisse werden nicht gezeigt.
admin-config-key = Schlüssel
admin-config-value = Wert
admin-config-source = Woher
admin-people = Personen
admin-plugins = Plugins
admin-mail = E-Mail
admin-audit = Protokoll
severity-good = gut
severity-note = zur Kenntnis
severity-warning = ansehen
severity-bad = defekt

people-name = Name
people-joined = seit { $day }
people-act = Aktion
people-admin = Admin
people-disabled = gesperrt
people-disable = Sperren
people-enable = Freigeben
people-more = Weitere Personen
people-invite = Jemanden einladen
people-invite-mail = Wird für die eingeladene Person eingetragen; gesendet wird nichts. Gib ihr den Link selbst.
people-invite-admin = Als Admin dieser Instanz
people-invite-do = Link erstellen
people-invited = Hier ist der Link.
people-invited-once = Er gilt einmal und 14 Tage lang. Kopiere ihn jetzt: Er wird nicht aufbewahrt und kann nicht noch einmal gezeigt werden.
people-open = Offene Einladungen
people-anyone = Wer den Link hat
people-until = bis { $when }
people-withdraw = Zurückziehen

plugins-lede = Rollen und Bewertungsregeln aus Paketen. Regeln laufen abgeschottet: ohne Uhr, Zufall, Dateien und Netz.
plugins-none = Kein Plugin ist installiert
plugins-none-lede = Ein Paket bringt Rollen oder eine Bewertungsregel mit. Es wird geprüft, bevor es aktiv wird.
plugin-active = aktiv
plugin-installed = installiert
plugin-disabled = ausgeschaltet
plugin-enable = Einschalten
plugin-disable = Ausschalten
plugin-activate = Aktivieren
plugin-kind-scoring = Bewertungsregel
plugin-kind-roles = Rollen
plugin-kind-both = Rollen und eine Bewertungsregel
plugin-size = { $kib } KiB
plugin-calls =
    { $calls ->
        [0] Noch nicht aufgerufen.
        [one] Ein Aufruf, { $failures } fehlgeschlagen. Der Höchstwert:
       *[other] { $calls } Aufrufe, { $failures } fehlgeschlagen. Die Höchstwerte:
    }
plugin-limits = Verbrauch
plugin-fuel = Rechenschritte
plugin-memory = Speicher
plugin-time = Zeit
plugin-output = Ausgabe
plugin-log = Logzeilen
plugin-of-millions = { $used } von { $limit } Mio.
plugin-of-kib = { $used } von { $limit } KiB
plugin-of-ms = { $used } von { $limit } ms
plugin-of-lines = { $used } von { $limit }
plugin-last-error = Letzter Fehler
plugin-no-error = Keiner.

mail-by-smtp = E-Mails gehen über { $target } hinaus, mit dem Absender { $from }.
mail-by-folder = E-Mails werden nach { $target } geschrieben; niemand bekommt sie. Setze mail.transport auf "smtp", wenn sie hinausgehen sollen.
mail-kind-learner = Überblick
mail-to = An
mail-what = Was
mail-due = Fällig
mail-attempts = Versuche
mail-then = Was daraus wurde
mail-older = Ältere
mail-none = Noch keine E-Mail
mail-none-lede = Überblicke stehen hier, sobald sie fällig sind: gesendet, übersprungen mit dem Grund oder aufgegeben.

audit-lede = Wer Rechte, Plugins, Lernstände oder Konten geändert hat. Jede Zeile wird in derselben Transaktion geschrieben wie die Änderung.
audit-when = Wann
audit-who = Wer
audit-act = Was
audit-subject = Woran
