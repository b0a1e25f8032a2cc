//! Renders the state of the journey as a view.

use super::{
    BoxView, CameraState, DonePanel, FieldView, HaltPanel, Journey, JourneyState, ListEntry,
    MessageRef, Overlay, PickList, RefusalCause, RefusedDeposit, RefusedPanel, ScanPanel,
    SidePanel, StepState, SymbolPanel, Tone, WindowView, all_done, pending, retry_helps,
};
use crate::activation::{
    ActivationId, Defect, GroupView, HResult, NumberKind, Product, Request, Standing,
};
use crate::advice::Fact;
use crate::i18n::{Explanation, Messages};
use crate::scan::Hint;
use crate::symbol::Caption;
use crate::wire::{Packet, symbol_text};
use chrono::{DateTime, Utc};

impl Journey {
    /// The current view.
    pub fn view(&self, messages: &Messages) -> WindowView {
        let products = self.products();
        let several = products.len() > 1;
        let others = several.then(|| {
            let waiting = pending(products).count();
            let facts = [
                ("count", products.len().into()),
                ("waiting", waiting.into()),
            ];
            messages.say_with("window-others", &facts)
        });
        let product = match &self.state {
            JourneyState::Depositing(deposit) => Some(&deposit.product),
            JourneyState::Done { product, .. } => Some(product),
            JourneyState::Refused(refusal) => Some(&refusal.product),
            _ => self.current_product(),
        };
        let finished =
            matches!(self.state, JourneyState::Done { .. }) || self.is_open() && all_done(products);
        WindowView {
            practice: self.practice || self.snapshot.as_ref().is_some_and(|r| r.practice),
            steps: self.steps(finished),
            pc: self
                .snapshot
                .as_ref()
                .map_or_else(String::new, |snapshot| snapshot.pc.name.to_string()),
            product: product.map_or_else(String::new, |product| one_line(product, messages)),
            others,
            left: if finished {
                self.receipt(messages)
            } else {
                self.request(messages)
            },
            right: self.right(finished, messages),
            camera: match &self.camera {
                CameraState::Ready(name) => {
                    messages.say_with("window-camera", &[("name", name.as_str().into())])
                }
                CameraState::Opening => messages.say("window-camera-opening"),
                CameraState::Off | CameraState::Trouble(_) => messages.say("window-camera-none"),
            },
        }
    }

    fn is_open(&self) -> bool {
        matches!(self.state, JourneyState::Open)
    }

    fn steps(&self, finished: bool) -> [StepState; 3] {
        match &self.state {
            _ if finished => [StepState::Over, StepState::Over, StepState::Now],
            JourneyState::Depositing(_) => [StepState::Over, StepState::Now, StepState::Ahead],
            JourneyState::Open | JourneyState::Refused(_) if self.has_pending() => {
                [StepState::Now, StepState::Now, StepState::Ahead]
            }
            _ => [StepState::Ahead; 3],
        }
    }

    fn request(&self, messages: &Messages) -> SymbolPanel {
        let product = match &self.state {
            JourneyState::Depositing(deposit) => Some(&deposit.product),
            _ => self.current_product(),
        };
        let Some((snapshot, product)) = self.snapshot.as_ref().zip(product) else {
            return SymbolPanel::default();
        };
        let Some(iid) = &product.installation_id else {
            return SymbolPanel::default();
        };
        let linked = self.page.as_ref().and_then(|page| {
            let asking = Request::of(&snapshot.pc, &snapshot.products, snapshot.at)?;
            // A person who picks a product that this request leaves for later wants
            // its number now.
            let included = asking.request.is_for(product.activation_id);
            let text = symbol_text(&Packet::Request(asking.request), Some(page)).ok();
            Some((text.filter(|_| included)?, asking.later))
        });
        let (symbol, later) = linked.unwrap_or_else(|| (iid.digits().to_owned(), 0));
        let line = if later == 0 {
            String::new()
        } else {
            let told = messages.pair("window-show-later", &[("count", later.into())]);
            format!("{} {}", told.what, told.next)
        };
        SymbolPanel {
            symbol,
            title: messages.say(if snapshot.practice {
                "window-show-practice"
            } else {
                "window-show"
            }),
            describes: messages.say_with("window-request-symbol", &product.facts()),
            groups: Caption::of_installation_id(iid).groups().to_vec(),
            line,
        }
    }

