//! Help texts, which the language files hold under the names of commands and
//! arguments.

use super::args::Cli;
use crate::i18n::Messages;
use clap::{Arg, ArgAction, Command, CommandFactory};

/// The command line with its texts in one language.
pub(super) fn command(messages: &Messages) -> Command {
    let template = format!(
        "{{about}}\n\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        messages.say("help-usage-heading")
    );
    let options = messages.say("help-options-heading");
    let root = Cli::command()
        // Not `hikyaku.exe`, whatever the file is named.
        .bin_name("hikyaku")
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .global(true),
        )
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version),
        );
    with_texts(root, "help", &template, &options, messages)
}

fn with_texts(
    command: Command,
    path: &str,
    template: &str,
    options: &str,
    messages: &Messages,
) -> Command {
    let mut command = command
        .about(messages.say(path))
        .help_template(template.to_owned())
        .subcommand_help_heading(messages.say("help-commands-heading"))
        .mut_args(|arg| {
            // Same order as in the usage line: clap sorts arguments under a
            // heading by name.
            let arg = match arg.get_index() {
                Some(index) => arg.display_order(index),
                None => arg,
            };
            let own = format!("{path}-arg-{}", arg.get_id());
            let shared = format!("help-arg-{}", arg.get_id());
            let text = messages
                .find_plain(&own)
                .unwrap_or_else(|| messages.say(&shared));
            let heading = if arg.is_positional() {
                messages.say("help-arguments-heading")
            } else if arg.is_global_set() {
                messages.say("help-global-heading")
            } else {
                options.to_owned()
            };
            // The texts name values and defaults, in the person's language.
            let arg = arg.help(text).help_heading(heading);
            if arg.get_action().takes_values() {
                arg.hide_default_value(true).hide_possible_values(true)
            } else {
                arg
            }
        });
    if let Some(examples) = messages.find_plain(&format!("{path}-examples")) {
        let heading = messages.say("help-examples-heading");
        let indented = examples.replace('\n', "\n  ");
        command = command.after_help(format!("{heading}\n  {indented}"));
    }
    let names: Vec<String> = command
        .get_subcommands()
        .map(|subcommand| subcommand.get_name().to_owned())
        .collect();
    for name in names {
        let path = format!("{path}-{name}");
        command = command.mut_subcommand(name, |subcommand| {
            with_texts(subcommand, &path, template, options, messages)
        });
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn every_command_and_argument_has_its_text_in_both_languages() {
        for lang in Lang::ALL {
            let mut command = command(&Messages::new(lang));
            command.build();
            assert_texts(&command, lang);
        }
    }

    fn assert_texts(command: &Command, lang: Lang) {
        let about = command.get_about().expect("a text").to_string();
        assert!(!about.starts_with("help"), "{lang:?}: {about} is missing");
        for arg in command.get_arguments() {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(
                !help.is_empty() && !help.starts_with("help-"),
                "{lang:?}: {} {}: {help:?}",
                command.get_name(),
                arg.get_id()
            );
        }
        for subcommand in command.get_subcommands() {
            assert_texts(subcommand, lang);
        }
    }

    #[test]
    fn every_command_that_acts_shows_examples() {
        for lang in Lang::ALL {
            let command = command(&Messages::new(lang));
            for command in command.get_subcommands().flat_map(acting) {
                let name = command.get_name();
                assert!(command.get_after_help().is_some(), "{lang:?}: {name}");
            }
        }
    }

    /// The command itself, or its subcommands.
    fn acting(command: &Command) -> Vec<&Command> {
        if command.has_subcommands() {
            command.get_subcommands().collect()
        } else {
            vec![command]
        }
    }

    #[test]
    fn the_arguments_are_consistent() {
        command(&Messages::new(Lang::En)).debug_assert();
    }
}
