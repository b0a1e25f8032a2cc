//! A number as it is being typed, or sent by a handheld scanner.

use super::answer::CID_DIGITS;
use super::digits::{box_of_letter, digit_value, mark_at};
use super::groups::group_holds;
use super::{
    Answer, Check, ConfirmationDigits, Defect, FoldedDigits, GroupView, NumberError, NumberKind,
    Tag, Trust, fold, view,
};

/// The kind that a person types: eight boxes, A to H.
const KIND: NumberKind = NumberKind::ConfirmationId;
pub(crate) const BOXES: usize = 8;

/// Digits behind box H of a whole reply: its tag and its check.
const BEHIND: usize = Tag::DIGITS + Check::DIGITS;

/// More digits than any number or slip has: what comes then begins anew.
const MOST: usize = 256;

/// Digits that have arrived so far, for boxes A to H and behind them.
///
/// Lines belong together until the whole is decided. Forty-eight digits may be
/// all there is, or the first part of a reply: that is for the person to say
/// ([`Entry::decide`]). A line that names boxes (`C 996432`, or the two rows of a
/// caption) replaces those boxes, one that begins with `#` what stands behind
/// box H, and everything else stays: what stands behind box H is never lost with
/// a correction, and where something stood there once, 48 digits alone are not
/// the number any more. A line with a whole number replaces everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    typed: Typed,
    /// Something stood behind box H.
    tagged: bool,
    /// So it was before the first digit of what stands here came.
    was_tagged: bool,
    /// What stands here was decided, and is no number: the next line without
    /// labels begins anew.
    refused: bool,
    /// What stands here came behind eight boxes that were refused: the beginning
    /// of another number, or their end.
    trails: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Typed {
    /// Lines one after the other, in the person's own grouping: digits, single
    /// spaces and at most one mark, of bounded length.
    Lines(String),
    /// Box by box, since a box was named: what was typed stays in its box.
    Boxes(Places),
}

/// The digits where they belong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) boxes: [String; BOXES],
    pub(crate) behind: String,
    /// A mark said what stands behind box H, and no box has changed since: so far
    /// a tag without its check is believed.
    marked: bool,
    /// Box H, or what stands behind it, came last: what comes without a label
    /// goes on behind it, whatever boxes are empty.
    past_h: bool,
    /// Boxes, by their bits, that changed since the digits behind box H came.
    changed: u8,
    /// Every box has digits of its own, as the person typed them.
    own: bool,
}

impl Places {
    fn digits(&self) -> usize {
        self.boxes.iter().map(String::len).sum::<usize>() + self.behind.len()
    }

    /// Whether what stands behind box H may be the whole of it.
    fn ends_well(&self) -> bool {
        match self.behind.len() {
            0 | Check::DIGITS | BEHIND => true,
            Tag::DIGITS => self.marked,
            _ => false,
        }
    }

    /// The whole as a text that reads as exactly this.
    fn text(&self) -> String {
        let boxes = self.boxes.join(" ");
        if self.behind.is_empty() {
            boxes
        } else {
            format!("{boxes} # {}", self.behind)
        }
    }
}

/// Where an entry stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryState {
    /// Nothing has arrived.
    Empty,
    /// More has to come; what stands in the boxes so far.
    Incomplete(Vec<GroupView>),
    /// It may be all: 48 digits with nothing behind box H, or 50. More may come,
    /// and only the person can say.
    Undecided(Vec<GroupView>),
    /// As much as a reply has, or more than any number.
    Whole,
}

impl Default for Entry {
    fn default() -> Self {
        Self {
            typed: Typed::Lines(String::new()),
            tagged: false,
            was_tagged: false,
            refused: false,
            trails: false,
        }
    }
}

