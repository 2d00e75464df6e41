//! The syntax tree of one `.anlan` file: what was written, in typed form, before any name is resolved.
//!
//! Both keyword languages give the same tree. Equality of two trees ignores [`Span`]s, so
//! `fmt` can prove that it changed nothing (`Span` compares equal to every other `Span`).

use rust_decimal::Decimal;
use std::hash::{Hash, Hasher};

pub use jiff::civil::Date;

/// A half-open byte range `start..end` in one source file. All spans compare equal, see the module page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl PartialEq for Span {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for Span {}
impl Hash for Span {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        // Sources are capped at 4 MB, so the conversion cannot lose anything.
        Span {
            start: start as u32,
            end: end as u32,
        }
    }
    /// The smallest span that holds both.
    pub fn to(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A word that names something: `云阳县`, `flood`, `主承保机构`. Compared by text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Name {
    pub text: String,
    pub span: Span,
}

/// A dotted name: `伤残赔付.一般`, `chongqing.framework`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    pub parts: Vec<Name>,
    pub span: Span,
}

/// Text between quotation marks (`"…"` or `“…”`), unescaped.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quoted {
    pub text: String,
    pub span: Span,
}

/// `@四（一）`: the text after `@`, brackets normalised to full width.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Article {
    pub text: String,
    pub span: Span,
}

/// `假定 "…"` / `assume "…"`: an answer that the document does not give.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Assumption {
    pub reason: Quoted,
    pub span: Span,
}

/// What may trail every clause: articles, assumptions, and a modality (`必须`, `原则上`, `鼓励`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Notes {
    pub articles: Vec<Article>,
    pub assumptions: Vec<Assumption>,
    pub modality: Option<Modality>,
}

/// How binding a provision is. Absent means [`Modality::Must`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// 必须
    Must,
    /// 原则上
    InPrinciple,
    /// 鼓励
    Encouraged,
}

/// A number with its unit: `10万元`, `1元/人/年`, `92.6万人`, `3年`, `72小时`, `20%`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// The value with its multiplier applied (`10万` is 100000); of `%` and `‰` the number as printed (20).
    pub value: Decimal,
    /// `None` for a bare number. `%` and `‰` are units with exactly that text.
    pub unit: Option<Unit>,
    pub span: Span,
}

/// `元/人/年`: head `元`, per `[人, 年]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unit {
    pub head: Name,
    pub per: Vec<Name>,
    pub span: Span,
}

/// An amount, ratio or count.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Expr {
    Quantity(Quantity),
    /// `1/2`
    Fraction {
        numerator: Decimal,
        denominator: Decimal,
        span: Span,
    },
    /// A parameter, fact, metric, decision with a value, or a table column (`伤残赔付.一般`).
    Name(Path),
    /// `保费总额` / `total premium`: the premium of the settled bases.
    TotalPremium(Span),
    /// `保险金额` / `sum insured` as an amount.
    SumInsured(Span),
    /// `专项准备金 余额` / `balance of 专项准备金`
    Balance {
        fund: Name,
        span: Span,
    },
    /// `不限` / `unlimited`
    Unlimited(Span),
    /// `15 × 保费总额`, `保险金额 × 损失比例`, `70% of 基本保费` (`基本保费 的 70%`)
    Product {
        left: Box<Expr>,
        right: Box<Expr>,
        span: Span,
    },
    /// `1 - 综合赔付率 - 综合费用率`
    Sum {
        first: Box<Expr>,
        rest: Vec<(Sign, Expr)>,
        span: Span,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    Plus,
    Minus,
}

impl Expr {
    pub fn span(&self) -> Span {
        match self {
            Expr::Quantity(q) => q.span,
            Expr::Name(p) => p.span,
            Expr::TotalPremium(s) | Expr::SumInsured(s) | Expr::Unlimited(s) => *s,
            Expr::Fraction { span, .. }
            | Expr::Balance { span, .. }
            | Expr::Product { span, .. }
            | Expr::Sum { span, .. } => *span,
        }
    }
}

/// `>= <= > < =`, or 以上 以下 超过 不满 (Civil Code art. 1259: 以上/以下 include the number, 超过/不满 exclude it).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    AtLeast,
    AtMost,
    Over,
    Under,
    Equal,
}

/// A condition on facts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Condition {
    /// `责任人 为 无法找到 或 无力赔偿，其余不赔` / `liable is not_found or unable, otherwise nothing`
    Is {
        fact: Name,
        /// `不为` / `is not`
        negated: bool,
        values: Vec<Name>,
        /// `其余不赔` / `otherwise nothing`: the values not named were considered and do not pay.
        otherwise_nothing: bool,
        span: Span,
    },
    /// `财产损失 >= 500元`
    Compare {
        fact: Name,
        compare: Compare,
        value: Expr,
        span: Span,
    },
    /// A yes/no fact standing alone (`合法产权`), or a decision taken (`决定 政府认定救助` / `decided 政府认定救助`).
    Holds { name: Name, decided: bool, span: Span },
    /// `且` / `and`
    All { parts: Vec<Condition>, span: Span },
    /// `或` / `or` between conditions
    Any { parts: Vec<Condition>, span: Span },
    /// `非 （…）` / `not (…)`
    Not { part: Box<Condition>, span: Span },
}

