//! The compiler's findings on generated schemes against the verdicts of brute force.

use super::model::*;
use super::verdicts::{CODES, Judge, PARTS, verdicts};
use super::write::{Item, Written, write};
use anlan_compiler::project::{Project, Settings, Source};
use anlan_compiler::resolve::BodyKind;
use anlan_lang::diag::{Arg, FileId, Finding};
use anlan_lang::lines::Lines;
use anlan_lang::texts::{Language, message};
use std::collections::BTreeSet;

/// Codes that are told of contracts too.
const OF_CONTRACT: &[&str] = &[
    "C101", "F101", "F103", "F111", "K102", "K103", "K105", "L101", "L102", "L103", "L104", "L105", "L107", "L108",
    "L109", "L110", "L111", "P101", "T106",
];

/// What one scheme is said to be by each side.
#[derive(Debug, Clone, Default)]
pub struct Both {
    pub said: BTreeSet<String>,
    /// Of what is said, benefits that several limits cut in turn and none alone
    pub in_turn: BTreeSet<String>,
    pub expected: BTreeSet<String>,
    /// What the scheme holds besides, in brackets; not compared
    pub noted: BTreeSet<String>,
    /// Errors of stages that a generated scheme must pass.
    pub unexpected: Vec<String>,
    /// Floors that `check` says it has not decided (F111): line of the requirement, what some claims are paid, and what
    /// none exceed, in 分
    pub undecided: Vec<(usize, i64, i64)>,
    /// Findings, for reading
    pub messages: Vec<String>,
}

impl Both {
    pub fn agree(&self) -> bool {
        self.said == self.expected && self.unexpected.is_empty()
    }
    /// `-` what was not found, `+` what should not be.
    pub fn difference(&self) -> Vec<String> {
        let missed = self.expected.difference(&self.said).map(|v| format!("- {v}"));
        let cried = self.said.difference(&self.expected).map(|v| format!("+ {v}"));
        let other = self.unexpected.iter().map(|v| format!("! {v}"));
        missed.chain(cried).chain(other).collect()
    }
}

/// Checks worlds in one project, each in a file of its own.
pub fn check(worlds: &[World]) -> Vec<Both> {
    let written: Vec<Written> = worlds.iter().map(write).collect();
    let project = project(&written);
    let checked = anlan_compiler::check(&project);
    let mut all: Vec<Both> = worlds
        .iter()
        .zip(&written)
        .map(|(world, written)| {
            let (noted, expected) = verdicts(world, written).into_iter().partition(|v| v.starts_with('('));
            Both {
                expected,
                noted,
                ..Both::default()
            }
        })
        .collect();
    let contracts: Vec<&Finding> = checked
        .compiled
        .units
        .iter()
        .filter(|unit| unit.kind == BodyKind::Contract)
        .flat_map(|unit| &unit.findings)
        .collect();
    for finding in checked.findings() {
        let Some(FileId(file)) = finding.primary.map(|place| place.file) else {
            continue;
        };
        let Some((both, written)) = all.get_mut(file as usize).zip(written.get(file as usize)) else {
            continue;
        };
        let of_contract = contracts.iter().any(|of| std::ptr::eq(*of, finding));
        sort(both, finding, written, of_contract);
    }
    for (both, (world, written)) in all.iter_mut().zip(worlds.iter().zip(&written)) {
        settle_undecided(both, world, written);
        // What is wrong with the scheme is not said again of its contract, or of another limit.
        let of_scheme = both.said.clone();
        let again = |verdict: &String| verdict.strip_suffix(" contract").is_some_and(|v| of_scheme.contains(v));
        both.said.retain(|verdict| !again(verdict));
        let order = |verdict: &String| verdict.starts_with("L30");
        if both.expected.iter().any(order) {
            both.said.retain(order);
        }
    }
    all
}

/// What is not decided must hold the truth between its bounds; either verdict is then as good.
fn settle_undecided(both: &mut Both, world: &World, written: &Written) {
    for (line, attained, most) in both.undecided.clone() {
        let requirements = 0..world
            .framework
            .as_ref()
            .map_or(0, |framework| framework.requirements.len());
        let at = |index: &usize| written.lines.get(&Item::Requirement(*index)) == Some(&line);
        let least = requirements
            .into_iter()
            .find(at)
            .and_then(|index| Judge::new(world, written).least_payable(index));
        // Where the contract sets something, other cells may be paid less.
        let from = if world.parameters.is_empty() { attained } else { 0 };
        match least {
            Some((least, _)) if (from..=most).contains(&least) => {
                let of_it = |verdict: &String| *verdict != format!("F101@{line}") && *verdict != format!("F108@{line}");
                both.expected.retain(of_it);
            }
            least => both
                .unexpected
                .push(format!("F111@{line}: {least:?} is not between {attained} and {most}")),
        }
    }
}

