//! Every witness is a claim that evaluation reproduces: of slips in the policies, and of generated schemes.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use crate::mutants::{TABLES, table};
use anlan_compiler::check;
use anlan_compiler::evaluate::reproduce;
use anlan_compiler::plan::{CoverId, Meeting, Plan, Use, missing_parameters};
use anlan_compiler::project::{Project, Settings, Source};
use anlan_compiler::resolve::BodyKind;
use anlan_lang::diag::{Arg, Finding};
use anlan_tests::edited;
use anlan_tests::evaluated::{benefits, bound};
use anlan_tests::worlds::generate::generate;
use anlan_tests::worlds::write::write;
use std::collections::{BTreeMap, BTreeSet};

/// How many witnesses a code had, and those that evaluation does not reproduce.
#[derive(Default)]
struct Seen {
    codes: BTreeMap<&'static str, usize>,
    /// Of these, those of schemes that evaluation refuses for another error, which `check` reports too: reproduced once
    /// that is mended.
    mended: BTreeMap<&'static str, usize>,
    wrong: BTreeSet<String>,
}

impl Seen {
    /// Reproduces every witness of the findings about the schemes of these sources.
    fn look(&mut self, sources: &[Source]) {
        let checked = check(&Project::new(sources.to_vec(), Settings::default()));
        for unit in checked
            .compiled
            .units
            .iter()
            .filter(|unit| unit.kind != BodyKind::Framework)
        {
            for finding in &unit.findings {
                let Some(witness) = &finding.witness else { continue };
                *self.codes.entry(finding.code.0).or_default() += 1;
                let plan = if witness.set.is_empty() {
                    unit.lowered.as_ref().unwrap().plan.clone()
                } else {
                    bound(sources, unit.file.0 as usize, &unit.name, witness)
                };
                let found = |code: &str| unit.findings.iter().any(|finding| finding.code.0 == code);
                if !missing_parameters(&plan, Use::Benefits).is_empty() {
                    self.wrong
                        .insert(format!("{} {}: parameters unset", finding.code.0, unit.name));
                } else if let Some(paid) = alike(&plan, finding) {
                    self.wrong
                        .insert(format!("{} {}: is paid {paid:?}", finding.code.0, unit.name));
                    println!("{}\n{witness:?}", sources[unit.file.0 as usize].text);
                } else if let Err(why) = reproduce(&plan, witness) {
                    // What evaluation refuses whole is an error of its own: shares that do not add up, covers unranked.
                    let refused = [("V047", "P101"), ("V021", "C101")];
                    let known = refused.iter().any(|(code, said)| why.contains(code) && found(said));
                    if known
                        && mended(&plan, finding)
                            .iter()
                            .any(|plan| reproduce(plan, witness).is_ok())
                    {
                        *self.mended.entry(finding.code.0).or_default() += 1;
                        continue;
                    }
                    self.wrong.insert(format!("{} {}: {why}", finding.code.0, unit.name));
                    println!("{}\n{witness:?}", sources[unit.file.0 as usize].text);
                }
            }
        }
    }
    fn and(mut self, other: Seen) -> Seen {
        for (of, counts) in [(&mut self.codes, other.codes), (&mut self.mended, other.mended)] {
            counts
                .into_iter()
                .for_each(|(code, count)| *of.entry(code).or_default() += count);
        }
        self.wrong.extend(other.wrong);
        self
    }
    fn end(self, codes: &[&str]) {
        println!(
            "witnesses: {:?}, of these once another error is mended: {:?}",
            self.codes, self.mended
        );
        let wrong: Vec<String> = self.wrong.into_iter().collect();
        assert!(wrong.is_empty(), "{} witnesses\n{}", wrong.len(), wrong.join("\n"));
        for code in codes {
            assert!(self.codes.contains_key(code), "no witness of {code}: {:?}", self.codes);
        }
    }
}

/// What the claims of C101 and C113 are paid, where that is not different or not what the finding says: under the first cover
/// and under the second; as the first peril and as the second.
fn alike(plan: &Plan, finding: &Finding) -> Option<Vec<Option<i64>>> {
    let witness = finding.witness.as_ref()?;
    let name = |arg: &str| match finding.args.get(arg) {
        Some(Arg::Names { zh, .. }) => zh.clone(),
        other => panic!("{other:?}"),
    };
    let paid: Vec<Option<i64>> = match finding.code.0 {
        "C101" => ["first", "second"]
            .iter()
            .map(|arg| {
                let name = name(arg);
                let of = plan.covers.iter().position(|cover| cover.name.zh == name).unwrap();
                benefits(&first_of(plan, of), witness)[0]
            })
            .collect(),
        "C113" => benefits(plan, witness),
        _ => return None,
    };
    let said: Vec<Option<i64>> = ["one", "two"]
        .iter()
        .map(|arg| match finding.args.get(arg) {
            Some(Arg::Money(fen)) => Some(*fen),
            _ => None,
        })
        .collect();
    (said != paid || paid[0] == paid[1]).then_some(paid)
}