impl Condition {
    pub fn span(&self) -> Span {
        match self {
            Condition::Is { span, .. }
            | Condition::Compare { span, .. }
            | Condition::Holds { span, .. }
            | Condition::All { span, .. }
            | Condition::Any { span, .. }
            | Condition::Not { span, .. } => *span,
        }
    }
}

/// What a limit, schedule or step is counted per.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// 每人
    Person(Span),
    /// 每户
    Household(Span),
    /// 每次灾害 (also 每次事故)
    Event(Span),
    /// 每年度 (also 每年, 全年)
    Year(Span),
    /// 保险期间内
    Term(Span),
    /// 每案 / per claim
    Claim(Span),
    /// `每 区县` / `per region`: any other fact
    Fact(Name),
}

// ─────────────────────────────── files and their top-level items ───────────────────────────────

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct File {
    /// `引用 灾因, 重庆.框架` / `use perils, chongqing.framework`
    pub uses: Vec<Path>,
    pub items: Vec<Item>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// `方案` / `scheme`
    Scheme(Body),
    /// `框架` / `framework`
    Framework(Body),
    /// `合同` / `contract`
    Contract(Body),
    /// Library items; they may also stand beside a scheme.
    Domain(Domain),
    Fact(FactDeclaration),
    Unit(UnitDeclaration),
    Area(Area),
}

/// A scheme, framework or contract: a head and clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    pub name: Name,
    /// `遵循` / `conforms to` (scheme → frameworks), `执行` / `implements` (contract → one scheme).
    pub relations: Vec<Name>,
    pub clauses: Vec<Clause>,
    pub span: Span,
}

/// One clause with what trails it. `span` covers the clause without its notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    pub kind: ClauseKind,
    pub notes: Notes,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClauseKind {
    // identity
    Title {
        zh: Quoted,
        en: Option<Quoted>,
    },
    Document(Document),
    /// `废止 "聊应急发〔2019〕43号"` / `repeals`
    Repeals(Quoted),
    /// `依据 "鲁应急发〔2022〕8号" 未收录` / `under "…" not included`; `included` false where the superior text is not in the project.
    Under {
        document: Quoted,
        included: bool,
    },
    /// `条款 一（一）, 一（二）, …` / `articles`: the document's article list.
    Articles(Vec<Article>),
    /// `说明 @七（一）, @七（六） "只涉内部分工"` / `prose`: articles that carry no rule.
    Prose {
        articles: Vec<Article>,
        reason: Quoted,
    },

    // who, where, when
    /// `区域 綦江区 除 万盛经开区` / `territory X except Y`; `含` / `including` adds.
    Territory {
        areas: Vec<Name>,
        except: Vec<Name>,
        including: Vec<Name>,
    },
    /// `投保人 县应急管理局` / `policyholder`; `经 区政府 授权` / `authorised by`
    Policyholder {
        bodies: Vec<Name>,
        authorised_by: Option<Name>,
    },
    /// `机构 区国资委 又称 区金融发展服务中心` / `body`
    Body {
        name: Name,
        aliases: Vec<Name>,
    },
    /// `保险期间 …` / `term`
    Term(Term),
    /// `年度 保单年度` / `year policy year`
    Year {
        kind: YearKind,
        of_event: bool,
    },
    /// `一次灾害 72小时` / `event 72 hours`; `按灾害编号` / `as recorded` is `Event(None)` with its notes.
    Event(EventRule),
    /// `保障对象 灾害发生时在区域内的自然人 含 户籍人口, 常住人口 等` / `persons natural persons in territory at loss including …`
    Persons {
        at_loss_in_territory: bool,
        classes: Vec<Name>,
        ending: ListEnding,
    },
    /// `保险标的 人身, 住房, 生活用品` / `subject`
    Subject {
        items: Vec<Name>,
        ending: ListEnding,
    },
    /// `保险金额 { … }` / `sum insured { … }`
    SumInsured(SumInsured),

    // vocabulary
    Fact(FactDeclaration),
    Parameter(Parameter),
    Decision(DecisionDeclaration),
    Fund(Fund),
    Group(Group),
    /// `增列 灾因 { … }` / `extend peril { … }`
    Extend(Domain),
    /// `同义 精神病人伤人 = 精神障碍患者伤人` / `alias a = b`
    Alias {
        alias: Name,
        of: Name,
    },
    /// `视同 责任人 无责任人 = 无法找到` / `treat liable none as not_found`
    TreatAs {
        fact: Name,
        value: Name,
        as_value: Name,
    },

    // benefits
    Table(Table),
    Schedule(Schedule),
    SamePerson(SamePerson),
    Cover(Cover),
    Priority(Priority),
    Limit(Limit),

    // money beyond claims
    Premium(Premium),
    Split(Split),
    Coinsurance(Coinsurance),
    Tower(Tower),
    Metric {
        name: Name,
        value: Expr,
    },
    Covenant(Covenant),
    Review(Review),
    Duty(Duty),
    /// `禁止 "从保费收入中提取费用"` / `forbids`
    Forbids(Quoted),
    /// `职责 伤残等级评定 由 县人力社保局` / `responsibility … by`
    Responsibility {
        what: Name,
        by: Vec<Name>,
    },
    /// `追偿 …` / `subrogation`
    Subrogation(Subrogation),
    /// `其他保险 财产 按比例, 人身 不扣减` / `other insurance property pro rata, person none`
    OtherInsurance(Vec<(OtherKind, OtherRule)>),
    /// `以合同为准 保费, 赔付限额, 保险期间` / `contract prevails for …`
    ContractPrevails(Vec<Overridable>),
    /// `补充合同 可 提高 "…"` / `supplement may "…"`: what an additional contract may do.
    Supplement(Quoted),

    // frameworks
    /// `基本范围 { 灾因 … 损害 … 身份 … }` / `basic scope`; `扩展范围` / `extended scope`
    Scope(Scope),
    /// `可选 基本范围` / `menu basic scope`: the child takes a subset.
    Menu(ScopeKind),
    /// `要求 …` / `require`
    Require(Requirement),
    /// `适用 重庆市 各区县` / `applies to counties of 重庆市`
    AppliesTo {
        area: Name,
        level: Name,
    },

    // contracts
    /// `设 死亡限额 = 10万元`, `设 伤残表 = { 一级 10万元 … }` / `set`
    Set {
        name: Name,
        value: SetValue,
    },

    // checks and examples
    Example(Example),
    Acknowledge(Acknowledge),
}

