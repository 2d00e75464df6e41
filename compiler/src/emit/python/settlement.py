"""Many claims: a function of the set of claims, whose order never matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Optional, Union

from . import rules, scheme
from .assessment import (
    NO_INPUTS,
    Line,
    bound_of,
    line_of,
    lines_of,
    moment_of,
    own_limits,
    passes,
    share_out,
    total,
)
from .claim import FIELD_IDS, KEY_FIELDS, WIDE_FIELDS, Claim, Unreadable, checked, claim_id, read, typed_id
from .context import Missing, known_premium, value_of
from .model import Decision, Filter, Inputs, Limit, present
from .reading import Number, Refusal
from .sharing import largest_remainder

_ROW_CODES = frozenset({"V020", "V021", "V022", "V023", "V031"})


@dataclass
class Settled:
    """One row: amounts in fen; `reason` says why nothing is paid, `rejected` holds the codes of a refused row."""

    claim: Optional[str]
    cover: str = ""
    benefit: int = 0
    paid: int = 0
    reason: Optional[str] = None
    cuts: list[int] = field(default_factory=list)
    shares: list[int] = field(default_factory=list)
    due: Optional[int] = None
    over: Optional[int] = None
    rejected: tuple[str, ...] = ()


@dataclass
class _Line:
    """A line on its way through the limits."""

    row: _Row
    cover: int
    benefit: int
    left: int
    worth_alone: int
    ranks: dict[int, tuple[int, ...]]
    injury: Optional[tuple[int, int]]
    cuts: list[int]

    def worth(self) -> int:
        return max(self.left, self.worth_alone)


@dataclass
class _Row:
    """A claim that was looked at by itself."""

    number: int
    id: Optional[str]
    claim: Optional[Claim] = None
    in_term: bool = True
    lines: list[_Line] = field(default_factory=list)
    reason: Optional[str] = None
    rejected: tuple[str, ...] = ()
    place: int = 0
    key_values: dict[str, object] = field(default_factory=dict)


Item = Union[Claim, Iterable[tuple[str, object]], Refusal]


def settle(claims: Iterable[Union[Claim, Mapping[str, object]]], inputs: Inputs = NO_INPUTS) -> list[Settled]:
    """Settles flat objects or claims; one row each, in input order. Raises Refusal where the whole run is refused."""
    return settle_rows(map(_item, claims), inputs)


def _item(claim: Union[Claim, Mapping[str, object]]) -> Item:
    if isinstance(claim, Claim):
        return claim
    return claim.items() if isinstance(claim, Mapping) else Refusal("V069")


def settle_rows(claims: Iterable[Item], inputs: Inputs = NO_INPUTS) -> list[Settled]:
    """As settle; an item may be pairs, or the reason why a row could not be read at all."""
    if scheme.READS_PREMIUM:
        known_premium(inputs)
    rows = [_accept(number, item, inputs) for number, item in enumerate(claims)]
    _reject_repeated(rows)
    _reject_contradicting(rows)
    book = _Book(rows, inputs)
    for index in range(len(rules.LIMITS)):
        book.apply(index)
    return [_settled(row, inputs) for row in rows]


def _read(number: int, item: Item) -> tuple[_Row, Optional[Claim]]:
    """The row of one claim, and the claim where it can be read."""
    if isinstance(item, Refusal):
        return _Row(number, None, rejected=(item.code,)), None
    try:
        if isinstance(item, Claim):
            row = _Row(number, typed_id(item))
            return row, checked(item)
        pairs = list(item)
        row = _Row(number, claim_id(pairs))
        return row, read(pairs)[0]
    except Unreadable as refused:
        row.rejected = refused.codes
        return row, None


def _accept(number: int, item: Item, inputs: Inputs) -> _Row:
    """One claim by itself."""
    row, claim = _read(number, item)
    if claim is None:
        return row
    codes = () if row.id is not None else ("V033",)
    if claim.date is None:
        row.rejected = (*codes, "V034")
        return row
    row.claim = claim
    row.key_values = {name: present(claim, name) or scheme.DEFAULTS.get(name) for name in KEY_FIELDS}
    try:
        _prepare(row, claim, inputs)
    except Missing:
        codes = (*codes, "V020")
    except Refusal as refusal:
        if refusal.code not in _ROW_CODES:
            raise
        codes = (*codes, refusal.code)
    row.rejected = codes
    return row


def _prepare(row: _Row, claim: Claim, inputs: Inputs) -> None:
    in_term = scheme.in_term(claim)
    if in_term is None and scheme.POLICY_TERM:
        raise Missing("policy_start")
    if in_term is False:
        row.in_term = False
        row.reason = "out_of_term"
        return
    lines, row.reason = lines_of(claim, inputs, alone=False)
    lacking = False
    for line in lines:
        prepared = _Line(row, line.cover, line.amount, line.amount, line.amount, {}, None, [0] * len(rules.LIMITS))
        if line.amount:
            lacking |= _limits_of(prepared, line, claim, inputs)
        row.lines.append(prepared)
    if lacking:
        raise Refusal("V031")


def _limits_of(prepared: _Line, line: Line, claim: Claim, inputs: Inputs) -> bool:
    """Finds the limits that a line falls under; tells whether it lacks a key that one of them reads."""
    lacking = False
    for index, limit in enumerate(rules.LIMITS):
        try:
            if not passes(limit.filter, line.cover, claim):
                continue
        except Missing:
            lacking = True
        lacking |= any(_blank_key(claim, key) for key in limit.keys)
        ranks = []
        for tier in limit.tiers:
            try:
                ranks.append(0 if isinstance(tier, str) else _rank(tier, line.cover, claim))
            except Missing:
                lacking = True
        if limit.raised and prepared.injury is None:
            prepared.injury = _injury(line, claim, inputs)
        prepared.ranks[index] = tuple(ranks)
    return lacking


def _blank_key(claim: Claim, key: str) -> bool:
    if key == "year":
        return scheme.YEAR_OF_EVENT and claim.event is None
    return present(claim, key) is None and key not in scheme.DEFAULTS


def _rank(filters: tuple[Filter, ...], cover: int, claim: Claim) -> int:
    return next((i for i, condition in enumerate(filters) if passes(condition, cover, claim)), len(filters))


def _injury(line: Line, claim: Claim, inputs: Inputs) -> Optional[tuple[int, int]]:
    """Severity of the injury (0 is the heaviest), and what the same claim would get one grade above."""
    grade = scheme.injury_grade(claim)
    if grade is None or grade not in scheme.GRADES:
        return None
    severity = scheme.GRADES.index(grade)
    if severity == 0:
        return 0, line.amount
    raised = scheme.with_grade(claim, scheme.GRADES[severity - 1])
    lines = [line_of(raised, inputs, line.cover, line.harm, explain=False)]
    return severity, own_limits(raised, inputs, lines, alone=False)[0].amount


def _reject_repeated(rows: list[_Row]) -> None:
    counts: dict[str, int] = {}
    for row in rows:
        if row.id is not None:
            counts[row.id] = counts.get(row.id, 0) + 1
    for row in rows:
        if row.id is not None and counts[row.id] > 1:
            row.rejected = (*row.rejected, "V030")


def _reject_contradicting(rows: list[_Row]) -> None:
    """Rows that say different things of one wider record, such as an event, are all rejected."""
    accepted = [(row, row.claim) for row in rows if not row.rejected and row.claim is not None]
    codes: dict[int, tuple[str, ...]] = {}
    for name, key in WIDE_FIELDS:
        said: dict[object, set[object]] = {}
        for row, claim in accepted:
            record, value = row.key_values.get(key), present(claim, name)
            if record is not None and value is not None:
                said.setdefault(record, set()).add(value)
        for row, claim in accepted:
            if present(claim, name) is not None and len(said.get(row.key_values.get(key), ())) > 1:
                codes[row.number] = (*codes.get(row.number, ()), "V032")
    for row, _ in accepted:
        row.rejected = codes.get(row.number, ())


class _Book:
    """All lines in the total order (date, event, claim, cover), and what the limits have left them."""

    def __init__(self, rows: list[_Row], inputs: Inputs) -> None:
        self.inputs = inputs
        for place, row in enumerate(sorted(rows, key=lambda row: row.id or "")):
            row.place = place
        self.first_day: dict[str, int] = {}
        for row in rows:
            event = event_of(row)
            if row.rejected or not row.in_term or row.claim is None or event is None:
                continue
            day = moment_of(row.claim).day
            self.first_day[event] = min(day, self.first_day.get(event, day))
        lines = [line for row in rows if not row.rejected for line in row.lines]
        self.lines = sorted(lines, key=self._order)

    @staticmethod
    def _order(line: _Line) -> tuple[int, str, int, str]:
        return (day_of(line.row), event_of(line.row) or "", line.row.place, rules.COVERS[line.cover].id)

    def year(self, row: _Row) -> Optional[int]:
        """First day of the insured year of a claim."""
        day = day_of(row)
        if scheme.YEAR_OF_EVENT:
            day = self.first_day.get(event_of(row) or "", day)
        return scheme.year_of(day, scheme.policy_start(row.claim) if row.claim else None)

    def apply(self, index: int) -> None:
        """Applies one limit to what the ones before left."""
        limit = rules.LIMITS[index]
        groups: dict[tuple[object, ...], list[_Line]] = {}
        for line in self.lines:
            if line.worth() > 0 and index in line.ranks:
                groups.setdefault(tuple(self._key(line.row, key) for key in limit.keys), []).append(line)
        for key, lines in groups.items():
            try:
                self._apply_to(index, limit, _Group(self, limit, key, lines))
            except Missing as missing:
                raise missing.refusal() from None

    def _key(self, row: _Row, key: str) -> object:
        if key != "year":
            return row.key_values.get(key)
        year = self.year(row)
        if year is None:
            raise Refusal("V045")
        return year

    def _apply_to(self, index: int, limit: Limit, group: _Group) -> None:
        raised = _raised(group.lines) if limit.raised else None
        if limit.rule == "largest":
            bound: Optional[int] = max(*(line.worth() for line in group.lines), raised[1] if raised else 0)
        else:
            bound = bound_of(limit, group)
        if bound is None:
            return
        order, kept = self._kept(index, limit, group, bound)
        for line in group.lines:
            if limit.rule != "largest":
                line.worth_alone = share_out(limit, bound, [line.worth_alone], [1])[0]
            elif raised and line.injury and line.injury[0] == raised[0]:
                line.worth_alone = raised[1]
        for line, amount in zip(order, kept):
            line.cuts[index] = line.left - amount
            line.left = amount

    @staticmethod
    def _kept(index: int, limit: Limit, group: _Group, bound: int) -> tuple[list[_Line], list[int]]:
        whole = total(line.left for line in group.lines)
        if (bound <= 0) if limit.rule == "less" else (bound >= whole):
            return [], []
        keyed = sorted(
            ((_tier(index, limit, line), line) for line in group.lines if line.left), key=lambda pair: pair[0]
        )
        if not limit.exhaustion_stated and len(keyed) > 1:
            raise Refusal("V043", limit.id)
        sizes: list[int] = []
        before: Optional[tuple[Union[int, str], ...]] = None
        for tier, _ in keyed:
            if sizes and tier == before:
                sizes[-1] += 1
            else:
                sizes.append(1)
            before = tier
        order = [line for _, line in keyed]
        return order, share_out(limit, bound, [line.left for line in order], sizes)


def _tier(index: int, limit: Limit, line: _Line) -> tuple[Union[int, str], ...]:
    """The order in which a line is served."""
    ranks = line.ranks[index]
    parts: list[Union[int, str]] = []
    for position, tier in enumerate(limit.tiers):
        if tier == "date":
            parts.append(day_of(line.row))
        elif tier == "event":
            parts.append(event_of(line.row) or "")
        elif tier == "claim":
            parts.append(line.row.place)
        else:
            parts.append(ranks[position])
    return tuple(parts)


def _raised(lines: list[_Line]) -> Optional[tuple[int, int]]:
    """The heaviest severity and the benefit one grade above, where it occurs twice or more."""
    injuries = [line.injury for line in lines if line.injury is not None]
    if not injuries:
        return None
    heaviest = min(severity for severity, _ in injuries)
    raised = [amount for severity, amount in injuries if severity == heaviest]
    return (heaviest, max(raised)) if len(raised) > 1 else None


def day_of(row: _Row) -> int:
    """Day of loss"""
    return row.claim.date.day if row.claim is not None and row.claim.date is not None else 0


def event_of(row: _Row) -> Optional[str]:
    """The event that a claim belongs to."""
    return row.claim.event if row.claim is not None else None


class _Group:
    """The lines that share one limit, as amounts and decisions look them up."""

    def __init__(self, book: _Book, limit: Limit, values: tuple[object, ...], lines: list[_Line]) -> None:
        self.book = book
        self.limit = limit
        self.values = values
        self.lines = lines

    def _part(self, key: str) -> Optional[object]:
        return next((value for name, value in zip(self.limit.keys, self.values) if name == key), None)

    def day(self) -> int:
        event, year = self._part("event"), self._part("year")
        day = self.book.first_day.get(event) if isinstance(event, str) else None
        if day is None and isinstance(year, int):
            day = year
        if day is None:
            day = scheme.FIRST_DAY
        if day is None:
            raise Refusal("V045")
        return day

    def number(self, name: str) -> Number:
        values = {line.row.key_values.get(name) for line in self.lines}
        first = self.lines[0].row.key_values.get(name)
        if not isinstance(first, (int, Fraction)):
            raise Missing(name)
        if len(values) > 1:
            raise Refusal("V049", self.limit.id, FIELD_IDS.get(name, name))
        return first

    def premium(self) -> int:
        return known_premium(self.book.inputs)

    def key(self, per: str) -> Optional[Union[int, str]]:
        if per == "term":
            return None
        year = self._part("year")
        if per == "year" and isinstance(year, int):
            return year // 10_000
        common: Optional[Union[int, str]] = None
        for line in self.lines:
            value: object
            if per == "year":
                first = self.book.year(line.row)
                value = None if first is None else first // 10_000
            else:
                value = event_of(line.row) if per == "event" else line.row.key_values.get(per)
            if not isinstance(value, (int, str)) or (common is not None and common != value):
                return None
            common = value
        return common

    def no_key(self, decision: Decision) -> Exception:
        return Refusal("V048", self.limit.id, decision.id)

    def decided(self, decision: int) -> bool:
        return self.book.inputs.taken(decision, scheme.DECISIONS[decision], self) is not None

    def decision_value(self, decision: int) -> Number:
        return value_of(decision, self.book.inputs, self)


def _settled(row: _Row, inputs: Inputs) -> Settled:
    if row.rejected:
        return Settled(row.id, rejected=row.rejected)
    result = Settled(row.id, "+".join(rules.COVERS[line.cover].id for line in row.lines), reason=row.reason)
    result.benefit = total(line.benefit for line in row.lines)
    result.paid = total(line.left for line in row.lines)
    result.cuts = [sum(line.cuts[i] for line in row.lines) for i in range(len(rules.LIMITS))]
    if result.benefit and not result.paid:
        last = max((i for i, cut in enumerate(result.cuts) if cut), default=None)
        result.reason = None if last is None else f"limit:{rules.LIMITS[last].id}"
    if scheme.INSURERS:
        quotas = [result.paid * parts for _, parts in scheme.INSURERS]
        result.shares = largest_remainder(quotas, scheme.SHARE_DENOMINATOR, result.paid)
    if inputs.earlier is not None:
        before = inputs.earlier.get(row.id or "", 0)
        result.due, result.over = max(result.paid - before, 0), max(before - result.paid, 0)
    return result