/// One file a scheme.
pub fn project(written: &[Written]) -> Project {
    let sources = written.iter().enumerate().map(|(index, written)| Source {
        path: format!("{index:04}.anlan"),
        text: written.text.clone(),
    });
    // Verdicts are compared; `whole/witnesses.rs` and the command line's own tests look at what shows them.
    let settings = Settings {
        without_search: true,
        ..Settings::default()
    };
    Project::new(sources.collect(), settings)
}

fn sort(both: &mut Both, finding: &Finding, written: &Written, of_contract: bool) {
    let code = finding.code.0;
    let text = message(Language::Zh, finding);
    let line = finding.primary.map(|place| line(written, place.span.start));
    both.messages
        .push(format!("{code} {}: {text}", line.unwrap_or_default()));
    if of_contract {
        if OF_CONTRACT.contains(&code) {
            both.said
                .extend(keys(finding, written).into_iter().map(|key| format!("{key} contract")));
        }
        return;
    }
    if let ("F111", Some(Arg::Money(attained))) = (code, finding.args.get("attained")) {
        let label = finding.labels.iter().find(|label| label.attribute == "requirement");
        let requirement = label.map_or(0, |label| self::line(written, label.place.span.start));
        let most = match finding.args.get("most") {
            Some(Arg::Money(most)) => *most,
            _ => i64::MAX,
        };
        both.undecided.push((requirement, *attained, most));
    }
    if matches!(finding.args.get("how"), Some(Arg::Text(how)) if how == "together") {
        both.in_turn.extend(keys(finding, written));
    }
    if CODES.contains(&code) {
        both.said.extend(keys(finding, written));
    } else if finding.severity == anlan_lang::diag::Severity::Error
        && (code.starts_with(['S', 'N', 'U', 'V', 'X']) || code.starts_with("C3") || code.starts_with("L3"))
    {
        both.unexpected
            .push(format!("{code}@{} {text}", line.unwrap_or_default()));
    }
}

fn line(written: &Written, at: u32) -> usize {
    Lines::new(&written.text).place(&written.text, at).0
}

/// One finding may tell of several pairs of covers.
fn keys(finding: &Finding, written: &Written) -> Vec<String> {
    let (Some(Arg::Names { zh: first, .. }), Some(Arg::Names { zh: others, .. })) =
        (finding.args.get("first"), finding.args.get("all"))
    else {
        return vec![key(finding, written)];
    };
    let pair = |other: &str| {
        let mut names = [first.as_str(), other];
        names.sort_unstable();
        format!("{} {}", pair_code(finding), names.join(" "))
    };
    others.split(", ").map(pair).collect()
}

/// C101 as a warning is of covers that only a decision lets meet.
fn pair_code(finding: &Finding) -> String {
    let added = finding.code.0 == "C101" && finding.severity != anlan_lang::diag::Severity::Error;
    format!("{}{}", finding.code.0, if added { " added:" } else { "" })
}

fn key(finding: &Finding, written: &Written) -> String {
    let code = finding.code.0;
    let primary = finding.primary.map_or(0, |place| line(written, place.span.start));
    match code {
        // As a gap, and no contradiction, K102 speaks of what no limit bounds.
        "K102" if finding.about.is_empty() => "K102 gap".to_owned(),
        "K102" | "C101" | "C102" | "C104" | "C105" | "C106" | "C114" | "C115" | "C116" | "C117" | "C119" | "C121"
        | "L109" | "L110" | "L301" | "L302" | "T101" | "T104" | "T105" => {
            let mut names = finding.about.clone();
            names.sort();
            format!("{code} {}", names.join(" "))
        }
        "L101" | "L105" => format!("L101|L105@{primary}"),
        "C118" => {
            let text = |arg: &str| match finding.args.get(arg) {
                Some(Arg::Text(text)) => text.clone(),
                _ => String::new(),
            };
            match text("why").as_str() {
                "outside" => "C118 outside".to_owned(),
                why => format!("C118 {why} {}", text("item")),
            }
        }
        "L103" => match finding.args.get("why") {
            // A total that one parameter holds is a total all the same.
            Some(Arg::Text(why)) => format!("L103 {}@{primary}", why.replace("held", "total")),
            _ => format!("L103@{primary}"),
        },
        "C103" | "L303" | "P101" | "P103" | "P104" | "P105" | "P108" | "P109" | "P110" | "P112" | "P113" | "K103"
        | "K105" | "D109" => code.to_owned(),
        "F101" | "F103" | "F108" | "F111" => {
            let label = finding.labels.iter().find(|label| label.attribute == "requirement");
            format!(
                "{code}@{}",
                label.map_or(0, |label| line(written, label.place.span.start))
            )
        }
        _ => format!("{code}@{primary}"),
    }
}

