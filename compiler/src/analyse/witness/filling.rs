//! The quantities, keys, dates and decisions that a completed claim carries.

use super::*;

/// The quantities that a pipeline reads.
fn reads(pipeline: &Pipeline) -> impl Iterator<Item = FactId> {
    let steps = pipeline.steps.iter().filter_map(|step| match &step.operation {
        Operation::Less(amount) | Operation::UpTo(amount) | Operation::AtLeast(amount) => Some(amount),
        Operation::Share(_) | Operation::Round { .. } => None,
    });
    [&pipeline.start].into_iter().chain(steps).flat_map(Amount::facts)
}

impl Claim<'_> {
    /// Values for the quantities that the path bounds or that the pipelines read: as much as they may be.
    pub(super) fn quantities(&mut self) {
        let plan = self.plan;
        let mut read: BTreeMap<FactId, Option<i64>> = BTreeMap::new();
        for pipeline in self.pipelines.iter().filter_map(|id| plan.pipelines.get(id.index())) {
            quantities_read(&pipeline.start, &mut read);
            for step in &pipeline.steps {
                if let Operation::Less(amount) | Operation::UpTo(amount) | Operation::AtLeast(amount) = &step.operation
                {
                    quantities_read(amount, &mut read);
                }
            }
        }
        let present = |key: &str| {
            key.strip_prefix('\u{0}')
                .and_then(|n| n.parse::<u32>().ok())
                .map(FactId)
        };
        let marked: Vec<FactId> = self.fields.keys().filter_map(|key| present(key)).collect();
        self.fields.retain(|key, _| !key.starts_with('\u{0}'));
        let bounded: Vec<FactId> = self.classes.keys().copied().collect();
        let ample = ample(plan);
        let path: Vec<(FactId, u16)> = self.classes.iter().map(|(fact, class)| (*fact, *class)).collect();
        let env = Env::new(plan, &path);
        let pipelines = self.pipelines.iter().filter_map(|id| plan.pipelines.get(id.index()));
        let mut points: BTreeMap<FactId, Ratio> = self.values.clone();
        // Where all that a pipeline reads has a value, no other is sought.
        let free = |pipeline: &&Pipeline| reads(pipeline).any(|fact| !self.values.contains_key(&fact));
        for (fact, value) in pipelines.filter(free).flat_map(|pipeline| point(plan, pipeline, &env)) {
            points.entry(fact).or_insert(value);
        }
        for fact in read
            .keys()
            .copied()
            .chain(marked)
            .chain(bounded)
            .collect::<BTreeSet<_>>()
        {
            let Some(declared) = plan.facts.get(fact.index()).filter(|f| f.role == FactRole::Given) else {
                continue;
            };
            let class = self
                .classes
                .get(&fact)
                .and_then(|class| declared.classes.get(usize::from(*class)));
            let value = match points.get(&fact) {
                Some(point) => spelt(declared, *point),
                None => quantity((plan, &env), (fact, declared), class, read.get(&fact), ample),
            };
            if let Some(value) = value {
                self.set(declared, value);
            }
        }
    }

    /// Values that filters of limits test and keys that limits group by.
    pub(super) fn limit_fields(&mut self) {
        let plan = self.plan;
        for limit in &plan.limits {
            for (fact, values) in &limit.filter.facts {
                if self.blank(*fact)
                    && self.usual(*fact).is_none()
                    && let Some(value) = values.first()
                    && let Some(declared) = plan.facts.get(fact.index())
                    && let Some(name) = value_name(plan, declared, *value)
                {
                    self.set(declared, name);
                }
            }
            for key in &limit.keys {
                if let GroupKey::Fact(fact) = key {
                    self.key_field(*fact);
                }
            }
        }
        for fact in [id::CLAIM, id::EVENT].iter().filter_map(|name| fact_named(plan, name)) {
            self.key_field(fact);
        }
    }

    pub(super) fn blank(&self, fact: FactId) -> bool {
        let named = self.plan.facts.get(fact.index());
        named.is_none_or(|f| !self.fields.contains_key(&f.id)) && !self.classes.contains_key(&fact)
    }

    pub(super) fn key_field(&mut self, fact: FactId) {
        let plan = self.plan;
        let Some(declared) = plan.facts.get(fact.index()) else {
            return;
        };
        match &declared.kind {
            FactKind::Text => self.set(declared, sample_key(&declared.id)),
            FactKind::Enumeration { domain, default: None } if self.blank(fact) => {
                let values = plan
                    .domains
                    .get(domain.index())
                    .map(|domain| domain.values.len())
                    .unwrap_or_default();
                let all: Vec<ValueId> = (0..values).map(ValueId::from).collect();
                if let Some(value) = sample(plan, declared, &Class::Values(all)) {
                    self.set(declared, value);
                }
            }
            _ => {}
        }
    }

    /// A day in the term, and a policy around it where the term is each policy's.
    pub(super) fn date_fields(&mut self) {
        let plan = self.plan;
        let day = match (&plan.calendar.term, self.day) {
            (_, Some(day)) => day.to_string(),
            (Term::Fixed { start, .. }, None) => start.to_string(),
            (_, None) => SOME_DAY.to_owned(),
        };
        let mut set = |id: &str, value: &str| {
            if plan.facts.iter().any(|f| f.id == id) {
                self.fields.entry(id.to_owned()).or_insert_with(|| value.to_owned());
            }
        };
        set(id::DATE, &day);
        if let Term::Policy { start, end } = &plan.calendar.term {
            let year = self
                .fields
                .get(id::DATE)
                .and_then(|day| day.get(..4))
                .unwrap_or("2024")
                .to_owned();
            for (fact, value) in [(start, format!("{year}-01-01")), (end, format!("{year}-12-31"))] {
                if let Some(declared) = plan.facts.get(fact.index()) {
                    self.set(declared, value);
                }
            }
        }
    }

    pub(super) fn decisions(&self) -> Vec<String> {
        let plan = self.plan;
        let name = |id: &DecisionId| {
            let decision = plan.decisions.get(id.index())?;
            let key = self.key(decision.per).map(|key| format!("@{key}")).unwrap_or_default();
            let from_the_day = decision.effect == anlan_lang::tree::DecisionEffect::FromTheDay;
            let value = match &decision.value {
                _ if from_the_day => self.fields.get(id::DATE).map(|day| format!("={day}")),
                Some(ParameterKind::Money) => {
                    let wanted = self.open.get(&Atom::Value(*id)).and_then(|value| whole(*value));
                    Some(format!("={}", Fen(wanted.unwrap_or_else(|| ample(plan)))))
                }
                Some(ParameterKind::Ratio) => Some("=100%".to_owned()),
                Some(ParameterKind::Count) => Some("=1".to_owned()),
                _ => None,
            };
            Some(format!("{}{key}{}", decision.id, value.unwrap_or_default()))
        };
        self.decided.iter().filter_map(name).collect()
    }

    pub(super) fn key(&self, key: DecisionKey) -> Option<String> {
        let fact = match key {
            DecisionKey::Term => return None,
            DecisionKey::Year => return self.insured_year(),
            DecisionKey::Event => id::EVENT,
            DecisionKey::Fact(fact) => &self.plan.facts.get(fact.index())?.id,
        };
        self.fields.get(fact).cloned().or_else(|| Some(sample_key(fact)))
    }

    /// The calendar year in which the insured year of the day of loss begins.
    pub(super) fn insured_year(&self) -> Option<String> {
        let day: Date = self.fields.get(id::DATE)?.get(..10)?.parse().ok()?;
        let first = self.plan.calendar.boundaries.iter().rfind(|first| **first <= day);
        Some(first.unwrap_or(&day).year().to_string())
    }
}
