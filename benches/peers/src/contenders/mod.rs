//! All readers, behind one small interface.

mod ours;
mod quircs;
mod rqrr;
mod rxing;
mod zbar;
#[cfg(feature = "zxing-cpp")]
mod zxing_cpp;

use hikyaku::scan::Luma;

/// A reader of QR symbols.
pub(crate) trait Contender {
    /// All texts that it reads in one picture.
    fn read(&mut self, picture: &Luma) -> Vec<String>;

    /// Its version, unless that of the crate of its name is meant.
    fn version(&self) -> Option<String> {
        None
    }

    /// All texts that it reads in the frames of a live sequence. By default, each frame is read on
    /// its own, until one gives a text.
    fn read_sequence(&mut self, frames: &[Luma]) -> Vec<String> {
        frames
            .iter()
            .map(|frame| self.read(frame))
            .find(|texts| !texts.is_empty())
            .unwrap_or_default()
    }
}

/// The version of a crate that this program was built with.
fn crate_version(name: &str) -> Option<&'static str> {
    let lock = include_str!("../../Cargo.lock");
    let line = format!("name = \"{name}\"");
    let package = lock.split("[[package]]").find(|package| {
        let mut lines = package.lines();
        lines.any(|of| of == line)
    })?;
    let version = package
        .lines()
        .find_map(|line| line.strip_prefix("version = "))?;
    Some(version.trim_matches('"'))
}

/// Where a contender runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Runtime {
    /// In a process of this program.
    Here,
    /// In a process of the Python script.
    Python,
}

/// All contenders in the order of the tables, ours first.
pub(crate) const ALL: [(&str, Runtime); 9] = [
    ("hikyaku", Runtime::Here),
    ("rqrr", Runtime::Here),
    ("quircs", Runtime::Here),
    ("rxing", Runtime::Here),
    ("rxing-filtered", Runtime::Here),
    ("zxing-cpp", Runtime::Here),
    ("zbar", Runtime::Here),
    ("opencv", Runtime::Python),
    ("wechat", Runtime::Python),
];

/// The contender of a name.
///
/// # Errors
/// Why it is not available on this machine.
pub(crate) fn named(name: &str) -> Result<Box<dyn Contender>, String> {
    match name {
        "hikyaku" => Ok(Box::new(ours::Ours::new())),
        "rqrr" => Ok(Box::new(rqrr::Rqrr)),
        "quircs" => Ok(Box::new(quircs::Quircs)),
        "rxing" => Ok(Box::new(rxing::Rxing { filtered: false })),
        "rxing-filtered" => Ok(Box::new(rxing::Rxing { filtered: true })),
        #[cfg(feature = "zxing-cpp")]
        "zxing-cpp" => Ok(Box::new(zxing_cpp::ZxingCpp::new())),
        #[cfg(not(feature = "zxing-cpp"))]
        "zxing-cpp" => Err("built without the feature zxing-cpp".to_owned()),
        "zbar" => Ok(Box::new(zbar::Zbar::load()?)),
        _ => Err("there is no contender of this name".to_owned()),
    }
}

/// Which version a contender is.
pub(crate) fn version(name: &str, contender: &dyn Contender) -> String {
    let of_crate = || {
        let name = name.trim_end_matches("-filtered");
        crate_version(name).map(|version| format!("crate {name} {version}"))
    };
    contender.version().or_else(of_crate).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hikyaku::practice::filming::{Difficulty, GlareLevel, Take};
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    /// A peer that is called wrongly reads nothing, and looks weak.
    #[test]
    fn everyone_who_is_here_reads_an_easy_picture() {
        let take = Take {
            glare: GlareLevel::None,
            ..Take::still(6.0, Difficulty::Mild)
        };
        let text = "7".repeat(60);
        let footage = take
            .shoot(&text, &mut ChaCha8Rng::seed_from_u64(3))
            .expect("an ordinary take");
        for (name, runtime) in ALL {
            if runtime == Runtime::Python {
                continue;
            }
            match named(name) {
                Ok(mut contender) => {
                    let read = contender.read(&footage.frames[0].luma);
                    assert_eq!(read, [text.as_str()], "{name}");
                }
                Err(why) => println!("{name}: not available: {why}"),
            }
        }
    }

    #[test]
    fn versions_are_those_of_the_lock_file() {
        for name in ["rqrr", "quircs", "rxing", "hikyaku"] {
            let version = crate_version(name).expect("a dependency");
            assert!(version.split('.').count() >= 3, "{name} {version}");
        }
        assert_eq!(crate_version("no-such-crate"), None);
    }

    /// A sequence costs no more frames than it takes to read.
    #[test]
    fn a_sequence_ends_with_the_first_frame_that_reads() {
        struct Third(usize);
        impl Contender for Third {
            fn read(&mut self, _: &Luma) -> Vec<String> {
                self.0 += 1;
                let read = (self.0 == 3).then(|| "read".to_owned());
                read.into_iter().collect()
            }
        }
        let frames = vec![Luma::from_fn(1, 1, |_, _| 0); 5];
        let mut third = Third(0);
        assert_eq!(third.read_sequence(&frames), ["read"]);
        assert_eq!(third.0, 3);
    }
}
