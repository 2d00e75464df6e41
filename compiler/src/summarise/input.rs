//! What a summary shows beside the plan.

use crate::analyse::RequirementStatus;
use anlan_lang::diag::Finding;

/// Results of analysis, and what the plan cannot know of itself.
#[derive(Debug, Clone, Copy)]
pub struct SummaryInput<'a> {
    pub subject: Subject,
    /// All findings about this scheme or framework, the acknowledged ones included.
    pub findings: &'a [Finding],
    /// How the scheme stands to each requirement of the plan's statement.
    pub conformity: &'a [RequirementStatus],
    /// The plan hash, in hexadecimal.
    pub hash: &'a str,
}

/// What the plan describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Scheme,
    Framework,
}
