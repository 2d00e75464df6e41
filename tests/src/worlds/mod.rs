//! Schemes made from a seed, their meaning worked out by brute force, and the compiler's verdicts held against it.
//!
//! | part | what it holds |
//! |---|---|
//! | [`model`] | what a generated scheme holds |
//! | [`generate`](mod@generate) | a scheme from a seed |
//! | [`write`](mod@write) | the scheme as a source file |
//! | [`meaning`] | what a claim is worth, from SEMANTICS alone |
//! | [`universe`] | all claims that matter |
//! | [`verdicts`] | what is wrong with a scheme |
//! | [`smt`] | questions about a scheme for an SMT solver |
//! | [`compare`] | the compiler's findings against these verdicts, and smaller schemes that still disagree |

pub mod compare;
pub mod generate;
pub mod meaning;
pub mod model;
pub mod smt;
pub mod universe;
pub mod verdicts;
pub mod write;
