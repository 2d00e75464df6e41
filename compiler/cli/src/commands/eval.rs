//! `anlan eval`: one claim: amounts, steps, articles.

use crate::arguments::{DecisionArguments, ResultFormat, SchemeArguments};
use crate::claims::json::{self, NotFlat};
use crate::contracts::{self, Terms};
use crate::failure::Failure;
use crate::grid::Grid;
use crate::load::text_file;
use crate::scheme::{self, Runnable};
use crate::session::{Outcome, Session};
use anlan_compiler::evaluate::record::Reader;
use anlan_compiler::evaluate::{Assessment, Inputs, Line, Reason, Record, Refusal, TraceStep, Value, Wording, assess};
use anlan_compiler::plan::Plan;
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::texts::{self, Language};
use serde_json::{Value as Json, json};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Eval {
    #[command(flatten)]
    pub scheme: SchemeArguments,
    #[command(flatten)]
    pub decisions: DecisionArguments,
    /// A flat JSON object, or a file that holds one.
    #[arg(long, value_name = "CLAIM")]
    pub claim: String,
    /// Bases of the premium, where an amount is a multiple of it
    #[arg(long, value_name = "FILE")]
    pub bases: Vec<PathBuf>,
    #[arg(long)]
    pub explain: bool,
    #[arg(long, value_name = "RESULT_FORMAT", value_enum, default_value_t)]
    pub format: ResultFormat,
}

impl Eval {
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        scheme::bases_for_each(&self.scheme, &self.bases)?;
        let Some(mut runs) = scheme::runnables(&self.scheme, session)? else {
            return Ok(Outcome::Refused);
        };
        let run = match self.chosen(&mut runs)? {
            Ok(run) => run,
            Err(findings) => return scheme::refuse(session, findings),
        };
        let plan = &run.plan;
        let decisions = scheme::decisions(plan, &self.decisions)?;
        let bases = match run.bases(&self.bases, &decisions)? {
            Ok(bases) => bases,
            Err(why) => return scheme::refuse(session, why),
        };
        let inputs = Inputs {
            decisions,
            bases,
            earlier: None,
        };
        let record = match claim(plan, &self.claim)? {
            Ok(record) => record,
            Err(findings) => return scheme::refuse(session, findings),
        };
        let assessment = assess(plan, &inputs, &record).map_err(|refusal| run.failed(refusal))?;
        let shown = Shown {
            plan,
            lang: session.lang,
            assessment: &assessment,
        };
        let text = match self.format {
            ResultFormat::Json => format!("{:#}\n", shown.json()),
            ResultFormat::Human => shown.human(session, self.explain),
        };
        session.print(&text)?;
        Ok(Outcome::Clean)
    }

    /// The scheme, of several contracts with the one in force on the claim's date of loss; `Err` with why the claim is
    /// refused.
    fn chosen(&self, runs: &mut Vec<Runnable>) -> Result<Result<Runnable, Vec<Finding>>, Failure> {
        let terms = Terms::of(runs)?;
        let mut at = 0;
        if let [run, _, ..] = runs.as_slice() {
            let record = match claim(&run.plan, &self.claim)? {
                Ok(record) => record,
                Err(findings) => return Ok(Err(findings)),
            };
            let date = Reader::new(&run.plan).column("date");
            let date = date.and_then(|date| record.values.get(date.index())?.as_ref());
            let Some(Value::Date(moment)) = date else {
                return Ok(Err(vec![Refusal::new(codes::V034).finding()]));
            };
            at = terms.at(contracts::number(moment.day()));
        }
        match runs.get(at) {
            Some(_) => Ok(Ok(runs.swap_remove(at))),
            None => Err(Failure::new(codes::X021).path(&self.scheme.scheme)),
        }
    }
}

/// Reads the claim, given in place or in a file; `Err` with every field that is refused.
fn claim(plan: &Plan, argument: &str) -> Result<Result<Record, Vec<Finding>>, Failure> {
    // A list is as wrong here as in a file, and is not the name of one.
    let in_place = argument.trim_start().starts_with(['{', '[']) && !Path::new(argument).exists();
    let (name, text) = match in_place {
        true => ("--claim".to_owned(), argument.to_owned()),
        false => (argument.to_owned(), text_file(Path::new(argument))?),
    };
    let text = text.trim_start_matches('\u{feff}');
    let fields = json::object(text).map_err(|error| not_flat(error, name, text))?;
    let pairs = fields.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let (record, unknown) = Reader::new(plan).object(pairs);
    let mut findings: Vec<Finding> = Vec::new();
    for mut refusal in unknown {
        // In a file of claims an unknown column is told and left alone; of one claim it is likely a slip.
        refusal.code = codes::V014;
        findings.push(refusal.finding());
    }
    match record {
        Ok(record) if findings.is_empty() => Ok(Ok(record)),
        Ok(_) => Ok(Err(findings)),
        Err(refusals) => {
            findings.extend(refusals.iter().map(anlan_compiler::evaluate::Refusal::finding));
            Ok(Err(findings))
        }
    }
}

