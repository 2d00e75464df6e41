"""Reads texts as claim files spell them: money, counts, dates, yes and no. Everything is exact; nothing is a float."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, Optional, Union

Number = Union[int, Fraction]

# The largest amount of one fact: 10^15 fen.
MOST = 10**15
_WHITE = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_EDGES = _WHITE + "\ufeff"
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NARROW[0x3000] = 0x20
_DIGITS = 28
_MEANINGS = {
    "V002": "no such value",
    "V003": "not a date",
    "V004": "not an amount",
    "V005": "cannot be negative",
    "V006": "too many decimals",
    "V007": "too large",
    "V008": "not a count",
    "V009": "not one of the numbers allowed",
    "V010": "not a ratio",
    "V011": "neither yes nor no",
    "V012": "holds a control character",
    "V013": "given more than once",
    "V014": "no such field",
    "V020": "a field that the rules read is blank",
    "V021": "covers with different amounts apply, and the scheme does not rank them",
    "V022": "above what the scheme accepts",
    "V023": "below what the scheme accepts",
    "V030": "the claim id occurs more than once",
    "V031": "a key that a limit counts by is blank",
    "V032": "other rows of the same record say otherwise",
    "V033": "no claim id",
    "V034": "no date of loss",
    "V041": "an amount follows the total premium, which is not given",
    "V042": "the decision has not been taken, so the amount is not known",
    "V043": "the limit does not suffice, and the scheme does not say what happens then",
    "V044": "a number leaves the range of exact arithmetic",
    "V045": "the term is not known, so there are no years",
    "V048": "one group of the limit falls under more than one decision",
    "V049": "what the limit follows differs between claims of one group",
    "V050": "no such decision",
    "V051": "the decision cannot be taken for this key",
    "V052": "the decision cannot carry this value",
    "V053": "the decision is given more than once",
    "V061": "bytes that are not UTF-8",
    "V063": "holds a list or an object",
    "V067": "longer than a row may be",
    "V069": "not a JSON object",
    "V072": "the claim has occurred before",
    "V073": "no claim id",
    "V074": "not an amount",
    "V075": "an earlier payment cannot be read",
    "V076": "not a flat object",
}


class Refusal(Exception):
    """Why an input is refused: a stable code, the fields concerned, and what stood there."""

    def __init__(self, code: str, *fields: str, detail: str = "") -> None:
        super().__init__(code, *fields)
        self.code = code
        self.fields = fields
        self.detail = detail

    def __str__(self) -> str:
        parts = [self.code, _MEANINGS.get(self.code, ""), ", ".join(self.fields), self.detail]
        return ": ".join(part for part in parts if part)


class Moment(NamedTuple):
    """A day as yyyymmdd, and the second of the day where the record gives one."""

    day: int
    second: Optional[int]


def trimmed(text: str) -> str:
    """White space as files have it, the ideographic space and a stray byte-order mark included."""
    return text.strip(_EDGES)


def plain(text: str) -> str:
    """Full-width signs as ASCII, without white space around."""
    return text.translate(_NARROW).strip(_WHITE)


def _is_digits(text: str) -> bool:
    return not text or (text.isascii() and text.isdigit())


def _decimal(text: str, malformed: str) -> tuple[int, int]:
    """A decimal as mantissa and scale: 1.50 is (15, 1)."""
    text = plain(text)
    at = min((i for i in (text.find("e"), text.find("E")) if i >= 0), default=-1)
    mantissa, exponent = (text, 0) if at < 0 else (text[:at], _exponent(text[at + 1 :], malformed))
    negative = mantissa.startswith("-")
    digits = mantissa[1:] if mantissa[:1] in ("-", "+") else mantissa
    whole, _, fraction = digits.partition(".")
    if "," in whole:
        first, *groups = whole.split(",")
        if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in groups):
            raise Refusal(malformed)
        whole = whole.replace(",", "")
    if not _is_digits(whole) or not _is_digits(fraction) or not (whole or fraction):
        raise Refusal(malformed)
    significant = (whole + fraction).lstrip("0")
    stripped = significant.rstrip("0")
    if not stripped:
        return 0, 0
    power = exponent - len(fraction) + len(significant) - len(stripped)
    if len(stripped) + power > _DIGITS:
        raise Refusal("V007")
    if power < -_DIGITS or len(stripped) > _DIGITS:
        raise Refusal("V006")
    value = int(stripped) * _power(max(power, 0))
    return (-value if negative else value), max(-power, 0)


def _power(scale: int) -> int:
    value: int = 10**scale
    return value


def _exponent(text: str, malformed: str) -> int:
    digits = text[1:] if text[:1] in ("-", "+") else text
    if not digits or not _is_digits(digits):
        raise Refusal(malformed)
    value = int(text)
    if value >= 2**31:
        raise Refusal("V007")
    if value < -(2**31):
        raise Refusal("V006")
    return value


def money(text: str) -> int:
    """Yuan with at most two decimals, as fen."""
    whole, point, cents = text.partition(".")
    if text.isascii() and whole.isdigit() and len(whole) < 13:
        if not point:
            return int(whole) * 100
        if len(cents) == 2 and cents.isdigit():
            return int(whole) * 100 + int(cents)
    text = plain(text)
    mantissa, scale = _decimal(text.removesuffix("元"), "V004")
    if mantissa < 0:
        raise Refusal("V005")
    fen, rest = divmod(mantissa * 100, _power(scale))
    if fen > MOST or (fen == MOST and rest):
        raise Refusal("V007")
    if rest:
        raise Refusal("V006")
    return fen


def money_worded(text: str) -> int:
    """As money, also with the multipliers of documents: 300万, 5亿元."""
    text = plain(text)
    text = text.removesuffix("元")
    times = {"万": 10**4, "亿": 10**8}.get(text[-1:], 0)
    if not times:
        return money(text)
    mantissa, scale = _decimal(text[:-1], "V004")
    fen, rest = divmod(mantissa * times * 100, _power(scale))
    if mantissa < 0:
        raise Refusal("V005")
    if fen > MOST:
        raise Refusal("V007")
    if rest:
        raise Refusal("V006")
    return fen


def count(text: str, part: Optional[str] = None) -> Number:
    """A count; part says what a part unit counts as: up, down, pro_rata, or None where decimals are refused."""
    mantissa, scale = _decimal(text, "V008")
    if mantissa < 0:
        raise Refusal("V005")
    if mantissa > MOST * _power(scale):
        raise Refusal("V007")
    whole, rest = divmod(mantissa, _power(scale))
    if not rest or part == "down":
        return whole
    if part == "up":
        return whole + 1
    if part == "pro_rata":
        return Fraction(mantissa, _power(scale))
    raise Refusal("V008")


def grid(text: str, unit: str, precision: Fraction, least: int, most: int) -> int:
    """Steps of the precision, within the bounds."""
    text = plain(text)
    try:
        mantissa, scale = _decimal(
            (text[: -len(unit)] if unit and text.endswith(unit) else text).rstrip(_WHITE), "V009"
        )
    except Refusal:
        raise Refusal("V009") from None
    steps = Fraction(mantissa, _power(scale)) / precision
    if steps.denominator != 1 or not least <= steps <= most:
        raise Refusal("V009")
    return steps.numerator


def ratio(text: str) -> Fraction:
    """0.95, 95%, 95‰ or 19/20."""
    text = plain(text)
    if "/" in text:
        top, _, bottom = text.partition("/")
        try:
            value = Fraction(int(top.strip(_WHITE)), int(bottom.strip(_WHITE)))
        except (ValueError, ZeroDivisionError):
            raise Refusal("V010") from None
    else:
        hundred = {"%": 100, "‰": 1000}.get(text[-1:], 1)
        mantissa, scale = _decimal((text if hundred == 1 else text[:-1]).rstrip(_WHITE), "V010")
        value = Fraction(mantissa, _power(scale) * hundred)
    if value < 0:
        raise Refusal("V010")
    return value


def identifier(text: str) -> str:
    """Any text without control characters."""
    if not text.isprintable() and any(c < " " or "\x7f" <= c <= "\x9f" for c in text):
        raise Refusal("V012")
    return text


def yes_no(text: str) -> bool:
    """是, yes or true; 否, no or false."""
    answer = {"是": True, "true": True, "yes": True, "否": False, "false": False, "no": False}.get(plain(text).lower())
    if answer is None:
        raise Refusal("V011")
    return answer


@lru_cache(maxsize=1 << 16)
def moment(text: str) -> Moment:
    """2024-07-01, 2024/7/1, 20240701 or 2024年7月1日, perhaps with a time of day."""
    try:
        return _moment(plain(text))
    except (ValueError, IndexError):
        raise Refusal("V003") from None


def _moment(text: str) -> Moment:
    if _is_digits(text[:8]) and len(text) >= 8:
        day, rest = _day(int(text[:4]), int(text[4:6]), int(text[6:8])), _after(text[8:])
    else:
        year, rest = _leading(text, 4, 4)
        separator = rest[0]
        month, rest = _leading(rest[1:], 1, 2)
        if separator in "-/.":
            number, rest = _leading(_without(rest, separator), 1, 2)
            rest = _after(rest)
        elif separator == "年":
            number, rest = _leading(_without(rest, "月"), 1, 2)
            rest = _without(rest, "日")
        else:
            raise ValueError(text)
        day = _day(year, month, number)
    rest = rest.strip(_WHITE)
    return Moment(day, _second(rest) if rest else None)


def _after(rest: str) -> str:
    if rest and (rest[0] not in "Tt " or not rest[1:].strip(_WHITE)):
        raise ValueError(rest)
    return rest[1:]


def _without(text: str, prefix: str) -> str:
    if not text.startswith(prefix):
        raise ValueError(text)
    return text[len(prefix) :]


def _leading(text: str, least: int, most: int) -> tuple[int, str]:
    end = 0
    while end < len(text) and "0" <= text[end] <= "9":
        end += 1
    if not least <= end <= most:
        raise ValueError(text)
    return int(text[:end]), text[end:]


def _day(year: int, month: int, day: int) -> int:
    if not 1 <= month <= 12 or not 1 <= day <= days_in(year, month):
        raise ValueError(day)
    return year * 10_000 + month * 100 + day


def days_in(year: int, month: int) -> int:
    """The number of days of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _second(text: str) -> int:
    for offset in ("+08:00", "+0800"):
        if text.endswith(offset):
            text = text[: -len(offset)].rstrip(_WHITE)
            break
    whole = text
    hour, rest = _leading(text, 1, 2)
    if not rest or rest[0] not in ":时":
        raise ValueError(text)
    rest = rest[1:]
    minute = second = 0
    if rest or not whole.endswith("时"):
        minute, rest = _leading(rest, 1, 2)
        rest = rest.removeprefix("分")
        if rest:
            second, rest = _leading(rest.removeprefix(":"), 1, 2)
            rest = rest.removeprefix("秒")
            if not _is_digits(rest.removeprefix(".")):
                raise ValueError(text)
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(text)
    return hour * 3600 + minute * 60 + second


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02}"
