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
sharing-tick = Angekreuztes vor dieser Kohorte zurückhalten: Es wird dort nicht gesehen und zählt dort nicht.
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

## Errors

error-left-cohort = Sie waren schon in dieser Kohorte; die Leitung nimmt Sie wieder auf
error-link-gone = Dieser Link gilt nicht: Er ist voll, abgelaufen, zurückgezogen, oder es gab ihn nie
error-member-already = Sie sind schon in dieser Kohorte, in anderer Stellung
error-standing-not-by-link = Zur Leitung wird man beim Namen, nicht durch einen Link
