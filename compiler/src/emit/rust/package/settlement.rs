//! Many claims: a function of the set of claims, whose order never matters.

use crate::assessment::{self, Alone, Line, Reason, largest_remainder, lines_of, out_of_term};
use crate::claim::{Claim, Field, WIDE};
use crate::limits::{Key, LIMITS, Limit, Rule, Tier};
use crate::model::{Context, Covers, Facts, Inputs, Per, Refusal, Stop, Untraced, Value, total};
use crate::reading::Day;
use crate::rules::{self, COVERS};
use crate::scheme;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A row of a claims file: its id wherever it can be read, and the claim, or why that cannot be read.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    pub id: Option<&'a str>,
    pub claim: Result<Claim<'a>, Vec<Refusal>>,
}

/// What became of one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    Paid(Paid),
    Rejected {
        claim: Option<String>,
        refusals: Vec<Refusal>,
    },
}

/// One settled claim; amounts in 分.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    pub claim: String,
    pub covers: Covers,
    pub benefit: i64,
    pub paid: i64,
    /// Why nothing is paid
    pub reason: Option<Reason>,
    /// One for each limit
    pub cuts: Vec<i64>,
    /// One for each insurer
    pub shares: Vec<i64>,
    /// What is still to pay, and what was paid too much, where earlier payments were given
    pub earlier: Option<(i64, i64)>,
}

/// Settles claims; one row a claim, in input order.
///
/// # Errors
/// What refuses the whole run: a premium or a decision's value that is not known (V041, V042), an exhaustion rule that
/// is not stated where a limit binds (V043), an overflow (V044), years left open (V045), a group that a decision
/// (V048) or an amount (V049) does not tell.
pub fn settle(claims: &[Claim<'_>], inputs: &Inputs) -> Result<Vec<Settled>, Refusal> {
    let rows: Vec<Row<'_>> = claims
        .iter()
        .map(|claim| Row {
            id: claim.id(),
            claim: Ok(*claim),
        })
        .collect();
    settle_rows(&rows, inputs)
}

/// As [`settle`], of rows that may be unreadable.
///
/// # Errors
/// As [`settle`].
pub fn settle_rows(rows: &[Row<'_>], inputs: &Inputs) -> Result<Vec<Settled>, Refusal> {
    if scheme::READS_PREMIUM && inputs.premium.is_none() {
        return Err(Refusal::new("V041"));
    }
    let mut prepared = Vec::with_capacity(rows.len());
    for row in rows {
        prepared.push(accept(row, inputs)?);
    }
    reject_repeated(&mut prepared);
    reject_contradicting(&mut prepared);
    let mut book = Book::new(prepared, inputs);
    for index in 0..LIMITS.len() {
        book.apply(index).map_err(Stop::refusal)?;
    }
    book.settled().map_err(Stop::refusal)
}

/// A claim that was looked at by itself.
struct Prepared<'a> {
    id: Option<&'a str>,
    state: Result<Accepted<'a>, Vec<Refusal>>,
}

struct Accepted<'a> {
    claim: Claim<'a>,
    day: Day,
    in_term: bool,
    lines: Vec<PreparedLine>,
    reason: Option<Reason>,
}

/// A line with the limits that it falls under.
struct PreparedLine {
    cover: usize,
    benefit: i64,
    /// By limit, the places in its rank tiers; `None` where the limit is not over the line
    ranks: Vec<Option<Vec<usize>>>,
    injury: Option<Injury>,
}

/// How severe an injury is (0 is the heaviest), and what the same claim would get one grade above.
#[derive(Clone, Copy)]
struct Injury {
    severity: usize,
    raised: i64,
}

/// One claim by itself; an error refuses the whole run.
fn accept<'a>(row: &Row<'a>, inputs: &Inputs) -> Result<Prepared<'a>, Refusal> {
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

