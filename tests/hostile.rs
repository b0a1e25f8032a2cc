//! Hostile input to every command: whatever comes in, the program says what is
//! wrong in the language asked for, ends with an exit code of its own, deposits
//! nothing, loses nothing, and lets no control or bidi character through.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Reply that the practice PC of [`Sandbox`] would accept.
const REPLY: &str = "000000628464649414494972373860732541150384135800807992806674";

/// A practice PC in a folder of its own, and a way to run the program there.
struct Sandbox {
    folder: tempfile::TempDir,
}

impl Sandbox {
    fn new() -> Self {
        let sandbox = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let made = sandbox.run(&["practice", "new-pc", "pc.json", "--name", "WARD3-PC12"]);
        assert!(made.status.success());
        sandbox
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: &[u8]) -> &Self {
        fs::write(self.path(name), content).unwrap();
        self
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.run_with_input(arguments, b"")
    }

    fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hikyaku"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("HIKYAKU_LANG", "en")
            .env_remove("HIKYAKU_MEMORY")
            .env_remove("HIKYAKU_PAGE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The program may end before it has read everything.
        let mut pipe = child.stdin.take().unwrap();
        let input = input.to_owned();
        let writer = std::thread::spawn(move || pipe.write_all(&input));
        let output = child.wait_with_output().unwrap();
        let _ = writer.join().unwrap();
        output
    }

    /// Runs a command that must fail politely with this exit code, in both
    /// languages, and leave the practice PC as it is.
    fn refuses(&self, arguments: &[&str], input: &[u8], exit: i32) {
        let before = fs::read(self.path("pc.json")).unwrap();
        for lang in ["ja", "en"] {
            let mut all = vec!["--lang", lang];
            all.extend(arguments);
            let output = self.run_with_input(&all, input);
            let told = format!("{all:?}: {output:?}");
            assert_eq!(output.status.code(), Some(exit), "{told}");
            assert_printable(&output, &told);
            let errors = String::from_utf8(output.stderr).unwrap();
            assert!(errors.contains("  → "), "no next step: {told}");
            assert!(!errors.contains("panicked"), "{told}");
        }
        assert_eq!(
            fs::read(self.path("pc.json")).unwrap(),
            before,
            "{arguments:?} changed the practice PC"
        );
    }
}

/// Nothing but text, line ends and the program's own colours (which it leaves
/// away where the output is no terminal).
fn assert_printable(output: &Output, told: &str) {
    for stream in [&output.stdout, &output.stderr] {
        let text = std::str::from_utf8(stream).unwrap_or_else(|_| panic!("not UTF-8: {told}"));
        for character in text.chars() {
            let bidi = matches!(
                character,
                '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            );
            assert!(
                character == '\n' || !(character.is_control() || bidi),
                "U+{:04X} in {told}",
                u32::from(character)
            );
        }
    }
}

/// Texts that would do harm on a terminal.
const EVIL: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}321\u{2066}\u{0}\u{85}\u{9b}31m\u{8}";

/// Symbols that hold any text, as an attacker would print them.
fn symbol(text: &str) -> Vec<u8> {
    let symbol = hikyaku::symbol::Symbol::encode(text).unwrap();
    hikyaku::symbol::png(&symbol, 8).unwrap()
}

/// A PNG header that claims these dimensions, with next to nothing behind it.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    bytes.extend(13u32.to_be_bytes());
    bytes.extend(&header);
    bytes.extend(crc32(&header).to_be_bytes());
    bytes.extend(0u32.to_be_bytes());
    bytes.extend(b"IEND\xae\x42\x60\x82");
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

