//! The world of the walk: two phones in a ward.

use crate::random::SplitMix64;
use crate::ward::{Ward, moment};
use hikyaku::activation::{
    ConfirmationId, HResult, LicenseStatus, ProductReceipt, Receipt, Reply, Tag,
};
use hikyaku::wire::{Packet, reply_to_digits, typed_reply_to_digits};
use hikyaku_page_core::{PageSession, answer_to_text};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};

const BEGUN: u64 = 1_790_000_000;

/// A phone: its core, and what its owner did with it.
struct Phone {
    session: PageSession,
    /// Confirmation IDs that came with digits after box H on this phone.
    tagged: HashSet<String>,
    /// What was acknowledged: the tag and its Confirmation ID.
    kept: HashSet<(Tag, String)>,
}

pub(crate) struct World {
    random: SplitMix64,
    now: u64,
    ward: Ward,
    phones: [Phone; 2],
    calls: Vec<Value>,
    /// FNV-1a over the bytes of all answers.
    hash: u32,
    counts: BTreeMap<&'static str, usize>,
    ends: Vec<String>,
}

type StepResult = Result<(), String>;

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let phone = || Phone {
            session: PageSession::default(),
            tagged: HashSet::new(),
            kept: HashSet::new(),
        };
        let mut random = SplitMix64::new(seed);
        let mut world = Self {
            ward: Ward::new(&mut random, BEGUN),
            random,
            now: BEGUN,
            phones: [phone(), phone()],
            calls: Vec::new(),
            hash: 0x811C_9DC5,
            counts: BTreeMap::new(),
            ends: Vec::new(),
        };
        for phone in 0..2 {
            world.ask(
                phone,
                &json!({ "call": "begin", "name": "Walk", "at": BEGUN }),
            );
        }
        world
    }

    /// Calls a phone's core, and records the call and the answer.
    fn ask(&mut self, phone: usize, call: &Value) -> Value {
        let text = call.to_string();
        let answer = answer_to_text(&mut self.phones[phone].session, text.as_bytes());
        for byte in answer.bytes() {
            self.hash = (self.hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        self.calls.push(json!({ "on": phone, "call": text }));
        serde_json::from_str(&answer).unwrap_or_default()
    }

    /// Applies an event to a phone's trip, and stores it.
    fn apply(&mut self, phone: usize, event: &Value) -> Value {
        let at = self.now;
        let answer = self.ask(phone, &json!({ "call": "apply", "event": event, "at": at }));
        let stored = if self.random.percent(3) {
            "not-stored"
        } else {
            "stored"
        };
        self.ask(phone, &json!({ "call": stored }));
        if stored == "stored" {
            answer
        } else {
            Value::Null
        }
    }

    fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    pub(crate) fn counts(&self) -> String {
        let one = |(what, count): (&&str, &usize)| format!("{what} {count}");
        self.counts.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn step(&mut self) -> StepResult {
        self.now += 1 + self.random.below(90) as u64;
        let phone = self.random.below(2);
        match self.random.below(100) {
            0..20 => self.collect(phone),
            20..24 => {
                self.ward.change_hardware(&mut self.random, self.now);
                self.count("changed");
            }
            24..28 => self.bare(phone),
            28..58 => return self.paste(phone),
            58..62 => self.take_back(phone),
            62..70 => return self.look(phone),
            70..78 => self.receipt(phone),
            78..84 => return self.join_trips(phone),
            84..88 => self.hand_over(phone),
            88..96 => self.persons_word(phone),
            _ => {
                let at = self.now;
                self.ask(phone, &json!({ "call": "report", "at": at }));
            }
        }
        Ok(())
    }

    fn collect(&mut self, phone: usize) {
        let age = usize::from(self.random.percent(25));
        let (request, _) = self.ward.request(age, &mut self.random);
        let text = Packet::Request(request).to_text().expect("a packet");
        self.apply(phone, &json!({ "kind": "collect", "text": text }));
        self.count("collected");
    }

    fn bare(&mut self, phone: usize) {
        let (_, numbers) = self.ward.request(0, &mut self.random);
        let text: Vec<&str> = numbers.iter().map(|one| one.iid.digits()).collect();
        self.apply(
            phone,
            &json!({ "kind": "collect", "text": text.join("\n\n") }),
        );
        self.count("bare");
    }

    /// Tags of a phone's products, all or only open ones.
    fn tags(&self, phone: usize, only_open: bool) -> Vec<(u32, Tag)> {
        let trip = self.phones[phone].session.trip();
        let open: HashSet<Tag> = trip.open_requests().map(|(_, entry)| entry.tag()).collect();
        let all = trip.entries().map(|(pc, entry)| (pc.id, entry.tag()));
        all.filter(|(_, tag)| !only_open || open.contains(tag))
            .collect()
    }

    /// An answer is pasted or typed beside a request at the portal.
    fn paste(&mut self, phone: usize) -> StepResult {
        let open = self.tags(phone, true);
        let Some(&(_, at_hand)) = self.random.one(&open) else {
            return Ok(());
        };
        if self.random.percent(60) {
            self.ask(phone, &json!({ "call": "clear-paste" }));
        }
        let right = self.ward.owners.iter().find(|(_, tag)| **tag == at_hand);
        let right = right.map(|(cid, _)| cid.clone()).unwrap_or_default();
        let all: Vec<String> = {
            let mut all: Vec<String> = self.ward.owners.keys().cloned().collect();
            all.sort();
            all
        };
        let is_right = self.random.percent(55);
        let cid = if is_right {
            right
        } else {
            self.random.one(&all).cloned().unwrap_or_default()
        };
        let Some(&owner) = self.ward.owners.get(&cid) else {
            return Ok(());
        };
        let reply = Reply {
            cid: ConfirmationId::parse(&cid).expect("a Confirmation ID"),
            tag: owner,
        };
        match self.random.below(6) {
            0 | 1 => self.pasted(phone, at_hand, &cid),
            2 => self.pasted(phone, at_hand, &reply_to_digits(&reply)),
            3 => self.pasted(phone, at_hand, &typed_reply_to_digits(&reply)),
            4 => {
                // A damaged reply; then its end is deleted; then the slip is
                // corrected.
                let whole = reply_to_digits(&reply);
                let slip = self.random.below(48);
                let mut damaged = whole.clone();
                let other = if &whole[slip..=slip] == "7" { "3" } else { "7" };
                damaged.replace_range(slip..=slip, other);
                self.pasted(phone, at_hand, &damaged)?;
                self.pasted(phone, at_hand, &damaged[..48])?;
                self.pasted(phone, at_hand, &whole[..48])
            }
            _ => {
                // A person types it, or a part of it.
                let whole = if self.random.percent(50) {
                    cid.clone()
                } else {
                    reply_to_digits(&reply)
                };
                let end = if self.random.percent(60) {
                    whole.len()
                } else {
                    self.random.below(whole.len())
                };
                for length in (1..=end).filter(|length| length % 5 == 0 || length + 3 > end) {
                    self.pasted(phone, at_hand, &whole[..length])?;
                }
                Ok(())
            }
        }
    }

    /// Asks what the field contains, and then does what the page does.
    fn pasted(&mut self, phone: usize, at_hand: Tag, text: &str) -> StepResult {
        let found = self.ask(
            phone,
            &json!({ "call": "paste", "text": text, "tag": at_hand }),
        );
        let found = &found["ok"];
        if text.len() > 49 {
            self.phones[phone].tagged.insert(text[..48].to_owned());
        }
        if found["kind"] != "whole" {
            self.count("not taken");
            return Ok(());
        }
        // A typed number is stored by pressing a button.
        if found["at_once"] == false && self.random.percent(30) {
            return Ok(());
        }
        let (tag, cid) = (
            found["tag"].clone(),
            found["cid"].as_str().unwrap_or_default().to_owned(),
        );
        let mut event = json!({ "kind": "keep", "tag": tag, "cid": cid });
        let mut answer = self.apply(phone, &event);
        if answer["fault"]["id"]
            .as_str()
            .is_some_and(|id| id.starts_with("trip-cid-"))
            && self.random.percent(30)
        {
            event["confirmed"] = true.into();
            answer = self.apply(phone, &event);
        }
        if answer["ok"]["outcome"]["kind"] != "kept" {
            self.count("refused");
            return Ok(());
        }
        let kept: Tag = serde_json::from_value(tag).map_err(|error| error.to_string())?;
        self.phones[phone].kept.insert((kept, cid.clone()));
        if self.ward.owners.get(&cid) == Some(&kept) {
            self.count("right");
        } else if self.phones[phone].tagged.contains(&cid) {
            // The check of a typed reply matches one request in 97 by chance.
            if text.len() == 50 {
                self.count("by chance");
                return Ok(());
            }
            return Err(format!("{cid} came with a tag, but is stored for {kept}"));
        } else {
            // A bare number, for which only the person's word counts.
            self.count("believed");
        }
        Ok(())
    }

    fn take_back(&mut self, phone: usize) {
        let all = self.tags(phone, false);
        if let Some(&(_, tag)) = self.random.one(&all) {
            let answer = self.apply(phone, &json!({ "kind": "take-back", "tag": tag }));
            if answer.get("ok").is_some() {
                self.count("taken back");
            }
        }
    }

    /// The phone looks at a PC, and shows it what it has for it.
    fn look(&mut self, phone: usize) -> StepResult {
        let (request, numbers) = self.ward.request(0, &mut self.random);
        let text = Packet::Request(request).to_text().expect("a packet");
        let facing = self.ask(phone, &json!({ "call": "facing", "text": text }));
        let facing = &facing["ok"];
        if facing["kind"] != "replies" {
            return Ok(());
        }
        let pc = facing["pc"].clone();
        let detail = self.ask(phone, &json!({ "call": "detail", "pc": pc }));
        for tag in facing["tags"].as_array().into_iter().flatten() {
            if !numbers.iter().any(|number| json!(number.iid.tag()) == *tag) {
                return Err(format!("{tag} is shown to a PC that does not ask for it"));
            }
            let entries = detail["ok"]["entries"].as_array().into_iter().flatten();
            let reply = entries
                .filter(|entry| entry["tag"] == *tag)
                .find_map(|entry| entry["reply"]["digits"].as_str());
            let digits = reply.unwrap_or_default();
            if digits.len() == 60 && json!(&digits[48..58]) != *tag {
                return Err(format!("{digits} is shown for {tag}"));
            }
        }
        self.apply(phone, &json!({ "kind": "deliver", "tags": facing["tags"] }));
        self.count("shown");
        Ok(())
    }

    fn receipt(&mut self, phone: usize) {
        let (request, _) = self.ward.request(0, &mut self.random);
        let now = self.now;
        let products = request.products.iter().map(|product| {
            let refused = self.random.percent(30);
            ProductReceipt {
                tag: product.installation_id.tag(),
                status: if refused {
                    LicenseStatus::Notification
                } else {
                    LicenseStatus::Licensed
                },
                refusal: refused.then_some(HResult::MISMATCH),
            }
        });
        let receipt = Receipt {
            pc: request.pc.clone(),
            issued_at: moment(now),
            products: products.collect(),
        };
        let text = Packet::Receipt(receipt).to_text().expect("a packet");
        self.apply(phone, &json!({ "kind": "receive", "text": text }));
        self.count("receipts");
    }

    fn file(&mut self, phone: usize) -> String {
        let file = self.ask(phone, &json!({ "call": "export", "at": self.now }));
        file["ok"].as_str().unwrap_or_default().to_owned()
    }

    /// Merges the other phone's trip as a file. An exported trip can always be
    /// imported, and nothing that was acknowledged is missing afterwards.
    fn join_trips(&mut self, phone: usize) -> StepResult {
        let text = self.file(1 - phone);
        let answer = self.apply(phone, &json!({ "kind": "import", "text": text }));
        if let Some(fault) = answer.get("fault") {
            return Err(format!("an exported trip is refused: {fault}"));
        }
        self.count("joined");
        self.nothing_lost(phone)
    }

    fn nothing_lost(&mut self, phone: usize) -> StepResult {
        let file = self.file(phone);
        let mut kept = self.phones[phone].kept.iter();
        match kept.find(|(_, cid)| !file.contains(cid.as_str())) {
            Some((tag, cid)) => Err(format!("{cid} for {tag} is lost")),
            None => Ok(()),
        }
    }

    /// Merges the other phone's trip by moving symbols, of which some are
    /// missed.
    fn hand_over(&mut self, phone: usize) {
        let at = self.now;
        let begun = self.ask(1 - phone, &json!({ "call": "hand-over", "at": at }));
        let needed = begun["ok"]["needed"].as_u64().unwrap_or_default();
        for _ in 0..3 * needed {
            let part = self.ask(1 - phone, &json!({ "call": "next-part" }));
            if self.random.percent(20) {
                continue;
            }
            let taken = self.ask(phone, &json!({ "call": "take-part", "text": part["ok"] }));
            if let Some(whole) = taken["ok"]["whole"].as_str() {
                let event = json!({ "kind": "import", "text": whole });
                self.apply(phone, &event);
                self.count("handed over");
                return;
            }
        }
    }

    /// A person renames, joins or splits PCs.
    fn persons_word(&mut self, phone: usize) {
        let all = self.tags(phone, false);
        let (Some(&(one, _)), Some(&(other, _))) = (self.random.one(&all), self.random.one(&all))
        else {
            return;
        };
        let event = match self.random.below(5) {
            0 => {
                json!({ "kind": "rename-pc", "pc": one, "name": format!("Bed {}", self.random.below(30)) })
            }
            1 => json!({ "kind": "rename", "name": format!("Walk {}", self.random.below(9)) }),
            2 => json!({ "kind": "join", "one": one, "other": other }),
            3 => json!({ "kind": "part", "pc": one }),
            _ => json!({ "kind": "rename-pc", "pc": other, "name": " \u{202e} " }),
        };
        self.apply(phone, &event);
        self.count("said");
    }

    /// Checks that both trips are the same after merging in both directions.
    pub(crate) fn end(&mut self) -> StepResult {
        for phone in [0, 1, 0, 1] {
            let text = self.file(1 - phone);
            let at = self.now;
            let event = json!({ "kind": "import", "text": text });
            self.ask(phone, &json!({ "call": "apply", "event": event, "at": at }));
            self.ask(phone, &json!({ "call": "stored" }));
            self.nothing_lost(phone)?;
        }
        self.ends = vec![self.file(0), self.file(1)];
        let numbers = |text: &str| {
            let file: Value = serde_json::from_str(text).unwrap_or_default();
            let pcs = file["pcs"].as_array().cloned().unwrap_or_default();
            let mut entries: Vec<String> = pcs
                .iter()
                .flat_map(|pc| pc["entries"].as_array().cloned().unwrap_or_default())
                .map(|entry| entry.to_string())
                .collect();
            entries.sort();
            entries
        };
        if numbers(&self.ends[0]) != numbers(&self.ends[1]) {
            return Err("the two trips differ after everything was exchanged".to_owned());
        }
        Ok(())
    }

    /// The calls, a hash of the answers, and both trips at the end.
    pub(crate) fn written(&self) -> String {
        json!({
            "calls": self.calls,
            "answers": format!("{:08x}", self.hash),
            "ends": self.ends,
        })
        .to_string()
    }
}
