# Hinweise, der Überblick für Mentoren und Leitungen, Abschluss und Verbleib.

mentor-digest-subject = Deine Lernenden: { $waiting } warten, { $silent } still, { $behind } im Rückstand
mentor-digest-preheader =
    { $moved ->
        [0] Niemand hat sich bewegt. { $names }
        [one] Jemand hat sich bewegt. { $names }
       *[other] { $moved } Lernende haben sich bewegt. { $names }
    }
mentor-digest-headline = { $name }, so stehen deine Lernenden
mentor-digest-about =
    { $learners ->
        [one] Eine lernende Person
       *[other] { $learners } Lernende
    }
mentor-digest-alerts = Neue Hinweise
mentor-digest-waiting = Warten auf eine Antwort
mentor-digest-silent = Still
mentor-digest-behind = Hinter dem Plan
mentor-digest-moved = Bewegt
mentor-digest-days =
    { $days ->
        [0] seit heute
        [one] seit gestern
       *[other] seit { $days } Tagen
    }
mentor-digest-waits =
    { $number ->
        [one] wartet { $since }
       *[other] { $number } Dinge warten, das älteste { $since }
    }
mentor-digest-silence =
    { $sessions ->
        [one] nichts seit einem Unterrichtstag
       *[other] nichts seit { $sessions } Unterrichtstagen
    }
mentor-digest-short = { $points } Punkte zurück
mentor-digest-new = { $what }, neu seit dem letzten Brief
mentor-digest-move = von { $from } auf { $to } %
mentor-digest-more =
    { $count ->
        [one] Und noch jemand.
       *[other] Und { $count } weitere.
    }
mentor-digest-queue = Öffnen, was wartet
mentor-digest-why = Du bekommst dies { $schedule }, weil du Lernende bei { $instance } begleitest.

alert-says-silent =
    { $sessions ->
        [one] Nichts eingetragen seit einem Unterrichtstag, seit { $day }
       *[other] Nichts eingetragen seit { $sessions } Unterrichtstagen, seit { $day }
    }
alert-says-behind = { $points } Punkte hinter dem Plan am { $day }
alert-says-waiting =
    { $days ->
        [0] Seit { $day } wartet etwas auf ein Review
        [one] Etwas wartet seit einem Tag auf ein Review, seit { $day }
       *[other] Etwas wartet seit { $days } Tagen auf ein Review, seit { $day }
    }
alert-says-lapsing = Ein Zertifikat endet am { $day }

cohort-view-alerts = Hinweise
cohort-alerts-open =
    { $number ->
        [one] Ein Hinweis ist offen
       *[other] { $number } Hinweise sind offen
    }
alerts-open = Offene Hinweise
alerts-all = Alle Hinweise
alerts-show-all = Alle zeigen
alerts-show-open = Offene zeigen
alerts-none = Kein Hinweis ist offen.
alerts-off = Kein Hinweis ist eingeschaltet.
alerts-older = Ältere
alerts-settings = Worauf du hingewiesen wirst
alerts-settings-hint = Einmal am Tag geprüft, wenn der Unterrichtstag zu Ende ist. Leer: aus. Wer pausiert, ausgeschieden ist oder abgeschlossen hat, wird nicht gemeldet.
alerts-silent = Still seit Unterrichtstagen
alerts-silent-hint = Eigene Unterrichtstage ohne Eintrag, 1 bis 60.
alerts-behind = Punkte im Rückstand
alerts-behind-hint = Punkte unter dem, was der Plan bis jetzt verlangt, 1 bis 100.
alerts-waiting = Wartet seit Tagen
alerts-waiting-hint = Tage, die eine Arbeit oder ein Zertifikat auf ein Review wartet, 1 bis 60.
alerts-lapsing = Zertifikat endet binnen Tagen
alerts-lapsing-hint = Bei Zertifikaten, die die Kohorte sieht und die zählen, 1 bis 180.
alerts-quiet = Ruhe für Tage
alerts-quiet-hint = Nach einem Hinweis so lange kein anderer derselben Art über dieselbe Person, 1 bis 90.
alert-kind-silent = Still
alert-kind-behind = Rückstand
alert-kind-waiting = Wartet
alert-kind-lapsing = Zertifikat
alert-raised = gemeldet am { $day }
alert-over = vorbei seit { $day }
alert-put-away = weggelegt am { $day }
alert-dismiss = Weglegen
alert-dismiss-named = Weglegen: { $kind }, { $name }
alert-dismissed = Der Hinweis ist weggelegt.

settings-mentor-digest = Mentorenüberblick
mail-kind-mentor = Mentorenüberblick
mentor-digest-title = Überblick über die Lernenden, die du begleitest
mentor-digest-lede = Einmal in der Woche ein Brief über alle deine Kohorten: was wartet, wer still oder im Rückstand ist, wer sich bewegt hat. Keiner, wenn nichts geschehen ist.
mentor-digest-nobody = Du begleitest niemanden, also wird nichts gesendet.
mentor-digest-silent-now = Seit dem letzten Brief ist nichts geschehen: So wie es steht, würde keiner gesendet.
mentor-unsubscribe-lede = { $name } bekommt keine Überblicke über Lernende mehr per E-Mail. Sie lassen sich weiter hier lesen und unter Einstellungen wieder einschalten.
mentor-unsubscribe-done = An { $name } gehen keine Überblicke über Lernende mehr.
skip-guides-nobody = Begleitet niemanden mehr.

