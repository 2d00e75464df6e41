//! Files, their top-level items and the clauses of a scheme, framework or contract.

use super::*;
use crate::texts::Language;

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
    pub keywords: Spelling,
    pub span: Span,
}

/// The language of the keyword that a body begins with: what is written into it for the drafter uses the same.
/// Like a [`Span`], it is no part of what was said, so all are equal.
#[derive(Debug, Clone, Copy)]
pub struct Spelling(pub Language);

impl PartialEq for Spelling {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for Spelling {}

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
    /// `说明 @七（一）, @七（六） "只涉内部分工"` / `prose`: articles that carry no rule. With `未收录` / `not included`
    /// their text was not at hand: an annex that was not published.
    Prose {
        articles: Vec<Article>,
        included: bool,
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
        /// `自然人` is written; it limits nothing, since the classes are people, and is kept for the reader.
        natural_persons: bool,
        classes: Vec<Name>,
        ending: ListEnding,
    },
    /// `保险标的 人身, 住房, 生活用品` / `subject`
    Subject {
        items: Vec<Name>,
        ending: ListEnding,
    },
    /// `受益人 法定继承人 于 死亡` / `beneficiary heirs for death`: who receives a benefit; no harms: every one.
    Beneficiary {
        bodies: Vec<Name>,
        harms: Vec<Name>,
    },
    /// `标准 伤残等级 "JR/T 0083—2013"` / `standard injury_grade "…"`: by which standard a fact is established.
    Standard {
        fact: Name,
        text: Quoted,
    },
    /// `疑义 "“因灾”是否含意外事故" 假定 "…"` / `ambiguity "…" assume "…"`: words that can be read in more than one way, and
    /// how this file reads them; what no rule can ask, the drafter asks.
    Ambiguity {
        zh: Quoted,
        en: Option<Quoted>,
    },
    /// `次生灾害 按起因` / `secondary perils by origin`: which peril is recorded where one leads to another.
    Secondary(SecondaryRule),
    /// `保险金额 { … }` / `sum insured { … }`
    SumInsured(Box<SumInsured>),

    // vocabulary
    Fact(FactDeclaration),
    Parameter(Box<Parameter>),
    Decision(DecisionDeclaration),
    Fund(Box<Fund>),
    Group(Box<Group>),
    /// `增列 灾因 { … }` / `extend peril { … }`
    Extend(Domain),
    /// `同义 精神病人伤人 = 精神障碍患者伤人` / `alias a = b`
    Alias {
        alias: Name,
        of: Name,
    },
    /// `英文名 溺水事故救助保险 = "drowning"` / `english name 溺水事故救助保险 = "drowning"`: what English texts call it
    EnglishName {
        name: Name,
        english: Quoted,
    },
    /// `视同 责任人 无责任人 = 无法找到` / `treat liable none as not_found`
    TreatAs {
        fact: Name,
        value: Name,
        as_value: Name,
    },

    // benefits
    Table(Box<Table>),
    Schedule(Schedule),
    SamePerson(SamePerson),
    Cover(Box<Cover>),
    Priority(Priority),
    Limit(Box<Limit>),

    // money beyond claims
    Premium(Box<Premium>),
    Split(Box<Split>),
    Coinsurance(Box<Coinsurance>),
    Tower(Box<Tower>),
    Metric {
        name: Name,
        value: Expr,
    },
    Covenant(Covenant),
    Review(Box<Review>),
    Duty(Box<Duty>),
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
    Scope(Box<Scope>),
    /// `可选 基本范围` / `menu basic scope`: the child takes a subset.
    Menu(ScopeKind),
    /// `要求 …` / `require`
    Require(Box<Requirement>),
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

impl ClauseKind {
    /// Whether the clause makes rules of the articles that it cites: an example checks them, an acknowledgement accepts a
    /// finding, and ambiguous words are made a rule by another clause.
    #[must_use]
    pub fn encodes(&self) -> bool {
        !matches!(self, Self::Example(_) | Self::Acknowledge(_) | Self::Ambiguity { .. })
    }
}
