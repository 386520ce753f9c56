//! The worker's decisions, without its work.

use domain::account::{Account, MailAddress};
use domain::schedule::Cadence;
use domain::time::Instant;
use mail::SendError;
use store::digests::Schedule;

/// A letter is tried that often, then it is dead.
pub const MAX_ATTEMPTS: u32 = 8;

/// Seconds after the first, second, … failure: a mail server may be away for a night and the digest still arrives.
const WAITS: [u32; MAX_ATTEMPTS as usize - 1] = [60, 300, 900, 3_600, 10_800, 21_600, 43_200];

/// Why a digest is not sent after all; stable words, shown by `skip-…` of the catalogue.
pub const SKIPS: &[&str] = &[TOO_LATE, SILENT, PAUSED, DISABLED, UNSUBSCRIBED, OFF, NO_ADDRESS, NO_RIGHT, GUIDES_NOBODY];

pub(crate) const TOO_LATE: &str = "too_late";
pub(crate) const SILENT: &str = "silent";
pub(crate) const PAUSED: &str = "paused";
pub(crate) const DISABLED: &str = "disabled";
const UNSUBSCRIBED: &str = "unsubscribed";
const OFF: &str = "off";
pub(crate) const NO_ADDRESS: &str = "no_address";
/// Who wrote a message does not guide its recipient any more.
pub(crate) const NO_RIGHT: &str = "no_right";

/// A mentor's digest for who is no mentor or lead any more.
pub(crate) const GUIDES_NOBODY: &str = "guides_nobody";

/// Where a letter goes by what the account may and wants now, or why it does not go. Whoever planned it may have seen
/// other rights.
pub(crate) fn address<'a>(account: &'a Account, schedule: Option<&Schedule>) -> Result<&'a MailAddress, &'static str> {
    let Some(schedule) = schedule else { return Err(OFF) };
    if account.disabled {
        Err(DISABLED)
    } else if schedule.unsubscribed {
        Err(UNSUBSCRIBED)
    } else if schedule.rule.cadence == Cadence::Off {
        Err(OFF)
    } else {
        account.mail.as_ref().ok_or(NO_ADDRESS)
    }
}

/// What becomes of a letter after a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Sent,
    Retry(Instant),
    Dead,
    /// Nobody knows whether it arrived: the lease runs out, and whoever claims it then sends it once more.
    LeaveToLease,
}

/// `jitter` spreads retries of many letters: up to a quarter of the wait is added.
pub(crate) fn after_try(result: &Result<(), SendError>, attempts: u32, now: Instant, jitter: u8) -> Next {
    match result {
        Ok(()) => Next::Sent,
        Err(error) if error.perhaps_sent => Next::LeaveToLease,
        Err(error) if error.transient => retry(attempts, now, jitter),
        Err(_) => Next::Dead,
    }
}

/// The next try after `attempts`, or none.
pub(crate) fn retry(attempts: u32, now: Instant, jitter: u8) -> Next {
    match WAITS.get(attempts.max(1) as usize - 1) {
        Some(&wait) => Next::Retry(now.plus_seconds(i64::from(wait + wait / 4 * u32::from(jitter) / 255))),
        None => Next::Dead,
    }
}

