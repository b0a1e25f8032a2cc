//! The keyboard: everything that the window can do has a key.

use super::journey::{Action, JourneyEvent, Key};

/// What a key does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum KeyCommand {
    /// Goes to the journey.
    Input(KeyInput),
    /// Pastes from the clipboard.
    Paste,
}

/// The [`JourneyEvent`]s that keys cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyInput {
    Key(Key),
    Enter,
    Action(Action),
}

impl From<KeyInput> for JourneyEvent {
    fn from(input: KeyInput) -> Self {
        match input {
            KeyInput::Key(key) => Self::Key(key),
            KeyInput::Enter => Self::Enter,
            KeyInput::Action(action) => Self::Action(action),
        }
    }
}

/// What the meaning of a key depends on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct KeyContext {
    /// Whether the field has the focus.
    pub(super) in_field: bool,
    /// Whether a scanner is sending.
    pub(super) bursting: bool,
    /// Whether there is a support line to copy.
    pub(super) refused: bool,
    /// Whether Ctrl is held down.
    pub(super) control: bool,
    /// Whether Alt or a similar key is held down.
    pub(super) alt: bool,
}

/// What a key does; `None` leaves it to the element that has the focus.
pub(super) fn command_for(text: &str, context: KeyContext) -> Option<KeyCommand> {
    use slint::platform::Key as Code;
    let mut characters = text.chars();
    let (character, None) = (characters.next()?, characters.next()) else {
        return None;
    };
    let is = |code: Code| character == char::from(code);
    let KeyContext {
        in_field,
        bursting,
        refused,
        control,
        alt,
    } = context;
    if control && !alt {
        return match character.to_ascii_lowercase() {
            'v' | '\u{16}' => Some(KeyCommand::Paste),
            'c' | '\u{3}' if refused => Some(KeyCommand::Input(KeyInput::Action(Action::Copy))),
            _ => None,
        };
    }
    if control || alt {
        return None;
    }
    let function = [
        (Code::F1, Action::About),
        (Code::F2, Action::Language),
        (Code::F3, Action::Products),
        (Code::F5, Action::Again),
        (Code::F6, Action::Mirror),
        (Code::F7, Action::Cameras),
        (Code::Escape, Action::Back),
    ];
    if let Some((_, action)) = function.into_iter().find(|(code, _)| is(*code)) {
        return Some(KeyCommand::Input(KeyInput::Action(action)));
    }
    if is(Code::Return) {
        return (in_field || bursting).then_some(KeyCommand::Input(KeyInput::Enter));
    }
    let editing = [
        (Code::Backspace, Key::Backspace),
        (Code::Delete, Key::Delete),
        (Code::LeftArrow, Key::Left),
        (Code::RightArrow, Key::Right),
        (Code::Home, Key::Home),
        (Code::End, Key::End),
    ];
    if let Some((_, key)) = editing.into_iter().find(|(code, _)| is(*code)) {
        return in_field.then_some(KeyCommand::Input(KeyInput::Key(key)));
    }
    // Digits go to the field wherever the focus is, because a scanner cannot move
    // it.
    let digit = character.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&character);
    let private = ('\u{e000}'..='\u{f8ff}').contains(&character);
    let typed = digit || in_field && !character.is_control() && !private;
    typed.then_some(KeyCommand::Input(KeyInput::Key(Key::Character(character))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use slint::platform::Key as Code;

    fn of(text: &str, in_field: bool) -> Option<KeyCommand> {
        command_for(
            text,
            KeyContext {
                in_field,
                ..KeyContext::default()
            },
        )
    }

    #[test]
    fn a_scanner_reaches_the_field_wherever_the_focus_is() {
        for digit in ["7", "７"] {
            let typed =
                KeyCommand::Input(KeyInput::Key(Key::Character(digit.chars().next().unwrap())));
            assert_eq!(of(digit, false), Some(typed));
        }
        let enter = char::from(Code::Return).to_string();
        let bursting = KeyContext {
            bursting: true,
            ..KeyContext::default()
        };
        assert_eq!(
            command_for(&enter, bursting),
            Some(KeyCommand::Input(KeyInput::Enter))
        );
        // Otherwise Enter presses the button that has the focus.
        assert_eq!(of(&enter, false), None);
        assert_eq!(of(&enter, true), Some(KeyCommand::Input(KeyInput::Enter)));
    }

    #[test]
    fn every_action_of_the_window_has_a_key() {
        for (code, action) in [
            (Code::F1, Action::About),
            (Code::F2, Action::Language),
            (Code::F3, Action::Products),
            (Code::F5, Action::Again),
            (Code::F6, Action::Mirror),
            (Code::F7, Action::Cameras),
            (Code::Escape, Action::Back),
        ] {
            let text = char::from(code).to_string();
            assert_eq!(
                of(&text, false),
                Some(KeyCommand::Input(KeyInput::Action(action)))
            );
        }
    }

    #[test]
    fn the_clipboard_works_anywhere_and_tab_stays_tab() {
        let control = KeyContext {
            control: true,
            ..KeyContext::default()
        };
        assert_eq!(command_for("v", control), Some(KeyCommand::Paste));
        assert_eq!(command_for("c", control), None);
        let refused = KeyContext {
            refused: true,
            ..control
        };
        let copy = KeyCommand::Input(KeyInput::Action(Action::Copy));
        assert_eq!(command_for("c", refused), Some(copy));
        for code in [Code::Tab, Code::Backtab, Code::UpArrow, Code::Shift] {
            assert_eq!(of(&char::from(code).to_string(), true), None);
        }
        assert_eq!(of("c", false), None);
    }
}
