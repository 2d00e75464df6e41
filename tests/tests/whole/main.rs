//! Tests of the whole, one file a subject, in one binary.

mod agreement;
mod agreement_sql;
mod browser;
mod data_contract;
mod diff;
mod edits;
mod emitted_calls;
mod finding_index;
mod keyword_table;
mod language_reference;
mod mutants;
mod oracle;
mod pages;
mod python;
mod rust_crates;
mod schemas;
mod sql_layout;
mod stripped;
mod summary;
mod taken_names;
mod tried;
mod typescript;
mod vectors;
mod witnesses;
mod z3;
