//! From cells to runs of digits on straight lines, and from runs to rows.

use super::finder::{CELL, DigitCell};

/// A run of digits in a picture, in its pixels: a nearly straight line through their middles.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    /// Where it begins and ends, in x.
    pub(super) from: f64,
    pub(super) to: f64,
    /// Middle of the digits as a function of x.
    pub(super) line: Slope,
    /// Height of the digits as a function of x.
    pub(super) height: Slope,
    /// How well the finder saw it, 0 to 1: best where digits were as high as it knows them best.
    pub(super) sharpness: f64,
}

/// A straight function of x: `at` the x `origin`, and how much more for each pixel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slope {
    origin: f64,
    value: f64,
    more: f64,
}

impl Slope {
    pub(super) fn at(&self, x: f64) -> f64 {
        self.value + self.more * (x - self.origin)
    }

    /// How much it grows with each pixel of x.
    pub(super) fn steepness(&self) -> f64 {
        self.more
    }

    /// Least squares over points and their weights, twice, the second time without what lies far
    /// off; flat where the points do not span enough.
    fn through(points: &[[f64; 3]], flat: bool) -> Self {
        let all = Self::fitted(points, flat);
        let mut off: Vec<f64> = points.iter().map(|p| (p[1] - all.at(p[0])).abs()).collect();
        off.sort_by(f64::total_cmp);
        let usual = off.get(off.len() / 2).copied().unwrap_or(0.0).max(0.3);
        let near = |p: &&[f64; 3]| (p[1] - all.at(p[0])).abs() <= 2.5 * usual;
        let kept: Vec<[f64; 3]> = points.iter().filter(near).copied().collect();
        if kept.is_empty() {
            all
        } else {
            Self::fitted(&kept, flat)
        }
    }

    fn fitted(points: &[[f64; 3]], flat: bool) -> Self {
        let total: f64 = points.iter().map(|p| p[2]).sum::<f64>().max(1e-9);
        let mean = |of: &dyn Fn(&[f64; 3]) -> f64| {
            points.iter().map(|p| of(p) * p[2]).sum::<f64>() / total
        };
        let origin = mean(&|p| p[0]);
        let value = mean(&|p| p[1]);
        let spread = mean(&|p| (p[0] - origin).powi(2));
        let slant = mean(&|p| (p[0] - origin) * (p[1] - value));
        let more = if flat || spread < 1e-6 {
            0.0
        } else {
            slant / spread
        };
        Self {
            origin,
            value,
            more,
        }
    }

    /// The same in a picture that is `scale` times as large.
    fn enlarged(self, scale: f64) -> Self {
        Self {
            origin: enlarged(self.origin, scale),
            value: enlarged(self.value, scale),
            more: self.more,
        }
    }
}

/// Where the middle of a pixel lies in a picture that is `scale` times as large.
fn enlarged(place: f64, scale: f64) -> f64 {
    (place + 0.5) * scale - 0.5
}

impl Run {
    /// The run between corners: top left, top right, bottom right, bottom left.
    pub(super) fn between([a, b, c, d]: [[f64; 2]; 4]) -> Self {
        let middle =
            |top: [f64; 2], foot: [f64; 2], axis: usize| f64::midpoint(top[axis], foot[axis]);
        let (from, to) = (middle(a, d, 0), middle(b, c, 0));
        let through = |start: f64, end: f64| Slope {
            origin: from,
            value: start,
            more: (end - start) / (to - from).max(1e-6),
        };
        let high = |top: [f64; 2], foot: [f64; 2]| (top[0] - foot[0]).hypot(top[1] - foot[1]);
        Self {
            from,
            to,
            line: through(middle(a, d, 1), middle(b, c, 1)),
            height: through(high(a, d), high(b, c)),
            sharpness: 1.0,
        }
    }

    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.from, self.to)
    }

    /// Height of the digits at the middle.
    pub(super) fn size(&self) -> f64 {
        self.height.at(self.middle()).max(1.0)
    }

    /// Length in heights of a digit.
    pub(super) fn length(&self) -> f64 {
        (self.to - self.from) / self.size()
    }

    /// What its finding is worth: the longer and the sharper, the more.
    pub(super) fn worth(&self) -> f64 {
        (self.to - self.from) * self.sharpness
    }

    /// The same in a picture that is `scale` times as large.
    fn enlarged(&self, scale: f64) -> Self {
        let mut height = self.height.enlarged(scale);
        height.value = self.height.value * scale;
        Self {
            from: enlarged(self.from, scale),
            to: enlarged(self.to, scale),
            line: self.line.enlarged(scale),
            height,
            sharpness: self.sharpness,
        }
    }

    /// The same, longer by so many heights of a digit to the left and to the right.
    pub(super) fn longer(&self, [left, right]: [f64; 2]) -> Self {
        Self {
            from: self.from - left * self.size(),
            to: self.to + right * self.size(),
            ..self.clone()
        }
    }

    /// The same, so many pixels further down.
    pub(super) fn lowered(mut self, pixels: f64) -> Self {
        self.line.value += pixels;
        self
    }

    /// The part of it that lies in a picture of this width.
    pub(super) fn within(mut self, width: u32) -> Self {
        self.from = self.from.max(0.0);
        self.to = self.to.min(f64::from(width));
        self
    }

    /// Whether most of this run lies on the other one, whose digits are as high.
    fn lies_on(&self, other: &Self) -> bool {
        let common = self.to.min(other.to) - self.from.max(other.from);
        let x = f64::midpoint(self.to.min(other.to), self.from.max(other.from));
        let (own, of_other) = (self.height.at(x), other.height.at(x));
        common > 0.4 * (self.to - self.from)
            && own.max(of_other) < AS_HIGH * own.min(of_other)
            && (self.line.at(x) - other.line.at(x)).abs() < 0.6 * self.size().max(other.size())
    }
}