#[test]
fn pictures_that_are_none_are_refused_with_advice() {
    let sandbox = Sandbox::new();
    let sound = symbol(REPLY);
    sandbox
        .write("empty.png", b"")
        .write("text.jpg", b"This is no picture.")
        .write("cut-head.png", &sound[..20])
        .write("cut-half.png", &sound[..sound.len() / 2])
        .write("wide.png", &bomb(u32::MAX >> 1, 1))
        .write("bomb.png", &bomb(60_000, 60_000))
        .write("zero.png", &bomb(0, 0))
        .write("noise.bmp", &noise(4000, b"BM"))
        .write("noise.gif", &noise(4000, b"GIF89a"))
        .write("noise.webp", &noise(4000, b"RIFF\x20\x0f\x00\x00WEBPVP8 "))
        .write("noise.jpg", &noise(4000, b"\xff\xd8\xff\xe0"));
    for picture in [
        "empty.png",
        "text.jpg",
        "cut-head.png",
        "cut-half.png",
        "wide.png",
        "bomb.png",
        "zero.png",
        "noise.bmp",
        "noise.gif",
        "noise.webp",
        "noise.jpg",
        "missing.png",
    ] {
        sandbox.refuses(&["--practice", "pc.json", "scan", picture], b"", 9);
        sandbox.refuses(&["--json", "decode", picture], b"", 9);
    }
    // A sound picture among them is read all the same, and the exit code still
    // tells that something was not.
    sandbox.write("sound.png", &sound);
    let output = sandbox.run(&["decode", "empty.png", "sound.png", "cut-half.png"]);
    assert_eq!(output.status.code(), Some(9));
    assert!(String::from_utf8_lossy(&output.stdout).contains(REPLY));
}

/// Bytes without a pattern, the same every time.
fn noise(count: usize, head: &[u8]) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut bytes = head.to_vec();
    bytes.extend((0..count).map(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    }));
    bytes
}

#[test]
fn symbols_that_are_no_reply_deposit_nothing() {
    let sandbox = Sandbox::new();
    let real_reply = "092914273902996432764863869585514303965545262473442102583639";
    let damaged = REPLY.replace("628464", "628474");
    let letters = format!("{}l", &REPLY[..59]);
    for (text, exit) in [
        ("https://example.org/", 3),
        (EVIL, 3),
        ("WIFI:T:WPA;S:ward;P:secret;;", 3),
        (
            "489126343257012289105546522085205332958764158851011127139061121",
            3,
        ),
        (damaged.as_str(), 3),
        (letters.as_str(), 3),
        (&REPLY[1..], 3),
        ("r1.oWF2", 3),
        ("c9.AAAA", 3),
        // A reply of a real PC never reaches a practice PC.
        (real_reply, 5),
    ] {
        sandbox.write("symbol.png", &symbol(text));
        sandbox.refuses(&["--practice", "pc.json", "scan", "symbol.png"], b"", exit);
    }
}

#[test]
fn no_control_or_bidi_character_of_a_symbol_reaches_the_terminal() {
    let sandbox = Sandbox::new();
    sandbox.write("evil.png", &symbol(EVIL));
    for arguments in [
        &["decode", "evil.png"][..],
        &["--json", "decode", "evil.png"],
        &["-v", "decode", "evil.png"],
    ] {
        let output = sandbox.run(arguments);
        assert!(output.status.success(), "{output:?}");
        assert_printable(&output, &format!("{arguments:?}: {output:?}"));
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("owned"), "the readable part stays: {text}");
    }
    // JSON keeps every character, escaped.
    let output = sandbox.run(&["--json", "decode", "evil.png"]);
    let object: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(object["texts"][0]["text"], EVIL);
}

#[test]
fn names_with_control_characters_are_printed_tamely() {
    let sandbox = Sandbox::new();
    let name = "a\u{1b}[31m\u{202e}.png";
    sandbox.refuses(&["decode", name], b"", 9);
    sandbox.refuses(&["show", "--from", name], b"", 9);
    sandbox.refuses(&["--practice", name, "status"], b"", 9);
    sandbox.refuses(
        &["--practice", "pc.json", "show", "--product", name],
        b"",
        2,
    );
    sandbox.refuses(
        &["--practice", "pc.json", "show", "-o", "a\u{1b}c.pdf"],
        b"",
        2,
    );
    sandbox.refuses(
        &[
            "show",
            EVIL.trim_end_matches('\u{8}').split('\0').next().unwrap(),
        ],
        b"",
        2,
    );
    sandbox.refuses(&["check", "12\u{1b}[31m34\u{202e}"], b"", 4);
    let output = sandbox.run(&[
        "practice",
        "new-pc",
        "evil.json",
        "--name",
        "WARD\u{1b}[2J\u{202e}3",
    ]);
    assert!(output.status.success());
    let output = sandbox.run(&["--practice", "evil.json", "status"]);
    assert_printable(&output, "a name made with control characters");
}

