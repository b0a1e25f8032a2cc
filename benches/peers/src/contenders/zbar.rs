//! zbar, through the machine's library. It is LGPL, so it is loaded at run time and never linked.

use super::Contender;
use hikyaku::scan::Luma;
use libloading::Library;
use std::ffi::{c_char, c_int, c_uint, c_ulong, c_void};
use std::ptr::NonNull;

/// What libzbar calls the type of a QR code, and the switches used here.
const QR_CODE: c_int = 64;
const ANY_SYMBOLOGY: c_int = 0;
const ENABLE: c_int = 0;
const TEST_INVERTED: c_int = 0x81;
const GREY: c_ulong = u32::from_le_bytes(*b"Y800") as c_ulong;

/// A scanner, an image or a symbol of the library.
type Opaque = *mut c_void;

pub(super) struct Zbar {
    functions: Functions,
    version: String,
    scanner: NonNull<c_void>,
    // Last, so that it is closed after the scanner is gone.
    _library: Library,
}

struct Functions {
    scanner_destroy: unsafe extern "C" fn(Opaque),
    scan: unsafe extern "C" fn(Opaque, Opaque) -> c_int,
    image_create: unsafe extern "C" fn() -> Opaque,
    image_destroy: unsafe extern "C" fn(Opaque),
    set_format: unsafe extern "C" fn(Opaque, c_ulong),
    set_size: unsafe extern "C" fn(Opaque, c_uint, c_uint),
    set_data:
        unsafe extern "C" fn(Opaque, *const u8, c_ulong, Option<unsafe extern "C" fn(Opaque)>),
    first_symbol: unsafe extern "C" fn(Opaque) -> Opaque,
    next_symbol: unsafe extern "C" fn(Opaque) -> Opaque,
    symbol_data: unsafe extern "C" fn(Opaque) -> *const c_char,
    symbol_length: unsafe extern "C" fn(Opaque) -> c_uint,
}

impl Zbar {
    /// Looks for the library.
    pub(super) fn load() -> Result<Self, String> {
        let names = ["libzbar.so.0", "libzbar.so", "libzbar.dylib"];
        // SAFETY: zbar runs no code of consequence when it is loaded, and the
        // types are those of its header zbar.h, unchanged since version 0.10.
        unsafe {
            let library = names
                .iter()
                .find_map(|name| Library::new(*name).ok())
                .ok_or("libzbar is not installed")?;
            Self::of(library).map_err(|error| format!("libzbar: {error}"))
        }
    }

    /// # Safety
    /// The library must be zbar.
    unsafe fn of(library: Library) -> Result<Self, libloading::Error> {
        // SAFETY: as the caller says; the types are those of zbar.h.
        unsafe {
            let functions = Functions {
                scanner_destroy: *library.get(b"zbar_image_scanner_destroy")?,
                scan: *library.get(b"zbar_scan_image")?,
                image_create: *library.get(b"zbar_image_create")?,
                image_destroy: *library.get(b"zbar_image_destroy")?,
                set_format: *library.get(b"zbar_image_set_format")?,
                set_size: *library.get(b"zbar_image_set_size")?,
                set_data: *library.get(b"zbar_image_set_data")?,
                first_symbol: *library.get(b"zbar_image_first_symbol")?,
                next_symbol: *library.get(b"zbar_symbol_next")?,
                symbol_data: *library.get(b"zbar_symbol_get_data")?,
                symbol_length: *library.get(b"zbar_symbol_get_data_length")?,
            };
            let create: unsafe extern "C" fn() -> Opaque =
                *library.get(b"zbar_image_scanner_create")?;
            let configure: unsafe extern "C" fn(Opaque, c_int, c_int, c_int) -> c_int =
                *library.get(b"zbar_image_scanner_set_config")?;
            let version: unsafe extern "C" fn(*mut c_uint, *mut c_uint, *mut c_uint) -> c_int =
                *library.get(b"zbar_version")?;
            let mut parts = [0; 3];
            let [major, minor, patch] = &mut parts;
            version(major, minor, patch);
            let scanner = NonNull::new(create()).expect("zbar has memory for a scanner");
            configure(scanner.as_ptr(), ANY_SYMBOLOGY, ENABLE, 0);
            configure(scanner.as_ptr(), QR_CODE, ENABLE, 1);
            // Older versions refuse this one, which does no harm.
            configure(scanner.as_ptr(), ANY_SYMBOLOGY, TEST_INVERTED, 1);
            Ok(Self {
                functions,
                version: format!("libzbar {}.{}.{}", parts[0], parts[1], parts[2]),
                scanner,
                _library: library,
            })
        }
    }
}

impl Contender for Zbar {
    fn version(&self) -> Option<String> {
        Some(self.version.clone())
    }

    fn read(&mut self, picture: &Luma) -> Vec<String> {
        let zbar = &self.functions;
        let mut texts = Vec::new();
        // SAFETY: the image borrows the pixels only until it is destroyed here,
        // and symbols and their data belong to the image.
        unsafe {
            let image = (zbar.image_create)();
            (zbar.set_format)(image, GREY);
            (zbar.set_size)(image, picture.width(), picture.height());
            let pixels = picture.pixels();
            (zbar.set_data)(image, pixels.as_ptr(), pixels.len() as c_ulong, None);
            (zbar.scan)(self.scanner.as_ptr(), image);
            let mut symbol = (zbar.first_symbol)(image);
            while !symbol.is_null() {
                let (data, length) = ((zbar.symbol_data)(symbol), (zbar.symbol_length)(symbol));
                if !data.is_null() && length > 0 {
                    let bytes = std::slice::from_raw_parts(data.cast::<u8>(), length as usize);
                    texts.push(String::from_utf8_lossy(bytes).into_owned());
                }
                symbol = (zbar.next_symbol)(symbol);
            }
            (zbar.image_destroy)(image);
        }
        texts
    }
}

impl Drop for Zbar {
    fn drop(&mut self) {
        // SAFETY: made by the same library, destroyed once.
        unsafe { (self.functions.scanner_destroy)(self.scanner.as_ptr()) }
    }
}
