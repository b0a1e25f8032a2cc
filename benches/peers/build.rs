//! Notes which compiler built the bench, for the description of the machine.

use std::env;
use std::process::Command;

fn main() {
    let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(compiler)
        .arg("-V")
        .output()
        .ok()
        .and_then(|output| String::from_utf8(output.stdout).ok());
    println!(
        "cargo:rustc-env=BENCH_RUSTC={}",
        version.as_deref().unwrap_or("an unknown compiler").trim()
    );
    println!("cargo:rerun-if-changed=build.rs");
}
