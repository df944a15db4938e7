"""Reads what `divide` wrote with readers that are not ours.

    conformance.py ROOT OUTPUT

Every summary is checked against its JSON Schema, every CSV is read by Python's csv module. Called by Tests/run.
"""

import csv
import json
import pathlib
import subprocess
import sys

FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def faults_of_csv(path):
    """What is wrong with one CSV file, in words."""
    data = path.read_bytes()
    if not data.endswith(b"\n"):
        yield "no line feed at the end"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True, lineterminator="\n"))
    if not rows:
        yield "no header"
        return
    if len(set(rows[0])) != len(rows[0]):
        yield "two columns of one name"
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            yield f"record {number}: {len(row)} fields under {len(rows[0])} headers"
        for cell in row:
            if cell.startswith(FORMULA) and not is_number(cell):
                yield f"record {number}: a spreadsheet would run {cell!r}"


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return text[-1] in "0123456789." and "_" not in text


def check_schema(schema, *files):
    """Whether the files satisfy the schema, by check-jsonschema."""
    tool = pathlib.Path(sys.executable).with_name("check-jsonschema")
    options = ["--check-metaschema", schema] if not files else ["--schemafile", schema, *files]
    return subprocess.run([tool, "--quiet", *options], check=False).returncode == 0


def faults_of_summary(path):
    """What no schema can say: that nothing vanished, and that the tables are those that were written."""
    summary = json.loads(path.read_text(encoding="utf-8"))
    for entry in [summary["values"], *summary["inputs"]]:
        if entry["read"] != entry["used"] + entry["refused"] + entry["set_aside"]:
            yield f"{entry.get('file', 'all inputs')}: read is not used + refused + set aside"
    for table in summary["tables"]:
        if table["file"] is None:
            continue
        file = path.with_name(table["file"])
        if not file.exists():
            yield f"{table['file']} is named and not there"
            continue
        with file.open(encoding="utf-8", newline="") as opened:
            rows = list(csv.reader(opened, strict=True))
        if rows[0] != table["columns"] or len(rows) - 1 != table["rows"]:
            yield f"{table['file']} has other columns or another number of rows than the summary says"


def main(root, output):
    schema = root / "Sources/Publish/summary.schema.json"
    recorded = sorted((root / "Tests/PublishTests/summaries").glob("*.json"))
    written = sorted(output.glob("*/summary.json"))
    faults = []
    if not recorded:
        faults.append("no recorded summary")
    if not check_schema(schema) or not check_schema(schema, *recorded, *written):
        faults.append("see above")
    for summary in written:
        faults += [f"{summary.relative_to(output)}: {fault}" for fault in faults_of_summary(summary)]
        beside = summary.with_name("summary.schema.json")
        if not beside.exists() or beside.read_bytes() != schema.read_bytes():
            faults.append(f"{beside.relative_to(output)} is not the schema")
    tables = sorted(output.glob("*/*.csv"))
    for table in tables:
        faults += [f"{table.relative_to(output)}: {fault}" for fault in faults_of_csv(table)]
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(recorded) + len(written)} summaries and {len(tables)} tables read, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(pathlib.Path, sys.argv[1:])))
