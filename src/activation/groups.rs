//! Digits in the groups in which a person gave them, and where a slip happened.

use super::kind::{Defect, GroupFault, NumberKind, is_valid_group};
use super::{FoldedDigits, NumberError};

impl NumberKind {
    /// The kind that the person most likely meant: by length, else by the
    /// number of groups, else by the nearest length.
    pub fn guess(folded: &FoldedDigits) -> Self {
        let length = folded.digits().len();
        if let Some(kind) = Self::of_length(length) {
            return kind;
        }
        match folded.runs().len() {
            8 => Self::ConfirmationId,
            9 if length >= 58 => Self::InstallationId63,
            9 => Self::InstallationId54,
            _ => Self::WHOLE
                .into_iter()
                .min_by_key(|kind| kind.digits().abs_diff(length))
                .unwrap_or(Self::ConfirmationId),
        }
    }
}

/// One group as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupView {
    /// `1` to `9`, or `A` to `H`.
    pub label: String,
    /// The digits that stand there.
    pub digits: String,
    /// What is wrong with it, if anything.
    pub defect: Option<Defect>,
}

/// Result of examining the groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Diagnosis {
    /// Every group is valid.
    Sound,
    /// These groups fail.
    Faults(Vec<GroupFault>),
    /// The length is wrong, and the slip is in one of these groups (empty if
    /// nothing indicates a group).
    WrongLength { suspects: Vec<String> },
}

/// Finds the groups that fail, in a number meant to be of this kind.
///
/// Only the first 48 digits of a reply, typed or not, have groups; the caller
/// checks the rest.
pub(crate) fn diagnose(kind: NumberKind, folded: &FoldedDigits) -> Diagnosis {
    let expected = kind.digits();
    let digits = folded.digits();
    if digits.len() == expected {
        let failing: Vec<GroupFault> = (0..kind.groups())
            .filter(|&group| !is_valid_group(group_at(kind, digits, group)))
            .map(|group| fault(kind, group, Defect::WrongCheckDigit))
            .collect();
        if failing.is_empty() {
            return Diagnosis::Sound;
        }
        // A digit typed into the neighbouring box leaves the total unchanged:
        // trust the person's own boxes more than the positions.
        let moved = typed_groups(kind, folded);
        return Diagnosis::Faults(moved.filter(|faults| !faults.is_empty()).unwrap_or(failing));
    }
    if let Some(faults) = typed_groups(kind, folded).filter(|faults| !faults.is_empty()) {
        return Diagnosis::Faults(faults);
    }
    let suspects = single_slips(kind, digits);
    if let [group] = suspects[..] {
        let defect = if digits.len() < expected {
            Defect::Missing(expected - digits.len())
        } else {
            Defect::Extra(digits.len() - expected)
        };
        return Diagnosis::Faults(vec![fault(kind, group, defect)]);
    }
    Diagnosis::WrongLength {
        suspects: suspects.iter().map(|&group| kind.label(group)).collect(),
    }
}

/// Checks the number of digits and every group.
pub(super) fn require_sound(kind: NumberKind, folded: &FoldedDigits) -> Result<(), NumberError> {
    match diagnose(kind, folded) {
        Diagnosis::Sound => Ok(()),
        Diagnosis::Faults(faults) => Err(NumberError::WrongGroups { kind, faults }),
        Diagnosis::WrongLength { suspects } => Err(NumberError::WrongLength {
            kind,
            expected: kind.digits(),
            found: folded.digits().len(),
            suspects,
        }),
    }
}

/// Refuses a whole, sound number of another kind than the `wanted` one.
pub(super) fn refuse_other_kind(
    wanted: NumberKind,
    folded: &FoldedDigits,
) -> Result<(), NumberError> {
    match NumberKind::of_length(folded.digits().len()) {
        Some(found) if found != wanted && diagnose(found, folded) == Diagnosis::Sound => {
            Err(NumberError::OtherKind { wanted, found })
        }
        _ => Ok(()),
    }
}

/// The number as a person sees it: group by group, with what is wrong.
///
/// The groups are the person's own if there are as many runs as groups, and go
/// by position otherwise. A reply's tag and check are not included.
pub fn group_views(kind: NumberKind, folded: &FoldedDigits) -> Vec<GroupView> {
    let digits = folded.digits();
    let faults = match diagnose(kind, folded) {
        Diagnosis::Faults(faults) => faults,
        Diagnosis::Sound | Diagnosis::WrongLength { .. } => Vec::new(),
    };
    let moved = |fault: &GroupFault| fault.defect != Defect::WrongCheckDigit;
    let by_runs = folded.runs().len() == kind.groups()
        && (digits.len() != kind.digits() || faults.iter().any(moved));
    let mut start = 0;
    (0..kind.groups())
        .map(|group| {
            let length = if by_runs {
                folded.runs()[group]
            } else {
                kind.group_digits()
            };
            let from = start.min(digits.len());
            let to = (start + length).min(digits.len());
            start += length;
            GroupView {
                label: kind.label(group),
                digits: digits[from..to].to_owned(),
                defect: faults
                    .iter()
                    .find(|fault| fault.group == group)
                    .map(|fault| fault.defect),
            }
        })
        .collect()
}

