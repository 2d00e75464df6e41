//! Covenants against reported figures.

use crate::money::Ratio;
use crate::plan::{Bound, Covenant, FigureExpr, ParameterId, ParameterValue, Plan};
use anlan_lang::tree::{Compare, Modality};
use std::collections::{BTreeMap, BTreeSet};

/// One reported figure, such as `综合费用率 = 0.21`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub name: String,
    /// What it was reported for, where a covenant is `每 区县` or the like; empty otherwise.
    pub key: String,
    pub value: Ratio,
}

/// Why a figure could not be computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// Nobody reported it.
    NotReported(String),
    /// A parameter that no contract sets.
    Unset(String),
    /// A metric that reads itself.
    Circular(String),
    /// The value left the range of exact arithmetic.
    TooLarge(String),
}

/// One line of the audit: a covenant, for one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub covenant: String,
    pub key: String,
    pub modality: Modality,
    pub compare: Compare,
    pub articles: Vec<String>,
    pub verdict: Verdict,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Kept { figure: Ratio, bound: Ratio },
    Broken { figure: Ratio, bound: Ratio },
    Unknown(Gap),
}

/// The audit of all covenants, in the plan's order, and the metrics it computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    pub findings: Vec<Finding>,
    /// Metrics that the figures suffice for: (name, key, value).
    pub metrics: Vec<(String, String, Ratio)>,
    /// Figures that no covenant and no metric reads.
    pub unread: Vec<String>,
}

impl Audit {
    /// Whether a covenant that binds (必须) is broken.
    pub fn broken(&self) -> bool {
        self.findings
            .iter()
            .any(|f| f.modality == Modality::Must && matches!(f.verdict, Verdict::Broken { .. }))
    }
}

/// Checks every covenant against the figures. Of two figures with one name and key the last counts; the shell
/// refuses such files before.
pub fn audit(plan: &Plan, figures: &[Figure]) -> Audit {
    let reported: BTreeMap<(&str, &str), Ratio> = figures
        .iter()
        .map(|f| ((f.name.as_str(), f.key.as_str()), f.value))
        .collect();
    let keys: BTreeSet<&str> = figures.iter().map(|f| f.key.as_str()).collect();
    let reader = Reader {
        plan,
        reported: &reported,
    };
    let findings = plan.covenants.iter().flat_map(|c| reader.covenant(c, &keys)).collect();
    let metrics = plan
        .metrics
        .iter()
        .flat_map(|m| keys.iter().map(move |k| (m, *k)))
        .filter_map(|(m, k)| {
            Some((
                m.id.clone(),
                k.to_owned(),
                reader.value(&m.value, k, &mut vec![&m.id]).ok()?,
            ))
        })
        .collect();
    Audit {
        findings,
        metrics,
        unread: unread(plan, figures),
    }
}

fn unread(plan: &Plan, figures: &[Figure]) -> Vec<String> {
    let mut read = BTreeSet::new();
    for covenant in &plan.covenants {
        read.insert(covenant.id.as_str());
        names(&covenant.value, &mut read);
    }
    for metric in &plan.metrics {
        names(&metric.value, &mut read);
    }
    let unread: BTreeSet<&str> = figures
        .iter()
        .map(|f| f.name.as_str())
        .filter(|n| !read.contains(n))
        .collect();
    unread.into_iter().map(str::to_owned).collect()
}

fn names<'a>(expr: &'a FigureExpr, into: &mut BTreeSet<&'a str>) {
    match expr {
        FigureExpr::Figure(name) => {
            into.insert(name);
        }
        FigureExpr::Product(a, b) => {
            names(a, into);
            names(b, into);
        }
        FigureExpr::Sum(terms) => terms.iter().for_each(|(_, t)| names(t, into)),
        FigureExpr::Exact(_) | FigureExpr::Parameter(_) => {}
    }
}

struct Reader<'a> {
    plan: &'a Plan,
    reported: &'a BTreeMap<(&'a str, &'a str), Ratio>,
}

