//! What a symbol says: a whole text, or a part of one.

/// What a symbol says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A text, whole. May be empty.
    Text(String),
    /// One symbol of a *structured append* (ISO/IEC 18004, 8): the text is
    /// spread over several symbols. What this one holds is not told: the first
    /// 48 digits of a reply of 60 would pass for a Confirmation ID.
    Part(Part),
}

impl Content {
    /// The text, if it is whole.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Part(_) => None,
        }
    }
}

/// Which symbol of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Which one, from 1.
    pub number: u8,
    /// How many there are, as far as the symbol is to be believed: at least
    /// `number`, at most 16.
    pub of: u8,
}

impl Part {
    /// From the two fields of four bits that follow mode indicator 3: the place
    /// in the sequence, and the place of the last, both from 0.
    pub(super) fn at(place: u8, last: u8) -> Self {
        let number = (place & 15) + 1;
        Self {
            number,
            of: number.max((last & 15) + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_count_from_one_and_never_beyond_their_number() {
        assert_eq!(Part::at(0, 1), Part { number: 1, of: 2 });
        assert_eq!(Part::at(15, 15), Part { number: 16, of: 16 });
        // A symbol that contradicts itself.
        assert_eq!(Part::at(3, 1), Part { number: 4, of: 4 });
    }
}
