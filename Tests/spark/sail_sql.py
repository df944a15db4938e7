"""Stands in for `spark-sql -f FILE` before an engine that speaks Spark Connect: sail_sql.py [OPTION...] -f FILE.

SPARK_REMOTE names the engine (sc://HOST:PORT). Statements are sent one by one, settings as the session's; the rows of
single texts are printed. Sail refuses SET for names that are Spark's alone, and takes them from the session.
"""

import os
import sys

from pyspark.sql import SparkSession


def statements(script):
    """Cuts a script at the semicolons that stand in no quotes, without its lines of comment."""
    text = "\n".join(line for line in script.split("\n") if not line.startswith("--"))
    statement, quote, is_escaped = "", None, False
    for character in text:
        if is_escaped:
            is_escaped = False
        elif quote:
            is_escaped = character == "\\" and quote != "`"
            quote = None if character == quote else quote
        elif character in "'\"`":
            quote = character
        if character == ";" and not quote:
            yield statement.strip()
            statement = ""
        else:
            statement += character
    if statement.strip():
        yield statement.strip()


session = SparkSession.builder.remote(os.environ["SPARK_REMOTE"]).getOrCreate()
with open(sys.argv[sys.argv.index("-f") + 1], encoding="utf-8") as file:
    for statement in statements(file.read()):
        if statement.startswith("SET "):
            name, value = statement.removeprefix("SET ").split("=", 1)
            session.conf.set(name.strip(), value.strip())
            continue
        for row in session.sql(statement).collect():
            if len(row) == 1 and isinstance(row[0], str):
                print(row[0])
