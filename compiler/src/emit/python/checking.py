"""What typed claims may hold: the code of a value that the reader would never give, or None."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Optional

from .reading import MOST, Moment, Refusal, identifier, moment

Check = Callable[[object], Optional[str]]


def one_of(spellings: Mapping[str, str]) -> Check:
    """The id of a value."""
    ids = frozenset(spellings.values())

    def check(value: object) -> Optional[str]:
        return None if isinstance(value, str) and value in ids else "V002"

    return check


def steps_between(least: int, most: int) -> Check:
    """Steps of a precision."""

    def check(value: object) -> Optional[str]:
        return None if type(value) is int and least <= value <= most else "V009"

    return check


def _bounded(value: float) -> Optional[str]:
    if value < 0:
        return "V005"
    return "V007" if value > MOST else None


def amount_code(value: object) -> Optional[str]:
    """Whole fen"""
    return _bounded(value) if type(value) is int else "V004"


def count_code(value: object) -> Optional[str]:
    """A whole number"""
    return _bounded(value) if type(value) is int else "V008"


def parts_code(value: object) -> Optional[str]:
    """A number with parts"""
    if type(value) is int:
        return _bounded(value)
    if not isinstance(value, Fraction):
        return "V008"
    return "V005" if value < 0 else "V007" if value > MOST else None


def ratio_code(value: object) -> Optional[str]:
    """A quotient that is not negative"""
    exact = type(value) is int or isinstance(value, Fraction)
    return None if exact and isinstance(value, (int, Fraction)) and value >= 0 else "V010"


def text_code(value: object) -> Optional[str]:
    """A text without control characters"""
    try:
        return "V012" if not isinstance(value, str) or not identifier(value) else None
    except Refusal as refusal:
        return refusal.code


def yes_no_code(value: object) -> Optional[str]:
    """True or False"""
    return None if isinstance(value, bool) else "V011"


def moment_code(value: object) -> Optional[str]:
    """A day that there is, and a second of it"""
    if not isinstance(value, Moment) or type(value.day) is not int or not _is_day(value.day):
        return "V003"
    return None if value.second is None or (type(value.second) is int and 0 <= value.second < 86_400) else "V003"


@lru_cache(maxsize=1 << 14)
def _is_day(day: int) -> bool:
    try:
        return moment(f"{day:08}").day == day
    except Refusal:
        return False
