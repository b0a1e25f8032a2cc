//! The number beside every symbol, in labelled groups.

use crate::activation::{ConfirmationId, InstallationId, NumberKind, Reply, ReplyCheck, Tag};

/// One group of a number, and what stands at it on paper and in the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledGroup {
    /// `1` to `9`, or `A` to `H`.
    pub label: String,
    /// Its digits.
    pub digits: String,
}

/// A number as it is shown beside its symbol, so that it can always be typed by hand as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    groups: Vec<LabelledGroup>,
    columns: usize,
    tag: Option<Tag>,
    check: Option<(String, ReplyCheck)>,
}

impl Caption {
    /// The nine groups of an Installation ID.
    pub fn of_installation_id(iid: &InstallationId) -> Self {
        Self::of(iid.kind(), &iid.groups(), 3)
    }

    /// The eight boxes of a Confirmation ID.
    pub fn of_confirmation_id(cid: &ConfirmationId) -> Self {
        Self::of(NumberKind::ConfirmationId, &cid.groups(), 4)
    }

    /// The eight boxes of a reply's Confirmation ID, and its tag.
    pub fn of_reply(reply: &Reply) -> Self {
        Self {
            tag: Some(reply.tag),
            ..Self::of_confirmation_id(&reply.cid)
        }
    }

    /// The eight boxes of a reply's Confirmation ID and the check as a ninth one
    /// with this label: what a person types.
    pub fn of_typed(reply: &Reply, label: String) -> Self {
        Self {
            check: Some((label, reply.check())),
            ..Self::of_confirmation_id(&reply.cid)
        }
    }

    fn of(kind: NumberKind, groups: &[&str], columns: usize) -> Self {
        Self {
            groups: groups
                .iter()
                .enumerate()
                .map(|(index, digits)| LabelledGroup {
                    label: kind.label(index),
                    digits: (*digits).to_owned(),
                })
                .collect(),
            columns,
            tag: None,
            check: None,
        }
    }

    /// The groups, in order.
    pub fn groups(&self) -> &[LabelledGroup] {
        &self.groups
    }

    /// Tag of the Installation ID that is answered, if this is a reply.
    pub fn tag(&self) -> Option<Tag> {
        self.tag
    }

    /// The ninth box of a typed reply, with its label.
    pub fn check(&self) -> Option<(&str, ReplyCheck)> {
        let (label, check) = self.check.as_ref()?;
        Some((label, *check))
    }

    /// Groups per row that fill all rows: three for an Installation ID, four for a
    /// Confirmation ID.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The groups in rows of so many (at least one).
    pub fn rows(&self, columns: usize) -> std::slice::Chunks<'_, LabelledGroup> {
        self.groups.chunks(columns.max(1))
    }

    /// Characters of the longest label.
    pub fn label_width(&self) -> usize {
        self.widest(|group| &group.label)
    }

    /// Digits of the longest group.
    pub fn digits_width(&self) -> usize {
        self.widest(|group| &group.digits)
    }

    fn widest(&self, part: impl Fn(&LabelledGroup) -> &str) -> usize {
        self.groups
            .iter()
            .map(|group| part(group).chars().count())
            .max()
            .unwrap_or(0)
    }

    /// Lines of plain text, groups below each other; the tag, if any, on a
    /// line of its own after a `#`, and so the check of a typed reply after its
    /// label.
    ///
    /// ```
    /// use hikyaku::activation::ConfirmationId;
    /// use hikyaku::symbol::Caption;
    /// let cid = "092914 273902 996432 764863 869585 514303 965545 262473";
    /// let caption = Caption::of_confirmation_id(&ConfirmationId::parse(cid).unwrap());
    /// assert_eq!(caption.lines(4), [
    ///     "A 092914   B 273902   C 996432   D 764863",
    ///     "E 869585   F 514303   G 965545   H 262473",
    /// ]);
    /// ```
    pub fn lines(&self, columns: usize) -> Vec<String> {
        let (labels, digits) = (self.label_width(), self.digits_width());
        let mut lines: Vec<String> = self
            .rows(columns)
            .map(|row| {
                row.iter()
                    .map(|group| format!("{:>labels$} {:<digits$}", group.label, group.digits))
                    .collect::<Vec<_>>()
                    .join("   ")
                    .trim_end()
                    .to_owned()
            })
            .collect();
        lines.extend(self.tag.map(|tag| format!("{:>labels$} {tag}", "#")));
        lines.extend(
            self.check()
                .map(|(label, check)| format!("{label} {check}")),
        );
        lines
    }
}
