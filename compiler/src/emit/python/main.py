"""`python -m PACKAGE settle CLAIMS.jsonl`: rows as JSON Lines. `assess` does the same for single claims."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Optional, Union

from . import rules, scheme
from .assessment import assess
from .claim import Unreadable, read
from .model import Inputs, read_decisions
from .reading import Refusal, money, trimmed, yuan
from .settlement import Settled, settle_rows

Fields = list[tuple[str, object]]

# A row is not longer, in bytes with its line break.
_LONGEST = 1 << 20
_SURROGATE = re.compile("[\ud800-\udfff]")


def fields_of(text: str) -> Union[Fields, Refusal]:
    """One flat object; numbers keep their digits."""

    def refuse(constant: str) -> object:
        raise ValueError(constant)

    text = trimmed(text)
    try:
        value = json.loads(text, object_pairs_hook=list, parse_int=str, parse_float=str, parse_constant=refuse)
    except RecursionError:
        return Refusal("V063")
    except ValueError:
        return Refusal("V069")
    if not text.startswith("{"):
        return Refusal("V069")
    fields: Fields = value
    nested = next((key for key, item in fields if isinstance(item, list)), None)
    if nested is not None:
        return Refusal("V063", nested)
    # Half of a pair is no character.
    halved = "\\" in text and any(_SURROGATE.search(f"{key}{item}") for key, item in fields)
    return Refusal("V069") if halved else fields


def numbered_lines_of(path: str) -> Iterator[tuple[int, Union[Fields, Refusal]]]:
    """The objects of a file of JSON Lines, with the line that each stands in."""
    with Path(path).open("rb") as file:
        for number, line in enumerate(file, 1):
            if len(line) > _LONGEST:
                yield number, Refusal("V067")
                continue
            try:
                text = line.decode()
            except UnicodeDecodeError:
                yield number, Refusal("V061")
                continue
            if trimmed(text):
                yield number, fields_of(text)


def lines_of(path: str) -> Iterator[Union[Fields, Refusal]]:
    """The objects of a file of JSON Lines."""
    return (item for _, item in numbered_lines_of(path))


def shown(row: Settled) -> dict[str, object]:
    """A row with the columns of the data contract."""
    if row.rejected:
        return {"claim": row.claim, "rejected": list(row.rejected)}
    columns: dict[str, object] = {
        "claim": row.claim,
        "cover": row.cover,
        "benefit": yuan(row.benefit),
        "paid": yuan(row.paid),
        "reason": row.reason,
    }
    columns.update((f"cut_{limit.id}", yuan(cut)) for limit, cut in zip(rules.LIMITS, row.cuts))
    columns.update((f"share_{name}", yuan(share)) for (name, _), share in zip(scheme.INSURERS, row.shares))
    if row.due is not None and row.over is not None:
        columns.update(due=yuan(row.due), over=yuan(row.over))
    return columns


def assessed(item: Union[Fields, Refusal], inputs: Inputs) -> dict[str, object]:
    """The assessment of one claim, with its steps."""
    try:
        if isinstance(item, Refusal):
            raise item
        claim, _ = read(item)
        result = assess(claim, inputs, explain=True)
    except Unreadable as unreadable:
        return {"refused": list(unreadable.codes)}
    except Refusal as refusal:
        return {"refused": [refusal.code]}
    lines = [
        {
            "cover": rules.COVERS[line.cover].id,
            "harm": line.harm,
            "amount": yuan(line.amount),
            "steps": [{"rule": s.rule, "amount": yuan(s.amount), "article": s.article or None} for s in line.steps],
        }
        for line in result.lines
    ]
    return {"cover": result.cover or None, "benefit": yuan(result.benefit), "lines": lines, "reason": result.reason}


def main(arguments: Optional[list[str]] = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=f"{scheme.TITLE} ({scheme.HASH})")
    parser.add_argument("command", choices=("assess", "settle"))
    parser.add_argument("claims", help="JSON Lines, one flat object a line")
    parser.add_argument("--decide", action="append", default=[], metavar="NAME[@KEY][=VALUE]")
    parser.add_argument("--premium", help="total premium of the settled bases, in yuan")
    parser.add_argument("--earlier", help="JSON Lines of claim and paid")
    given = parser.parse_args(arguments)
    try:
        inputs = Inputs(
            decisions=read_decisions(scheme.DECISIONS, given.decide),
            premium=None if given.premium is None else money(given.premium),
            earlier=None if given.earlier is None else earlier(given.earlier),
        )
        rows = lines_of(given.claims)
        if given.command == "settle":
            found = [shown(row) for row in settle_rows(rows, inputs)]
        else:
            found = [assessed(item, inputs) for item in rows]
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    for row in found:
        print(json.dumps(row, ensure_ascii=False))
    return 0


def earlier(path: str) -> dict[str, int]:
    """What was paid on each claim before. The first mistake refuses the file: what is left out would be paid again."""
    paid: dict[str, int] = {}
    for number, item in numbered_lines_of(path):
        place = f"{path}, line {number}"
        if isinstance(item, Refusal):
            raise Refusal("V075", detail=f"{place}: {item}")
        claim, amount = _cell(item, ("claim", "赔案号")), _cell(item, ("paid", "实付", "已付"))
        if claim is None or amount is None:
            raise Refusal("V075", detail=f"{place}: no {'claim' if claim is None else 'paid'}")
        claim = _unguarded(trimmed(claim))
        if not claim:
            raise Refusal("V073", detail=place)
        try:
            fen = money(amount)
        except Refusal:
            raise Refusal("V074", detail=f"{place}: {amount}") from None
        if claim in paid:
            raise Refusal("V072", detail=f"{place}: {claim}")
        paid[claim] = fen
    return paid


def _cell(fields: Fields, names: tuple[str, ...]) -> Optional[str]:
    """The first of the fields that goes by one of the names."""
    found = next((("" if value is None else str(value),) for key, value in fields if key in names), None)
    return None if found is None else found[0]


def _unguarded(text: str) -> str:
    """Without the sign that keeps a spreadsheet from reading an id as a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


if __name__ == "__main__":
    sys.exit(main())
