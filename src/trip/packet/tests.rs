use super::*;
use crate::activation::practice_installation_id;
use crate::trip::samples::answered;
use crate::trip::{About, NumberDetails};
use crate::wire::{Packet, WireMessage, parse_message};

fn by(at: u64) -> Attribution {
    Attribution {
        at: Time::try_from(at).unwrap(),
        actor: None,
    }
}

#[test]
fn a_packet_carries_requests_and_replies_and_comes_back_as_what_it_was() {
    let trip = answered(3);
    let TripPacket { packet, left_out } = trip.to_packet(by(9).at);
    assert_eq!(
        (packet.requests.len(), packet.replies.len(), left_out),
        (3, 3, 0)
    );
    let mut other = Trip::new(About::named(packet.name.clone(), by(9).at));
    other.take_packet(&packet, &by(10)).unwrap();
    assert_eq!(other.to_packet(by(9).at).packet, packet);
}

#[test]
fn bare_numbers_of_one_pc_are_no_product_twice() {
    let mut trip = Trip::new(About::named(Label::cleaned("Walk").unwrap(), by(1).at));
    let numbers =
        ["one", "two"].map(|seed| (practice_installation_id(seed), NumberDetails::default()));
    trip.collect_numbers(&numbers, &by(2)).unwrap();
    assert_eq!(trip.pcs.len(), 1);
    let packet = trip.to_packet(by(9).at).packet;
    let text = Packet::Trip(packet.clone()).to_text().unwrap();
    assert_eq!(
        parse_message(&text),
        Ok(WireMessage::Packet(Packet::Trip(packet.clone())))
    );
    let mut other = Trip::new(About::named(packet.name.clone(), by(9).at));
    assert_eq!(other.take_packet(&packet, &by(10)).unwrap().added, 2);
}

#[test]
fn a_bare_number_stays_bare_and_what_was_insisted_on_stays_here() {
    let mut trip = Trip::new(About::named(Label::cleaned("Walk").unwrap(), by(1).at));
    let iid = practice_installation_id("bare");
    trip.collect_number(&iid, &NumberDetails::default(), &by(2))
        .unwrap();
    let digits = format!("{}{}", "0".repeat(42), "000001");
    let cid = ConfirmationDigits::despite_check_digits(&digits).unwrap();
    trip.keep_cid(iid.tag(), &cid, false, &by(3)).unwrap();
    let TripPacket { packet, left_out } = trip.to_packet(by(9).at);
    assert_eq!((packet.replies.len(), left_out), (0, 1));
    let mut other = Trip::new(About::named(packet.name.clone(), by(9).at));
    other.take_packet(&packet, &by(10)).unwrap();
    assert!(other.pcs[0].bare);
    assert_eq!(other.pcs[0].entries[0].product, None);
}
