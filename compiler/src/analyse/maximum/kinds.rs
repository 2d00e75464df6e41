//! The kinds of claims: the sets of covers that some claim is paid by, and what each cover pays for each harm.

use super::*;

impl Maximum<'_> {
    /// The sets of covers that some claim is paid by.
    pub(super) fn meet(&mut self) {
        let plan = self.plan;
        let harms: BTreeSet<ValueId> = plan.benefits.iter().map(|benefit| benefit.harm).collect();
        let paid: BTreeSet<(CoverId, ValueId)> = plan.benefits.iter().map(|b| (b.cover, b.harm)).collect();
        let fact = fact_named(plan, id::HARM);
        for harm in harms {
            let class = fact.and_then(|fact| Some((fact, class_of(plan, fact, harm)?)));
            let leaves = match class {
                Some((fact, class)) => plan.diagrams.leaves_with(plan.applying, fact, class),
                None => plan.diagrams.leaves(plan.applying),
            };
            for leaf in leaves {
                let Leaf::Covers(covers) = leaf else { continue };
                let together = chosen(&plan.meeting, covers);
                for group in &together {
                    let of_harm = |cover: &CoverId| paid.contains(&(*cover, harm));
                    let group: Vec<CoverId> = group.iter().copied().filter(of_harm).collect();
                    let lower = match group.as_slice() {
                        [one] => together.iter().flatten().any(|other| self.is_lower(harm, *one, *other)),
                        _ => false,
                    };
                    if !group.is_empty() && !lower {
                        self.meetings.to_mut().insert((harm, group));
                    }
                }
            }
        }
    }

    /// Where both covers apply the higher one is paid, and that is always the other.
    fn is_lower(&self, harm: ValueId, cover: CoverId, other: CoverId) -> bool {
        let plan = self.plan;
        if !plan.meeting.takes_higher(cover, other) {
            return false;
        }
        let of = |cover: CoverId| {
            let benefit = plan.benefits.iter().find(|b| b.cover == cover && b.harm == harm)?;
            let leaves = plan.diagrams.leaves(benefit.root).into_iter();
            let pipelines: Option<Vec<&Pipeline>> = leaves
                .map(|leaf| match leaf {
                    Leaf::Pays(pipeline) => plan.pipelines.get(pipeline.index()),
                    _ => None,
                })
                .collect();
            pipelines
        };
        let most = of(cover).and_then(|pipelines| {
            let tops = pipelines
                .into_iter()
                .map(|steps| pipeline_extent(plan, steps, &Env::default()).high);
            tops.reduce(most).flatten()
        });
        let least = of(other).and_then(|pipelines| {
            let plain = pipelines.iter().all(|pipeline| pipeline.steps.is_empty());
            let capped = plan
                .limits
                .iter()
                .filter(|limit| limit.own && passes(plan, &limit.filter, other, harm, &[]));
            let caps = capped.filter_map(|limit| match &limit.rule {
                LimitRule::UpTo(amount) => Some(amount),
                _ => None,
            });
            let starts = pipelines.iter().map(|pipeline| &pipeline.start);
            let amounts = starts
                .chain(caps)
                .map(|amount| amount_top(plan, amount, &Env::default(), End::Low, End::Low));
            amounts
                .collect::<Option<Vec<Ratio>>>()?
                .into_iter()
                .min()
                .filter(|_| plain)
        });
        most.zip(least).is_some_and(|(most, least)| most < least)
    }

    pub(super) fn pays(
        &mut self,
        work: &mut Option<Diagrams>,
        cells: &[Vec<(FactId, u16)>],
        (cover, harm): (CoverId, ValueId),
        known: &Known<'_>,
    ) {
        let plan = self.plan;
        let benefit = plan.benefits.iter().find(|b| b.cover == cover && b.harm == harm);
        let (Some(benefit), Some(of)) = (benefit, plan.covers.get(cover.index())) else {
            return;
        };
        // Cells of further facts cut the ways finer.
        if work.is_none()
            && let Some(ways) = known(benefit)
        {
            for (path, pipeline) in ways {
                self.add(cover, harm, pipeline, path);
            }
            return;
        }
        let quantities = Quantities::greatest_of(plan, &plan.diagrams, &[benefit.root]);
        for cell in cells {
            let mut roots = [of.perils, of.roles, of.condition, benefit.root];
            let diagrams: &Diagrams = match work {
                Some(work) if !cell.is_empty() => {
                    for root in &mut roots {
                        *root = restricted(work, *root, cell);
                    }
                    work
                }
                _ => &plan.diagrams,
            };
            // The same row may be reached with a smaller and with a greater amount of what it pays by.
            for outcome in diagrams.outcomes_under(&roots, 3, &|fact| quantities.wanted(fact)) {
                let leaves: Vec<&Leaf> = outcome.leaves.iter().filter_map(|id| diagrams.as_leaf(*id)).collect();
                if let [Leaf::Yes, Leaf::Yes, Leaf::Yes, Leaf::Pays(pipeline)] = leaves.as_slice() {
                    self.add(cover, harm, *pipeline, [cell.as_slice(), &outcome.example].concat());
                }
            }
        }
    }

    fn add(&mut self, cover: CoverId, harm: ValueId, pipeline: PipelineId, path: Vec<(FactId, u16)>) {
        let plan = self.plan;
        let Some(steps) = plan.pipelines.get(pipeline.index()) else {
            return;
        };
        let extent = pipeline_extent(plan, steps, &Env::new(plan, &path));
        let passed = plan.limits.iter().enumerate();
        let kind = Kind {
            cover,
            harm,
            pipeline,
            low: extent.low,
            high: extent.high,
            attained: extent.attained,
            passes: passed
                .filter(|(_, limit)| passes(plan, &limit.filter, cover, harm, &path))
                .map(|(i, _)| i)
                .collect(),
            path,
        };
        let same = |other: &Kind| {
            other.cover == cover
                && other.harm == harm
                && other.passes == kind.passes
                && other.low == kind.low
                && other.high == kind.high
        };
        if !self.kinds.iter().any(same) {
            self.kinds.to_mut().push(kind);
        }
    }
}

