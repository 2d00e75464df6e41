"""emitted.py SETTLE.sql CLAIMS.parquet OUT.parquet [THREADS]: settles claims with an emitted script in DuckDB.

The script's table of claims becomes a view of the file, in which every field is a text, as the script has it.
"""

import sys

import duckdb

script, claims, out = sys.argv[1:4]
connection = duckdb.connect()
connection.execute(f"SET threads = {sys.argv[4] if len(sys.argv) > 4 else 2}")
connection.execute("SET preserve_insertion_order = false")
connection.execute(open(script, encoding="utf-8").read())
fields = [row[0] for row in connection.execute("DESCRIBE claims").fetchall() if row[0] != "row_no"]
given = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM '{claims}'").fetchall()}
texts = ", ".join(
    "CAST({} AS VARCHAR) AS {}".format(f'"{name}"' if name in given else "NULL", f'"{name}"') for name in fields
)
connection.execute("DROP TABLE claims")
connection.execute(
    f"CREATE VIEW claims AS SELECT file_row_number AS row_no, {texts} FROM read_parquet('{claims}', file_row_number = true)"
)
connection.execute(f"COPY (SELECT * FROM settlement) TO '{out}' (FORMAT parquet)")
