"""Runs emitted SQL on a real engine: one request a line of JSON on standard input, one answer a line on standard output.

`python sql_driver.py duckdb|postgres|spark FOLDER`; PostgreSQL is a server of our own in FOLDER, which ends with the driver.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

TABLES = {
    "decisions": ("name", "key", "value"),
    "bases": ("region", "premium"),
    "earlier": ("claim", "paid"),
}


def statements(script):
    """The statements of a script; none holds a semicolon in a text."""
    depth, current = False, []
    for line in script.splitlines():
        if "$$" in line:
            depth = depth != (line.count("$$") % 2 == 1)
        current.append(line)
        if line.rstrip().endswith(";") and not depth and not line.lstrip().startswith("--"):
            yield "\n".join(current).rstrip().rstrip(";")
            current = []


def yuan(amount):
    fen = int(amount)
    if fen != amount:
        raise ValueError(f"a fraction of a 分: {amount}")
    return f"{fen // 100}.{fen % 100:02}"


def shown(columns, rows):
    """Rows of `settlement` as the comparison has them: texts, then amounts; without what earlier payments add."""
    kept = [i for i, name in enumerate(columns) if name not in ("row_no", "due", "over")]
    found = {}
    for row in rows:
        texts = []
        for i in kept:
            value = row[i]
            texts.append(
                ("" if value is None else str(value)) if columns[i] in ("claim", "cover", "reason") else yuan(value)
            )
        found[int(row[0])] = "|".join(texts)
    return found


class DuckDB:
    def __init__(self, folder):
        import duckdb

        self.connection = duckdb.connect()
        self.connection.execute("SET threads = 2")

    def script(self, text):
        self.connection.close()
        import duckdb

        self.connection = duckdb.connect()
        self.connection.execute("SET threads = 2")
        self.connection.execute(text)

    def load(self, table, columns, rows):
        self.connection.execute(f"DELETE FROM {table}")
        if not rows:
            return
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()
            types = ", ".join(f"'{c}': '{'BIGINT' if c == 'row_no' else 'VARCHAR'}'" for c in columns)
            self.connection.execute(
                f"INSERT INTO {table} BY NAME SELECT * FROM read_json('{file.name}', columns = {{{types}}}, "
                "format = 'newline_delimited')"
            )

    def execute(self, text):
        self.connection.execute(text)

    def query(self, text):
        cursor = self.connection.execute(text)
        return [d[0] for d in cursor.description], cursor.fetchall()


class Postgres:
    """A server of its own: a folder, a socket in it, no port."""

    def __init__(self, folder):
        import psycopg

        bins = sorted(
            (os.path.join("/usr/lib/postgresql", v, "bin") for v in os.listdir("/usr/lib/postgresql")),
            key=lambda path: int(path.split("/")[-2]),
        )[-1]
        self.folder = tempfile.mkdtemp(prefix="anlan-pg-", dir=folder)
        self.user = None
        if os.getuid() == 0:
            # The server refuses to run as root.
            import pwd

            self.user = pwd.getpwnam("postgres")
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        data = os.path.join(self.folder, "data")
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}

        def as_user():
            if self.user is not None:
                os.setgid(self.user.pw_gid)
                os.setuid(self.user.pw_uid)

        self.as_user = as_user
        options = {"preexec_fn": as_user, "env": environment, "cwd": self.folder, "stdout": subprocess.DEVNULL}
        subprocess.run(
            [os.path.join(bins, "initdb"), "-D", data, "-U", "anlan", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-N"],
            check=True,
            **options,
        )
        self.server = subprocess.Popen(
            [
                os.path.join(bins, "postgres"),
                "-D", data, "-k", self.folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=128MB",
                "-c", "work_mem=256MB", "-c", "jit=off", "-c", "max_parallel_workers_per_gather=0",
            ],
            stderr=open(os.path.join(folder, "postgres.log"), "w"),
            **options,
        )
        for attempt in range(200):
            try:
                self.connection = psycopg.connect(host=self.folder, user="anlan", dbname="postgres", autocommit=True)
                break
            except psycopg.OperationalError:
                if attempt == 199:
                    raise
                import time

                time.sleep(0.1)

    def script(self, text):
        self.connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        self.connection.execute(text)

    def load(self, table, columns, rows):
        self.connection.execute(f"TRUNCATE {table}")
        names = ", ".join(f'"{c}"' for c in columns)
        with self.connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row.get(c) for c in columns])
        self.connection.execute(f"ANALYZE {table}")

    def execute(self, text):
        self.connection.execute(text)

    def query(self, text):
        cursor = self.connection.execute(text)
        return [d.name for d in cursor.description], cursor.fetchall()

    def close(self):
        self.connection.close()
        self.server.send_signal(signal.SIGINT)
        self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Spark:
    def __init__(self, folder):
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
        from pyspark.sql import SparkSession

        self.folder = folder
        self.spark = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            # Most of the time goes into planning: compile less, do not wait for a second core's collector, and let the
            # planner neither derive what follows from conditions nor check itself.
            .config("spark.sql.constraintPropagation.enabled", "false")
            .config("spark.sql.lightweightPlanChangeValidation", "false")
            .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss16m -XX:ReservedCodeCacheSize=512m")
            .config("spark.driver.memory", os.environ.get("ANLAN_SPARK_MEMORY", "3g"))
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.warehouse.dir", os.path.join(folder, "warehouse"))
            .config("spark.log.level", "OFF")
            .getOrCreate()
        )
        self.spark.sparkContext.setLogLevel("OFF")

    def script(self, text):
        self.text = text
        self.ready = False

    def load(self, table, columns, rows):
        from pyspark.sql.types import LongType, StringType, StructField, StructType

        schema = StructType([StructField(c, LongType() if c == "row_no" else StringType()) for c in columns])
        data = [tuple(row.get(c) for c in columns) for row in rows]
        self.spark.createDataFrame(data, schema).createOrReplaceTempView(table)
        if table == "claims":
            # Code made for every plan pays for itself only where there are many claims.
            many = "true" if len(rows) > 5000 else "false"
            self.spark.conf.set("spark.sql.codegen.wholeStage", many)
            self.spark.conf.set("spark.sql.adaptive.enabled", many)
            self.spark.conf.set("spark.sql.codegen.factoryMode", "FALLBACK" if len(rows) > 5000 else "NO_CODEGEN")
        self.ready = False

    def execute(self, text):
        """Runs a statement of settle_test.sql: on tables, which settle.sql makes itself."""
        if not self.ready or "-- RUN settle.sql" in text:
            for statement in statements(self.text):
                self.spark.sql(statement)
            self.ready = True
        self.spark.sql(text)

    def query(self, text):
        if not self.ready:
            for statement in statements(self.text):
                # Claims and what else is given are views here.
                if "CREATE TABLE IF NOT EXISTS" not in statement:
                    self.spark.sql(statement)
            self.ready = True
        frame = self.spark.sql(text)
        return frame.columns, [tuple(row) for row in frame.collect()]


def run(code):
    """Runs a page's example in this process, in which its session is; gives what it prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, {})
    return printed.getvalue().splitlines()