fn fault(kind: NumberKind, group: usize, defect: Defect) -> GroupFault {
    GroupFault {
        group,
        label: kind.label(group),
        defect,
    }
}

fn group_at(kind: NumberKind, digits: &str, group: usize) -> &str {
    let length = kind.group_digits();
    digits
        .get(group * length..(group + 1) * length)
        .unwrap_or_default()
}

/// Faults in the person's own boxes; `None` if there are more or fewer boxes
/// than groups, or if all have the right length.
fn typed_groups(kind: NumberKind, folded: &FoldedDigits) -> Option<Vec<GroupFault>> {
    let goes_on = matches!(kind, NumberKind::Reply | NumberKind::TypedReply);
    if folded.runs().len() != kind.groups() || goes_on {
        return None;
    }
    let expected = kind.group_digits();
    if folded.runs().iter().all(|&run| run == expected) {
        return None;
    }
    let mut start = 0;
    let mut faults = Vec::new();
    for (group, &run) in folded.runs().iter().enumerate() {
        let typed = &folded.digits()[start..start + run];
        start += run;
        let defect = match run.cmp(&expected) {
            std::cmp::Ordering::Less => Some(Defect::Missing(expected - run)),
            std::cmp::Ordering::Greater => Some(Defect::Extra(run - expected)),
            std::cmp::Ordering::Equal => {
                (!is_valid_group(typed)).then_some(Defect::WrongCheckDigit)
            }
        };
        faults.extend(defect.map(|defect| fault(kind, group, defect)));
    }
    Some(faults)
}

