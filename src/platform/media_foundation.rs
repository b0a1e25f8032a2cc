//! Loads Media Foundation at run time, with a clear error if it is missing: N and KN
//! editions and servers lack its libraries, and a program that imports them does not
//! start there. Also works around defects of nokhwa, its only caller.
#![allow(unsafe_code)] // replaces functions of the system
#![allow(clippy::inline_always, clippy::ref_as_ptr)] // code of the `implement` macro

use super::system_only::{MISSING, entry, stand_ins};
use ::windows::Win32::Foundation::E_NOTIMPL;
use ::windows::Win32::Media::MediaFoundation::{
    IMFMediaType, IMFSample, IMFSourceReader, IMFSourceReader_Impl, MF_E_END_OF_STREAM,
    MF_SDK_VERSION, MF_SOURCE_READERF_ENDOFSTREAM, MF_SOURCE_READERF_ERROR,
};
use ::windows::Win32::System::Com::StructuredStorage::PROPVARIANT;
use ::windows::core::{BOOL, GUID, HRESULT, Interface, OutRef, Ref, Result, implement, w};
use std::ffi::c_void;
use std::sync::OnceLock;

type OutPtr = *mut *mut c_void;

stand_ins! {
    "mfplat.dll" {
        MFShutdown() -> HRESULT, else MISSING;
        MFCreateAttributes(made: OutPtr, size: u32) -> HRESULT, else MISSING;
        MFCreateSample(made: OutPtr) -> HRESULT, else MISSING;
    }
    "mf.dll" {
        MFEnumDeviceSources(wanted: *mut c_void, found: *mut OutPtr, count: *mut u32) -> HRESULT, else MISSING;
    }
}

/// Like the others, but completes the version: nokhwa passes only the API version,
/// which is not a documented value.
#[allow(non_snake_case)]
#[unsafe(export_name = "__wrap_MFStartup")]
extern "system" fn MFStartup(version: u32, flags: u32) -> HRESULT {
    type RealFn = unsafe extern "system" fn(u32, u32) -> HRESULT;
    static FOUND: OnceLock<Option<RealFn>> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let entry = entry(w!("mfplat.dll"), c"MFStartup")?;
        // SAFETY: this is the function's type in the Windows headers.
        Some(unsafe { std::mem::transmute::<unsafe extern "system" fn() -> isize, RealFn>(entry) })
    });
    // MF_VERSION has the SDK version in the upper half.
    let whole = if version >> 16 == 0 {
        MF_SDK_VERSION << 16 | version
    } else {
        version
    };
    // SAFETY: takes numbers.
    found.map_or(MISSING, |real| unsafe { real(whole, flags) })
}

/// Like the others, but wraps the result in a [`SourceReaderGuard`].
#[allow(non_snake_case)]
#[unsafe(export_name = "__wrap_MFCreateSourceReaderFromMediaSource")]
extern "system" fn MFCreateSourceReaderFromMediaSource(
    source: *mut c_void,
    attributes: *mut c_void,
    made: OutPtr,
) -> HRESULT {
    type RealFn = unsafe extern "system" fn(*mut c_void, *mut c_void, OutPtr) -> HRESULT;
    static FOUND: OnceLock<Option<RealFn>> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let entry = entry(
            w!("mfreadwrite.dll"),
            c"MFCreateSourceReaderFromMediaSource",
        )?;
        // SAFETY: this is the function's type in the Windows headers.
        Some(unsafe { std::mem::transmute::<unsafe extern "system" fn() -> isize, RealFn>(entry) })
    });
    let Some(real) = found else { return MISSING };
    // SAFETY: the caller's arguments are passed on unchanged.
    let answer = unsafe { real(source, attributes, made) };
    if answer.is_err() || made.is_null() {
        return answer;
    }
    // SAFETY: the call succeeded, so `made` holds a reader that is owned by the
    // caller; ownership moves into the guard that replaces it.
    unsafe {
        let inner = IMFSourceReader::from_raw(made.read());
        let watched: IMFSourceReader = SourceReaderGuard { inner }.into();
        made.write(watched.into_raw());
    }
    answer
}

/// Makes the linker see these functions before the crate that calls them.
pub(super) fn keep_all() {
    keep();
    std::hint::black_box([
        MFStartup as *const (),
        MFCreateSourceReaderFromMediaSource as *const (),
    ]);
}

/// Protects nokhwa, which reads until a sample comes and overwrites the sample pointer
/// each time: fails at the end of the stream, where no sample ever comes, and releases
/// the sample that would be overwritten.
#[implement(IMFSourceReader)]
struct SourceReaderGuard {
    inner: IMFSourceReader,
}

impl IMFSourceReader_Impl for SourceReaderGuard_Impl {
    fn GetStreamSelection(&self, stream: u32) -> Result<BOOL> {
        // SAFETY: takes a number.
        unsafe { self.inner.GetStreamSelection(stream) }
    }

    fn SetStreamSelection(&self, stream: u32, selected: BOOL) -> Result<()> {
        // SAFETY: takes numbers.
        unsafe { self.inner.SetStreamSelection(stream, selected.as_bool()) }
    }

    fn GetNativeMediaType(&self, stream: u32, index: u32) -> Result<IMFMediaType> {
        // SAFETY: takes numbers.
        unsafe { self.inner.GetNativeMediaType(stream, index) }
    }

    fn GetCurrentMediaType(&self, stream: u32) -> Result<IMFMediaType> {
        // SAFETY: takes a number.
        unsafe { self.inner.GetCurrentMediaType(stream) }
    }

