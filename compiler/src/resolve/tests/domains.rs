use crate::testing::{check, findings};

#[test]
fn extensions_add_values() {
    check(
        "N",
        "增列 灾因 { 陨石坠落 又称 陨石  自然灾害 { 暴盐 } }\n险种 甲 { 灾因 陨石, 暴盐 赔付 { 死亡 定额 1万元 } }",
        &[],
    );
    check("N", "增列 灾囚 { 陨石坠落 }", &["N116 灾囚 → 灾因"]);
    check("N", "增列 灾因 { 陨石 致 死亡, 残病 }", &["N105 残病 → 残疾"]);
}

#[test]
fn spellings_mean_one_thing() {
    check("N", "增列 灾因 { 陨石 陨石 }", &[]);
    check(
        "N",
        "增列 灾因 { 陨石 流星 又称 陨石雨  流星雨 又称 陨石雨 }",
        &["N202 陨石雨 (+1)"],
    );
    // The added one is meant inside this file; that is said.
    check("N", "增列 灾因 { 洪水 }", &["N203 洪水 (+1)"]);
    check("N", "增列 灾因 { flood 大水 }", &["N202 flood (+1)"]);
}

#[test]
fn synonyms() {
    check(
        "N",
        "同义 大水 = 洪涝\n险种 甲 { 灾因 大水 赔付 { 死亡 定额 1万元 } }",
        &[],
    );
    check("N", "同义 大水 = 洪捞", &["N124 洪捞 → 洪涝"]);
    // 房屋 is a harm and nothing else; 「1级」 is a grade of injury and of damage.
    check("N", "同义 一等 = 「1级」", &["N206 「1级」"]);
    check("N", "同义 干旱 = 洪涝", &["N203 干旱 (+1)"]);
}

#[test]
fn english_names() {
    let cover = "险种 甲 { 灾因 洪涝 赔付 { 死亡 定额 1万元 } 责任部门 县应急局 }";
    let named = |name: &str| format!("英文名 {name} = \"x\"\n{cover}");
    for name in ["甲", "洪涝", "死亡", "县应急局", "灾因"] {
        check("N", &named(name), &[]);
    }
    check("N", &named("洪捞"), &["N133 洪捞 → 洪涝"]);
    // Texts of the drafter's own: why something is assumed, accepted or left as prose.
    let texts = "年度 保单年度 假定 \"没有写\"\n认可 L104 \"文件如此\"\n条款 @一\n说明 @一 \"背景\"\n";
    for text in ["没有写", "文件如此", "背景"] {
        check("N", &(texts.to_owned() + &named(&format!("「{text}」"))), &[]);
    }
    let other = texts.to_owned() + &named("「没有」");
    check("N", &other, &["N133 「没有」 → 没有写"]);
    let twice = format!("{}\n英文名 甲 = \"y\"", named("甲"));
    check("N", &twice, &["N201 甲 → kind-english-name (+1)"]);
}

#[test]
fn inline_enumerations_are_domains() {
    let cover = "险种 甲 { 灾因 洪涝 条件 用途 为 居佳 赔付 { 死亡 定额 1万元 } }";
    check(
        "N",
        &format!("事实 用途: {{ 居住, 商业 }}\n{cover}"),
        &["N105 居佳 → 居住"],
    );
    check("N", "事实 用途: 用度", &["N116 用度"]);
    check("N", "事实 灾因: 金额", &["N201 灾因 → kind-fact (+1)"]);
}

#[test]
fn groups_shadow_the_library_in_their_file() {
    // 自然灾害 is a node of the library; the group names fewer.
    let text = "引用 灾因\n方案 例 {\n  灾因组 自然灾害 = 洪涝, 干旱 以上为限\n  险种 甲 { 灾因 自然灾害 赔付 { 死亡 定额 1万元 } }\n}\n";
    assert_eq!(findings("N", &[("a.anlan", text)]), Vec::<String>::new());
}

#[test]
fn groups_and_schedules_in_a_circle() {
    check(
        "N",
        "灾因组 甲 = 乙, 洪涝 以上为限\n灾因组 乙 = 甲 以上为限\n险种 丙 { 灾因 甲 赔付 { 死亡 定额 1万元 } }",
        &["N207 甲", "N207 乙"],
    );
    // A group that names itself means the library value that it shadows.
    check(
        "N",
        "灾因组 火灾 = 火灾, 爆炸 以上为限\n险种 丙 { 灾因 火灾 赔付 { 死亡 定额 1万元 } }",
        &[],
    );
    check(
        "N",
        "赔付标准 甲 同 乙 { 死亡 定额 1万元 }\n赔付标准 乙 同 甲 { 残疾 定额 1万元 }",
        &["N207 甲", "N207 乙"],
    );
}

#[test]
fn declared_twice_or_in_the_wrong_place() {
    check(
        "N",
        "险种 甲 { 灾因 洪涝 赔付 { 死亡 定额 1万元 } }\n险种 甲 { 灾因 干旱 赔付 { 死亡 定额 1万元 } }",
        &["N201 甲 → kind-cover (+1)"],
    );
    check(
        "N",
        "赔付表 甲 按 城乡 {\n 乙 丙 乙\n 城镇 1万元 2万元 1万元\n 农村 1万元 2万元 1万元\n}\n赔付标准 丁 每案 { 房屋 定额 甲.乙; 医疗 定额 甲.丙 }\n险种 戊 { 灾因 洪涝; 赔付 丁 }",
        &["N201 乙 → kind-column (+1)", "N301 乙 → kind-column"],
    );
    check("N", "设 甲 = 1万元", &["N212 设 甲 = 1万元"]);
    check(
        "N",
        "参数 甲: 金额 合同约定\n指标 甲 = 1 - 赔付率",
        &["N301 甲 → kind-parameter", "N205 甲 → kind-metric (+1)"],
    );
}