// ─────────────────────────────── identity ───────────────────────────────

/// `文件 "云阳府办规〔2023〕9号" 发布 2023-10-24 施行 2023-11-27 有效至 2025-06-30`, or `文件 无文号 "标题" …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The document number, or its title where `numbered` is false.
    pub number: Quoted,
    pub numbered: bool,
    pub issued: Option<(Date, Span)>,
    pub effective: Option<(Date, Span)>,
    /// Last day of validity.
    pub valid_until: Option<(Date, Span)>,
    /// `至 决定 条例出台` / `until decided X`: validity that ends with an event.
    pub until_decision: Option<Name>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// `3年 自 2023-11-27` / `3 years from 2023-11-27`; `start` `None` is `自 合同约定` / `from contract`.
    Length {
        quantity: Quantity,
        start: Option<(Date, Span)>,
        renewable: bool,
    },
    /// `2023-04-01 至 2026-03-31` / `2023-04-01 to 2026-03-31`, both days included.
    Range { first: (Date, Span), last: (Date, Span) },
    /// `按保单` / `per policy`: facts `policy_start` and `policy_end` of each claim.
    Policy,
    /// `合同约定` / `by contract`
    Contract,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearKind {
    /// 保单年度
    Policy,
    /// 公历年度
    Calendar,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventRule {
    /// `72小时`
    Hours(Quantity),
    /// `合同约定` / `by contract`
    Contract(Span),
    /// `以编号为准` / `as recorded`
    AsRecorded(Span),
}

/// How a list ends. Absent in the text is [`ListEnding::Unstated`], which is a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListEnding {
    Unstated,
    /// `等` / `and others`; optionally `由 决定 X` / `by decision X`: who says what else belongs.
    Open {
        decision: Option<Name>,
        span: Span,
    },
    /// `以上为限` / `closed`
    Closed(Span),
    /// `共13种` / `counted 13`
    Counted(Quantity),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumInsured {
    /// Which key the sum belongs to (`每户`).
    pub keys: Vec<Key>,
    /// The fact that selects the base (`dwelling_kind`), if any.
    pub by: Option<Name>,
    /// `城镇 5万元`
    pub bases: Vec<(Name, Expr, Notes)>,
    /// `协商` / `negotiated`: a claim may carry its own sum.
    pub negotiated: Option<Notes>,
    /// `至少 基本` / `at least base`: the negotiated sum may not be below its base.
    pub at_least_base: Option<Notes>,
    /// `最高 100万元 超过 拒收` / `at most X otherwise refused`; `refused` false caps instead (`超过 按最高`).
    pub at_most: Option<(Expr, bool, Notes)>,
    pub span: Span,
}

// ─────────────────────────────── vocabulary ───────────────────────────────

/// `域 peril 灾因 { flood 洪涝 又称 洪水 代码 "010200" { … } … }` / `domain`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// The id in Latin letters (`peril`), or the name of the extended domain.
    pub id: Name,
    pub zh: Option<Name>,
    /// `有序` / `ordered`: values are graded, the first the gravest (injury) — `重者在前` / `worst first`, or `重者在后` / `worst last`.
    pub order: Option<Order>,
    /// `缺省 居民` / `default resident`: the value of a record that leaves the fact blank.
    pub default: Option<Name>,
    pub values: Vec<DomainValue>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    WorstFirst,
    WorstLast,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainValue {
    /// The fixed id (`flood`); equal to `zh` where a scheme adds a value with a Chinese name only.
    pub id: Name,
    pub zh: Option<Name>,
    pub aliases: Vec<Name>,
    pub code: Option<Quoted>,
    /// Harms that this cause can do (`致 死亡, 残疾` / `harms death, disability`), for impossible pairs; empty: any.
    pub harms: Vec<Name>,
    pub children: Vec<DomainValue>,
    pub notes: Notes,
    pub span: Span,
}

/// `事实 政府给付: 金额` / `fact government_payment 政府给付: money`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactDeclaration {
    pub id: Name,
    pub zh: Option<Name>,
    pub kind: FactKind,
    /// `由 区级及以上部门` / `by`: who establishes it.
    pub by: Option<Name>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactKind {
    /// 金额
    Money,
    /// 计数
    Count,
    /// 比例
    Ratio,
    /// 日期
    Date,
    /// 文本
    Text,
    /// 是否
    YesNo,
    /// `{ 居住, 商业 }`
    Inline(Vec<Name>),
    /// An existing domain by name
    Domain(Name),
    /// `数 厘米 精确到 1 自 0 至 1000` / `number cm to 1 from 0 to 1000`
    Number {
        unit: Name,
        precision: Decimal,
        from: Decimal,
        to: Decimal,
    },
}

/// `参数 死亡限额, 医疗限额: 金额 合同约定 至多 15万元` / `parameter a, b: money by contract at most 15万元`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    pub names: Vec<Name>,
    pub kind: ParameterKind,
    /// `合同约定` is `None`; `由 财政部门` / `by X` names another source.
    pub by: Option<Name>,
    pub at_least: Option<Expr>,
    pub at_most: Option<Expr>,
    /// `计划 40万元/年` / `planned`: a figure that the document plans but does not fix.
    pub planned: Option<Expr>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterKind {
    Money,
    Ratio,
    Count,
    Date,
    /// `伤残等级 到 金额` / `injury_grade to money`: one value for every value of a domain.
    Table {
        by: Name,
        of: Box<ParameterKind>,
    },
    /// `灾因清单` → `清单 灾因` / `list of peril`: a set of values, may be empty.
    List {
        of: Name,
    },
}

/// `决定 重特大灾害认定 由 市政府 每年度 效力 全期 值 金额` / `decision X by Y per year effect whole period value money`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionDeclaration {
    pub name: Name,
    /// `None` is `由 未载明` / `by unstated`
    pub by: Option<Name>,
    pub per: Vec<Key>,
    pub effect: Option<DecisionEffect>,
    pub value: Option<ParameterKind>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionEffect {
    /// `效力 全期` / `effect whole period`
    WholePeriod,
    /// `效力 自当日` / `effect from the day`; the decision's value is then its date
    FromTheDay,
}

/// `资金 专项准备金 { 计提 计提比例 × 保费总额 每年度  滚存 逐年  余额 由 管理机构 报告 }`
/// / `fund X { accrual E per year  carried yearly  balance reported by Y }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fund {
    pub name: Name,
    pub accrual: Option<(Expr, Notes)>,
    pub carried_forward: Option<Notes>,
    pub reported_by: Option<(Name, Notes)>,
    pub span: Span,
}

