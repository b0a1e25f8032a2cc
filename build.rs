//! What the program carries besides code.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "page")]
    if let Err(error) = pack_page() {
        println!("cargo::error=src/companion/dist: {error}");
    }
    #[cfg(feature = "window")]
    compile_layout();
    windows_resources();
}

/// The files of the phone page, deflated.
#[cfg(feature = "page")]
fn pack_page() -> std::io::Result<()> {
    use std::io::Write;
    println!("cargo::rerun-if-changed=src/companion/dist");
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    for file in std::fs::read_dir("src/companion/dist")? {
        let file = file?;
        let mut name = file.file_name();
        name.push(".deflate");
        let packed = std::fs::File::create(std::path::Path::new(&out).join(name))?;
        let mut packed = flate2::write::DeflateEncoder::new(packed, flate2::Compression::best());
        packed.write_all(&std::fs::read(file.path())?)?;
        packed.finish()?;
    }
    Ok(())
}

/// The window's layout, where the window is wanted.
#[cfg(feature = "window")]
fn compile_layout() {
    let configuration = slint_build::CompilerConfiguration::new().with_style("fluent-dark".into());
    if let Err(error) =
        slint_build::compile_with_config("src/window/ui/window.slint", configuration)
    {
        println!("cargo::error=src/window/ui: {error}");
    }
}

/// Functions of Windows that the program's own ones stand in for; see
/// `src/platform`: `refresh_rate`, `system_only`, `media_foundation`.
const STOOD_IN_FOR: &[&str] = &[
    "EnumDisplaySettingsExW",
    "BCryptGenRandom",
    "DefSubclassProc",
    "RemoveWindowSubclass",
    "SetWindowSubclass",
    "GetAdaptersAddresses",
    "NotifyIpInterfaceChange",
    "CancelMibChangeNotify2",
    "DwmEnableBlurBehindWindow",
    "DwmGetColorizationColor",
    "DwmSetWindowAttribute",
    "DWriteCreateFactory",
    "InitVariantFromBooleanArray",
    "InitVariantFromBuffer",
    "InitVariantFromDoubleArray",
    "InitVariantFromInt16Array",
    "InitVariantFromInt32Array",
    "InitVariantFromStringArray",
    "PropVariantCompareEx",
    "PropVariantToBSTR",
    "PropVariantToBoolean",
    "PropVariantToDouble",
    "PropVariantToInt16",
    "PropVariantToInt32",
    "PropVariantToInt64",
    "PropVariantToUInt16",
    "PropVariantToUInt32",
    "PropVariantToUInt64",
    "PropVariantToVariant",
    "VariantToBoolean",
    "VariantToDouble",
    "VariantToInt16",
    "VariantToInt32",
    "VariantToInt64",
    "VariantToPropVariant",
    "VariantToUInt16",
    "VariantToUInt32",
    "VariantToUInt64",
    "UiaGetReservedMixedAttributeValue",
    "UiaGetReservedNotSupportedValue",
    "UiaHostProviderFromHwnd",
    "UiaLookupId",
    "UiaRaiseAutomationEvent",
    "UiaRaiseAutomationPropertyChangedEvent",
    "UiaReturnRawElementProvider",
    "GetUserProfileDirectoryW",
    "SetWindowTheme",
    "PlaySoundW",
    "MFStartup",
    "MFShutdown",
    "MFCreateAttributes",
    "MFCreateSample",
    "MFEnumDeviceSources",
    "MFCreateSourceReaderFromMediaSource",
];

/// Icon, version and manifest of the Windows exe, by `windres`, and how it is
/// linked.
///
/// Checking the code needs neither exe nor `windres`, so that a missing one is
/// a warning here; whoever makes an exe to hand out checks for its manifest.
fn windows_resources() {
    const ICON: &str = "src/platform/icon/hikyaku.ico";
    const MANIFEST: &str = "src/platform/hikyaku.manifest";
    println!("cargo::rerun-if-changed={ICON}");
    println!("cargo::rerun-if-changed={MANIFEST}");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        return;
    }
    if std::env::var("CARGO_CFG_TARGET_ENV").as_deref() == Ok("gnu") {
        for name in STOOD_IN_FOR {
            println!("cargo::rustc-link-arg-bin=hikyaku=-Wl,--wrap={name}");
        }
    }
    let here = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let mut resources = winresource::WindowsResource::new();
    resources
        .set("CompanyName", "Hikyaku")
        .set("ProductName", "Hikyaku 飛脚")
        .set(
            "FileDescription",
            "Hikyaku 飛脚: オフライン認証 / offline activation",
        )
        .set("OriginalFilename", "hikyaku.exe")
        .set("InternalName", "hikyaku")
        .set("LegalCopyright", "MIT OR Apache-2.0")
        .set_icon(&format!("{here}/{ICON}"))
        .set_manifest_file(&format!("{here}/{MANIFEST}"));
    if let Err(error) = resources.compile_for("hikyaku") {
        println!("cargo::warning=the exe gets no icon, version and manifest: {error}");
    }
}
