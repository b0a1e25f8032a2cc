//! Making symbols, and deciding what to do with an answer.

use hikyaku::activation::matching::{ThisPc, Verdict, decide};
use hikyaku::activation::{
    ActivationId, Application, Channel, HResult, InstallationId, KeyTail, Label, LicenseStatus,
    PcIdentity, Product,
};
use hikyaku::symbol::{Symbol, png, svg, terminal};
use hikyaku::wire::{Trust, parse_answer};

const REPLY: &str = "092914273902996432764863869585514303965545262473442102583639";
const IIDS: [&str; 3] = [
    "033255090385053904665824186342756737844895181384546394354129604",
    "020650770493837252929082195773527024195725809211989214",
    "489126343257012289105546522085205332958764158851011127139061121",
];

fn main() {
    divan::main();
}

fn text_of(length: usize) -> String {
    match length {
        60 => REPLY.to_owned(),
        63 => IIDS[2].to_owned(),
        // A link with a packet of random-looking base64url.
        _ => "https://example.jp/hikyaku/#r1."
            .chars()
            .chain("aB3-_xYz9Kq0".chars().cycle())
            .take(length)
            .collect(),
    }
}

#[divan::bench(args = [60, 63, 220])]
fn symbol(bencher: divan::Bencher, length: usize) {
    let text = text_of(length);
    bencher.bench(|| Symbol::encode(divan::black_box(&text)));
}

#[divan::bench]
fn paint_png_ten_pixels_per_module(bencher: divan::Bencher) {
    let symbol = Symbol::encode(REPLY).expect("sixty digits");
    bencher.bench(|| png(divan::black_box(&symbol), 10));
}

#[divan::bench]
fn paint_svg(bencher: divan::Bencher) {
    let symbol = Symbol::encode(REPLY).expect("sixty digits");
    bencher.bench(|| svg(divan::black_box(&symbol), None));
}

#[divan::bench]
fn paint_terminal(bencher: divan::Bencher) {
    let symbol = Symbol::encode(REPLY).expect("sixty digits");
    bencher.bench(|| terminal::paint(divan::black_box(&symbol), terminal::Cells::Spaces));
}

fn products() -> Vec<Product> {
    IIDS.iter()
        .enumerate()
        .map(|(index, iid)| Product {
            activation_id: ActivationId::from_bytes([index as u8; 16]),
            application: Application::Windows,
            name: Label::cleaned("Windows(R), Professional edition").expect("a name"),
            channel: Channel::VolumeMak,
            key_tail: KeyTail::parse("3V66T"),
            installation_id: InstallationId::parse(iid).ok(),
            status: LicenseStatus::Notification,
            reason: HResult(0),
            add_on: false,
        })
        .collect()
}

/// From what a scanner typed to the verdict.
#[divan::bench]
fn decide_on_a_reply_among_three_products(bencher: divan::Bencher) {
    let products = products();
    let pc = PcIdentity {
        name: Label::cleaned("PC12").expect("a name"),
        serial: None,
        machine: None,
    };
    let here = ThisPc {
        pc: &pc,
        products: &products,
        shown: &[],
        known: &[],
        seen: &products,
    };
    bencher.bench(|| {
        let answer =
            parse_answer(divan::black_box(REPLY), Trust::CheckDigits).expect("a sound reply");
        assert!(matches!(
            decide(&answer, None, here),
            Verdict::Deposit(product, _) if product.activation_id == products[2].activation_id
        ));
    });
}
