//! Tables, schedules of benefits, covers, priority and limits.

use super::*;

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
    /// False for a plain amount without `定额`: whether it is paid in full or is only the most, is left open.
    pub form_stated: bool,
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
    /// `后于 X, Y` / `after X, Y`: order among limits whose keys do not nest
    pub after: Option<(Vec<Name>, Notes)>,
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
