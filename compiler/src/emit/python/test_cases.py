"""The scheme's examples and boundary claims have the answers that they must have: `python3 -m unittest`."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any

from PACKAGE import Inputs, Refusal, scheme
from PACKAGE.__main__ import assessed, shown
from PACKAGE.model import read_decisions
from PACKAGE.reading import money
from PACKAGE.settlement import settle_rows

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))


def inputs_of(case: dict[str, Any]) -> Inputs:
    """What a case is given besides its claims."""
    premium = case["premium"]
    decisions = read_decisions(scheme.DECISIONS, case["decisions"])
    return Inputs(decisions, None if premium is None else money(premium))


def expected(row: dict[str, Any], found: dict[str, object]) -> dict[str, object]:
    """The expected row with what it leaves out: cuts of nothing."""
    cuts = {name: "0.00" for name in found if name.startswith("cut_")}
    return {**cuts, **row}


class Cases(unittest.TestCase):
    """Each case of vectors.json."""

    maxDiff = None

    def test_the_scheme_is_the_one_that_was_answered_for(self) -> None:
        self.assertEqual(scheme.HASH, VECTORS["scheme"]["hash"])
        self.assertTrue(VECTORS["cases"])

    def test_single_claims(self) -> None:
        for case in VECTORS["cases"]:
            inputs = inputs_of(case)
            for claim, answer in zip(case["claims"], case.get("assess", ())):
                with self.subTest(case["name"], claim=claim):
                    found = assessed(list(claim.items()), inputs)
                    found.pop("lines", None)
                    wanted = answer if "refused" in answer else {**answer, "cover": answer["cover"] or None}
                    self.assertEqual(wanted, found)

    def test_claims_together(self) -> None:
        for case in VECTORS["cases"]:
            claims = [list(claim.items()) for claim in case["claims"]]
            inputs = inputs_of(case)
            with self.subTest(case["name"]):
                if "settle_refused" in case:
                    with self.assertRaises(Refusal) as refused:
                        settle_rows(claims, inputs)
                    self.assertEqual(case["settle_refused"], refused.exception.code)
                elif "settle" in case:
                    rows = [shown(row) for row in settle_rows(claims, inputs)]
                    self.assertEqual(len(case["settle"]), len(rows))
                    self.assertEqual([expected(*pair) for pair in zip(case["settle"], rows)], rows)


if __name__ == "__main__":
    unittest.main()