    fn receipt(&self, messages: &Messages) -> SymbolPanel {
        let told = self.snapshot.as_ref().and_then(|r| r.receipt.clone());
        let shown = told.and_then(|told| {
            let packet = Packet::Receipt(told.receipt);
            Some((symbol_text(&packet, self.page.as_ref()).ok()?, told.earlier))
        });
        let Some((symbol, earlier)) = shown else {
            return SymbolPanel::default();
        };
        let mut line = messages.say("window-receipt-line");
        if earlier > 0 {
            let facts = [("count", earlier.into())];
            line = format!(
                "{line} {}",
                messages.say_with("window-receipt-earlier", &facts)
            );
        }
        SymbolPanel {
            symbol,
            title: messages.say("window-receipt"),
            describes: messages.say("window-receipt-symbol"),
            groups: Vec::new(),
            line,
        }
    }

    fn right(&self, finished: bool, messages: &Messages) -> SidePanel {
        match &self.overlay {
            Some(Overlay::About) => return SidePanel::About,
            Some(Overlay::Products(listed)) => {
                return SidePanel::List(self.product_list(listed, messages));
            }
            Some(Overlay::Cameras(names)) => {
                return SidePanel::List(self.camera_list(names, messages));
            }
            Some(Overlay::Whose(_, listed)) => {
                return SidePanel::List(self.whose(listed, messages));
            }
            None => {}
        }
        match &self.state {
            JourneyState::Starting => SidePanel::Halt(HaltPanel {
                tone: Tone::Plain,
                told: messages.pair("window-starting", &[]),
                lines: Vec::new(),
                again: false,
            }),
            JourneyState::Unreadable(error) => SidePanel::Halt(HaltPanel {
                tone: Tone::Red,
                told: MessageRef::of(error).explain(messages),
                lines: error
                    .hresult()
                    .map(|code| code.to_string())
                    .into_iter()
                    .collect(),
                again: true,
            }),
            JourneyState::Done { product, at, .. } => {
                SidePanel::Done(self.done(product, *at, messages))
            }
            JourneyState::Refused(refusal) => SidePanel::Refused(self.refused(refusal, messages)),
            JourneyState::Open if finished => SidePanel::Done(self.all_done(messages)),
            JourneyState::Open if !self.has_pending() => {
                SidePanel::Halt(self.nothing_waits(messages))
            }
            JourneyState::Open | JourneyState::Depositing(_) => {
                SidePanel::Scan(self.scan(messages))
            }
        }
    }

    fn scan(&self, messages: &Messages) -> ScanPanel {
        let taken = matches!(self.state, JourneyState::Depositing(_));
        let practice = self.snapshot.as_ref().is_some_and(|r| r.practice);
        let trouble = match &self.camera {
            CameraState::Trouble(told) => Some(told.explain(messages)),
            CameraState::Off => Some(messages.pair("window-camera-off", &[])),
            _ => None,
        };
        let (told, tone) = if let JourneyState::Depositing(deposit) = &self.state {
            let id = if practice {
                "window-taken-practice"
            } else {
                "window-taken"
            };
            (messages.pair(id, &deposit.product.facts()), Tone::Good)
        } else if let Some(notice) = &self.notice {
            (notice.told.explain(messages), notice.tone)
        } else if let (Some(hint), None) = (self.hint.filter(|it| *it != Hint::Nothing), &trouble) {
            (MessageRef::of(&hint).explain(messages), Tone::Plain)
        } else if trouble.is_some() {
            (messages.pair("window-by-hand", &[]), Tone::Plain)
        } else {
            (messages.pair("window-await", &[]), Tone::Plain)
        };
        ScanPanel {
            tone,
            told,
            trouble,
            live: matches!(self.camera, CameraState::Ready(_)),
            taken,
            field: self.field_view(messages),
        }
    }

