//! The PCs of a hospital ward, and what only they and the portal know.

use crate::random::SplitMix64;
use hikyaku::activation::{
    ActivationId, ConfirmationId, InstallationId, Label, MachineId, PcIdentity, ProductRequest,
    Request, Tag,
};
use std::collections::HashMap;

/// Number of PCs.
const PCS: usize = 8;

/// An Installation ID, and when it was read off.
#[derive(Clone)]
pub(crate) struct DatedNumber {
    pub(crate) iid: InstallationId,
    taken_at: u64,
}

struct WardProduct {
    activation_id: ActivationId,
    /// Oldest first; the last one is what the PC shows now.
    numbers: Vec<DatedNumber>,
}

struct WardPc {
    identity: PcIdentity,
    products: Vec<WardProduct>,
}

/// The PCs of a ward.
#[derive(Default)]
pub(crate) struct Ward {
    pcs: Vec<WardPc>,
    /// The tag that each Confirmation ID answers.
    pub(crate) owners: HashMap<String, Tag>,
}

impl Ward {
    pub(crate) fn new(random: &mut SplitMix64, now: u64) -> Self {
        let mut ward = Self::default();
        for index in 0..PCS {
            let pc = ward.pc(index, random, now);
            ward.pcs.push(pc);
        }
        ward
    }

    fn pc(&mut self, index: usize, random: &mut SplitMix64, now: u64) -> WardPc {
        // Some have the same name, and some do not identify their machine.
        let name = if index % 4 == 3 {
            "CLONE".to_owned()
        } else {
            format!("WARD3-PC{index}")
        };
        let serial = format!("SN-{index:04}");
        let products = 1 + random.below(3);
        let product = |product| WardProduct {
            activation_id: ActivationId::from_bytes([product as u8 + 1; 16]),
            numbers: vec![self.number(random, now)],
        };
        WardPc {
            identity: PcIdentity {
                name: Label::cleaned(&name).expect("a name"),
                serial: None,
                machine: (index % 3 != 2)
                    .then(|| MachineId::of(None, Some(&serial)))
                    .flatten(),
            },
            products: (0..products).map(product).collect(),
        }
    }

    /// A new number, together with its only right answer.
    fn number(&mut self, random: &mut SplitMix64, now: u64) -> DatedNumber {
        let mut groups = |count: usize, length: usize| -> Vec<String> {
            // Practice numbers have zeros here.
            let group = |_| format!("1{}", random.digits(length - 1));
            (0..count).map(group).collect()
        };
        let iid = InstallationId::from_payload(&groups(9, 6)).expect("a number");
        let cid = ConfirmationId::from_payload(&groups(8, 5)).expect("a number");
        self.owners.insert(cid.digits().to_owned(), iid.tag());
        DatedNumber { iid, taken_at: now }
    }

    /// Changes the hardware of a PC, and with it its numbers.
    pub(crate) fn change_hardware(&mut self, random: &mut SplitMix64, now: u64) {
        let pc = random.below(PCS);
        for product in 0..self.pcs[pc].products.len() {
            let number = self.number(random, now);
            self.pcs[pc].products[product].numbers.push(number);
        }
    }

    /// A photograph of a PC's screen, current (0) or some changes old.
    pub(crate) fn request(
        &self,
        age: usize,
        random: &mut SplitMix64,
    ) -> (Request, Vec<DatedNumber>) {
        let pc = &self.pcs[random.below(PCS)];
        let of = |product: &WardProduct| {
            let last = product.numbers.len() - 1;
            product.numbers[last.saturating_sub(age)].clone()
        };
        let numbers: Vec<DatedNumber> = pc.products.iter().map(of).collect();
        let taken_at = numbers.iter().map(|one| one.taken_at).max();
        let products = pc.products.iter().zip(&numbers);
        let products = products.map(|(product, number)| ProductRequest {
            activation_id: product.activation_id,
            name: Label::cleaned("Windows 11 Pro").expect("a name"),
            key_tail: None,
            installation_id: number.iid.clone(),
        });
        let request = Request {
            pc: pc.identity.clone(),
            taken_at: moment(taken_at.unwrap_or_default()),
            products: products.collect(),
        };
        (request, numbers)
    }
}

/// Converts seconds since 1970.
pub(crate) fn moment(seconds: u64) -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp(i64::try_from(seconds).unwrap_or_default(), 0)
        .unwrap_or_default()
}
