//! What a summary shows beside the plan.

use crate::money::Fen;
use anlan_lang::diag::Finding;

/// Results of analysis, and what the plan cannot know of itself.
#[derive(Debug, Clone, Copy)]
pub struct SummaryInput<'a> {
    pub subject: Subject,
    /// All findings about this scheme or framework, the acknowledged ones included.
    pub findings: &'a [Finding],
    /// One for each requirement of the plan's statement, in that order.
    pub conformity: &'a [Conformity],
    /// The plan hash, in hexadecimal.
    pub hash: &'a str,
}

/// What the plan describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Scheme,
    Framework,
}

/// How a scheme stands to one requirement of its framework (SEMANTICS §7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conformity {
    /// `reached`: the value that the compiler computed, where the requirement is about money.
    Met {
        reached: Option<Fen>,
    },
    Broken {
        reached: Option<Fen>,
    },
    /// Depends on these parameters, which a contract sets.
    Deferred {
        on: Vec<String>,
    },
    /// Words only: for people to judge.
    NotChecked,
    /// The compiler could not decide it exactly; the finding says what it needs.
    NotDecided,
}