completion-title = Abschluss
completion-hint = Wer erfüllt, was die Kohorte verlangt, und was aus ihnen wurde.
completion-open-page = Wer abschließt
completion-open = Noch nicht abgeschlossen
completion-open-none = Niemand ist übrig: Alle haben abgeschlossen oder sind ausgeschieden.
completion-who = Wer abschließt
completion-fulfils = erfüllt die Regel
completion-lacks = Es fehlt:
completion-lacks-readiness = Bereitschaft { $has } von { $needs }
completion-lacks-requirement = { $name }
completion-day = Tag
completion-day-hint = Leer: heute. Nicht vor dem Zustand, den er beendet.
completion-reason-hint = Nötig bei allen, denen etwas fehlt.
completion-do = Abschließen
completion-completed = Abgeschlossen
completion-completed-none = Noch hat niemand abgeschlossen.
completion-on = abgeschlossen am { $day }
completion-undo = Zurücknehmen
completion-undo-named = Den Abschluss von { $name } zurücknehmen
completion-done = Sie haben abgeschlossen.
completion-reopened = Der Abschluss ist zurückgenommen.
completion-rule = Was es braucht
completion-rule-hint = Nach dem, was die Kohorte jetzt von den Lernenden sieht.
completion-readiness = Bereitschaft
completion-measure = Welche Bereitschaft
completion-readiness-hint = Punkte, 1 bis 100, in mindestens einer Rolle der Kohorte. Leer: nicht verlangt.
completion-requirements =
    { $number ->
        [0] { $role }: keine Anforderung muss belegt sein
        [one] { $role }: eine Anforderung muss belegt sein
       *[other] { $role }: { $number } Anforderungen müssen belegt sein
    }
completion-word = Das Wort einer Leitung, mit einem Grund, genügt für alle, denen etwas fehlt
completion-asks-readiness = Bereitschaft von mindestens { $needs } ({ $measure })
completion-asks-requirements = Belegt: { $names }
completion-asks-word = Das Wort einer Leitung.
completion-asks-or-word = Oder das Wort einer Leitung, mit einem Grund.
completion-asks-all = Das Wort einer Leitung genügt nicht.

outcome-kind = Verbleib
outcome-kind-hired = Angestellt
outcome-kind-study = Weiteres Studium
outcome-kind-business = Eigenes Unternehmen
outcome-kind-other = Etwas anderes
outcome-kind-unknown = Unbekannt
outcome-day = Seit
outcome-day-hint = Leer: heute. Der Tag darf bis zu einem Jahr voraus liegen.
outcome-title = Bezeichnung
outcome-title-hint = Der Stelle, des Studiums oder des Unternehmens.
outcome-employer = Arbeitgeber
outcome-employer-hint = Freiwillig.
outcome-at = { $title } bei { $employer }
outcome-whole = { $kind }: { $what }, { $day }
outcome-bare = { $kind }, { $day }
outcome-nothing = Nichts ist erzählt.
outcome-withheld = Etwas ist erzählt; es zu zeigen, dazu gibt es keine Einwilligung.
outcome-own-title = Was aus dir wurde
outcome-own-lede = Erzähle es, wenn du magst. Die Leitungen der Kohorte sehen es nur, solange du einwilligst; vorher sehen sie, dass etwas erzählt ist, nicht was.
outcome-consent-label = Die Leitungen dieser Kohorte dürfen es sehen und mitzählen
outcome-told = Was erzählt ist
outcome-by-lead = Eine Leitung hat das über dich erzählt.
outcome-by-you = Du hast das erzählt.
outcome-consented = Seit { $moment } dürfen die Leitungen es sehen.
outcome-not-consented = Die Leitungen sehen es nicht.
outcome-consent = Die Leitungen es sehen lassen
outcome-withdraw = Einwilligung zurückziehen
outcome-remove = Entfernen
outcome-tell = Verbleib eintragen
outcome-change = Verbleib ändern
outcome-told-of = Es ist eingetragen. Ob es gezeigt wird, entscheidet die lernende Person.
outcome-of = Was aus { $name } wurde
outcome-theirs = Die lernende Person hat es erzählt; nur sie ändert es.
outcome-of-lede = Trage es nur ein, wenn die lernende Person zustimmt. Gezeigt wird es, sobald sie auf ihrer eigenen Seite einwilligt; sie kann es ändern und entfernen.

ended-title = Wie es endete
ended-learners =
    { $learners ->
        [one] Eine Person lernte in dieser Kohorte.
       *[other] { $learners } Personen lernten in dieser Kohorte.
    }
ended-hidden = Zahlen unter { $least } sehen nur Leitungen.
ended-few = wenige
ended-states = Mitglieder
ended-outcomes = Was aus ihnen wurde
ended-withheld = Erzählt, nicht zu zeigen
ended-spread = Bereitschaft
ended-step = { $first } bis { $last }
ended-completed = Wer abschloss, und wann

error-completion-asks-nothing = Verlange eine Bereitschaft oder Anforderungen, oder lass das Wort einer Leitung gelten
error-completion-lacks = Jemandem fehlt, was die Regel der Kohorte verlangt, und das Wort einer Leitung genügt ihr nicht
error-completion-needs-reason = Sage, warum: Jemandem fehlt, was die Regel verlangt
error-outcome-is-theirs = Die lernende Person hat es erzählt; nur sie ändert es
