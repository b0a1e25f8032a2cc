//! Three short sounds as WAV files in memory.
//!
//! The system's sounds do not suffice: in current Windows, "information" and "warning"
//! are the same sound.

use super::Chime;
use std::f32::consts::TAU;

const SAMPLES_PER_SECOND: u32 = 22_050;

/// Amplitude of a note, 0 to 1.
const LOUDNESS: f32 = 0.4;

/// A note: frequency in hertz, length in milliseconds.
type Note = (f32, u32);

/// Rising for done, level for "not here", falling for refused: easy to tell apart even
/// without an ear for pitch.
fn notes(kind: Chime) -> &'static [Note] {
    match kind {
        Chime::Done => &[(784.0, 110), (1046.5, 110), (1318.5, 240)],
        Chime::NotHere => &[(587.3, 120), (0.0, 60), (587.3, 120)],
        Chime::Refused => &[(440.0, 180), (311.1, 320)],
    }
}

/// The sound as a WAV file: mono, 16 bits.
pub(super) fn wav(kind: Chime) -> Vec<u8> {
    let samples: Vec<i16> = notes(kind).iter().copied().flat_map(note).collect();
    let bytes = samples.len() as u32 * 2;
    let mut file = Vec::with_capacity(44 + bytes as usize);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(36 + bytes).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16_u32.to_le_bytes());
    file.extend_from_slice(&1_u16.to_le_bytes()); // PCM
    file.extend_from_slice(&1_u16.to_le_bytes()); // mono
    file.extend_from_slice(&SAMPLES_PER_SECOND.to_le_bytes());
    file.extend_from_slice(&(SAMPLES_PER_SECOND * 2).to_le_bytes());
    file.extend_from_slice(&2_u16.to_le_bytes()); // bytes per sample
    file.extend_from_slice(&16_u16.to_le_bytes()); // bits per sample
    file.extend_from_slice(b"data");
    file.extend_from_slice(&bytes.to_le_bytes());
    for sample in samples {
        file.extend_from_slice(&sample.to_le_bytes());
    }
    file
}

/// A note with soft edges, because hard ones click.
fn note((frequency, milliseconds): Note) -> impl Iterator<Item = i16> {
    let count = SAMPLES_PER_SECOND * milliseconds / 1000;
    let edge = (SAMPLES_PER_SECOND / 100) as f32;
    (0..count).map(move |at| {
        let (from_start, to_end) = (at as f32, (count - at) as f32);
        let envelope = (from_start.min(to_end) / edge).min(1.0);
        let phase = TAU * frequency * from_start / SAMPLES_PER_SECOND as f32;
        (phase.sin() * envelope * LOUDNESS * f32::from(i16::MAX)) as i16
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Chime; 3] = [Chime::Done, Chime::NotHere, Chime::Refused];

    #[test]
    fn a_player_finds_what_the_header_promises() {
        for kind in ALL {
            let file = wav(kind);
            let word = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
            assert_eq!(&file[..4], b"RIFF");
            assert_eq!(word(4) as usize, file.len() - 8);
            assert_eq!(&file[36..40], b"data");
            assert_eq!(word(40) as usize, file.len() - 44);
        }
    }

    #[test]
    fn sounds_are_short_soft_at_the_edges_and_differ() {
        let files: Vec<_> = ALL.map(wav).into();
        for file in &files {
            assert!(file.len() < 44_100, "at most a second");
            let sample = |at: usize| i16::from_le_bytes([file[at], file[at + 1]]);
            assert_eq!(sample(44), 0);
            assert!(sample(file.len() - 2).abs() < 300);
        }
        assert_ne!(files[0], files[1]);
        assert_ne!(files[1], files[2]);
    }
}