impl Reader<'_> {
    fn covenant(&self, covenant: &Covenant, keys: &BTreeSet<&str>) -> Vec<Finding> {
        // A keyed covenant has one line for each key reported; any other one line for the figure without a key.
        let lines: Vec<&str> = if covenant.per.is_empty() {
            vec![""]
        } else {
            let own: Vec<&str> = keys
                .iter()
                .copied()
                .filter(|k| self.reported.contains_key(&(covenant.id.as_str(), *k)))
                .collect();
            if own.is_empty() { vec![""] } else { own }
        };
        lines
            .into_iter()
            .map(|key| Finding {
                covenant: covenant.id.clone(),
                key: key.to_owned(),
                modality: covenant.modality,
                compare: covenant.compare,
                articles: covenant.source.articles.clone(),
                verdict: self.verdict(covenant, key),
            })
            .collect()
    }

    fn verdict(&self, covenant: &Covenant, key: &str) -> Verdict {
        let figure = self.figure(&covenant.id, key, &mut Vec::new());
        let bound = self.value(&covenant.value, key, &mut Vec::new());
        match (figure, bound) {
            (Err(gap), _) | (_, Err(gap)) => Verdict::Unknown(gap),
            (Ok(figure), Ok(bound)) => {
                let kept = match covenant.compare {
                    Compare::AtLeast => figure >= bound,
                    Compare::AtMost => figure <= bound,
                    Compare::Over => figure > bound,
                    Compare::Under => figure < bound,
                    Compare::Equal => figure == bound,
                };
                if kept {
                    Verdict::Kept { figure, bound }
                } else {
                    Verdict::Broken { figure, bound }
                }
            }
        }
    }

    /// A reported figure (for the key, else for the whole), else a metric of that name.
    fn figure<'b>(&'b self, name: &'b str, key: &str, open: &mut Vec<&'b str>) -> Result<Ratio, Gap> {
        if let Some(value) = self
            .reported
            .get(&(name, key))
            .or_else(|| self.reported.get(&(name, "")))
        {
            return Ok(*value);
        }
        if open.contains(&name) {
            return Err(Gap::Circular(name.to_owned()));
        }
        let Some(metric) = self.plan.metrics.iter().find(|m| m.id == name) else {
            return Err(Gap::NotReported(name.to_owned()));
        };
        open.push(name);
        let value = self.value(&metric.value, key, open);
        open.pop();
        value
    }

    fn value<'b>(&'b self, expr: &'b FigureExpr, key: &str, open: &mut Vec<&'b str>) -> Result<Ratio, Gap> {
        match expr {
            FigureExpr::Exact(ratio) => Ok(*ratio),
            FigureExpr::Figure(name) => self.figure(name, key, open),
            FigureExpr::Parameter(id) => self.parameter(*id),
            FigureExpr::Product(a, b) => {
                let (a, b) = (self.value(a, key, open)?, self.value(b, key, open)?);
                a.checked_mul(b).ok_or_else(|| Gap::TooLarge(format!("{a} × {b}")))
            }
            FigureExpr::Sum(terms) => terms.iter().try_fold(Ratio::ZERO, |sum, (negative, term)| {
                let term = self.value(term, key, open)?;
                let next = if *negative {
                    sum.checked_sub(term)
                } else {
                    sum.checked_add(term)
                };
                next.ok_or_else(|| Gap::TooLarge(format!("{sum} ± {term}")))
            }),
        }
    }

    fn parameter(&self, id: ParameterId) -> Result<Ratio, Gap> {
        let parameter = self.plan.parameters.get(id.index());
        let value = parameter.and_then(|p| p.value.as_ref());
        match value {
            Some(Bound::One(ParameterValue::Ratio(ratio))) => Ok(*ratio),
            Some(Bound::One(ParameterValue::Count(count))) => Ok(Ratio::integer(*count)),
            // Money figures are reported in 元.
            Some(Bound::One(ParameterValue::Money(fen))) => {
                Ratio::new(i128::from(fen.0), 100).ok_or_else(|| Gap::TooLarge(fen.to_string()))
            }
            _ => Err(Gap::Unset(parameter.map_or_else(String::new, |p| p.id.clone()))),
        }
    }
}
