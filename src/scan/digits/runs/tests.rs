use super::*;

/// Cells along a line: from a column to another, middles rising by `slope` for each pixel.
fn cells(columns: std::ops::Range<usize>, y: f32, slope: f32, height: f32) -> Vec<DigitCell> {
    let cell = |column: usize| {
        let middle = y + slope * ((column - columns.start) * CELL) as f32;
        DigitCell {
            column,
            row: (middle / CELL as f32) as usize,
            odds: 3.0,
            height,
            middle,
        }
    };
    columns.clone().map(cell).collect()
}

fn in_order(mut cells: Vec<DigitCell>) -> Vec<DigitCell> {
    cells.sort_by_key(|cell| (cell.row, cell.column));
    cells
}

#[test]
fn cells_on_a_line_are_a_run() {
    let found = runs(&in_order(cells(10..60, 100.0, 0.05, 12.0)), 200, 2.0);
    let [run] = &found[..] else {
        panic!("{found:?}");
    };
    // Twice as large a picture: 40 to 240 becomes 80 to 480.
    assert!(
        (run.from - 80.0).abs() < 3.0 && (run.to - 480.0).abs() < 3.0,
        "{run:?}"
    );
    assert!((run.line.steepness() - 0.05).abs() < 0.005);
    assert!((run.size() - 24.0).abs() < 0.5);
}

#[test]
fn lines_below_each_other_are_two_runs_and_gaps_divide_a_line() {
    let two = [
        cells(10..60, 100.0, 0.0, 12.0),
        cells(10..60, 118.0, 0.0, 12.0),
    ]
    .concat();
    assert_eq!(runs(&in_order(two), 200, 1.0).len(), 2);
    let gap = [
        cells(10..30, 100.0, 0.0, 12.0),
        cells(36..60, 100.0, 0.0, 12.0),
    ]
    .concat();
    assert_eq!(runs(&in_order(gap), 200, 1.0).len(), 2);
    // Digits of another height are other text.
    let mixed = [
        cells(10..30, 100.0, 0.0, 8.0),
        cells(30..60, 100.0, 0.0, 14.0),
    ]
    .concat();
    assert_eq!(runs(&in_order(mixed), 200, 1.0).len(), 2);
}

#[test]
fn a_cell_that_is_off_does_not_bend_a_run() {
    let mut line = cells(10..60, 100.0, 0.0, 12.0);
    line[25].middle += 4.0;
    let run = runs(&in_order(line), 200, 1.0).remove(0);
    assert!((run.line.at(run.middle()) - 100.0).abs() < 0.2);
}

#[test]
fn few_cells_are_no_run() {
    assert_eq!(runs(&cells(10..12, 100.0, 0.0, 12.0), 200, 1.0), []);
    assert_eq!(runs(&[], 200, 1.0), []);
}

fn run(from: f64, to: f64, y: f64, height: f64) -> Run {
    let half = height / 2.0;
    Run::between([
        [from, y - half],
        [to, y - half],
        [to, y + half],
        [from, y + half],
    ])
}

#[test]
fn what_was_found_at_two_sizes_counts_once() {
    let kept = without_doubles(vec![
        run(20.0, 600.0, 100.0, 12.0),
        run(24.0, 300.0, 101.0, 13.0),
        run(24.0, 300.0, 130.0, 13.0),
    ]);
    assert_eq!(kept.len(), 2);
}

#[test]
fn runs_side_by_side_are_a_row() {
    let boxes = vec![
        run(200.0, 260.0, 101.0, 12.0),
        run(20.0, 80.0, 100.0, 12.0),
        run(110.0, 170.0, 100.5, 12.0),
        // Below, too far away, and much larger.
        run(20.0, 80.0, 130.0, 12.0),
        run(500.0, 560.0, 100.0, 12.0),
        run(275.0, 330.0, 101.0, 30.0),
    ];
    let rows = rows(boxes);
    let lengths: Vec<usize> = rows.iter().map(|row| row.runs.len()).collect();
    assert_eq!(lengths.iter().max(), Some(&3), "{rows:?}");
    assert_eq!(rows.len(), 4);
    let row = rows.iter().find(|row| row.runs.len() == 3).unwrap();
    assert!(row.whole.from <= 20.0 && row.whole.to >= 260.0);
    assert!((row.whole.line.at(140.0) - 100.5).abs() < 0.3);
}

#[test]
fn a_short_run_leans_like_its_neighbours() {
    // A line that falls by a fifth, found as a long run and a short one, whose slope nobody knows.
    let mut long = run(20.0, 300.0, 100.0, 12.0);
    long.line = Slope {
        origin: 20.0,
        value: 100.0,
        more: 0.2,
    };
    let short = run(340.0, 365.0, 100.0 + 0.2 * 332.5, 12.0);
    let rows = rows(vec![short, long]);
    assert_eq!(rows.len(), 1, "{rows:?}");
}

#[test]
fn a_run_grows_along_its_line() {
    let longer = run(100.0, 300.0, 50.0, 20.0).longer([2.0, 0.5]);
    assert!((longer.from - 60.0).abs() < 1e-9 && (longer.to - 310.0).abs() < 1e-9);
    assert!((longer.line.at(60.0) - 50.0).abs() < 1e-9);
    let below = longer.longer([4.0, 0.0]).lowered(30.0).within(250);
    assert!(below.from.abs() < 1e-9 && (below.to - 250.0).abs() < 1e-9);
    assert!((below.line.at(60.0) - 80.0).abs() < 1e-9);
}

#[test]
fn a_short_run_slants_like_the_long_one_beside_it() {
    let long = Run::between([[0.0, 0.0], [400.0, 40.0], [400.0, 60.0], [0.0, 20.0]]);
    let rows = rows_beside(vec![run(20.0, 30.0, 60.0, 20.0)], &[long]);
    let [row] = &rows[..] else {
        panic!("{rows:?}");
    };
    assert!((row.whole.line.steepness() - 0.1).abs() < 1e-9);
    assert_eq!(row.runs.len(), 1);
}

#[test]
fn a_run_that_is_too_high_hides_none() {
    // A label and its digits, seen as one in a coarse picture.
    let kept = without_doubles(vec![
        run(20.0, 600.0, 96.0, 20.0),
        run(24.0, 300.0, 100.0, 12.0),
    ]);
    assert_eq!(kept.len(), 2);
}

#[test]
fn runs_that_see_the_same_digits_in_part_are_a_row() {
    let parts = vec![
        run(20.0, 300.0, 100.0, 12.0),
        run(150.0, 500.0, 101.0, 13.0),
    ];
    assert_eq!(rows(parts).len(), 1);
    // What lies wholly beside a run that reaches further goes nowhere on.
    let within = vec![
        run(20.0, 500.0, 100.0, 12.0),
        run(150.0, 300.0, 101.0, 13.0),
    ];
    assert_eq!(rows(within).len(), 2);
}

#[test]
fn one_run_off_the_line_does_not_turn_a_row() {
    let parts = vec![
        run(20.0, 80.0, 100.0, 12.0),
        run(110.0, 170.0, 104.0, 15.0),
        run(200.0, 260.0, 100.0, 12.0),
        run(290.0, 350.0, 100.0, 12.0),
        run(380.0, 440.0, 100.0, 12.0),
    ];
    let rows = rows(parts);
    let [row] = &rows[..] else {
        panic!("{rows:?}");
    };
    assert!((row.whole.line.at(20.0) - 100.0).abs() < 0.3, "{row:?}");
    assert!((row.whole.height.at(20.0) - 12.0).abs() < 0.3, "{row:?}");
}
