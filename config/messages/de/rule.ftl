# Gründe der eingebauten Bewertungsregel. $points sind Punkte von hundert, $hours eine Schätzung, $trust das Wort des
# geringsten Vertrauens unter den angeführten Nachweisen.

rule-nothing-yet = Noch kein Nachweis.
rule-earned =
    { $trust ->
        [claimed] Ganz erreicht durch deine Angabe.
        [linked] Ganz erreicht, mit etwas zum Ansehen.
        [peer] Ganz erreicht, von Kundigen geprüft.
        [mentor] Ganz erreicht, von Mentoren geprüft.
        [verified] Ganz erreicht, mit einem bestätigten Zertifikat.
       *[other] Ganz erreicht.
    }
rule-partly = Bisher zu { $percent } % erreicht.
rule-not-needed = Nicht nötig: Aus der Gruppe zählen schon genug andere.
rule-finish =
    { $hours ->
        [0] Bringt { $points } Punkte.
       *[other] Bringt { $points } Punkte, in etwa { $hours } h.
    }
rule-continue =
    { $hours ->
        [0] Begonnen: Der Rest bringt { $points } Punkte.
       *[other] Begonnen: Der Rest bringt { $points } Punkte, in höchstens { $hours } h.
    }
rule-after =
    { $waits ->
        [one] Bringt { $points } Punkte, nach einer Anforderung davor.
       *[other] Bringt { $points } Punkte, nach { $waits } Anforderungen davor.
    }