/// The combinations of classes of the facts that filters of limits test besides the harm.
pub(super) fn cells(plan: &Plan) -> (Option<Diagrams>, Vec<Vec<(FactId, u16)>>) {
    let harm = fact_named(plan, id::HARM);
    let tested: BTreeSet<FactId> = plan
        .limits
        .iter()
        .flat_map(|limit| &limit.filter.facts)
        .map(|(fact, _)| *fact)
        .filter(|fact| Some(*fact) != harm)
        .collect();
    let mut cells: Vec<Vec<(FactId, u16)>> = vec![Vec::new()];
    for fact in tested {
        let values = plan.limits.iter().flat_map(|limit| &limit.filter.facts);
        let classes: BTreeSet<u16> = match plan.facts.get(fact.index()) {
            Some(of) => (0..u16::try_from(of.classes.len()).unwrap_or(0)).collect(),
            None => values
                .filter(|(other, _)| *other == fact)
                .flat_map(|(_, values)| values.iter().filter_map(|value| class_of(plan, fact, *value)))
                .collect(),
        };
        if classes.is_empty() || cells.len().saturating_mul(classes.len()) > CELLS {
            continue;
        }
        cells = cells
            .iter()
            .flat_map(|cell| {
                classes.iter().map(|class| {
                    let mut next = cell.clone();
                    next.push((fact, *class));
                    next
                })
            })
            .collect();
    }
    // A copy of the diagrams is needed only to restrict them.
    let work = (cells.len() > 1).then(|| plan.diagrams.clone());
    (work, cells)
}

pub(super) fn restricted(work: &mut Diagrams, root: NodeId, cell: &[(FactId, u16)]) -> NodeId {
    cell.iter().fold(root, |node, (fact, class)| {
        // Over budget the diagram stays as it is: a wider one only raises the bound.
        work.restrict(node, *fact, *class).unwrap_or(node)
    })
}
