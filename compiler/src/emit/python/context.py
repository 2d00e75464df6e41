"""One claim, as amounts and decisions look it up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Optional, Union

from . import scheme
from .claim import FIELD_IDS, Claim
from .model import Blank, Context, Decision, Inputs, present, read_decisions
from .reading import Number, Refusal, money


def read_inputs(
    decide: Iterable[str] = (), premium: Optional[str] = None, earlier: Optional[Mapping[str, str]] = None
) -> Inputs:
    """Inputs as they are written: decisions as NAME, NAME@KEY, NAME=VALUE or NAME@KEY=VALUE; amounts in yuan.

    Raises Refusal where one cannot be read.
    """
    texts = None if isinstance(decide, (str, Mapping)) else list(decide)
    if texts is None or not all(isinstance(text, str) for text in texts):
        raise Refusal("V050", detail=repr(decide))
    return Inputs(
        decisions=read_decisions(scheme.DECISIONS, texts),
        premium=None if premium is None else money(str(premium)),
        earlier=None if earlier is None else {claim: _paid(claim, paid) for claim, paid in earlier.items()},
    )


def _paid(claim: str, paid: object) -> int:
    try:
        return money(str(paid))
    except Refusal:
        raise Refusal("V074", detail=f"{claim}: {paid}") from None


class Missing(Exception):
    """Fields that a rule turns on and the record leaves blank."""

    def __init__(self, *fields: str) -> None:
        super().__init__(*fields)
        self.fields = frozenset(fields)

    def refusal(self) -> Refusal:
        return Refusal("V020", *sorted(FIELD_IDS.get(field, field) for field in self.fields))


class ClaimContext:
    """One claim, as amounts and decisions look it up."""

    def __init__(self, claim: Claim, inputs: Inputs) -> None:
        self.claim = claim
        self.inputs = inputs

    def day(self) -> int:
        if self.claim.date is None:
            raise Missing("date")
        return self.claim.date.day

    def number(self, name: str) -> Number:
        value = present(self.claim, name)
        if not isinstance(value, (int, Fraction)):
            raise Missing(name)
        return value

    def premium(self) -> int:
        return known_premium(self.inputs)

    def key(self, per: str) -> Optional[Union[int, str]]:
        if per == "term":
            return None
        if per == "year":
            if self.claim.date is None:
                return None
            year = scheme.year_of(self.claim.date.day, scheme.policy_start(self.claim))
            if year is None:
                raise Refusal("V045")
            return year // 10_000
        value = present(self.claim, per) or scheme.DEFAULTS.get(per)
        return value if isinstance(value, str) else None

    def no_key(self, decision: Decision) -> Exception:
        return Missing("date" if decision.per == "year" else decision.per)

    def decided(self, decision: int) -> bool:
        return self.inputs.taken(decision, scheme.DECISIONS[decision], self) is not None

    def decision_value(self, decision: int) -> Number:
        return value_of(decision, self.inputs, self)


def known_premium(inputs: Inputs) -> int:
    """The total premium of the settled bases."""
    if inputs.premium is None:
        raise Refusal("V041")
    return inputs.premium


def value_of(decision: int, inputs: Inputs, context: Context) -> Number:
    """The value that a decision carries."""
    taken = inputs.taken(decision, scheme.DECISIONS[decision], context)
    if taken is None or taken.value is None:
        raise Refusal("V042", scheme.DECISIONS[decision].id)
    return taken.value


def decided(claim: Claim, inputs: Inputs, decision: int) -> bool:
    """Whether a decision was taken for this claim; a blank key leaves it open."""
    for known, taken in claim.assumed:
        if known == decision:
            return taken
    if not inputs.decisions:
        return False
    try:
        return ClaimContext(claim, inputs).decided(decision)
    except Missing as missing:
        raise Blank(min(missing.fields), decision) from None
