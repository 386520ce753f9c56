# Wie Leute in eine Kohorte kommen: Links, Beitritt, was man teilt.

enrolment-title = Weitere Wege hinein
enrolment-hint = Für Leute, die hier noch kein Konto haben.
enrolment-ways = Wege in die Kohorte

## Links

links-title = Links
links-none = Es gibt noch keinen Link.
link-new = Neuer Link
link-new-hint = Wer den Link hat, tritt bei: mit dem eigenen Konto oder mit einem neuen.
link-places = Plätze
link-places-hint = So viele dürfen mit ihm kommen, höchstens { $most }.
link-days = Tage
link-days-hint = Bis er endet, höchstens { $most }.
link-do = Link anlegen
link-made = Der Link ist angelegt.
link-made-once = Kopieren Sie ihn jetzt: Er wird nur dieses eine Mal gezeigt.
link-made-at = angelegt { $when }
# $taken and $places are whole numbers.
link-taken = { $taken } von { $places } Plätzen vergeben
link-revoke = Zurückziehen
link-revoke-named = Zurückziehen: { $standing }, angelegt { $when }
link-open = offen
link-full = voll
link-expired = abgelaufen
link-revoked = zurückgezogen

## Joining

cohort-join = { $cohort } beitreten
cohort-join-lede = Bevor Sie beitreten: was die Mentorinnen und Mentoren von Ihnen sehen werden und was Ihres bleibt.
cohort-join-mentor = Sie werden die Übersicht sehen und was die Lernenden teilen.
cohort-join-new = Als { $standing }, mit einem neuen Konto bei { $instance }.
cohort-join-sign-in = Ich habe hier ein Konto
cohort-join-do = Beitreten
cohort-join-not = Nicht jetzt

## What a cohort sees

sharing-title = Was { $cohort } von Ihnen sieht
sharing-lede = Mentorinnen, Mentoren und Leitung sehen, wo Sie in den Rollen der Kohorte stehen, und die Einträge, auf denen das beruht. Über jeden Eintrag entscheiden Sie.
sharing-guides = Gesehen von { $names }.
sharing-roles = Ihre Pfade dort
sharing-roles-none = Die Kohorte verfolgt noch keine Rolle.
sharing-path-here = Gehört zur Kohorte. Ziel: { $level }.
sharing-path-joins = Ihr eigener Pfad kommt mit, mit dem Ziel der Kohorte: { $level }.
sharing-path-own = Sie verfolgen ihn für sich; die Kohorte sieht ihn nicht. Dort wäre sein Ziel { $level }.
sharing-path-begins = Ein neuer Pfad beginnt, bis { $level }.
sharing-bring = Meinen Pfad teilen
sharing-bring-hint = Ihr Pfad bekommt Ziel, Regel und letzten Tag der Kohorte, und sie sieht ihn.
sharing-seen = Einträge zu diesen Rollen
sharing-seen-lede = Die Kohorte sieht die, die der Stand jetzt anführt. Wird einer zurückgehalten, kann ein anderer der Liste an seine Stelle treten.
sharing-seen-none = Es gibt noch keinen. Was Sie später zu diesen Rollen festhalten, wird auch gesehen, und Sie können es dann zurückhalten.
# $cited and $withheld are whole numbers.
sharing-counts =
    { $cited ->
        [0] Die Kohorte sieht jetzt keinen davon
        [one] Die Kohorte sieht jetzt einen davon
       *[other] Die Kohorte sieht jetzt { $cited } davon
    }; { $withheld ->
        [0] keiner ist zurückgehalten.
        [one] einer ist zurückgehalten.
       *[other] { $withheld } sind zurückgehalten.
    }
