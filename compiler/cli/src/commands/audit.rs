//! `anlan audit`: covenants against reported figures.

use crate::arguments::{ResultFormat, SchemeArguments};
use crate::failure::Failure;
use crate::scheme::{self, Runnable};
use crate::session::{Outcome, Session};
use crate::tables;
use anlan_compiler::money::Ratio;
use anlan_compiler::plan::Plan;
use anlan_compiler::plan::Use;
use anlan_compiler::report::audit::{self as report, Audit as Report, Finding, Gap, Verdict};
use anlan_lang::diag::Arg;
use anlan_lang::nearest::nearest;
use anlan_lang::tree::{Compare, Modality};
use serde_json::{Value, json};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Audit {
    #[command(flatten)]
    pub scheme: SchemeArguments,
    /// Reported figures: CSV `name,value[,key]` or a JSON object
    #[arg(long, value_name = "FILE")]
    pub figures: PathBuf,
    #[arg(long, value_name = "RESULT_FORMAT", value_enum, default_value_t)]
    pub format: ResultFormat,
}

impl Audit {
    /// Ends 1 where a binding covenant is broken.
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let Some(Runnable { plan, .. }) = scheme::runnable(&self.scheme, session)? else {
            return Ok(Outcome::Refused);
        };
        let plan = &plan;
        scheme::require_parameters(plan, Use::Figures)?;
        let figures = tables::figures(&self.figures)?;
        let audit = report::audit(plan, &figures);
        let text = match self.format {
            ResultFormat::Json => format!("{:#}\n", to_json(&audit)),
            ResultFormat::Human => human(&audit, session, plan),
        };
        session.print(&text)?;
        Ok(Outcome::found_if(audit.broken()))
    }
}

/// A share as a percentage; a count or amount as a number.
fn arg(ratio: Ratio) -> Arg {
    if ratio.denominator() == 1 && ratio.numerator().abs() > 1 {
        return Arg::Text(ratio.numerator().to_string());
    }
    Arg::Ratio {
        numerator: ratio.numerator(),
        denominator: ratio.denominator(),
    }
}

fn to_json(audit: &Report) -> Value {
    let findings: Vec<Value> = audit.findings.iter().map(finding_json).collect();
    let metrics: Vec<Value> = audit
        .metrics
        .iter()
        .map(|(name, key, value)| json!({"name": name, "key": key, "value": value.to_string()}))
        .collect();
    json!({"covenants": findings, "metrics": metrics, "unread": audit.unread})
}

fn finding_json(finding: &Finding) -> Value {
    let (verdict, figure, bound) = match &finding.verdict {
        Verdict::Kept { figure, bound } => ("kept", Some(figure), Some(bound)),
        Verdict::Broken { figure, bound } => ("broken", Some(figure), Some(bound)),
        Verdict::Unknown(Gap::NotReported(_)) => ("not_reported", None, None),
        Verdict::Unknown(Gap::Unset(_)) => ("unset", None, None),
        Verdict::Unknown(Gap::Circular(_)) => ("circular", None, None),
        Verdict::Unknown(Gap::TooLarge(_)) => ("too_large", None, None),
    };
    json!({
        "covenant": finding.covenant,
        "key": finding.key,
        "verdict": verdict,
        "modality": finding.modality,
        "figure": figure.map(Ratio::to_string),
        "compare": finding.compare,
        "bound": bound.map(Ratio::to_string),
        "articles": finding.articles,
    })
}

fn human(audit: &Report, session: &Session, plan: &Plan) -> String {
    let mut lines = vec![session.text("audit-title", [("scheme", Arg::from(&plan.scheme.title))])];
    if audit.findings.is_empty() {
        lines.push(session.text("audit-none", []));
    }
    lines.extend(audit.findings.iter().map(|finding| line(finding, session)));
    for (name, key, value) in &audit.metrics {
        let args = [("name", Arg::from(subject(name, key))), ("value", arg(*value))];
        lines.push(session.text("audit-metric", args));
    }
    let known = plan
        .covenants
        .iter()
        .map(|c| c.id.as_str())
        .chain(plan.metrics.iter().map(|m| m.id.as_str()));
    let known: Vec<&str> = known.collect();
    for name in &audit.unread {
        let figure = ("figure", Arg::from(name.as_str()));
        lines.push(match nearest(name, known.iter().copied()) {
            Some(near) => session.text("audit-unread-near", [figure, ("near", Arg::from(near))]),
            None => session.text("audit-unread", [figure]),
        });
    }
    lines.join("\n") + "\n"
}

fn subject(name: &str, key: &str) -> String {
    if key.is_empty() {
        name.to_owned()
    } else {
        format!("{name}@{key}")
    }
}

fn line(finding: &Finding, session: &Session) -> String {
    let articles: String = finding.articles.iter().map(|a| format!(" @{a}")).collect();
    let name = ("name", Arg::from(subject(&finding.covenant, &finding.key)));
    let compare = match finding.compare {
        Compare::AtLeast => "≥",
        Compare::AtMost => "≤",
        Compare::Over => ">",
        Compare::Under => "<",
        Compare::Equal => "=",
    };
    let compare = ("compare", Arg::from(compare));
    let text = match &finding.verdict {
        Verdict::Kept { figure, bound } => session.text(
            "audit-kept",
            [name, compare, ("figure", arg(*figure)), ("bound", arg(*bound))],
        ),
        Verdict::Broken { figure, bound } => {
            let id = if finding.modality == Modality::Must {
                "audit-broken"
            } else {
                "audit-departed"
            };
            session.text(id, [name, compare, ("figure", arg(*figure)), ("bound", arg(*bound))])
        }
        Verdict::Unknown(Gap::NotReported(figure)) => {
            session.text("audit-not-reported", [name, ("figure", Arg::from(figure.as_str()))])
        }
        Verdict::Unknown(Gap::Unset(parameter)) => {
            session.text("audit-unset", [name, ("parameter", Arg::from(parameter.as_str()))])
        }
        Verdict::Unknown(Gap::Circular(metric)) => {
            session.text("audit-circular", [name, ("metric", Arg::from(metric.as_str()))])
        }
        Verdict::Unknown(Gap::TooLarge(_)) => session.text("audit-too-large", [name]),
    };
    text + &articles
}
