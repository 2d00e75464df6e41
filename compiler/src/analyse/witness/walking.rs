//! Completing a claim by walking the diagrams as evaluation does.

use super::*;

impl Claim<'_> {
    pub(super) fn complete(&mut self) {
        self.cover_fields();
        self.quantities();
        self.limit_fields();
        self.date_fields();
    }

    /// Walks to the covers that apply, and in each of those to what it pays.
    pub(super) fn cover_fields(&mut self) {
        let plan = self.plan;
        let wanted = self.wanted.clone();
        let given = self.path();
        let unbeaten = |covers: &[CoverId]| -> Vec<CoverId> {
            let beaten = |c: &CoverId| covers.iter().any(|other| plan.meeting.is_over(*other, *c));
            covers.iter().copied().filter(|c| !beaten(c)).collect()
        };
        let unpaid = self.unpaid;
        let rank = |leaf: &Leaf| {
            let Leaf::Covers(covers) = leaf else {
                return if unpaid { 4 } else { 0 };
            };
            if unpaid {
                return if covers.is_empty() { 4 } else { 0 };
            }
            let top = unbeaten(covers);
            match (wanted.is_empty(), top.len()) {
                (_, 0) => 0,
                (true, 1) => 3,
                (true, _) => 2,
                (false, _) if top == wanted => 4,
                (false, _) if wanted.iter().all(|c| top.contains(c)) => 3,
                (false, _) if wanted.iter().all(|c| covers.contains(c)) => 2,
                (false, _) => 1,
            }
        };
        let Leaf::Covers(covers) = self.walk(plan.applying, &rank) else {
            return;
        };
        self.alone = unbeaten(&covers) == wanted;
        let harm = fact_named(plan, id::HARM).and_then(|fact| self.classes.get(&fact).map(|class| (fact, *class)));
        let pipelines = self.pipelines.clone();
        let rank = |leaf: &Leaf| match leaf {
            Leaf::Pays(pipeline) if pipelines.contains(pipeline) => 4,
            Leaf::Pays(_) => 3,
            Leaf::Refused(_) => 1,
            Leaf::No | Leaf::Yes | Leaf::Covers(_) | Leaf::Nothing => 2,
        };
        let read = plan.benefits.iter().filter(|benefit| {
            let of_harm = harm.is_none_or(|(fact, class)| class_of(plan, fact, benefit.harm) == Some(class));
            covers.contains(&benefit.cover) && of_harm
        });
        // What the claim is about first: the rest must not stand in its way.
        let (first, rest): (Vec<_>, Vec<_>) = read.partition(|benefit| wanted.contains(&benefit.cover));
        for benefit in first.into_iter().chain(rest) {
            if let Leaf::Pays(pipeline) = self.walk(benefit.root, &rank)
                && !self.pipelines.contains(&pipeline)
            {
                self.pipelines.push(pipeline);
            }
        }
        // What keeps other covers away may keep a quantity from what is promised.
        let [free, held] = [given, self.path()].map(|path| Env::new(plan, &path));
        let most = |env: &Env, id: &PipelineId| Some(pipeline_bound(plan, plan.pipelines.get(id.index())?, env));
        self.alone &= pipelines.iter().all(|id| most(&free, id) == most(&held, id));
    }

    /// The classes fixed so far.
    fn path(&self) -> Vec<(FactId, u16)> {
        self.classes.iter().map(|(fact, class)| (*fact, *class)).collect()
    }

    /// Goes from a root towards the best leaf that the facts fixed so far allow, and fixes what it meets on the way.
    pub(super) fn walk(&mut self, root: NodeId, rank: &dyn Fn(&Leaf) -> u8) -> Leaf {
        let plan = self.plan;
        let mut memo = FxHashMap::default();
        let mut node = root;
        loop {
            match plan.diagrams.node(node) {
                Node::Leaf(leaf) => return leaf.clone(),
                Node::Test { fact, edges } => {
                    let edges = self.open_edges(*fact, edges);
                    let best = edges.iter().map(|(_, edge)| self.best(edge.to, rank, &mut memo)).max();
                    let mut good = edges
                        .iter()
                        .filter(|(_, edge)| Some(self.best(edge.to, rank, &mut memo)) == best);
                    let chosen = match self.pays_more_by(*fact) {
                        true => good
                            .map(|(class, edge)| (*edge.classes.last().unwrap_or(class), *edge))
                            .max_by_key(|(class, _)| *class),
                        false => good.next().copied(),
                    };
                    let Some((class, edge)) = chosen else { return Leaf::No };
                    node = edge.to;
                    self.fix(*fact, class);
                }
            }
        }
    }

    /// Whether nothing bounds a quantity yet and more of it brings what is promised: the wanted steps start from it.
    fn pays_more_by(&self, fact: FactId) -> bool {
        if (self.promised == (None, None) && !self.settled) || self.classes.contains_key(&fact) {
            return false;
        }
        let mut read = BTreeMap::new();
        let pipelines = self
            .pipelines
            .iter()
            .filter_map(|id| self.plan.pipelines.get(id.index()));
        pipelines.for_each(|pipeline| quantities_read(&pipeline.start, &mut read));
        read.contains_key(&fact)
    }

    /// The best rank of a leaf below a node.
    pub(super) fn best(&self, node: NodeId, rank: &dyn Fn(&Leaf) -> u8, memo: &mut FxHashMap<NodeId, u8>) -> u8 {
        if let Some(done) = memo.get(&node) {
            return *done;
        }
        let best = match self.plan.diagrams.node(node) {
            Node::Leaf(leaf) => rank(leaf),
            Node::Test { fact, edges } => self
                .open_edges(*fact, edges)
                .into_iter()
                .map(|(_, edge)| self.best(edge.to, rank, memo))
                .max()
                .unwrap_or_default(),
        };
        memo.insert(node, best);
        best
    }

    /// The edges that the facts fixed so far leave, each with the class to take on it; what a blank stands for first.
    pub(super) fn open_edges<'e>(&self, fact: FactId, edges: &'e [Edge]) -> Vec<(u16, &'e Edge)> {
        let usual = self.usual(fact);
        let on = |class: u16| edges.iter().find(|edge| edge.classes.binary_search(&class).is_ok());
        if let Some(class) = self.classes.get(&fact) {
            return on(*class).map(|edge| (*class, edge)).into_iter().collect();
        }
        let mut open: Vec<(u16, &Edge)> = usual
            .and_then(|class| on(class).map(|edge| (class, edge)))
            .into_iter()
            .collect();
        for edge in edges {
            if let Some(class) = edge.classes.first()
                && open.iter().all(|(_, known)| known.to != edge.to)
            {
                open.push((*class, edge));
            }
        }
        open
    }

    /// The class of a blank: the default of an enumeration; no for what is not recorded or not decided.
    pub(super) fn usual(&self, fact: FactId) -> Option<u16> {
        let declared = self.plan.facts.get(fact.index())?;
        match (declared.role, &declared.kind) {
            (
                FactRole::Given,
                FactKind::Enumeration {
                    default: Some(default), ..
                },
            ) => class_of(self.plan, fact, *default),
            (FactRole::Given, _) => None,
            (FactRole::Present(_) | FactRole::Decided(_), _) => {
                let no = declared.classes.iter().position(|class| *class == Class::No)?;
                u16::try_from(no).ok()
            }
        }
    }

    pub(super) fn fix(&mut self, fact: FactId, class: u16) {
        let plan = self.plan;
        if *self.classes.entry(fact).or_insert(class) != class {
            return;
        }
        let Some(declared) = plan.facts.get(fact.index()) else {
            return;
        };
        let Some(of) = declared.classes.get(usize::from(class)) else {
            return;
        };
        match (declared.role, of) {
            // Quantities wait until it is known what is read of them.
            (FactRole::Given, Class::Interval { .. }) => {}
            (FactRole::Given, of) => {
                if self.usual(fact) != Some(class)
                    && let Some(value) = sample(plan, declared, of)
                {
                    self.set(declared, value);
                }
            }
            (FactRole::Present(carried), Class::Yes) => {
                // Its own interval, if any, is fixed further down.
                self.fields.entry(format!("\u{0}{}", carried.0)).or_default();
            }
            (FactRole::Decided(decision), Class::Yes) => {
                self.decided.insert(decision);
            }
            (FactRole::Present(_) | FactRole::Decided(_), _) => {}
        }
    }
    pub(super) fn set(&mut self, fact: &Fact, value: String) {
        self.fields.entry(fact.id.clone()).or_insert(value);
    }
}

impl Claim<'_> {}
