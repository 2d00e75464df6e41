
/// What a cover insures, and what it pays for which harm.
pub(crate) struct Cover {
    pub id: &'static str,
    pub any_peril: bool,
    pub perils: Test,
    pub roles: Test,
    pub condition: Test,
    pub benefits: &'static [(Harm, Payment)],
}

impl Cover {
    pub(crate) fn benefit(&self, harm: Harm) -> Option<Payment> {
        let found = self.benefits.iter().find(|(of, _)| *of == harm);
        found.map(|(_, benefit)| *benefit)
    }
}
