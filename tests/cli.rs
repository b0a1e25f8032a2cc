//! Command-line cases as text, one folder of files: what a person types, what
//! they read, in both languages, and the exit code. With `TRYCMD=overwrite` the
//! cases get the output that the commands give; read the difference.

use std::path::Path;

/// The folder that every case starts in, made anew for each: a case may write.
fn prepare(folder: &Path) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    std::fs::create_dir_all(folder).unwrap();
    for entry in std::fs::read_dir(fixtures.join("pasted")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    let file = |name: &str, content: &[u8]| std::fs::write(folder.join(name), content).unwrap();
    file(
        "half-written.json",
        br#"{"hikyaku_practice":1,"pc":{"name":"WARD"#,
    );
    file("newer.json", br#"{"hikyaku_practice":99,"pcs":[]}"#);
    file("other.json", br#"{"name":"something else"}"#);
    file("half-memory.json", br#"{"hikyaku_memory":1,"shown":[{"pc"#);
    file("text.png", b"This is no picture.");
    file("binary.json", &[0xff, 0xfe, 0x00, 0x01, 0x80, 0x1b]);
}

#[test]
fn every_case_gives_the_output_shown() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let played = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli");
    let _ = std::fs::remove_dir_all(&played);
    std::fs::create_dir_all(&played).unwrap();
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&cases).unwrap() {
        let case = entry.unwrap().path();
        let copy = played.join(case.file_name().unwrap());
        std::fs::copy(&case, &copy).unwrap();
        prepare(&copy.with_extension("in"));
        files.push((case, copy));
    }
    let tests = trycmd::TestCases::new();
    tests.env("HIKYAKU_LANG", "en").env("TZ", "UTC");
    for (_, copy) in &files {
        tests.case(copy);
    }
    tests.run();
    if std::env::var("TRYCMD").as_deref() == Ok("overwrite") {
        for (case, copy) in files {
            std::fs::copy(copy, case).unwrap();
        }
    }
}
