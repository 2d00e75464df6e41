"""measure.py ANLAN CLAIMS.parquet FOLDER [ROUNDS]: settles the benchmark's claims with `anlan settle` and the rivals in turn,
compares every row, and prints CPU seconds (the least of the rounds) and ratios. Needs duckdb and polars (PyPI)."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb

anlan, claims, folder = sys.argv[1:4]
rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 3
here = Path(__file__).parent
only = os.environ.get("ANLAN_BENCH", "").split(",")


def cpu(command: list[str]) -> tuple[float, int]:
    """CPU seconds of a command, and its peak memory in MB."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{command} ended with {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def differs(form: str, rival: str, cuts: list[str]) -> int:
    """Rows that the rival pays otherwise."""
    columns = ["benefit", "paid", *(f"cut_{c}" for c in cuts), "share_甲", "share_乙", "share_丙"]
    same = " AND ".join(f'(a."{c}" * 100)::BIGINT = b."{c}"' for c in columns)
    ours, theirs = f"{folder}/{form}.anlan.parquet", f"{folder}/{form}.{rival}.parquet"
    rows = duckdb.sql(f"SELECT count(*) FILTER ({same}), count(*) FROM '{ours}' a FULL JOIN '{theirs}' b USING (claim)").fetchall()[0]
    return rows[1] - rows[0]


for form, cuts in [("by-date", ["每人限额", "灾害限额", "年度限额"]), ("pro-rata", ["灾害限额"])]:
    commands = {
        "anlan": [anlan, "settle", str(here / f"../schemes/{form}.anlan"), claims, "-o", f"{folder}/{form}.anlan.parquet"],
        "duckdb": [sys.executable, str(here / "duck.py"), str(here / f"{form.replace('-', '_')}.sql"), claims, f"{folder}/{form}.duckdb.parquet"],
        "emitted": [sys.executable, str(here / "emitted.py"), f"{folder}/{form}.sql/settle.sql", claims, f"{folder}/{form}.emitted.parquet"],
        "polars": [sys.executable, str(here / "polar.py"), form, claims, f"{folder}/{form}.polars.parquet"],
    }
    scheme = str(here / f"../schemes/{form}.anlan")
    subprocess.run([anlan, "emit", "sql", scheme, "--dialect", "duckdb", "-o", f"{folder}/{form}.sql", "--force"], check=True, stdout=subprocess.DEVNULL)
    best: dict[str, tuple[float, int]] = {}
    for _ in range(rounds):
        for name, command in commands.items():
            if only == [""] or name in only:
                used = cpu(command)
                best[name] = min(best.get(name, used), used)
    for name, (seconds, memory) in best.items():
        ratio = seconds / best["anlan"][0] if "anlan" in best else 0
        wrong = differs(form, name, cuts) if name != "anlan" and "anlan" in best else 0
        if name == "emitted" and "duckdb" in best:
            print(f"{form:>9} emitted SQL takes {seconds / best['duckdb'][0]:.2f} times the CPU of the query by hand")
        print(f"{form:>9} {name:>7}  {seconds:7.2f} CPU s  {ratio:5.1f} ×  {memory:6} MB  {wrong} rows differ")