/// A smaller world that still disagrees in this way: the first characters of a [difference](Both::difference).
pub fn shrink(world: &World, kind: &str) -> World {
    let mut small = world.clone();
    let still = |world: &World| {
        let both = check(std::slice::from_ref(world)).remove(0);
        let difference = both.difference();
        let same = difference.iter().any(|difference| difference.starts_with(kind));
        same && (both.unexpected.is_empty() || kind.starts_with('!'))
    };
    loop {
        match smaller(&small).into_iter().find(still) {
            Some(found) => small = found,
            None => return small,
        }
    }
}

/// Worlds with one thing less.
fn smaller(world: &World) -> Vec<World> {
    let mut all = Vec::new();
    let mut with = |change: &dyn Fn(&mut World)| {
        let mut next = world.clone();
        change(&mut next);
        if next != *world {
            all.push(next);
        }
    };
    with(&|w| w.english = false);
    with(&|w| w.framework = None);
    with(&|w| (w.contract, w.named, w.graded) = (None, None, None));
    with(&|w| w.named = None);
    with(&|w| w.graded = None);
    with(&|w| w.tower = None);
    with(&|w| w.split = None);
    with(&|w| w.coinsurance = None);
    with(&|w| w.payers.clear());
    with(&|w| w.months = None);
    with(&|w| w.parts = false);
    with(&|w| w.subject = None);
    with(&|w| w.treat = false);
    with(&|w| w.persons = vec![0]);
    for index in 0..world.tables.len() {
        with(&|w| drop_table(w, index));
    }
    for index in 0..world.groups.len() {
        with(&|w| drop_group(w, index));
    }
    for index in 0..world.limits.len() {
        with(&|w| drop_limit(w, index));
        with(&|w| w.limits[index].raised = None);
        with(&|w| w.limits[index].dated.clear());
        with(&|w| w.limits[index].exhausted = Exhausted::ProRata);
    }
    for index in 0..world.meetings.len() {
        with(&|w| {
            w.meetings.remove(index);
        });
    }
    if world.covers.len() > 1 {
        for index in 0..world.covers.len() {
            with(&|w| drop_cover(w, index));
        }
    }
    for index in 0..world.covers.len() {
        with(&|w| w.covers[index].condition = None);
        with(&|w| w.covers[index].roles.clear());
        if let Some(Condition::And(parts) | Condition::Or(parts)) = &world.covers[index].condition {
            for part in parts {
                with(&|w| w.covers[index].condition = Some(part.clone()));
            }
        }
        if let Some(perils) = &world.covers[index].perils
            && perils.len() > 1
        {
            for at in 0..perils.len() {
                with(&|w| {
                    w.covers[index].perils.as_mut().map(|perils| perils.remove(at));
                });
            }
        }
    }
    for s in 0..world.schedules.len() {
        with(&|w| w.schedules[s].combined = None);
        for r in 0..world.schedules[s].rows.len() {
            if world.schedules[s].rows.len() > 1 {
                with(&|w| {
                    w.schedules[s].rows.remove(r);
                    w.schedules[s].combined = None;
                });
            }
            for step in 0..world.schedules[s].rows[r].steps.len() {
                with(&|w| {
                    w.schedules[s].rows[r].steps.remove(step);
                });
            }
        }
    }
    all
}

fn drop_limit(world: &mut World, index: usize) {
    world.limits.remove(index);
    let shift = |other: &mut Option<usize>| {
        *other = match *other {
            Some(at) if at == index => None,
            Some(at) if at > index => Some(at - 1),
            at => at,
        }
    };
    for limit in &mut world.limits {
        shift(&mut limit.within);
        shift(&mut limit.after);
    }
}

/// Takes away a table that no row reads.
fn drop_table(world: &mut World, index: usize) {
    let read = |start: &Start| match start {
        Start::Table { table, .. } | Start::TableOf { table, .. } => Some(*table),
        _ => None,
    };
    if world
        .schedules
        .iter()
        .flat_map(|s| &s.rows)
        .any(|row| read(&row.start) == Some(index))
    {
        return;
    }
    world.tables.remove(index);
    for row in world.schedules.iter_mut().flat_map(|s| &mut s.rows) {
        if let Start::Table { table, .. } | Start::TableOf { table, .. } = &mut row.start
            && *table > index
        {
            *table -= 1;
        }
    }
}

