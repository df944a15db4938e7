"""Holds `workbook.xlsx` against the CSV of the same run, by readers that are not ours.

    workbook.py HOUSE DIVIDE

HOUSE holds Datasets, Pipelines and the outputs of the shipped pipelines. Of each workbook there: every table under its
name cell by cell, frozen header, filter, charts on ranges, properties, no formula; then sheets in each language, the same
bytes again, and disks and limits that do not take it. Where there is LibreOffice, it opens one and saves it with the
same cells. Called by Tests/run.
"""

import csv
import datetime
import hashlib
import json
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile

import openpyxl

SCRIPTS = {"th": range(0x0E00, 0x0E80), "lo": range(0x0E80, 0x0F00)}


def run(divide, pipeline, *arguments, limit=None):
    def confine():
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [divide, "run", pipeline, "--as-of", "2026-01-01", "--quiet", "--force", *arguments],
        capture_output=True, text=True, check=False, preexec_fn=confine,
    )


def is_same(written, cell, kind):
    if written == "":
        return cell is None
    if kind == "string":
        # Of a text that would run, CSV has an apostrophe more; a text of spaces alone is one that a reader may drop.
        return cell is not None and (str(cell) == written or "'" + str(cell) == written)
    # The library writes %.16G.
    return type(cell) in (int, float) and float(cell) == float("%.16G" % float(written))


def faults_of_table(book, path, package):
    """Whether the range that is named after the table has its cells, names beside codes left out."""
    described = next(one for one in package["resources"] if one["path"] == path.name)
    types = {field["name"]: field["type"] for field in described["schema"]["fields"]}
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines(keepends=True)))
    name = path.stem.replace("-", "_")
    if name not in book.defined_names:
        yield f"no range is called {name}"
        return
    [(sheet, reference)] = book.defined_names[name].destinations
    sheet = book[sheet]
    cells = [[cell.value for cell in row] for row in sheet[reference]]
    if len(cells) != len(rows):
        yield f"{len(cells)} rows, not {len(rows)}"
    where = []
    for head in rows[0]:
        start = where[-1] + 1 if where else 0
        if head not in cells[0][start:]:
            yield f"no column {head}"
            return
        where.append(cells[0].index(head, start))
    for index, (row, found) in enumerate(zip(rows[1:], cells[1:]), start=2):
        for head, written, position in zip(rows[0], row, where):
            if not is_same(written, found[position], types[head]):
                yield f"row {index}, {head}: {written!r} became {found[position]!r}"
    header = int("".join(filter(str.isdigit, reference.split(":")[0])))
    if sheet.auto_filter.ref != reference.replace("$", ""):
        yield f"the filter is on {sheet.auto_filter.ref}, the table on {reference}"
    if not sheet.freeze_panes or not sheet.freeze_panes.endswith(str(header + 1)):
        yield f"frozen at {sheet.freeze_panes}, the header is row {header}"


