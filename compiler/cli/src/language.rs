//! Which language to speak, before the command line is understood.

use anlan_lang::texts::Language;
use std::ffi::OsString;

/// The locale's language (`LC_ALL`, then `LC_MESSAGES`, then `LANG`) where we speak it, else Chinese.
pub fn of_environment() -> Language {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    of_locale(
        &["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(set)
            .unwrap_or_default(),
    )
}

fn of_locale(locale: &str) -> Language {
    let language = locale.split(['_', '.', '-', '@']).next().unwrap_or_default();
    if language.eq_ignore_ascii_case("en") {
        Language::En
    } else {
        Language::Zh
    }
}

/// `--lang` as written, for help and for a command line that is wrong elsewhere.
pub fn asked(arguments: &[OsString]) -> Option<Language> {
    let mut arguments = arguments.iter().filter_map(|a| a.to_str());
    while let Some(argument) = arguments.next() {
        if argument == "--lang" {
            return arguments.next()?.parse().ok();
        }
        if let Some(value) = argument.strip_prefix("--lang=") {
            return value.parse().ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_decides_and_chinese_is_the_default() {
        for (locale, language) in [
            ("en_US.UTF-8", Language::En),
            ("en", Language::En),
            ("zh_CN.UTF-8", Language::Zh),
            ("C.UTF-8", Language::Zh),
            ("fr_FR", Language::Zh),
            ("", Language::Zh),
        ] {
            assert_eq!(of_locale(locale), language, "{locale}");
        }
    }

    #[test]
    fn the_option_is_found_anywhere_on_the_line() {
        let asked_of = |words: &[&str]| asked(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked_of(&["anlan", "check", "--lang", "en"]), Some(Language::En));
        assert_eq!(asked_of(&["anlan", "--lang=zh", "check"]), Some(Language::Zh));
        assert_eq!(asked_of(&["anlan", "--lang", "de"]), None);
        assert_eq!(asked_of(&["anlan", "check"]), None);
    }
}
