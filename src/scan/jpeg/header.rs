//! The segments of a JPEG before its scan.

use super::huffman::Definition;

/// The headers of a JPEG with one scan and with luma as its first component.
pub(super) struct Header<'a> {
    /// In pixels.
    pub(super) width: u32,
    /// In pixels.
    pub(super) height: u32,
    /// In the order of the scan.
    pub(super) components: Vec<Component<'a>>,
    /// Quantisation factors of luma, in the order of the file.
    pub(super) factors: [u16; 64],
    /// Groups of blocks (MCUs) between restart markers; 0 for no markers.
    pub(super) restart: u32,
    /// The content of the Exif segment, which notes the camera's orientation.
    pub(super) exif: Option<&'a [u8]>,
    /// The scan and everything after it.
    pub(super) scan: &'a [u8],
}

/// A component, as far as decoding luma needs it.
pub(super) struct Component<'a> {
    pub(super) is_luma: bool,
    /// Blocks side by side in a group.
    pub(super) across: u32,
    /// Blocks above each other in a group.
    pub(super) down: u32,
    pub(super) dc: Definition<'a>,
    pub(super) ac: Definition<'a>,
}

/// A component as declared in the frame header.
#[derive(Clone, Copy)]
struct Declared {
    id: u8,
    across: u32,
    down: u32,
    factors: u8,
}

struct Frame {
    width: u32,
    height: u32,
    components: Vec<Declared>,
}

/// What the segments so far have declared.
#[derive(Default)]
struct Segments<'a> {
    factors: [Option<[u16; 64]>; 4],
    dc: [Option<Definition<'a>>; 4],
    ac: [Option<Definition<'a>>; 4],
    frame: Option<Frame>,
    restart: u32,
    exif: Option<&'a [u8]>,
    /// The components are not luma and chroma.
    is_rgb: bool,
}

impl<'a> Header<'a> {
    /// `None` if the file is damaged, or not of the kind that this decoder handles.
    pub(super) fn parse(file: &'a [u8]) -> Option<Self> {
        let mut segments = Segments::default();
        let mut rest = file.strip_prefix(&[0xff, 0xd8])?;
        loop {
            let &[0xff, marker, ..] = rest else {
                return None;
            };
            // A fill byte.
            if marker == 0xff {
                rest = &rest[1..];
                continue;
            }
            let (length, _) = rest.get(2..)?.split_first_chunk()?;
            let (segment, behind) = rest
                .get(2..)?
                .split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
            let content = segment.get(2..)?;
            rest = behind;
            if marker == 0xda {
                return segments.at_scan(content, rest);
            }
            segments.take(marker, content)?;
        }
    }
}

impl<'a> Segments<'a> {
    fn take(&mut self, marker: u8, content: &'a [u8]) -> Option<()> {
        match marker {
            0xdb => self.take_factors(content),
            0xc4 => self.take_tables(content),
            // Baseline, and extended sequential, which differs only in the number
            // of tables at 8 bits.
            0xc0 | 0xc1 if self.frame.is_none() => {
                self.frame = Some(Frame::parse(content)?);
                Some(())
            }
            0xdd => {
                self.restart = u16::from_be_bytes(*content.as_array()?).into();
                Some(())
            }
            0xe1 => {
                // The last one counts, as it does for `zune-jpeg`.
                self.exif = content.strip_prefix(b"Exif\0\0").or(self.exif);
                Some(())
            }
            0xee => {
                let adobe = content.strip_prefix(b"Adobe");
                self.is_rgb |= adobe.and_then(|rest| rest.get(6)) == Some(&0);
                Some(())
            }
            // Application data and comments.
            0xe0..=0xef | 0xfe => Some(()),
            // Progressive, arithmetic or lossless coding; misplaced markers.
            _ => None,
        }
    }

    fn take_factors(&mut self, mut rest: &[u8]) -> Option<()> {
        while let Some((&kind, tables)) = rest.split_first() {
            let table = self.factors.get_mut(usize::from(kind & 15))?;
            let mut factors = [0; 64];
            match kind >> 4 {
                0 => {
                    let (bytes, behind) = tables.split_first_chunk::<64>()?;
                    factors = bytes.map(u16::from);
                    rest = behind;
                }
                1 => {
                    let (bytes, behind) = tables.split_first_chunk::<128>()?;
                    for (factor, &pair) in factors.iter_mut().zip(bytes.as_chunks().0) {
                        *factor = u16::from_be_bytes(pair);
                    }
                    rest = behind;
                }
                _ => return None,
            }
            *table = Some(factors);
        }
        Some(())
    }

    fn take_tables(&mut self, mut rest: &'a [u8]) -> Option<()> {
        while let Some((&kind, tables)) = rest.split_first() {
            let (counts, behind) = tables.split_first_chunk::<16>()?;
            let count = counts.iter().map(|&count| usize::from(count)).sum();
            let (symbols, behind) = behind.split_at_checked(count)?;
            let definition = Definition { counts, symbols };
            let place = usize::from(kind & 15);
            match kind >> 4 {
                // Differences of DC have at most 15 bits.
                0 if symbols.iter().all(|&symbol| symbol < 16) => {
                    *self.dc.get_mut(place)? = Some(definition);
                }
                1 => *self.ac.get_mut(place)? = Some(definition),
                _ => return None,
            }
            rest = behind;
        }
        Some(())
    }

    fn at_scan(self, content: &'a [u8], scan: &'a [u8]) -> Option<Header<'a>> {
        let frame = self.frame?;
        let (&count, rest) = content.split_first()?;
        // One scan with all components and all coefficients.
        if usize::from(count) != frame.components.len() {
            return None;
        }
        let (choices, spectrum) = rest.split_at_checked(2 * usize::from(count))?;
        if spectrum != [0, 63, 0] {
            return None;
        }
        let is_rgb = self.is_rgb || frame.components.iter().map(|one| one.id).eq(*b"RGB");
        if is_rgb && frame.components.len() == 3 {
            return None;
        }
        let luma = *frame.components.first()?;
        let mut components = Vec::new();
        for &[id, tables] in choices.as_chunks().0 {
            let declared = frame.components.iter().find(|one| one.id == id)?;
            components.push(Component {
                is_luma: id == luma.id,
                across: declared.across,
                down: declared.down,
                dc: (*self.dc.get(usize::from(tables >> 4))?)?,
                ac: (*self.ac.get(usize::from(tables & 15))?)?,
            });
        }
        (components.iter().filter(|one| one.is_luma).count() == 1).then_some(Header {
            width: frame.width,
            height: frame.height,
            components,
            factors: (*self.factors.get(usize::from(luma.factors))?)?,
            restart: self.restart,
            exif: self.exif,
            scan,
        })
    }
}