/// The plan with one cover before all others.
fn first_of(plan: &Plan, cover: usize) -> Plan {
    let mut plan = plan.clone();
    let others = (0..plan.covers.len()).filter(|other| *other != cover);
    plan.meeting = Meeting {
        over: others
            .map(|other| (CoverId::from(cover), CoverId::from(other)))
            .collect(),
        ..Meeting::default()
    };
    plan
}

/// The plan without the shares, which have no part in what is paid, and with the ranks that it lacks: the cover of the
/// finding before all others, or the higher of any two.
fn mended(plan: &Plan, finding: &Finding) -> Vec<Plan> {
    let mut plan = plan.clone();
    plan.coinsurance = None;
    let count = plan.covers.len();
    let own = plan
        .covers
        .iter()
        .position(|cover| finding.about.contains(&cover.name.zh));
    let first = own.map(|own| first_of(&plan, own));
    let mut higher = plan.clone();
    let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| (CoverId::from(a), CoverId::from(b))));
    let stacked = |pair: &(CoverId, CoverId)| !plan.meeting.stack.contains(pair);
    higher.meeting.higher = pairs.filter(stacked).collect();
    [Some(plan), first, Some(higher)].into_iter().flatten().collect()
}

#[test]
fn witnesses_against_slips_in_the_policies_are_reproduced() {
    let mut seen = Seen::default();
    for name in TABLES {
        let sources = edited::around(&format!("{name}/"));
        for mutant in table(name) {
            if let Some(sources) = mutant.sources(&sources) {
                seen.look(&sources);
            }
        }
    }
    seen.end(&["L102", "L104", "L108", "C101"]);
}

#[test]
fn witnesses_against_generated_schemes_are_reproduced() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse().ok());
    let first: u64 = number("ANLAN_FIRST_WORLD").unwrap_or(1);
    let seeds = first..first + number("ANLAN_WORLDS").unwrap_or(200);
    // Two at a time: the last of all tests to end.
    let look = |half: u64| {
        let mut seen = Seen::default();
        for seed in seeds.clone().filter(|seed| seed % 2 == half) {
            let text = write(&generate(seed)).text;
            let path = "例.anlan".to_owned();
            seen.look(&[Source { path, text }]);
        }
        seen
    };
    let seen = std::thread::scope(|scope| {
        let other = scope.spawn(|| look(1));
        look(0).and(other.join().unwrap())
    });
    seen.end(&["L102", "L104", "C101"]);
}

/// What a cover pays by the premium: the bases of the witness give it.
#[test]
fn witnesses_of_differences_by_the_premium_are_reproduced() {
    let scheme = |premium: &str, perils: [&str; 2], pays: [&str; 2]| {
        let [first, second] = pays;
        format!(
            "引用 灾因, 伤残, 损毁等级, 区域\n方案 例 {{\n区域 云阳县\n保险期间 1年 自 2024-01-01\n年度 保单年度\n一次灾害 72小时\n\
             保费 {{ {premium}; 基数 常住人口 计 人 当年; 基数 户数 计 户 当年; 承担 县财政 100% }}\n\
             赔付标准 甲 {{ 房屋 {first} }}\n赔付标准 乙 {{ 房屋 {second} }}\n\
             险种 一 {{ 灾因 {}; 赔付 甲 }}\n险种 二 {{ 灾因 {}; 赔付 乙 }}\n}}\n",
            perils[0], perils[1]
        )
    };
    let mut seen = Seen::default();
    for premium in [
        "费率 3元/人/年",
        "费率 3元/人/年; 费率 5元/户/年",
        "费率 7元/户/年",
        "总额 40万元/年",
    ] {
        for perils in [["洪涝", "洪涝"], ["洪涝", "滑坡"]] {
            for pays in [
                ["据实 财产损失, 限额 保费总额", "据实 财产损失, 限额 50万元"],
                ["据实 财产损失, 限额 1% × 保费总额", "据实 财产损失, 限额 300元"],
                ["定额 保费总额, 精确到 100元 舍去", "定额 保费总额"],
            ] {
                let text = scheme(premium, perils, pays);
                seen.look(&[Source {
                    path: "例.anlan".to_owned(),
                    text,
                }]);
            }
        }
    }
    // A stated total of 40万元 is a whole number of 100元.
    assert_eq!((seen.codes.get("C101"), seen.codes.get("C113")), (Some(&11), Some(&11)));
    seen.end(&["C101", "C113"]);
}