#[test]
fn text_that_is_no_slmgr_output_is_refused_with_advice() {
    let sandbox = Sandbox::new();
    let digits = "7".repeat(3_000_000);
    let cases: [(&[u8], i32); 7] = [
        (b"", 3),
        (b"   \r\n\t\n", 3),
        (b"Error: 0xC004F014 The product key is not available", 3),
        (b"\x00\x01\x02\xff\xfe\x80binary", 4),
        (EVIL.as_bytes(), 4),
        (digits.as_bytes(), 4),
        ("Installation ID: 4891263 4325701 2289105 5465220 8520533 2958764 1588510 1112713 9061120\n".as_bytes(), 4),
    ];
    for (text, exit) in cases {
        sandbox.write("text.txt", text);
        sandbox.refuses(&["show", "--from", "text.txt", "-o", "x.png"], b"", exit);
        sandbox.refuses(&["show", "--from", "-", "-o", "x.png"], text, exit);
    }
}

#[test]
fn typing_that_makes_no_number_deposits_nothing() {
    let sandbox = Sandbox::new();
    let endless = "1".repeat(2_000_000);
    let lines = "12\n".repeat(100_000);
    let damaged = REPLY.replace("628464", "628474");
    let cases: [(&[u8], i32); 10] = [
        (b"", 3),
        (b"\n\n\n", 3),
        (b"hello\n", 4),
        (EVIL.as_bytes(), 4),
        (b"\xff\xfe\x00\x31\n", 4),
        (endless.as_bytes(), 4),
        (lines.as_bytes(), 4),
        (damaged.as_bytes(), 4),
        (b"092914273902996432764863869585514303965545262474\n", 4),
        // Whole, but another PC's, or a real one on a practice PC.
        (
            b"092914273902996432764863869585514303965545262473442102583639\n",
            5,
        ),
    ];
    for (input, exit) in cases {
        sandbox.refuses(&["--practice", "pc.json", "enter"], input, exit);
    }
}

#[test]
fn numbers_as_arguments_are_bounded() {
    let sandbox = Sandbox::new();
    let long = "1".repeat(100_000);
    sandbox.refuses(&["check", &long], b"", 4);
    sandbox.refuses(&["check", ""], b"", 4);
    sandbox.refuses(&["reply", &long, &long, "-o", "x.png"], b"", 4);
    sandbox.refuses(&["practice", "portal", &long], b"", 4);
}

