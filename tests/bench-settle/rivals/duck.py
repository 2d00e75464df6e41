"""duck.py QUERY.sql CLAIMS.parquet OUT.parquet [THREADS]: runs a hand-written query in DuckDB."""

import sys

import duckdb

query, claims, out = sys.argv[1:4]
connection = duckdb.connect()
connection.execute(f"SET threads = {sys.argv[4] if len(sys.argv) > 4 else 2}")
connection.execute("SET preserve_insertion_order = false")
connection.execute(open(query, encoding="utf-8").read().format(claims=claims, out=out))
