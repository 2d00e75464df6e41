"""polar.py by-date|pro-rata CLAIMS.parquet OUT.parquet: the benchmark's schemes, written by hand for Polars. Amounts in 分."""

import sys
from datetime import date

import polars as pl

form, claims, out = sys.argv[1:4]
NATURAL = ["flood", "gale", "lightning", "hail", "earthquake", "landslide", "debris_flow"]


def read() -> pl.LazyFrame:
    frame = pl.scan_parquet(claims).with_row_index("row")
    once = pl.scan_parquet(claims).group_by("claim").len().filter(pl.col("len") == 1).select("claim")
    natural = pl.col("peril").is_in(NATURAL)
    accident = ~natural & pl.col("liable").is_in(["not_found", "unable"])
    expense = (pl.col("expense") * 100).cast(pl.Int64)
    cap = pl.when(natural).then(2_000_000).otherwise(1_000_000)
    amount = (
        pl.when(pl.col("harm") == "death")
        .then(10_000_000)
        .when(pl.col("harm") == "disability")
        .then((11 - pl.col("injury_grade").str.slice(5).cast(pl.Int64, strict=False)) * 1_000_000)
        .otherwise(pl.min_horizontal(expense, cap))
    )
    return (
        frame.filter(pl.col("date") >= date(2004, 1, 1), pl.col("date") < date(2024, 1, 1))
        .join(once, on="claim", how="semi")
        .with_columns(
            cover=pl.when(natural).then(pl.lit("自然灾害")).when(accident).then(pl.lit("意外事故")),
            benefit=pl.when(natural | accident).then(amount).otherwise(0).cast(pl.Int64),
        )
        .filter((pl.col("benefit") == 0) | pl.col("event").is_not_null())
        .select("row", "claim", "date", "event", "person", "cover", "harm", "benefit")
    )


def limit(frame: pl.DataFrame, keys: list[str], most: int, by_date: bool, number: int) -> pl.DataFrame:
    """Cuts `left` by one limit; groups within it are left alone."""
    group = frame.lazy().filter(pl.col("left") > 0).group_by(keys).agg(pl.col("left").sum().alias("whole"))
    over = group.filter(pl.col("whole") > most).select(keys)
    lines = frame.lazy().filter(pl.col("left") > 0).join(over, on=keys, how="semi")
    tier = keys + ["date"] if by_date and "date" not in keys else keys
    sums = lines.group_by(tier).agg(pl.col("left").sum().alias("tier"))
    if by_date:
        sums = sums.sort("date").with_columns(before=pl.col("tier").cum_sum().over(keys) - pl.col("tier"))
    else:
        sums = sums.with_columns(before=pl.lit(0, pl.Int64))
    sums = sums.with_columns(room=(most - pl.col("before")).clip(0, pl.col("tier"))).filter(pl.col("room") < pl.col("tier"))
    product = pl.col("left").cast(pl.Int128) * pl.col("room")
    part = lines.join(sums, on=tier).with_columns(
        whole=(product // pl.col("tier")).cast(pl.Int64), rest=(product % pl.col("tier")).cast(pl.Int64)
    )
    none = part.filter(pl.col("room") == 0).select("row", kept=pl.lit(0, pl.Int64))
    order = ["date", "event", "claim"]
    some = (
        part.filter(pl.col("room") > 0)
        .sort(["rest", *order], descending=[True, False, False, False])
        .with_columns(
            missing=pl.col("room") - pl.col("whole").sum().over(tier), place=pl.int_range(pl.len()).over(tier)
        )
        .select("row", kept=pl.col("whole") + (pl.col("place") < pl.col("missing")).cast(pl.Int64))
    )
    kept = pl.concat([none, some]).collect()
    return (
        frame.join(kept, on="row", how="left")
        .with_columns(pl.coalesce("kept", "left").alias("kept"))
        .with_columns((pl.col("left") - pl.col("kept")).alias(f"cut{number}"), left=pl.col("kept"))
        .drop("kept")
    )


frame = read().with_columns(left=pl.col("benefit"), year=pl.col("date").dt.year()).collect()
if form == "by-date":
    frame = limit(frame, ["event", "person"], 10_000_000, True, 1)
    frame = limit(frame, ["event"], 5_000_000_000, True, 2)
    frame = limit(frame, ["year"], 150_000_000_000, True, 3)
    cuts = {"cut1": "cut_每人限额", "cut2": "cut_灾害限额", "cut3": "cut_年度限额"}
else:
    frame = limit(frame, ["event"], 5_000_000_000, False, 1)
    cuts = {"cut1": "cut_灾害限额"}
parts = [50, 30, 20]
floors = [pl.col("left") * part // 100 for part in parts]
rests = [pl.col("left") * part % 100 for part in parts]
missing = pl.col("left") - sum(floors[1:], floors[0])
shares = []
for i, name in enumerate("甲乙丙"):
    ahead = [(rests[j] >= rests[i]) if j < i else (rests[j] > rests[i]) for j in range(3) if j != i]
    shares.append((floors[i] + (missing > ahead[0].cast(pl.Int64) + ahead[1].cast(pl.Int64)).cast(pl.Int64)).alias(f"share_{name}"))
frame.sort("row").select(
    "claim",
    "cover",
    "benefit",
    pl.col("left").alias("paid"),
    reason=pl.when(pl.col("benefit") == 0).then(pl.lit("no cover")).when(pl.col("left") == 0).then(pl.lit("exhausted")),
    reason_code=pl.when(pl.col("cover").is_null()).then(pl.lit("condition")).when(pl.col("left") == 0).then(pl.lit("limit")),
    *[pl.col(old).alias(new) for old, new in cuts.items()],
    *shares,
).write_parquet(out)
