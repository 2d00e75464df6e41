//! What a generated scheme holds. Small on purpose: every part is one idea of SEMANTICS, and nothing here knows the
//! compiler's tree or plan.

/// 分 × [`SCALE`]: exact through three shares in per cent and one in sixths.
pub type Exact = i128;
/// Parts of a 分.
pub const SCALE: Exact = 6_000_000;
/// More than any amount of a generated scheme: 10¹² 元 would already be too much for a real one.
pub const HUGE: i64 = 100_000_000_000_000;

/// A value of a small tree: its name and the index of its parent.
pub type Node = (&'static str, Option<usize>);

/// Perils that rules name. The last one is named by no rule and stands for all others.
pub const PERILS: &[Node] = &[
    ("洪涝", None),
    ("地震", None),
    ("台风", None),
    ("滑坡", None),
    ("火灾", None),
    ("爆炸", None),
    ("溺水", None),
    ("触电", None),
    ("风雹", None),
    ("大风", Some(8)),
    ("冰雹", Some(8)),
    ("雷电", Some(8)),
    ("食物中毒", None),
];
/// The widest class in the library of each peril: a natural disaster, an accident, another one.
pub const PERIL_CLASSES: &[u8] = &[0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 2];
/// Perils that the library says can only harm a person.
pub const PERSONAL_PERILS: &[usize] = &[6, 7, 12];
/// Roles; a blank one is the first.
pub const ROLES: &[Node] = &[
    ("居民", None),
    ("户籍人口", Some(0)),
    ("常住人口", Some(0)),
    ("临时人员", None),
    ("旅游人员", Some(3)),
    ("务工人员", Some(3)),
    ("抢险救灾和见义勇为人员", None),
    ("抢险救灾人员", Some(6)),
    ("见义勇为人员", Some(6)),
];
/// States of whoever is liable: none, not found, unable, solvent.
pub const LIABLE: &[&str] = &["无责任人", "无法找到", "无力赔偿", "有能力赔偿"];
pub const NONE: usize = 0;
pub const NOT_FOUND: usize = 1;
pub const GRADES: &[&str] = &[
    "一级", "二级", "三级", "四级", "五级", "六级", "七级", "八级", "九级", "十级",
];
pub const DAMAGES: &[&str] = &["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"];
pub const YES_NO: &[&str] = &["甲认定", "乙认定"];
pub const REGIONS: &[&str] = &["临清市", "冠县", "东阿县"];
/// Greatest depth of water, in cm.
pub const DEPTH: i64 = 1000;

/// The indices of a value and all below it.
pub fn below(tree: &[Node], value: usize) -> Vec<usize> {
    (0..tree.len())
        .filter(|i| *i == value || tree[*i].1 == Some(value))
        .collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Harm {
    Death,
    Disability,
    Medical,
    Dwelling,
    Goods,
    Water,
}

impl Harm {
    pub const ALL: &[Harm] = &[
        Harm::Death,
        Harm::Disability,
        Harm::Medical,
        Harm::Dwelling,
        Harm::Goods,
        Harm::Water,
    ];
    pub fn zh(self) -> &'static str {
        match self {
            Harm::Death => "死亡",
            Harm::Disability => "残疾",
            Harm::Medical => "医疗",
            Harm::Dwelling => "房屋",
            Harm::Goods => "生活用品",
            Harm::Water => "饮水",
        }
    }
    /// Harm to a person, not to things.
    pub fn personal(self) -> bool {
        !matches!(self, Harm::Dwelling | Harm::Goods)
    }
}

/// A quantity of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quantity {
    /// 医疗费用, 分
    Expense,
    /// 财产损失, 分
    Loss,
    /// 积水深度, cm
    Depth,
    /// 月数, [`MONTH`] to one
    Months,
}

/// So many parts of a month are one: what a part of them is worth is less than half a 分.
pub const MONTH: i64 = 1_000_000;

impl Quantity {
    pub fn zh(self) -> &'static str {
        match self {
            Quantity::Expense => "医疗费用",
            Quantity::Loss => "财产损失",
            Quantity::Depth => "积水深度",
            Quantity::Months => "月数",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Money {
    Fen(i64),
    /// Index into [`World::parameters`], of money
    Parameter(usize),
}

/// A share of the whole: a fraction, or a ratio that the contract sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Share {
    Of(i64, i64),
    /// Index into [`World::parameters`], of a ratio
    Parameter(usize),
}

/// What a row starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    Fixed(Money),
    /// A cell of a table of money, by column
    Table {
        table: usize,
        column: usize,
    },
    /// A cell of a table of per cent, of an amount
    TableOf {
        table: usize,
        of: Money,
    },
    Actual(Quantity),
    /// So much a month, at most so many months; parts of one count by [`World::parts`]
    Months {
        rate: i64,
        most: Option<i64>,
    },
    Nothing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Less(Money),
    UpTo(Money),
    AtLeast(Money),
    Share(Share),
    /// To a multiple of so many 分: down, half up, up
    Round(i64, Mode),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Down,
    HalfUp,
    Up,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub harm: Harm,
    pub start: Start,
    pub steps: Vec<Step>,
}

