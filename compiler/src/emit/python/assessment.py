"""One claim: which covers apply, which of them pay, and how much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple, Optional, TypeVar, Union

from . import rules, scheme
from .claim import Claim, checked, read
from .context import ClaimContext, Missing
from .model import MAX_AMOUNT, Blank, Context, Filter, Inputs, Limit, Rule, Step, present
from .reading import Moment, Refusal
from .sharing import largest_remainder

T = TypeVar("T")
NO_INPUTS = Inputs()


class Line(NamedTuple):
    """The benefit of one cover, in fen."""

    cover: int
    harm: str
    amount: int
    steps: tuple[Step, ...] = ()


class Assessment(NamedTuple):
    """What one claim is owed before the limits that need other claims; `reason` says why it is 0."""

    benefit: int
    lines: tuple[Line, ...]
    reason: Optional[str]

    @property
    def cover(self) -> str:
        """The covers that pay, joined by +."""
        return "+".join(rules.COVERS[line.cover].id for line in self.lines)


def resolve(rule: Callable[[Claim, Inputs], T], claim: Claim, inputs: Inputs) -> T:
    """A blank field is required only where its value could change the answer, given the other fields."""
    try:
        return rule(claim, inputs)
    except Blank as blank:
        outcomes: list[T] = []
        missing = {blank.name}
        for completed in blank.completions(claim):
            try:
                outcome = resolve(rule, completed, inputs)
            except Missing as open_:
                missing |= open_.fields
                continue
            if outcome not in outcomes:
                outcomes.append(outcome)
        if len(outcomes) == 1 and len(missing) == 1:
            return outcomes[0]
        raise Missing(*missing) from None


def assess(
    claim: Union[Claim, Mapping[str, object]], inputs: Inputs = NO_INPUTS, *, explain: bool = False
) -> Assessment:
    """What one claim is owed: own caps included, before every other limit. Takes a flat object or a claim.

    Raises Refusal where a field that the rules read is blank, a value cannot be read, or covers meet unranked.
    """
    if isinstance(claim, Claim):
        checked(claim)
    else:
        if not isinstance(claim, Mapping):
            raise Refusal("V076")
        claim, unknown = read(claim.items())
        if unknown:
            raise Refusal("V014", *unknown)
    try:
        if claim.date is not None and scheme.in_term(claim) is False:
            return Assessment(0, (), "out_of_term")
        lines, reason = lines_of(claim, inputs, alone=True, explain=explain)
    except Missing as missing:
        raise missing.refusal() from None
    return Assessment(total(line.amount for line in lines), tuple(lines), reason)


def total(amounts: Iterable[int]) -> int:
    """The sum; what 64 bits do not hold is refused, so that every evaluator refuses alike."""
    value = sum(amounts)
    if value > MAX_AMOUNT:
        raise Refusal("V044")
    return value


def lines_of(claim: Claim, inputs: Inputs, *, alone: bool, explain: bool = False) -> tuple[list[Line], Optional[str]]:
    """The lines that pay, and why they come to nothing. `alone`: as if no other claim shared its own limits."""
    covers = resolve(rules.applying, claim, inputs)
    harm = claim.harm
    if harm is None:
        raise Missing("harm")
    if not covers:
        return [], _no_cover(claim, inputs, harm)
    if len(covers) > 1:
        covers = [c for c in covers if not any((other, c) in rules.OVER for other in covers)]
    if len(covers) == 1:
        line = line_of(claim, inputs, covers[0], harm, explain)
        line = own_limits_of_one(claim, inputs, line, alone=alone, explain=explain)
        lines = [line]
        if line.amount:
            return lines, None
    else:
        lines = _meet(claim, inputs, [line_of(claim, inputs, cover, harm, explain) for cover in covers])
        lines = own_limits(claim, inputs, lines, alone=alone, explain=explain)
        if any(line.amount for line in lines):
            return lines, None
    first = resolve(rules.COVERS[lines[0].cover].benefits[harm], claim, inputs)
    return lines, "nothing" if first in rules.PAYS_NOTHING else "zero"


def line_of(claim: Claim, inputs: Inputs, cover: int, harm: str, explain: bool) -> Line:
    """The benefit of one cover before own limits."""
    steps: Optional[list[Step]] = [] if explain else None
    payment = resolve(rules.COVERS[cover].benefits[harm], claim, inputs)
    amount = rules.PAYMENTS[payment](claim, inputs, steps)
    if amount > MAX_AMOUNT:
        raise Refusal("V044")
    return Line(cover, harm, amount, tuple(steps) if steps else ())


def _holds(rule: Rule, claim: Claim, inputs: Inputs) -> Optional[bool]:
    try:
        return bool(resolve(rule, claim, inputs))
    except Missing:
        return None


def _no_cover(claim: Claim, inputs: Inputs, harm: str) -> str:
    """The reason given by the cover that came closest."""
    got = 0
    for cover in rules.COVERS:
        if _holds(cover.perils, claim, inputs) is False:
            continue
        if _holds(cover.roles, claim, inputs) is False:
            got = got if cover.any_peril else max(got, 1)
        elif harm in cover.benefits:
            return "condition"
        else:
            got = 2
    return ("no_cover", "role", "harm")[got]


def _meet(claim: Claim, inputs: Inputs, lines: list[Line]) -> list[Line]:
    """Of the largest sets of covers that all stack with one another, the one with the most money."""
    for i, a in enumerate(lines):
        for b in lines[i + 1 :]:
            pair = (min(a.cover, b.cover), max(a.cover, b.cover))
            if (
                pair not in rules.STACK
                and pair not in rules.HIGHER
                and _worth(claim, inputs, [a]) != _worth(claim, inputs, [b])
            ):
                raise Refusal("V021", rules.COVERS[a.cover].id, rules.COVERS[b.cover].id)
    best: list[Line] = []
    most = -1
    for group in _stacks(lines, (), 0):
        chosen = [lines[i] for i in group]
        worth = _worth(claim, inputs, chosen)
        if worth > most:
            best, most = chosen, worth
    return best


def _stacks(lines: list[Line], group: tuple[int, ...], start: int) -> list[tuple[int, ...]]:
    def joins(i: int) -> bool:
        pairs = ((lines[i].cover, lines[j].cover) for j in group)
        return i not in group and all((min(pair), max(pair)) in rules.STACK for pair in pairs)

    if group and not any(joins(i) for i in range(len(lines))):
        return [group]
    found: list[tuple[int, ...]] = []
    for i in range(start, len(lines)):
        if joins(i):
            found += _stacks(lines, (*group, i), i + 1)
    return found


def _worth(claim: Claim, inputs: Inputs, lines: list[Line]) -> int:
    return total(line.amount for line in own_limits(claim, inputs, lines, alone=True))


def passes(condition: Filter, cover: int, claim: Claim) -> bool:
    """Whether a line of this cover passes a limit's filter."""
    if condition.covers is not None and cover not in condition.covers:
        return False
    for name, values in condition.fields:
        value = present(claim, name) or scheme.DEFAULTS.get(name)
        if value is None:
            raise Missing(name)
        if value not in values:
            return False
    return True


