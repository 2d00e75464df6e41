//! Projects of many counties for the benchmarks: frameworks of provinces and the schemes that conform to them.
//!
//! Every scheme is Yunyang's rewritten from a seed: names, bodies, amounts, shares, dates, and a cover of its own, so
//! that none is smaller than Yunyang and no two are equal.

use crate::random::Random;
use crate::read;
use anlan_compiler::project::{Project, Settings, Source};
use std::fmt::Write as _;

/// Counties under one framework.
const COUNTIES_OF_ONE_FRAMEWORK: usize = 100;

/// A project of so many schemes, a framework for each hundred.
pub fn counties(count: usize) -> Project {
    let (framework, scheme) = (
        read("policies/chongqing/framework.anlan"),
        read("policies/yunyang/scheme.anlan"),
    );
    let mut sources = Vec::new();
    for index in 0..count {
        let province = index / COUNTIES_OF_ONE_FRAMEWORK;
        if index % COUNTIES_OF_ONE_FRAMEWORK == 0 {
            sources.push(Source {
                path: format!("p{province}/framework.anlan"),
                text: framework.replace("重庆市巨灾保险", &format!("第{province}省巨灾保险")),
            });
        }
        sources.push(Source {
            path: format!("p{province}/county{index}.anlan"),
            text: county(&scheme, province, index),
        });
    }
    Project::new(sources, Settings::default())
}

fn county(scheme: &str, province: usize, index: usize) -> String {
    let mut seed = Random::new(index as u64 + 1);
    // Benefits of this county, in 万元: at least what the framework asks for.
    let death = 10 + seed.below(21);
    let medical = 1 + seed.below(5);
    let persons = 200 + seed.below(800);
    let text = scheme
        .replace("重庆市巨灾保险", &format!("第{province}省巨灾保险"))
        .replace("chongqing.framework", &format!("p{province}.framework"))
        .replace("云阳县巨灾保险", &format!("第{index}县巨灾保险"))
        .replace("云阳府办规〔2023〕9号", &format!("府办规〔2023〕{}号", index + 1))
        .replace("县应急管理局", &format!("第{index}县应急管理局"))
        .replace("共保机构甲", &format!("共保机构{}", seed.below(40)))
        .replace("死亡  定额 10万元\n", &format!("死亡  定额 {death}万元\n"))
        .replace("限额 2万元", &format!("限额 {medical}万元"))
        .replace("= 3000万元", &format!("= {}万元", 3000 + 100 * seed.below(20)))
        .replace("= 6000万元", &format!("= {}万元", 6000 + 100 * seed.below(40)))
        .replace("92.6万", &format!("{}.{}万", persons / 10, persons % 10));
    // `check` reads the examples and does not run them, so the amounts that they state need not follow.
    let mut out = text.trim_end().trim_end_matches('}').to_owned();
    let perils = ["雷击", "违法犯罪侵害", "拥挤踩踏", "触电", "居家煤气中毒"];
    let _ = write!(
        out,
        "  赔付标准 专项赔付 每人每次灾害 {{\n    死亡 定额 {}万元\n    医疗 据实 医疗费用, 限额 {}元 @四（一）\n  }}\n  \
         险种 专项救助保险 {{  @一（一）\n    灾因      {}\n    条件      责任人 为 无法找到 或 无力赔偿, 其余不赔\n    \
         赔付      专项赔付\n    责任部门  县公安局\n  }}\n  优先 专项救助保险 于 自然灾害救助保险\n",
        death + seed.below(3),
        10_000 + 500 * seed.below(40),
        seed.of(&perils),
    );
    out.push_str("}\n");
    out
}

/// One scheme with so many covers of forty perils each, and sixty limits, of which each binds some of the covers.
pub fn large(covers: usize) -> Project {
    const PERILS: usize = 40;
    const LIMITS: usize = 60;
    let mut seed = Random::new(covers as u64);
    let mut text = String::from(
        "引用 perils, injury, persons, liability, harms, facts, areas, units\n方案 大方案 {\n  区域 云阳县\n  保险期间 3年 自 2023-11-27\n  \
         年度 保单年度\n  一次灾害 72小时\n  增列 灾因 {\n",
    );
    for peril in 0..PERILS * covers {
        let _ = writeln!(text, "    灾种{peril}");
    }
    text.push_str("  }\n");
    for cover in 0..covers {
        let list: Vec<String> = (0..PERILS).map(|p| format!("灾种{}", cover * PERILS + p)).collect();
        let states = ["无法找到", "无力赔偿", "无法找到 或 无力赔偿"];
        let state = seed.of(&states);
        let _ = write!(
            text,
            "  险种 险种{cover} {{\n    灾因 {}\n    条件 责任人 为 {state}, 其余不赔\n    赔付 每人每次灾害 {{\n      死亡 定额 {}万元\n      \
             医疗 据实 医疗费用, 限额 {}元\n    }}\n    责任部门 县应急管理局\n  }}\n",
            list.join(", "),
            5 + seed.below(30),
            10_000 + 100 * seed.below(100),
        );
    }
    for limit in 0..LIMITS {
        let over: Vec<String> = (0..covers)
            .filter(|cover| cover % LIMITS == limit % covers.max(1))
            .map(|cover| format!("险种{cover}"))
            .collect();
        if over.is_empty() {
            continue;
        }
        let _ = writeln!(
            text,
            "  累计限额 限额{limit} = {}万元 每次灾害 限于险种 {} 用尽时 按比例",
            500 + seed.below(500),
            over.join(", ")
        );
    }
    text.push_str("  累计限额 年度限额 = 2亿元 每年度 全部险种 用尽时 按时间\n}\n");
    Project::new(
        vec![Source {
            path: "large.anlan".to_owned(),
            text,
        }],
        Settings::default(),
    )
}

/// One scheme with so many names that nothing declares, each near one that something does: perils, schedules, facts of
/// conditions, names given English ones.
pub fn wrong_names(count: usize) -> Project {
    let mut text = String::from(
        "引用 perils, injury, persons, liability, harms, facts, areas, units\n方案 大方案 {\n  区域 云阳县\n  保险期间 3年 自 2023-11-27\n  \
         年度 保单年度\n  一次灾害 72小时\n",
    );
    let mut english = String::new();
    for index in 0..count / 4 {
        let _ = write!(
            text,
            "  事实 情形{index}: 是否\n  赔付标准 标准{index} 每人每次灾害 {{\n    死亡 定额 {}元\n  }}\n  险种 险种{index} {{\n    \
             灾因 洪捞{index}, 洪涝\n    条件 情型{index}\n    赔付 标淮{index}\n    责任部门 县应急管理局\n  }}\n",
            50_000 + index,
        );
        let _ = writeln!(english, "  英文名 险中{index} = \"cover {index}\"");
    }
    text.push_str(&english);
    text.push_str("}\n");
    Project::new(
        vec![Source {
            path: "names.anlan".to_owned(),
            text,
        }],
        Settings::default(),
    )
}