/// Columns of a group of claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Keys {
    pub person: bool,
    pub household: bool,
    pub event: bool,
    pub year: bool,
    pub claim: bool,
}

impl Keys {
    pub const EVENT: Keys = Keys {
        person: false,
        household: false,
        event: true,
        year: false,
        claim: false,
    };
    pub const YEAR: Keys = Keys {
        person: false,
        household: false,
        event: false,
        year: true,
        claim: false,
    };
    pub const PERSON_EVENT: Keys = Keys {
        person: true,
        household: false,
        event: true,
        year: false,
        claim: false,
    };
    pub const HOUSEHOLD_EVENT: Keys = Keys {
        person: false,
        household: true,
        event: true,
        year: false,
        claim: false,
    };
    pub fn any(self) -> bool {
        self != Keys::default()
    }
    fn list(self) -> [bool; 5] {
        [self.person, self.household, self.event, self.year, self.claim]
    }
    /// SEMANTICS §4.5: each column of `coarse` is in this key or determined by one of it.
    pub fn refines(self, coarse: Keys) -> bool {
        self.claim
            || self
                .list()
                .iter()
                .zip(coarse.list())
                .enumerate()
                .all(|(i, (has, wants))| !wants || *has || (i == 3 && self.event))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    pub name: String,
    pub keys: Keys,
    /// Takes over the rows of an earlier schedule that it does not write itself.
    pub like: Option<usize>,
    pub rows: Vec<Row>,
    /// A cap over several harms together; only with keys.
    pub combined: Option<(Vec<Harm>, i64)>,
    /// Stands inside the one cover that pays by it.
    pub inline: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    AtLeast,
    AtMost,
    Over,
    Under,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    Liable { not: bool, values: Vec<usize> },
    Role { not: bool, values: Vec<usize> },
    Peril { not: bool, values: Vec<usize> },
    Quantity(Quantity, Compare, i64),
    Yes(usize),
    Decided(usize),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
}

impl Condition {
    /// Calls back for this condition and all inside it.
    pub fn each(&self, see: &mut impl FnMut(&Condition)) {
        see(self);
        match self {
            Condition::And(parts) | Condition::Or(parts) => parts.iter().for_each(|part| part.each(see)),
            Condition::Not(part) => part.each(see),
            _ => {}
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PerilRef {
    /// A peril, perhaps caused by another one
    Peril(usize, Option<usize>),
    Group(usize),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub name: String,
    pub perils: Vec<usize>,
    /// 等 由 决定 X
    pub opened_by: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    pub name: String,
    /// `None`: any
    pub perils: Option<Vec<PerilRef>>,
    /// Empty: all
    pub roles: Vec<usize>,
    pub condition: Option<Condition>,
    pub schedule: usize,
}

/// What happens where two covers meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    Over,
    Higher,
    Stack,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    pub name: String,
    pub ratio: bool,
    /// 分, or per cent
    pub at_least: Option<i64>,
    pub at_most: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub name: String,
    /// It says of a peril that it belongs to an open list.
    pub opens: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exhausted {
    ProRata,
    ByDate,
    FirstCome,
    Rank(Vec<Harm>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    pub name: String,
    pub amount: Money,
    /// From the first day of these years
    pub dated: Vec<(i16, i64)>,
    pub raised: Option<(i64, usize)>,
    pub keys: Keys,
    pub covers: Option<Vec<usize>>,
    pub harms: Option<Vec<Harm>>,
    pub exhausted: Exhausted,
    /// Within a rank, by date
    pub then_by_date: bool,
    /// The ratio of a share is rounded to thousandths first.
    pub ratio_rounded: bool,
    pub within: Option<usize>,
    pub after: Option<usize>,
}

/// One end of a row of a table by intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    pub at: i64,
    pub inclusive: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// Values by index, best named as a range where they are a run
    Values(Vec<usize>),
    Interval(Option<Edge>, Option<Edge>),
    Otherwise,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Grade,
    Damage,
    Quantity(Quantity),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub by: By,
    pub columns: Vec<&'static str>,
    /// Cells in 分, or in per cent for a table of shares
    pub rows: Vec<(Key, Vec<i64>)>,
    pub shares: bool,
}

/// 共保
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coinsurance {
    /// Per cent; whether it leads
    pub insurers: Vec<(i64, bool)>,
    pub count: Option<(i64, i64)>,
    pub lead_at_least: Option<i64>,
    /// The last insurer is named like the first.
    pub twice: bool,
    /// Each insurer's share is written; if not, only how many there are.
    pub shared: bool,
}

/// 分担: regions with the shares of two payers in per cent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    pub rows: Vec<(Vec<usize>, i64, i64)>,
}

/// 分层 each event
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tower {
    pub layers: Vec<i64>,
    pub shortfall: bool,
    pub total: Option<i64>,
    pub fund: Option<Fund>,
}

/// 资金, which bears one layer with all that it holds
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fund {
    /// So many of the other layers come first.
    pub after: usize,
    /// What the contract says that it holds
    pub balance: i64,
    /// Only under a contract
    pub known: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requirement {
    /// 每人每次灾害 可获赔付
    Payable(Option<Harm>, i64),
    /// 每次灾害 累计限额
    LimitPerEvent(i64),
    /// 每年度 累计限额
    LimitPerYear(i64),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framework {
    pub perils: Vec<usize>,
    pub harms: Vec<Harm>,
    pub roles: Vec<usize>,
    pub requirements: Vec<Requirement>,
}

/// A scheme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct World {
    pub seed: u64,
    pub english: bool,
    /// 视同 责任人 无责任人 = 无法找到
    pub treat: bool,
    pub groups: Vec<Group>,
    pub parameters: Vec<Parameter>,
    pub decisions: Vec<Decision>,
    pub tables: Vec<Table>,
    pub schedules: Vec<Schedule>,
    pub covers: Vec<Cover>,
    /// Parts of a month count pro rata, and not as a whole one.
    pub parts: bool,
    /// By pairs `a < b`; `Over` is a over b.
    pub meetings: Vec<(usize, usize, Meeting)>,
    pub limits: Vec<Limit>,
    /// The months of the term; `None`: three years
    pub months: Option<i64>,
    /// Insured things, and whether the list is closed
    pub subject: Option<(Vec<&'static str>, bool)>,
    /// Classes of the persons insured
    pub persons: Vec<usize>,
    pub payers: Vec<i64>,
    pub coinsurance: Option<Coinsurance>,
    pub split: Option<Split>,
    pub tower: Option<Tower>,
    pub framework: Option<Framework>,
    /// A contract that sets each of [`World::parameters`] (分, or per cent) and what the fund holds
    pub contract: Option<Vec<i64>>,
    /// The shares, in per cent, of co-insurers that the scheme leaves to the contract
    pub named: Option<Vec<i64>>,
    /// A table by grades of disability that the scheme leaves to the contract and no row reads
    pub graded: Option<Vec<i64>>,
}

impl World {
    /// Whether a claim may give parts of a month that count as such: some row says so.
    pub fn in_parts(&self) -> bool {
        let written = |index: usize| !self.schedules[index].inline || self.covers.iter().any(|c| c.schedule == index);
        let by_month = |row: &Row| matches!(row.start, Start::Months { .. });
        let mut schedules = self.schedules.iter().enumerate();
        self.parts && schedules.any(|(index, schedule)| written(index) && schedule.rows.iter().any(by_month))
    }
    /// The scheme as its contract sets it.
    pub fn bound(&self) -> Option<World> {
        let values = self.contract.as_ref()?;
        let mut world = self.clone();
        for (parameter, value) in world.parameters.iter_mut().zip(values) {
            (parameter.at_least, parameter.at_most) = (Some(*value), Some(*value));
        }
        if let Some(fund) = world.tower.as_mut().and_then(|tower| tower.fund.as_mut()) {
            fund.known = true;
        }
        Some(world)
    }
    /// The row by which a schedule pays for a harm: where it is written (schedule, index), and the row.
    pub fn row(&self, schedule: usize, harm: Harm) -> Option<((usize, usize), &Row)> {
        let of = self.schedules.get(schedule)?;
        let own = of.rows.iter().position(|row| row.harm == harm);
        match (own, of.like) {
            (Some(at), _) => Some(((schedule, at), &of.rows[at])),
            (None, Some(like)) if like < schedule => self.row(like, harm),
            _ => None,
        }
    }
    /// The cap over several harms of a schedule, its own or one that it takes over, and where it is written. A schedule
    /// that writes a row for one of the harms itself does not take it over.
    pub fn combined(&self, schedule: usize) -> Option<(usize, &(Vec<Harm>, i64))> {
        let of = self.schedules.get(schedule)?;
        match (&of.combined, of.like) {
            (Some(combined), _) => Some((schedule, combined)),
            (None, Some(like)) if like < schedule => {
                let stated = |harms: &[Harm]| of.rows.iter().any(|row| harms.contains(&row.harm));
                self.combined(like).filter(|(_, (harms, _))| !stated(harms))
            }
            _ => None,
        }
    }
    pub fn keys_refine(&self, a: usize, b: usize) -> bool {
        self.limits[a].keys.refines(self.limits[b].keys)
    }
}
