//! `anlan questions`: the decisions still to take, as a questionnaire for the drafter.

use crate::arguments::SchemeArguments;
use crate::failure::Failure;
use crate::render::Lines;
use crate::scheme;
use crate::session::{Outcome, Session};
use anlan_compiler::report::questions::{Question, questionnaire};
use anlan_lang::diag::{Arg, Finding, codes};
use clap::ValueEnum;
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Questions {
    #[command(flatten)]
    pub scheme: SchemeArguments,
    #[arg(long, value_name = "QUESTIONS_FORMAT", value_enum, default_value_t)]
    pub format: QuestionsFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum QuestionsFormat {
    #[default]
    Human,
    Json,
    /// Markdown, to be printed and filled in
    Md,
}

impl Questions {
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let Some(readable) = scheme::readable(&self.scheme, &[], session)? else {
            return Ok(Outcome::Refused);
        };
        let units = &readable.compiled.units;
        let Some(unit) = units.get(readable.unit) else {
            return Err(Failure::new(codes::X021).path(&self.scheme.scheme));
        };
        // With a contract, the scheme's own questions and those that the contract raises.
        let implemented = unit.scope.implements();
        let of_scheme = implemented.and_then(|scheme| {
            units
                .iter()
                .find(|other| other.file == scheme.file && other.name == scheme.name())
        });
        let found: Vec<&Finding> = of_scheme
            .into_iter()
            .chain([unit])
            .flat_map(|unit| &unit.findings)
            .collect();
        let questions = questionnaire(found, session.lang);
        let lines = Lines::new(&readable.loaded);
        let at = |question: &Question| {
            let position = question.place.and_then(|place| lines.position(place))?;
            Some((position.file, position.line, position.column))
        };
        match self.format {
            QuestionsFormat::Json => {
                let all: Vec<Value> = questions
                    .iter()
                    .map(|question| as_json(question, at(question)))
                    .collect();
                session.line(&json!({ "scheme": unit.name, "questions": all }).to_string())?;
            }
            QuestionsFormat::Human => human(session, &unit.name, &questions, at)?,
            QuestionsFormat::Md => markdown(session, &unit.name, &questions, at)?,
        }
        Ok(Outcome::Clean)
    }
}

/// File, line and column, from 1.
type At = Option<(String, usize, usize)>;

fn as_json(question: &Question, at: At) -> Value {
    let mut value = serde_json::to_value(question).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        let (file, line, column) = at.map_or((None, None, None), |(f, l, c)| (Some(f), Some(l), Some(c)));
        fields.insert("file".into(), file.into());
        fields.insert("line".into(), line.into());
        fields.insert("column".into(), column.into());
    }
    value
}

fn count(n: usize) -> Arg {
    Arg::Count(i64::try_from(n).unwrap_or(i64::MAX))
}

fn head(session: &Session, scheme: &str, questions: &[Question]) -> String {
    let id = if questions.is_empty() {
        "questions-none"
    } else {
        "questions-head"
    };
    session.text(id, [("scheme", scheme.into()), ("count", count(questions.len()))])
}

fn line_of(session: &Session, id: &str, text: &str) -> String {
    session.text(id, [("text", text.into())])
}

/// Articles and place, as far as known.
fn origin(session: &Session, question: &Question, at: At) -> Vec<String> {
    let articles = (!question.articles.is_empty())
        .then(|| session.text("questions-articles", [("text", Arg::from(question.articles.clone()))]));
    let place = at.map(|(file, line, column)| line_of(session, "questions-place", &format!("{file}:{line}:{column}")));
    articles.into_iter().chain(place).collect()
}

fn human(
    session: &mut Session,
    scheme: &str,
    questions: &[Question],
    at: impl Fn(&Question) -> At,
) -> Result<(), Failure> {
    let head = head(session, scheme, questions);
    session.line(&head)?;
    for question in questions {
        session.line("")?;
        session.line(&format!(
            "{}. {} [{}]",
            question.number, question.question, question.code
        ))?;
        let why = question.why.iter().map(|why| line_of(session, "questions-why", why));
        let mut lines: Vec<String> = why.collect();
        lines.extend(answer_lines(session, question));
        lines.extend(origin(session, question, at(question)));
        for line in lines {
            session.line(&format!("   {line}"))?;
        }
    }
    footer(session, questions)
}

fn answer_lines(session: &Session, question: &Question) -> Vec<String> {
    let answers = question.answers.iter().zip(('A'..='Z').map(String::from));
    let answers = answers.map(|(answer, letter)| {
        let args = [
            ("letter", Arg::from(letter)),
            ("answer", Arg::from(answer.answer.clone())),
            ("clause", Arg::from(answer.clause.clone())),
        ];
        session.text("questions-answer", args)
    });
    answers.chain(question.help.clone()).collect()
}

fn footer(session: &mut Session, questions: &[Question]) -> Result<(), Failure> {
    if questions.is_empty() {
        return Ok(());
    }
    let silent = session.text("questions-silent", []);
    session.line("")?;
    session.line(&silent)
}

fn markdown(
    session: &mut Session,
    scheme: &str,
    questions: &[Question],
    at: impl Fn(&Question) -> At,
) -> Result<(), Failure> {
    let title = session.text("questions-title", [("scheme", scheme.into())]);
    session.line(&format!("# {title}\n"))?;
    let head = head(session, scheme, questions);
    session.line(&head)?;
    for question in questions {
        session.line(&format!("\n## {}. {}\n", question.number, question.question))?;
        if let Some(why) = &question.why {
            let why = line_of(session, "questions-why", why);
            session.line(&format!("{why}\n"))?;
        }
        for answer in &question.answers {
            // A clause of the language may hold a `|` or a `*`, never a backtick.
            session.line(&format!("- [ ] {} — `{}`", answer.answer, answer.clause))?;
        }
        if let Some(help) = &question.help {
            session.line(help)?;
        }
        let mut origin = origin(session, question, at(question));
        origin.push(question.code.to_owned());
        session.line(&format!("\n<sub>{}</sub>", origin.join(" · ")))?;
    }
    footer(session, questions)
}
