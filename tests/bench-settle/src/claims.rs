//! `bench-claims OUT.parquet [COUNT]`: writes the benchmark's claims; 5 million by default.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark")]

use anlan_bench_settle::{Size, write};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("bench-claims OUT.parquet [COUNT]");
    let count = arguments.next().map_or(5_000_000, |count| count.parse().unwrap());
    write(path.as_ref(), &Size::of(count));
}
