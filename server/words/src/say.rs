//! Days, periods, points and durations in words. Every order of words and every sign stands in `time.ftl`.

use domain::schedule::{Cadence, Period, Rule, Weekday};
use domain::scoring::{Message, Value};
use domain::time::{Day, Instant, Zone};

use crate::{Arg, Lang, PackWords};

impl Lang {
    /// `Sunday 22 November 2026`
    pub fn day(&self, day: Day) -> String {
        self.date("day-full", day)
    }

    /// `22 November 2026`
    pub fn day_long(&self, day: Day) -> String {
        self.date("day-long", day)
    }

    /// `22 November`
    pub fn day_short(&self, day: Day) -> String {
        self.date("day-short", day)
    }

    /// `22 November` in the year of `today`, else `22 November 2026`.
    pub fn day_near(&self, day: Day, today: Day) -> String {
        if day.date().year() == today.date().year() { self.day_short(day) } else { self.day_long(day) }
    }

    /// `Sunday 22 November`
    pub fn day_named(&self, day: Day) -> String {
        self.date("day-named", day)
    }

    /// `22 November 2026, 18:30`, as a clock in `zone` shows it.
    pub fn moment(&self, at: Instant, zone: &Zone) -> String {
        let civil = at.civil_in(zone);
        let time = format!("{:02}:{:02}", civil.hour(), civil.minute());
        let day = self.plain_date("day-long", Day::from_date(civil.date()));
        self.t_with("day-and-time", &[("day", day.into()), ("time", time.into())])
    }

    /// `Monday`
    pub fn weekday(&self, weekday: Weekday) -> String {
        self.t(&weekday_key(weekday as i8))
    }

    /// `November`; 1 to 12.
    pub fn month(&self, month: i8) -> String {
        self.t(&month_key(month))
    }

    /// `Week 47, 16 to 22 November 2026`, `Sunday 22 November 2026` or `November 2026`; the key itself where it is none
    /// of these.
    pub fn period_title(&self, period: &Period) -> String {
        self.title_of(period).unwrap_or_else(|| period.0.clone())
    }

    fn title_of(&self, period: &Period) -> Option<String> {
        let key = period.0.as_str();
        if let Some((year, week)) = key.split_once("-W") {
            let monday = monday_of(year, week.parse().ok()?)?;
            let sunday = monday.plus(6);
            let (from, to) = (monday.date(), sunday.date());
            let from_key = match (from.year() == to.year(), from.month() == to.month()) {
                (true, true) => "day-number",
                (true, false) => "day-short",
                _ => "day-long",
            };
            let (from, to) = (self.plain_date(from_key, monday), self.plain_date("day-long", sunday));
            let week = week.trim_start_matches('0');
            return Some(self.t_with("period-week", &[("week", week.into()), ("from", from.into()), ("to", to.into())]));
        }
        if let Ok(day) = key.parse::<Day>() {
            return Some(self.day(day));
        }
        let first: Day = format!("{key}-01").parse().ok()?;
        Some(self.date("period-month", first))
    }

    /// Basis points as points of a hundred, to one decimal, rounded down: `71.9`, `72`.
    pub fn points(&self, basis_points: u32) -> String {
        self.decimal(basis_points / 100, basis_points % 100 / 10, 1)
    }

    /// A readiness as its heading says it: whole points of a hundred, rounded down. `72`
    pub fn readiness(&self, basis_points: u32) -> String {
        (basis_points / 100).to_string()
    }

    /// Basis points as points of a hundred with two decimals, as receipts show them: `1.66`.
    pub fn points_exact(&self, basis_points: u32) -> String {
        self.t_with("number-decimal", &[("whole", (basis_points / 100).into()), ("part", format!("{:02}", basis_points % 100).into())])
    }

    /// A difference of whole points with its sign: `+12`, `−3`, `0`.
    pub fn whole_moved(&self, difference: i32) -> String {
        let amount = difference.unsigned_abs().to_string();
        let key = match difference.signum() {
            1 => "number-gain",
            -1 => "number-loss",
            _ => return amount,
        };
        self.t_with(key, &[("amount", amount.into())])
    }

    /// A difference of basis points with its sign: `+1.7`, `−0.04`. Below a tenth of a point it has two decimals, so that
    /// what moved never reads as nothing.
    pub fn points_moved(&self, difference: i64) -> String {
        let size = u32::try_from(difference.unsigned_abs()).unwrap_or(u32::MAX);
        let amount = if (1..10).contains(&size) { self.decimal(0, size, 2) } else { self.decimal(size / 100, size % 100 / 10, 1) };
        let key = match difference.signum() {
            1 => "number-gain",
            -1 => "number-loss",
            _ => return amount,
        };
        self.t_with(key, &[("amount", amount.into())])
    }