sharing-tick = Angekreuztes vor dieser Kohorte zurückhalten: Es wird dort nicht gesehen und zählt dort nicht, auch nicht als Aktivität.
sharing-cited = gesehen
sharing-withheld = zurückgehalten
sharing-save = Speichern
sharing-private = Was Ihres bleibt
sharing-private-notes = Notizen und Links, die Sie bei einer Anforderung führen
sharing-private-minutes = Minuten, die Sie aufgewendet haben
sharing-private-paths = Andere Pfade, und Einträge zu nichts, was diese Rollen verlangen
sharing-private-others = Übung, Interviews und Digests
sharing-new = Was die Kohorte sehen wird
sharing-new-why = Mentorinnen, Mentoren und Leitung sehen, wo Sie in den Rollen der Kohorte stehen, und die Einträge, auf denen das beruht. Sie können jeden Eintrag jederzeit zurückhalten.

## People from a file

people-file-title = Leute aus einer Datei
people-file-lede = Eine Tabelle als CSV mit bis zu { $most } Zeilen. Erst sehen Sie, was aus jeder Zeile wird; vorher wird nichts gespeichert.
people-file = Datei
people-file-hint = CSV in UTF-8; Kommas, Semikolons oder Tabulatoren trennen. Die erste Zeile nennt die Spalten.
people-look = Ansehen
people-columns = Spalten
people-columns-name = „name“ braucht, wer hier noch kein Konto hat.
people-columns-username = „username“ nennt ein Konto, das es gibt, oder das neue; ohne wird er aus dem Namen gemacht.
people-columns-rest = Der Rest darf fehlen: Dann gilt die Zeitzone der Kohorte und die Stellung learner.
people-look-title = Was aus jeder Zeile wird
people-look-lede = Alle Zeilen stimmen. Sie kommen zusammen hinein, oder, wenn etwas bricht, keine.
people-nobody-yet = Noch kann niemand hinein.
people-mend = Verbessern Sie diese Zeilen und schicken Sie die Datei noch einmal.
people-count-new =
    { $people ->
        [one] ein neues Konto
       *[other] { $people } neue Konten
    }
people-count-joins =
    { $people ->
        [one] eine Person tritt mit ihrem Konto bei
       *[other] { $people } treten mit ihren Konten bei
    }
people-count-known =
    { $people ->
        [one] eine schon dabei
       *[other] { $people } schon dabei
    }
people-count-refused =
    { $rows ->
        [one] eine Zeile abgelehnt
       *[other] { $rows } Zeilen abgelehnt
    }
people-formulas =
    { $rows ->
        [one] Ein Name beginnt wie eine Formel einer Tabellenkalkulation. Er bleibt, wie er ist; jeder Export macht ihn harmlos.
       *[other] { $rows } Namen beginnen wie eine Formel einer Tabellenkalkulation. Sie bleiben, wie sie sind; jeder Export macht sie harmlos.
    }
people-do = Aufnehmen
people-other-file = Andere Datei
people-refused = Abgelehnt
people-rows = Die anderen Zeilen
people-line = Zeile { $line }
people-col-line = Zeile
people-col-fate = Was geschieht
people-more-rows =
    { $rows ->
        [one] und eine weitere Zeile
       *[other] und { $rows } weitere Zeilen
    }
people-row-new = neues Konto
people-row-joins = tritt bei
people-row-known = schon dabei
people-row-refused = abgelehnt
people-done = Alle sind drin.
# $new and $known are whole numbers.
people-done-counts =
    { $new ->
        [one] Eine Person ist hereingekommen
       *[other] { $new } Personen sind hereingekommen
    }; { $known ->
        [0] niemand war schon dabei.
        [one] eine war schon dabei.
       *[other] { $known } waren schon dabei.
    }

run-title = Import
run-progress = { $done } von { $total } Zeilen
run-whole = Es ist eine einzige Handlung: Bis zur letzten Zeile ist keine drin.
run-look = Wie weit ist es?
run-cancel = Anhalten
run-cancelled = Angehalten.
run-nothing-kept = Nichts davon wurde behalten.
run-refused = Nicht genommen.
run-refused-why = Inzwischen hat sich etwas geändert, was gegen eine Zeile spricht. Sehen Sie die Datei noch einmal an.
run-failed = Etwas ist gebrochen.

