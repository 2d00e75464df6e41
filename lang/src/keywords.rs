//! The one table of keywords: each idea once, with its Chinese and its English form.
//!
//! A form may be several words (`valid until`, `由 共保`); a keyword that only one language writes has an empty form
//! in the other (`引起` closes what `caused by` opens). Two keywords may share a form: the parser asks for the keyword
//! that can stand at a place, so only keywords that can stand at the same place must differ.

use crate::texts::Language;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

macro_rules! keywords {
    ($($keyword:ident $zh:literal $en:literal $([$($synonym:literal),*])?;)*) => {
        /// A keyword, whatever the language in which it is written.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u16)]
        pub enum Keyword {
            $(#[doc = concat!("`", $zh, "` / `", $en, "`")] $keyword,)*
        }

        impl Keyword {
            /// All keywords in the order of the table.
            pub const ALL: &[Keyword] = &[$(Keyword::$keyword),*];
        }

        /// Chinese form, English form, synonyms that are read but never printed.
        const TABLE: &[(&str, &str, &[&str])] = &[$(($zh, $en, &[$($($synonym),*)?])),*];
    };
}

keywords! {
    // files and heads
    Use "引用" "use";
    Scheme "方案" "scheme";
    Framework "框架" "framework";
    Contract "合同" "contract";
    ConformsTo "遵循" "conforms to";
    Implements "执行" "implements";

    // identity
    Title "名称" "title";
    TitleEn "英文" "en";
    Document "文件" "document";
    Unnumbered "无文号" "unnumbered";
    Issued "发布" "issued" ["印发"];
    Effective "施行" "effective";
    ValidUntil "有效至" "valid until";
    UntilDecided "至 决定" "until decided";
    Repeals "废止" "repeals";
    Under "依据" "under";
    NotIncluded "未收录" "not included";
    Articles "条款" "articles";
    Prose "说明" "prose";

    // who, where, when
    Territory "区域" "territory";
    Except "除" "except";
    Including "含" "including";
    Policyholder "投保人" "policyholder";
    AuthorisedBy "经" "authorised by" ["authorized by"];
    AuthorisedEnd "授权" "";
    Body "机构" "body";
    Alias "又称" "alias";
    Term "保险期间" "term";
    FromContract "自 合同约定" "from contract" ["自合同约定"];
    From "自" "from";
    To "至" "to";
    Renewable "可续期" "renewable";
    PerPolicy "按保单" "per policy";
    ByContract "合同约定" "by contract";
    Year "年度" "year";
    PolicyYear "保单年度" "policy year";
    CalendarYear "公历年度" "calendar year";
    OfEvent "按灾害" "of event";
    EventRule "一次灾害" "event";
    AsRecorded "以编号为准" "as recorded";
    Persons "保障对象" "persons";
    InTerritoryAtLoss "灾害发生时在区域内" "in territory at loss" ["灾害发生时在区域内的", "灾害发生时在区域内的自然人"];
    NaturalPersons "自然人" "natural persons";
    Subject "保险标的" "subject";
    Beneficiary "受益人" "beneficiary";
    Standard "标准" "standard";
    Secondary "次生灾害" "secondary perils";
    Ambiguity "疑义" "ambiguity";
    ByOrigin "按起因" "by origin";
    ByDirectCause "按直接原因" "by direct cause";
    AsRegistered "以登记为准" "as recorded";
    SumInsured "保险金额" "sum insured";
    Negotiated "协商" "negotiated";
    AtLeastBase "至少 基本" "at least base" ["至少基本", "下限 基本"];
    SumAtMost "最高" "at most";
    AboveRefused "超过 拒收" "above refused" ["超过拒收"];
    AboveCapped "超过 按最高" "above capped" ["超过按最高"];

    // list endings
    Open "等" "and others";
    Closed "以上为限" "closed";
    Counted "共" "counted";
    ByDecision "由 决定" "by decision";

    // vocabulary
    Fact "事实" "fact";
    Money "金额" "money";
    Count "计数" "count";
    Ratio "比例" "ratio";
    Date "日期" "date";
    Text "文本" "text";
    YesNo "是否" "yes or no";
    Number "数" "number";
    PreciseTo "精确到" "to";
    By "由" "by";
    Parameter "参数" "parameter";
    KindTo "到" "to";
    ListOf "清单" "list of";
    AtLeast "至少" "at least";
    AtMost "至多" "at most";
    Planned "计划" "planned";
    Decision "决定" "decision";
    Unstated "未载明" "unstated";
    Effect "效力" "effect";
    WholePeriod "全期" "whole period";
    FromTheDay "自当日" "from the day";
    Value "值" "value";
    Fund "资金" "fund";
    Accrual "计提" "accrual";
    CarriedForward "滚存" "carried forward";
    BalanceBy "余额 由" "balance reported by";
    ReportedEnd "报告" "";
    Group "灾因组" "group";
    CausedBy "由" "caused by";
    CausedEnd "引起" "";
    AllCausedBy "均由" "all caused by";
    KeptBy "依据" "kept by";
    AsAmended "随法变动" "as amended";
    AsOf "截至" "as of";
    ExtendPeril "增列" "extend";
    Synonym "同义" "alias";
    EnglishName "英文名" "english name";
    TreatAs "视同" "treat";
    As "" "as";
    Domain "域" "domain";
    WorstFirst "重者在前" "worst first";
    WorstLast "重者在后" "worst last";
    Default "缺省" "default";
    Code "代码" "code";
    CanHarm "致" "harms";
    LeadsTo "引发" "leads to";
    Unit "单位" "unit";
    Dimension "量纲" "dimension";
    Area "区域名" "area";
    Within "属" "within";
    Level "级别" "level";
    Zone "功能区" "zone";

    // amounts
    Unlimited "不限" "unlimited";
    TotalPremium "保费总额" "total premium";
    SumInsuredAmount "保险金额" "sum insured";
    BalanceOf "" "balance of";
    Balance "余额" "";
    Of "的" "of" ["之"];

    // conditions
    Is "为" "is" ["是"];
    IsNot "不为" "is not" ["不是"];
    OtherwiseNothing "其余不赔" "otherwise nothing";
    And "且" "and";
    Or "或" "or";
    Not "非" "not";
    Decided "决定" "decided";
    CompareAtLeast "以上" "at least";
    CompareAtMost "以下" "at most";
    CompareOver "超过" "over";
    CompareUnder "不满" "under";

    // keys
    PerPerson "每人" "per person";
    PerHousehold "每户" "per household";
    PerEvent "每次灾害" "per event" ["每次事故", "每次"];
    PerYear "每年度" "per year" ["每年", "全年"];
    PerTerm "保险期间内" "per term";
    PerClaim "每案" "per claim";
    Per "每" "per";

    // tables and schedules
    Table "赔付表" "table";
    TableBy "按" "by";
    Otherwise "其余" "otherwise";
    Schedule "赔付标准" "schedule";
    Like "同" "like";
    Combined "合计" "combined";
    Fixed "定额" "fixed";
    Actual "据实" "actual";
    Nothing "不赔" "nothing";
    PartMonth "不足一月" "part month";
    CountsAsOne "按一月" "counts as one" ["as one"];
    CountsAsNone "不计" "counts as none" ["as none"];
    ProRata "按比例" "pro rata";
    Less "免赔额" "less";
    Over "超过" "over";
    OverEnd "部分" "" ["的部分"];
    UpTo "限额" "up to";
    Share "赔付比例" "share";
    RoundTo "精确到" "round to";
    HalfUp "四舍五入" "half up";
    Down "舍去" "down";
    Up "进位" "up";
    UnitsUpTo "最长" "at most";
    Units "" "units";
    UnlimitedUnits "最长 不限" "unlimited units" ["最长不限"];
    SeveralInjuries "多处伤残" "several injuries";
    Heaviest "取最重" "heaviest";
    HeaviestRaised "取最重升一级" "heaviest raised one grade";
    LessPaid "扣除 已付" "less paid" ["扣除已付"];

    // covers
    Cover "险种" "cover";
    Perils "灾因" "perils" ["peril"];
    Any "任何" "any";
    Role "身份" "role";
    When "条件" "when";
    Pays "赔付" "pays";
    HandledBy "责任部门" "handled by";
    For "于" "for";
    Priority "优先" "priority";
    PriorityOver "于" "over";
    AllOthers "全部其他险种" "all others";
    AllCovers "全部险种" "all covers";
    Higher "从高" "higher";
    Stack "叠加" "stack";

    // limits
    Limit "累计限额" "limit";
    OverAllCovers "全部险种" "over all covers" ["all covers", "所有险种"];
    OverCovers "限于险种" "over covers" ["限于 险种"];
    Only "限于" "only";
    WhenExhausted "用尽时" "when exhausted";
    ByDate "按时间" "by date";
    TierEvent "按灾害" "event" ["by event"];
    TierClaim "按赔案" "claim" ["by claim"];
    ByRank "按顺位" "by rank";
    RatioTo "比例精确到" "ratio to" ["比例 精确到"];
    LimitWithin "包含于" "within";
    After "后于" "after";
    RaisedTo "上浮至" "raised to";
    WhenDecided "经 决定" "when decided";

    // premium, splits, insurers, layers
    Premium "保费" "premium";
    Rate "费率" "rate";
    Base "基数" "base";
    CountsUnit "计" "counts";
    CurrentYear "当年" "current year";
    PreviousYear "上年度" "previous year";
    YearBeforeLast "上上年度" "year before last";
    InYear "于" "in";
    Total "总额" "total";
    PaidBy "承担" "paid by";
    Due "缴纳" "due";
    Split "分担" "split";
    Round "" "round";
    SplitTo "精确到" "to";
    RemainderTo "余数归" "remainder to";
    SplitWhen "当" "when";
    Coinsurance "共保" "coinsurance";
    Lead "首席承保人" "lead";
    Follow "共保人" "follow";
    Insurers "家数" "insurers";
    LeadAtLeast "首席至少" "lead at least" ["首席 至少"];
    SharesByContract "份额 合同约定" "shares by contract" ["份额合同约定"];
    Tower "分层" "tower";
    Layer "层" "layer";
    SharedByCoinsurance "由 共保" "shared by coinsurance";
    Shortfall "不足时" "shortfall";

    // watching and duties
    Metric "指标" "metric";
    Covenant "约束" "covenant";
    Review "复核" "review";
    Every "每" "every";
    MayDecide "可作 决定" "may decide";
    Duty "义务" "duty";
    Towards "向" "to";
    EveryMonth "每月" "every month";
    EveryQuarter "每季度" "every quarter" ["每季"];
    EveryYear "每年" "every year" ["每年度"];
    AfterPeriodEnd "期限 期末后" "within";
    OfPeriodEnd "" "of period end";
    DaysInside "内" "";
    DeadlineYearly "期限 每年" "";
    DeadlineOn "期限" "by";
    EachYear "" "each year";
    DeadlineWords "期限" "deadline";
    OtherwiseLeads "违反时" "otherwise";
    Forbids "禁止" "forbids";
    Responsibility "职责" "responsibility";
    Supplement "补充合同 可" "supplement may" ["补充合同可"];
    Subrogation "追偿" "subrogation";
    SubrogationNone "无" "none";
    Against "代位 对" "against";
    OtherInsurance "其他保险" "other insurance";
    Property "财产" "property";
    Person "人身" "person";
    NotReduced "不扣减" "none";
    ByLaw "依法" "by law";
    ContractPrevails "以合同为准" "contract prevails for";
    Limits "赔付限额" "limits";

    // frameworks
    BasicScope "基本范围" "basic scope";
    ExtendedScope "扩展范围" "extended scope";
    Harms "损害" "harms";
    Menu "可选" "menu";
    Require "要求" "require";
    Payable "可获赔付" "payable";
    OfHarm "之" "of";
    PremiumPaidBy "保费承担" "premium paid by";
    AppliesTo "适用" "applies to";
    EachOf "各" "";
    EveryOf "" "every";
    OfArea "" "of";

    // contracts, examples, findings
    Set "设" "set";
    List "清单" "list";
    Example "样例" "example";
    Claim "赔案" "claim";
    Claims "赔案" "claims";
    At "于" "at";
    Bases "基数" "bases";
    PersonCount "人数" "persons";
    HouseholdCount "户数" "households";
    Loss "损失" "loss";
    PaysAmount "应付" "pays";
    PaysNothing "不赔" "pays nothing";
    Refused "拒收" "refused";
    Paid "实付" "paid";
    PaidInAll "实付合计" "paid in all";
    Bears "承担" "bears";
    Unpaid "未付" "unpaid";
    Acknowledge "认可" "acknowledge";

    // notes
    Assume "假定" "assume";
    Must "必须" "must";
    InPrinciple "原则上" "in principle";
    Encouraged "鼓励" "encouraged";
}

impl Keyword {
    fn row(self) -> (&'static str, &'static str, &'static [&'static str]) {
        TABLE.get(self as usize).copied().unwrap_or(("", "", &[]))
    }

    /// The form that is printed; empty where this language does not write the keyword.
    pub fn form(self, language: Language) -> &'static str {
        let (zh, en, _) = self.row();
        match language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    /// What is read beside the two forms.
    pub fn synonyms(self) -> &'static [&'static str] {
        self.row().2
    }

    /// Forms and synonyms as word sequences, longest first.
    pub(crate) fn sequences(self) -> &'static [Sequence] {
        VOCABULARY.sequences.get(self as usize).map_or(&[], Vec::as_slice)
    }
}

