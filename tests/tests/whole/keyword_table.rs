//! `docs/keywords.md` is written from the table of keywords.

use anlan_lang::keywords::Keyword;
use anlan_lang::texts::Language;
use anlan_tests::golden;

const HEAD: &str = "# 关键词对照表 · Keywords

本表由 `lang/src/keywords.rs` 生成，次序与那里相同。一种意思一个关键词，`anlan fmt` 印前两栏的写法；“也读”一栏只读不印。
空白处表示这一种语言不写这个词（`引起` 收住 `由 … 引起`，英文是 `caused by …`）。

Written from `lang/src/keywords.rs`, in its order. One keyword, one idea; `anlan fmt` prints the first two columns, the third
is read and never printed. A blank says that the language does not write the keyword (`引起` closes `由 … 引起`, which is
`caused by …`).

| 中文 | English | 也读 · also read |
|---|---|---|
";

#[test]
fn the_table_of_keywords_is_in_step() {
    let mut page = HEAD.to_owned();
    let code = |form: &str| {
        if form.is_empty() {
            String::new()
        } else {
            format!("`{form}`")
        }
    };
    for keyword in Keyword::ALL {
        let also: Vec<String> = keyword.synonyms().iter().map(|s| code(s)).collect();
        page.push_str(&format!(
            "| {} | {} | {} |\n",
            code(keyword.form(Language::Zh)),
            code(keyword.form(Language::En)),
            also.join(" ")
        ));
    }
    golden::check("docs/keywords.md", &page);
}