fn reject_repeated(rows: &mut [Prepared<'_>]) {
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
fn reject_contradicting(rows: &mut [Prepared<'_>]) {
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

/// A line on its way through the limits.
struct BookLine {
    row: usize,
    line: usize,
    /// What is left of the benefit
    left: i64,
    /// What would be left if the line were alone in its groups
    alone: i64,
    cuts: Vec<i64>,
}

impl BookLine {
    fn worth(&self) -> i64 {
        self.left.max(self.alone)
    }
}

/// All lines in the total order (date, event, claim, cover), and what the limits have left them.
struct Book<'a> {
    inputs: &'a Inputs,
    rows: Vec<Prepared<'a>>,
    lines: Vec<BookLine>,
    /// First day of each event
    first_days: HashMap<&'a str, Day>,
    /// Place of each row's claim id among all
    places: Vec<usize>,
}

impl<'a> Book<'a> {
    fn new(rows: Vec<Prepared<'a>>, inputs: &'a Inputs) -> Self {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|row| rows[*row].id.unwrap_or(""));
        let mut places = vec![0; rows.len()];
        for (place, row) in order.into_iter().enumerate() {
            places[row] = place;
        }
        let mut first_days: HashMap<&str, Day> = HashMap::new();
        let mut lines = Vec::new();
        for (row, prepared) in rows.iter().enumerate() {
            let Ok(accepted) = &prepared.state else {
                continue;
            };
            if let Some(event) = accepted.claim.event_of().filter(|_| accepted.in_term) {
                let first = first_days.entry(event).or_insert(accepted.day);
                *first = accepted.day.min(*first);
            }
            for (line, prepared) in accepted.lines.iter().enumerate() {
                lines.push(BookLine {
                    row,
                    line,
                    left: prepared.benefit,
                    alone: prepared.benefit,
                    cuts: vec![0; LIMITS.len()],
                });
            }
        }
        let mut book = Book {
            inputs,
            rows,
            lines: Vec::new(),
            first_days,
            places,
        };
        lines.sort_by_cached_key(|line| book.place(line));
        book.lines = lines;
        book
    }

    fn place(&self, line: &BookLine) -> Option<(Day, &'a str, usize, &'static str)> {
        let (accepted, prepared) = self.of(line)?;
        let event = accepted.claim.event_of().unwrap_or("");
        Some((
            accepted.day,
            event,
            self.places[line.row],
            COVERS[prepared.cover].id,
        ))
    }

    fn of(&self, line: &BookLine) -> Option<(&Accepted<'a>, &PreparedLine)> {
        let accepted = self.rows[line.row].state.as_ref().ok()?;
        Some((accepted, accepted.lines.get(line.line)?))
    }

    /// First day of the insured year of a claim
    fn year(&self, accepted: &Accepted<'a>) -> Option<Day> {
        let event = accepted.claim.event_of().filter(|_| scheme::YEAR_OF_EVENT);
        let first = event.and_then(|event| self.first_days.get(event));
        let day = first.copied().unwrap_or(accepted.day);
        scheme::year_of(day, scheme::policy_start(&accepted.claim))
    }

    /// Applies one limit to what the ones before left.
    fn apply(&mut self, index: usize) -> Result<(), Stop> {
        let limit = &LIMITS[index];
        for (key, lines) in self.groups(index, limit)? {
            let group = Group {
                book: self,
                limit,
                key,
                lines: &lines,
            };
            let raised = if limit.raised { group.raised() } else { None };
            let bound = match limit.rule {
                Rule::Largest => {
                    let most = lines.iter().map(|line| self.lines[*line].worth()).max();
                    most.max(raised.map(|injury| injury.raised))
                }
                Rule::UpTo | Rule::Less => limit.bound(&group)?,
            };
            let Some(bound) = bound else { continue };
            let kept = group.kept(index, bound)?;
            let alone: Vec<(usize, i64)> = lines
                .iter()
                .map(|line| (*line, group.alone(*line, bound, raised)))
                .collect();
            for (line, alone) in alone {
                self.lines[line].alone = alone;
            }
            for (line, amount) in kept {
                let line = &mut self.lines[line];
                line.cuts[index] = line.left - amount;
                line.left = amount;
            }
        }
        Ok(())
    }

    /// The groups of a limit, in the total order of their first lines.
    fn groups(&self, index: usize, limit: &Limit) -> Result<Vec<Keyed<'a>>, Stop> {
        let mut groups: Vec<Keyed<'a>> = Vec::new();
        let mut found: HashMap<Vec<KeyPart<'a>>, usize> = HashMap::new();
        for (position, line) in self.lines.iter().enumerate() {
            let Some((accepted, prepared)) = self.of(line) else {
                continue;
            };
            if line.worth() <= 0 || prepared.ranks[index].is_none() {
                continue;
            }
            let mut key = Vec::with_capacity(limit.keys.len());
            for part in limit.keys {
                key.push(match part {
                    Key::Field(field) => KeyPart::Value(accepted.claim.value(*field)),
                    Key::Year => {
                        KeyPart::Year(self.year(accepted).ok_or_else(|| Stop::refused("V045"))?)
                    }
                });
            }
            let at = *found.entry(key).or_insert_with_key(|key| {
                groups.push((key.clone(), Vec::new()));
                groups.len() - 1
            });
            groups[at].1.push(position);
        }
        Ok(groups)
    }

    fn settled(&self) -> Result<Vec<Settled>, Stop> {
        let mut of_row: Vec<Vec<&BookLine>> = vec![Vec::new(); self.rows.len()];
        for line in &self.lines {
            of_row[line.row].push(line);
        }
        let rows = self.rows.iter().zip(of_row);
        rows.map(|(row, lines)| self.settled_row(row, &lines))
            .collect()
    }

    fn settled_row(&self, row: &Prepared<'a>, lines: &[&BookLine]) -> Result<Settled, Stop> {
        let claim = row.id.map(str::to_owned);
        let accepted = match &row.state {
            Ok(accepted) => accepted,
            Err(refusals) => {
                return Ok(Settled::Rejected {
                    claim,
                    refusals: refusals.clone(),
                });
            }
        };
        let mut covers = Covers::NONE;
        for line in &accepted.lines {
            covers.insert(line.cover);
        }
        let benefit = total(accepted.lines.iter().map(|line| line.benefit))?;
        let paid = total(lines.iter().map(|line| line.left))?;
        let cut = |index: usize| total(lines.iter().map(|line| line.cuts[index]));
        let cuts: Vec<i64> = (0..LIMITS.len()).map(cut).collect::<Result<_, _>>()?;
        let mut reason = accepted.reason;
        if benefit > 0 && paid == 0 {
            reason = cuts.iter().rposition(|cut| *cut > 0).map(Reason::Limit);
        }
        let id = claim.unwrap_or_default();
        let earlier = self.inputs.earlier.as_ref().map(|earlier| {
            let before = earlier.get(&id).copied().unwrap_or(0);
            (
                paid.saturating_sub(before).max(0),
                before.saturating_sub(paid).max(0),
            )
        });
        Ok(Settled::Paid(Paid {
            claim: id,
            covers,
            benefit,
            paid,
            reason,
            cuts,
            shares: shares(paid),
            earlier,
        }))
    }
}

/// Each insurer's part of one payment.
fn shares(paid: i64) -> Vec<i64> {
    let paid = i128::from(paid);
    let quotas: Vec<i128> = scheme::INSURERS
        .iter()
        .map(|(_, parts)| paid * parts)
        .collect();
    largest_remainder(
        &quotas,
        scheme::SHARE_DENOMINATOR,
        if quotas.is_empty() { 0 } else { paid },
    )
}

/// Part of a group's key
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum KeyPart<'a> {
    Value(Option<Value<'a>>),
    Year(Day),
}

/// A group's key, with its lines as positions in the total order
type Keyed<'a> = (Vec<KeyPart<'a>>, Vec<usize>);

