//! Tests of the whole analysis, and the hand-made plan that the parts' tests share.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod answers;
mod apart;
mod frame;
mod framework;
mod given_up;
mod joint;
mod limits;
mod maxima;
mod pages;
mod parts;
mod premium;
mod quiet;
mod rows;
mod shown;
mod witnesses;

use crate::plan::{self, Plan};

/// A plan with nothing in it.
pub(crate) fn plan() -> Plan {
    let text = EMPTY.replace("VERSION", &plan::PLAN_VERSION.to_string());
    serde_json::from_str(&text).expect("an empty plan reads")
}

const EMPTY: &str = r#"{
        "version": VERSION,
        "scheme": {"id": "例", "title": {"zh": "例", "en": "例"}, "document": null, "frameworks": [], "contract": null},
        "domains": [], "facts": [],
        "calendar": {"term": "unstated", "year": null, "year_of_event": false, "boundaries": [], "event_hours": null,
                     "source": {"articles": []}},
        "parameters": [], "shaping": [], "decisions": [], "funds": [], "covers": [],
        "diagrams": {"nodes": [{"leaf": "no"}, {"leaf": "yes"}], "order": [], "refusals": []},
        "applying": 0,
        "meeting": {"over": [], "higher": [], "stack": []},
        "benefits": [], "pipelines": [], "limits": [],
        "premium": null, "split": null, "coinsurance": null, "tower": null, "covenants": [], "metrics": [],
        "statement": {
            "repeals": [], "under": [], "territory": null, "policyholders": [], "authorised_by": null,
            "policyholder_source": {"articles": []}, "bodies": [], "persons": null, "subject": null,
            "sum_insured": null, "groups": [], "tables": [], "schedules": [], "treat_as": [],
            "responsibilities": [], "duties": [], "reviews": [], "forbids": [], "supplements": [],
            "other_insurance": [], "subrogation": null, "contract_prevails": [], "renewable": false,
            "assumptions": [], "acknowledged": [], "articles": [], "examples": [], "requirements": [],
            "established_by": [], "scopes": [], "applies_to": null
        }
    }"#;
