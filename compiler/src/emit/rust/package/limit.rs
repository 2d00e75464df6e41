/// A limit over lines that pass its filter, counted by its keys.
pub(crate) struct Limit {
    pub id: &'static str,
    /// Why a claim of which it left nothing is not paid
    pub reason: &'static str,
    /// It belongs to a schedule, and is part of a claim's benefit.
    pub own: bool,
    pub rule: Rule,
    pub amount: Amount,
    pub filter: Filter,
    /// The group; empty for the whole term
    pub keys: &'static [Key],
    /// Who is served first
    pub tiers: &'static [Tier],
    pub exhaustion_stated: bool,
    /// The pro-rata ratio is rounded down to a multiple of this fraction.
    pub ratio_to: Option<(i128, i128)>,
    /// The heaviest injury counts one grade higher where it occurs twice.
    pub raised: bool,
    pub article: &'static str,
}

/// A cap, a deductible, or the largest benefit of a group
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    UpTo,
    Less,
    Largest,
}

/// The amount of a limit, in 分
pub(crate) enum Amount {
    Unlimited,
    Fixed(i64),
    Chosen(fn(&dyn Context) -> Result<Option<i64>, Stop>),
}

impl Amount {
    pub(crate) fn of(&self, context: &dyn Context) -> Result<Option<i64>, Stop> {
        match self {
            Amount::Unlimited => Ok(None),
            Amount::Fixed(amount) => Ok(Some(*amount)),
            Amount::Chosen(amount) => amount(context),
        }
    }
}

/// Lines of some covers whose fields have certain values
pub(crate) struct Filter {
    pub covers: Covers,
    pub fields: Fields,
}

/// Tests the fields of a claim.
pub(crate) type Fields = fn(&Claim<'_>) -> Result<bool, Stop>;

impl Filter {
    const fn new(covers: Covers, fields: Fields) -> Self {
        Filter { covers, fields }
    }
}

/// All claims
fn every(_: &Claim<'_>) -> Result<bool, Stop> {
    Ok(true)
}

/// Part of a limit's key
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Field(Field),
    Year,
}

/// One criterion of who is served first
pub(crate) enum Tier {
    Date,
    Event,
    Claim,
    Rank(&'static [Filter]),
}
