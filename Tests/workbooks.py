"""Lets `divide` read workbooks as the programs write them that people use, and such as are made to do harm.

    workbooks.py HOUSE DIVIDE

HOUSE holds Datasets and Pipelines. One table is written as CSV and as a workbook by each writer at hand; a run on each
must come to the same observations. Called by Tests/run.
"""

import csv
import datetime
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
import openpyxl.styles
import xlsxwriter

HEADER = ["จังหวัด", "ปี", "รายได้", "วันที่", "ร้อยละ"]
# Place, year of the Buddhist era, a number, a date, a share stored as a fraction. Writers keep 15 or 16 digits of a number.
ROWS = [
    ["เลย", 2561, 18543.25, datetime.date(2018, 3, 31), 0.923],
    ["หนองคาย", 2561, 0.30000000000001, datetime.date(2018, 12, 1), 0.5],
    ["ขอนแก่น", 2561, 1234567890.125, datetime.date(2019, 1, 1), 0.07],
    ["มุกดาหาร", 2561, 21000, datetime.date(2019, 6, 15), 1],
]
PIPELINE = """pipeline: {name}
gazetteer: {{places: ../Datasets/provinces.csv, names: ../Datasets/province-names.csv, changes: ../Datasets/province-changes.csv}}
catalogue: catalogue.yaml
sources:
  - file: {file}
    grade: survey
{sheet}    layout: {{form: long, place: จังหวัด, year: ปี, value: รายได้}}
    indicator: household_income
  - file: {file}
    grade: survey
{sheet}    layout: {{form: long, place: จังหวัด, year: วันที่, value: ร้อยละ}}
    indicator: internet_users
    factor: 100
    sub_annual: last
publish: {{to: out-{name}, formats: [csv]}}
"""
CATALOGUE = """indicators:
  - {id: internet_users, topic: inclusion, basis: memorandum, names: {en: Users}, unit: "%", kind: share, direction: higher}
  - {id: household_income, topic: context, basis: context, names: {en: Income}, unit: baht per month, kind: quantity, direction: higher}
"""


def write_csv(path):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows([place, year, repr(value), date.isoformat(), share] for place, year, value, date, share in ROWS)


def write_openpyxl(path):
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active["A1"] = "Nothing to see"
    sheet = book.create_sheet("รายได้ 2561")
    sheet["B2"] = "Table 1"
    sheet.merge_cells("B2:F2")
    for column, text in enumerate(HEADER, start=2):
        sheet.cell(4, column, text)
    for row, cells in enumerate(ROWS, start=5):
        for column, cell in enumerate(cells, start=2):
            sheet.cell(row, column, cell)
        sheet.cell(row, 5).number_format = "dd/mm/yyyy"
        sheet.cell(row, 6).number_format = "0.0%"
    book.save(path)


def write_xlsxwriter(path, **options):
    book = xlsxwriter.Workbook(path, options)
    book.add_worksheet("Notes").write("A1", "Nothing to see")
    sheet = book.add_worksheet("รายได้ 2561")
    sheet.merge_range("B2:F2", "Table 1")
    day = book.add_format({"num_format": "d mmm yyyy"})
    share = book.add_format({"num_format": 9})
    sheet.write_row(3, 1, HEADER)
    for row, cells in enumerate(ROWS, start=4):
        sheet.write_row(row, 1, cells[:3])
        sheet.write_datetime(row, 4, datetime.datetime.combine(cells[3], datetime.time()), day)
        sheet.write_number(row, 5, cells[4], share)
    book.add_chartsheet("Chart")
    book.close()


def write_libreoffice(path):
    """The CSV as LibreOffice saves it, with the sheet named after the file."""
    folder = path.parent / "libreoffice-profile"
    table = path.with_suffix(".csv")
    write_csv(table)
    command = ["soffice", f"-env:UserInstallation=file://{folder}", "--headless", "--convert-to", "xlsx"]
    command += ["--infilter=CSV:44,34,76,1,,1033,false,true", "--outdir", path.parent, table]
    subprocess.run(command, capture_output=True, check=True, timeout=300)


WRITERS = {
    "openpyxl": (write_openpyxl, "    sheet: รายได้ 2561\n    range: B4:F8\n"),
    "xlsxwriter": (write_xlsxwriter, "    sheet: รายได้ 2561\n"),
    "epoch-1904": (lambda path: write_xlsxwriter(path, date_1904=True), "    sheet: รายได้ 2561\n    range: B:F\n"),
    "inline-texts": (lambda path: write_xlsxwriter(path, constant_memory=True), "    sheet: รายได้ 2561\n"),
    "libreoffice": (write_libreoffice, ""),
}