impl Frame {
    fn parse(content: &[u8]) -> Option<Self> {
        let (&[8, h1, h0, w1, w0, count], rest) = content.split_first_chunk()? else {
            return None;
        };
        let (triples, []) = rest.as_chunks::<3>() else {
            return None;
        };
        // Grey, or luma and chroma.
        if triples.len() != usize::from(count) || !matches!(count, 1 | 3) {
            return None;
        }
        let mut components: Vec<Declared> = triples
            .iter()
            .map(|&[id, sampling, factors]| Declared {
                id,
                across: u32::from(sampling >> 4),
                down: u32::from(sampling & 15),
                factors,
            })
            .collect();
        if let [alone] = &mut components[..] {
            // A component on its own is not interleaved (T.81, A.2.2).
            (alone.across, alone.down) = (1, 1);
        }
        let luma = *components.first()?;
        let fits = |one: &Declared| {
            (1..=luma.across).contains(&one.across) && (1..=luma.down).contains(&one.down)
        };
        let blocks: u32 = components.iter().map(|one| one.across * one.down).sum();
        let ids_differ = components
            .iter()
            .enumerate()
            .all(|(at, one)| components[..at].iter().all(|other| other.id != one.id));
        let frame = Self {
            width: u16::from_be_bytes([w1, w0]).into(),
            height: u16::from_be_bytes([h1, h0]).into(),
            components,
        };
        // A height of zero would be declared after the scan.
        let is_whole = frame.width > 0 && frame.height > 0 && blocks <= 10;
        (is_whole
            && ids_differ
            && luma.across <= 4
            && luma.down <= 4
            && frame.components.iter().all(fits))
        .then_some(frame)
    }
}
