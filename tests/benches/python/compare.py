"""One claim at a time: the emitted evaluator beside one that was written by hand, typed and from texts."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import by_hand

NAME = sys.argv[1]
assess = import_module(NAME).assess
claims = import_module(f"{NAME}.claim")
CLAIMS, ROUNDS = 20_000, 7


def made(chance: random.Random, number: int) -> dict[str, str]:
    """A claim as a file spells it; about half of them are paid."""
    perils, roles, liable, grades = (
        sorted(set(claims.ENUMERATIONS[name].values())) for name in ("peril", "role", "liable", "injury_grade")
    )
    harm = chance.choice(("death", "disability", "medical"))
    fields = {
        "claim": f"C{number}",
        "date": f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        "event": f"E{chance.randrange(50)}",
        "person": f"P{chance.randrange(100_000)}",
        "peril": chance.choice(perils),
        "role": chance.choice(roles),
        "liable": chance.choice(liable),
        "harm": harm,
    }
    if harm == "disability":
        fields["injury_grade"] = chance.choice(grades)
    if harm == "medical":
        fields["expense"] = f"{chance.randrange(150_000)}.{chance.randrange(100):02}"
    return fields


def seconds(items: Iterable[Any], work: Callable[[Any], object]) -> float:
    """CPU seconds for all items."""
    start = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - start


chance = random.Random(20_261_130)
texts = [made(chance, number) for number in range(CLAIMS)]
typed = [claims.read(fields.items())[0] for fields in texts]
plain = [by_hand.read(fields) for fields in texts]
found = [assess(claim).benefit for claim in typed]
assert found == [assess(fields).benefit for fields in texts]
assert found == [by_hand.benefit(claim) for claim in plain]
jobs: list[tuple[str, list[Any], Callable[[Any], object]]] = [
    ("typed claims, emitted", typed, assess),
    ("typed claims, by hand", plain, by_hand.benefit),
    ("texts, emitted", texts, assess),
    ("texts, by hand", texts, lambda fields: by_hand.benefit(by_hand.read(fields))),
]
# In turn, so that a busy machine slows all alike; the least time of each counts.
least = [float("inf")] * len(jobs)
for _ in range(ROUNDS):
    least = [min(best, seconds(items, work)) for best, (_, items, work) in zip(least, jobs)]
paid = sum(1 for amount in found if amount)
print(f"Python {sys.version.split()[0]}, {CLAIMS} claims, {paid} of them paid")
for (what, _, _), best in zip(jobs, least):
    print(f"{what:22} {best / CLAIMS * 1e6:6.2f} µs a claim, {CLAIMS / best / 1e3:6.0f} k/s")
print(f"emitted / by hand: {least[0] / least[1]:.1f} typed, {least[2] / least[3]:.1f} from texts")