def run(folder, divide, name, file, sheet=""):
    path = folder / f"{name}.yaml"
    path.write_text(PIPELINE.format(name=name, file=file, sheet=sheet), encoding="utf-8")
    limits = lambda: resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    return subprocess.run(
        [divide, "run", path, "--as-of", "2026-01-01"], capture_output=True, text=True, check=False, timeout=120,
        preexec_fn=limits,
    )


def observations(folder, name):
    with (folder / f"out-{name}" / "observations.csv").open(encoding="utf-8", newline="") as file:
        return [{key: row[key] for key in ("indicator", "place", "year", "value", "status")} for row in csv.DictReader(file)]


def faults_of_writers(folder, divide):
    write_csv(folder / "table.csv")
    done = run(folder, divide, "text", "table.csv")
    if done.returncode:
        yield f"the CSV: {done.stderr}"
        return
    expected = observations(folder, "text")
    if len(expected) != 2 * len(ROWS):
        yield f"the CSV has {len(expected)} observations"
    for name, (write, sheet) in WRITERS.items():
        if write is write_libreoffice and not shutil.which("soffice"):
            print("LibreOffice is not installed: what it writes is not read", file=sys.stderr)
            continue
        write(folder / f"{name}.xlsx")
        done = run(folder, divide, name, f"{name}.xlsx", sheet)
        if done.returncode:
            yield f"{name}: {done.stderr}"
        elif (found := observations(folder, name)) != expected:
            yield f"{name}: {[pair for pair in zip(found, expected) if pair[0] != pair[1]] or found}"


def rezipped(path, change):
    """The workbook with its parts changed: name and content to name and content, or to nothing."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


SHEET = "xl/worksheets/sheet2.xml"


def bomb(parts):
    parts[SHEET] = parts[SHEET].replace(b"<sheetData>", b"<sheetData>" + b" " * (900 << 20))


def laughs(parts):
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "ha"}">' for i in range(12))
    parts[SHEET] = f"<!DOCTYPE x [{entities}]><worksheet><sheetData><row><c><v>&a11;</v></c></row></sheetData></worksheet>".encode()


def outside(parts):
    parts[SHEET] = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet><sheetData/></worksheet>'


def many(parts):
    parts.update({f"xl/media/{index}": b"" for index in range(20_000)})


def deep(parts):
    parts[SHEET] = b"<worksheet><sheetData>" + b"<row>" * 200_000


def cut(parts):
    parts[SHEET] = parts[SHEET][: len(parts[SHEET]) // 2]


def gone(parts):
    del parts[SHEET]


HARM = {
    "bomb": (bomb, "unfolds to too much"),
    "laughs": (laughs, "document type"),
    "outside": (outside, "document type"),
    "many": (many, "unfolds to too much"),
    "deep": (deep, "damaged"),
    "cut": (cut, "damaged"),
    "gone": (gone, "damaged"),
}


def faults_of_harm(folder, divide):
    for name, (change, expected) in HARM.items():
        path = folder / f"{name}.xlsx"
        write_xlsxwriter(path)
        rezipped(path, change)
        done = run(folder, divide, name, path.name, "    sheet: รายได้ 2561\n")
        if done.returncode != 2 or expected not in done.stderr or f"{name}.xlsx" not in done.stderr:
            yield f"{name}: ended with {done.returncode}: {done.stderr[:300]}"
        if (folder / f"out-{name}").exists():
            yield f"{name}: something landed"
    done = run(folder, divide, "misspelt", "xlsxwriter.xlsx", "    sheet: รายได 2561\n")
    if done.returncode != 2 or "did you mean `รายได้ 2561`?" not in done.stderr:
        yield f"a sheet that is not there: {done.stderr}"


def fault_of_explain(folder, divide):
    cell = "observations:indicator=household_income,place=TH-42,year=2018,group=total:value"
    done = subprocess.run(
        [divide, "explain", folder / "openpyxl.yaml", cell, "--as-of", "2026-01-01"], capture_output=True, text=True, check=False
    )
    if "openpyxl.xlsx, รายได้ 2561!D5 (รายได้): “18543.25”" not in done.stdout:
        yield f"explain does not name the cell: {done.stdout}{done.stderr}"


def main(house, divide):
    with tempfile.TemporaryDirectory(dir=house) as scratch:
        folder = pathlib.Path(scratch)
        (folder / "catalogue.yaml").write_text(CATALOGUE, encoding="utf-8")
        faults = [*faults_of_writers(folder, divide), *faults_of_harm(folder, divide), *fault_of_explain(folder, divide)]
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"workbooks of {len(WRITERS)} writers and {len(HARM)} that do harm read, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(pathlib.Path, sys.argv[1:])))
