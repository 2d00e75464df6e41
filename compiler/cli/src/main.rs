//! The `anlan` command line.

fn main() {}