/// `灾因组 气象灾害 = 洪涝, 干旱, 海啸 由 地震 引起, … 等` / `group X = …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub name: Name,
    pub members: Vec<PerilRef>,
    pub ending: ListEnding,
    /// `依据 《传染病防治法》 随法变动` / `kept by "law" as amended`; or `截至 2023-10-24` / `as of DATE`.
    pub kept_by: Option<KeptBy>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBy {
    pub law: Quoted,
    /// `None` follows the law (`随法变动` / `as amended`).
    pub as_of: Option<Date>,
    pub span: Span,
}

/// A peril or group, perhaps with a cause: `海啸 由 地震 引起` / `tsunami caused by earthquake`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerilRef {
    pub name: Name,
    pub cause: Option<Name>,
    pub span: Span,
}

/// `单位 yuan 元 又称 CNY 量纲 金额` / `unit`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDeclaration {
    pub id: Name,
    pub zh: Option<Name>,
    pub aliases: Vec<Name>,
    /// `= 100 分`; `None` for the base unit of its dimension.
    pub equals: Option<(Decimal, Name)>,
    /// `量纲 金额` / `dimension money`
    pub dimension: Name,
    pub span: Span,
}

/// `区域名 yunyang 云阳县 代码 "500235" 属 重庆市` / `area`; zones: `功能区` / `zone`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    pub id: Name,
    pub zh: Option<Name>,
    pub aliases: Vec<Name>,
    /// GB/T 2260 code; `None` for functional zones.
    pub code: Option<Quoted>,
    pub within: Option<Name>,
    /// `级别 区县` / `level county`
    pub level: Option<Name>,
    pub zone: bool,
    pub span: Span,
}

