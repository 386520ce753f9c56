# Briefe, die keine Überblicke sind.

mail-test-subject = Ein Test von { $instance }
mail-test-headline = Diese E-Mail ist angekommen
mail-test-body = { $instance } kann E-Mails an diese Adresse senden. Niemand sonst hat diesen Brief bekommen, und eine Antwort ist nicht nötig.
mail-test-sent-at = Gesendet am { $moment }, von { $url }

mail-invitation-subject = { $instance }: deine Einladung
mail-invitation-headline = Willkommen bei { $instance }
mail-invitation-headline-named = { $name }, willkommen bei { $instance }
mail-invitation-body = Jemand, der sich um { $instance } kümmert, lädt dich ein, dort einen Lernpfad zu führen. Öffne den Link, um Benutzernamen und Passwort zu wählen.
mail-invitation-cohort = Du kommst in den Kurs { $cohort }.
mail-invitation-accept = Einladung annehmen
mail-invitation-until = Der Link gilt einmal, bis { $moment }. Wenn du ihn nicht erwartet hast, lass ihn liegen.

mail-list-two = { $first } und { $last }
mail-list-comma = { $first }, { $last }
mail-list-more =
    { $count ->
       *[other] { $names } und { $count } weitere
    }
