//! Compiles the window's layout, where the window is wanted.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "window")]
    compile_layout();
}

#[cfg(feature = "window")]
fn compile_layout() {
    let configuration = slint_build::CompilerConfiguration::new().with_style("fluent-dark".into());
    if let Err(error) =
        slint_build::compile_with_config("src/window/ui/window.slint", configuration)
    {
        println!("cargo::error=src/window/ui: {error}");
    }
}
