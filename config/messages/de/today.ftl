# „Heute“, und was an der Bereitschaft voraus- und zurückblickt: was sie bewegt hat, der Ausblick, was wäre wenn, andere Rollen.

weekday-short-1 = Mo
weekday-short-2 = Di
weekday-short-3 = Mi
weekday-short-4 = Do
weekday-short-5 = Fr
weekday-short-6 = Sa
weekday-short-7 = So

## Heute

today-cohort-week = Woche { $week } von { $of }
today-on-map = Auf der Karte zeigen
today-stand = Wo du stehst
# $claimed und $proven sind Punkte mit Vorzeichen.
today-change = { $claimed } angegeben und { $proven } belegt seit { $day }.
today-change-none = Unverändert seit { $day }.
today-change-young = In einer Woche siehst du hier, was sich geändert hat.
today-due = Fällig
today-nothing-due = Nichts ist fällig: Keine Antwort ist gekommen, nichts wartet auf eine, kein Zertifikat läuft ab.
today-cards =
    { $count ->
        [one] Eine Karte
       *[other] { $count } Karten
    }
today-cards-of =
    { $begun ->
        [0] Alle neu.
       *[other] { $begun } zum Wiederholen, { $new } neue.
    }
today-review-back = Eine Beurteilung ist da
today-assessment-back = Eine Einschätzung ist da
today-back-by = { $by } zu { $name }, { $day }.
today-back = { $name }, { $day }.
today-waiting = Wartet auf eine Beurteilung
today-waiting-with = { $reviewer } hat den Link bis { $day }.
today-waiting-since = { $name }, seit { $day }.
today-ended = { $name } ist abgelaufen
today-held-until = Es galt bis { $day }.
today-renewing = Eine Erneuerung bringt { $points } Punkte zurück.
today-ending = { $name } läuft ab
today-ending-in =
    { $days ->
        [0] Heute ist der letzte Tag.
        [one] Es gilt bis { $day }, das ist morgen.
       *[other] Es gilt bis { $day }, noch { $days } Tage.
    }
today-week = Diese Woche
today-week-label = Minuten je Tag
# $spent und $hours sind Dauern.
today-week-of = { $spent } von { $hours }, die du dir vornimmst
today-hours-minutes = { $hours } h { $minutes }
today-week-hint = Minuten, die du zu deinen Einträgen geschrieben hast, in deinen eigenen Tagen ({ $zone }).
today-streak =
    { $days ->
        [0] Trag heute etwas ein, und eine Reihe von Tagen beginnt.
        [one] Ein Tag mit einem Eintrag im Nachweisbuch; morgen werden es zwei.
       *[other] { $days } Tage in Folge mit einem Eintrag im Nachweisbuch.
    }
today-minutes = Minuten
today-to-come = kommt noch
today-others = Weitere Lernpfade
today-both = { $claimed } % angegeben, { $proven } % belegt
today-elsewhere = Dasselbe Nachweisbuch anderswo
today-also-lede = Du bist auch
today-also = zu { $percent } % bereit für { $role }
today-roles = Installierte Rollen
today-role-facts =
    { $requirements } Anforderungen in { $areas } Bereichen, { $levels ->
        [one] eine Stufe
       *[other] { $levels } Stufen
    }
today-no-roles = Keine Rolle ist installiert. Ein Admin kann ein Paket installieren, das eine mitbringt.

## Bereitschaft: Verlauf und Ausblick

readiness-span = Wie weit zurück
readiness-span-4 = 4 Wochen
readiness-span-12 = 12 Wochen
readiness-span-all = Alles
readiness-events = Was sie bewegt hat
readiness-event-target = Ein anderes Ziel: { $level }
readiness-event-revision = Eine andere Fassung der Rolle
readiness-event-rule = Eine andere Regel bewertet
readiness-event-expired = { $name } gilt nicht mehr
readiness-event-reviewed =
    { $more ->
        [0] Eine Beurteilung ist gekommen: { $name }
        [one] Beurteilungen sind gekommen: { $name } und eine weitere
       *[other] Beurteilungen sind gekommen: { $name } und { $more } weitere
    }
