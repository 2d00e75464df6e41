//! Real policies by brute force: the reference evaluator answers for every combination of the finite facts that the text
//! tells apart and every amount at and beside each number written, and the answers alone say what is wrong.
//!
//! No part of the analysis is used; `check` is only compared with. What is read of the plan is what evaluation reads:
//! its facts, covers, ranks and limits.
//!
//! | part | what it holds |
//! |---|---|
//! | [`facts`] | the values of each fact that are tried |
//! | [`claims`] | every claim, found by trying a value for each fact that evaluation asks for |
//! | [`verdicts`] | what the answers say is wrong with covers and benefits |
//! | [`limits`] | limits measured by settling more than they let through, and floors on what a person is paid |
//! | [`compare`] | these verdicts against the findings of `check` |

pub mod claims;
pub mod compare;
pub mod facts;
pub mod limits;
mod reached;
pub mod verdicts;
