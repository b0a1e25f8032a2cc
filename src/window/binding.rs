//! Copies views of the journey into the properties of the layout.

use super::journey::{self, SidePanel, StepState, SymbolPanel, Tone, WindowView};
use super::ui;
use crate::i18n::{Explanation, Messages};
use slint::{ComponentHandle, ModelRc, SharedString, VecModel};

/// Shows views, and sets only the properties that changed, because every property
/// that is set is redrawn.
#[derive(Default)]
pub(super) struct ViewBinding {
    shown: Option<WindowView>,
}

impl ViewBinding {
    /// Shows a view.
    pub(super) fn show(&mut self, window: &ui::MainWindow, view: WindowView) {
        let before = self.shown.take();
        let before = before.as_ref();
        let to = window.global::<ui::View>();
        let news =
            |same: fn(&WindowView, &WindowView) -> bool| before.is_none_or(|it| !same(it, &view));
        if news(|a, b| a.practice == b.practice) {
            to.set_practice(view.practice);
        }
        if news(|a, b| a.steps == b.steps) {
            let [show, read, done] = view.steps.map(step);
            to.set_step_show(show);
            to.set_step_read(read);
            to.set_step_done(done);
        }
        if news(|a, b| (&a.pc, &a.product) == (&b.pc, &b.product)) {
            to.set_pc((&view.pc).into());
            to.set_product((&view.product).into());
        }
        if news(|a, b| a.others == b.others) {
            to.set_others(view.others.as_deref().unwrap_or_default().into());
        }
        if news(|a, b| a.camera == b.camera) {
            to.set_camera((&view.camera).into());
        }
        if news(|a, b| a.left == b.left) {
            to.set_left(left(&view.left));
        }
        let before_right = before.map(|view| &view.right);
        if before_right != Some(&view.right) {
            show_right(&to, &view.right, before_right);
        }
        self.shown = Some(view);
    }
}

fn show_right(to: &ui::View<'_>, right: &SidePanel, before: Option<&SidePanel>) {
    match right {
        SidePanel::Scan(scan) => {
            to.set_scan(ui::ScanView {
                tone: tone(scan.tone),
                told: pair(&scan.told),
                trouble: scan.trouble.as_ref().map(pair).unwrap_or_default(),
                troubled: scan.trouble.is_some(),
                live: scan.live,
                taken: scan.taken,
            });
            let same =
                matches!(before, Some(SidePanel::Scan(before)) if before.field == scan.field);
            if !same {
                to.set_field(field(&scan.field));
            }
            to.set_panel(ui::Panel::Scan);
        }
        SidePanel::Done(done) => {
            to.set_done(ui::DoneView {
                title: (&done.title).into(),
                product: (&done.product).into(),
                time: (&done.time).into(),
                remaining: (&done.remaining).into(),
                next: done.next.as_deref().unwrap_or_default().into(),
            });
            to.set_panel(ui::Panel::Done);
        }
        SidePanel::Refused(refused) => {
            to.set_refused(ui::RefusedView {
                title: (&refused.title).into(),
                product: (&refused.product).into(),
                code: (&refused.code).into(),
                told: pair(&refused.told),
                status: (&refused.status).into(),
                support: (&refused.support).into(),
                copied: refused.copied,
                retry: refused.retry,
            });
            to.set_panel(ui::Panel::Refused);
        }
        SidePanel::Halt(halt) => {
            to.set_halt(ui::HaltView {
                tone: tone(halt.tone),
                told: pair(&halt.told),
                lines: model(halt.lines.iter().map(SharedString::from)),
                again: halt.again,
            });
            to.set_panel(ui::Panel::Halt);
        }
        SidePanel::List(list) => {
            let choice = |choice: &journey::ListEntry| ui::ChoiceView {
                title: (&choice.title).into(),
                detail: (&choice.detail).into(),
                enabled: choice.enabled,
                current: choice.current,
                done: choice.done,
            };
            to.set_list(ui::ListView {
                title: (&list.title).into(),
                lead: (&list.lead).into(),
                choices: model(list.choices.iter().map(choice)),
            });
            to.set_panel(ui::Panel::List);
        }
        SidePanel::About => to.set_panel(ui::Panel::About),
    }
}

