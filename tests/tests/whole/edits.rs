//! Each policy edited token by token: what `check` lets pass without a word changes nothing in the plan, or has a reason.
//! By default a sample of the edits; `ANLAN_EDITS=1` tries them all.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use crate::stripped::FILES;
use anlan_tests::random::Random;
use anlan_tests::tokens::{Edit, Kind, State, edits, silently, sources};

/// So many edits of a file, unless all are tried
const SAMPLE: usize = 120;

/// A change of the plan that no compiler can tell from what was meant: the document alone says it.
struct Rule {
    reason: &'static str,
    holds: fn(&Edit, &[String]) -> bool,
}

const RULES: &[Rule] = &[
    Rule {
        reason: "an article that another clause cites too; without it the clause stands elsewhere in the plan",
        holds: |edit, _| matches!(edit.kind, Kind::Left | Kind::LineLeft) && edit.token.starts_with('@'),
    },
    Rule {
        reason: "an article that stands with the neighbouring clause, or the other way round",
        holds: |edit, places| edit.kind == Kind::Exchanged && places.iter().all(|place| place.contains("/articles")),
    },
    Rule {
        reason: "a line whose articles another clause cites too: the document alone shows that it is missing",
        holds: |edit, _| edit.kind == Kind::LineLeft,
    },
    Rule {
        reason: "the order of keys",
        holds: |edit, places| edit.kind == Kind::Exchanged && places.iter().all(|place| place.ends_with("/keys")),
    },
    Rule {
        reason: "how binding, or how often",
        holds: |edit, _| {
            let words = ["原则上", "鼓励", "每年", "每季度", "每月"];
            edit.kind == Kind::Left && words.contains(&edit.token.as_str())
        },
    },
    Rule {
        reason: "what a decision is taken for; what one limit of a claim is counted per",
        holds: |edit, places| {
            let keys = |place: &String| place == "/decisions/per" || place.contains("/keys");
            edit.kind == Kind::Left && edit.token.starts_with('每') && places.iter().all(keys)
        },
    },
    Rule {
        reason: "an option that a document has or has not",
        holds: |edit, _| {
            let options = [
                ("文件", "无文号"),
                ("依据", "未收录"),
                ("保障对象", "灾害发生时在区域内"),
                ("保险期间", "可续期"),
                ("保险金额", "每户"),
                ("资金", "滚存"),
                ("保费", "计划"),
            ];
            edit.kind == Kind::Left && options.contains(&(edit.clause.as_str(), edit.token.as_str()))
        },
    },
    Rule {
        reason: "the figure of a covenant, which nothing else states",
        holds: |edit, _| edit.kind == Kind::Left && edit.clause == "约束",
    },
    Rule {
        reason: "a requirement without its keyword is a clause of the framework itself, as are its policyholders",
        holds: |edit, _| edit.kind == Kind::Left && edit.token == "要求",
    },
    Rule {
        reason: "a list of one value ends with it",
        holds: |edit, places| {
            let ending = |place: &String| place == "/statement/groups/ending";
            edit.kind == Kind::Left && edit.token == "以上为限" && places.iter().all(ending)
        },
    },
];

/// Examples are for `anlan test`; without an English name the Chinese one stands.
fn tried(edit: &Edit) -> bool {
    !["样例", "英文名"].contains(&edit.clause.as_str()) && !edit.token.starts_with("英文")
}

/// Some of the edits, by chance, or all.
fn sampled(all: &[Edit], seed: u64) -> Vec<&Edit> {
    let all: Vec<&Edit> = all.iter().filter(|edit| tried(edit)).collect();
    if std::env::var_os("ANLAN_EDITS").is_some() || all.is_empty() {
        return all;
    }
    let mut random = Random::new(seed);
    (0..SAMPLE)
        .filter_map(|_| all.get(random.below(all.len())).copied())
        .collect()
}

/// Edits of a file that nothing is said of, that change its plan, and that no rule excuses.
fn faults(path: &str, seed: u64) -> Vec<String> {
    let sources = sources(path);
    let before = State::of(&sources);
    let text = &sources.iter().find(|source| source.path == path).unwrap().text;
    let edits = edits(text);
    let faults = sampled(&edits, seed).into_iter().filter_map(|edit| {
        let places = silently(&sources, path, &before, edit)?;
        let excused = places.is_empty() || RULES.iter().any(|rule| (rule.holds)(edit, &places));
        let Edit { kind, token, other, .. } = edit;
        (!excused).then(|| {
            let (number, line) = (edit.number, &edit.line);
            format!(
                "{path}:{number}: {kind:?} {token} {other}\n    {line}\n    {}",
                places.join(" ")
            )
        })
    });
    faults.collect()
}

#[test]
fn no_edit_changes_the_plan_in_silence() {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let Some(path) = FILES.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            found.extend(faults(path, 7));
        }
        found
    };
    let found = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut found = work();
        found.extend(other.join().unwrap());
        found
    });
    let reasons: Vec<&str> = RULES.iter().map(|rule| rule.reason).collect();
    let (count, found) = (found.len(), found.join("\n"));
    assert!(
        found.is_empty(),
        "{count} edits, none of them {}:\n{found}",
        reasons.join("; ")
    );
}
