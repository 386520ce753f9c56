# Was Mentoren tun: Warteschlange, Beurteilungen, Hilferufe, Einschätzungen, Notizen und Nachrichten.

## Die Warteschlange

queue-title = Wartet auf dich
queue-view = Warteschlange
queue-lede = Arbeiten, Zertifikate und Fragen in den Kohorten, die du begleitest: zuerst die deiner eigenen Lernenden, dann was am längsten wartet.
queue-waits =
    { $number ->
        [0] Nichts wartet.
        [one] Eine Sache wartet.
       *[other] { $number } Sachen warten.
    }
queue-everywhere = Alle Kohorten
queue-none = Nichts wartet
queue-none-why = Abgegebene Arbeiten, Zertifikate und Fragen kommen von selbst hierher.
queue-mine = Deine Lernenden
queue-others = Lernende anderer
queue-all = Alle Lernenden
queue-kind-submission = Arbeit
queue-kind-certificate = Zertifikat
queue-kind-help = Hilferuf
# $day ist ein Tag, $days wie lange er her ist.
queue-since =
    { $days ->
        [0] seit heute
        [one] seit gestern
       *[other] seit { $day }, { $days } Tage
    }
queue-review = Beurteilen
queue-review-named = Die Arbeit von { $name } beurteilen
queue-check = Prüfen
queue-check-named = Das Zertifikat von { $name } prüfen
queue-answer = Antworten
queue-answer-named = { $name } antworten
queue-who-has-it = Wer es hat
queue-free = Niemand hat es übernommen.
queue-mine-until = Deins bis { $time }
queue-another-until = Bei { $name } bis { $time }
queue-take = Übernehmen
queue-release = Zurückgeben
queue-accepted = Angenommen. Es ist jetzt ein Nachweis im Nachweisbuch der lernenden Person.
queue-returned = Zurückgeschickt. Was erfüllt ist, zählt; die lernende Person sieht, was fehlt.
queue-helped = Beantwortet.
queue-undone = Zurückgenommen. Es wartet wieder.
queue-released = Zurückgegeben.
today-queue =
    { $number ->
        [one] Eine Sache wartet auf dich
       *[other] { $number } Sachen warten auf dich
    }
today-queue-detail =
    { $mine ->
        [0] Von Lernenden anderer Mentoren oder ohne Mentor.
        [one] Eine davon von einer lernenden Person von dir.
       *[other] { $mine } davon von deinen eigenen Lernenden.
    }

## Beurteilungen

mentoring-mentors = Mentoren
mentoring-submitted = abgegeben { $moment }
mentoring-version =
    { $number ->
        [1] erste Fassung
       *[other] Fassung { $number }
    }
mentoring-entry = Eintrag { $number }, { $day }
mentoring-issued = ausgestellt am { $day }
mentoring-answered = Was dazu gesagt wurde
mentoring-accepted = angenommen
mentoring-returned = zurückgeschickt
mentoring-withdrawn = wartet nicht mehr
mentoring-accept = Annehmen
mentoring-return = Zurückschicken
mentoring-decide = Was erfüllt ist, zählt in jedem Fall. Nimm an, wenn nichts unerfüllt ist; schick zurück mit einem Wort dazu, was fehlt.
mentoring-undo = Beurteilung zurücknehmen
mentoring-undo-hint = Was daraus wurde, wird widerrufen, und die Arbeit wartet wieder.
mentoring-before = Frühere Fassungen
mentoring-before-unseen = Diese Fassung hat niemand beurteilt.
mentoring-worth = Was es wert ist
mentoring-worth-hint = Angenommene Kriterien sind Nachweise mit dem Vertrauen „von Mentoren geprüft“. Was zurückgeschickt wird, bleibt angegeben und geht nicht verloren.
# Alle drei sind Anteile von hundert.
mentoring-would = Ist alles erfüllt, geht { $name } von { $now } auf { $then } Prozent belegt.
mentoring-privacy = Du siehst Nachweise, nach denen die Pfade deiner Kohorte fragen. Notizen und andere Pfade von { $name } bleiben privat.
mentoring-next = Als Nächstes in der Warteschlange
mentoring-again = Noch einmal abgeben
submission-follows = Tritt an die Stelle von
submission-follows-none = nichts, es ist eine neue Arbeit
submission-follows-hint = Für eine Abgabe. Die alte bleibt im Nachweisbuch, mit dem, was dazu gesagt wurde.
entry-follows = tritt an die Stelle von Eintrag { $number }