def answer(engine, request):
    if "environment" in request:
        return {"PGHOST": engine.folder, "PGUSER": "anlan", "PGDATABASE": "postgres"}
    if "example" in request:
        os.chdir(request["folder"])
        return {"printed": run(request["example"])}
    if "trial" in request:
        # settle_test.sql, after settle.sql: the differences that its view has.
        for statement in statements(pathlib.Path(request["trial"]).read_text(encoding="utf-8")):
            engine.execute(statement)
        return {"failures": [str(row) for row in engine.query("SELECT * FROM failures")[1]]}
    if "script" in request:
        with open(request["script"], encoding="utf-8") as file:
            engine.script(file.read())
        return {}
    with open(request["claims"], encoding="utf-8") as file:
        claims = [json.loads(line) for line in file]
    for number, claim in enumerate(claims):
        claim["row_no"] = number
    engine.load("claims", ["row_no", *request["columns"]], claims)
    for table, columns in TABLES.items():
        engine.load(table, columns, request["tables"].get(table, []))
    try:
        found = shown(*engine.query("SELECT * FROM settlement"))
        for number, _, codes in engine.query("SELECT row_no, claim, codes FROM rejects")[1]:
            found[int(number)] = f"rejected {codes}"
        also = [
            [[None if v is None else str(v) for v in row] for row in engine.query(query)[1]]
            for query in request.get("also", [])
        ]
    except Exception as error:
        code = re.search(r"\b(V0\d\d):", str(error))
        return {"refused": code.group(1) if code else f"{type(error).__name__}: {error}"}
    return {"rows": [found.get(number, "lost") for number in range(len(claims))], "also": also}


def main():
    # Whatever a library or an engine prints must not stand among the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    engine = {"duckdb": DuckDB, "postgres": Postgres, "spark": Spark}[sys.argv[1]](sys.argv[2])
    try:
        for line in sys.stdin:
            answers.write(json.dumps(answer(engine, json.loads(line)), ensure_ascii=False) + "\n")
            answers.flush()
    finally:
        getattr(engine, "close", lambda: None)()


if __name__ == "__main__":
    main()
