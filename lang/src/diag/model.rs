//! One diagnostic model for every stage. It holds no prose: messages live in `texts/{zh,en}/*.ftl` under the code,
//! so a finding can be shown in either language.

use crate::tree::Span;
use std::collections::BTreeMap;

/// Index of a source file in its project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct FileId(pub u32);

/// A span in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    pub file: FileId,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// An obligation deferred to the contract, or other information; never fails `check`.
    Note,
    /// A silent choice that the file does not answer.
    Question,
    Warning,
    Error,
}

/// A stable code: a family letter and three digits (`L104`). The registry of all codes is [`super::codes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

/// A value inside a message, worded when the message is shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// A name or text shown as it is.
    Text(String),
    /// A name in both languages.
    Names {
        zh: String,
        en: String,
    },
    /// 分; shown as documents print amounts (`3万元`, `30,000 yuan`).
    Money(i64),
    Count(i64),
    /// An exact ratio `n/d`; shown as a percentage where that is exact within two decimals, else as a fraction.
    Ratio {
        numerator: i128,
        denominator: i128,
    },
    Date(jiff::civil::Date),
    /// A list, joined in the language's way.
    List(Vec<Arg>),
    /// Another message of the catalogue, by id.
    Message(&'static str),
}

pub type Args = BTreeMap<&'static str, Arg>;

/// A further place, with the text `<code>.<attribute>` of the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    pub place: Place,
    pub attribute: &'static str,
    pub args: Args,
}

/// A replacement that mends the finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    pub place: Place,
    pub replacement: String,
}

/// A claim, or several, that `eval` or `settle` reproduces.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Witness {
    /// Flat objects in the data contract's form.
    pub claims: Vec<BTreeMap<String, String>>,
    pub decided: Vec<String>,
    /// Values of parameters that no contract has set, as a contract writes them (`设 自留限额 = 5亿元`).
    pub set: Vec<String>,
    /// Rows of a bases file (region, persons, households), where an amount depends on the premium.
    pub bases: Vec<(String, i64, i64)>,
    /// Each claim stands for so many: `#` in its keys is the number of each, from 1.
    pub times: Option<u64>,
    /// What `eval` gives as the benefit of the one claim, in 分
    pub benefit: Option<i64>,
    /// What `settle` pays for all claims together, in 分
    pub paid: Option<i64>,
    /// What it shows lies in limits that `eval` leaves out, so that even one claim is settled.
    pub settled: bool,
    /// What it is run with
    pub bound: Option<Box<Bound>>,
}

impl Witness {
    /// Whether `settle` shows it: one claim is else for `eval`.
    pub fn is_settled(&self) -> bool {
        self.settled || self.is_several()
    }
    pub fn is_several(&self) -> bool {
        self.claims.len() > 1 || self.times.is_some()
    }
}

/// A scheme, and the contract that binds it, if any, each by the place of its name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    pub scheme: Place,
    pub contract: Option<Place>,
}

/// One finding.
///
/// Catalogue convention, for code `L104`: message `L104`, attributes `.label` (the primary place), `.help`
/// (optional), and one attribute for each further label.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub code: Code,
    /// The code's default severity unless a project overrides it.
    pub severity: Severity,
    pub args: Args,
    pub primary: Option<Place>,
    /// Attribute of the primary label, `label` by default.
    pub primary_attribute: &'static str,
    pub labels: Vec<Label>,
    /// Attributes shown as help, `help` by default where the catalogue has one.
    pub help: Option<&'static str>,
    pub fix: Option<Fix>,
    pub articles: Vec<String>,
    pub witness: Option<Witness>,
    /// The reason of the `acknowledge` that accepts it.
    pub acknowledged: Option<String>,
    /// Names of the items concerned, for `acknowledge CODE for NAME`.
    pub about: Vec<String>,
}

impl Finding {
    /// A finding with the code's default severity.
    pub fn new(code: Code, place: impl Into<Option<Place>>) -> Self {
        Finding {
            code,
            severity: super::codes::severity(code),
            args: Args::new(),
            primary: place.into(),
            primary_attribute: "label",
            labels: Vec::new(),
            help: Some("help"),
            fix: None,
            articles: Vec::new(),
            witness: None,
            acknowledged: None,
            about: Vec::new(),
        }
    }
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.insert(name, value.into());
        self
    }
    /// Words the primary place with another attribute of the message.
    pub fn labelled(mut self, attribute: &'static str) -> Self {
        self.primary_attribute = attribute;
        self
    }
    pub fn label(mut self, place: Place, attribute: &'static str) -> Self {
        self.labels.push(Label {
            place,
            attribute,
            args: Args::new(),
        });
        self
    }
    pub fn label_with(mut self, place: Place, attribute: &'static str, args: Args) -> Self {
        self.labels.push(Label { place, attribute, args });
        self
    }
    pub fn helped(mut self, attribute: &'static str) -> Self {
        self.help = Some(attribute);
        self
    }
    pub fn fixed(mut self, place: Place, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix {
            place,
            replacement: replacement.into(),
        });
        self
    }
    pub fn articles<I: IntoIterator<Item = String>>(mut self, articles: I) -> Self {
        self.articles.extend(articles);
        self
    }
    pub fn about(mut self, name: impl Into<String>) -> Self {
        self.about.push(name.into());
        self
    }
    pub fn witness(mut self, witness: impl Into<Option<Witness>>) -> Self {
        self.witness = witness.into();
        self
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Arg::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Arg::Text(text)
    }
}
impl From<Vec<String>> for Arg {
    fn from(list: Vec<String>) -> Self {
        Arg::List(list.into_iter().map(Arg::Text).collect())
    }
}