## Ich komme nicht weiter

help-title = Ich komme nicht weiter
help-words = Was hast du versucht, und wo hört es auf?
help-words-hint = Markdown geht.
help-do = Mentoren fragen
help-who-sees = Die Mentoren deiner Kohorte lesen es.
help-close = Ich brauche keine Hilfe mehr
help-asked-done = Die Mentoren sind gefragt.
help-closed-done = Diese Frage ist geschlossen.
help-asked-on = gefragt { $day }
help-state-answered = beantwortet
help-state-closed = geschlossen
help-of = { $name } kommt nicht weiter
help-says = { $name } schreibt
help-answer = Deine Antwort
help-answer-do = Antworten
help-closed-on = Von der lernenden Person geschlossen, { $moment }
help-privacy = { $name } hat die Mentoren dieser Kohorte gefragt. Die Antwort steht auf der Seite der Anforderung, nur für { $name }.

## Einschätzungen

assessments-title = Einschätzungen
assessments-lede = Halte fest, was du bei einer oder vielen lernenden Personen ohne Abgabe gesehen hast. Es wird in ihren Nachweisbüchern zu einem Nachweis mit dem Vertrauen „von Mentoren geprüft“.
assessments-of = Was du gesehen hast
assessments-requirement = Anforderung
assessments-choose = Wählen
assessments-occasion = Anlass
assessment-oral = Mündliche Prüfung
assessment-attendance = Anwesenheit
assessment-checkpoint = Zwischenstand
assessments-step = Stufe, die du gesehen hast
assessments-criteria = Kriterien, die du erfüllt gesehen hast
assessments-day = Tag
assessments-day-hint = Ohne Angabe: heute, am jeweils eigenen Tag.
assessments-note = An die Lernenden
assessments-learners = Lernende
assessments-do = Festhalten
assessments-none = Noch wurde nichts festgehalten.
assessments-acts = Festgehalten
assessments-no-role = Diese Kohorte folgt keiner Rolle, also gibt es nichts einzuschätzen.
assessments-recorded = Festgehalten.
assessments-undone = Zurückgenommen.
assessments-undo = Zurücknehmen
assessments-undo-named = Zurücknehmen, was zu { $what } festgehalten wurde
assessments-back = zurückgenommen
assessments-by = { $by }, { $day }

## Notizen und Nachrichten

mentor-notes = Notizen der Mentoren
mentor-notes-hint = { $name } sieht sie auf keiner Seite. Sie gehören zu den Daten, die { $name } mitnehmen kann.
mentor-notes-none = Niemand hat etwas notiert.
mentor-note = Eine Notiz für Mentoren
mentor-note-do = Notiz behalten
mentor-note-remove = Entfernen
mentor-note-remove-named = Die Notiz von { $name }, { $moment }, entfernen
mentor-note-by = { $name }, { $moment }

mentor-messages = Nachrichten per Mail
mentor-message-to = An { $name }
mentor-message-hint = Sie geht einmal per Mail hinaus, unter deinem Namen.
mentor-message-do = Senden
mentor-message-none = Es gibt keine Mailadresse, an die man schreiben kann.
mail-message-subject = { $by } hat dir geschrieben ({ $cohort })
mail-message-headline = { $by } schreibt
mail-message-open = Deine Seite öffnen
mail-message-small = Über { $instance } von { $by } gesendet, wer dich in { $cohort } begleitet. Antworten auf diese Mail kommen dort nicht an.
mail-kind-message = Nachricht eines Mentors
