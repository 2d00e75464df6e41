"""`schemas.py FOLDER`: holds emitted JSON Schemas against what they describe; prints each difference."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def validator(path: Path) -> Draft202012Validator:
    schema = read(path)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def main(folder: Path) -> None:
    for described, by in [("program.json", "program.schema.json"), ("vectors.json", "vectors.schema.json")]:
        for error in validator(folder / by).iter_errors(read(folder / described)):
            print(described, error.json_path, error.message[:200])
    claims = validator(folder / "claim.schema.json")
    for claim, is_good in read(folder / "claims.json"):
        if claims.is_valid(claim) != is_good:
            print("refused, though good" if is_good else "taken, though bad", json.dumps(claim, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
