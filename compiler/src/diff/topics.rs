//! Changed benefits as people read them: claims that differ only in their harm and grade are one topic with a table of
//! cases, and topics with the same cases are told together.

use super::model::Region;
use super::report::{Row, WitnessRow};
use super::store::Classes;
use super::words::Wording;
use crate::plan::FactKind;
use crate::resolve::id;
use serde::Serialize;

/// Claims of which each case is paid as its line says.
#[derive(Debug, Serialize)]
pub struct Topic {
    pub covers: Vec<String>,
    pub new_covers: Vec<String>,
    /// Which claims, one text for each box; with one case the case is part of the text.
    pub claims: Vec<String>,
    /// In the order of harms and grades
    pub cases: Vec<Case>,
    pub witness: Option<WitnessRow>,
}

/// One harm, perhaps some grades of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Case {
    /// Empty where the topic has one case
    pub text: String,
    pub old: String,
    pub new: String,
    pub direction: &'static str,
    pub change: String,
    pub range: Option<String>,
}

/// A case as it is compared: the facts of harm and grade, and the region that tells the payment.
type CaseKey = (Classes, usize);

/// Boxes with the same claims but for harm and grade.
struct Claims {
    rest: Classes,
    cases: Vec<CaseKey>,
    /// (region, box) of the first
    first: (usize, usize),
}

/// The topics of some regions of one kind; `rows` words each region. Ordered by the regions' own order, which is by money.
pub(crate) fn topics(wording: &Wording, regions: &[&Region], rows: &[Row]) -> Vec<Topic> {
    let case_levels: Vec<bool> = wording
        .difference
        .facts
        .iter()
        .map(|joint| wording.is_case(joint))
        .collect();
    let part = |classes: &Classes, of_case: bool| -> Classes {
        let levels = classes.iter().zip(&case_levels);
        levels
            .map(|(chosen, case)| chosen.clone().filter(|_| *case == of_case))
            .collect()
    };
    let mut all: Vec<Claims> = Vec::new();
    for (number, region) in regions.iter().enumerate() {
        for (place, one) in region.boxes.iter().enumerate() {
            let (rest, case) = (part(&one.classes, false), (part(&one.classes, true), number));
            let same = |claims: &&mut Claims| {
                let first = regions.get(claims.first.0);
                claims.rest == rest && first.is_some_and(|first| same_covers(first, region))
            };
            match all.iter_mut().find(same) {
                Some(claims) => claims.cases.push(case),
                None => all.push(Claims {
                    rest,
                    cases: vec![case],
                    first: (number, place),
                }),
            }
        }
    }
    for claims in &mut all {
        claims.cases.sort();
    }
    let mut grouped: Vec<Vec<Claims>> = Vec::new();
    for claims in all {
        let same = |known: &&mut Vec<Claims>| known.first().is_some_and(|first| first.cases == claims.cases);
        match grouped.iter_mut().find(same) {
            Some(known) => known.push(claims),
            None => grouped.push(vec![claims]),
        }
    }
    grouped
        .iter()
        .filter_map(|claims| topic(wording, regions, rows, claims))
        .collect()
}

fn same_covers(a: &Region, b: &Region) -> bool {
    (&a.old_covers, &a.new_covers) == (&b.old_covers, &b.new_covers)
}

fn topic(wording: &Wording, regions: &[&Region], rows: &[Row], claims: &[Claims]) -> Option<Topic> {
    let first = claims.first()?;
    let row = rows.get(first.first.0)?;
    let witness = regions.get(first.first.0)?.boxes.get(first.first.1)?.witness.as_ref();
    let alone = first.cases.len() == 1;
    let texts = claims.iter().map(|claims| {
        let case = claims.cases.first().filter(|_| alone);
        let whole: Classes = match case {
            Some((case, _)) => {
                let levels = claims.rest.iter().zip(case);
                levels
                    .map(|(rest, case)| rest.clone().or_else(|| case.clone()))
                    .collect()
            }
            None => claims.rest.clone(),
        };
        wording.region(&whole)
    });
    let cases = first.cases.iter().filter_map(|(classes, region)| {
        let row = rows.get(*region)?;
        Some(Case {
            text: match alone {
                true => String::new(),
                false => wording.region(classes),
            },
            old: row.old.clone(),
            new: row.new.clone(),
            direction: row.direction,
            change: row.change.clone(),
            range: row.range.clone(),
        })
    });
    let listed = |covers: &[String]| match covers {
        [one] => vec![one.clone()],
        covers => covers.iter().map(|cover| wording.new.listed(cover)).collect(),
    };
    Some(Topic {
        covers: listed(&row.covers),
        new_covers: listed(&row.new_covers),
        claims: texts.collect(),
        cases: cases.collect(),
        witness: witness.map(|shown| wording.witness(shown)),
    })
}

impl Wording<'_> {
    /// Whether the fact says what came of it and how grave that is: a case of a topic, not which claims it is about.
    fn is_case(&self, joint: &super::align::JointFact) -> bool {
        let Some((words, fact)) = self.declared(joint) else {
            return false;
        };
        let Some(declared) = words.plan.facts.get(fact.index()) else {
            return false;
        };
        match declared.kind {
            FactKind::Enumeration { domain, .. } => {
                let graded = words
                    .plan
                    .domains
                    .get(domain.index())
                    .is_some_and(|d| d.order.is_some());
                graded || declared.id == id::HARM
            }
            _ => false,
        }
    }
}