/// The lines that share one limit, as amounts and decisions look them up.
struct Group<'b, 'a> {
    book: &'b Book<'a>,
    limit: &'b Limit,
    key: Vec<KeyPart<'a>>,
    lines: &'b [usize],
}

impl<'a> Group<'_, 'a> {
    fn members(&self) -> impl Iterator<Item = (&BookLine, &Accepted<'a>, &PreparedLine)> {
        let book = self.book;
        self.lines.iter().filter_map(move |at| {
            let line = &book.lines[*at];
            let (accepted, prepared) = book.of(line)?;
            Some((line, accepted, prepared))
        })
    }

    /// What each line keeps; empty where the limit does not bind.
    fn kept(&self, index: usize, bound: i64) -> Result<Vec<(usize, i64)>, Stop> {
        let left = |at: &usize| self.book.lines[*at].left;
        let whole = total(self.lines.iter().map(left))?;
        let binds = if self.limit.rule == Rule::Less {
            bound > 0
        } else {
            bound < whole
        };
        if !binds {
            return Ok(Vec::new());
        }
        let mut order: Vec<usize> = self
            .lines
            .iter()
            .copied()
            .filter(|at| left(at) > 0)
            .collect();
        if !self.limit.exhaustion_stated && order.len() > 1 {
            return Err(Refusal::new("V043").with(self.limit.id).into());
        }
        // Stable, so that within a tier the total order stays.
        order.sort_by_cached_key(|at| self.tier(index, *at));
        let same = |a: &usize, b: &usize| self.tier(index, *a) == self.tier(index, *b);
        let sizes: Vec<usize> = order.chunk_by(same).map(<[usize]>::len).collect();
        let amounts: Vec<i64> = order.iter().map(left).collect();
        let kept = self.limit.share_out(bound, &amounts, &sizes)?;
        Ok(order.into_iter().zip(kept).collect())
    }

    /// The order in which a line is served
    fn tier(&self, index: usize, at: usize) -> Vec<Served<'a>> {
        let line = &self.book.lines[at];
        let Some((accepted, prepared)) = self.book.of(line) else {
            return Vec::new();
        };
        let ranks = prepared.ranks[index].as_deref().unwrap_or(&[]);
        let tiers = self.limit.tiers.iter().enumerate();
        tiers
            .map(|(position, tier)| match tier {
                Tier::Date => Served::On(accepted.day),
                Tier::Event => Served::In(accepted.claim.event_of().unwrap_or("")),
                Tier::Claim => Served::At(self.book.places[line.row]),
                Tier::Rank(_) => Served::At(ranks.get(position).copied().unwrap_or(0)),
            })
            .collect()
    }

    /// What a line would keep by itself
    fn alone(&self, at: usize, bound: i64, raised: Option<Injury>) -> i64 {
        let line = &self.book.lines[at];
        if self.limit.rule != Rule::Largest {
            return self.limit.share_of_one(bound, line.alone);
        }
        let injury = self.book.of(line).and_then(|(_, prepared)| prepared.injury);
        match (injury, raised) {
            (Some(injury), Some(heaviest)) if injury.severity == heaviest.severity => {
                heaviest.raised
            }
            _ => line.alone,
        }
    }

    /// The heaviest severity and the benefit one grade above, where it occurs twice or more.
    fn raised(&self) -> Option<Injury> {
        let injuries: Vec<Injury> = self
            .members()
            .filter_map(|(_, _, line)| line.injury)
            .collect();
        let heaviest = injuries.iter().map(|injury| injury.severity).min()?;
        let mut of_heaviest = injuries
            .into_iter()
            .filter(|injury| injury.severity == heaviest);
        let first = of_heaviest.next()?;
        let raised = of_heaviest
            .map(|injury| injury.raised)
            .max()?
            .max(first.raised);
        Some(Injury {
            severity: heaviest,
            raised,
        })
    }

    /// The one value that all lines have; `None` where they differ or one has none.
    fn common(&self, of: impl Fn(&Accepted<'a>) -> Option<Value<'a>>) -> Option<Value<'a>> {
        let mut values = self.members().map(|(_, accepted, _)| of(accepted));
        let first = values.next()??;
        values.all(|value| value == Some(first)).then_some(first)
    }

    fn year(&self) -> Option<Day> {
        self.key.iter().find_map(|part| match part {
            KeyPart::Year(first) => Some(*first),
            KeyPart::Value(_) => None,
        })
    }

    /// First day of the group's event, where the limit is counted by it
    fn event_day(&self) -> Option<Day> {
        let event = Key::Field(scheme::EVENT?);
        let at = self.limit.keys.iter().position(|key| *key == event)?;
        match self.key.get(at)? {
            KeyPart::Value(Some(Value::Text(event))) => self.book.first_days.get(event).copied(),
            _ => None,
        }
    }
}

