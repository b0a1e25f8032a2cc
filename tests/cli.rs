//! Command-line cases as text: what a person types, what they read, in both
//! languages, and the exit code. `TRYCMD=overwrite` writes the actual output
//! into the cases; read the difference.

use chrono::DateTime;
use hikyaku::activation::{
    ActivationId, Label, MAX_PRODUCTS, MachineId, PcIdentity, ProductRequest, Request, TripMessage,
    practice_confirmation_id, practice_installation_id,
};
use hikyaku::scan::Luma;
use hikyaku::symbol::Symbol;
use hikyaku::trip::Time;
use hikyaku::trip::{About, Attribution, Trip};
use hikyaku::wire::parts::PartEncoder;
use hikyaku::wire::{Packet, WireMessage, parse_message};
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The folder that a case starts in. Each case has its own, because it may
/// write.
fn prepare(folder: &Path) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    std::fs::create_dir_all(folder).unwrap();
    for entry in std::fs::read_dir(fixtures.join("pasted")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    for entry in std::fs::read_dir(fixtures.join("parts")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    for (picture, name) in [
        ("photographs/0920012.jpg", "message-box.jpg"),
        ("photographs/0920007.jpg", "portal.jpg"),
        ("joined/0940006-0.jpg", "shot-1.jpg"),
        ("joined/0940006-1.jpg", "shot-2.jpg"),
    ] {
        std::fs::copy(fixtures.join("digits").join(picture), folder.join(name)).unwrap();
    }
    let file = |name: &str, content: &[u8]| std::fs::write(folder.join(name), content).unwrap();
    file(
        "half-written.json",
        br#"{"hikyaku_practice":1,"pc":{"name":"WARD"#,
    );
    file("newer.json", br#"{"hikyaku_practice":99,"pcs":[]}"#);
    file("other.json", br#"{"name":"something else"}"#);
    file("half-memory.json", br#"{"hikyaku_memory":1,"shown":[{"pc"#);
    file("torn-memory.json", b"\0\0\0\0");
    file("text.png", b"This is no picture.");
    file(
        "pcs.csv",
        "PC,place\r\nWARD3-PC1,reception\r\nWARD3-PC2,'=1+1\r\n".as_bytes(),
    );
    let photograph = |badly: &dyn Fn(&Luma) -> Luma| as_png(&badly(&screen()));
    file("blurred.png", &photograph(&|luma| luma.blurred(9.0)));
    file(
        "cut-off.png",
        &photograph(&|luma| luma.crop(0, 0, 390, 480).unwrap()),
    );
    file(
        "dark.png",
        &photograph(&|luma| repainted(luma, |_, _, _| 4)),
    );
    file(
        "glare.png",
        &photograph(&|luma| {
            repainted(luma, |level, x, y| {
                if x.abs_diff(320).pow(2) + y.abs_diff(240).pow(2) < 2500 {
                    255
                } else {
                    level
                }
            })
        }),
    );
    for (name, trip) in records() {
        let at = Time::try_from(1_796_000_000).unwrap();
        file(name, trip.to_file(at).to_text().as_bytes());
    }
    file("binary.json", &[0xff, 0xfe, 0x00, 0x01, 0x80, 0x1b]);
    texts_of_several_pcs(&file);
    // A trip in several codes, as a phone shows them, and the same without one
    // of them.
    for (number, part) in parts().iter().enumerate() {
        let picture = as_png(&screen_of(part));
        for name in ["parts", "parts-missing"] {
            std::fs::create_dir_all(folder.join(name)).unwrap();
            if name == "parts" || number != 1 {
                file(&format!("{name}/{number}.png"), &picture);
            }
        }
    }
    // Folders that stand in for a camera.
    for (camera, name, content) in [
        ("camera", "screen.png", as_png(&screen())),
        ("requests", "screen.png", as_png(&screen_of(REQUEST))),
        ("no-picture", "text.png", b"This is no picture.".to_vec()),
        ("missing", "trouble", b"camera-no-camera".to_vec()),
        ("busy", "trouble", b"camera-busy".to_vec()),
        ("blocked", "trouble", b"camera-blocked".to_vec()),
        ("odd", "trouble", b"camera-no-usable-format".to_vec()),
        (
            "broken",
            "trouble",
            b"Input/output error (os error 5)".to_vec(),
        ),
    ] {
        std::fs::create_dir_all(folder.join(camera)).unwrap();
        file(&format!("{camera}/{name}"), &content);
    }
}

/// The output of `slmgr` on several PCs in one file, without and with the PCs'
/// names.
fn texts_of_several_pcs(file: &dyn Fn(&str, &[u8])) {
    let output = |seed: &str| {
        format!(
            "Microsoft (R) Windows Script Host Version 5.812\r\n\r\nInstallation ID: {}\r\n\r\n",
            practice_installation_id(seed).digits()
        )
    };
    let nameless: String = ["a", "b", "c"].map(output).concat();
    file("three-pcs.txt", nameless.as_bytes());
    let named = ["d", "e"].map(|pc| format!("Computer Name: WARD4-{pc}\r\n{}", output(pc)));
    file("two-named-pcs.txt", named.concat().as_bytes());
}

/// The parts of a trip with two PCs, as many as are needed.
fn parts() -> Vec<String> {
    let at = chrono::DateTime::from_timestamp(1_764_720_000, 0).unwrap();
    let request = |pc: &str| Request {
        pc: PcIdentity {
            name: Label::cleaned(pc).unwrap(),
            serial: None,
            machine: MachineId::of(None, Some(pc)),
        },
        taken_at: at,
        products: vec![ProductRequest {
            activation_id: ActivationId::from_bytes([7; 16]),
            name: Label::cleaned("Windows(R), Professional edition").unwrap(),
            key_tail: None,
            installation_id: practice_installation_id(pc),
        }],
    };
    let trip = TripMessage {
        name: Label::cleaned("Ward 5").unwrap(),
        written_at: at,
        requests: vec![request("WARD5-PC1"), request("WARD5-PC2")],
        replies: Vec::new(),
        receipts: Vec::new(),
    };
    let parts = PartEncoder::of(&trip, 80).unwrap();
    let needed = parts.needed();
    parts.take(needed).collect()
}

fn repainted(luma: &Luma, paint: impl Fn(u8, u32, u32) -> u8) -> Luma {
    Luma::from_fn(luma.width(), luma.height(), |x, y| {
        paint(luma.row(y)[x as usize], x, y)
    })
}

/// Two technicians' records of one PC, and of another PC of the same name.
fn records() -> [(&'static str, Trip); 4] {
    let label = |text: &str| Label::cleaned(text).unwrap();
    let iid = |seed: &str| practice_installation_id(seed);
    let record = |who: &str, machine: Option<&str>, taken_at: u32, number: &str, answer: &str| {
        let by = Attribution {
            at: Time::try_from(u64::from(taken_at) + 3600).unwrap(),
            actor: Some(label(who)),
        };
        let mut trip = Trip::new(About::named(label(who), by.at));
        let request = Request {
            pc: PcIdentity {
                name: label("WARD3-PC7"),
                serial: None,
                machine: MachineId::of(None, machine),
            },
            taken_at: DateTime::from_timestamp(taken_at.into(), 0).unwrap(),
            products: vec![ProductRequest {
                activation_id: ActivationId::from_bytes([1; 16]),
                name: label("Windows 11 Pro"),
                key_tail: None,
                installation_id: iid(number),
            }],
        };
        trip.collect(&request, &by).unwrap();
        let cid = practice_confirmation_id(&iid(answer)).into();
        trip.keep_cid(iid(number).tag(), &cid, false, &by).unwrap();
        trip
    };
    let machine = Some("PF3ABCDE");
    [
        (
            "sato.json",
            record("Sato", machine, 1_795_000_000, "a", "a"),
        ),
        (
            "suzuki.json",
            record("Suzuki", machine, 1_795_000_900, "a", "z"),
        ),
        (
            "older.json",
            record("Suzuki", machine, 1_794_000_000, "b", "b"),
        ),
        (
            "namesake.json",
            record("Suzuki", None, 1_795_000_000, "c", "c"),
        ),
    ]
}

const REQUEST: &str = "000000094274140487161374312439757448517503179092218550913970984";
const REPLY: &str = "000000628464649414494972373860732541150384135800807992806674";

/// A screen in a grey room that shows a reply, with eight pixels per module.
fn screen() -> Luma {
    screen_of(REPLY)
}

fn screen_of(text: &str) -> Luma {
    let symbol = hikyaku::symbol::png(&Symbol::encode(text).unwrap(), 8).unwrap();
    let symbol = hikyaku::scan::luma_from_bytes(&symbol).unwrap();
    let (left, top) = (320 - symbol.width() / 2, 240 - symbol.height() / 2);
    Luma::from_fn(640, 480, |x, y| {
        let (u, v) = (x.wrapping_sub(left), y.wrapping_sub(top));
        if u < symbol.width() && v < symbol.height() {
            symbol.row(v)[u as usize]
        } else {
            110
        }
    })
}

fn as_png(luma: &Luma) -> Vec<u8> {
    let mut file = Vec::new();
    PngEncoder::new(&mut file)
        .write_image(
            luma.pixels(),
            luma.width(),
            luma.height(),
            ExtendedColorType::L8,
        )
        .unwrap();
    file
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
    tests
        .env("HIKYAKU_LANG", "en")
        .env("TZ", "UTC")
        .env("HIKYAKU_TRIPS", "trips");
    // The system's messages about files differ by system.
    let (not_found, is_folder): (&[i32], i32) = if cfg!(windows) {
        (&[2, 3], 5)
    } else {
        (&[2], 21)
    };
    let text = |code: i32| std::io::Error::from_raw_os_error(code).to_string();
    for &code in not_found {
        tests.insert_var("[NOT_FOUND]", text(code)).unwrap();
    }
    tests.insert_var("[IS_FOLDER]", text(is_folder)).unwrap();
    for (case, copy) in &files {
        if cfg!(windows) && case.file_stem().unwrap() == "not-windows" {
            continue;
        }
        tests.case(copy);
    }
    tests.run();
    if std::env::var("TRYCMD").as_deref() == Ok("overwrite") {
        for (case, copy) in files {
            std::fs::copy(copy, case).unwrap();
        }
    }
}

/// What a person types at a new practice PC, line by line, and what they read.
fn typed(lang: &str, arguments: &[&str], input: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let hikyaku = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hikyaku"));
        command.args(arguments).current_dir(folder.path());
        command
            .env("HIKYAKU_LANG", lang)
            .env_remove("HIKYAKU_MEMORY");
        command
    };
    let made = hikyaku(&[
        "practice",
        "new-pc",
        "pc.json",
        "--name",
        "WARD3-PC12",
        "--office",
    ])
    .output()
    .unwrap();
    assert!(made.status.success(), "{made:?}");
    let mut child = hikyaku(&["--practice", "pc.json", "enter"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let typed: Vec<String> = input.lines().map(|line| format!("< {line}")).collect();
    format!(
        "enter {}\n{}\n{}{}exit {}\n",
        arguments.join(" "),
        typed.join("\n"),
        text(output.stderr),
        text(output.stdout),
        output.status.code().unwrap(),
    )
}

/// The wrong box is named at once, however the digits are entered.
#[test]
fn typing_names_the_wrong_box_and_lets_it_be_corrected_alone() {
    const REPLY: &str = "000000628464649414494972373860732541150384135800807992806674\n";
    const BOXES: &str = "000000 628464 649414 494972\n373860 732541 150384 135800\n";
    let cases = [
        // A handheld scanner's input, also in full width as an input method
        // leaves it.
        typed("en", &[], REPLY),
        typed("ja", &[], &wide(REPLY)),
        // Box by box, with one mistake that is corrected alone.
        typed(
            "en",
            &["--product", "3V66T"],
            "000000 628464 649415 494972\nC 649414\n373860 732541 150384 135800\n",
        ),
        typed(
            "ja",
            &["--product", "3V66T"],
            "000000\n62846\n649414\nB 628464\n494972 373860 732541 150384 135800\n",
        ),
        // A whole number with two wrong boxes.
        typed(
            "en",
            &["--product", "3V66T"],
            &BOXES.replace("649414", "649413").replace("135800", "13580"),
        ),
        // A letter, and a line that ends too early.
        typed("en", &[], "O00000\n000000 6284\n"),
        typed("ja", &[], "O00000\n000000 6284\n"),
        // A bare Confirmation ID does not say what it answers, and two wait.
        typed("en", &[], BOXES),
        typed("ja", &[], BOXES),
        typed("en", &["--product", "PPL21"], BOXES),
        typed("en", &["--dry-run"], REPLY),
        typed("en", &["--json"], REPLY),
        typed("en", &["--json"], ""),
        // Windows decides about the check digits: it refuses and says why.
        typed(
            "en",
            &["--product", "3V66T", "--trust-digits"],
            &BOXES.replace("649414", "649413"),
        ),
        typed(
            "ja",
            &["--product", "3V66T", "--trust-digits"],
            &BOXES.replace("649414", "649413"),
        ),
    ];
    insta::assert_snapshot!(cases.join("\n"));
}

fn wide(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '0'..='9' => char::from_u32(u32::from(character) + 0xfee0).unwrap(),
            other => other,
        })
        .collect()
}

/// A practice PC with this many products, of which the first are activated.
fn practice_pc(products: usize, activated: usize) -> String {
    let rows = (0..products).map(|number| {
        let is_done = number < activated;
        serde_json::json!({
            "activation_id": ActivationId::from_bytes([number as u8; 16]),
            "application": "office",
            "name": format!("Product {number}"),
            "channel": "volume-mak",
            "key_tail": format!("MAK{number:02}"),
            "add_on": false,
            "status": if is_done { 1 } else { 5 },
            "reason": if is_done { 0 } else { 0xC004_F200_u32 },
        })
    });
    serde_json::json!({
        "hikyaku_practice": 1,
        "pc": { "name": "WARD3-PC12" },
        "elevated": true,
        "hardware": 0,
        "products": rows.collect::<Vec<_>>(),
    })
    .to_string()
}

#[test]
fn what_no_request_holds_at_once_is_shown_in_turn() {
    let folder = tempfile::tempdir().unwrap();
    let shown = |activated: usize| {
        let file = folder.path().join("pc.json");
        std::fs::write(file, practice_pc(MAX_PRODUCTS + 2, activated)).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_hikyaku"))
            .args(["--practice", "pc.json", "--json", "--lang", "en"])
            .args([
                "show",
                "--page",
                "https://example.org/h/",
                "-o",
                "symbol.png",
            ])
            .current_dir(folder.path())
            .env_remove("HIKYAKU_MEMORY")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        let lines = String::from_utf8(output.stdout).unwrap();
        let objects: Vec<serde_json::Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let symbol = objects[0]["symbol"].as_str().unwrap();
        let Ok(WireMessage::Packet(Packet::Request(request))) = parse_message(symbol) else {
            panic!("{symbol}");
        };
        // The reported products are those in the symbol.
        assert_eq!(objects.len(), request.products.len());
        for (object, product) in objects.iter().zip(&request.products) {
            assert_eq!(object["symbol"], symbol);
            assert_eq!(object["product"], product.name.as_str());
        }
        let names: Vec<String> = request
            .products
            .iter()
            .map(|product| product.name.to_string())
            .collect();
        (names, String::from_utf8(output.stderr).unwrap())
    };
    let names = |numbers: std::ops::Range<usize>| -> Vec<String> {
        numbers.map(|number| format!("Product {number}")).collect()
    };
    let (first, told) = shown(0);
    assert_eq!(first, names(0..MAX_PRODUCTS));
    assert!(told.contains("2 more products wait"), "{told}");
    let (then, told) = shown(MAX_PRODUCTS);
    assert_eq!(then, names(MAX_PRODUCTS..MAX_PRODUCTS + 2));
    assert!(!told.contains("more product"), "{told}");
}
