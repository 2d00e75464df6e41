//! Help and the errors of the command line in the user's language.
//!
//! clap knows no language. So a line that parses never pays for this; otherwise the command is given the catalogue's
//! texts (message `command-NAME`, one attribute for each argument) and asked again.

use crate::arguments::Cli;
use crate::failure::Failure;
use crate::session::{Outcome, Session};
use anlan_lang::diag::{Args, Code, codes};
use anlan_lang::texts::{self, Language};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};
use std::ffi::OsString;

/// What clap could not take: help or the version, printed; anything else a failure.
pub fn answer(session: &mut Session, error: &clap::Error, arguments: &[OsString]) -> Result<Outcome, Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp => {
            let help = help(session.lang, arguments);
            session.print(&help).map(|()| Outcome::Clean)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            eprint!("{}", help(session.lang, arguments));
            Ok(Outcome::Refused)
        }
        ErrorKind::DisplayVersion => {
            let version = error.to_string();
            session.print(&version).map(|()| Outcome::Clean)
        }
        kind => Err(misuse(session.lang, kind, error)),
    }
}

fn help(lang: Language, arguments: &[OsString]) -> String {
    match localised(lang).try_get_matches_from(arguments) {
        Err(error) => error
            .to_string()
            .replace("[OPTIONS]", &texts::plain(lang, "help-usage-options")),
        Ok(_) => String::new(),
    }
}

fn misuse(lang: Language, kind: ErrorKind, error: &clap::Error) -> Failure {
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => texts.first().cloned(),
        _ => None,
    };
    let argument = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::Strings(names)) => texts::list(lang, names.iter().map(|name| worded(lang, name))),
        _ => worded(lang, &context(ContextKind::InvalidArg).unwrap_or_default()),
    };
    let near = context(ContextKind::SuggestedArg).or_else(|| context(ContextKind::SuggestedSubcommand));
    let failure = |code: Code| {
        let failure = Failure::new(code).arg("argument", argument.clone());
        match &near {
            Some(near) => failure.arg("near", near.clone()).helped("near"),
            None => failure,
        }
    };
    match kind {
        ErrorKind::UnknownArgument | ErrorKind::TooManyValues => failure(codes::X001),
        ErrorKind::InvalidSubcommand => {
            failure(codes::X002).arg("argument", context(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = context(ContextKind::InvalidValue).unwrap_or_default();
            let allowed = match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(texts)) if !texts.is_empty() => Some(texts.clone()),
                _ if argument.starts_with("--lang") || argument.starts_with("--keywords") => {
                    Some(vec!["zh".to_owned(), "en".to_owned()])
                }
                _ => None,
            };
            let code = if value.is_empty() { codes::X004 } else { codes::X003 };
            let failure = Failure::new(code).arg("argument", argument).arg("value", value);
            match allowed {
                Some(allowed) => failure.arg("allowed", allowed).helped("allowed"),
                None => failure,
            }
        }
        ErrorKind::MissingRequiredArgument => failure(codes::X004),
        ErrorKind::ArgumentConflict => failure(codes::X005).arg(
            "other",
            worded(lang, &context(ContextKind::PriorArg).unwrap_or_default()),
        ),
        _ => Failure::new(codes::X006).arg("detail", error.kind().to_string()),
    }
}

/// clap's name of an argument in the user's words: `--format <FORMAT>` → `--format`, `<SCHEME>` → `方案`.
fn worded(lang: Language, argument: &str) -> String {
    let name = argument.split([' ', '=']).next().unwrap_or_default();
    let value = name.trim_matches(['<', '>', '[', ']', '.']);
    match format!("value-{value}") {
        id if value != name && texts::has(lang, &id) => texts::plain(lang, &id),
        _ => name.to_owned(),
    }
}

/// The whole command line with the catalogue's texts.
pub fn localised(lang: Language) -> Command {
    let mut command = Cli::command();
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(&name, |sub| describe(lang, sub, &format!("command-{name}")));
    }
    describe(lang, command, "command-anlan")
}

fn describe(lang: Language, command: Command, id: &str) -> Command {
    let has_commands = command.has_subcommands();
    let template = template(lang, &command);
    let command = command
        .about(texts::plain(lang, id))
        .help_template(template)
        .mut_args(|argument| {
            let help = texts::attribute(lang, id, argument.get_id().as_str(), &Args::new());
            let names: Option<Vec<String>> = argument.get_value_names().map(|names| {
                let word = |name: &clap::builder::Str| texts::plain(lang, &format!("value-{name}"));
                names.iter().map(word).collect()
            });
            let argument = argument.help(help.unwrap_or_default());
            if !argument.get_action().takes_values() {
                return argument;
            }
            // Possible and default values stand in the help text, in its language.
            let argument = argument.hide_possible_values(true).hide_default_value(true);
            match names {
                Some(names) => argument.value_names(names),
                None => argument,
            }
        });
    if has_commands {
        command.subcommand_value_name(texts::plain(lang, "value-COMMAND"))
    } else {
        command
    }
}

fn template(lang: Language, command: &Command) -> String {
    let heading = |id: &str| texts::plain(lang, id);
    let mut template = format!("{{about}}\n\n{} {{usage}}\n", heading("help-usage"));
    if command.has_subcommands() {
        template += &format!("\n{}\n{{subcommands}}\n", heading("help-commands"));
    }
    if command.get_positionals().next().is_some() {
        template += &format!("\n{}\n{{positionals}}\n", heading("help-arguments"));
    }
    template + &format!("\n{}\n{{options}}\n", heading("help-options"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command and argument has its text in both languages.
    #[test]
    fn every_argument_is_described() {
        let command = Cli::command();
        let mut missing = Vec::new();
        for lang in Language::ALL {
            let mut look = |command: &Command, id: String| {
                if !texts::has(lang, &id) {
                    missing.push(id.clone());
                }
                for argument in command.get_arguments() {
                    if texts::attribute(lang, &id, argument.get_id().as_str(), &Args::new()).is_none() {
                        missing.push(format!("{id}.{}", argument.get_id()));
                    }
                    for name in argument.get_value_names().unwrap_or_default() {
                        if argument.get_action().takes_values() && !texts::has(lang, &format!("value-{name}")) {
                            missing.push(format!("value-{name}"));
                        }
                    }
                }
            };
            look(&command, "command-anlan".to_owned());
            command
                .get_subcommands()
                .for_each(|sub| look(sub, format!("command-{}", sub.get_name())));
        }
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn clap_finds_no_fault_with_the_command_line() {
        Cli::command().debug_assert();
        Language::ALL
            .into_iter()
            .for_each(|lang| localised(lang).debug_assert());
    }
}
