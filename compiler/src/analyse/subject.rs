//! What a rule may read.

use super::limits::{Way, ways};
use super::maximum::Maximum;
use super::witness::Trial;
use crate::plan::{Lowered, Names, Part, Places, Plan, Source};
use crate::resolve::{BodyKind, Scope};
use anlan_lang::diag::{Arg, Bound, Code, Place};
use anlan_lang::tree::{Assumption, Body, Clause, ClauseKind, Name, Notes, Span};
use std::cell::{Cell, OnceCell, RefCell};

/// One scheme, framework or contract under analysis: its meaning, and what was written where the meaning does not
/// hold it. For a contract, `scope` is the contract's and `lowered` its scheme with the contract bound.
#[derive(Debug)]
pub struct Subject<'a> {
    pub scope: &'a Scope,
    pub lowered: &'a Lowered,
    /// No earlier stage reported an error in this body's file.
    pub sound: bool,
    /// Several rules ask what groups can be owed; the kinds of claims are found once for all of them.
    maximum: OnceCell<Maximum<'a>>,
    /// Witnesses of several rules are tried on the same plans.
    trials: OnceCell<Vec<Trial>>,
    /// So many claims more are settled for witnesses.
    pub(super) search: Cell<u64>,
    /// Of each benefit in which ways it pays
    ways: Vec<OnceCell<Vec<Way>>>,
    /// What rules would have asked, had an assumption not stood beside it
    answered: RefCell<Vec<Answered>>,
}

/// A question that an assumption beside the item concerned answers, so that it is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answered {
    /// Where the assumption begins
    pub by: u32,
    pub code: Code,
    /// The assumption names this question; without a code it answers whatever is asked there.
    pub named: bool,
}

/// So many claims are settled at most in search of witnesses for all findings of one scheme.
const SEARCH: u64 = 12_000;

impl<'a> Subject<'a> {
    pub fn new(scope: &'a Scope, lowered: &'a Lowered, sound: bool) -> Self {
        Subject {
            scope,
            lowered,
            sound,
            maximum: OnceCell::new(),
            trials: OnceCell::new(),
            search: Cell::new(SEARCH),
            ways: vec![OnceCell::new(); lowered.plan.benefits.len()],
            answered: RefCell::default(),
        }
    }
    /// Where the ways in which a benefit pays are kept once they are found.
    pub(super) fn ways(&self, benefit: usize) -> Option<&OnceCell<Vec<Way>>> {
        self.ways.get(benefit)
    }
    /// The most that groups of claims can be owed.
    pub(super) fn maximum(&self) -> &Maximum<'a> {
        let maximum = self.maximum.get_or_init(|| {
            let plan = self.plan();
            Maximum::knowing(plan, &|benefit| {
                let cover = plan.covers.get(benefit.cover.index())?;
                let ways = ways(self, cover, benefit);
                let paying = ways.iter().filter_map(|way| Some((way.path.clone(), way.pipeline?)));
                Some(paying.collect())
            })
        });
        if !maximum.whole {
            self.plan().diagrams.overrun();
        }
        maximum
    }
    /// No claims are settled for witnesses.
    pub fn leave_search(&self) {
        self.search.set(0);
    }
    /// Whether the drafter answered a question beside the item that raises it (`假定 "…"`, `假定 Q118 "…"`). Rules ask this
    /// last, when nothing else speaks against the question: which questions an assumption answers is told from it.
    pub(super) fn assumed(&self, code: Code, notes: &Notes) -> bool {
        // One that names it leaves nothing to one that does not.
        self.assumed_by_name(code, notes) || {
            let mut all = notes.assumptions.iter();
            let answering = all.find(|assumption| assumption.answers.is_empty());
            self.note_answer(code, answering, false)
        }
    }
    /// The same of a question that only its name answers: what else is assumed there hardly ever means it.
    pub(super) fn assumed_by_name(&self, code: Code, notes: &Notes) -> bool {
        let named = |assumption: &&Assumption| assumption.answers.iter().any(|name| name.text == code.0);
        self.note_answer(code, notes.assumptions.iter().find(named), true)
    }
    fn note_answer(&self, code: Code, answering: Option<&Assumption>, named: bool) -> bool {
        self.answered.borrow_mut().extend(answering.map(|assumption| Answered {
            by: assumption.span.start,
            code,
            named,
        }));
        answering.is_some()
    }
    /// The questions that assumptions answered so far.
    pub(super) fn take_answered(&self) -> Vec<Answered> {
        let mut answered = self.answered.take();
        answered.sort_unstable();
        answered.dedup();
        answered
    }
    /// Where witnesses are tried.
    pub(super) fn trials(&self) -> &[Trial] {
        self.trials.get_or_init(|| Trial::all(self.plan()))
    }
    /// Whether some claims can be settled.
    pub(super) fn settles(&self) -> bool {
        self.trials().iter().any(Trial::settles)
    }
    pub fn plan(&self) -> &'a Plan {
        &self.lowered.plan
    }
    pub fn places(&self) -> &'a Places {
        &self.lowered.places
    }
    pub fn body(&self) -> Option<&'a Body> {
        self.scope.body()
    }
    /// The clauses of this body alone.
    pub fn clauses(&self) -> &'a [Clause] {
        self.scope.clauses()
    }
    pub fn is_scheme(&self) -> bool {
        self.scope.kind == BodyKind::Scheme
    }
    pub fn is_contract(&self) -> bool {
        self.scope.kind == BodyKind::Contract
    }
    /// The scheme; of a contract, the scheme that it binds, and it.
    pub fn bound(&self) -> Option<Bound> {
        Some(match self.scope.implements() {
            Some(scheme) => Bound {
                scheme: scheme.place(scheme.body()?.name.span),
                contract: Some(self.head()?),
            },
            None => Bound {
                scheme: self.head()?,
                contract: None,
            },
        })
    }
    /// The name after `方案`, `框架` or `合同`: where findings about something missing point.
    pub fn head(&self) -> Option<Place> {
        self.body().map(|body| self.at(body.name.span))
    }
    /// A span of this body's file.
    pub fn at(&self, span: Span) -> Place {
        self.scope.place(span)
    }
    /// A part of a plan item, the whole item, or the head of the scheme.
    pub fn part(&self, source: &Source, part: Part) -> Option<Place> {
        self.places().part(source, part).or_else(|| self.head())
    }
    pub fn of(&self, source: &Source) -> Option<Place> {
        self.places().of(source).or_else(|| self.head())
    }
    /// The clauses that `take` accepts, with the clause itself.
    pub fn all<T: 'a>(&self, take: impl Fn(&'a ClauseKind) -> Option<T>) -> impl Iterator<Item = (T, &'a Clause)> {
        self.clauses()
            .iter()
            .filter_map(move |clause| take(&clause.kind).map(|item| (item, clause)))
    }
}

/// The articles that notes cite.
pub(crate) fn articles(notes: &Notes) -> Vec<String> {
    notes.articles.iter().map(|article| article.text.clone()).collect()
}

/// The texts of names.
pub(crate) fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|name| name.text.clone()).collect()
}

/// Names for a message.
pub(crate) fn named(names: &Names) -> Arg {
    Arg::Names {
        zh: names.zh.clone(),
        en: names.en.clone(),
    }
}

/// A list of names for a message.
pub(crate) fn listed<'n>(names: impl IntoIterator<Item = &'n Names>) -> Arg {
    Arg::List(names.into_iter().map(named).collect())
}
