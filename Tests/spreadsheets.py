"""Opens the CSV that `divide` writes for spreadsheets as people do, in LibreOffice set to their locale.

    spreadsheets.py HOUSE DIVIDE

HOUSE holds the outputs that packages.py made, Output/excel, Output/excel-semicolon and Output/excel-comma; beside them
come those of a source that is full of what spreadsheets change. Each file is opened under the locales whose decimal mark it has, with the recognition of dates and the like that a double click has,
and saved as a workbook, whose cells are then held against the CSV. Called by Tests/run, where there is LibreOffice.
"""

import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import openpyxl

from packages import DIALECTS

# Locale: its number in LibreOffice's filter, and which outputs are made for it.
LOCALES = {
    "en-US": (1033, ["excel"]),
    "th-TH": (1054, ["excel"]),
    "de-DE": (1031, ["excel-semicolon", "excel-comma"]),
}
# What would be lost if a spreadsheet had its way: as groups, and as what is found where a number should be.
TEXTS = [
    "007", "5-9", "10-14", "3/4", "2018-03-31", "1.5", "1,5", "1E5", "92%", "12345678901234567", "=1+1",
    '=HYPERLINK("http://example.org";"x")', "@SUM(A1)", "+1+1", "-2+3", "ກຸງ; ເທບ, 1", 'say "hi"', "ร้อยละ\nบรรทัด", "TH-10",
]

HOSTILE = """pipeline: NAME
gazetteer: {places: ../Datasets/provinces.csv, names: ../Datasets/province-names.csv}
catalogue: ../Datasets/indicators.yaml
sources:
  - file: hostile.csv
    grade: survey
    layout: {form: long, place: จังหวัด, year: ปี, group: อายุ, value: ร้อยละ}
    indicator: internet_users
publish:
  to: ../Output/NAME
  formats: [csv]
"""


def open_all(paths, number, separator, folder):
    """Lets LibreOffice take the CSV files under a locale, and keep what it makes of them as workbooks."""
    folder.mkdir(parents=True)
    # Separator, quote, UTF-8, first line, no column formats, locale, quoted is not text, numbers and dates recognised.
    options = f"CSV:{ord(separator)},34,76,1,,{number},false,true"
    command = ["soffice", f"-env:UserInstallation=file://{folder.parent}/profile", "--headless", f"--infilter={options}"]
    subprocess.run(command + ["--convert-to", "xlsx", "--outdir", folder, *paths], capture_output=True, check=True, timeout=600)


def faults_of_table(path, workbook):
    """Every cell: a number is that number, a text that text; nothing is a date, a formula or an error."""
    package = json.loads(path.with_name("datapackage.json").read_text(encoding="utf-8"))
    resource = next(resource for resource in package["resources"] if resource["path"] == path.name)
    types = [field["type"] for field in resource["schema"]["fields"]]
    separator = resource["dialect"]["delimiter"]
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=separator))
    sheet = openpyxl.load_workbook(workbook).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    if len(cells) != len(rows):
        yield f"{len(cells)} rows, not {len(rows)}"
    for index, (row, found) in enumerate(zip(rows, cells), start=1):
        if any(cell is not None for cell in found[len(row) :]):
            yield f"row {index} has {len(found)} cells, not {len(row)}"
        for kind, written, cell in zip(types, row, found):
            if not is_same(written, cell, "string" if index == 1 else kind):
                yield f"row {index}: {written!r} became {cell!r}"


def is_same(written, cell, kind):
    if cell is None or written == "":
        return cell is None and written == ""
    if kind == "string":
        # A whole number may stand as one, as it says the same.
        shown = str(cell) if type(cell) is int else cell
        return shown == written.replace("\r\n", "\n") and not (type(cell) is str and cell.startswith("="))
    # A spreadsheet keeps 15 digits.
    value = float(written.replace(",", "."))
    return type(cell) in (int, float) and abs(cell - value) <= 1e-14 * abs(value)


def write_hostile(house, divide):
    """For each dialect the outputs of a source full of texts that spreadsheets would change."""
    data = house / "Pipelines" / "hostile.csv"
    with data.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["จังหวัด", "ปี", "อายุ", "ร้อยละ"])
        for text in TEXTS:
            writer.writerow(["เลย", 2561, text, 51.25])
            writer.writerow(["เลย", 2561, "total", text])
    for output in ["standard", *DIALECTS]:
        name = f"hostile-{output}"
        lines = HOSTILE + DIALECTS.get(output, "")
        path = house / "Pipelines" / f"{name}.yaml"
        path.write_text(lines.replace("NAME", name), encoding="utf-8")
        done = subprocess.run([divide, "run", path, "--quiet"], capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{name}: {done.stderr}")
        found = (house / "Output" / name / "observations.csv").read_text(encoding="utf-8-sig")
        if "5-9" not in found or "007" not in found:
            raise SystemExit(f"{name}: the groups are not among the observations")


def main(house, divide):
    if not shutil.which("soffice"):
        print("LibreOffice is not installed: no CSV was opened in it", file=sys.stderr)
        return 1
    write_hostile(house, divide)
    faults = []
    count = 0
    with tempfile.TemporaryDirectory() as scratch:
        for locale, (number, outputs) in LOCALES.items():
            for output in [*outputs, *(f"hostile-{output}" for output in outputs)]:
                paths = sorted((house / "Output" / output).glob("*.csv"))
                folder = pathlib.Path(scratch) / f"{locale}-{output}"
                open_all(paths, number, ";" if "semicolon" in output else ",", folder)
                count += len(paths)
                for path in paths:
                    found = list(faults_of_table(path, folder / f"{path.stem}.xlsx"))
                    faults += [f"{locale}, {output}/{path.name}: {fault}" for fault in found[:3]]
        # What programs read is not what spreadsheets read: were nothing found here, nothing would have been looked at.
        path = house / "Output" / "hostile-standard" / "observations.csv"
        open_all([path], LOCALES["en-US"][0], ",", pathlib.Path(scratch) / "standard")
        if not any("'007'" in fault for fault in faults_of_table(path, pathlib.Path(scratch) / "standard/observations.xlsx")):
            faults.append("a code that loses its zeros is not found")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{count} CSV files opened in LibreOffice under {len(LOCALES)} locales, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(pathlib.Path, sys.argv[1:])))