/// True where a claimed letter is given up without another try: it was sent twice without an answer, or its workers died
/// too often.
pub(crate) fn gives_up(attempts: u32, handed_off: bool, sent_twice: bool) -> Option<&'static str> {
    if handed_off && sent_twice {
        Some("it was given to the mail server twice and never answered for: it may have arrived")
    } else if attempts > MAX_ATTEMPTS {
        Some("it was tried too often")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use domain::account::{CleanName, Theme, Username};
    use domain::ids::{AccountId, PublicId};
    use domain::schedule::{Rule, TimeOfDay};
    use domain::time::Zone;

    use super::*;

    fn error(transient: bool, perhaps_sent: bool) -> Result<(), SendError> {
        Err(SendError { transient, perhaps_sent, text: String::new() })
    }

    #[test]
    fn what_becomes_of_a_letter_after_a_try() {
        let now = Instant::from_micros(0);
        let at = |seconds| Next::Retry(now.plus_seconds(seconds));
        let cases = [
            (Ok(()), 1, 0, Next::Sent),
            (Ok(()), 9, 0, Next::Sent),
            (error(true, false), 1, 0, at(60)),
            (error(true, false), 1, 255, at(75)),
            (error(true, false), 2, 0, at(300)),
            (error(true, false), 7, 0, at(43_200)),
            (error(true, false), 7, 255, at(54_000)),
            (error(true, false), 8, 0, Next::Dead),
            (error(true, false), 20, 0, Next::Dead),
            (error(true, false), 0, 0, at(60)),
            (error(false, false), 1, 0, Next::Dead),
            (error(true, true), 1, 0, Next::LeaveToLease),
            (error(true, true), 8, 0, Next::LeaveToLease),
        ];
        for (result, attempts, jitter, expected) in cases {
            assert_eq!(after_try(&result, attempts, now, jitter), expected, "{result:?} after {attempts}");
        }
    }

    #[test]
    fn a_lease_outlasts_all_letters_that_share_a_connection() {
        for (seconds, connections) in [(1, 1), (30, 16), (600, 64)] {
            let pace = crate::Pace::new(std::time::Duration::from_secs(seconds), connections);
            assert_eq!(pace.connections, connections as usize);
            let in_turn = pace.at_once.div_ceil(pace.connections) as u64;
            assert!(in_turn > 1, "a letter waits while another is sent");
            assert!(pace.lease_seconds as u64 > in_turn * seconds, "{pace:?}");
        }
    }

    #[test]
    fn waits_grow_and_outlast_a_night() {
        assert!(WAITS.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(WAITS.iter().sum::<u32>() > 20 * 3_600);
    }

    #[test]
    fn a_letter_is_sent_once_more_when_nobody_knows_and_then_never_again() {
        let cases = [
            (1, false, false, false),
            (2, true, false, false),
            (3, true, true, true),
            (3, false, true, false),
            (8, false, false, false),
            (9, false, false, true),
        ];
        for (attempts, handed_off, sent_twice, gives) in cases {
            assert_eq!(gives_up(attempts, handed_off, sent_twice).is_some(), gives, "{attempts} {handed_off} {sent_twice}");
        }
    }

    #[test]
    fn rights_and_wishes_of_now_decide_whether_a_letter_goes() {
        let account = Account {
            id: AccountId(1),
            public_id: PublicId::new([1; 16]),
            username: Username::parse("ada").unwrap(),
            name: CleanName::parse("Ada").unwrap(),
            mail: Some(MailAddress::parse("ada@harbour.example").unwrap()),
            language: None,
            zone: Zone::utc(),
            theme: Theme::System,
            is_admin: false,
            disabled: false,
            created_at: Instant::from_micros(0),
            ledger_seq: 0,
        };
        let schedule = |cadence, unsubscribed| {
            Some(Schedule { rule: Rule { cadence, time: TimeOfDay::new(18, 30).unwrap() }, next: None, unsubscribed })
        };
        let daily = || schedule(Cadence::Daily, false);
        let cases = [
            (account.clone(), daily(), Ok("ada@harbour.example")),
            (Account { disabled: true, ..account.clone() }, daily(), Err("disabled")),
            (Account { mail: None, ..account.clone() }, daily(), Err("no_address")),
            (account.clone(), schedule(Cadence::Daily, true), Err("unsubscribed")),
            (account.clone(), schedule(Cadence::Off, false), Err("off")),
            (account, None, Err("off")),
        ];
        for (account, schedule, expected) in cases {
            let found = address(&account, schedule.as_ref()).map(MailAddress::as_str);
            assert_eq!(found, expected);
            assert!(found.err().is_none_or(|why| SKIPS.contains(&why)));
        }
    }

    #[test]
    fn every_reason_has_its_words() {
        let lang = words::Words::load().for_languages(None, None);
        for why in SKIPS {
            assert!(lang.has(&format!("skip-{}", why.replace('_', "-"))), "{why}");
        }
    }
}