/// Takes away a group that no cover names.
fn drop_group(world: &mut World, index: usize) {
    let refs = |world: &World| -> Vec<usize> {
        let groups = world
            .covers
            .iter()
            .flat_map(|c| c.perils.iter().flatten())
            .filter_map(|p| match p {
                PerilRef::Group(group) => Some(*group),
                PerilRef::Peril(..) => None,
            });
        groups.collect()
    };
    if refs(world).contains(&index) {
        return;
    }
    world.groups.remove(index);
    for peril in world.covers.iter_mut().flat_map(|c| c.perils.iter_mut().flatten()) {
        if let PerilRef::Group(group) = peril
            && *group > index
        {
            *group -= 1;
        }
    }
}

fn drop_cover(world: &mut World, index: usize) {
    world.covers.remove(index);
    let shift = |at: usize| if at > index { at - 1 } else { at };
    world.meetings.retain(|(a, b, _)| *a != index && *b != index);
    for (a, b, _) in &mut world.meetings {
        (*a, *b) = (shift(*a), shift(*b));
    }
    for limit in &mut world.limits {
        if let Some(covers) = &mut limit.covers {
            covers.retain(|cover| *cover != index);
            covers.iter_mut().for_each(|cover| *cover = shift(*cover));
        }
    }
    let dead: Vec<usize> = (0..world.limits.len())
        .rev()
        .filter(|l| world.limits[*l].covers.as_ref().is_some_and(Vec::is_empty))
        .collect();
    dead.into_iter().for_each(|limit| drop_limit(world, limit));
}

/// How many worlds hold each thing that the analysis finds hard.
pub fn make_up(worlds: &[World], agreed: &[Both]) -> Vec<(&'static str, usize)> {
    let count = |holds: &dyn Fn(&World) -> bool| worlds.iter().filter(|world| holds(world)).count();
    let mut all = vec![
        ("overlapping covers", count(&overlapping)),
        (
            "straddling limits with after",
            count(&|w| {
                (0..w.limits.len()).any(|b| w.limits[b].after.is_some_and(|a| super::generate::straddle(w, a, b)))
            }),
        ),
        ("parameters", count(&|w| !w.parameters.is_empty())),
        ("decisions", count(&|w| !w.decisions.is_empty())),
        (
            "intervals",
            count(&|w| w.tables.iter().any(|table| matches!(table.by, By::Quantity(_))) || reads_numbers(w)),
        ),
        ("months in parts that are compared", count(&compares_parts)),
        (
            "ranked exhaustion",
            count(&|w| {
                w.limits
                    .iter()
                    .any(|limit| matches!(limit.exhausted, Exhausted::Rank(_)))
            }),
        ),
        (
            "dated limits",
            count(&|w| w.limits.iter().any(|limit| !limit.dated.is_empty())),
        ),
        ("English keywords", count(&|w| w.english)),
        ("contracts", count(&|w| w.contract.is_some())),
    ];
    all.push((
        "nothing wrong",
        agreed.iter().filter(|both| both.expected.is_empty()).count(),
    ));
    all.push((
        "floors not decided",
        agreed.iter().filter(|both| !both.undecided.is_empty()).count(),
    ));
    let of_contract = |both: &&Both| both.expected.iter().any(|verdict| verdict.ends_with("contract"));
    all.push(("wrong only by the contract", agreed.iter().filter(of_contract).count()));
    for code in CODES.iter().chain(PARTS) {
        let has = |both: &&Both| {
            both.expected
                .iter()
                .chain(&both.noted)
                .any(|verdict| verdict.contains(code))
        };
        all.push((code, agreed.iter().filter(has).count()));
    }
    all
}

fn reads_numbers(world: &World) -> bool {
    let mut reads = false;
    for condition in world.covers.iter().filter_map(|cover| cover.condition.as_ref()) {
        condition.each(&mut |part| reads |= matches!(part, Condition::Quantity(..)));
    }
    reads
}

fn compares_parts(world: &World) -> bool {
    world.in_parts() && super::write::Used::of(world).months
}

fn overlapping(world: &World) -> bool {
    super::universe::contexts(world).iter().any(|context| {
        let given = super::universe::given(&context.decided, &[], 2024);
        (0..world.covers.len())
            .filter(|c| world.meets(*c, &context.claim, &given))
            .count()
            > 1
    })
}
