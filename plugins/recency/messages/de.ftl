recency-nothing = Noch kein Nachweis.
recency-fresh = Der Nachweis { $days ->
    [0] von heute
    [one] von gestern
   *[other] von vor { $days } Tagen
} zählt voll.
recency-faded = Der Nachweis { $days ->
    [one] von gestern
   *[other] von vor { $days } Tagen
} behält { NUMBER($kept) } % seines Gewichts.
recency-not-needed = Andere Mitglieder dieser Gruppe halten die Punkte.
recency-begin = Noch nichts gezeigt.
recency-continue = Begonnen; der Rest ist offen.
recency-renew = Schon gezeigt, aber vor langer Zeit: noch einmal zeigen.
