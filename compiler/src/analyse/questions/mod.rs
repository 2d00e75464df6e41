//! Family Q: every silent choice that a document of this kind leaves open (DESIGN principle 2). A clause that answers,
//! or an `假定` beside the clause concerned, silences the question.

pub(super) mod benefits;
mod decisions;
mod limits;
mod lists;
mod magnitude;
mod receiving;
mod scheme;
mod tower;

use super::Rule;
use anlan_lang::diag::codes;

/// Q104 is asked where covers are compared, in family C.
pub(super) const RULES: &[Rule] = &[
    Rule::sound(&[codes::Q101], scheme::event),
    Rule::sound(&[codes::Q102], scheme::year),
    Rule::sound(&[codes::Q103], limits::exhaustion),
    Rule::sound(&[codes::Q105], limits::inside_or_besides),
    Rule::of(&[codes::Q106], lists::endings),
    Rule::of(&[codes::Q107], lists::deciders),
    Rule::of(&[codes::Q108], benefits::rounding),
    Rule::sound(&[codes::Q109], benefits::unplaced_states),
    Rule::sound(&[codes::Q110], benefits::several_injuries),
    Rule::sound(&[codes::Q111], benefits::death_after_disability),
    Rule::of(&[codes::Q112], benefits::part_units),
    Rule::of(&[codes::Q113, codes::Q114], decisions::open),
    Rule::sound(&[codes::Q115], scheme::other_insurance),
    Rule::sound(&[codes::Q116], scheme::subrogation),
    Rule::of(&[codes::Q117, codes::Q121], scheme::sum_insured),
    Rule::of(&[codes::Q118], benefits::bare_schedule),
    Rule::of(&[codes::Q119], limits::bare_limit),
    Rule::sound(&[codes::Q120], scheme::term),
    Rule::sound(&[codes::Q150, codes::Q151], tower::tower),
    Rule::of(&[codes::Q125], magnitude::slips),
    Rule::sound(&[codes::Q126], scheme::persons),
    Rule::sound(&[codes::Q122], receiving::beneficiary),
    Rule::sound(&[codes::Q123, codes::Q124], receiving::standards),
    Rule::of(&[codes::Q127], benefits::fixed_or_actual),
    Rule::of(&[codes::Q128], benefits::no_period),
    Rule::of(&[codes::Q129], scheme::nobodys_duty),
    Rule::of(&[codes::Q130], lists::version),
    Rule::of(&[codes::Q131], scheme::start),
    Rule::sound(&[codes::Q132], scheme::ambiguities),
    Rule::of(&[codes::Q133], scheme::territory),
    Rule::of(&[codes::Q134], scheme::document),
    Rule::of(&[codes::Q135], benefits::shared_by_all),
];