// ─────────────────────────────── benefits ───────────────────────────────

/// `赔付表 伤残赔付 按 伤残等级 共10级 { 列 …; 行 … }` / `table X by injury_grade counted 10 { … }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: Name,
    pub by: Name,
    pub counted: Option<Quantity>,
    /// Column names; empty for a table of one nameless column.
    pub columns: Vec<Name>,
    pub rows: Vec<TableRow>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    pub key: RowKey,
    pub cells: Vec<Expr>,
    pub notes: Notes,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowKey {
    /// `一级`, `城镇, 农村`
    Values(Vec<Name>),
    /// `Ⅰ 至 Ⅱ` / `I to II` in an ordered domain, both included
    Range(Name, Name),
    /// `500元 以上 不满 1000元` / `at least 500元 under 1000元`; either end may be absent
    Interval {
        from: Option<(Compare, Expr)>,
        to: Option<(Compare, Expr)>,
        span: Span,
    },
    /// `其余` / `otherwise`
    Otherwise(Span),
}

/// `赔付标准 一般赔付 每人每次灾害 { … }` / `schedule X per person per event { … }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    pub name: Name,
    pub keys: Vec<Key>,
    /// `同 一般赔付` / `like 一般赔付`: rows not restated are taken over.
    pub like: Option<Name>,
    pub rows: Vec<BenefitRow>,
    /// `多处伤残 取最重` and kin written inside the schedule.
    pub same_person: Vec<(SamePerson, Notes)>,
    pub span: Span,
}

/// One line of a schedule: harms, how much, the steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BenefitRow {
    /// `死亡, 残疾, 医疗`; with `combined` one limit over all of them.
    pub harms: Vec<Name>,
    /// `合计` / `combined`: the row is a cap over its harms together, not a benefit.
    pub combined: bool,
    pub amount: Option<BenefitAmount>,
    pub steps: Vec<StepClause>,
    pub notes: Notes,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BenefitAmount {
    /// `定额 10万元` / `fixed`
    Fixed(Expr),
    /// `据实 医疗费用` / `actual expense`
    Actual(Expr),
    /// `60元/人/月 × 月数 不足一月 按一月` / `60元/人/月 × months part month counts as one`
    PerUnit {
        rate: Expr,
        count: Name,
        part: Option<(PartRule, Span)>,
    },
    /// `不赔` / `nothing`
    Nothing(Span),
}

/// What a part of a month (or other unit) counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartRule {
    /// `按一月` / `counts as one`
    Up,
    /// `不计` / `counts as none`
    Down,
    /// `按比例` / `pro rata`
    ProRata,
}

/// One step of a benefit pipeline, read left to right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepClause {
    pub step: Step,
    /// `每人每次灾害` / `per person per event`: applies to the total over the keys instead of the claim's own amount.
    pub keys: Vec<Key>,
    pub notes: Notes,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// `免赔额 500元` / `less 500元`
    Less(Expr),
    /// `超过 500元 部分` / `over 500元`: same arithmetic as `less`, written for layers of one benefit
    Over(Expr),
    /// `限额 2万元` / `up to 2万元`
    UpTo(Expr),
    /// `至少 100元` / `at least 100元`
    AtLeast(Expr),
    /// `赔付比例 80%` / `share 80%`
    Share(Expr),
    /// `精确到 元` / `round to 元`, with a mode; `None` where the text names none (a question; 四舍五入 meanwhile)
    Round { unit: Quantity, mode: Option<RoundMode> },
    /// `最长 6` / `at most 6` units of the counted fact; `最长 不限`
    UnitsUpTo(Expr),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundMode {
    /// `四舍五入` / `half up`: half away from zero
    #[default]
    HalfUp,
    /// `舍去` / `down`
    Down,
    /// `进位` / `up`
    Up,
}

/// Rules for several rows of one person (written in a schedule or in the scheme for all schedules).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SamePerson {
    /// `多处伤残 取最重` / `several injuries heaviest`; `raised`: `取最重升一级` / `heaviest raised one grade`
    SeveralInjuries { raised: bool },
    /// `死亡 扣除 已付 残疾` / `death less paid disability`
    LessPaid { harm: Name, paid: Name },
}

