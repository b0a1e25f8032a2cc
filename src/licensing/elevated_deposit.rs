//! A deposit that the unelevated process asks its elevated child to make: passed
//! as arguments, answered by an exit code, never written to a file.

use super::call_timeout::CallTimeout;
use super::com_codes::store_error;
use super::{DepositError, LicenseStore, StoreError, deposit_and_verify};
use crate::activation::{ActivationId, ConfirmationDigits, HResult, Reply, Tag};
use crate::ground::printable;
use crate::wire::{parse_reply, reply_to_digits};
use std::ffi::OsString;

/// First argument of such a process; not in the help, since people never type
/// it.
const WORD: &str = "deposit-for-unelevated";

/// Marks digits that a person insists on although a check digit fails.
const DESPITE: &str = "despite-check-digits";

/// `ERROR_TIMEOUT` as an HRESULT.
const TIMEOUT: HResult = HResult(0x8007_05B4);

/// `E_FAIL`: a failure without a code of its own.
const UNSPECIFIED: HResult = HResult(0x8000_4005);

/// A deposit for the elevated process: the product, the digits, the tag that they
/// answer, and how long the licence store may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ElevatedDeposit {
    pub(super) timeout: CallTimeout,
    pub(super) product: ActivationId,
    pub(super) tag: Tag,
    pub(super) digits: ConfirmationDigits,
}

impl ElevatedDeposit {
    /// The command-line arguments: letters, digits and hyphens only.
    pub(super) fn arguments(&self) -> Vec<String> {
        let mut arguments = vec![
            WORD.to_owned(),
            self.timeout.word(),
            self.product.to_string(),
        ];
        match self.digits.checked() {
            Some(cid) => arguments.push(reply_to_digits(&Reply { cid, tag: self.tag })),
            None => arguments.extend([
                self.digits.digits().to_owned(),
                self.tag.to_string(),
                DESPITE.to_owned(),
            ]),
        }
        arguments
    }

    /// Parses the arguments of a process, its own name first: `None` if they are
    /// not for an elevated deposit, a code if they are malformed.
    pub(super) fn parse(
        arguments: impl Iterator<Item = OsString>,
    ) -> Option<Result<Self, HResult>> {
        let words: Vec<String> = arguments
            .skip(1)
            // One more than the longest valid command line has.
            .take(7)
            .map(|word| word.to_string_lossy().into_owned())
            .collect();
        let (first, rest) = words.split_first()?;
        (first == WORD).then(|| Self::of_words(rest).ok_or(HResult::INVALID_ARGUMENT))
    }

    fn of_words(words: &[String]) -> Option<Self> {
        let [timeout, product, rest @ ..] = words else {
            return None;
        };
        let timeout = CallTimeout::of_word(timeout)?;
        let product = ActivationId::parse(product)?;
        match rest {
            [reply] => {
                let Reply { cid, tag } = parse_reply(reply).ok()?;
                Some(Self {
                    timeout,
                    product,
                    tag,
                    digits: cid.into(),
                })
            }
            [digits, tag, despite] if despite == DESPITE => Some(Self {
                timeout,
                product,
                tag: Tag::parse(tag)?,
                digits: ConfirmationDigits::despite_check_digits(digits).ok()?,
            }),
            _ => None,
        }
    }

    /// Deposits with the same checks as any deposit, and returns the exit code.
    /// Zero means handed over: the caller reads the status.
    pub(super) fn run(&self, store: &mut dyn LicenseStore) -> u32 {
        match deposit_and_verify(store, self.product, self.tag, &self.digits) {
            Ok(deposited) if deposited.is_activated() => 0,
            Ok(deposited) => deposited.refusal.map_or(0, |code| code.0),
            Err(DepositError::ProductGone { .. }) => HResult::NOT_INSTALLED.0,
            // Both were fine a moment ago.
            Err(DepositError::NotPending { .. } | DepositError::TagMismatch) => HResult::CHANGED.0,
            Err(DepositError::PracticeMixed { .. }) => HResult::INVALID_ARGUMENT.0,
            Err(DepositError::Store(error)) => code_of_failure(&error).0,
        }
    }
}

/// The exit code for a failed store.
pub(super) fn code_of_failure(error: &StoreError) -> HResult {
    match error {
        StoreError::NoAnswer { .. } => TIMEOUT,
        other => other.hresult().unwrap_or(UNSPECIFIED),
    }
}

/// What the exit code of the elevated process means; `said` returns the system's
/// text for a code.
pub(super) fn outcome(code: u32, said: impl Fn(HResult) -> String) -> Result<(), StoreError> {
    let code = HResult(code);
    match code.0 {
        // Success, or an informational code: the status decides.
        0 | 0x4004_0000..=0x4004_FFFF => Ok(()),
        _ if code == TIMEOUT => Err(StoreError::NoAnswer { seconds: 0 }),
        // The process died: an exit code of the runtime, or a system exception.
        0x0000_0001..=0x7FFF_FFFF | 0xC000_0000..=0xC000_FFFF => {
            Err(StoreError::ElevationBrokeOff { code })
        }
        _ => Err(store_error(code, &said(code))),
    }
}