def own_limits(claim: Claim, inputs: Inputs, lines: list[Line], *, alone: bool, explain: bool = False) -> list[Line]:
    """Applies the limits that belong to a schedule, to one claim by itself.

    In a settlement (not alone) a deductible and what follows it wait for the whole group.
    """
    waiting = [False] * len(lines)
    worth = [line.amount for line in lines]
    for limit in rules.OWN_LIMITS:
        members = []
        for i, line in enumerate(lines):
            if waiting[i] or not line.amount or not passes(limit.filter, line.cover, claim):
                continue
            if limit.rule == "less" and not alone:
                waiting[i] = True
            else:
                members.append(i)
        if not members or (limit.rule == "largest" and len(members) < 2):
            continue
        if limit.rule == "largest":
            bound: Optional[int] = max(amount for i in members for amount in (worth[i], lines[i].amount))
        else:
            bound = bound_of(limit, ClaimContext(claim, inputs))
        if bound is None:
            continue
        amounts = [lines[i].amount for i in members]
        kept = share_out(limit, bound, amounts, [len(amounts)])
        for i, amount in zip(members, kept):
            worth[i] = share_out(limit, bound, [worth[i]], [1])[0]
            line = lines[i]
            step = (
                (Step("own-less" if limit.rule == "less" else "own-up-to", amount, limit.article),) if explain else ()
            )
            lines = [*lines[:i], Line(line.cover, line.harm, amount, line.steps + step), *lines[i + 1 :]]
    return lines


