//! Splits and shares.

use super::*;

impl Judge<'_> {
    /// P101 of the co-insurers that a contract names.
    pub(super) fn shares_by_contract(&mut self) {
        if self
            .world
            .named
            .as_ref()
            .is_some_and(|shares| shares.iter().sum::<i64>() != 100)
        {
            self.found.insert("P101".to_owned());
        }
    }

    pub(super) fn insurance(&mut self) {
        let w = self.world;
        if !w.payers.is_empty() && w.payers.iter().sum::<i64>() != 100 {
            self.found.insert("P103".to_owned());
        }
        if let Some(coinsurance) = &w.coinsurance {
            if !coinsurance.shared {
                self.found.insert("P113".to_owned());
            }
            if coinsurance.shared && coinsurance.twice {
                self.found.insert("P112".to_owned());
            }
        }
        if let Some(coinsurance) = w.coinsurance.as_ref().filter(|coinsurance| coinsurance.shared) {
            let count = coinsurance.insurers.len() as i64;
            let leads: Vec<i64> = coinsurance
                .insurers
                .iter()
                .filter(|(_, lead)| *lead)
                .map(|(s, _)| *s)
                .collect();
            let mut say = |wrong: bool, code: &str| {
                if wrong {
                    self.found.insert(code.to_owned());
                }
            };
            say(
                coinsurance.insurers.iter().map(|(share, _)| share).sum::<i64>() != 100,
                "P101",
            );
            say(
                coinsurance
                    .count
                    .is_some_and(|(least, most)| !(least..=most).contains(&count)),
                "P108",
            );
            say(leads.len() > 1, "P110");
            say(
                leads.len() == 1 && coinsurance.lead_at_least.is_some_and(|floor| leads[0] < floor),
                "P109",
            );
        }
        if let Some(split) = &w.split {
            for (index, (_, first, second)) in split.rows.iter().enumerate() {
                if first + second != 100 {
                    self.at("P102", Item::SplitRow(index));
                }
            }
            let placed: Vec<usize> = split.rows.iter().flat_map(|(regions, ..)| regions.clone()).collect();
            let times = |region: usize| placed.iter().filter(|placed| **placed == region).count();
            if (0..REGIONS.len()).any(|region| times(region) == 0) {
                self.found.insert("P104".to_owned());
            }
            if (0..REGIONS.len()).any(|region| times(region) > 1) {
                self.found.insert("P105".to_owned());
            }
        }
    }
}
