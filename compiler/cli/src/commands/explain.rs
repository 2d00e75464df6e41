//! `anlan explain`: one code with a wrong and a right example, or all codes.

use crate::failure::Failure;
use crate::render::severity_word;
use crate::session::{Outcome, Session};
use anlan_compiler::analyse::explain;
use anlan_lang::diag::{Arg, Code, codes};
use anlan_lang::nearest::nearest;
use anlan_lang::texts::{self, Language};

#[derive(Debug, clap::Args)]
pub struct Explain {
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

impl Explain {
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        match &self.code {
            Some(code) => page(session, code),
            None => index(session),
        }?;
        Ok(Outcome::Clean)
    }
}

fn page(session: &mut Session, asked: &str) -> Result<(), Failure> {
    let asked = asked.to_uppercase();
    let known = || codes::ALL.iter().map(|(Code(code), _)| *code);
    let Some(code) = known().find(|code| *code == asked) else {
        let failure = Failure::new(codes::X030).arg("code", asked.clone());
        return Err(match nearest(&asked, known()) {
            Some(near) => failure.arg("near", near).helped("near"),
            None => failure,
        });
    };
    match explain::page(code, session.lang) {
        Some(page) => session.print(&page),
        None => index_line(session, Code(code)),
    }
}

fn index(session: &mut Session) -> Result<(), Failure> {
    codes::ALL.iter().try_for_each(|(code, _)| index_line(session, *code))
}

/// The code, its default severity and what it says: its page's title, or its message with `…` for what differs from
/// case to case.
fn index_line(session: &mut Session, code: Code) -> Result<(), Failure> {
    let severity = texts::plain(session.lang, severity_word(codes::severity(code)));
    let title = explain::find(code.0).map(|page| match session.lang {
        Language::Zh => page.zh.title,
        Language::En => page.en.title,
    });
    let title = title.unwrap_or_else(|| texts::outline(session.lang, code.0));
    let line = session.text(
        "explain-index",
        [
            ("code", Arg::from(code.0)),
            ("severity", Arg::from(severity)),
            ("message", Arg::from(title)),
        ],
    );
    session.line(&line)
}