/// Runs whose heights differ by less than this see the same digits. Where a label stands close to
/// its digits, a coarse picture shows both as one run, which is too high: it must not hide the
/// right one.
const AS_HIGH: f64 = 1.3;

/// Cells of a run that belong together touch, or have one column between them; their middles and
/// heights agree. Chosen by eye.
const NEXT_COLUMNS: usize = 2;
const SAME_MIDDLE: f32 = 0.4;
const SAME_HEIGHT: f32 = 1.5;

/// Cells of a run, at least.
const FEWEST_CELLS: usize = 3;

/// A run of fewer heights of a digit than this has no slope of its own.
const FLAT: f64 = 3.0;

/// Runs in a picture of the finder's, in pixels of the picture that is `scale` times as large.
/// Cells in order of rows, then columns.
pub(super) fn runs(cells: &[DigitCell], columns: usize, scale: f64) -> Vec<Run> {
    let mut sets = Sets::new(cells.len());
    let rows = cells.iter().map(|cell| cell.row + 1).max().unwrap_or(0);
    let mut places = vec![usize::MAX; rows * columns];
    for (index, cell) in cells.iter().enumerate() {
        places[cell.row * columns + cell.column] = index;
    }
    for (index, cell) in cells.iter().enumerate() {
        for down in 0..=1 {
            for right in -(NEXT_COLUMNS as isize)..=NEXT_COLUMNS as isize {
                let Some(column) = cell
                    .column
                    .checked_add_signed(right)
                    .filter(|&c| c < columns)
                else {
                    continue;
                };
                if cell.row + down >= rows || (down == 0 && right <= 0) {
                    continue;
                }
                let next = places[(cell.row + down) * columns + column];
                if next != usize::MAX && agree(cell, &cells[next]) {
                    sets.join(index, next);
                }
            }
        }
    }
    sets.members()
        .into_iter()
        .filter(|members| members.len() >= FEWEST_CELLS)
        .map(|members| {
            let cells: Vec<&DigitCell> = members.iter().map(|&index| &cells[index]).collect();
            of_cells(&cells).enlarged(scale)
        })
        .collect()
}

fn agree(a: &DigitCell, b: &DigitCell) -> bool {
    let (low, high) = (a.height.min(b.height), a.height.max(b.height));
    high < SAME_HEIGHT * low && (a.middle - b.middle).abs() < SAME_MIDDLE * low
}

fn of_cells(cells: &[&DigitCell]) -> Run {
    let x = |cell: &DigitCell| (cell.column * CELL) as f64 + (CELL - 1) as f64 / 2.0;
    let weight = |cell: &DigitCell| f64::from(cell.odds.clamp(0.1, 4.0));
    let points = |of: fn(&DigitCell) -> f32| -> Vec<[f64; 3]> {
        let point = |cell: &&DigitCell| [x(cell), f64::from(of(cell)), weight(cell)];
        cells.iter().map(point).collect()
    };
    let from = cells.iter().map(|c| x(c)).fold(f64::MAX, f64::min) - CELL as f64 / 2.0;
    let to = cells.iter().map(|c| x(c)).fold(f64::MIN, f64::max) + CELL as f64 / 2.0;
    let heights = points(|cell| cell.height);
    let size = Slope::through(&heights, true).value;
    let flat = to - from < FLAT * size;
    Run {
        from,
        to,
        line: Slope::through(&points(|cell| cell.middle), flat),
        height: Slope::through(&heights, to - from < 4.0 * FLAT * size),
        sharpness: (-((size / BEST_SIZE).log2() / 0.7).powi(2)).exp(),
    }
}