    fn field_view(&self, messages: &Messages) -> FieldView {
        let (place, offset, selected) = self.field.cursor();
        let views = self.field.views();
        let wrong: Vec<&GroupView> = views.iter().filter(|view| view.defect.is_some()).collect();
        let whole = self.field.whole().is_some() && self.typed.is_none();
        let told = if let Some(typed) = &self.typed {
            let pair = typed.explain(messages);
            format!("{} {}", pair.what, pair.next).trim_end().to_owned()
        } else if let [one] = wrong[..] {
            defect_line(one, messages)
        } else if !wrong.is_empty() {
            let labels: Vec<&str> = wrong.iter().map(|view| view.label.as_str()).collect();
            messages.say_with(
                "window-wrong-boxes",
                &[("groups", labels.join(", ").into())],
            )
        } else if whole && self.field.rest().is_empty() {
            messages.say("window-enter-bare")
        } else if whole {
            messages.say("window-enter-submits")
        } else {
            messages.say("window-field-help")
        };
        let boxes = views.iter().enumerate().map(|(index, view)| BoxView {
            label: view.label.clone(),
            digits: view.digits.clone(),
            wrong: view.defect.is_some(),
            holds: view.defect.is_none()
                && view.digits.len() == NumberKind::ConfirmationId.group_digits(),
            cursor: (index == place).then_some(offset),
            selected: index == place && selected,
        });
        let value: Vec<&str> = views.iter().map(|view| view.digits.as_str()).collect();
        FieldView {
            boxes: boxes.collect(),
            rest: self.field.rest().to_owned(),
            wrong: self.typed.is_some() || !wrong.is_empty(),
            told,
            whole,
            value: value.join(" ").trim_end().to_owned(),
        }
    }

