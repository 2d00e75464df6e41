//! The settlements of several contracts as one table: each tells of its own rows, in one order.

use super::output::{Made, Shared};
use crate::claims::table::{Column, Heading, Kind, Table};
use crate::claims::write::Cell;
use anlan_compiler::money::Fen;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Puts the tables of one stretch of the input together.
#[derive(Debug, Clone)]
pub struct Merger {
    headings: Vec<Heading>,
    /// For each contract, where its columns stand among the headings
    places: Vec<Vec<usize>>,
    shared: Shared,
    numbers: Vec<FxHashMap<String, u32>>,
    /// Names of the contracts, of which the last column tells; none where there is one
    contracts: Vec<String>,
}

impl Merger {
    /// Columns of all contracts: those of the first, then what others have besides, a limit or an insurer that only one
    /// knows beside its like, and the contract last.
    pub fn new(of_each: &[Vec<Heading>], names: &[String], kind: Kind) -> Self {
        let mut headings: Vec<Heading> = of_each.first().cloned().unwrap_or_default();
        for heading in of_each.iter().flatten() {
            if headings.contains(heading) {
                continue;
            }
            let alike = |known: &Heading| family(known) == family(heading);
            let cut = |known: &Heading| family(known).1 == "cut";
            let after = headings
                .iter()
                .rposition(alike)
                .or_else(|| headings.iter().rposition(cut));
            headings.insert(after.map_or(headings.len(), |at| at + 1), heading.clone());
        }
        let place = |heading: &Heading| headings.iter().position(|known| known == heading);
        let places = of_each
            .iter()
            .map(|list| list.iter().filter_map(place).collect())
            .collect();
        let contracts = names.get(1).map_or(Vec::new(), |_| names.to_vec());
        if !contracts.is_empty() {
            headings.push(Heading::new("contract", kind));
        }
        Merger {
            places,
            shared: Arc::new(vec![Vec::new(); headings.len()]),
            numbers: vec![FxHashMap::default(); headings.len()],
            headings,
            contracts,
        }
    }

    /// The columns of all.
    pub fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// A row of one contract under the columns of all.
    pub fn row<'c>(&'c self, contract: usize, cells: Vec<Cell<'c>>) -> Vec<Cell<'c>> {
        let mut all = vec![Cell::Money(Fen(0)); self.headings.len()];
        let places = self.places.get(contract).into_iter().flatten();
        for (place, cell) in places.zip(cells) {
            if let Some(slot) = all.get_mut(*place) {
                *slot = cell;
            }
        }
        if let (Some(name), Some(last)) = (self.contracts.get(contract), all.last_mut()) {
            *last = Cell::Text(name);
        }
        all
    }

    /// One table of what each contract made of the same stretch. What a contract does not know is 0.
    pub fn merge(&mut self, made: &[Made]) -> (Table, Shared) {
        let mut order: Vec<(u32, usize, usize)> = Vec::new();
        for (contract, made) in made.iter().enumerate() {
            order.extend(made.rows.iter().enumerate().map(|(at, row)| (*row, contract, at)));
        }
        order.sort_unstable();
        let mut table = Table::new(&self.headings, order.len());
        table.rows = order.len();
        let columns = self.headings.len() - usize::from(!self.contracts.is_empty());
        for at in 0..columns {
            self.column(at, made, &order, &mut table);
        }
        if columns < self.headings.len() {
            self.contract(&order, &mut table);
        }
        (table, Arc::clone(&self.shared))
    }

    /// The last column: the contract of each row.
    fn contract(&mut self, order: &[(u32, usize, usize)], table: &mut Table) {
        let at = self.headings.len() - 1;
        let name = |contract: &usize| self.contracts.get(*contract).map_or("", String::as_str);
        if let Some(Column::Shared(into)) = table.columns.get_mut(at) {
            let names = order.iter().map(|(_, contract, _)| name(contract));
            into.extend(names.map(|name| number(&mut self.numbers, &mut self.shared, at, name.as_bytes())));
        }
    }

    fn column(&mut self, at: usize, made: &[Made], order: &[(u32, usize, usize)], table: &mut Table) {
        let Some(into) = table.columns.get_mut(at) else { return };
        let places = self.places.iter().zip(made);
        let from: Vec<Option<(&Column, &[String])>> = places
            .map(|(places, made)| {
                let place = places.iter().position(|place| *place == at)?;
                let texts = made.shared.get(place).map_or(&[][..], Vec::as_slice);
                Some((made.table.columns.get(place)?, texts))
            })
            .collect();
        for (_, contract, row) in order {
            let cell = from.get(*contract).copied().flatten();
            match into {
                Column::Text { .. } => {
                    let text = cell.map_or(&[][..], |(column, texts)| column.bytes(texts, *row));
                    into.push_text(&String::from_utf8_lossy(text));
                }
                Column::Shared(numbers) => {
                    let text = cell.map_or(&[][..], |(column, texts)| column.bytes(texts, *row));
                    numbers.push(number(&mut self.numbers, &mut self.shared, at, text));
                }
                Column::Money(amounts) => amounts.push(match cell {
                    Some((Column::Money(from), _)) => from.get(*row).copied().unwrap_or_default(),
                    _ => 0,
                }),
                Column::Whole(numbers) => numbers.push(match cell {
                    Some((Column::Whole(from), _)) => from.get(*row).copied().unwrap_or_default(),
                    _ => 0,
                }),
            }
        }
    }
}

/// The number of a text of a shared column, new or known.
fn number(numbers: &mut [FxHashMap<String, u32>], shared: &mut Shared, at: usize, text: &[u8]) -> u32 {
    let text = String::from_utf8_lossy(text);
    let Some(known) = numbers.get_mut(at) else { return 0 };
    if let Some(number) = known.get(&*text) {
        return *number;
    }
    let number = known.len() as u32;
    known.insert(text.clone().into_owned(), number);
    if let Some(list) = Arc::make_mut(shared).get_mut(at) {
        list.push(text.into_owned());
    }
    number
}

/// What a column is of: all limits' cuts stand together, and all shares.
fn family(heading: &Heading) -> (Kind, &str) {
    let (family, _) = heading.name.split_once('_').unwrap_or((&heading.name, ""));
    (heading.kind, family)
}