impl Entry {
    /// Takes one line. A blank line changes nothing.
    ///
    /// # Errors
    /// [`NumberError`] for a line that holds no digit, a letter or far too
    /// much; then nothing has changed.
    pub fn line(&mut self, line: &str) -> Result<(), NumberError> {
        let line = line.trim();
        if line.is_empty() {
            return Ok(());
        }
        let arriving = fold(line)?;
        let pieces = labelled(line);
        let whole = arriving.digits().len() >= CID_DIGITS;
        let places = self.places();
        if self.trails && (whole || pieces.is_some()) {
            // No whole number came of it: it may be what stood behind box H.
            self.tagged |= (2..CID_DIGITS).contains(&places.digits());
        }
        let full = self.is_full(&places) && places.behind.is_empty();
        self.trails = !whole && pieces.is_none() && (self.trails || self.refused && full);
        if let Some(pieces) = pieces {
            let mut places = places;
            put(&mut places, &pieces);
            self.typed = Typed::Boxes(places);
            self.refused = false;
        } else {
            if whole || self.refused || self.digits() > MOST {
                self.begin_anew();
            }
            match &mut self.typed {
                Typed::Lines(text) => {
                    if !text.is_empty() {
                        text.push(' ');
                    }
                    text.push_str(&arriving.to_text());
                }
                Typed::Boxes(places) => fill(places, &arriving),
            }
        }
        // A single digit there is a slip of the hand in some box.
        self.tagged |= self.places().behind.len() > 1;
        Ok(())
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// What stands here is not taken: the next line without labels begins anew.
    pub(crate) fn refuse(&mut self) {
        self.refused = true;
    }

    /// Whether what stands here was found to be no number.
    pub(crate) fn is_refused(&self) -> bool {
        self.refused
    }

    /// Begins with another number, which may be bare only if this one may.
    fn begin_anew(&mut self) {
        self.was_tagged = self.tagged;
        self.typed = Typed::Lines(String::new());
        self.refused = false;
    }

    /// Where it stands now.
    pub fn state(&self) -> EntryState {
        if self.digits() == 0 {
            return EntryState::Empty;
        }
        let places = self.places();
        let is_full = self.is_full(&places);
        match places.behind.len() {
            0 | Check::DIGITS if is_full && !(self.tagged && places.behind.is_empty()) => {
                if places.marked {
                    EntryState::Whole
                } else {
                    EntryState::Undecided(self.boxes())
                }
            }
            length if length > BEHIND || is_full && length > 1 && places.ends_well() => {
                EntryState::Whole
            }
            _ => EntryState::Incomplete(self.boxes()),
        }
    }

    /// Takes what stands here as all there is. Where that is no number, the
    /// next line without labels begins anew.
    ///
    /// # Errors
    /// The [`NumberError`] of what stands here;
    /// [`NumberError::BehindMissing`] where something stood behind box H before
    /// and nothing does now.
    pub fn decide(&mut self, trust: Trust) -> Result<Answer, NumberError> {
        let answer = self.answer(trust);
        if let Err(error) = &answer {
            self.refused = true;
            // A request scanned by mistake says nothing of the number to come,
            // and takes nothing back of the one before.
            if let NumberError::OtherKind { found, .. } = error
                && found.groups() > BOXES
            {
                let tagged = self.was_tagged;
                *self = Self {
                    tagged,
                    was_tagged: tagged,
                    ..Self::default()
                };
            }
        }
        answer
    }

    /// Whether the boxes are full, and what stood behind them before is missing.
    pub(crate) fn lacks_its_end(&self) -> bool {
        let places = self.places();
        self.tagged && places.behind.is_empty() && self.is_full(&places)
    }

    /// The 48 digits in the boxes, where something stands behind them or did.
    pub fn tagged_digits(&self) -> Option<ConfirmationDigits> {
        let digits = self.places().boxes.concat();
        let sound = ConfirmationDigits::despite_check_digits(&digits).ok()?;
        self.tagged.then_some(sound)
    }

    fn answer(&self, trust: Trust) -> Result<Answer, NumberError> {
        let places = self.places();
        let lacks_its_check = places.behind.len() == Tag::DIGITS && !places.marked;
        if self.lacks_its_end() || self.is_full(&places) && lacks_its_check {
            return Err(NumberError::BehindMissing);
        }
        let text = match &self.typed {
            Typed::Lines(text) if !places.own => text.clone(),
            _ => places.text(),
        };
        let answer = Answer::read(&text, trust)?;
        // Whatever the text looks like: ten digits without a mark lack the
        // check, and bare is only what ends at box H.
        match answer {
            answer if places.ends_well() && (places.behind.is_empty() == is_bare(&answer)) => {
                Ok(answer)
            }
            _ => Err(NumberError::WrongLength {
                kind: NumberKind::Reply,
                expected: NumberKind::Reply.digits(),
                found: places.digits(),
                suspects: Vec::new(),
            }),
        }
    }

    /// How many digits have arrived.
    pub fn digits(&self) -> usize {
        match &self.typed {
            Typed::Lines(text) => fold(text).map_or(0, |folded| folded.digits().len()),
            Typed::Boxes(places) => places.digits(),
        }
    }

    /// The digits behind box H.
    pub fn behind(&self) -> String {
        self.places().behind
    }

    /// What stands in the boxes A to H, with a box named wrong as soon as it
    /// can be known.
    pub fn boxes(&self) -> Vec<GroupView> {
        let folded = match &self.typed {
            Typed::Boxes(places) => return boxed(&places.boxes, None),
            Typed::Lines(text) => fold(text).unwrap_or_default(),
        };
        if begun_in_boxes(&folded) {
            // The last box may be waiting for its last digit.
            return boxed(&split_runs(&folded), folded.runs().len().checked_sub(1));
        }
        let places = places_of(&folded);
        if places.boxes.iter().all(|digits| !digits.is_empty()) {
            return boxed(&places.boxes, None);
        }
        let mut shown = view(KIND, &folded);
        for one in &mut shown {
            // Not yet typed is not wrong.
            if one.digits.len() < KIND.group_digits() {
                one.defect = None;
            } else if one.digits.len() == KIND.group_digits() && !group_holds(&one.digits) {
                one.defect = Some(Defect::WrongCheckDigit);
            }
        }
        shown
    }

    /// As many digits as a Confirmation ID, or all eight boxes typed into.
    fn is_full(&self, places: &Places) -> bool {
        let last = places.boxes[BOXES - 1].len();
        match &self.typed {
            Typed::Lines(_) => places.own || last == KIND.group_digits(),
            Typed::Boxes(_) => places.boxes.iter().all(|digits| !digits.is_empty()),
        }
    }

    /// The digits in their boxes, and behind them.
    pub(crate) fn places(&self) -> Places {
        match &self.typed {
            Typed::Boxes(places) => places.clone(),
            Typed::Lines(text) => places_of(&fold(text).unwrap_or_default()),
        }
    }
}

fn is_bare(answer: &Answer) -> bool {
    matches!(answer, Answer::Bare(_))
}

/// Boxes as a person sees them; the box still being typed is not wrong yet.
pub(crate) fn boxed(boxes: &[String; BOXES], typing: Option<usize>) -> Vec<GroupView> {
    let expected = KIND.group_digits();
    let view = |(place, digits): (usize, &String)| GroupView {
        label: KIND.label(place),
        defect: match digits.len() {
            0 => None,
            found if found < expected => {
                (typing != Some(place)).then_some(Defect::Missing(expected - found))
            }
            found if found > expected => Some(Defect::Extra(found - expected)),
            _ => (!group_holds(digits)).then_some(Defect::WrongCheckDigit),
        },
        digits: digits.clone(),
    };
    boxes.iter().enumerate().map(view).collect()
}

/// The first runs of a text, one a box.
fn split_runs(folded: &FoldedDigits) -> [String; BOXES] {
    let mut rest = folded.digits();
    let mut runs = folded.runs().iter();
    std::array::from_fn(|_| {
        let (run, after) = rest.split_at(runs.next().copied().unwrap_or(0));
        rest = after;
        run.to_owned()
    })
}

/// Eight boxes, nearly all of them of the right length: a slip in one of them
/// does not move the digits of the others.
fn typed_in_boxes(boxes: &[String; BOXES]) -> bool {
    let right = |digits: &&String| digits.len() == KIND.group_digits();
    boxes.iter().all(|digits| (4..=8).contains(&digits.len()))
        && boxes.iter().filter(right).count() + 2 >= BOXES
}

/// The first of eight boxes, typed one by one: one that is a digit short does
/// not move the digits of the others.
fn begun_in_boxes(folded: &FoldedDigits) -> bool {
    let runs = folded.runs();
    runs.len() < BOXES && folded.behind().is_none() && runs.iter().all(|run| (5..=7).contains(run))
}

/// Digits without labels in their boxes: by position where the boxes hold so,
/// else by the person's own groups where they are eight boxes, or the first of
/// them.
fn places_of(folded: &FoldedDigits) -> Places {
    let marked = folded.behind();
    let (before, after) = folded
        .digits()
        .split_at(marked.unwrap_or(folded.digits().len()));
    let by_position: [String; BOXES] = std::array::from_fn(|place| {
        let from = (place * KIND.group_digits()).min(before.len());
        let to = ((place + 1) * KIND.group_digits()).min(before.len());
        before[from..to].to_owned()
    });
    let by_run = split_runs(folded);
    let in_runs: usize = by_run.iter().map(String::len).sum();
    let own = !by_position.iter().all(|digits| group_holds(digits))
        && in_runs <= before.len()
        && typed_in_boxes(&by_run);
    let boxes = if own || begun_in_boxes(folded) {
        by_run
    } else {
        by_position
    };
    let taken: usize = boxes.iter().map(String::len).sum();
    Places {
        behind: format!("{}{after}", &before[taken..]),
        marked: marked == Some(taken),
        changed: 0,
        past_h: boxes[BOXES - 1].len() == KIND.group_digits(),
        boxes,
        own,
    }
}

/// Puts what arrives into the boxes that are still empty, in their order, and
/// the rest behind them.
fn fill(places: &mut Places, arriving: &FoldedDigits) {
    let mut rest = arriving.digits();
    for &run in arriving.runs() {
        let at = arriving.digits().len() - rest.len();
        let is_behind = places.past_h || arriving.behind().is_some_and(|mark| at >= mark);
        let (mut run, after) = rest.split_at(run);
        rest = after;
        while !run.is_empty() {
            let mut empty = places.boxes.iter_mut().filter(|digits| digits.is_empty());
            let Some(place) = empty.next().filter(|_| !is_behind) else {
                places.behind.push_str(run);
                break;
            };
            let (digits, after) = run.split_at(cut(run.len()));
            digits.clone_into(place);
            places.marked = false;
            run = after;
        }
    }
}

/// A run of several boxes is cut; a box with a digit too many is not.
fn cut(length: usize) -> usize {
    if length > KIND.group_digits() + 2 {
        KIND.group_digits()
    } else {
        length
    }
}

/// Runs of digits and the place (8 is behind box H) that is named before them.
type Pieces = Vec<(usize, Vec<String>)>;

/// `C 996432`, `Ｃ：９９６４３２`, `E 869585  F 514303`, `# 4421025836`: boxes
/// that are named, with their digits. `None` where the first digits stand under
/// no label, unless only what stands behind box H is marked.
fn labelled(line: &str) -> Option<Pieces> {
    let mut pieces: Pieces = Vec::new();
    let mut rest = line;
    let mut in_run = false;
    while let Some(character) = rest.chars().next() {
        if let Some(digit) = digit_value(character) {
            let (_, runs) = pieces.last_mut()?;
            if !in_run {
                runs.push(String::new());
            }
            runs.last_mut()?.push(char::from(b'0' + digit));
            in_run = true;
        } else {
            in_run = false;
            if let Some(length) = mark_at(rest) {
                pieces.push((BOXES, Vec::new()));
                rest = &rest[length..];
                continue;
            }
            if let Some(place) = box_of_letter(character) {
                pieces.push((place, Vec::new()));
            }
        }
        rest = &rest[character.len_utf8()..];
    }
    Some(pieces)
}

/// So many boxes are corrected at most; with more of them it is another number,
/// whose end is still to come.
pub(crate) const CORRECTIONS: u32 = 3;

/// Puts digits where they are named to belong; more than one box holds goes on
/// into the boxes after it.
fn put(places: &mut Places, pieces: &Pieces) {
    for (named, runs) in pieces {
        let mut place = *named;
        let mut behind = String::new();
        let all = runs.concat();
        // A box typed with a gap in it is one box.
        let one_box = [all.clone()];
        let runs = if all.len() <= KIND.group_digits() + 2 {
            &one_box[..]
        } else {
            runs
        };
        for run in runs {
            let mut run = run.as_str();
            while !run.is_empty() {
                let Some(digits) = places.boxes.get_mut(place) else {
                    behind.push_str(run);
                    break;
                };
                let (here, after) = run.split_at(cut(run.len()));
                places.marked &= digits == here;
                if !digits.is_empty() && digits != here {
                    places.changed |= 1 << place;
                }
                here.clone_into(digits);
                place += 1;
                places.past_h = place == BOXES;
                run = after;
            }
        }
        if !behind.is_empty() {
            // A tag without its check is believed behind full boxes, where none
            // was before: it does not take the place of another.
            let known = places.behind.is_empty() || places.behind.starts_with(&behind);
            let full = places.boxes.iter().all(|digits| !digits.is_empty());
            places.marked = *named == BOXES && full && known;
            places.past_h = true;
            places.changed = 0;
            places.behind = behind;
        }
    }
    if places.changed.count_ones() > CORRECTIONS {
        places.behind.clear();
        places.marked = false;
        places.changed = 0;
    }
}

#[cfg(test)]
#[path = "entry_tests.rs"]
mod tests;
