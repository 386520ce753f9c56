# Tage, Zeiträume, Punkte und Dauern. Der Code gibt die Teile, diese Datei ihre Reihenfolge und ihre Zeichen.

weekday-1 = Montag
weekday-2 = Dienstag
weekday-3 = Mittwoch
weekday-4 = Donnerstag
weekday-5 = Freitag
weekday-6 = Samstag
weekday-7 = Sonntag

month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember

day-number = { $day }.
day-short = { $day }. { $month }
day-long = { $day }. { $month } { $year }
day-named = { $weekday }, { $day }. { $month }
day-full = { $weekday }, { $day }. { $month } { $year }
day-and-time = { $day }, { $time } Uhr

period-week = Woche { $week }, { $from } bis { $to }
period-month = { $month } { $year }

number-decimal = { $whole },{ $part }
number-gain = +{ $amount }
# U+2212, das Minuszeichen
number-loss = −{ $amount }

duration-minutes = { $minutes } min
duration-hours = { $hours } h

# Eine Rolle und die Stufe, auf die jemand hinarbeitet.
goal = { $role }, { $level }

schedule-off = nie
schedule-daily = täglich um { $time } Uhr in { $zone }
schedule-weekly = wöchentlich am { $weekday } um { $time } Uhr in { $zone }
# Hat der Monat diesen Tag nicht, ist sein letzter gemeint.
schedule-monthly = monatlich am { $day }. um { $time } Uhr in { $zone }