    fn decimal(&self, whole: u32, part: u32, digits: usize) -> String {
        if part == 0 {
            return whole.to_string();
        }
        self.plain("number-decimal", &[("whole", whole.into()), ("part", format!("{part:0digits$}").into())])
    }

    /// `Back-End Developer, Senior`; the role alone where its level has the same name.
    pub fn goal(&self, role: &str, level: &str) -> String {
        if role == level { role.to_owned() } else { self.t_with("goal", &[("role", role.into()), ("level", level.into())]) }
    }

    /// `75 min`
    pub fn minutes(&self, minutes: u32) -> String {
        self.t_with("duration-minutes", &[("minutes", minutes.into())])
    }

    /// `10 h`
    pub fn hours(&self, hours: u32) -> String {
        self.t_with("duration-hours", &[("hours", hours.into())])
    }

    /// Minutes up to two hours, then hours, rounded up to whole ones: `75 min`, `10 h`.
    pub fn effort(&self, minutes: u32) -> String {
        if minutes < 120 { self.minutes(minutes) } else { self.hours(minutes.div_ceil(60)) }
    }

    /// `once a week, on Sunday at 18:30 in Europe/Lisbon`
    pub fn schedule(&self, rule: Rule, zone: &Zone) -> String {
        let (time, zone) = (rule.time.to_string(), zone.name());
        match rule.cadence {
            Cadence::Off => self.t("schedule-off"),
            Cadence::Daily => self.t_with("schedule-daily", &[("time", time.into()), ("zone", zone.into())]),
            Cadence::Weekly { weekday } => {
                let weekday = self.plain(&weekday_key(weekday as i8), &[]);
                self.t_with("schedule-weekly", &[("weekday", weekday.into()), ("time", time.into()), ("zone", zone.into())])
            }
            Cadence::Monthly { day } => {
                self.t_with("schedule-monthly", &[("day", day.into()), ("time", time.into()), ("zone", zone.into())])
            }
        }
    }

    /// A rule's reason in words: from the pack's catalogue where a pack made it, else from `rule.ftl`. Arguments named
    /// `points` are basis points, the way rules count.
    pub fn reason(&self, message: &Message, pack: Option<&PackWords>) -> String {
        let args: Vec<(&str, Arg<'_>)> = message
            .arguments
            .iter()
            .map(|argument| {
                let value = match &argument.value {
                    Value::Number(points) if argument.key == "points" => {
                        Arg::from(self.decimal((points.max(&0) / 100) as u32, (points.max(&0) % 100 / 10) as u32, 1))
                    }
                    Value::Number(number) => Arg::Number(*number),
                    Value::Text(text) => Arg::from(&**text),
                    Value::Truth(truth) => Arg::from(if *truth { "yes" } else { "no" }),
                };
                (&*argument.key, value)
            })
            .collect();
        pack.and_then(|pack| pack.t_with(self, &message.id, &args)).unwrap_or_else(|| self.t_with(&message.id, &args))
    }

    fn date(&self, key: &str, day: Day) -> String {
        let text = self.plain_date(key, day);
        if self.0.brackets { format!("[{text}]") } else { text }
    }

    fn plain_date(&self, key: &str, day: Day) -> String {
        let date = day.date();
        let weekday = self.plain(&weekday_key(date.weekday().to_monday_one_offset()), &[]);
        let month = self.plain(&month_key(date.month()), &[]);
        // The year as text: Fluent would group a number's digits in some languages.
        let year = date.year().to_string();
        let day = i64::from(date.day());
        self.plain(key, &[("weekday", weekday.into()), ("day", day.into()), ("month", month.into()), ("year", year.into())])
    }
}

/// Monday of an ISO week: week 1 is the one that holds 4 January (ISO 8601, 5.7.3).
fn monday_of(year: &str, week: i32) -> Option<Day> {
    let fourth: Day = format!("{year}-01-04").parse().ok()?;
    let monday = fourth.plus(-i32::from(fourth.date().weekday().to_monday_zero_offset()));
    (1..=53).contains(&week).then(|| monday.plus(7 * (week - 1)))
}

fn weekday_key(monday_one: i8) -> String {
    format!("weekday-{monday_one}")
}

fn month_key(month: i8) -> String {
    format!("month-{month}")
}
