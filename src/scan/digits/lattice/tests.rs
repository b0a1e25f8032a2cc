use super::super::samples::{PUBLISHED, clear};
use super::path::Path;
use super::*;

/// Frames of any probabilities, the same for the same seed.
fn lattice(frames: usize, mut state: u64) -> Lattice {
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as f32 / 2_147_483_648.0).powi(3) + 1e-4
    };
    Lattice::new((0..frames).map(|_| {
        let frame: [f32; CLASSES] = std::array::from_fn(|_| next());
        let sum: f32 = frame.iter().sum();
        frame.map(|value| value / sum)
    }))
}

/// The digits that a labelling of frames spells: other text before and after them only.
fn spelled(labels: &[usize]) -> Option<Vec<u8>> {
    let digit = |&&label: &&usize| label < 10;
    let first = labels.iter().position(|label| *label < 10)?;
    let last = labels.iter().rposition(|label| *label < 10)?;
    if labels[first..=last].contains(&OTHER) {
        return None;
    }
    let mut digits = Vec::new();
    let mut before = BLANK;
    for label in labels {
        if *label != before && digit(&label) {
            digits.push(*label as u8);
        }
        before = *label;
    }
    Some(digits)
}

/// Every labelling of the frames, with its probability.
fn labellings(lattice: &Lattice, mut each: impl FnMut(&[usize], f64)) {
    let frames = lattice.frames();
    let mut labels = vec![0; frames];
    loop {
        let probability = labels
            .iter()
            .zip(&lattice.0)
            .map(|(&l, frame)| frame[l])
            .product();
        each(&labels, probability);
        let Some(at) = labels.iter().position(|&label| label + 1 < CLASSES) else {
            return;
        };
        labels[at] += 1;
        labels[..at].fill(0);
    }
}

fn checks(digits: &[u8], group: usize) -> bool {
    digits.chunks_exact(group).all(|group| {
        let text: Vec<u8> = group.iter().map(|digit| b'0' + digit).collect();
        let (last, rest) = text.split_last().unwrap();
        crate::activation::check_digit(rest) == *last
    })
}

#[test]
fn sums_and_best_paths_are_those_over_all_labellings() {
    for seed in 0..3 {
        let lattice = lattice(5, seed);
        let rule = Rule {
            length: 4,
            group: 2,
            checked: true,
        };
        let free = Rule {
            checked: false,
            ..rule
        };
        let (mut valid, mut any, mut best) = (0.0, 0.0, (0.0, Vec::new()));
        let mut of_best = std::collections::BTreeMap::new();
        labellings(&lattice, |labels, probability| {
            let Some(digits) = spelled(labels).filter(|digits| digits.len() == 4) else {
                return;
            };
            any += probability;
            if checks(&digits, 2) {
                valid += probability;
                *of_best.entry(digits.clone()).or_insert(0.0) += probability;
                if probability > best.0 {
                    best = (probability, digits);
                }
            }
        });
        assert!((lattice.mass(&rule).unwrap() - f64::ln(valid)).abs() < 1e-9);
        assert!((lattice.mass(&free).unwrap() - f64::ln(any)).abs() < 1e-9);
        let Path {
            digits,
            frames,
            score,
        } = lattice.best_path(&rule).unwrap();
        assert_eq!(digits, best.1, "seed {seed}");
        assert!((score - f64::ln(best.0)).abs() < 1e-9);
        assert!((lattice.score(&digits) - f64::ln(of_best[&digits])).abs() < 1e-9);
        assert!(frames.windows(2).all(|pair| pair[0][1] <= pair[1][0]));
        assert!(frames.iter().all(|[from, to]| from < to && *to <= 5));
    }
}

#[test]
fn a_clear_number_is_certain() {
    let kind = NumberKind::InstallationId63;
    let decoding = clear(PUBLISHED).decode(kind).unwrap();
    let digits: String = decoding
        .digits
        .iter()
        .map(|d| char::from(b'0' + d))
        .collect();
    assert_eq!(digits, PUBLISHED);
    assert!(decoding.certainty > 0.99 && decoding.valid_share > -0.1);
    assert_eq!(decoding.frames[62], [124, 125]);
}

#[test]
fn one_doubtful_digit_is_decided_by_its_check() {
    let mut lattice = clear(PUBLISHED);
    // The third digit, a 9, looks like a 4 a little more.
    lattice.0[4][4] = 0.55;
    lattice.0[4][9] = 0.45;
    let decoding = lattice.decode(NumberKind::InstallationId63).unwrap();
    assert_eq!(decoding.digits[2], 9);
    assert!(decoding.certainty > 0.9);
}

#[test]
fn what_does_not_check_is_next_to_impossible() {
    let wrong = format!("{}{}", &PUBLISHED[..62], 2);
    let decoding = clear(&wrong).decode(NumberKind::InstallationId63);
    assert!(decoding.is_none_or(|decoding| decoding.valid_share < -6.0));
}

#[test]
fn a_line_too_short_is_nothing() {
    assert_eq!(
        clear(&PUBLISHED[..31]).decode(NumberKind::InstallationId63),
        None
    );
    assert_eq!(Lattice::default().decode(NumberKind::ConfirmationId), None);
    assert_eq!(Lattice::default().greedy(), []);
}

#[test]
fn a_mean_lies_between() {
    let (a, b) = (lattice(5, 1), lattice(5, 2));
    let mean = Lattice::mean(&[a.clone(), b.clone()]);
    for ((mean, a), b) in mean.0.iter().zip(&a.0).zip(&b.0) {
        for class in 0..CLASSES {
            assert!((2.0 * mean[class] - a[class] - b[class]).abs() < 1e-12);
        }
    }
    assert_eq!(Lattice::mean(std::slice::from_ref(&a)), a);
    assert_eq!(Lattice::mean(&[]), Lattice::default());
}
