use super::*;
use crate::ledger::EvidenceKind::{Assessment, Claim, Retraction, Review};
use crate::samples;
use crate::subject::Trust;

#[test]
fn a_learner_was_seen_when_they_wrote_what_the_cohort_knows_of() {
    let entry = |seq: u32, kind: EvidenceKind, retracts| Entry {
        recorded_at: Instant::from_micros(i64::from(seq)),
        retracts,
        ..samples::entry(seq, kind, Trust::Claimed, &[])
    };
    let ledger = [
        entry(1, Claim, None),
        entry(2, Claim, None),
        entry(3, Review, None),
        entry(4, Claim, None),
        entry(5, Claim, None),
        entry(6, Retraction, Some(5)),
        entry(7, Assessment, None),
    ];
    type Row = (&'static str, &'static [u32], &'static [u32], Option<i64>);
    let table: [Row; 6] = [
        ("what was taken back was written, and that it was is no less", &[], &[], Some(6)),
        ("nothing that is withheld, nor that it was taken back", &[], &[5], Some(4)),
        ("nothing that was brought along", &[4], &[5], Some(2)),
        ("no word of reviewers and mentors", &[4], &[2, 5], Some(1)),
        ("nothing", &[1, 4], &[2, 5], None),
        ("nor what was brought along with that it was taken back", &[6, 5], &[], Some(4)),
    ];
    for (what, brought, withheld, last) in table {
        let [brought, withheld] = [brought, withheld].map(|seqs| seqs.iter().copied().collect());
        for ledger in [ledger.iter().collect::<Vec<_>>(), ledger.iter().rev().collect()] {
            assert_eq!(last_written(ledger, &brought, &withheld), last.map(Instant::from_micros), "{what}");
        }
    }
}