/// Height of digits that the finder sees best, in pixels of its picture: the middle of those that
/// it was trained with.
const BEST_SIZE: f64 = 11.0;

/// Leaves out runs that lie on longer ones: the same digits, found at another size. The best first.
pub(super) fn without_doubles(runs: Vec<Run>) -> Vec<Run> {
    let mut kept: Vec<Run> = Vec::new();
    for run in runs {
        if !kept.iter().any(|other| run.lies_on(other)) {
            kept.push(run);
        }
    }
    kept
}

/// Runs side by side on one line, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) runs: Vec<Run>,
    /// All of it as one run.
    pub(super) whole: Run,
}

/// Runs of a row are at most so many heights of a digit apart: the boxes of the portal. A line of
/// slui's blocks has gaps of 2, the portal's answer of 5.
const WIDEST_GAP: f64 = 9.0;

/// How far a run may lie off the line of the run before it: in heights, and of the gap.
const OFF_LINE: f64 = 0.35;
const OFF_LINE_PER_GAP: f64 = 0.04;

/// Heights of runs of a row differ by less than this.
const ROW_HEIGHTS: f64 = 1.35;

/// Gives runs that are too short to have a slope that of the nearest one that has: the picture may
/// be turned.
fn slanted(runs: &mut [Run], long: &[Run]) {
    for run in runs.iter_mut().filter(|run| run.length() < FLAT) {
        let (x, y) = (run.middle(), run.line.at(run.middle()));
        let far = |other: &Run| {
            let nearest = x.clamp(other.from, other.to.max(other.from));
            (x - nearest).hypot(y - other.line.at(nearest))
        };
        let nearest = long.iter().min_by(|a, b| far(a).total_cmp(&far(b)));
        if let Some(nearest) = nearest {
            run.line = Slope {
                origin: x,
                value: y,
                more: nearest.line.more,
            };
        }
    }
}

/// Puts runs that stand side by side into rows, from the top to the bottom.
pub(super) fn rows(runs: Vec<Run>) -> Vec<Row> {
    let is_long = |run: &&Run| run.length() >= FLAT;
    let long: Vec<Run> = runs.iter().filter(is_long).cloned().collect();
    rows_beside(runs, &long)
}

/// Puts runs into rows that lie beside longer ones, and slant like these.
pub(super) fn rows_beside(mut runs: Vec<Run>, long: &[Run]) -> Vec<Row> {
    slanted(&mut runs, long);
    runs.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut rows: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        let fits = |row: &&mut Vec<Run>| row.last().is_some_and(|last| follows(last, &run));
        let gap = |row: &Vec<Run>| row.last().map_or(f64::MAX, |last| run.from - last.to);
        let best = rows
            .iter_mut()
            .filter(fits)
            .min_by(|a, b| gap(a).total_cmp(&gap(b)));
        match best {
            Some(row) => row.push(run),
            None => rows.push(vec![run]),
        }
    }
    let mut rows: Vec<Row> = rows.into_iter().map(row_of).collect();
    rows.sort_by(|a, b| {
        let middle = |row: &Row| row.whole.line.at(row.whole.middle());
        middle(a).total_cmp(&middle(b))
    });
    rows
}

fn follows(left: &Run, right: &Run) -> bool {
    let size = left.size().max(right.size());
    let gap = right.from - left.to;
    let x = f64::midpoint(left.to, right.from);
    let off = (left.line.at(x) - right.line.at(x)).abs();
    // The same digits may be found twice, at two sizes, as parts of two runs.
    right.to > left.to
        && gap < WIDEST_GAP * size
        && size < ROW_HEIGHTS * left.size().min(right.size())
        && off < OFF_LINE * size + OFF_LINE_PER_GAP * gap.max(0.0)
}

fn row_of(runs: Vec<Run>) -> Row {
    let mut middles = Vec::new();
    let mut heights = Vec::new();
    for run in &runs {
        for x in [run.from, run.middle(), run.to] {
            let weight = run.length().min(20.0);
            middles.push([x, run.line.at(x), weight]);
            heights.push([x, run.height.at(x), weight]);
        }
    }
    let from = runs.first().map_or(0.0, |run| run.from);
    let to = runs.last().map_or(0.0, |run| run.to);
    let single = if let [run] = &runs[..] {
        Some(run.clone())
    } else {
        None
    };
    let whole = single.unwrap_or_else(|| Run {
        from,
        to,
        line: Slope::through(&middles, false),
        height: Slope::through(&heights, false),
        sharpness: 1.0,
    });
    Row { runs, whole }
}

/// Disjoint sets of indices.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }

    fn members(&mut self) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.0.len()];
        for index in 0..self.0.len() {
            let root = self.root(index);
            members[root].push(index);
        }
        members.retain(|set| !set.is_empty());
        members
    }
}

#[cfg(test)]
mod tests;