def faults_of_workbook(folder):
    path = folder / "workbook.xlsx"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(path)
    for table in sorted(folder.glob("*.csv")):
        for fault in list(faults_of_table(book, table, package))[:3]:
            yield f"{table.name}: {fault}"
    found = {one.name: one.value for one in book.custom_doc_props.props}
    if found.get("run_hash") != manifest["run_hash"] or found.get("as_of") != manifest["as_of"]:
        yield f"the properties are {found}"
    if book.properties.created != datetime.datetime.fromisoformat(manifest["as_of"]):
        yield f"made at {book.properties.created}"
    if path.name not in [output["path"] for output in manifest["outputs"]]:
        yield "it does not stand in the manifest"
    if hashlib.sha256(path.read_bytes()).hexdigest() not in [output["sha256"] for output in manifest["outputs"]]:
        yield "its hash does not stand in the manifest"
    charts = {sheet.title: sheet._charts for sheet in book if sheet._charts}
    if sorted(len(some) for some in charts.values()) != [1, 2]:
        yield f"charts: { {name: len(some) for name, some in charts.items()} }"
    for name, some in charts.items():
        for chart in some:
            for series in chart.series:
                reference = series.val.numRef.f
                if name not in reference or ":" not in reference:
                    yield f"a chart of {name} is built on {reference}"
        shown = [row for row in range(1, book[name].max_row + 1) if not book[name].row_dimensions[row].hidden]
        top = int(book[name].auto_filter.ref.split(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        names = {book[name].cell(row, 1).value for row in shown if row > top}
        if len(names) != 1:
            yield f"{name} opens with {len(names)} indicators shown"
    with zipfile.ZipFile(path) as parts:
        for part in parts.namelist():
            text = parts.read(part).decode()
            if part.startswith("xl/worksheets/sheet") and "<f>" in text:
                yield f"{part} has a formula"
            if part.startswith("xl/charts/chart") and 'plotVisOnly val="1"' not in text:
                yield f"{part} shows what a filter hides"


def faults_of_languages(house, divide, scratch):
    """Sheets, names and headings in the language of the command line, and the same bytes when run again."""
    for language, script in SCRIPTS.items():
        seen = set()
        for _ in range(2):
            done = run(divide, house / "Pipelines" / "three-indicators.yaml", "--language", language)
            if done.returncode > 1:
                yield f"{language}: {done.stderr}"
                return
            path = house / "Output" / "three-indicators" / "workbook.xlsx"
            seen.add(hashlib.sha256(path.read_bytes()).hexdigest())
        if len(seen) > 1:
            yield f"{language}: two runs differ"
        for sheet in openpyxl.load_workbook(path, read_only=True).sheetnames:
            if not any(ord(letter) in script for letter in sheet):
                yield f"{language}: a sheet is called {sheet}"
        shutil.copy(path, scratch / f"{language}.xlsx")


def faults_of_limits(house, divide):
    """A file that may not grow ends the run with 2, and what stood there stands: also where the library notices nothing."""
    text = (house / "Pipelines" / "thailand-laos.yaml").read_text(encoding="utf-8")
    lines = ["  formats: [xlsx]" if "formats:" in line else line for line in text.splitlines()]
    lines = ["  to: ../Output/limited" if line.startswith("  to: ../Output") else line for line in lines]
    pipeline = house / "Pipelines" / "limited.yaml"
    pipeline.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if run(divide, pipeline).returncode > 1:
        yield "the run without a limit fails"
        return
    folder = house / "Output" / "limited"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    # The archive has some 0.7 MB, its largest part some 4.6 MB.
    for limit in (2_000_000, 300_000, 20_000):
        done = run(divide, pipeline, limit=limit)
        if done.returncode != 2 or "workbook.xlsx" not in done.stderr:
            yield f"limited to {limit}: {done.returncode}, {done.stderr.strip()[:200]}"
        if {path.name: path.read_bytes() for path in folder.iterdir()} != before:
            yield f"limited to {limit}: the old output did not stay"
        if [path for path in folder.parent.iterdir() if path.name.startswith(".limited.new")]:
            yield f"limited to {limit}: something is left"


def faults_of_libreoffice(path, scratch):
    """LibreOffice opens it and saves it with the same cells."""
    if not shutil.which("soffice"):
        print("LibreOffice is not installed: no workbook was opened in it", file=sys.stderr)
        return
    command = ["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", scratch / "out", path], capture_output=True, check=False, timeout=600)
    if not (scratch / "out" / path.name).exists():
        yield f"{path.name} does not open"
        return
    ours, theirs = openpyxl.load_workbook(path), openpyxl.load_workbook(scratch / "out" / path.name)
    if ours.sheetnames != theirs.sheetnames:
        yield f"the sheets become {theirs.sheetnames}"
        return
    for sheet in ours:
        for row in sheet.iter_rows():
            for cell in row:
                found = theirs[sheet.title][cell.coordinate].value
                both = isinstance(cell.value, (int, float)) and isinstance(found, (int, float))
                # LibreOffice keeps 15 digits.
                if not (abs(cell.value - found) <= 1e-14 * abs(cell.value) if both else cell.value == found):
                    yield f"{sheet.title}!{cell.coordinate}: {cell.value!r} became {found!r}"
                    return


def main(house, divide):
    faults = []
    count = 0
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for path in sorted((house / "Output").glob("[!.]*/workbook.xlsx")):
            if not (house / "Pipelines" / f"{path.parent.name}.yaml").exists():
                continue  # its CSV is spelt for a spreadsheet program
            count += 1
            faults += [f"{path.parent.name}: {fault}" for fault in faults_of_workbook(path.parent)]
        faults += [f"languages: {fault}" for fault in faults_of_languages(house, divide, scratch)]
        faults += [f"limits: {fault}" for fault in faults_of_limits(house, divide)]
        faults += [f"LibreOffice: {fault}" for fault in faults_of_libreoffice(scratch / "lo.xlsx", scratch)]
    if count < 2:
        faults.append(f"{count} workbooks were found")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{count} workbooks held against their CSV, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(pathlib.Path, sys.argv[1:])))
