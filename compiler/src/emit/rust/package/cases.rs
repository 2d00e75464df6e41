//! The scheme's examples and boundary claims have the answers that they must have.

use CRATE as evaluator;

use evaluator::json::Json;
use evaluator::reading::money;
use evaluator::rows::{Fields, explained_json, fields_of, read, row, settled_json};
use evaluator::{Inputs, Refusal, Row, explain, scheme, settle_rows};

fn text<'j>(json: &'j Json, name: &str) -> &'j str {
    json.get(name).and_then(Json::text).unwrap_or("")
}

fn inputs(case: &Json) -> Inputs {
    let mut inputs = Inputs {
        premium: case
            .get("premium")
            .and_then(Json::text)
            .map(|text| money(text).expect("a premium")),
        ..Inputs::default()
    };
    let decisions = case.get("decisions").map_or(&[][..], Json::list);
    inputs
        .decide(decisions.iter().filter_map(Json::text))
        .expect("decisions");
    inputs
}

/// The members of a row that the expected one has; a cut that it leaves out is 0.
fn same(expected: &Json, found: &str) -> bool {
    let found = Json::read(found).expect("a row");
    let (Json::Object(expected), Json::Object(members)) = (expected, &found) else {
        return false;
    };
    let given = expected.iter().all(|(name, value)| {
        let empty = matches!(value, Json::Text(text) if text.is_empty());
        found.get(name) == Some(value) || (empty && found.get(name) == Some(&Json::Null))
    });
    let cut = |name: &str| name.starts_with("cut_") && expected.iter().all(|(key, _)| key != name);
    let zero = Json::Text("0.00".to_owned());
    given
        && members
            .iter()
            .all(|(name, value)| !cut(name) || *value == zero)
}

fn assessed(claim: &Fields, inputs: &Inputs) -> String {
    let (claim, unknown) = read(claim);
    assert!(unknown.is_empty(), "{unknown:?}");
    let found = claim.and_then(|claim| explain(&claim, inputs).map_err(|refusal| vec![refusal]));
    explained_json(&found)
}

#[test]
fn every_case_has_its_answers() {
    let vectors = Json::read(include_str!("vectors.json")).expect("vectors.json");
    let scheme = vectors.get("scheme").expect("the scheme");
    assert_eq!(text(scheme, "hash"), scheme::HASH);
    let cases = vectors.get("cases").map_or(&[][..], Json::list);
    assert!(!cases.is_empty());
    for case in cases {
        let name = text(case, "name");
        let inputs = inputs(case);
        let claims = case.get("claims").map_or(&[][..], Json::list);
        let claims: Vec<Result<Fields, Refusal>> = claims.iter().map(fields_of).collect();
        for (claim, expected) in claims
            .iter()
            .zip(case.get("assess").map_or(&[][..], Json::list))
        {
            let found = assessed(claim.as_ref().expect("a claim"), &inputs);
            assert!(
                same(expected, &found),
                "{name}: {claim:?}\n{expected:?}\n{found}"
            );
        }
        let rows: Vec<Row<'_>> = claims.iter().map(row).collect();
        if let Some(code) = case.get("settle_refused").and_then(Json::text) {
            let refused = settle_rows(&rows, &inputs).expect_err(name);
            assert_eq!(refused.code, code, "{name}");
        }
        if let Some(expected) = case.get("settle") {
            let found = settle_rows(&rows, &inputs).expect(name);
            assert_eq!(found.len(), expected.list().len(), "{name}");
            for (expected, found) in expected.list().iter().zip(found.iter().map(settled_json)) {
                assert!(same(expected, &found), "{name}\n{expected:?}\n{found}");
            }
        }
    }
}
