# Days, periods, points and durations. The code gives the parts, this file their order and signs.

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

day-number = { $day }
day-short = { $day } { $month }
day-long = { $day } { $month } { $year }
day-named = { $weekday } { $day } { $month }
day-full = { $weekday } { $day } { $month } { $year }
day-and-time = { $day }, { $time }

period-week = Week { $week }, { $from } to { $to }
period-month = { $month } { $year }

number-decimal = { $whole }.{ $part }
number-gain = +{ $amount }
# U+2212, the minus sign
number-loss = −{ $amount }

duration-minutes = { $minutes } min
duration-hours = { $hours } h

# A role and the level of it that somebody makes for.
goal = { $role }, { $level }

schedule-off = never
schedule-daily = once a day, at { $time } in { $zone }
schedule-weekly = once a week, on { $weekday } at { $time } in { $zone }
# A day past the month's end means its last day.
schedule-monthly = once a month, on day { $day } at { $time } in { $zone }
