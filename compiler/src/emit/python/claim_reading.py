
class Unreadable(Refusal):
    """Cells that cannot be read: the first of them as a refusal, and the code of each with its column."""

    def __init__(self, refusals: list[Refusal]) -> None:
        first = refusals[0]
        super().__init__(first.code, *first.fields, detail=first.detail)
        self.refusals = refusals
        self.codes = tuple(refusal.code for refusal in refusals)

    def __str__(self) -> str:
        return "; ".join(map(str, self.refusals))


def _value_of(spellings: Mapping[str, str]) -> Callable[[str], str]:
    def value(text: str) -> str:
        found = spellings.get(text) or spellings.get(plain(text))
        if found is None:
            raise Refusal("V002", detail=text)
        return found

    return value


def _text_of(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _column(name: str) -> Optional[tuple[int, Callable[[str], Any]]]:
    return _COLUMNS.get(name) or _COLUMNS.get(trimmed(name)) or _COLUMNS.get(plain(trimmed(name)))


def read(fields: Iterable[tuple[str, object]]) -> tuple[Claim, list[str]]:
    """Reads a flat object; gives the claim and the names that nothing knows. Raises Unreadable with every bad cell."""
    values: list[Any] = [None] * len(CLAIM_FIELDS)
    unknown: list[str] = []
    refusals: list[Refusal] = []
    twice: list[Refusal] = []
    seen = 0  # a bit for each column
    for name, value in fields:
        column = _COLUMNS.get(name) or _column(name)
        if column is None:
            unknown.append(name)
            continue
        index, reader = column
        if seen >> index & 1:
            twice.append(Refusal("V013", name))
            continue
        seen |= 1 << index
        text = trimmed(value if isinstance(value, str) else _text_of(value))
        if text:
            try:
                values[index] = reader(text)
            except Refusal as refusal:
                refusals.append(Refusal(refusal.code, name, detail=text))
    if refusals or twice:
        raise Unreadable(refusals + twice)
    values.append(())
    return Claim._make(values), unknown


def checked(claim: Claim) -> Claim:
    """A typed claim whose values are what the reader would give. Raises Unreadable with every other one."""
    refusals: list[Refusal] = []
    for value, (name, check) in zip(claim, _CHECKS):
        if value is not None:
            code = check(value)
            if code is not None:
                refusals.append(Refusal(code, name, detail=repr(value)))
    if refusals:
        raise Unreadable(refusals)
    return claim


def typed_id(claim: Claim) -> Optional[str]:
    """The claim id of a typed claim."""
    value: object = claim[_CLAIM] if _CLAIM >= 0 else None
    return value if isinstance(value, str) and value else None


def claim_id(fields: Iterable[tuple[str, object]]) -> Optional[str]:
    """The claim id wherever it can be told, so that a repeated one is found even in rows that are wrong otherwise."""
    for name, value in fields:
        column = _column(name)
        if column is not None and column[0] == _CLAIM:
            return trimmed(_text_of(value)) or None
    return None
