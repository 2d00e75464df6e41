"""The shapes that rules are stated in, and how decisions are looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple, Optional, Protocol, Union

from .checking import amount_code
from .claim import CLAIM_FIELDS, DECISION_COUNT, ENUMERATIONS, PARENTS, REPRESENTATIVES, Claim
from .reading import Number, Refusal, count, moment, money_worded, plain, ratio, trimmed

MAX_AMOUNT = 2**63 - 1


class Blank(Exception):
    """A rule reads a field that the record leaves blank."""

    def __init__(self, name: str, decision: Optional[int] = None) -> None:
        super().__init__(name)
        self.name = name
        self.decision = decision

    def completions(self, claim: Claim) -> Iterable[Claim]:
        """The claim with every value of the field that some rule tells apart."""
        if self.decision is not None:
            return [claim._replace(assumed=(*claim.assumed, (self.decision, taken))) for taken in (False, True)]
        return [claim._replace(**{self.name: value}) for value in REPRESENTATIVES.get(self.name, ())]


class Step(NamedTuple):
    """One step on the way to an amount, in fen after it."""

    rule: str
    amount: int
    article: str


class Context(Protocol):
    """What amounts and decisions look up: one claim, or the claims that share a limit."""

    def day(self) -> int: ...
    def number(self, name: str) -> Number: ...
    def premium(self) -> int: ...
    def key(self, per: str) -> Optional[Union[int, str]]: ...
    def no_key(self, decision: Decision) -> Exception: ...
    def decided(self, decision: int) -> bool: ...
    def decision_value(self, decision: int) -> Number: ...


class Decision(NamedTuple):
    """What an authority decides: `per` is term, year, event, or the field that its key is a value of."""

    id: str
    per: str
    from_the_day: bool
    value: Optional[str]


class Taken(NamedTuple):
    """A decision that was taken, for a key or at large."""

    key: Optional[Union[int, str]]
    value: Optional[Number]


Rule = Callable[[Claim, "Inputs"], int]
Payment = Callable[[Claim, "Inputs", Optional["list[Step]"]], int]


class Cover(NamedTuple):
    """A cover: when it applies, and what rule chooses the payment for each harm."""

    id: str
    any_peril: bool
    perils: Rule
    roles: Rule
    condition: Rule
    benefits: Mapping[str, Rule]
    article: str


@dataclass(frozen=True)
class Filter:
    """Lines of some covers (None: all) whose fields have one of the values given."""

    covers: Optional[frozenset[int]] = None
    fields: tuple[tuple[str, frozenset[str]], ...] = ()


@dataclass(frozen=True)
class Limit:
    """A cap (`up_to`), a deductible (`less`), or the largest benefit of a group; keys are fields or `year`."""

    id: str
    own: bool
    rule: str
    amount: Union[int, Callable[[Context], Optional[int]], None]
    filter: Filter
    keys: tuple[str, ...]
    tiers: tuple[Union[str, tuple[Filter, ...]], ...]
    exhaustion_stated: bool
    ratio_to: Optional[Fraction]
    article: str
    raised: bool = False


@dataclass(frozen=True)
class Inputs:
    """What is known besides the claims: decisions taken, total premium in fen, earlier payments by claim."""

    decisions: Mapping[int, tuple[Taken, ...]] = field(default_factory=dict)
    premium: Optional[int] = None
    earlier: Optional[Mapping[str, int]] = None

    def __post_init__(self) -> None:
        """Refuses what read_inputs would never give, so that nothing is silently left out."""
        if not isinstance(self.decisions, Mapping):
            raise Refusal("V050", detail=repr(self.decisions))
        for index, entries in self.decisions.items():
            known = type(index) is int and 0 <= index < DECISION_COUNT
            if not known or not isinstance(entries, tuple) or not all(isinstance(entry, Taken) for entry in entries):
                raise Refusal("V050", detail=repr(index))
        if self.premium is not None and amount_code(self.premium):
            raise Refusal(amount_code(self.premium) or "V004", detail=repr(self.premium))
        if self.earlier is None:
            return
        if not isinstance(self.earlier, Mapping):
            raise Refusal("V075", detail=repr(self.earlier))
        for claim, paid in self.earlier.items():
            if amount_code(paid):
                raise Refusal("V074", detail=f"{claim}: {paid!r}")

    def taken(self, index: int, declared: Decision, context: Context) -> Optional[Taken]:
        """The decision as taken for what the context speaks of."""
        entries = self.decisions.get(index)
        if not entries:
            return None
        found = at_large = next((entry for entry in entries if entry.key is None), None)
        keyed = [entry for entry in entries if entry.key is not None]
        if keyed:
            key = context.key(declared.per)
            if key is None and at_large is None:
                raise context.no_key(declared)
            if key is not None:
                found = next((entry for entry in keyed if is_within(declared.per, key, entry.key)), at_large)
        if found is None or not declared.from_the_day:
            return found
        if found.value is None:
            raise Refusal("V042", declared.id)
        return found if context.day() >= found.value else None


def is_within(per: str, value: Union[int, str], above: Optional[Union[int, str]]) -> bool:
    """Whether a key is the one given, or lies below it in its domain."""
    parents = PARENTS.get(per, {})
    at: Optional[Union[int, str]] = value
    while at is not None:
        if at == above:
            return True
        at = parents.get(at) if isinstance(at, str) else None
    return False


def read_decisions(declared: tuple[Decision, ...], texts: Iterable[str]) -> dict[int, tuple[Taken, ...]]:
    """Decisions as written: NAME, NAME@KEY, NAME=VALUE or NAME@KEY=VALUE."""
    decisions: dict[int, tuple[Taken, ...]] = {}
    for text in texts:
        head, equals, value = text.replace("＝", "=").partition("=")
        name, at, key = head.replace("＠", "@").partition("@")
        name = trimmed(name)
        index = next((i for i, decision in enumerate(declared) if decision.id == name), None)
        if index is None:
            raise Refusal("V050", name)
        taken = Taken(
            _key(declared[index], trimmed(key)) if at else None,
            _value(declared[index], trimmed(value) if equals else None),
        )
        if any(entry.key == taken.key for entry in decisions.get(index, ())):
            raise Refusal("V053", name)
        decisions[index] = (*decisions.get(index, ()), taken)
    return decisions


def _key(decision: Decision, text: str) -> Union[int, str]:
    if decision.per == "term":
        raise Refusal("V051", decision.id)
    if decision.per == "year":
        year = plain(text).removesuffix("年")
        if len(year) != 4 or not year.isascii() or not year.isdigit():
            raise Refusal("V051", decision.id)
        return int(year)
    values = ENUMERATIONS.get(decision.per)
    if values is not None:
        value = values.get(text) or values.get(plain(text))
        if value is None:
            raise Refusal("V051", decision.id)
        return value
    if not text:
        raise Refusal("V051", decision.id)
    return text


def _value(decision: Decision, text: Optional[str]) -> Optional[Number]:
    if decision.value is None and text is None:
        return None
    if decision.value is None or text is None:
        raise Refusal("V052", decision.id)
    try:
        if decision.value == "date":
            return moment(text).day
        if decision.value == "money":
            return money_worded(text)
        return ratio(text) if decision.value == "ratio" else count(text)
    except Refusal:
        raise Refusal("V052", decision.id) from None


def present(claim: Claim, name: str) -> object:
    """A field of a claim by its name."""
    return claim[CLAIM_FIELDS[name]]
