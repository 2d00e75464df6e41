//! L113 of benefits: the most that a row pays was not found, since it moves with quantities that both pay and are taken off
//! in too many ways. Whatever rests on it takes the bound where it proves, and what claims attain where it accuses.

use super::super::amounts;
use super::super::subject::{Subject, named};
use super::totals::known;
use super::ways::{harm_named, promising, ways};
use anlan_lang::diag::{Finding, codes};

pub(super) fn not_found(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    if !plan.pipelines.iter().any(amounts::is_contrary) {
        return;
    }
    for benefit in &plan.benefits {
        let Some(cover) = plan.covers.get(benefit.cover.index()) else {
            continue;
        };
        let ways = ways(subject, cover, benefit);
        let open = ways.iter().find(|way| !way.extent.is_reached());
        let Some(way) = open else { continue };
        let attained = way.extent.attained.low;
        found.push(
            Finding::new(codes::L113, subject.of(&benefit.source))
                .arg("what", "weighed")
                .arg("cover", named(&cover.name))
                .arg("harm", harm_named(plan, benefit.harm))
                .arg("most", known(way.extent.high))
                .arg("attained", known(attained))
                .articles(benefit.source.articles.clone())
                .about(cover.name.zh.clone())
                .witness(promising(plan, benefit, way, attained)),
        );
    }
}
