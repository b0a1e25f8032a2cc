//! The program's messages, in Japanese and English.
//!
//! Every message is a pair: what happened (the value), and what to do next (the
//! attribute `next`). The texts are Fluent files, compiled in. A test ensures that
//! every error id has its pair in both languages.

use crate::activation::{HResult, Label};
use crate::advice::{Advice, Fact};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A language of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Japanese.
    Ja,
    /// English.
    En,
}

impl Lang {
    /// All languages, the primary one first.
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// The language of a locale such as `ja_JP.UTF-8`; English unless it is
    /// Japanese.
    pub fn of_locale(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("ja") {
            Self::Ja
        } else {
            Self::En
        }
    }

    /// The language of this system; Japanese if it does not say, since most users
    /// are in Japan.
    pub fn of_system() -> Self {
        sys_locale::get_locale().map_or(Self::Ja, |locale| Self::of_locale(&locale))
    }

    /// The other language, to switch to.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Ja => Self::En,
            Self::En => Self::Ja,
        }
    }

    /// `ja` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    fn identifier(self) -> LanguageIdentifier {
        self.code().parse().unwrap_or_default()
    }

    fn sources(self) -> &'static [&'static str] {
        match self {
            Self::Ja => &[
                include_str!("ja/errors.ftl"),
                include_str!("ja/hresult.ftl"),
                include_str!("ja/words.ftl"),
                include_str!("ja/cli.ftl"),
                include_str!("ja/help.ftl"),
                include_str!("ja/practice.ftl"),
                include_str!("ja/licensing.ftl"),
                include_str!("ja/window.ftl"),
                include_str!("ja/camera.ftl"),
                include_str!("ja/page.ftl"),
                include_str!("ja/trip.ftl"),
                include_str!("ja/keyed.ftl"),
                include_str!("ja/paper.ftl"),
            ],
            Self::En => &[
                include_str!("en/errors.ftl"),
                include_str!("en/hresult.ftl"),
                include_str!("en/words.ftl"),
                include_str!("en/cli.ftl"),
                include_str!("en/help.ftl"),
                include_str!("en/practice.ftl"),
                include_str!("en/licensing.ftl"),
                include_str!("en/window.ftl"),
                include_str!("en/camera.ftl"),
                include_str!("en/page.ftl"),
                include_str!("en/trip.ftl"),
                include_str!("en/keyed.ftl"),
                include_str!("en/paper.ftl"),
            ],
        }
    }
}

/// A message pair.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explanation {
    /// What happened, or what it means.
    pub what: String,
    /// What to do next.
    pub next: String,
}

/// The messages of one language.
pub struct Messages {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Messages {
    /// Loads a language.
    pub fn new(lang: Lang) -> Self {
        let mut bundle = FluentBundle::new(vec![lang.identifier()]);
        // Isolation marks are bidi controls, which must not reach a terminal.
        bundle.set_use_isolating(false);
        for source in lang.sources() {
            // Tests catch a language file that does not parse; what did parse is
            // used anyway.
            let resource = FluentResource::try_new((*source).to_owned())
                .unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { lang, bundle }
    }

    /// Which language this is.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A message without facts; the id itself if there is no such message.
    pub fn say(&self, id: &str) -> String {
        self.say_with(id, &[])
    }

    /// A message with facts.
    pub fn say_with(&self, id: &str, facts: &[(&'static str, Fact)]) -> String {
        self.find(id, None, facts).unwrap_or_else(|| id.to_owned())
    }

    /// The name of a product, or the phrase for an unnamed one.
    pub fn product_name(&self, name: Option<&Label>) -> String {
        name.map_or_else(|| self.say("trip-unnamed-product"), ToString::to_string)
    }

    /// The message of this id, if there is one.
    pub fn find_plain(&self, id: &str) -> Option<String> {
        self.find(id, None, &[])
    }

    /// The pair of this id.
    pub fn pair(&self, id: &str, facts: &[(&'static str, Fact)]) -> Explanation {
        Explanation {
            what: self.say_with(id, facts),
            next: self.find(id, Some("next"), facts).unwrap_or_default(),
        }
    }

    /// The pair of this id for one face of the program (`FACE-ID`) if it has its own,
    /// otherwise the common one.
    pub fn pair_for(&self, face: &str, id: &str, facts: &[(&'static str, Fact)]) -> Explanation {
        let own = format!("{face}-{id}");
        let id = if self.bundle.has_message(&own) {
            &own
        } else {
            id
        };
        self.pair(id, facts)
    }

    /// The pair of an error.
    pub fn explain(&self, error: &dyn Advice) -> Explanation {
        self.pair(error.id(), &error.facts())
    }

    /// The pair of a Windows result code.
    pub fn explain_code(&self, code: HResult) -> Explanation {
        self.pair(code.message_id(), &[("code", code.to_string().into())])
    }

    fn find(
        &self,
        id: &str,
        attribute: Option<&str>,
        facts: &[(&'static str, Fact)],
    ) -> Option<String> {
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            None => message.value()?,
            Some(name) => message.get_attribute(name)?.value(),
        };
        let mut arguments = FluentArgs::new();
        for (name, fact) in facts {
            let value = match fact {
                Fact::Number(number) => FluentValue::from(*number),
                Fact::Text(text) => FluentValue::from(text.as_str()),
            };
            arguments.set(*name, value);
        }
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&arguments), &mut errors);
        Some(text.into_owned())
    }
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Messages({})", self.lang.code())
    }
}

#[cfg(test)]
mod tests;