# $claimed und $proven sind Punkte mit Vorzeichen.
readiness-event-moved = { $claimed } angegeben, { $proven } belegt
readiness-event-moved-since = { $claimed } angegeben, { $proven } belegt seit { $since }
readiness-forecast = Ausblick
readiness-key-real = in deinem Tempo, mit seiner Spanne
readiness-key-stated = mit den Stunden, die du dir vornimmst
# $hours und $work sind Dauern.
readiness-stated-by = Mit { $hours } in der Woche dauern die fehlenden { $work } bis { $day }.
readiness-stated-never = Mit { $hours } in der Woche dauern die fehlenden { $work } mehr als zehn Jahre.
readiness-stated-reached = Alles, was dein Ziel verlangt, ist angegeben.
readiness-stated-holds = Das ist rechtzeitig für { $target }.
readiness-stated-fails = Das ist nach deinem Zieltag, { $target }.
# $low, $median und $high sind Punkte mit Vorzeichen.
readiness-real-gains = In deinen letzten { $weeks } Wochen hast du in der mittleren Woche { $median } angegeben, in der Hälfte darum herum { $low } bis { $high }.
readiness-real-by = Geht es so weiter, ist bis { $day } alles angegeben, in besseren Wochen bis { $earliest }, in schwächeren bis { $latest }.
readiness-real-by-open = Geht es so weiter, ist bis { $day } alles angegeben, in besseren Wochen bis { $earliest }; in schwächeren ist es nicht abzusehen.
readiness-real-far = Geht es so weiter, dauert es mehr als zehn Jahre, bis alles angegeben ist.
readiness-real-proven = Bis { $day } ist alles belegt.
readiness-real-young =
    { $weeks ->
        [0] Wie schnell du wirklich bist, lässt sich noch nicht sagen: Dazu braucht es drei Wochen Verlauf.
        [one] Wie schnell du wirklich bist, lässt sich noch nicht sagen: Es gibt eine Woche Verlauf, drei braucht es.
       *[other] Wie schnell du wirklich bist, lässt sich noch nicht sagen: Es gibt { $weeks } Wochen Verlauf, drei braucht es.
    }
readiness-real-no-gain = Wie schnell du wirklich bist, lässt sich nicht sagen: Die mittlere deiner letzten { $weeks } Wochen hat nichts gebracht.
readiness-holds-surely = Dein Zieltag, { $target }, hält auch in schwächeren Wochen.
readiness-holds-likely = Dein Zieltag, { $target }, hält in diesem Tempo.
readiness-holds-hardly = Dein Zieltag, { $target }, hält nur in besseren Wochen.
readiness-holds-no = Dein Zieltag, { $target }, hält in diesem Tempo nicht.

## Bereitschaft: Belege

readiness-ordered = Geordnet nach
readiness-order-rate = Ertrag je Stunde
readiness-order-gain = Ertrag
readiness-order-missing = Fehlendem
readiness-order-weight = Möglichem
readiness-order-name = Namen
readiness-order-role = Folge in der Rolle
readiness-more =
    { $count ->
        [one] Eine weitere Anforderung
       *[other] { $count } weitere Anforderungen
    }
readiness-show-all = Alle { $count } zeigen
readiness-show-first = Die ersten { $count } zeigen
readiness-gain-proven = { $points } belegt
readiness-expired = { $kind }, am { $day } abgelaufen

## Was wäre, wenn

what-if-title = Was wäre, wenn
what-if-finish = Ich schließe ab
what-if-others = Weitere
what-if-trust = mit
what-if-against = und messe an
what-if-do = Ausrechnen
what-if-claimed = angegeben
what-if-proven = belegt
what-if-stored = Nichts wird gespeichert.
what-if-moved = Belege, die sich ändern
what-if-moved-none = Kein Beleg ändert sich: Es ist schon angegeben, liegt jenseits dieses Ziels, oder seine Gruppe hat genug.
what-if-stand-in = Die Regel { $rule } ist gescheitert: { $code }. Stattdessen antwortet Waymarks eigene Regel.
what-if-more =
    { $count ->
        [one] und eine weitere
       *[other] und { $count } weitere
    }

## Andere Rollen

also-proven = { $proven } % belegt.
also-shared =
    { $count ->
        [0] Sie teilt mit deiner Rolle noch keinen Gegenstand, der dort zählt.
        [one] Ein Gegenstand deiner Rolle zählt dort.
       *[other] { $count } Gegenstände deiner Rolle zählen dort.
    }
also-top = Belegt: { $names }.
also-start = Diese Rolle beginnen