    fn SetCurrentMediaType(
        &self,
        stream: u32,
        reserved: *const u32,
        kind: Ref<IMFMediaType>,
    ) -> Result<()> {
        let reserved = (!reserved.is_null()).then_some(reserved);
        // SAFETY: the caller's arguments are passed on unchanged.
        unsafe {
            self.inner
                .SetCurrentMediaType(stream, reserved, kind.as_ref())
        }
    }

    fn SetCurrentPosition(
        &self,
        _format: *const GUID,
        _position: *const PROPVARIANT,
    ) -> Result<()> {
        // Cameras cannot seek.
        Err(E_NOTIMPL.into())
    }

    fn ReadSample(
        &self,
        stream: u32,
        control: u32,
        actual_stream: *mut u32,
        flags: *mut u32,
        time: *mut i64,
        sample: OutRef<IMFSample>,
    ) -> Result<()> {
        let mut said = 0;
        let mut found = None;
        let some = |place: *mut u32| (!place.is_null()).then_some(place);
        // SAFETY: the pointers are the caller's or to locals, each null or valid for
        // its type.
        unsafe {
            self.inner.ReadSample(
                stream,
                control,
                some(actual_stream),
                Some(&raw mut said),
                (!time.is_null()).then_some(time),
                Some(&raw mut found),
            )?;
            if !flags.is_null() {
                flags.write(said);
            }
        }
        let over = MF_SOURCE_READERF_ENDOFSTREAM.0 | MF_SOURCE_READERF_ERROR.0;
        if found.is_none() && said.cast_signed() & over != 0 {
            return Err(MF_E_END_OF_STREAM.into());
        }
        if !sample.is_null() {
            // SAFETY: `OutRef` is a transparent pointer, which is not null here. It
            // points to a sample or `None`, which the assignment releases.
            unsafe {
                *std::mem::transmute::<OutRef<IMFSample>, *mut Option<IMFSample>>(sample) = found;
            }
        }
        Ok(())
    }

    fn Flush(&self, stream: u32) -> Result<()> {
        // SAFETY: takes a number.
        unsafe { self.inner.Flush(stream) }
    }

    fn GetServiceForStream(
        &self,
        stream: u32,
        service: *const GUID,
        wanted: *const GUID,
        object: *mut *mut c_void,
    ) -> Result<()> {
        // SAFETY: the caller's arguments are passed on unchanged.
        unsafe {
            self.inner
                .GetServiceForStream(stream, service, wanted, object)
        }
    }

    fn GetPresentationAttribute(&self, stream: u32, which: *const GUID) -> Result<PROPVARIANT> {
        // SAFETY: the caller's arguments are passed on unchanged.
        unsafe { self.inner.GetPresentationAttribute(stream, which) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// A reader that returns these flags and never a sample.
    #[implement(IMFSourceReader)]
    struct EmptyReader {
        says: u32,
        reads: &'static AtomicUsize,
    }

    impl IMFSourceReader_Impl for EmptyReader_Impl {
        fn GetStreamSelection(&self, _: u32) -> Result<BOOL> {
            Ok(true.into())
        }
        fn SetStreamSelection(&self, _: u32, _: BOOL) -> Result<()> {
            Ok(())
        }
        fn GetNativeMediaType(&self, _: u32, _: u32) -> Result<IMFMediaType> {
            Err(E_NOTIMPL.into())
        }
        fn GetCurrentMediaType(&self, _: u32) -> Result<IMFMediaType> {
            Err(E_NOTIMPL.into())
        }
        fn SetCurrentMediaType(&self, _: u32, _: *const u32, _: Ref<IMFMediaType>) -> Result<()> {
            Ok(())
        }
        fn SetCurrentPosition(&self, _: *const GUID, _: *const PROPVARIANT) -> Result<()> {
            Ok(())
        }
        fn ReadSample(
            &self,
            _: u32,
            _: u32,
            _: *mut u32,
            flags: *mut u32,
            _: *mut i64,
            _: OutRef<IMFSample>,
        ) -> Result<()> {
            self.reads.fetch_add(1, Ordering::SeqCst);
            // SAFETY: the reader under test passes a valid pointer.
            unsafe { flags.write(self.says) };
            Ok(())
        }
        fn Flush(&self, _: u32) -> Result<()> {
            Ok(())
        }
        fn GetServiceForStream(
            &self,
            _: u32,
            _: *const GUID,
            _: *const GUID,
            _: *mut *mut c_void,
        ) -> Result<()> {
            Err(E_NOTIMPL.into())
        }
        fn GetPresentationAttribute(&self, _: u32, _: *const GUID) -> Result<PROPVARIANT> {
            Err(E_NOTIMPL.into())
        }
    }

    /// Reads once; returns the flags.
    fn read(says: u32, reads: &'static AtomicUsize) -> Result<u32> {
        let inner: IMFSourceReader = EmptyReader { says, reads }.into();
        let reader: IMFSourceReader = SourceReaderGuard { inner }.into();
        let (mut flags, mut sample) = (0, None);
        // SAFETY: the pointers are to locals of the required types.
        unsafe {
            reader.SetStreamSelection(0, true)?;
            reader.ReadSample(
                0,
                0,
                None,
                Some(&raw mut flags),
                None,
                Some(&raw mut sample),
            )?;
        }
        assert!(sample.is_none());
        Ok(flags)
    }

    #[test]
    fn a_stream_that_ended_fails_instead_of_having_nothing_for_ever() {
        static READS: AtomicUsize = AtomicUsize::new(0);
        for over in [2, 1, 3] {
            let error = read(over, &READS).unwrap_err();
            assert_eq!(error.code(), MF_E_END_OF_STREAM);
        }
        // A gap in the stream: a sample may still come.
        let tick = 0x100;
        assert_eq!(read(tick, &READS).unwrap(), tick);
        assert_eq!(READS.load(Ordering::SeqCst), 4);
    }
}