/// A word of the keyword vocabulary; [`WordId::NONE`] is any other word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct WordId(pub(crate) u16);

impl WordId {
    pub const NONE: WordId = WordId(0);
}

/// The words of one form; unused places are [`WordId::NONE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sequence {
    words: [WordId; MAX_WORDS],
    length: u8,
}

/// Words in the longest form (`heaviest raised one grade`, `in territory at loss`).
pub(crate) const MAX_WORDS: usize = 4;

impl Sequence {
    pub(crate) fn words(&self) -> &[WordId] {
        self.words.get(..self.length as usize).unwrap_or(&[])
    }
}

struct Vocabulary {
    ids: FxHashMap<&'static str, WordId>,
    sequences: Vec<Vec<Sequence>>,
    /// By word: the keywords that a form begins with it.
    beginning: Vec<Vec<Keyword>>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut ids = FxHashMap::default();
    let sequences: Vec<Vec<Sequence>> = Keyword::ALL.iter().map(|k| sequences_of(*k, &mut ids)).collect();
    let mut beginning = vec![Vec::new(); ids.len() + 1];
    for (keyword, forms) in Keyword::ALL.iter().zip(&sequences) {
        for first in forms.iter().filter_map(|form| form.words().first()) {
            let begins: Option<&mut Vec<Keyword>> = beginning.get_mut(first.0 as usize);
            if let Some(keywords) = begins.filter(|keywords| !keywords.contains(keyword)) {
                keywords.push(*keyword);
            }
        }
    }
    Vocabulary {
        ids,
        sequences,
        beginning,
    }
});