fn not_flat(error: NotFlat, name: String, text: &str) -> Failure {
    match error {
        NotFlat::Nested(field) => Failure::new(codes::V063).arg("field", field),
        NotFlat::Malformed { line, column, .. } => {
            let before: usize = text
                .split_inclusive('\n')
                .take(line.saturating_sub(1))
                .map(str::len)
                .sum();
            let at = (before + column.saturating_sub(1)).min(text.len());
            let at = (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
            let end = text
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .map_or(at, |c| at + c.len_utf8());
            Failure::new(codes::V076)
                .arg("name", name.clone())
                .at(name, text, at..end)
        }
    }
}

/// An assessment in a language.
struct Shown<'a> {
    plan: &'a Plan,
    lang: Language,
    assessment: &'a Assessment,
}

impl Shown<'_> {
    fn wording(&self, wording: &Wording) -> String {
        texts::text(self.lang, wording.id, &wording.args)
    }

    /// DESIGN, data contract
    fn json(&self) -> Json {
        let covers: Vec<&str> = self
            .assessment
            .lines
            .iter()
            .map(|line| self.plan.cover_id(line.cover))
            .collect();
        let reason = self.assessment.reason.as_ref();
        json!({
            "cover": if covers.is_empty() { Json::Null } else { Json::from(covers.join("+")) },
            "benefit": self.assessment.benefit.to_string(),
            "lines": self.assessment.lines.iter().map(|line| self.line(line)).collect::<Vec<_>>(),
            "reason": reason.map(|reason| reason_text(self.lang, reason)),
            "reason_code": reason.map(|reason| reason.code.clone()),
            "notes": self.assessment.notes.iter().map(|note| self.wording(note)).collect::<Vec<_>>(),
        })
    }

    fn line(&self, line: &Line) -> Json {
        json!({
            "cover": self.plan.cover_id(line.cover),
            "harm": self.plan.harm_id(line.harm),
            "amount": line.amount.to_string(),
            "steps": line.steps.iter().map(|step| self.step(step)).collect::<Vec<_>>(),
        })
    }

    fn step(&self, step: &TraceStep) -> Json {
        let article = (!step.articles.is_empty()).then(|| step.articles.join("、"));
        json!({"rule": self.wording(&step.rule), "amount": step.amount.to_string(), "article": article})
    }

    fn human(&self, session: &Session, explain: bool) -> String {
        let mut text = String::new();
        let mut add = |line: String| {
            text.push_str(&line);
            text.push('\n');
        };
        add(session.text(
            "eval-benefit",
            [("amount", Arg::Text(self.assessment.benefit.to_string()))],
        ));
        for line in &self.assessment.lines {
            let Some(cover) = self.plan.covers.get(line.cover.index()) else {
                continue;
            };
            let text = match cover.source.articles.is_empty() {
                true => "eval-cover-uncited",
                false => "eval-cover",
            };
            let articles = Arg::from(cover.source.articles.clone());
            add(session.text(text, [("cover", Arg::from(&cover.name)), ("articles", articles)]));
            if explain {
                add(self.steps(session, line));
            }
        }
        if let Some(reason) = &self.assessment.reason {
            add(session.text("eval-reason", [("text", Arg::Text(reason_text(self.lang, reason)))]));
            if explain && !reason.articles.is_empty() {
                add(session.text("note-articles", [("text", Arg::from(reason.articles.clone()))]));
            }
        }
        for note in &self.assessment.notes {
            add(session.text("eval-note", [("text", Arg::Text(self.wording(note)))]));
        }
        text
    }

    fn steps(&self, session: &Session, line: &Line) -> String {
        let heading = ["eval-step", "eval-amount", "eval-article"].map(|id| session.text(id, []));
        let mut grid = Grid::new(String::new());
        grid.heading(heading.to_vec());
        for step in &line.steps {
            grid.row(vec![
                self.wording(&step.rule),
                step.amount.to_string(),
                step.articles.join("、"),
            ]);
        }
        grid.to_string().trim_matches('\n').to_owned()
    }
}

/// The reason with its further sentences.
pub fn reason_text(lang: Language, reason: &Reason) -> String {
    let separator = match lang {
        Language::Zh => "；",
        Language::En => "; ",
    };
    let all = std::iter::once(&reason.text).chain(&reason.also);
    all.map(|wording| texts::text(lang, wording.id, &wording.args))
        .collect::<Vec<_>>()
        .join(separator)
}
