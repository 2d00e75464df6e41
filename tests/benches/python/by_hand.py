"""The benefits of Yunyang as an engineer would write them for one scheme alone: amounts in fen, enumerations as ids."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Optional

FIRST_DAY, DAY_AFTER = date(2023, 11, 27), date(2026, 11, 27)
RESCUERS = frozenset(
    (
        "rescuer",
        "disaster_relief_worker",
        "good_samaritan",
        "rescue_worker",
        "emergency_handler",
        "emergency_rescuer",
    )
)
NATURAL = (
    "drought flood gale hail lightning heavy_snow seismic earthquake rock_collapse landslide debris_flow sinkhole "
    "ground_fissure forest_fire dam_break"
)
MUNICIPAL = "street_tree big_tree manhole_cover guardrail"
NOT_SOLVENT = frozenset(("none", "not_found", "unable"))
ANYBODY = frozenset((*NOT_SOLVENT, "solvent"))
# Who may be liable where a peril pays; None: nobody asks
LIABLE: dict[str, Optional[frozenset[str]]] = {
    **dict.fromkeys(NATURAL.split()),
    **dict.fromkeys(MUNICIPAL.split()),
    **dict.fromkeys("fire explosion class_a_disease plague cholera falling_object drowning".split(), NOT_SOLVENT),
    "mental_patient_attack": frozenset(("unable",)),
    "larger_traffic_accident": frozenset(("none", "not_found")),
}
GRADES = {f"grade{grade}": 11 - grade for grade in range(1, 11)}


class Claim(NamedTuple):
    """One claim."""

    day: date
    peril: str
    role: str
    harm: str
    liable: str
    grade: Optional[str]
    expense: int


def read(fields: Mapping[str, str]) -> Claim:
    """Reads texts."""
    liable = fields["liable"]
    if liable not in ANYBODY:
        raise ValueError(liable)
    expense = Decimal(fields.get("expense", "0")) * 100
    if expense != int(expense):
        raise ValueError(expense)
    return Claim(
        date.fromisoformat(fields["date"]),
        fields["peril"],
        fields.get("role", "resident"),
        fields["harm"],
        liable,
        fields.get("injury_grade"),
        int(expense),
    )


def benefit(claim: Claim) -> int:
    """What one claim is owed before limits shared with others."""
    if not FIRST_DAY <= claim.day < DAY_AFTER:
        return 0
    rescuer = claim.role in RESCUERS and claim.liable != "solvent"
    if not rescuer:
        if claim.peril not in LIABLE:
            return 0
        liable = LIABLE[claim.peril]
        if liable is not None and claim.liable not in liable:
            return 0
    if claim.harm == "death":
        return 30_000_000 if rescuer else 3_000_000 if claim.peril == "drowning" else 10_000_000
    if claim.harm == "disability":
        return GRADES[claim.grade or ""] * (3_000_000 if rescuer else 1_000_000)
    if claim.harm == "medical":
        return min(claim.expense, 10_000_000 if rescuer else 2_000_000)
    return 0
