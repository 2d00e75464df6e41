"""Splitting amounts without losing or making a fen."""

from __future__ import annotations


def largest_remainder(quotas: list[int], denominator: int, whole: int) -> list[int]:
    """Each quota rounded down, and the missing fen one each by remainder, largest first, then by position."""
    parts = [quota // denominator for quota in quotas]
    missing = whole - sum(parts)
    if missing > 0:
        order = sorted(range(len(parts)), key=lambda i: -(quotas[i] % denominator))
        for i in order[:missing]:
            parts[i] += 1
    return parts
