# Die Tafel einer Kohorte: was neben cohorts.ftl dazukam.

## Was sich geändert hat

cohort-cells-change = Änderung in 4 Wochen
cohort-sort-change = Änderung in 4 Wochen, kleinste zuerst
# Die Felder zeigen ganze von hundert Punkten mit Vorzeichen.
cohort-caption-change-claimed = Lernende nach Bereich: um wie viele von hundert Punkten sich das Angegebene in vier Wochen geändert hat
cohort-caption-change-proven = Lernende nach Bereich: um wie viele von hundert Punkten sich das Belegte in vier Wochen geändert hat
cohort-legend-change = Punkte in 4 Wochen ab
cohort-col-ready-change = angegeben, belegt: Änderung
# Anstelle der Zahlen von Lernenden.
cohort-joined-since = Am { $day } dazugekommen: noch keine vier Wochen