fn sequences_of(keyword: Keyword, ids: &mut FxHashMap<&'static str, WordId>) -> Vec<Sequence> {
    let (zh, en, synonyms) = keyword.row();
    let mut all: Vec<Sequence> = [zh, en]
        .iter()
        .chain(synonyms)
        .filter(|form| !form.is_empty())
        .map(|form| sequence(form, ids))
        .collect();
    all.sort_by_key(|s| std::cmp::Reverse(s.length));
    all.dedup();
    all
}

fn sequence(form: &'static str, ids: &mut FxHashMap<&'static str, WordId>) -> Sequence {
    let mut result = Sequence {
        words: [WordId::NONE; MAX_WORDS],
        length: 0,
    };
    for (place, word) in result.words.iter_mut().zip(form.split(' ')) {
        // The table is far below 65,535 words.
        let next = WordId(ids.len() as u16 + 1);
        *place = *ids.entry(word).or_insert(next);
        result.length += 1;
    }
    result
}

/// Keywords of which a form begins with the word.
pub(crate) fn beginning(word: WordId) -> &'static [Keyword] {
    VOCABULARY.beginning.get(word.0 as usize).map_or(&[], Vec::as_slice)
}

/// The word's place in the vocabulary of all forms.
pub(crate) fn word_id(word: &str) -> WordId {
    VOCABULARY.ids.get(word).copied().unwrap_or(WordId::NONE)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn every_keyword_can_be_written() {
        for keyword in Keyword::ALL {
            assert!(!keyword.sequences().is_empty(), "{keyword:?} has no form");
        }
    }

    #[test]
    fn no_form_is_longer_than_a_sequence_holds() {
        for keyword in Keyword::ALL {
            let (zh, en, synonyms) = keyword.row();
            for form in [zh, en].iter().chain(synonyms) {
                assert!(form.split(' ').count() <= MAX_WORDS, "{form}");
            }
        }
    }

    #[test]
    fn long_forms_come_first() {
        let lengths: Vec<usize> = Keyword::InTerritoryAtLoss
            .sequences()
            .iter()
            .map(|s| s.words().len())
            .collect();
        assert_eq!(lengths, [4, 1, 1, 1]);
    }

    #[test]
    fn a_word_outside_the_table_has_no_id() {
        assert_eq!(word_id("洪涝"), WordId::NONE);
        assert_ne!(word_id("灾因"), WordId::NONE);
    }
}