/// Sets the texts that depend only on the language.
pub(super) fn set_words(window: &ui::MainWindow, messages: &Messages) {
    let say = |id: &str| SharedString::from(messages.say(id));
    let version = [("version", env!("CARGO_PKG_VERSION").into())];
    window.global::<ui::View>().set_words(ui::Words {
        title: say("window-title"),
        step_show: say("window-step-show"),
        step_read: say("window-step-read"),
        step_done: say("window-step-done"),
        practice: say("window-practice"),
        practice_line: say("window-practice-line"),
        language: say("window-language"),
        about: say("window-button-about"),
        field: say("window-field"),
        submit: say("window-button-submit"),
        paste: say("window-button-paste"),
        clear: say("window-button-clear"),
        mirror: say("window-button-mirror"),
        preview: say("window-preview"),
        status: say("window-status"),
        support: say("window-support"),
        copy: say("window-button-copy"),
        copied: say("window-copied"),
        retry: say("window-button-retry"),
        again: say("window-button-again"),
        back: say("window-button-back"),
        about_lead: say("window-about-lead"),
        about_version: messages.say_with("window-about-version", &version).into(),
        about_keys: say("window-about-keys"),
        about_key_digits: say("window-about-key-digits"),
        about_key_f: say("window-about-key-f"),
        about_privacy: say("window-about-privacy"),
        about_licence: say("window-about-licence"),
    });
}

/// Sets the fonts of the window.
pub(super) fn set_fonts(window: &ui::MainWindow) {
    let (family, digits) = fonts();
    window.set_family(family.into());
    window.global::<ui::Theme>().set_digits(digits.into());
}

/// Names of this system's fonts: one with Japanese, and one with tabular digits.
pub(super) fn fonts() -> (&'static str, &'static str) {
    if cfg!(windows) {
        ("Yu Gothic UI", "Consolas")
    } else if cfg!(target_os = "macos") {
        ("Hiragino Sans", "Menlo")
    } else {
        ("Noto Sans CJK JP", "DejaVu Sans Mono")
    }
}

fn left(left: &SymbolPanel) -> ui::LeftView {
    ui::LeftView {
        symbol: (&left.symbol).into(),
        title: (&left.title).into(),
        describes: (&left.describes).into(),
        groups: model(left.groups.iter().map(|group| ui::Group {
            label: (&group.label).into(),
            digits: (&group.digits).into(),
        })),
        line: (&left.line).into(),
    }
}

fn field(field: &journey::FieldView) -> ui::FieldView {
    let boxes = field.boxes.iter().map(|it| ui::BoxView {
        label: (&it.label).into(),
        digits: (&it.digits).into(),
        count: it.digits.len() as i32,
        cursor: it.cursor.map_or(-1, |digits| digits as i32),
        wrong: it.wrong,
        holds: it.holds,
        selected: it.selected,
    });
    ui::FieldView {
        boxes: model(boxes),
        rest: (&field.rest).into(),
        told: (&field.told).into(),
        wrong: field.wrong,
        whole: field.whole,
        value: (&field.value).into(),
    }
}

pub(super) fn model<T: Clone + 'static>(items: impl Iterator<Item = T>) -> ModelRc<T> {
    ModelRc::new(items.collect::<VecModel<T>>())
}

pub(super) fn pair(pair: &Explanation) -> ui::Pair {
    ui::Pair {
        what: (&pair.what).into(),
        next: (&pair.next).into(),
    }
}

fn step(step: StepState) -> ui::Step {
    match step {
        StepState::Ahead => ui::Step::Ahead,
        StepState::Now => ui::Step::Now,
        StepState::Over => ui::Step::Over,
    }
}

fn tone(tone: Tone) -> ui::Tone {
    match tone {
        Tone::Plain => ui::Tone::Plain,
        Tone::Good => ui::Tone::Good,
        Tone::Amber => ui::Tone::Amber,
        Tone::Red => ui::Tone::Red,
    }
}