/// `险种 自然灾害救助 { … }` / `cover X { … }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    pub name: Name,
    /// `灾因 洪涝, 海啸 由 地震 引起` / `perils`; `任何` / `any` is `Perils::Any`
    pub perils: Option<(Perils, Notes)>,
    /// `身份 抢险救灾和见义勇为人员` / `role`
    pub roles: Option<(Vec<Name>, Notes)>,
    /// `条件 …` / `when`
    pub condition: Option<(Condition, Notes)>,
    pub pays: Vec<(Pays, Notes)>,
    /// `责任部门 县公安局 于 爆炸; …` / `handled by X for explosion`
    pub handled_by: Vec<(Handler, Notes)>,
    /// `追偿 …`
    pub subrogation: Option<(Subrogation, Notes)>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Perils {
    Any(Span),
    List {
        perils: Vec<PerilRef>,
        ending: ListEnding,
        cause: Option<Name>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pays {
    /// `赔付 一般赔付` / `pays 一般赔付`
    Schedule(Name),
    /// Benefit rows in place: `赔付 { 死亡 定额 3万元 }` / `pays { … }`
    Rows { keys: Vec<Key>, rows: Vec<BenefitRow> },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handler {
    /// Empty: `未载明` / `unstated`
    pub bodies: Vec<Name>,
    /// `于 爆炸` / `for explosion`
    pub perils: Vec<Name>,
    pub span: Span,
}

/// `优先 A 于 B` / `priority A over B`, `从高 A, B` / `higher A, B`, `叠加 A, B` / `stack A, B`
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Priority {
    Over { first: Vec<Name>, others: CoverSet },
    Higher(CoverSet),
    Stack(CoverSet),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoverSet {
    /// `全部险种` / `all covers`, `全部其他险种` / `all others`
    All(Span),
    Named(Vec<Name>),
}

/// `累计限额 每次灾害限额 = 3000万元 每次灾害 全部险种 用尽时 按比例` / `limit X = A per event over all covers when exhausted pro rata`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    pub name: Name,
    pub amount: Expr,
    /// `自 2024-01-01 4000万元` / `from DATE A`: dated values, in date order
    pub dated: Vec<(Date, Expr)>,
    pub keys: Vec<Key>,
    pub over: CoverSet,
    /// `限于 损害 死亡` / `only harm death`: further filters on facts
    pub only: Vec<(Name, Vec<Name>)>,
    /// `用尽时 …` / `when exhausted …`; `None` is a question
    pub exhausted: Option<(Exhaustion, Notes)>,
    /// `包含于 年度总限额` / `within X`
    pub within: Option<(Name, Notes)>,
    /// `后于 X` / `after X`: order among limits whose keys do not nest
    pub after: Option<(Name, Notes)>,
    /// `上浮至 18 × 保费总额 经 决定 X` / `raised to E when decided X`
    pub raised: Option<(Expr, Name, Notes)>,
    pub span: Span,
}

/// Tiers read left to right; ends pro rata within the last tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exhaustion {
    pub tiers: Vec<Tier>,
    /// `比例精确到 0.001` / `ratio to 0.001`
    pub ratio_to: Option<Decimal>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tier {
    /// `按比例` / `pro rata`: no further division (only as the last one, or alone)
    ProRata(Span),
    /// `按时间` / `by date`
    Date(Span),
    /// `按灾害` / `event` inside `by date, event, claim`
    Event(Span),
    /// `按赔案` / `claim`
    Claim(Span),
    /// `按顺位 死亡, 残疾, 医疗` / `by rank death, disability, medical`: names are harms or covers
    Rank(Vec<Name>),
}

// ─────────────────────────────── money beyond claims ───────────────────────────────

/// `保费 { … }` / `premium { … }`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Premium {
    /// `费率 1元/人/年` / `rate`
    pub rates: Vec<(Expr, Notes)>,
    /// `费率 合同约定 按 地区, 结构` / `rate by contract by …`
    pub rate_by_contract: Option<(Vec<Name>, Notes)>,
    /// `基数 …` / `base …`
    pub bases: Vec<(PremiumBase, Notes)>,
    /// `总额 92.6万元/年` / `total`; `planned` for `计划` / `planned`
    pub total: Option<(Expr, bool, Notes)>,
    /// `承担 县财政 100%` / `paid by`
    pub payers: Vec<(Name, Expr, Notes)>,
    /// `缴纳 按年` / `due yearly`
    pub due: Option<(Quoted, Notes)>,
    pub span: Span,
}

/// `基数 常住人口 当年 = 92.6万人 于 2022年` / `base resident_population current year = 92.6万人 in 2022`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PremiumBase {
    /// Population or household kind, a term of the document (`常住人口`, `公安户籍人数`)
    pub kind: Name,
    /// `人` or `户`, by `计 人` / `counts person`; `None` where `stated` or the rates tell
    pub unit: Option<Name>,
    /// Years before the insured year: `当年` 0, `上年度` 1, `上上年度` 2; `None` unstated
    pub lag: Option<u8>,
    /// A figure the document states, and the year it is of
    pub stated: Option<(Quantity, Option<i16>)>,
    pub span: Span,
}

/// `分担 保费分担 按 区县 { … }` / `split X of premium by region { … }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    pub name: Name,
    pub by: Name,
    pub payers: Vec<Name>,
    pub rows: Vec<SplitRow>,
    /// `市级 精确到 万元` / `round 市级 to 万元`; no mode written is a question
    pub rounds: Vec<(Name, Quantity, Option<RoundMode>, Notes)>,
    /// `余数归 县级` / `remainder to 县级`
    pub remainder: Option<(Name, Notes)>,
    /// `当 未按期申报: 省级 0%, 市级 0%, 县级 100%` / `when …`
    pub overrides: Vec<(Name, Vec<(Name, Expr)>, Notes)>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitRow {
    pub regions: Vec<Name>,
    /// One per payer; `None` for `-` / `—`
    pub shares: Vec<Option<Expr>>,
    pub notes: Notes,
    pub span: Span,
}

/// `共保 { 首席承保人 主承保机构 50%  共保人 共保机构甲 25%  家数 3  首席 >= 50% }`
/// / `coinsurance { lead X 50%  follow Y 25%  insurers 3  lead at least 50% }`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coinsurance {
    pub insurers: Vec<Insurer>,
    /// `家数 2 至 3` / `insurers 2 to 3`
    pub count: Option<(Decimal, Decimal, Notes)>,
    /// `首席至少 50%` / `lead at least 50%`
    pub lead_at_least: Option<(Expr, Notes)>,
    /// `份额 合同约定` / `shares by contract`
    pub by_contract: Option<Notes>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insurer {
    pub name: Name,
    pub lead: bool,
    /// `None`: left to the contract
    pub share: Option<Expr>,
    pub notes: Notes,
    pub span: Span,
}

/// `分层 每次灾害 总额 总体限额 { … }` / `tower per event total X { … }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tower {
    pub keys: Vec<Key>,
    pub total: Option<Expr>,
    pub layers: Vec<Layer>,
    pub shortfall: Option<(Shortfall, Notes)>,
    pub span: Span,
}