    fn time(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone)
            .format("%Y-%m-%d %H:%M")
            .to_string()
    }

    fn done(&self, product: &Product, at: DateTime<Utc>, messages: &Messages) -> DonePanel {
        let mut waiting = pending(self.products());
        let next = waiting.next();
        DonePanel {
            title: messages.say("window-done"),
            product: two_lines(product, messages),
            time: self.time(at),
            remaining: next.map_or_else(
                || messages.say("window-done-all"),
                |next| {
                    let mut facts: Vec<(&'static str, Fact)> = next.facts();
                    facts.push(("count", (waiting.count() + 1).into()));
                    messages.say_with("window-done-next", &facts)
                },
            ),
            next: next.map(|_| messages.say("window-button-next")),
        }
    }

    fn all_done(&self, messages: &Messages) -> DonePanel {
        let licensed: Vec<String> = self
            .products()
            .iter()
            .filter(|product| product.standing() == Standing::Licensed)
            .map(|product| one_line(product, messages))
            .collect();
        DonePanel {
            title: messages.say("window-already-done"),
            product: licensed.join("\n"),
            time: self
                .snapshot
                .as_ref()
                .map_or_else(String::new, |snapshot| self.time(snapshot.at)),
            remaining: messages.say("window-done-all"),
            next: None,
        }
    }

    fn refused(&self, refusal: &RefusedDeposit, messages: &Messages) -> RefusedPanel {
        let (told, status) = match &refusal.cause {
            RefusalCause::Code(deposited, code) => (
                explain_code(*code, messages),
                messages.say(deposited.status.message_id()),
            ),
            RefusalCause::Store(error) => (MessageRef::of(error).explain(messages), String::new()),
        };
        RefusedPanel {
            title: messages.say("window-refused"),
            product: one_line(&refusal.product, messages),
            code: refusal
                .cause
                .code()
                .map_or_else(String::new, |code| code.to_string()),
            told,
            status,
            support: self.support_line().unwrap_or_default(),
            copied: self.copied,
            retry: retry_helps(&refusal.cause),
        }
    }

    /// The panel for a PC on which nothing is pending and nothing is activated.
    fn nothing_waits(&self, messages: &Messages) -> HaltPanel {
        let lines = self.products().iter().map(|product| {
            let reason = standing_line(product, messages);
            format!("{}: {reason}", product.name)
        });
        HaltPanel {
            tone: Tone::Amber,
            told: messages.pair("window-nothing-waits", &[]),
            lines: lines.collect(),
            again: true,
        }
    }

    /// The entries of a list of products. A product that is gone keeps its place but
    /// cannot be picked.
    fn choices(
        &self,
        listed: &[ActivationId],
        choice: impl Fn(&Product) -> ListEntry,
    ) -> Vec<ListEntry> {
        let gone = |id: &ActivationId| ListEntry {
            title: id.to_string(),
            detail: String::new(),
            enabled: false,
            current: false,
            done: false,
        };
        let choices = listed
            .iter()
            .map(|id| self.product(*id).map_or_else(|| gone(id), &choice));
        choices.collect()
    }

    fn product_list(&self, listed: &[ActivationId], messages: &Messages) -> PickList {
        let choices = self.choices(listed, |product| ListEntry {
            title: one_line(product, messages),
            detail: standing_line(product, messages),
            enabled: product.is_pending(),
            current: product.is_pending() && Some(product.activation_id) == self.current,
            done: product.standing() == Standing::Licensed,
        });
        PickList {
            title: messages.say("window-products"),
            lead: messages.say("window-products-lead"),
            choices,
        }
    }

    fn whose(&self, listed: &[ActivationId], messages: &Messages) -> PickList {
        let choices = self.choices(listed, |product| ListEntry {
            title: one_line(product, messages),
            detail: standing_line(product, messages),
            enabled: product.is_pending(),
            current: false,
            done: false,
        });
        PickList {
            title: messages.say("window-whose"),
            lead: messages.say("window-whose-lead"),
            choices,
        }
    }

    fn camera_list(&self, names: &[String], messages: &Messages) -> PickList {
        let choices = names.iter().map(|name| ListEntry {
            title: name.clone(),
            detail: String::new(),
            enabled: true,
            current: self.camera == CameraState::Ready(name.clone()),
            done: false,
        });
        let lead = if names.is_empty() {
            "window-cameras-none"
        } else {
            "window-cameras-lead"
        };
        PickList {
            title: messages.say("window-cameras"),
            lead: messages.say(lead),
            choices: choices.collect(),
        }
    }
}

/// Name of a product and the end of its key.
fn one_line(product: &Product, messages: &Messages) -> String {
    match &product.key_tail {
        Some(tail) => {
            let key = messages.say_with("word-key-tail", &[("tail", tail.as_str().into())]);
            format!("{} · {key}", product.name)
        }
        None => product.name.to_string(),
    }
}

/// The same on two lines.
fn two_lines(product: &Product, messages: &Messages) -> String {
    one_line(product, messages).replacen(" · ", "\n", 1)
}

/// The standing of a product, with the reason if it is not pending.
fn standing_line(product: &Product, messages: &Messages) -> String {
    match product.standing() {
        Standing::Pending => match product.caveat() {
            Some(caveat) => {
                let caveat = messages.pair_for("window", caveat.into(), &caveat.facts());
                format!("{} · {}", messages.say("window-waits"), caveat.what)
            }
            None => messages.say("window-waits"),
        },
        Standing::Licensed => messages.say(product.status.message_id()),
        Standing::Hidden(obstacle) => messages.pair_for("window", obstacle.into(), &[]).what,
    }
}

fn defect_line(view: &GroupView, messages: &Messages) -> String {
    let (id, count) = match view.defect {
        Some(Defect::Missing(count)) => ("defect-missing", count),
        Some(Defect::Extra(count)) => ("defect-extra", count),
        _ => ("window-wrong-box", 0),
    };
    let facts = [
        ("group", view.label.as_str().into()),
        ("count", count.into()),
    ];
    messages.say_with(id, &facts)
}

fn explain_code(code: HResult, messages: &Messages) -> Explanation {
    messages.pair_for(
        "window",
        code.message_id(),
        &[("code", code.to_string().into())],
    )
}
