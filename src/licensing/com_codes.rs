//! What a failed call to the licence store means: the store refused, or it could
//! not be reached.

use super::StoreError;
use crate::activation::HResult;
use crate::ground::printable;

/// Codes that mean that the store cannot be reached, with their texts: WMI's own
/// codes are not in the system's message tables.
const UNREACHABLE: &[(u32, &str)] = &[
    (0x8000_4002, "interface not supported"),
    (
        0x8001_0106,
        "COM is initialised for another threading model",
    ),
    (0x8001_0108, "the service ended the connection"),
    (0x8001_010E, "called from another thread"),
    (0x8004_0154, "WMI is not registered"),
    (0x8004_01F0, "COM is not initialised"),
    (0x8004_100E, "WMI namespace root\\cimv2 not available"),
    (0x8004_1010, "WMI class not available"),
    (0x8004_1013, "WMI provider cannot be loaded"),
    (0x8004_1014, "WMI cannot be initialised"),
    (0x8004_1015, "WMI connection broken"),
    (0x8004_1017, "WMI class or property not available"),
    (0x8004_1033, "WMI is shutting down"),
    (0x8004_106C, "WMI quota exceeded"),
    (0x8007_0422, "the service is disabled"),
    (0x8007_06BA, "the RPC server is unavailable"),
    (0x8007_06BE, "the remote procedure call failed"),
    (0x8007_06BF, "the remote procedure call failed"),
    (0x8008_0005, "the server could not be started"),
];

/// Classifies the code of a failed call.
///
/// `said` is the system's text for the code; it may be empty.
pub(super) fn store_error(code: HResult, said: &str) -> StoreError {
    match UNREACHABLE.iter().find(|(known, _)| *known == code.0) {
        Some(&(_, reason)) => unreachable(Some(code), said, reason),
        None => StoreError::Refused(code),
    }
}

/// The error for a store that could not be reached, with the system's text if
/// there is one (it is in the person's language), else with `fallback`.
pub(super) fn unreachable(code: Option<HResult>, said: &str, fallback: &str) -> StoreError {
    let said = printable(said);
    let said = said.trim();
    let reason = if said.is_empty() { fallback } else { said };
    StoreError::Unreachable {
        code,
        reason: reason.to_owned(),
    }
}

/// Classifies a failure to connect, or to look up what every licence store has:
/// the store is unreachable, whatever the code. Only missing rights count as a
/// refusal, because the person can do something about those.
pub(super) fn connection_error(code: HResult, said: &str) -> StoreError {
    if code.needs_elevation() {
        return StoreError::Refused(code);
    }
    let fallback = UNREACHABLE
        .iter()
        .find(|(known, _)| *known == code.0)
        .map_or("WMI does not answer", |&(_, reason)| reason);
    unreachable(Some(code), said, fallback)
}

/// Classifies the `ReturnValue` of a method that did return.
///
/// Zero is success, and so are the licensing service's informational codes
/// (facility 4, for example "activated, but check the use rights"): the row is
/// read again anyway. Anything else is a refusal, including a plain Win32 error
/// number.
pub(super) fn judge_return(value: Option<u32>) -> Result<(), StoreError> {
    match value {
        None | Some(0 | 0x4004_0000..=0x4004_FFFF) => Ok(()),
        Some(code) => Err(StoreError::Refused(HResult(code))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_is_not_there_did_not_refuse() {
        for code in [0x8007_06BA, 0x8004_1010, 0x8004_0154, 0x8004_01F0] {
            let error = store_error(HResult(code), "");
            assert_eq!(error.hresult(), Some(HResult(code)));
            assert!(
                matches!(&error, StoreError::Unreachable { reason, .. } if !reason.is_empty()),
                "{error:?}"
            );
        }
    }

    #[test]
    fn refusals_keep_their_code() {
        for code in [
            HResult::MISMATCH,
            HResult::CHECK_DIGITS,
            HResult::NOT_ELEVATED,
            HResult::ACCESS_DENIED,
            HResult(0xC004_F07F),
            HResult(0x8007_0057),
        ] {
            assert_eq!(store_error(code, "no"), StoreError::Refused(code));
        }
    }

    #[test]
    fn the_systems_own_words_go_first_and_are_printable() {
        let code = HResult(0x8007_06BA);
        let said = "RPC サーバーを\u{1b}[31m利用できません。\r\n";
        assert_eq!(
            store_error(code, said),
            StoreError::Unreachable {
                code: Some(code),
                reason: "RPC サーバーを[31m利用できません。".to_owned(),
            }
        );
    }

    #[test]
    fn whatever_stops_a_connection_is_no_refusal_but_a_lack_of_rights_is() {
        let odd = connection_error(HResult(0x8123_4567), "");
        assert!(matches!(odd, StoreError::Unreachable { .. }));
        let reason = |code| match connection_error(HResult(code), "") {
            StoreError::Unreachable { reason, .. } => reason,
            error => panic!("{error:?}"),
        };
        assert_eq!(reason(0x8004_1015), "WMI connection broken");
        assert_eq!(reason(0x8123_4567), "WMI does not answer");
        let denied = connection_error(HResult::ACCESS_DENIED, "");
        assert_eq!(denied, StoreError::Refused(HResult::ACCESS_DENIED));
    }

    #[test]
    fn a_return_value_counts_as_much_as_an_error() {
        assert_eq!(judge_return(None), Ok(()));
        assert_eq!(judge_return(Some(0)), Ok(()));
        assert_eq!(judge_return(Some(0x4004_F040)), Ok(()));
        for code in [5, 1, 0xC004_F031, 0x8007_0005] {
            assert_eq!(
                judge_return(Some(code)),
                Err(StoreError::Refused(HResult(code)))
            );
        }
    }
}