/// `层 保险公司 限额 直保限额` / `layer X up to E`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    pub name: Name,
    pub up_to: Expr,
    /// `由 共保` / `shared by coinsurance`
    pub coinsured: bool,
    pub notes: Notes,
    pub span: Span,
}

/// `不足时 按比例 经 决定 X` / `shortfall pro rata when decided X`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortfall {
    pub decision: Option<Name>,
    pub span: Span,
}

/// `约束 综合费用率 <= 20%` / `covenant`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covenant {
    pub name: Name,
    pub compare: Compare,
    pub value: Expr,
    /// `每 地区` / `per region`
    pub keys: Vec<Key>,
    pub span: Span,
}

/// `复核 费率 每3年 由 市应急局, 市财政局 "…"` / `review rate every 3 years by …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    pub what: Name,
    pub every: Quantity,
    pub by: Vec<Name>,
    /// What is compared and what may follow, in words
    pub text: Option<Quoted>,
    /// `可作 决定 费率调整` / `may decide X`
    pub decision: Option<Name>,
    pub span: Span,
}

/// `义务 "月报" 由 主承保机构 向 市专项小组办公室 每月 期限 月末后10日 违反时 未按期申报`
/// / `duty "…" by X to Y every month within 10 days of month end otherwise Z`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    pub what: Quoted,
    pub by: Vec<Name>,
    pub to: Vec<Name>,
    /// `每月`, `每季度`, `每年` / `every month|quarter|year`
    pub every: Option<(Period, Span)>,
    pub deadline: Option<Deadline>,
    /// Decision that a breach leads to
    pub otherwise: Option<Name>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    Month,
    Quarter,
    Year,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deadline {
    /// `期限 期末后 10日` / `within 10 days of period end`
    AfterPeriod(Quantity),
    /// `期限 2022-06-10` / `by 2022-06-10`
    On(Date, Span),
    /// `期限 每年 06-30` / `by 06-30 each year`: month and day
    Yearly { month: i8, day: i8, span: Span },
    /// `期限 "第一时间"` / `deadline "…"`: in words
    Words(Quoted),
}

/// `追偿 代位 对 责任方 除 政府部门` / `subrogation against X except Y`; `追偿 无` / `subrogation none`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subrogation {
    pub against: Option<Name>,
    pub except: Option<Name>,
    pub span: Span,
}

/// 财产 / 人身
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherKind {
    Property,
    Person,
}

