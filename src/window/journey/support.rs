//! The support line.

use super::{Journey, JourneyState, RefusalCause};
use crate::activation::Tag;

impl Journey {
    /// A line for the person to send to their support; nothing in it is secret.
    pub(super) fn support_line(&self) -> Option<String> {
        let JourneyState::Refused(refusal) = &self.state else {
            return None;
        };
        let pc = &self.snapshot.as_ref()?.pc;
        let code = refusal
            .cause
            .code()
            .map_or_else(|| "-".to_owned(), |code| code.to_string());
        let status = match &refusal.cause {
            RefusalCause::Code(deposited, _) => u32::from(deposited.status).to_string(),
            RefusalCause::Store(_) => "-".to_owned(),
        };
        let tag = refusal
            .answer
            .tag()
            .as_ref()
            .map_or_else(|| "-".to_owned(), Tag::to_string);
        Some(format!(
            "hikyaku {version} | {pc} | {serial} | {product} | {tail} | {id} | {code} | status {status} | tag {tag} | CID {cid} | {at}",
            version = env!("CARGO_PKG_VERSION"),
            pc = pc.name,
            serial = pc.serial.as_ref().map_or("-", |serial| serial.as_str()),
            product = refusal.product.name,
            tail = refusal
                .product
                .key_tail
                .as_ref()
                .map_or("-", |tail| tail.as_str()),
            id = refusal.product.activation_id,
            cid = refusal.answer.digits().masked(),
            at = refusal.at.format("%Y-%m-%dT%H:%M:%SZ"),
        ))
    }
}
