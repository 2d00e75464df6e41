//! A plan in which things that mean the same are written the same, so that its lines can be compared: values by their
//! ids instead of the document's spelling, sets in one order, the rows of a split one a region.

use crate::plan::{Names, Plan, SplitRow};

/// How a canonical plan spells values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// By their ids: for comparing
    Ids,
    /// As the document does: for showing
    Document,
}

/// The plan for comparing; what only regions compare stays as it is. Both spellings have the same lines.
pub(crate) fn canonical(plan: &Plan, spelling: Spelling) -> Plan {
    let mut plan = plan.clone();
    // Examples are no part of the meaning, and long.
    plan.statement.examples.clear();
    if let Some(territory) = &mut plan.statement.territory {
        for names in [&mut territory.areas, &mut territory.except, &mut territory.including] {
            sorted(names, spelling);
        }
    }
    if let Some(persons) = &mut plan.statement.persons {
        sorted(&mut persons.classes, spelling);
    }
    if let Some((items, _, _)) = &mut plan.statement.subject {
        items.sort_unstable();
    }
    plan.statement.policyholders.sort_unstable();
    for (bodies, harms, _) in &mut plan.statement.beneficiaries {
        bodies.sort_unstable();
        harms.sort_unstable();
    }
    if let Some(split) = &mut plan.split {
        let rows = split.rows.iter().flat_map(|row| {
            row.regions.iter().map(|region| SplitRow {
                regions: vec![*region],
                ..row.clone()
            })
        });
        split.rows = rows.collect();
        split.rows.sort_by_key(|row| row.regions.first().copied());
    }
    plan
}

/// Values in the order of the library's ids, each once; a name that the document alone has is its own id.
fn sorted(names: &mut Vec<Names>, spelling: Spelling) {
    names.sort_by(|a, b| a.en.cmp(&b.en));
    names.dedup_by(|a, b| a.en == b.en);
    if spelling == Spelling::Ids {
        for names in names {
            names.zh = names.en.clone();
        }
    }
}