/// 按比例 / 不扣减 / 依法
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherRule {
    /// `按比例` / `pro rata`
    ProRata,
    /// `不扣减` / `none`
    None,
    /// `依法` / `by law`
    ByLaw,
}

/// What a contract may override.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overridable {
    /// 保费
    Premium,
    /// 赔付限额
    Limits,
    /// 保险期间
    Term,
    /// 共保
    Coinsurance,
}

// ─────────────────────────────── frameworks ───────────────────────────────

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScopeKind {
    /// 基本范围
    Basic,
    /// 扩展范围
    Extended,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    pub kind: ScopeKind,
    pub perils: Option<(Vec<PerilRef>, ListEnding, Notes)>,
    pub harms: Option<(Vec<Name>, ListEnding, Notes)>,
    pub roles: Option<(Vec<Name>, ListEnding, Notes)>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    pub property: Property,
    /// `于 基本范围` / `for basic scope`
    pub scope: Option<ScopeKind>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Property {
    /// `每人每次灾害 可获赔付 [之 医疗] >= 10万元` / `payable per person per event [of medical] >= 10万元`
    Payable {
        keys: Vec<Key>,
        harm: Option<Name>,
        compare: Compare,
        value: Expr,
    },
    /// `每次灾害 累计限额 >= 3000万元` / `limit per event >= 3000万元`
    LimitTotal {
        keys: Vec<Key>,
        compare: Compare,
        value: Expr,
    },
    /// `保费承担 区县财政` / `premium paid by 区县财政`; the names are kinds of body
    PremiumPaidBy(Vec<Name>),
    /// `投保人 区县政府, 指定部门` / `policyholder one of …`
    Policyholder(Vec<Name>),
    /// `保障对象 户籍人口, …` / `persons …`: classes that must be insured
    Persons(Vec<Name>),
    /// `义务 "年度报告" 由 承保机构 每年` / `duty …`: binds those under the framework
    Duty(Duty),
    /// Words only, with a modality: `"原则上3年内不变更承保机构"`
    Words(Quoted),
}

// ─────────────────────────────── contracts ───────────────────────────────

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetValue {
    Expr(Expr),
    Date(Date, Span),
    /// `{ 一级 10万元 … }`
    Table(Vec<TableRow>),
    /// `清单 { 疟疾, … }` → names; may be empty
    List(Vec<Name>),
}

// ─────────────────────────────── checks and examples ───────────────────────────────

/// `样例 "河中溺亡" { … }` / `example`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub title: Quoted,
    pub given: Vec<Given>,
    pub expect: Vec<(Expectation, Span)>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// `赔案 { 灾因 溺水, 损害 死亡 }`, `赔案 400 件 { … }` / `claim { … }`, `claims 400 of { … }`
    Claims { count: u32, fields: Vec<Field>, span: Span },
    /// `决定 X`, `决定 X 于 "2023" = 5亿元` / `decided X at "2023" = …`
    Decided {
        name: Name,
        key: Option<Quoted>,
        value: Option<Expr>,
        span: Span,
    },
    /// `基数 临清市 人数 800000 户数 250000` / `bases 临清市 persons 800000 households 250000`
    Bases {
        region: Name,
        persons: Decimal,
        households: Decimal,
        span: Span,
    },
    /// `设 自留限额 = …` / `set`: contract values for this example
    Set { name: Name, value: SetValue, span: Span },
    /// `损失 120亿元` / `loss`: an event loss through the tower
    Loss(Expr),
}

/// `灾因 溺水` in an example's claim: fact (id or name) and value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub fact: Name,
    pub value: FieldValue,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    Name(Name),
    Quantity(Quantity),
    Date(Date, Span),
    Text(Quoted),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// `应付 3万元` / `pays 3万元`: benefit of the one claim (or of each claim); `每件 应付` / `each`
    Benefit(Expr),
    /// `实付 7.5万元` / `paid`: what each claim gets after limits
    Paid(Expr),
    /// `实付合计 3000万元` / `pays … in all`
    PaidInAll(Expr),
    /// `不赔` / `pays nothing`, optionally with the cover's reason in words left free
    Nothing,
    /// `拒收` / `refused`: the claim is rejected
    Refused,
    /// `保费 210万元` / `premium 210万元`
    Premium(Expr),
    /// `省级 承担 189万元` / `省级 bears 189万元`: a payer's or layer's or insurer's part
    Bears(Name, Expr),
    /// `赔付比例 95%` / `ratio`: pro-rata ratio of the tower
    Ratio(Expr),
    /// `未付 0元` / `unpaid`
    Unpaid(Expr),
}

/// `认可 L104 "理由"` / `acknowledge L104 "reason"`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledge {
    pub code: Name,
    /// `于 溺水赔付` / `for X`: narrows to findings that name this item
    pub about: Option<Name>,
    pub reason: Quoted,
    pub span: Span,
}
