use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

#[test]
fn small_counts_are_left_out_and_another_one_where_they_could_be_worked_out() {
    type Case<'a> = (&'a str, &'a [usize], Option<&'a [Option<usize>]>);
    #[rustfmt::skip]
    let table: &[Case<'_>] = &[
        ("nothing of fewer than five",       &[2, 1, 0, 0, 1],    None),
        ("nobody",                           &[0, 0],             None),
        ("nothing is small",                 &[5, 6, 7],          Some(&[Some(5), Some(6), Some(7)])),
        ("two small ones",                   &[9, 3, 6, 2, 5],    Some(&[Some(9), None, Some(6), None, Some(5)])),
        ("one alone takes the first along",  &[9, 8, 6, 2, 5],    Some(&[None, Some(8), Some(6), None, Some(5)])),
        ("by its place, not by its size",    &[3, 30, 6, 8, 5],   Some(&[None, None, Some(6), Some(8), Some(5)])),
        ("noughts alone",                    &[9, 0, 0, 7, 6],    Some(&[None, None, None, Some(7), Some(6)])),
        ("fours alone",                      &[4, 4, 9, 7, 6],    Some(&[None, None, None, Some(7), Some(6)])),
        ("everybody is of one kind",         &[24, 0, 0, 0, 0],   Some(&[None, None, None, None, None])),
        ("noughts beside twelve",            &[12, 0, 0, 7, 6],   Some(&[None, None, None, None, Some(6)])),
    ];
    for (name, counts, expected) in table {
        assert_eq!(publish(counts).as_deref(), *expected, "{name}");
    }
}

#[test]
fn of_each_learner_is_told_what_is_told_of_their_kind() {
    let of = [0, 0, 0, 0, 0, 1, 1, 2, 0];
    let counts = counts(&of, 3);
    assert_eq!(counts, [6, 2, 1]);
    let shown = publish(&counts).unwrap();
    assert_eq!(blanked(&of, &shown), [Some(0), Some(0), Some(0), Some(0), Some(0), None, None, None, Some(0)]);
}

#[test]
fn a_trait_of_fewer_than_five_is_not_told_at_all() {
    let of = |people: usize| Trait { id: "pace".to_owned(), kinds: vec!["behind", "ahead"], of: vec![1; people] };
    assert_eq!(Told::new(of(4)), None);
    let told = Told::new(of(5)).unwrap();
    assert_eq!((told.counts, told.of), (vec![None, None], vec![None; 5]), "that all are alike would be told of each");
    assert_eq!([0, 1_999, 2_000, 8_500, 10_000].map(|points| BANDS[band(points)]), ["0-19", "0-19", "20-44", "85-100", "85-100"]);
}

/// Every way to fill what is left out so that the whole is the same.
fn fillings(shown: &[Option<usize>], whole: usize) -> Vec<Vec<usize>> {
    fn fill(rest: &[Option<usize>], left: usize, done: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
        let Some((first, rest)) = rest.split_first() else {
            if left == 0 {
                found.push(done.clone());
            }
            return;
        };
        let tried = match first {
            Some(count) => *count..=*count,
            None => 0..=left,
        };
        for count in tried.filter(|count| *count <= left) {
            done.push(count);
            fill(rest, left - count, done, found);
            done.pop();
        }
    }
    let mut found = Vec::new();
    fill(shown, whole, &mut Vec::new(), &mut found);
    found
}

/// What somebody can work out who knows the whole, what is published, and this module: the values that each count may have.
fn possible(counts: &[usize], shown: &[Option<usize>]) -> Vec<BTreeSet<usize>> {
    let mut values = vec![BTreeSet::new(); counts.len()];
    for filled in fillings(shown, counts.iter().sum()) {
        if publish(&filled).as_deref() == Some(shown) {
            for (values, count) in values.iter_mut().zip(filled) {
                values.insert(count);
            }
        }
    }
    values
}

fn holds(counts: &[usize]) -> Result<(), String> {
    let Some(shown) = publish(counts) else { return Ok(()) };
    for (place, (values, shown)) in possible(counts, &shown).iter().zip(&shown).enumerate() {
        if !values.contains(&counts[place]) || shown.is_some_and(|count| count < FEWEST) {
            return Err(format!("{counts:?} is told wrongly at {place}"));
        }
        if shown.is_none() && values.len() < 2 {
            return Err(format!("{counts:?} gives away the one at {place}: {values:?}"));
        }
    }
    Ok(())
}

/// All small tables, and some in which noughts stand beside the one number that could give them away.
#[test]
fn no_count_that_is_left_out_of_a_small_table_can_be_worked_out() {
    for (kinds, most) in [(2, 30), (3, 20), (4, 13)] {
        for whole in 0..=most {
            for counts in fillings(&vec![None; kinds], whole) {
                assert_eq!(holds(&counts), Ok(()));
            }
        }
    }
    for counts in
        [vec![12, 0, 0, 5], vec![0, 12, 7, 0, 6], vec![16, 0, 0, 0, 5], vec![0, 0, 5, 12, 9], vec![4, 4, 12, 5, 5], vec![20, 0, 0, 0, 0]]
    {
        assert_eq!(holds(&counts), Ok(()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_count_that_is_left_out_can_be_worked_out(
        counts in proptest::collection::vec(prop_oneof![3 => 0_usize..5, 1 => Just(0_usize), 1 => Just(4_usize), 3 => 5_usize..22], 2..7),
    ) {
        prop_assert_eq!(holds(&counts), Ok(()));
    }
}