/// Groups in which a single slip (digits lost or doubled) would explain the
/// length: all groups before it are valid in place, and all groups after it are
/// valid when shifted.
fn single_slips(kind: NumberKind, digits: &str) -> Vec<usize> {
    let length = kind.group_digits();
    let expected = kind.digits();
    // A larger difference is not a slip within one group.
    if digits.len().abs_diff(expected) >= length.min(4) {
        return Vec::new();
    }
    let holds = |start: usize| {
        digits
            .get(start..start + length)
            .is_some_and(is_valid_group)
    };
    // A reply continues after its boxes: if they are all valid, the slip is
    // there.
    if kind == NumberKind::Reply && (0..kind.groups()).all(|group| holds(group * length)) {
        return Vec::new();
    }
    (0..kind.groups())
        .filter(|&slip| {
            let before = (0..slip).all(|group| holds(group * length));
            let after = (slip + 1..kind.groups())
                .all(|group| holds((group * length + digits.len()).saturating_sub(expected)));
            before && after
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fold;
    use super::*;

    const CID: &str = "092914 273902 996432 764863 869585 514303 965545 262473";
    const IID: &str = "4891263 4325701 2289105 5465220 8520533 2958764 1588510 1112713 9061121";

    fn diagnose_text(kind: NumberKind, text: &str) -> Diagnosis {
        diagnose(kind, &fold(text).unwrap())
    }

    #[test]
    fn published_numbers_are_sound() {
        assert_eq!(
            diagnose_text(NumberKind::ConfirmationId, CID),
            Diagnosis::Sound
        );
        assert_eq!(
            diagnose_text(NumberKind::InstallationId63, IID),
            Diagnosis::Sound
        );
    }

    #[test]
    fn a_digit_missing_in_a_typed_box_is_found_there() {
        let text = CID.replace("996432", "99643");
        assert_eq!(
            diagnose_text(NumberKind::ConfirmationId, &text),
            Diagnosis::Faults(vec![fault(
                NumberKind::ConfirmationId,
                2,
                Defect::Missing(1)
            )])
        );
    }

    #[test]
    fn a_digit_moved_to_the_next_box_marks_both_boxes() {
        let text = CID.replace("996432", "99643").replace("764863", "2764863");
        assert_eq!(
            diagnose_text(NumberKind::ConfirmationId, &text),
            Diagnosis::Sound,
            "the digits themselves are right, so nothing is wrong"
        );
        let text = text.replace("2764863", "3764863");
        let Diagnosis::Faults(faults) = diagnose_text(NumberKind::ConfirmationId, &text) else {
            panic!("faults expected");
        };
        let labels: Vec<_> = faults.iter().map(|fault| fault.label.as_str()).collect();
        assert_eq!(labels, ["C", "D"]);
    }

    #[test]
    fn a_digit_missing_without_separators_is_found_by_the_groups_around() {
        let bare: String = IID.split(' ').collect();
        for group in 0..9 {
            let mut short = bare.clone();
            short.remove(group * 7 + 2);
            let mut long = bare.clone();
            long.insert(group * 7 + 3, '9');
            for (text, defect) in [(short, Defect::Missing(1)), (long, Defect::Extra(1))] {
                let label = (group + 1).to_string();
                match diagnose_text(NumberKind::InstallationId63, &text) {
                    Diagnosis::Faults(faults) => {
                        assert_eq!((&faults[0].label, faults[0].defect), (&label, defect));
                    }
                    // A neighbouring group is valid by chance once in seven
                    // times.
                    Diagnosis::WrongLength { suspects } => {
                        assert!(
                            suspects.contains(&label) && suspects.len() <= 3,
                            "{suspects:?}"
                        );
                    }
                    Diagnosis::Sound => panic!("{text} must not pass"),
                }
            }
        }
    }

    #[test]
    fn wrong_digits_name_every_group_they_stand_in() {
        let text = CID.replace("092914", "092915").replace("262473", "262483");
        let Diagnosis::Faults(faults) = diagnose_text(NumberKind::ConfirmationId, &text) else {
            panic!("faults expected");
        };
        let labels: Vec<_> = faults.iter().map(|fault| fault.label.as_str()).collect();
        assert_eq!(labels, ["A", "H"]);
    }

    #[test]
    fn the_view_shows_what_was_typed_where_it_was_typed() {
        let folded = fold(&CID.replace("996432", "99643")).unwrap();
        let view = group_views(NumberKind::ConfirmationId, &folded);
        assert_eq!(view[2].digits, "99643");
        assert_eq!(view[2].defect, Some(Defect::Missing(1)));
        assert_eq!(view[3].digits, "764863");
        assert_eq!(view[3].defect, None);
    }

    #[test]
    fn the_view_goes_by_position_where_there_are_no_boxes() {
        let kind = NumberKind::ConfirmationId;
        let shown = |text: &str| {
            let groups = group_views(kind, &fold(text).unwrap());
            let defects: Vec<_> = groups.iter().filter_map(|one| one.defect).collect();
            (groups[1].digits.clone(), defects)
        };
        let bare = CID.replace(' ', "");
        let short = bare.replace("092914", "09294");
        assert_eq!(shown(&short), ("739029".into(), vec![Defect::Missing(1)]));
        // A digit moved from one box to the next, and a wrong one.
        let boxes = CID.replace("092914 273902", "09291 4273903");
        let (second, defects) = shown(&boxes);
        assert_eq!(second, "4273903");
        assert_eq!(defects, [Defect::Missing(1), Defect::Extra(1)]);
        let (second, defects) = shown(&boxes.replace(' ', ""));
        assert_eq!(
            (second.as_str(), defects),
            ("273903", vec![Defect::WrongCheckDigit])
        );
    }

    #[test]
    fn a_slip_in_every_box_is_named_in_every_box() {
        let text = ["1234567"; 8].join(" ");
        let Diagnosis::Faults(faults) = diagnose_text(NumberKind::ConfirmationId, &text) else {
            panic!("faults expected");
        };
        assert_eq!(faults.len(), 8);
        assert!(faults.iter().all(|it| it.defect == Defect::Extra(1)));
    }

    #[test]
    fn a_digit_alone_is_no_group() {
        for group in ["", "0", "1"] {
            assert!(!is_valid_group(group), "{group:?}");
        }
        assert!(is_valid_group("00"));
    }

    #[test]
    fn guesses_follow_length_then_boxes_then_distance() {
        let guess = |text: &str| NumberKind::guess(&fold(text).unwrap());
        assert_eq!(guess(CID), NumberKind::ConfirmationId);
        assert_eq!(
            guess(&CID.replace("996432", "9")),
            NumberKind::ConfirmationId
        );
        assert_eq!(guess(&["12345"; 9].join(" ")), NumberKind::InstallationId54);
        assert_eq!(
            guess(&["123456 "; 9].join(" ").replacen("123456", "12345678", 5)),
            NumberKind::InstallationId63
        );
        assert_eq!(guess(&"1".repeat(62)), NumberKind::InstallationId63);
        assert_eq!(guess(&"1".repeat(59)), NumberKind::Reply);
        assert_eq!(guess("12"), NumberKind::ConfirmationId);
    }
}
