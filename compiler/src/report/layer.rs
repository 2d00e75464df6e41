//! One event loss through the tower: who bears what, and the ratio when the money runs out.

use super::decided::{Context, add, apportion};
use crate::evaluate::Decisions;
use crate::money::{Fen, MAX_FEN, Ratio};
use crate::plan::{Amount, DecisionId, Layer, Plan};
use anlan_lang::diag::{Finding, codes};

/// The loss, layer by layer. The layers' amounts and `unpaid` add up to the loss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layers {
    pub loss: Fen,
    pub layers: Vec<LayerPart>,
    pub unpaid: Fen,
    /// What each contract is paid of its claim: 1 unless the loss exceeds the layers and the shortfall was decided.
    pub ratio: Ratio,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerPart {
    pub name: String,
    pub amount: Fen,
    /// The layer's width; `None` unlimited, or not needed because the loss does not reach it.
    pub width: Option<Fen>,
    /// By co-insurer where the layer is theirs: (insurer, amount)
    pub shares: Vec<(String, Fen)>,
    pub articles: Vec<String>,
}

/// Puts an event loss through the layers.
///
/// Refused: no tower, a loss out of range, a layer that the loss reaches and whose amount nobody set or decided,
/// a shortfall that needs a decision which was not taken (SEMANTICS §4.9), an overflow.
pub fn layer(plan: &Plan, loss: Fen, decisions: &Decisions, premium: Option<Fen>) -> Result<Layers, Vec<Finding>> {
    let tower = plan
        .tower
        .as_ref()
        .ok_or_else(|| vec![Finding::new(codes::V220, None)])?;
    if loss.0 < 0 || loss.0 > MAX_FEN {
        return Err(vec![Finding::new(codes::V221, None)]);
    }
    let context = Context {
        plan,
        decisions,
        premium,
    };
    let total = match &tower.total {
        Some(total) => context.amount(total).map_err(|e| vec![e])?,
        None => None,
    };
    let mut rest = total.map_or(loss.0, |t| loss.0.min(t.0));
    let above_total = loss.0 - rest;
    let mut layers = Vec::with_capacity(tower.layers.len());
    for layer in &tower.layers {
        let part = part(&context, layer, rest).map_err(|e| vec![e])?;
        rest -= part.amount.0;
        layers.push(part);
    }
    let unpaid = add(Fen(rest), Fen(above_total)).map_err(|e| vec![e])?;
    let ratio = if unpaid.0 == 0 {
        Ratio::ONE
    } else {
        let decision = tower.shortfall.as_ref().and_then(|s| s.decision);
        shortfall(&context, tower.shortfall.is_some(), decision, loss, unpaid).map_err(|e| vec![e])?
    };
    Ok(Layers {
        loss,
        layers,
        unpaid,
        ratio,
    })
}

fn part(context: &Context, layer: &Layer, rest: i64) -> Result<LayerPart, Finding> {
    // A layer that the loss does not reach needs no figure.
    let width = if rest == 0 {
        Some(Fen(0))
    } else {
        width(context, &layer.up_to)?
    };
    let amount = Fen(width.map_or(rest, |w| rest.min(w.0)));
    let shares = match (&context.plan.coinsurance, layer.coinsured) {
        (Some(coinsurance), true) => {
            let ratios: Option<Vec<Ratio>> = coinsurance.insurers.iter().map(|i| i.share).collect();
            match ratios {
                Some(ratios) => {
                    let names = coinsurance.insurers.iter().map(|i| i.id.clone());
                    names.zip(apportion(amount, &ratios)?).collect()
                }
                None => Vec::new(),
            }
        }
        _ => Vec::new(),
    };
    Ok(LayerPart {
        name: layer.id.clone(),
        amount,
        width: if rest == 0 { None } else { width },
        shares,
        articles: layer.source.articles.clone(),
    })
}

fn width(context: &Context, amount: &Amount) -> Result<Option<Fen>, Finding> {
    let width = context.amount(amount)?;
    match width {
        Some(w) if w.0 < 0 => Err(Finding::new(codes::V221, None)),
        other => Ok(other),
    }
}

fn shortfall(
    context: &Context,
    stated: bool,
    decision: Option<DecisionId>,
    loss: Fen,
    unpaid: Fen,
) -> Result<Ratio, Finding> {
    if !stated {
        return Err(Finding::new(codes::V222, None).arg("unpaid", anlan_lang::diag::Arg::Money(unpaid.0)));
    }
    if let Some(id) = decision
        && context.taken(id, None).is_none()
    {
        let name = context
            .plan
            .decisions
            .get(id.index())
            .map_or_else(String::new, |d| d.id.clone());
        return Err(Finding::new(codes::V223, None)
            .arg("decision", name)
            .arg("unpaid", anlan_lang::diag::Arg::Money(unpaid.0)));
    }
    Ratio::new(i128::from(loss.0 - unpaid.0), i128::from(loss.0)).ok_or_else(|| Finding::new(codes::V044, None))
}
