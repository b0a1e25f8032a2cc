//! Classifies the error texts of camera drivers.

use super::CameraError;
use crate::ground::printable;

/// The error for a camera of this name, from the driver's text. The text contains
/// the system's error number, whatever its language.
pub(super) fn diagnose(name: &str, text: &str) -> CameraError {
    let name = printable(name);
    let reason = printable(text);
    match meaning(text) {
        Meaning::NoMediaFoundation => CameraError::NoMediaFoundation,
        Meaning::Blocked => CameraError::Blocked { name, reason },
        Meaning::Busy => CameraError::Busy { name },
        Meaning::Gone => CameraError::Unplugged { name },
        Meaning::NoFormat => CameraError::NoUsableFormat { name },
        Meaning::Unknown => CameraError::Failed { name, reason },
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    NoMediaFoundation,
    Blocked,
    Busy,
    Gone,
    NoFormat,
    Unknown,
}

fn meaning(text: &str) -> Meaning {
    if let Some(code) = number_after(text, "(os error ", 10) {
        return match code {
            // EPERM, EACCES
            1 | 13 => Meaning::Blocked,
            // EBUSY
            16 => Meaning::Busy,
            // ENOENT, ENXIO, ENODEV
            2 | 6 | 19 => Meaning::Gone,
            // EINVAL, ENOTTY: a device node that is no camera.
            22 | 25 => Meaning::NoFormat,
            _ => Meaning::Unknown,
        };
    }
    if let Some(code) = number_after(text, "0x", 16) {
        return match code {
            // ERROR_MOD_NOT_FOUND: see src/platform/media_foundation.rs.
            0x8007_007e => Meaning::NoMediaFoundation,
            // E_ACCESSDENIED: the privacy switch, or a policy.
            0x8007_0005 => Meaning::Blocked,
            // MF_E_HW_MFT_FAILED_START_STREAMING, ERROR_BUSY,
            // MF_E_VIDEO_RECORDING_DEVICE_PREEMPTED, ERROR_SHARING_VIOLATION
            0xc00d_3704 | 0x8007_00aa | 0xc00d_3ea3 | 0x8007_0020 => Meaning::Busy,
            // MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED, MF_E_SHUTDOWN,
            // MF_E_END_OF_STREAM,
            // ERROR_DEVICE_NOT_CONNECTED, ERROR_FILE_NOT_FOUND, ERROR_NO_SUCH_DEVICE
            0xc00d_3ea2 | 0xc00d_3e85 | 0xc00d_3e84 | 0x8007_048f | 0x8007_0002 | 0x8007_01b1 => {
                Meaning::Gone
            }
            // MF_E_INVALIDMEDIATYPE
            0xc00d_36b4 => Meaning::NoFormat,
            _ => Meaning::Unknown,
        };
    }
    if [
        "Failed to Fufill",
        "Failed to fulfill",
        "not whole number",
        "unsupported",
    ]
    .iter()
    .any(|phrase| text.contains(phrase))
    {
        Meaning::NoFormat
    } else if text.contains("No device") {
        Meaning::Gone
    } else {
        Meaning::Unknown
    }
}

/// The number after the last occurrence of a mark.
fn number_after(text: &str, mark: &str, radix: u32) -> Option<u32> {
    let (_, rest) = text.rsplit_once(mark)?;
    let end = rest
        .find(|character: char| !character.is_digit(radix))
        .unwrap_or(rest.len());
    u32::from_str_radix(&rest[..end], radix).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::Advice;

    #[test]
    fn what_drivers_say_is_understood() {
        for (text, id) in [
            // Linux, as seen with nokhwa.
            (
                "Could not open device 0: V4L2 Error: Permission denied (os error 13)",
                "camera-blocked",
            ),
            (
                "Could not open device stream: Device or resource busy (os error 16)",
                "camera-busy",
            ),
            (
                "Could not set device property Resolution, FrameFormat with value 640x480: デバイスもしくはリソースがビジー状態です (os error 16)",
                "camera-busy",
            ),
            (
                "Could not open device 0: V4L2 Error: No such file or directory (os error 2)",
                "camera-unplugged",
            ),
            (
                "Could not capture frame: No such device (os error 19)",
                "camera-unplugged",
            ),
            (
                "Could not get device property FrameFormat: Invalid argument (os error 22)",
                "camera-no-usable-format",
            ),
            (
                "Could not get device property V4L2 FrameRate: Framerate not whole number: 30000 / 1001",
                "camera-no-usable-format",
            ),
            (
                "Could not get device property CameraFormat: Failed to Fufill",
                "camera-no-usable-format",
            ),
            // Windows.
            (
                "Could not open device 0: アクセスが拒否されました。 (0x80070005)",
                "camera-blocked",
            ),
            ("Could not capture frame: 0xC00D3704", "camera-busy"),
            (
                "Could not capture frame: The video recording device is no longer present. (0xC00D3EA2)",
                "camera-unplugged",
            ),
            (
                "Could not initialize MediaFoundation: 指定されたモジュールが見つかりません。 (0x8007007E)",
                "camera-no-media-foundation",
            ),
            ("Could not capture frame: 0xC00D3E84", "camera-unplugged"),
            ("Could not open device 0: No device", "camera-unplugged"),
            ("Could not capture frame: (os error 5)", "camera-failed"),
            ("Could not capture frame: 0xDEADBEEF0", "camera-failed"),
            ("\u{1b}[2J", "camera-failed"),
        ] {
            let error = diagnose("Web\u{202e}cam", text);
            assert_eq!(error.id(), id, "{text}");
            assert!(!error.to_string().chars().any(crate::ground::is_unprintable));
        }
    }
}
