//! Diagrams as functions of matches and choices.

use super::*;

/// What the leaves below a node are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Test,
    Payment,
}

impl Writer<'_> {
    pub(super) fn diagrams(&self, out: &mut Code) {
        for at in 0..self.program.nodes.len() {
            if matches!(self.node(at), Node::Test { .. }) && self.uses.get(at).copied().unwrap_or(0) > 1 {
                let answer = match self.answer(at) {
                    Answer::Test => "bool",
                    Answer::Payment => "usize",
                };
                out.line("");
                out.doc(&self.purposes.sentence(at));
                out.line(format!(
                    "fn {}(facts: &Facts<'_>) -> Result<{answer}, Stop> {{",
                    self.function(at)
                ));
                out.inside(|out| self.test(out, at));
                out.line("}");
            }
        }
    }

    /// The name of a node's function
    fn function(&self, at: usize) -> String {
        format!("{}_{at}", self.purposes.word(at))
    }

    fn answer(&self, at: usize) -> Answer {
        match self.node(at) {
            Node::No | Node::Yes => Answer::Test,
            Node::Pays(_) | Node::Nothing | Node::Refused { .. } => Answer::Payment,
            Node::Test { edges, .. } => {
                let of: Vec<Answer> = edges.iter().map(|edge| self.answer(edge.to)).collect();
                if of.contains(&Answer::Payment) {
                    Answer::Payment
                } else {
                    Answer::Test
                }
            }
        }
    }

    /// The number of a leaf among the payments.
    pub(super) fn payment(&self, at: usize) -> Option<usize> {
        let payments = self.program.pipelines.len();
        match self.node(at) {
            Node::Pays(pipeline) => Some(*pipeline),
            Node::Nothing => Some(payments),
            Node::Refused { .. } => Some(payments + 1 + self.refusals.iter().position(|node| *node == at)?),
            Node::No | Node::Yes | Node::Test { .. } => None,
        }
    }

    /// What leads on to a node, where that is one expression.
    fn go(&self, at: usize) -> Option<String> {
        match self.node(at) {
            Node::Yes => Some("Ok(true)".to_owned()),
            Node::No => Some("Ok(false)".to_owned()),
            Node::Test { .. } if self.uses.get(at).copied().unwrap_or(0) > 1 => {
                Some(format!("{}(facts)", self.function(at)))
            }
            Node::Test { .. } => self.answered(at),
            _ => self.payment(at).map(|payment| format!("Ok({payment})")),
        }
    }

    /// A test whose answer is that of a yes or no itself.
    fn answered(&self, at: usize) -> Option<String> {
        let Node::Test { on, edges } = self.node(at) else {
            return None;
        };
        let leads = |wanted: bool| {
            let edge = edges
                .iter()
                .find(|e| matches!(e.when, When::Answers { yes, .. } if yes == wanted))?;
            match self.node(edge.to) {
                Node::Yes => Some(true),
                Node::No => Some(false),
                _ => None,
            }
        };
        let (no, yes) = (leads(false)?, leads(true)?);
        if no == yes {
            return None;
        }
        Some(match (on, yes) {
            (Tested::Fact(fact), true) => {
                let field = self.names.field(*fact);
                format!("known(facts.claim.{field}, {})", self.names.variant(*fact))
            }
            (Tested::Fact(fact), false) => format!("Ok(!{})", self.tested(*fact, "facts.claim", "known")),
            (Tested::Present(fact), _) => {
                let is = if yes { "is_some" } else { "is_none" };
                format!("Ok(facts.claim.{}.{is}())", self.names.field(*fact))
            }
            (Tested::Decided(decision), true) => format!("facts.holds({decision})"),
            (Tested::Decided(decision), false) => format!("Ok(!facts.holds({decision})?)"),
        })
    }

    /// The function of a root, as an expression.
    pub(super) fn root(&self, at: usize) -> String {
        match (self.node(at), self.payment(at)) {
            (Node::Test { .. }, _) => self.function(at),
            (Node::Yes, _) => "|_| Ok(true)".to_owned(),
            (_, Some(payment)) => format!("|_| Ok({payment})"),
            _ => "|_| Ok(false)".to_owned(),
        }
    }

    /// A test as the last expression of a block.
    fn test(&self, out: &mut Code, at: usize) {
        let Node::Test { on, edges } = self.node(at) else {
            return;
        };
        if let Some(answer) = self.answered(at) {
            out.line(answer);
            return;
        }
        // The widest edge needs no test of its own.
        let mut edges: Vec<(&When, usize)> = edges.iter().map(|edge| (&edge.when, edge.to)).collect();
        edges.sort_by_key(|(when, _)| match when {
            When::Values(values) => values.len(),
            When::Intervals(intervals) => intervals.len(),
            When::Answers { yes, .. } => usize::from(!yes),
        });
        match on {
            Tested::Fact(fact) if edges.iter().all(|(when, _)| matches!(when, When::Values(_))) => {
                out.line(self.head_of_match(*fact));
                out.inside(|out| self.matched(out, *fact, &edges));
                out.line("}");
            }
            Tested::Fact(fact) => {
                let field = self.names.field(*fact);
                out.line(format!("let {field} = {};", self.tested(*fact, "facts.claim", "known")));
                self.chosen(out, Some(*fact), field, &edges);
            }
            Tested::Present(fact) => {
                let read = format!("facts.claim.{}.is_some()", self.names.field(*fact));
                self.chosen(out, None, &read, &edges);
            }
            Tested::Decided(decision) => self.chosen(out, None, &format!("facts.holds({decision})?"), &edges),
        }
    }

    fn head_of_match(&self, fact: usize) -> String {
        format!("match {} {{", self.tested(fact, "facts.claim", "known"))
    }

    fn matched(&self, out: &mut Code, fact: usize, edges: &[(&When, usize)]) {
        let Some(Kind::Enumeration { domain, .. }) = self.kind(fact) else {
            return;
        };
        for (i, (when, to)) in edges.iter().enumerate() {
            let patterns: Vec<String> = match when {
                _ if i + 1 == edges.len() && edges.len() > 1 => vec!["_".to_owned()],
                When::Values(values) => values.iter().map(|value| self.names.value(*domain, *value)).collect(),
                _ => Vec::new(),
            };
            match (self.go(*to), self.node(*to)) {
                (Some(expression), _) => out.arm(&patterns, &expression),
                (
                    None,
                    Node::Test {
                        on: Tested::Fact(fact),
                        edges,
                    },
                ) if edges.iter().all(|edge| matches!(edge.when, When::Values(_))) => {
                    out.match_arm(&patterns, &self.head_of_match(*fact), |out| self.matched_node(out, *to));
                }
                (None, _) => out.block_arm(&patterns, |out| self.test(out, *to)),
            }
        }
    }

    /// The arms of a node that stands in an arm itself.
    fn matched_node(&self, out: &mut Code, at: usize) {
        let Node::Test {
            on: Tested::Fact(fact),
            edges,
        } = self.node(at)
        else {
            return;
        };
        let mut edges: Vec<(&When, usize)> = edges.iter().map(|edge| (&edge.when, edge.to)).collect();
        edges.sort_by_key(|(when, _)| match when {
            When::Values(values) => values.len(),
            _ => 0,
        });
        self.matched(out, *fact, &edges);
    }

    /// `if … else if … else`
    fn chosen(&self, out: &mut Code, fact: Option<usize>, read: &str, edges: &[(&When, usize)]) {
        if let [(when, then), (_, otherwise)] = edges
            && let (Some(then), Some(otherwise)) = (self.go(*then), self.go(*otherwise))
        {
            let condition = self.condition(fact, read, when);
            let branches = vec![(condition, Expression::Text(then))];
            out.expression("", &Expression::If(branches, Box::new(Expression::Text(otherwise))), "");
            return;
        }
        for (i, (when, to)) in edges.iter().enumerate() {
            let last = i + 1 == edges.len();
            let start = if i == 0 { "" } else { "} else " };
            match (i, last) {
                (0, true) => {}
                (_, true) => out.line("} else {"),
                _ => out.line(format!("{start}if {} {{", self.condition(fact, read, when))),
            }
            let go = |out: &mut Code| match self.go(*to) {
                Some(expression) => out.line(expression),
                None => self.test(out, *to),
            };
            if i == 0 && last { go(out) } else { out.inside(go) }
        }
        if edges.len() > 1 {
            out.line("}");
        }
    }

    fn condition(&self, fact: Option<usize>, read: &str, when: &When) -> String {
        match when {
            When::Answers { yes: true, .. } => read.to_owned(),
            When::Answers { .. } => format!("!{read}"),
            When::Values(_) => "false".to_owned(),
            When::Intervals(intervals) => {
                let kind = fact.and_then(|fact| self.kind(fact));
                let date = kind == Some(&Kind::Date);
                let x = match kind {
                    Some(Kind::Date) => format!("{read}.day"),
                    Some(Kind::Ratio) => format!("{read}.position()"),
                    Some(kind) if kind.is_in_parts() => format!("{read}.units()"),
                    _ => read.to_owned(),
                };
                let bound = |bound: i64| {
                    if date {
                        day(bound)
                    } else {
                        crate::emit::rust::integer(i128::from(bound))
                    }
                };
                let one = |(from, below): &(Option<i64>, Option<i64>)| match (from, below) {
                    (Some(from), Some(below)) if from + 1 == *below && !date => format!("{x} == {}", bound(*from)),
                    (Some(from), Some(below)) => format!("({}..{}).contains(&{x})", bound(*from), bound(*below)),
                    (Some(from), None) => format!("{x} >= {}", bound(*from)),
                    (None, Some(below)) => format!("{x} < {}", bound(*below)),
                    (None, None) => "true".to_owned(),
                };
                intervals.iter().map(one).collect::<Vec<_>>().join(" || ")
            }
        }
    }
}
