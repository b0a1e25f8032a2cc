use super::super::finder::{CELL, Finder};
use super::super::lattice::OTHER;
use super::super::runs::{rows, runs};
use super::*;
use crate::scan::luma_from_bytes;
use std::path::Path;

fn screenshot(name: &str) -> Luma {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/digits/screenshots");
    luma_from_bytes(&std::fs::read(folder.join(name)).unwrap()).unwrap()
}

/// A screenshot whose number is a line of 32 digits behind a label and one of 31 below it.
fn two_lines() -> Luma {
    screenshot("0921007.png")
}

/// Both lines, as the finder sees them and as they are read.
fn lines(reading: &Reading) -> [ReadRow; 2] {
    let half = reading.picture.half();
    let columns = (half.width() as usize).div_ceil(CELL) + 1;
    let cells = Finder::new().unwrap().find(&half);
    let mut read = reading.rows(rows(runs(&cells, columns, 2.0)), &mut Vec::new());
    read.retain(|row| row.longest() > 20);
    read.try_into().unwrap()
}

fn digits(read: &ReadRow) -> Vec<usize> {
    let classes = read.symbols.iter().map(|&(class, _)| class);
    classes.filter(|&class| class != OTHER).collect()
}

#[test]
fn a_row_that_was_seen_in_part_is_read_whole() {
    let (picture, reader) = (two_lines(), Reader::new().unwrap());
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
            let again = reading.row(row, &mut Vec::new()).unwrap();
            assert_eq!(digits(&again), digits(&whole), "{cut:?}");
            // It is known by what was seen of it, and is not read again.
            let seen = again.seen.clone();
            let mut known = vec![again];
            let row = Row {
                runs: Vec::new(),
                whole: seen,
            };
            let known_again = reading.rows(vec![row.clone()], &mut known);
            assert!(known_again.is_empty() && known.len() == 1);
            assert!(reading.row(row, &mut known).is_some() && known.is_empty());
        }
    }
}

#[test]
fn what_was_seen_faintly_counts_if_it_is_digits_beside_digits() {
    let (picture, reader) = (two_lines(), Reader::new().unwrap());
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

#[test]
fn one_digit_alone_below_a_line_is_found() {
    // The line of 54 digits, whose last one is moved to the beginning of the next line.
    let whole = screenshot("0921001.png");
    let (last, line) = (741..760, 160..188);
    let broken = |down: u32| {
        Luma::from_fn(whole.width(), whole.height(), |x, y| {
            let ground = whole.row(line.start)[700];
            if line.contains(&y) && last.contains(&x) {
                ground
            } else if down > 0 && line.contains(&(y - down.min(y))) && (100..119).contains(&x) {
                whole.row(y - down)[(x - 100 + last.start) as usize]
            } else {
                whole.row(y)[x as usize]
            }
        })
    };
    let reader = Reader::new().unwrap();
    let left_over = |down: u32| {
        let picture = broken(down);
        let reading = Reading {
            picture: &picture,
            reader: &reader,
        };
        let columns = (picture.width() as usize).div_ceil(CELL) + 1;
        let cells = Finder::new().unwrap().find(&picture);
        let mut read = reading.rows(rows(runs(&cells, columns, 1.0)), &mut Vec::new());
        assert_eq!(reading.add_left_over(&mut read), down > 0);
        read.retain(|row| row.middle() > 190.0 && row.middle() < 210.0);
        let shown = read.iter().map(digits);
        shown.filter(|d| !d.is_empty()).collect::<Vec<_>>()
    };
    assert!(left_over(0).is_empty());
    let found = left_over(24);
    assert!(
        !found.is_empty() && found.iter().all(|digits| *digits == [5]),
        "{found:?}"
    );
}

/// The rows of a screenshot that hold boxes, as they are read.
fn rows_of_boxes(reading: &Reading) -> Vec<ReadRow> {
    let columns = (reading.picture.width() as usize).div_ceil(CELL) + 1;
    let cells = Finder::new().unwrap().find(reading.picture);
    let mut read = reading.rows(rows(runs(&cells, columns, 1.0)), &mut Vec::new());
    read.retain(ReadRow::has_boxes);
    read
}

#[test]
fn a_row_of_boxes_is_read_on_to_both_sides() {
    let reader = Reader::new().unwrap();
    let mut tried = 0;
    for name in ["0921003.png", "0921006.png"] {
        let picture = screenshot(name);
        let reading = Reading {
            picture: &picture,
            reader: &reader,
        };
        for whole in rows_of_boxes(&reading) {
            // The finder saw the last two of more boxes.
            let fields = whole.fields();
            let [_, .., before, _] = &fields[..] else {
                continue;
            };
            tried += 1;
            let at = |symbol: usize| {
                let frame = whole.symbols[symbol].1 as f64;
                whole.strip.corners(frame, frame)[0][0]
            };
            let mut seen = whole.row.clone();
            seen.whole.from = at(before.start);
            let part = reading.strip(seen, 0.0).unwrap();
            assert!(!part.says_the_same(&whole), "{name}");
            let mut read = [part];
            assert!(reading.read_on_boxes(&mut read));
            assert_eq!(digits(&read[0]), digits(&whole), "{name}");
        }
    }
    assert!(tried > 0);
}

#[test]
fn another_look_at_what_is_clear_says_the_same() {
    let (picture, reader) = (two_lines(), Reader::new().unwrap());
    let reading = Reading {
        picture: &picture,
        reader: &reader,
    };
    for read in lines(&reading) {
        let steadier = reading.steadier(&read);
        assert_eq!(steadier.frames(), read.lattice.frames());
        assert_ne!(steadier, read.lattice);
        let classes = |lattice: &Lattice| -> Vec<usize> {
            lattice
                .greedy()
                .into_iter()
                .map(|(class, _)| class)
                .collect()
        };
        assert_eq!(classes(&steadier), classes(&read.lattice));
    }
}
