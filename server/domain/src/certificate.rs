//! Certificates: which hold, which lapse soon, which were renewed; and when a digest reminds of one.

use serde::{Deserialize, Serialize};

use crate::ledger::{Entry, EvidenceKind};
use crate::subject::words;
use crate::time::{Day, Instant};

/// Days ahead in which a certificate's end is worth a line.
pub const LAPSING_DAYS: i32 = 60;

/// How many days before the end a digest says so: enough to book an exam, to learn for it, and to sit it. In between it
/// is silent, or a weekly digest would say the same eight times.
pub const REMINDERS: [i32; 5] = [LAPSING_DAYS, 30, 14, 7, 1];

/// Where a certificate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateState {
    Holds,
    /// Its last day is today or within 60 days.
    Lapsing,
    Expired,
    /// Another one about the same holds longer.
    Renewed,
    TakenBack,
}

words!(CertificateState {
    Holds = "holds",
    Lapsing = "lapsing",
    Expired = "expired",
    Renewed = "renewed",
    TakenBack = "taken-back"
});

/// Every certificate of a ledger with its state on `today`, in the ledger's order.
pub fn certificates(ledger: &[Entry], today: Day) -> Vec<(&Entry, CertificateState)> {
    let all: Vec<&Entry> = ledger.iter().filter(|entry| entry.kind == EvidenceKind::Certificate).collect();
    let is_out = |entry: &Entry| ledger.iter().any(|other| other.retracts == Some(entry.seq));
    let standing: Vec<&Entry> = all.iter().copied().filter(|entry| !is_out(entry)).collect();
    all.into_iter()
        .map(|entry| {
            let state = if is_out(entry) {
                CertificateState::TakenBack
            } else if standing.iter().any(|other| outlives(other, entry)) {
                CertificateState::Renewed
            } else {
                match entry.expires_on {
                    Some(last) if last < today => CertificateState::Expired,
                    Some(last) if last <= today.plus(LAPSING_DAYS) => CertificateState::Lapsing,
                    _ => CertificateState::Holds,
                }
            };
            (entry, state)
        })
        .collect()
}

/// `other` proves all that `entry` does, and longer; of two that end on the same day the later recorded one counts.
fn outlives(other: &Entry, entry: &Entry) -> bool {
    let covers = entry.held.iter().all(|held| other.held.iter().any(|more| more.subject == held.subject));
    let end = |entry: &Entry| (entry.expires_on.is_none(), entry.expires_on, entry.seq);
    covers && end(other) > end(entry)
}

/// Whether the digest of `today` names a certificate that ends on `last`: since the day of the sending before it came to
/// one of [`REMINDERS`], or it ran out, or it was recorded since (`recorded_at`) with less than 60 days to go.
pub fn reminds(last: Day, recorded_at: Instant, since: Instant, since_day: Day, today: Day) -> bool {
    let passed = |day: Day| since_day < day && day <= today;
    let is_new = recorded_at > since && (today..=today.plus(LAPSING_DAYS)).contains(&last);
    is_new || passed(last.plus(1)) || REMINDERS.iter().any(|before| passed(last.plus(-before)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Held;
    use crate::subject::{Subject, SubjectKind, Trust};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn entry(seq: u32, of: &str, until: Option<&str>) -> Entry {
        Entry {
            seq,
            kind: EvidenceKind::Certificate,
            trust: Trust::Linked,
            day: day("2025-01-01"),
            recorded_at: Instant::from_micros(0),
            held: vec![Held { subject: Subject::new(SubjectKind::Certification, of), step: None }],
            expires_on: until.map(day),
            retracts: None,
            recall: None,
        }
    }

    fn states(ledger: &[Entry]) -> Vec<CertificateState> {
        certificates(ledger, day("2026-11-19")).into_iter().map(|(_, state)| state).collect()
    }

    #[test]
    fn a_certificate_lapses_in_its_last_sixty_days_and_expires_after_its_last() {
        use CertificateState::{Expired, Holds, Lapsing};
        let cases = [
            (Some("2026-11-18"), Expired),
            (Some("2026-11-19"), Lapsing),
            (Some("2027-01-18"), Lapsing),
            (Some("2027-01-19"), Holds),
            (None, Holds),
        ];
        for (until, state) in cases {
            assert_eq!(states(&[entry(1, "cloud", until)]), [state], "{until:?}");
        }
    }

    #[test]
    fn a_longer_one_about_the_same_renews_and_a_retraction_gives_the_old_one_back() {
        use CertificateState::{Expired, Holds, Renewed, TakenBack};
        let old = entry(1, "cloud", Some("2026-10-01"));
        let new = entry(2, "cloud", Some("2029-10-01"));
        assert_eq!(states(&[old.clone(), new.clone()]), [Renewed, Holds]);
        assert_eq!(states(&[old.clone(), entry(2, "data", None)]), [Expired, Holds]);
        assert_eq!(states(&[entry(1, "cloud", None), entry(2, "cloud", Some("2029-10-01"))]), [Holds, Renewed]);
        assert_eq!(states(&[old.clone(), entry(2, "cloud", Some("2026-10-01"))]), [Renewed, Expired], "the later of two alike");
        let back = Entry { kind: EvidenceKind::Retraction, retracts: Some(2), ..entry(3, "cloud", None) };
        assert_eq!(states(&[old, new, back]), [Expired, TakenBack]);
    }

    /// Weekly digests on Sundays, from long before to after the end.
    #[test]
    fn a_weekly_digest_says_only_now_and_then_that_a_certificate_lapses() {
        let last = day("2026-12-31");
        let recorded = Instant::from_micros(0);
        let since = Instant::from_micros(1);
        let sundays: Vec<Day> = (0..20).map(|week| day("2026-10-04").plus(7 * week)).collect();
        let named: Vec<String> =
            sundays.windows(2).filter(|pair| reminds(last, recorded, since, pair[0], pair[1])).map(|pair| pair[1].to_string()).collect();
        // 60 days before is 1 November, 30: 1 December, 14: 17, 7: 24, 1: 30; it is over on 1 January, in one digest with 1.
        assert_eq!(named, ["2026-11-01", "2026-12-06", "2026-12-20", "2026-12-27", "2027-01-03"]);
    }

    #[test]
    fn a_daily_digest_names_it_on_the_very_days() {
        let last = day("2026-12-31");
        let named = (0..100)
            .map(|n| day("2026-10-10").plus(n))
            .filter(|today| reminds(last, Instant::from_micros(0), Instant::from_micros(1), today.plus(-1), *today))
            .map(|today| last.number() - today.number())
            .collect::<Vec<_>>();
        assert_eq!(named, [60, 30, 14, 7, 1, -1]);
    }

    #[test]
    fn one_that_was_recorded_with_little_time_left_is_named_at_once() {
        let (last, since) = (day("2026-12-31"), Instant::from_micros(5));
        let of = |recorded: i64, today: &str| reminds(last, Instant::from_micros(recorded), since, day(today).plus(-1), day(today));
        assert!(of(6, "2026-12-10"));
        assert!(!of(5, "2026-12-10"));
        assert!(!of(6, "2026-10-10"), "there is time");
        assert!(!of(6, "2027-02-10"), "it was over when it came");
    }
}