/// What is no practice PC and no memory, by name.
fn damaged(sound: &[u8]) -> [(&'static str, Vec<u8>); 6] {
    [
        ("half.json", sound[..sound.len() / 2].to_vec()),
        ("empty.json", Vec::new()),
        ("binary.json", noise(300, b"")),
        ("huge.json", vec![b' '; 8 * 1024 * 1024]),
        ("array.json", b"[[[[[[[[[[".repeat(10_000)),
        ("evil.json", EVIL.as_bytes().to_vec()),
    ]
}

#[test]
fn damaged_files_are_named_and_left_as_they_are() {
    let sandbox = Sandbox::new();
    let sound = fs::read(sandbox.path("pc.json")).unwrap();
    sandbox.write("sound.png", &symbol(REPLY));
    for (name, content) in damaged(&sound) {
        sandbox.write(name, &content);
        for arguments in [
            &["--practice", name, "status"][..],
            &["--practice", name, "show", "-o", "x.png"],
            &["--practice", name, "scan", "sound.png"],
            &["--practice", name, "enter"],
            &["--practice", name, "receipt", "-o", "x.png"],
            &["practice", "change-hardware", name],
            &["practice", "new-pc", name],
        ] {
            sandbox.refuses(arguments, REPLY.as_bytes(), 9);
            assert!(
                fs::read(sandbox.path(name)).unwrap() == content,
                "{arguments:?} changed {name}"
            );
            let errors = sandbox.run_with_input(arguments, b"").stderr;
            assert!(
                String::from_utf8_lossy(&errors).contains(name),
                "{arguments:?} does not name {name}"
            );
        }
    }
}

#[test]
fn a_damaged_memory_stops_nobody_and_is_set_aside() {
    let sound = fs::read(Sandbox::new().path("pc.json")).unwrap();
    for (name, content) in damaged(&sound) {
        let sandbox = Sandbox::new();
        sandbox.write("sound.png", &symbol(REPLY));
        sandbox.write(name, &content);
        let arguments = [
            "--practice",
            "pc.json",
            "--memory",
            name,
            "scan",
            "sound.png",
        ];
        let output = sandbox.run_with_input(&arguments, b"");
        assert_eq!(output.status.code(), Some(0), "{name}: {output:?}");
        assert_printable(&output, name);
        let errors = String::from_utf8(output.stderr).unwrap();
        let aside = format!("{name}.damaged-1");
        assert!(errors.contains(&aside), "{errors}");
        assert!(fs::read(sandbox.path(&aside)).unwrap() == content);
        // The new one remembers the deposit.
        let memory = fs::read_to_string(sandbox.path(name)).unwrap();
        assert!(memory.contains("\"tried\""), "{memory}");
    }
}

/// A disk that is full must not make an activation look recorded.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let sandbox = Sandbox::new();
    let full = || {
        fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap()
    };
    for arguments in [
        &["--practice", "pc.json", "status"][..],
        &["--practice", "pc.json", "--json", "show", "-o", "x.png"],
        &["check", REPLY],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_hikyaku"))
            .args(arguments)
            .current_dir(sandbox.folder.path())
            .env("HIKYAKU_LANG", "en")
            .stdout(full())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(9), "{arguments:?}: {output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("  → "));
    }
}

/// A picture that needs much memory: 64 megapixels of eight bytes each are half
/// a gigabyte, of which a fraction is held at a time.
#[cfg(target_os = "linux")]
#[test]
fn a_huge_picture_is_read_in_little_memory() {
    let sandbox = Sandbox::new();
    let file = fs::File::create(sandbox.path("huge.png")).unwrap();
    let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), 8192, 8192);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Sixteen);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().unwrap();
    let mut stream = writer.stream_writer().unwrap();
    let row = vec![0xff; 8192 * 8];
    for _ in 0..8192 {
        stream.write_all(&row).unwrap();
    }
    stream.finish().unwrap();
    writer.finish().unwrap();
    // 400 MB of addresses, of which the decoders' threads reserve a part.
    let limited = Command::new("sh")
        .args(["-c", "ulimit -v 400000; exec \"$0\" decode huge.png"])
        .arg(env!("CARGO_BIN_EXE_hikyaku"))
        .current_dir(sandbox.folder.path())
        .output()
        .unwrap();
    // Nothing is on it, and that is said.
    assert_eq!(limited.status.code(), Some(3), "{limited:?}");
}

/// A memory on a medium that cannot be written does not keep anyone from
/// showing; and what was deposited is reported even so.
#[test]
fn a_memory_that_cannot_be_written_is_a_warning() {
    let sandbox = Sandbox::new();
    let blocked = Path::new("pc.json").join("memory.json");
    let memory = blocked.to_str().unwrap();
    let output = sandbox.run(&[
        "--practice",
        "pc.json",
        "--memory",
        memory,
        "show",
        "-o",
        "x.png",
    ]);
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("goes unnoticed"));
    assert!(sandbox.path("x.png").is_file());
}