/// Win32 errors that mean that the program's own file is gone, on a stick that
/// was pulled out or a share that went away: `ERROR_FILE_NOT_FOUND`, `_PATH_NOT_FOUND`,
/// `_INVALID_DRIVE`, `_NOT_READY`, `_BAD_NETPATH`, `_DEV_NOT_EXIST`,
/// `_NETNAME_DELETED`, `_BAD_NET_NAME`, `_NO_SUCH_DEVICE`,
/// `_UNRECOGNIZED_VOLUME`, `_FILE_INVALID`, `_NO_MEDIA_IN_DRIVE`,
/// `_DEVICE_NOT_CONNECTED`, `_NETWORK_UNREACHABLE`, `_DEVICE_REMOVED`
const PROGRAM_GONE: &[u32] = &[
    2, 3, 15, 21, 53, 55, 64, 67, 433, 1005, 1006, 1112, 1167, 1231, 1617,
];

/// Why the elevated process did not start, by the Win32 error.
pub(super) fn elevation_error(win32: u32, said: &str) -> StoreError {
    let said = printable(said);
    let code = HResult(if win32 > 0xFFFF || win32 == 0 {
        win32
    } else {
        0x8007_0000 | win32
    });
    let reason = match said.trim() {
        "" => "-".to_owned(),
        text => text.to_owned(),
    };
    match win32 {
        // ERROR_CANCELLED
        1223 => StoreError::ElevationDeclined,
        // ERROR_DS_REFERRAL: what the elevation service returns when the policy
        // "only elevate executables that are signed" is on.
        8235 => StoreError::ElevationUnsigned { code },
        _ if PROGRAM_GONE.contains(&win32) => StoreError::ElevationProgramGone { code, reason },
        // ERROR_ACCESS_DENIED, _ELEVATION_REQUIRED, _ACCESS_DISABLED_BY_POLICY,
        // _PRIVILEGE_NOT_HELD, _LOGON_TYPE_NOT_GRANTED, _ACCOUNT_RESTRICTION
        5 | 740 | 1260 | 1314 | 1327 | 1385 => StoreError::ElevationForbidden { code, reason },
        _ => StoreError::ElevationFailed { code, reason },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::{
        ConfirmationId, Label, LicenseStatus, PcIdentity, practice_confirmation_id,
    };
    use crate::licensing::{Extras, PracticeStore};

    const CID: &str = "092914273902996432764863869585514303965545262473";
    const PRODUCT: &str = "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c";

    fn deposit(digits: ConfirmationDigits) -> ElevatedDeposit {
        ElevatedDeposit {
            timeout: CallTimeout::set_to(Some("90")),
            product: ActivationId::parse(PRODUCT).unwrap(),
            tag: Tag::parse("4421025836").unwrap(),
            digits,
        }
    }

    fn read(words: &[&str]) -> Option<Result<ElevatedDeposit, HResult>> {
        let words = std::iter::once("hikyaku.exe").chain(words.iter().copied());
        ElevatedDeposit::parse(words.map(OsString::from))
    }

    #[test]
    fn a_request_arrives_as_it_was_sent_and_needs_no_quoting() {
        let broken = ConfirmationDigits::despite_check_digits(&CID.replace("0929", "0930"));
        for digits in [ConfirmationId::parse(CID).unwrap().into(), broken.unwrap()] {
            let sent = deposit(digits);
            let arguments = sent.arguments();
            assert!(
                arguments
                    .iter()
                    .flat_map(|word| word.chars())
                    .all(|c| c.is_ascii_alphanumeric() || c == '-')
            );
            let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
            assert_eq!(read(&words), Some(Ok(sent)));
        }
    }

    #[test]
    fn what_a_person_types_is_no_elevated_deposit() {
        for words in [&[][..], &["show"], &["--lang", "ja", WORD]] {
            assert_eq!(read(words), None, "{words:?}");
        }
    }

    #[test]
    fn a_tampered_request_is_a_bad_argument() {
        let whole = deposit(ConfirmationId::parse(CID).unwrap().into()).arguments();
        let (soon, reply) = (whole[1].as_str(), whole[3].as_str());
        let swapped = reply.replacen("4421", "4412", 1);
        let wrong_box = CID.replace("0929", "0930");
        for words in [
            &[WORD][..],
            &[WORD, soon, PRODUCT],
            &[WORD, soon, "4de7cb65", reply],
            &[WORD, PRODUCT, reply],
            &[WORD, "patience-0", PRODUCT, reply],
            &[WORD, soon, PRODUCT, &swapped],
            &[WORD, soon, PRODUCT, &reply[..59]],
            &[WORD, soon, PRODUCT, CID],
            &[WORD, soon, PRODUCT, &wrong_box, "4421025836"],
            &[WORD, soon, PRODUCT, &wrong_box, "4421025836", "please"],
            &[WORD, soon, PRODUCT, reply, "4421025836", DESPITE],
            &[WORD, soon, PRODUCT, reply, "and", "more", "of", "it"],
        ] {
            assert_eq!(
                read(words),
                Some(Err(HResult::INVALID_ARGUMENT)),
                "{words:?}"
            );
        }
    }

    #[test]
    fn the_elevated_part_believes_nothing_and_says_how_it_ended() {
        let folder = tempfile::tempdir().unwrap();
        let pc = PcIdentity {
            name: Label::cleaned("WARD3-PC12").unwrap(),
            serial: None,
            machine: None,
        };
        let extras = Extras {
            office: true,
            ..Extras::default()
        };
        let mut store = PracticeStore::create(&folder.path().join("pc.json"), pc, extras).unwrap();
        let products = store.products().unwrap();
        let iid = products[0].installation_id.clone().unwrap();
        let other = products[1].installation_id.clone().unwrap();
        let deposit = ElevatedDeposit {
            timeout: CallTimeout::set_to(None),
            product: products[0].activation_id,
            tag: iid.tag(),
            digits: practice_confirmation_id(&iid).into(),
        };
        let with = |change: &dyn Fn(&mut ElevatedDeposit)| {
            let mut changed = deposit.clone();
            change(&mut changed);
            changed
        };
        // With the tag of another product's Installation ID.
        let code = with(&|deposit| deposit.tag = other.tag()).run(&mut store);
        assert_eq!(code, HResult::CHANGED.0);
        // For a product that does not exist.
        let nobody = ActivationId::from_bytes([7; 16]);
        let code = with(&|deposit| deposit.product = nobody).run(&mut store);
        assert_eq!(code, HResult::NOT_INSTALLED.0);
        // Another product's number.
        let wrong = with(&|deposit| deposit.digits = practice_confirmation_id(&other).into());
        assert_eq!(wrong.run(&mut store), HResult::MISMATCH.0);
        assert!(
            store
                .products()
                .unwrap()
                .iter()
                .all(|product| product.status != LicenseStatus::Licensed)
        );
        assert_eq!(deposit.run(&mut store), 0);
        assert_eq!(store.products().unwrap()[0].status, LicenseStatus::Licensed);
        // It is no longer pending.
        assert_eq!(deposit.run(&mut store), HResult::CHANGED.0);
    }

    #[test]
    fn what_is_activated_is_no_refusal_whatever_the_store_said() {
        use crate::licensing::samples::{StoreDouble, digits_for, iid};
        let mut store = StoreDouble::of(&[&iid("a")]);
        let deposit = ElevatedDeposit {
            timeout: CallTimeout::set_to(None),
            product: store.rows[0].activation_id,
            tag: iid("a").tag(),
            digits: digits_for(&iid("a")),
        };
        store.at_deposit = |row| {
            row.status = LicenseStatus::Licensed;
            Err(StoreError::Refused(HResult::MISMATCH))
        };
        assert_eq!(deposit.run(&mut store), 0);
    }

    #[test]
    fn exit_codes_mean_what_the_store_would_have_said() {
        let outcome = |code| outcome(code, |_| String::new());
        assert_eq!(outcome(0), Ok(()));
        assert_eq!(outcome(0x4004_F00C), Ok(()));
        let refused = StoreError::Refused(HResult::MISMATCH);
        assert_eq!(outcome(code_of_failure(&refused).0), Err(refused));
        let silent = StoreError::NoAnswer { seconds: 0 };
        assert_eq!(outcome(code_of_failure(&silent).0), Err(silent));
        assert!(matches!(
            outcome(0x8007_06BA),
            Err(StoreError::Unreachable { .. })
        ));
        // A panic, an access violation, Ctrl+C: not the licence store's answer.
        for code in [101, 0xC000_0005, 0xC000_013A] {
            let code = HResult(code);
            assert_eq!(outcome(code.0), Err(StoreError::ElevationBrokeOff { code }));
        }
    }

    #[test]
    fn declined_forbidden_and_failed_are_told_apart() {
        assert_eq!(elevation_error(1223, ""), StoreError::ElevationDeclined);
        for forbidden in [5, 740, 1260, 1314] {
            assert!(matches!(
                elevation_error(forbidden, "no"),
                StoreError::ElevationForbidden { .. }
            ));
        }
        for gone in [2, 3, 21, 1006, 1167] {
            assert!(matches!(
                elevation_error(gone, "the stick"),
                StoreError::ElevationProgramGone { reason, .. } if reason == "the stick"
            ));
        }
        let code = HResult(0x8007_202B);
        assert_eq!(
            elevation_error(8235, "A referral was returned from the server."),
            StoreError::ElevationUnsigned { code }
        );
        for (win32, told) in [
            (0, 0),
            (32, 0x8007_0020),
            (0xFFFF, 0x8007_FFFF),
            (0x1_0000, 0x1_0000),
        ] {
            let code = elevation_error(win32, "").hresult();
            assert_eq!(code, Some(HResult(told)), "{win32:#x}");
        }
        for failed in [0, 32, 1155, 0x8000_4005] {
            assert!(matches!(
                elevation_error(failed, ""),
                StoreError::ElevationFailed { .. }
            ));
        }
    }
}
