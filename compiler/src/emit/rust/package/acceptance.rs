//! Each row by itself, and the rows that refuse one another.

use crate::assessment::{self, Alone, Line, Reason, lines_of, out_of_term};
use crate::claim::{Claim, Field, WIDE};
use crate::limits::{Key, LIMITS, Tier};
use crate::model::{Facts, Inputs, Refusal, Stop, Untraced, Value};
use crate::reading::Day;
use crate::rules;
use crate::scheme;
use crate::settlement::Row;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A claim that was looked at by itself.
pub struct Prepared<'a> {
    pub id: Option<&'a str>,
    pub state: Result<Accepted<'a>, Vec<Refusal>>,
}

pub struct Accepted<'a> {
    pub claim: Claim<'a>,
    pub day: Day,
    pub in_term: bool,
    pub lines: Vec<PreparedLine>,
    pub reason: Option<Reason>,
}

/// A line with the limits that it falls under.
pub struct PreparedLine {
    pub cover: usize,
    pub benefit: i64,
    /// By limit, the places in its rank tiers; `None` where the limit is not over the line
    pub ranks: Vec<Option<Vec<usize>>>,
    pub injury: Option<Injury>,
}

/// How severe an injury is (0 is the heaviest), and what the same claim would get one grade above.
#[derive(Clone, Copy)]
pub struct Injury {
    pub severity: usize,
    pub raised: i64,
}

/// One claim by itself; an error refuses the whole run.
pub fn accept<'a>(row: &Row<'a>, inputs: &Inputs) -> Result<Prepared<'a>, Refusal> {
    let rejected = |refusals| Prepared {
        id: row.id,
        state: Err(refusals),
    };
    let claim = match &row.claim {
        Ok(claim) => claim,
        Err(refusals) => return Ok(rejected(refusals.clone())),
    };
    let mut refusals = Vec::new();
    if row.id.is_none() {
        refusals.push(Refusal::new("V033"));
    }
    if let Err(refusal) = claim.check() {
        refusals.push(refusal);
        return Ok(rejected(refusals));
    }
    let Some(moment) = claim.moment_of_loss() else {
        refusals.push(Refusal::new("V034"));
        return Ok(rejected(refusals));
    };
    let found = prepare(claim, moment.day, inputs);
    match found.map_err(Stop::refusal) {
        Ok(accepted) if refusals.is_empty() => {
            return Ok(Prepared {
                id: row.id,
                state: Ok(accepted),
            });
        }
        Ok(_) => {}
        Err(refusal) => {
            let of_row = ["V020", "V021", "V022", "V023", "V031"];
            if !of_row.contains(&refusal.code) {
                return Err(refusal);
            }
            refusals.push(refusal);
        }
    }
    Ok(rejected(refusals))
}

fn prepare<'a>(claim: &Claim<'a>, day: Day, inputs: &Inputs) -> Result<Accepted<'a>, Stop> {
    let mut accepted = Accepted {
        claim: *claim,
        day,
        in_term: true,
        lines: Vec::new(),
        reason: None,
    };
    if scheme::POLICY_TERM && scheme::in_term(claim).is_none() {
        return Err(Stop::missing(scheme::DATE));
    }
    if out_of_term(claim) {
        accepted.in_term = false;
        accepted.reason = Some(Reason::OutOfTerm);
        return Ok(accepted);
    }
    let facts = Facts {
        claim,
        inputs,
        assumed: &[],
    };
    let found = lines_of(&facts, Alone::No)?;
    accepted.reason = found.reason;
    let mut lacking = BTreeSet::new();
    for line in found.lines.as_slice() {
        accepted.lines.push(limits_of(&facts, line, &mut lacking)?);
    }
    if lacking.is_empty() {
        return Ok(accepted);
    }
    let mut refusal = Refusal::new("V031");
    refusal.fields.extend(lacking);
    Err(refusal.into())
}

