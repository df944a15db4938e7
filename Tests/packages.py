"""Hands the descriptions of the CSV files, with the files, to the validators of their standards.

    packages.py HOUSE DIVIDE

HOUSE holds Datasets, Pipelines and the Output of a run of each pipeline. Beside those outputs, the smallest pipeline is
run once for each way in which a spreadsheet program may want its CSV. Each description must be found valid, and found
wrong once a file is spoilt. Called by Tests/run.
"""

import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import frictionless
from csvw import CSVW

PIPELINE = "three-indicators.yaml"
DIALECTS = {
    "excel": "  excel: true\n",
    "excel-semicolon": "  excel: true\n  semicolon: true\n  decimal_comma: true\n",
    "excel-comma": "  excel: true\n  decimal_comma: true\n",
}


def faults_of_package(folder):
    """What frictionless finds, and files that are there or named, not both."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    named = {resource["path"] for resource in package["resources"]}
    written = {path.name for path in folder.glob("*.csv")}
    for path in sorted(named ^ written):
        yield f"{path} is named or there, not both"
    if any(not source.get("title") for source in package["sources"]):
        yield "a source without a title"
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    for task in report.tasks:
        for error in task.errors[:3]:
            yield f"{task.place}: {error.message}"
    for error in report.errors:
        yield error.message


def faults_of_web(folder):
    metadata = CSVW(str(folder / "csv-metadata.json"))
    named = {str(table.url) for table in metadata.tables}
    if named != {path.name for path in folder.glob("*.csv")}:
        yield f"csv-metadata.json names {sorted(named)}"
    # The standard lets a double have a decimal comma; csvw 4.1.1 knows one in decimals only, which have no exponent.
    has_comma = '"decimalChar" : ","' in (folder / "csv-metadata.json").read_text(encoding="utf-8")
    if not has_comma and not metadata.is_valid:
        yield "csv-metadata.json is not valid: " + "; ".join(str(warning.message) for warning in metadata.warnings[:3])


def spoil(folder, change):
    """A copy of the folder in which the second record of gaps.csv is another."""
    path = folder / "gaps.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def set_cell(name, text):
    def change(rows):
        rows[1][rows[0].index(name)] = text

    return change


SPOILT = {
    "a word that is none": set_cell("grade", "excellent"),
    "a number beyond its range": set_cell("parity", "1.5"),
    "a text for a number": set_cell("value_other", "many"),
    "a year that is missing": set_cell("year_other", ""),
    "a key twice": lambda rows: rows.append(rows[1]),
    "a column too few": lambda rows: rows[1].pop(),
}


def outputs_in_dialects(house, divide):
    pipeline = (house / "Pipelines" / PIPELINE).read_text(encoding="utf-8")
    for name, lines in DIALECTS.items():
        text = pipeline.replace("pipeline: three-indicators", f"pipeline: {name}")
        text = text.replace("to: ../Output/three-indicators\n", f"to: ../Output/{name}\n{lines}")
        path = house / "Pipelines" / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        done = subprocess.run([divide, "run", path, "--quiet"], capture_output=True, text=True, check=False)
        path.unlink()
        if done.returncode > 1:
            raise SystemExit(f"{name}: {done.stderr}")


def main(house, divide):
    outputs_in_dialects(house, divide)
    faults = []
    folders = sorted(path.parent for path in (house / "Output").glob("[!.]*/datapackage.json"))
    if len(folders) < 2 + len(DIALECTS):
        faults.append(f"only {len(folders)} outputs with a description")
    for folder in folders:
        found = [*faults_of_package(folder), *faults_of_web(folder)]
        faults += [f"{folder.name}: {fault}" for fault in found]
    for name, change in SPOILT.items():
        with tempfile.TemporaryDirectory() as scratch:
            copy = pathlib.Path(scratch) / "out"
            shutil.copytree(house / "Output" / "three-indicators", copy)
            spoil(copy, change)
            if not list(faults_of_package(copy)):
                faults.append(f"{name}: frictionless finds nothing wrong")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(folders)} descriptions of CSV files and {len(SPOILT)} spoilt ones read, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(pathlib.Path, sys.argv[1:])))
