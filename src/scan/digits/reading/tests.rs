use super::super::finder::{CELL, Finder};
use super::super::lattice::OTHER;
use super::super::runs::{rows, runs};
use super::*;
use crate::scan::luma_from_bytes;
use std::path::Path;

/// A screenshot whose number is a line of 32 digits behind a label and one of 31 below it.
fn screenshot() -> Luma {
    let file = "fixtures/digits/screenshots/0921007.png";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    luma_from_bytes(&std::fs::read(file).unwrap()).unwrap()
}

/// Both lines, as the finder sees them and as they are read.
fn lines(reading: &Reading) -> [ReadRow; 2] {
    let half = reading.picture.half();
    let columns = (half.width() as usize).div_ceil(CELL) + 1;
    let cells = Finder::new().unwrap().find(&half);
    let mut read = reading.rows(rows(runs(&cells, columns, 2.0)));
    read.retain(|row| row.longest() > 20);
    read.try_into().unwrap()
}

fn digits(read: &ReadRow) -> Vec<usize> {
    let classes = read.symbols.iter().map(|&(class, _)| class);
    classes.filter(|&class| class != OTHER).collect()
}

#[test]
fn a_row_that_was_seen_in_part_is_read_whole() {
    let (picture, reader) = (screenshot(), Reader::new().unwrap());
    let reading = Reading {
        picture: &picture,
        reader: &reader,
    };
    for whole in lines(&reading) {
        assert!([31, 32].contains(&whole.longest()));
        let third = whole.row.whole.length() / 3.0;
        for cut in [[third, third], [third, 0.0], [0.0, third]] {
            let mut row = whole.row.clone();
            row.whole = row.whole.longer(cut.map(|heights| -heights));
            let again = reading.row(row).unwrap();
            assert_eq!(digits(&again), digits(&whole), "{cut:?}");
        }
    }
}

#[test]
fn what_was_seen_faintly_counts_if_it_is_digits_beside_digits() {
    let (picture, reader) = (screenshot(), Reader::new().unwrap());
    let reading = Reading {
        picture: &picture,
        reader: &reader,
    };
    let [above, below] = lines(&reading);
    let run = below.row.whole.clone();
    let label = above.row.whole.longer([4.0, -above.row.whole.length()]);
    let nowhere = run.longer([-run.length() - 5.0, 10.0]);
    let mut read = vec![above];
    // A label is no digits, and where nothing stands are none.
    assert!(!reading.add_faint(&mut read, vec![label, nowhere]));
    assert!(reading.add_faint(&mut read, vec![run.clone()]));
    assert_eq!(digits(&read[1]), digits(&below));
    // Far from digits nothing is looked for.
    assert!(!reading.add_faint(&mut Vec::new(), vec![run]));
}
