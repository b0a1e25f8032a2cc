//! What a person chooses to do, by button or key.

use super::{Action, Asked, Camera, Command, Journey, Sheet, Stage, retry_helps};
use std::time::Duration;

impl Journey {
    pub(super) fn act(&mut self, action: Action, now: Duration) -> Vec<Command> {
        match action {
            Action::Language => self.lang = self.lang.other(),
            Action::About => self.toggle(Sheet::About),
            Action::Products => {
                let ids = self.products().iter().map(|product| product.activation_id);
                self.toggle(Sheet::Products(ids.collect()));
            }
            Action::Cameras => {
                self.toggle(Sheet::Cameras(Vec::new()));
                if self.sheet.is_some() {
                    return vec![Command::ListCameras];
                }
            }
            Action::Pick(index) => return self.pick(index, now),
            Action::Box(place) => {
                self.field.choose(place);
                self.key_at = now;
            }
            Action::Clear => self.empty_field(self.read_when()),
            Action::Mirror => {
                self.mirrored = !self.mirrored;
                return vec![Command::Mirrored(self.mirrored)];
            }
            Action::Again => return self.again(now),
            Action::Next => {
                if matches!(self.stage, Stage::Done { .. }) && self.someone_waits() {
                    self.move_on(now);
                }
            }
            Action::Back => self.back(now),
            Action::Copy => {
                if let Some(line) = self.support_line() {
                    self.copied = true;
                    return vec![Command::Copy(line)];
                }
            }
        }
        Vec::new()
    }

    fn toggle(&mut self, sheet: Sheet) {
        let open = self.sheet.as_ref().map(std::mem::discriminant);
        self.sheet = (open != Some(std::mem::discriminant(&sheet))).then_some(sheet);
    }

    fn pick(&mut self, index: usize, now: Duration) -> Vec<Command> {
        match self.sheet.take() {
            Some(Sheet::Products(listed)) => {
                let picked = listed.get(index).and_then(|id| self.product(*id));
                let picked = picked.filter(|product| product.is_pending());
                if let Some(product) = picked.map(|product| product.activation_id) {
                    self.current = Some(product);
                    self.move_to_open();
                }
                Vec::new()
            }
            Some(Sheet::Cameras(names)) => match names.get(index) {
                Some(name) => {
                    self.camera = Camera::Opening;
                    vec![Command::UseCamera(name.clone())]
                }
                None => Vec::new(),
            },
            Some(Sheet::Whose(asked, listed)) => match listed.get(index) {
                Some(&chosen) => {
                    let chosen = Some(chosen);
                    self.decide(Asked { chosen, ..asked }, now)
                }
                None => Vec::new(),
            },
            other => {
                self.sheet = other;
                Vec::new()
            }
        }
    }

    fn again(&mut self, now: Duration) -> Vec<Command> {
        match &self.stage {
            Stage::Refused(refusal) if retry_helps(&refusal.why) => {
                let (product, tag) = (refusal.product.clone(), refusal.tag);
                let asked = Asked {
                    answer: refusal.answer.clone(),
                    chosen: None,
                    seen: Vec::new(),
                    typed: false,
                };
                self.deposit(product, tag, asked, now)
            }
            Stage::Depositing(_) => Vec::new(),
            _ => self.reread(now),
        }
    }

    fn back(&mut self, now: Duration) {
        if self.sheet.take().is_none() {
            match self.stage {
                Stage::Refused(_) => self.move_to_open(),
                Stage::Done { .. } if self.someone_waits() => self.move_on(now),
                _ => {
                    self.notice = None;
                    self.empty_field(self.read_when());
                }
            }
        }
    }
}
