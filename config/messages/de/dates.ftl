# Die Daten einer Kohorte, und die Pfade, die mit ihr enden.

# Unter den Daten. $day ist der letzte Tag.
cohort-dates-ending =
    { $paths ->
        [one] Ein Pfad hat sein Ziel am { $day }: Er geht mit, wenn sich der letzte Tag ändert. Ein Zieltag, den Lernende selbst gewählt haben, bleibt.
       *[other] { $paths } Pfade haben ihr Ziel am { $day }: Sie gehen mit, wenn sich der letzte Tag ändert. Ein Zieltag, den Lernende selbst gewählt haben, bleibt.
    }
cohort-dates-moved =
    { $paths ->
        [one] Gespeichert. Ein Pfad ging auf den neuen letzten Tag mit.
       *[other] Gespeichert. { $paths } Pfade gingen auf den neuen letzten Tag mit.
    }