/// The limits that a line falls under, and the keys that they read and the claim leaves blank.
fn limits_of(
    facts: &Facts<'_>,
    line: &Line,
    lacking: &mut BTreeSet<Field>,
) -> Result<PreparedLine, Stop> {
    let mut prepared = PreparedLine {
        cover: line.cover,
        benefit: line.amount,
        ranks: vec![None; LIMITS.len()],
        injury: None,
    };
    if line.amount == 0 {
        return Ok(prepared);
    }
    for (index, limit) in LIMITS.iter().enumerate() {
        match limit.passes(line.cover, facts.claim) {
            Ok(false) => continue,
            Ok(true) => {}
            Err(Stop::Missing(fields)) => lacking.extend(fields),
            Err(stop) => return Err(stop),
        }
        lacking.extend(
            limit
                .keys
                .iter()
                .filter_map(|key| blank_key(facts.claim, *key)),
        );
        let mut ranks = Vec::new();
        for tier in limit.tiers {
            match rank(tier, line.cover, facts.claim) {
                Ok(rank) => ranks.push(rank),
                Err(Stop::Missing(fields)) => lacking.extend(fields),
                Err(stop) => return Err(stop),
            }
        }
        if limit.raised && prepared.injury.is_none() {
            prepared.injury = injury(facts, line)?;
        }
        prepared.ranks[index] = Some(ranks);
    }
    Ok(prepared)
}

fn blank_key(claim: &Claim<'_>, key: Key) -> Option<Field> {
    let field = match key {
        Key::Field(field) => field,
        Key::Year if scheme::YEAR_OF_EVENT => scheme::EVENT?,
        Key::Year => return None,
    };
    claim.value(field).is_none().then_some(field)
}

/// The position of the first filter that the line passes; after all of them where it passes none.
fn rank(tier: &Tier, cover: usize, claim: &Claim<'_>) -> Result<usize, Stop> {
    let Tier::Rank(filters) = tier else {
        return Ok(0);
    };
    for (position, filter) in filters.iter().enumerate() {
        if filter.covers.contains(cover) && (filter.fields)(claim)? {
            return Ok(position);
        }
    }
    Ok(filters.len())
}

fn injury(facts: &Facts<'_>, line: &Line) -> Result<Option<Injury>, Stop> {
    let Some(severity) = scheme::severity(facts.claim) else {
        return Ok(None);
    };
    let Some(above) = scheme::one_grade_above(facts.claim) else {
        return Ok(Some(Injury {
            severity,
            raised: line.amount,
        }));
    };
    let facts = Facts {
        claim: &above,
        ..*facts
    };
    let harm = rules::harm(&facts)?;
    let raised = assessment::line_of(&facts, line.cover, harm, &mut Untraced)?;
    let raised = assessment::own_limits_of_one(&facts, raised, Alone::No)?;
    Ok(Some(Injury {
        severity,
        raised: raised.amount,
    }))
}

pub fn reject_repeated(rows: &mut [Prepared<'_>]) {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for id in rows.iter().filter_map(|row| row.id) {
        *counts.entry(id).or_default() += 1;
    }
    for row in rows {
        if row.id.is_some_and(|id| counts[id] > 1) {
            let refusal = Refusal::new("V030");
            match &mut row.state {
                Err(refusals) => refusals.push(refusal),
                Ok(_) => row.state = Err(vec![refusal]),
            }
        }
    }
}

/// Rows that say different things of one wider record, such as an event, are all rejected.
pub fn reject_contradicting(rows: &mut [Prepared<'_>]) {
    let mut refused: BTreeMap<usize, Vec<Refusal>> = BTreeMap::new();
    for (field, key) in WIDE {
        let mut values: HashMap<Value<'_>, HashSet<Value<'_>>> = HashMap::new();
        for (record, value) in rows.iter().filter_map(|row| said(row, field, key)) {
            values.entry(record).or_default().insert(value);
        }
        for (number, row) in rows.iter().enumerate() {
            if said(row, field, key).is_some_and(|(record, _)| values[&record].len() > 1) {
                refused
                    .entry(number)
                    .or_default()
                    .push(Refusal::new("V032").of(field));
            }
        }
    }
    for (number, refusals) in refused {
        rows[number].state = Err(refusals);
    }
}

/// What a claim says of a wider record: which record, and what.
fn said<'a>(row: &Prepared<'a>, field: Field, key: Field) -> Option<(Value<'a>, Value<'a>)> {
    let claim = row.state.as_ref().ok()?.claim;
    Some((claim.value(key)?, claim.raw(field)?))
}
