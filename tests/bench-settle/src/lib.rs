//! Claims for measuring how fast a file of them is settled: events of heavy-tailed size over twenty years, text ids,
//! some repeated and some with blanks.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "a benchmark"
)]

use anlan_tests::random::Random;
use arrow_array::{ArrayRef, Date32Array, Decimal128Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// What to generate.
#[derive(Debug, Clone)]
pub struct Size {
    pub claims: usize,
    pub events: usize,
    pub persons: usize,
    pub years: usize,
    pub seed: u64,
}

impl Size {
    /// As many claims as wanted, with events and persons in proportion to 5 million claims.
    pub fn of(claims: usize) -> Self {
        Size {
            claims,
            events: (claims / 1250).max(20),
            persons: (claims * 2 / 5).max(10),
            years: 20,
            seed: 2026,
        }
    }
}

/// One claim; texts as a claims file has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub id: String,
    /// Days since 1970-01-01
    pub day: i32,
    pub event: Option<String>,
    pub person: String,
    pub peril: &'static str,
    pub harm: &'static str,
    pub liable: &'static str,
    pub injury_grade: Option<&'static str>,
    /// 分
    pub expense: Option<i64>,
}

/// 2004-01-01
const FIRST_DAY: i32 = 12_418;
const PERILS: [&str; 10] = [
    "flood",
    "gale",
    "lightning",
    "hail",
    "earthquake",
    "landslide",
    "debris_flow",
    "fire",
    "explosion",
    "drowning",
];
const GRADES: [&str; 10] = [
    "grade1", "grade2", "grade3", "grade4", "grade5", "grade6", "grade7", "grade8", "grade9", "grade10",
];
const LIABLE: [&str; 4] = ["none", "not_found", "unable", "solvent"];

/// Makes claims in the order in which they are reported: by no key at all.
#[derive(Debug)]
pub struct Claims {
    size: Size,
    random: Random,
    /// Share of all claims up to and with each event
    upto: Vec<f64>,
    made: usize,
}

impl Claims {
    pub fn new(size: Size) -> Self {
        // The size of the event of rank r is about r^-1: the largest has a tenth of all claims.
        let sizes: Vec<f64> = (1..=size.events).map(|rank| 1.0 / rank as f64).collect();
        let total: f64 = sizes.iter().sum();
        let mut sum = 0.0;
        let upto = sizes
            .iter()
            .map(|size| {
                sum += size / total;
                sum
            })
            .collect();
        Claims {
            random: Random::new(size.seed),
            size,
            upto,
            made: 0,
        }
    }

    fn claim(&mut self) -> Claim {
        let random = &mut self.random;
        let rank = random.upto(1 << 30) as f64 / (1 << 30) as f64;
        let event = self.upto.partition_point(|upto| *upto < rank).min(self.size.events - 1);
        // Where an event falls depends on its number alone.
        let begins = Random::new(event as u64 + 7).upto(self.size.years * 365 - 4) as i32;
        let peril = PERILS[Random::new(event as u64 + 11).below(PERILS.len())];
        let (harm, injury_grade, expense) = match random.below(100) {
            0..5 => ("death", None, None),
            5..30 => ("disability", Some(*random.of(&GRADES)), None),
            _ => ("medical", None, Some(random.between(100_00, 30_000_00))),
        };
        // One claim in five thousand repeats an earlier number; one in twenty thousand has no event.
        let number = if random.once_in(5_000) {
            random.below(self.made + 1)
        } else {
            self.made
        };
        let event = (!random.once_in(20_000)).then(|| format!("E{event:05}"));
        self.made += 1;
        let person = random.below(self.size.persons) as u64;
        Claim {
            id: format!("C{:09}", scattered(number as u64, 1_000_000_000)),
            day: FIRST_DAY + begins + random.below(4) as i32,
            event,
            person: format!("5002{:014}", scattered(person, 100_000_000_000_000)),
            peril,
            harm,
            liable: LIABLE[if random.once_in(3) { random.below(4) } else { 0 }],
            injury_grade,
            expense,
        }
    }
}

/// Another number below `below` for each, in no visible order: 387,420,489 is prime to every power of ten.
fn scattered(number: u64, below: u64) -> u64 {
    ((u128::from(number) * 387_420_489 + 12_345) % u128::from(below)) as u64
}

impl Iterator for Claims {
    type Item = Claim;
    fn next(&mut self) -> Option<Claim> {
        (self.made < self.size.claims).then(|| self.claim())
    }
}

/// The columns of the file, as Parquet types that such files have: texts, a date, a decimal.
pub fn schema() -> Arc<Schema> {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    Arc::new(Schema::new(vec![
        text("claim"),
        Field::new("date", DataType::Date32, true),
        text("event"),
        text("person"),
        text("peril"),
        text("harm"),
        text("liable"),
        text("injury_grade"),
        Field::new("expense", DataType::Decimal128(18, 2), true),
    ]))
}

/// Writes the claims, a million to a row group.
pub fn write(path: &Path, size: &Size) {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(1 << 20));
    let mut writer = ArrowWriter::try_new(File::create(path).unwrap(), schema(), Some(properties.build())).unwrap();
    let mut claims = Claims::new(size.clone());
    loop {
        let some: Vec<Claim> = claims.by_ref().take(1 << 16).collect();
        if some.is_empty() {
            break;
        }
        writer.write(&batch(&some)).unwrap();
    }
    writer.close().unwrap();
}

fn batch(claims: &[Claim]) -> RecordBatch {
    let text =
        |of: &dyn Fn(&Claim) -> Option<String>| Arc::new(claims.iter().map(of).collect::<StringArray>()) as ArrayRef;
    let columns: Vec<ArrayRef> = vec![
        text(&|c| Some(c.id.clone())),
        Arc::new(claims.iter().map(|c| Some(c.day)).collect::<Date32Array>()),
        text(&|c| c.event.clone()),
        text(&|c| Some(c.person.clone())),
        text(&|c| Some(c.peril.to_owned())),
        text(&|c| Some(c.harm.to_owned())),
        text(&|c| Some(c.liable.to_owned())),
        text(&|c| c.injury_grade.map(str::to_owned)),
        Arc::new(
            claims
                .iter()
                .map(|c| c.expense.map(i128::from))
                .collect::<Decimal128Array>()
                .with_precision_and_scale(18, 2)
                .unwrap(),
        ),
    ];
    RecordBatch::try_new(schema(), columns).unwrap()
}
