//! The steps for frames of a camera: what each looks at, under which condition it
//! helps, and how much it read.

use super::schedule::Condition::{Any, Blur, Inverted, Light, Small};
use super::schedule::ScheduledStep;
use super::survey::Region::{CloseUp, Frame};

/// The steps of the live reader. The first is the one to begin with; which comes
/// next, the frame decides.
///
/// The last number is the share of otherwise unread frames that a step read when it
/// was measured, rounded to a tenth. Only how the shares compare matters: a step
/// with too large a share takes the turns of better ones.
pub(super) fn all() -> Vec<ScheduledStep> {
    [
        ("half-local", Frame, Any, 1.0),
        ("plain", Frame, Any, 0.6),
        ("close-double", CloseUp, Small, 0.7),
        ("close-double-blocks", CloseUp, Small, 0.5),
        ("close-sharp-local", CloseUp, Blur, 0.5),
        ("close-rqrr", CloseUp, Light, 0.4),
        ("close-quircs", CloseUp, Any, 0.3),
        ("half-sharp", Frame, Blur, 0.5),
        ("480-sharp", Frame, Any, 0.4),
        ("640", Frame, Any, 0.4),
        ("local", Frame, Light, 0.4),
        ("sharp-local", Frame, Blur, 0.4),
        ("soft-sharp", Frame, Blur, 0.3),
        ("inverted-half", Frame, Inverted, 0.4),
        ("inverted-local", Frame, Inverted, 0.2),
        ("wide-local", Frame, Light, 0.2),
        ("rqrr", Frame, Light, 0.3),
        ("quircs", Frame, Any, 0.2),
        ("640-closed", Frame, Any, 0.2),
    ]
    .into_iter()
    .filter_map(|(name, region, condition, share)| {
        ScheduledStep::new(name, region, condition, share)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_name_is_a_pass() {
        assert_eq!(super::all().len(), 19);
    }
}