/// Part of the order in which lines are served
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Served<'a> {
    On(Day),
    In(&'a str),
    At(usize),
}

impl Context for Group<'_, '_> {
    fn day(&self) -> Result<Day, Stop> {
        let day = self
            .event_day()
            .or_else(|| self.year())
            .or(scheme::FIRST_DAY);
        day.ok_or_else(|| Stop::refused("V045"))
    }

    /// A limit over a group reads no claim's field, unless all lines agree.
    fn value(&self, field: Field) -> Result<Value<'_>, Stop> {
        let mut values = self
            .members()
            .map(|(_, accepted, _)| accepted.claim.value(field));
        let first = values
            .next()
            .flatten()
            .ok_or_else(|| Stop::missing(field))?;
        if values.all(|value| value == Some(first)) {
            return Ok(first);
        }
        Err(Refusal::new("V049").of(field).with(self.limit.id).into())
    }

    fn key(&self, per: Per) -> Result<Option<Value<'_>>, Stop> {
        let number = |first: Day| Value::Number(i64::from(first.year()));
        Ok(match per {
            Per::Term => None,
            Per::Year => match self.year() {
                Some(first) => Some(number(first)),
                None => self.common(|accepted| self.book.year(accepted).map(number)),
            },
            Per::Field(field) => self.common(|accepted| accepted.claim.value(field)),
        })
    }

    fn no_key(&self, decision: usize) -> Stop {
        let name = scheme::DECISIONS[decision].id;
        Refusal::new("V048")
            .with(format!("{}, {name}", self.limit.id))
            .into()
    }

    fn inputs(&self) -> &Inputs {
        self.book.inputs
    }
}