codes-title = Codes zum Austeilen
codes-waiting =
    { $people ->
        [0] Alle, deren Konten hier angelegt wurden, sind hereingekommen.
        [one] Eine Person, deren Konto hier angelegt wurde, war noch nicht da.
       *[other] { $people } Personen, deren Konten hier angelegt wurden, waren noch nicht da.
    }
codes-hint = Wer noch nicht da war, bekommt einen neuen Einmalcode, zum Drucken oder Übergeben. Frühere Codes gelten nicht mehr.
codes-do = Codes anlegen
codes-none = Alle sind hereingekommen.
codes-lede = Jeder gilt einmal, bis { $when }, mit dem Benutzernamen: Dann wird ein Passwort gewählt. Sie werden nur dieses eine Mal gezeigt; drucken Sie die Seite.

## Evidence that a school brings along

brought-title = Nachweise aus einer Datei
brought-lede = Für eine Kohorte, die einzieht: eine Tabelle als CSV mit bis zu { $most } Zeilen. Erst sehen Sie, was aus jeder Zeile wird; vorher wird nichts gespeichert. Es löst weder Mails noch Serien aus.
brought-columns-subject = „person“ ist ein Benutzername der Kohorte, „subject“ eine Kennung des Katalogs wie skill:git; Fertigkeiten haben einen „step“: aware, working, independent, leading.
brought-columns-trust = „trust“ ist claimed, linked (mit „url“), peer oder mentor; eine Zertifizierung darf verified sein.
brought-columns-id = „origin“ nennt das System, aus dem es kommt, und „external_id“ die Kennung dort: An beiden wird eine Zeile wiedererkannt und nur einmal festgehalten.
brought-count-new =
    { $rows ->
        [one] ein neuer Eintrag
       *[other] { $rows } neue Einträge
    }
brought-count-known =
    { $rows ->
        [one] einer schon festgehalten
       *[other] { $rows } schon festgehalten
    }
brought-nothing-yet = Noch kann nichts festgehalten werden.
brought-do = Festhalten
brought-done = Es ist festgehalten.
# $new and $known are whole numbers.
brought-done-counts =
    { $new ->
        [one] Ein neuer Eintrag
       *[other] { $new } neue Einträge
    }; { $known ->
        [0] keiner war schon festgehalten.
        [one] einer war schon festgehalten.
       *[other] { $known } waren schon festgehalten.
    }

## Errors

error-left-cohort = Sie waren schon in dieser Kohorte; die Leitung nimmt Sie wieder auf
error-link-gone = Dieser Link gilt nicht: Er ist voll, abgelaufen, zurückgezogen, oder es gab ihn nie
error-member-already = Sie sind schon in dieser Kohorte, in anderer Stellung
error-standing-not-by-link = Zur Leitung wird man beim Namen, nicht durch einen Link
error-column-missing = Eine Spalte fehlt: Die erste Zeile muss sie nennen
error-column-twice = Zwei Spalten heißen gleich
error-column-unknown = Eine Spalte hat einen Namen, der hier nicht bekannt ist
error-import-cancelled = Der Import wurde angehalten; nichts davon wurde behalten
error-mail-twice = Diese Mailadresse steht schon in einer früheren Zeile
error-member-not-active = Diese Person pausiert hier, ist ausgeschieden oder fertig; ändern Sie das auf ihrer Seite
error-name-known = Jemand dieses Namens ist schon dabei; nennen Sie den Benutzernamen, oder für eine andere Person eine Mailadresse
error-only-for-learners = Das haben nur Lernende
error-person-twice = Dieser Name steht schon in einer früheren Zeile; unterscheiden Sie die beiden durch Benutzernamen oder Mailadresse
error-standing-differs = Diese Person ist in anderer Stellung dabei; ändern Sie das auf der Seite der Mitglieder
error-standing-unknown = Eine Stellung ist learner, mentor oder lead
error-username-twice = Dieser Benutzername steht schon in einer früheren Zeile
error-trust-unknown = Ein Vertrauen ist claimed, linked, peer, mentor oder verified
