//! Actions of the person, by button or key.

use super::{
    Action, CameraState, Journey, JourneyCommand, JourneyState, Overlay, PendingAnswer, retry_helps,
};
use std::time::Duration;

impl Journey {
    pub(super) fn perform(&mut self, action: Action, now: Duration) -> Vec<JourneyCommand> {
        match action {
            Action::Language => self.lang = self.lang.other(),
            Action::About => self.toggle(Overlay::About),
            Action::Products => {
                let ids = self.products().iter().map(|product| product.activation_id);
                self.toggle(Overlay::Products(ids.collect()));
            }
            Action::Cameras => {
                self.toggle(Overlay::Cameras(Vec::new()));
                if self.overlay.is_some() {
                    return vec![JourneyCommand::ListCameras];
                }
            }
            Action::Pick(index) => return self.pick(index, now),
            Action::Box(place) => {
                self.field.choose(place);
                self.key_at = now;
            }
            Action::Clear => self.empty_field(self.last_read_at()),
            Action::Mirror => {
                self.mirrored = !self.mirrored;
                return vec![JourneyCommand::Mirrored(self.mirrored)];
            }
            Action::Again => return self.again(now),
            Action::Next => {
                if matches!(self.state, JourneyState::Done { .. }) && self.has_pending() {
                    self.show_next_request(now);
                }
            }
            Action::Back => self.back(now),
            Action::Copy => {
                if let Some(line) = self.support_line() {
                    self.copied = true;
                    return vec![JourneyCommand::Copy(line)];
                }
            }
        }
        Vec::new()
    }

    fn toggle(&mut self, overlay: Overlay) {
        let open = self.overlay.as_ref().map(std::mem::discriminant);
        self.overlay = (open != Some(std::mem::discriminant(&overlay))).then_some(overlay);
    }

    fn pick(&mut self, index: usize, now: Duration) -> Vec<JourneyCommand> {
        match self.overlay.take() {
            Some(Overlay::Products(listed)) => {
                let picked = listed.get(index).and_then(|id| self.product(*id));
                let picked = picked.filter(|product| product.is_pending());
                if let Some(product) = picked.map(|product| product.activation_id) {
                    self.current = Some(product);
                    self.await_replies();
                }
                Vec::new()
            }
            Some(Overlay::Cameras(names)) => match names.get(index) {
                Some(name) => {
                    self.camera = CameraState::Opening;
                    vec![JourneyCommand::UseCamera(name.clone())]
                }
                None => Vec::new(),
            },
            Some(Overlay::Whose(pending, listed)) => match listed.get(index) {
                Some(&chosen) => {
                    let chosen = Some(chosen);
                    self.decide(PendingAnswer { chosen, ..pending }, now)
                }
                None => Vec::new(),
            },
            other => {
                self.overlay = other;
                Vec::new()
            }
        }
    }

    fn again(&mut self, now: Duration) -> Vec<JourneyCommand> {
        match &self.state {
            JourneyState::Refused(refusal) if retry_helps(&refusal.cause) => {
                let (product, tag) = (refusal.product.clone(), refusal.tag);
                let pending = PendingAnswer {
                    answer: refusal.answer.clone(),
                    chosen: None,
                    seen: Vec::new(),
                    typed: false,
                };
                self.deposit(product, tag, pending, now)
            }
            JourneyState::Depositing(_) => Vec::new(),
            _ => self.reread(now),
        }
    }

    fn back(&mut self, now: Duration) {
        if self.overlay.take().is_none() {
            match self.state {
                JourneyState::Refused(_) => self.await_replies(),
                JourneyState::Done { .. } if self.has_pending() => self.show_next_request(now),
                _ => {
                    self.notice = None;
                    self.empty_field(self.last_read_at());
                }
            }
        }
    }
}