def _limits_of_one(cover: int, harm: str) -> Iterator[Limit]:
    """The own limits that one line can meet by itself, with what is left of their filters."""
    for limit in rules.OWN_LIMITS:
        covers, fields = limit.filter.covers, limit.filter.fields
        others = tuple((name, values) for name, values in fields if name != "harm")
        if (covers is not None and cover not in covers) or any(n == "harm" and harm not in v for n, v in fields):
            continue
        # The largest of one line is that line; only a blank that the filter reads is still to be found.
        if limit.rule != "largest" or others:
            yield replace(limit, filter=Filter(None, others))


_LIMITS_OF_ONE = {
    (index, harm): tuple(_limits_of_one(index, harm))
    for index, cover in enumerate(rules.COVERS)
    for harm in cover.benefits
}


def own_limits_of_one(claim: Claim, inputs: Inputs, line: Line, *, alone: bool, explain: bool) -> Line:
    """As own_limits, of a claim with one line."""
    for limit in _LIMITS_OF_ONE[line.cover, line.harm]:
        amount = line.amount
        if not amount:
            break
        if (limit.filter.fields and not passes(limit.filter, line.cover, claim)) or limit.rule == "largest":
            continue
        if limit.rule == "less" and not alone:
            break
        bound = _bound_of_one(limit, claim, inputs)
        if bound is None:
            continue
        if bound < amount or limit.rule == "less":
            amount = share_out(limit, bound, [amount], [1])[0]
        if explain:
            step = Step("own-less" if limit.rule == "less" else "own-up-to", amount, limit.article)
            line = Line(line.cover, line.harm, amount, (*line.steps, step))
        elif amount != line.amount:
            line = Line(line.cover, line.harm, amount)
    return line


def _bound_of_one(limit: Limit, claim: Claim, inputs: Inputs) -> Optional[int]:
    amount = limit.amount
    if isinstance(amount, int) and amount <= MAX_AMOUNT:
        return amount
    return bound_of(limit, ClaimContext(claim, inputs))


def bound_of(limit: Limit, context: Context) -> Optional[int]:
    """The limit's amount in fen; None is unlimited."""
    amount = limit.amount
    bound = amount(context) if callable(amount) else amount
    if bound is not None and bound > MAX_AMOUNT:
        raise Refusal("V044")
    if bound is None and limit.rule == "less":
        raise Refusal("V044")
    return bound


def share_out(limit: Limit, bound: int, amounts: list[int], tiers: list[int]) -> list[int]:
    """What each line keeps. Tiers are the numbers of lines served together; earlier ones come first."""
    kept: list[int] = []
    before = start = 0
    for size in tiers:
        tier = amounts[start : start + size]
        start += size
        sum_ = total(tier)
        taken = min(max(bound - before, 0), sum_)
        room = sum_ - taken if limit.rule == "less" else taken
        before = total((before, sum_))
        kept += _within(tier, sum_, room, limit.ratio_to)
    return kept


def _within(tier: list[int], sum_: int, room: int, ratio_to: Optional[Fraction]) -> list[int]:
    """Shares room among the lines of one tier."""
    if room >= sum_:
        return tier
    part, whole = room, sum_
    if ratio_to is not None:
        rounded = Fraction(room, sum_) // ratio_to * ratio_to
        part, whole = rounded.numerator, rounded.denominator
    return largest_remainder([amount * part for amount in tier], whole, sum_ * part // whole)


def moment_of(claim: Claim) -> Moment:
    """The moment of loss of a claim that was accepted."""
    if claim.date is None:
        raise Missing("date")
    return claim.date
