"""Fills the templates of `divide init` in as officials do, in LibreOffice set to their locale, and runs them unchanged.

    templates.py DIVIDE

Each template is opened as CSV under a locale, filled in, and saved as CSV again under that locale: comma and point, or
semicolon and comma, with a byte order mark where the program writes one. What `divide run` reads must be what was filled in.
Called by Tests/run, where there is LibreOffice.
"""

import csv
import pathlib
import shutil
import subprocess
import sys
import tempfile

import openpyxl

# Language of the template, locale of the program, its number in LibreOffice's filter, separator, and what else was done to it.
CASES = [
    ("en", "en-US", 1033, ",", ""), ("th", "th-TH", 1054, ",", ""), ("lo", "de-DE", 1031, ";", ""),
    ("th", "de-DE", 1031, ";", "title"), ("th", "th-TH", 1054, ",", "merged"), ("lo", "th-TH", 1054, ",", "digits"),
    ("en", "de-DE", 1031, ";", "era"),
]
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
TOPICS = ["education", "telecom", "community-centres"]
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>LOCALE</value></prop></item>
</oor:items>
"""


def soffice(profile, arguments, paths):
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", *arguments, *map(str, paths)]
    subprocess.run(command, capture_output=True, check=True, timeout=600)


def fill(path, expected, seed, manner):
    """Puts numbers with and without decimals into some provinces, and tells which.

    In the manner of those who put a title above (`title`), give two years to a province and merge its name over them (`merged`),
    write Thai digits (`digits`), or years of the Buddhist Era (`era`).
    """
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.active
    header = next(row for row in range(1, 80) if sheet.cell(row, 1).value == "code")
    width = sum(1 for cell in sheet[header] if cell.value)

    def put(row, code, year):
        for column in range(4, width + 1):
            whole = "(" in str(sheet.cell(header, column).value) and (row + column + seed) % 3 == 0
            value = (row * column) % 90 + 1 + (0 if whole else 0.25)
            sheet.cell(row, column).value = str(value).translate(THAI_DIGITS) if manner == "digits" else value
            expected[(code, year, sheet.cell(header, column).value)] = value

    # From below, so that what is put in moves no row that is still to be filled in.
    for row in range(header + 1 + (sheet.max_row - header - 1) // 7 * 7, header, -7):
        code = sheet.cell(row, 1).value
        if manner == "era":
            sheet.cell(row, 3).value = 2566
        if manner == "digits":
            sheet.cell(row, 3).value = "2023".translate(THAI_DIGITS)
        put(row, code, "2023")
        if manner == "merged":
            sheet.insert_rows(row + 1)
            sheet.cell(row + 1, 3).value = int(sheet.cell(row, 3).value) - 1
            put(row + 1, code, "2022")
    if manner == "merged":
        # Once all rows are where they stay.
        for row in range(header + 2, sheet.max_row + 1):
            if sheet.cell(row, 3).value and not sheet.cell(row, 1).value:
                sheet.merge_cells(start_row=row - 1, end_row=row, start_column=1, end_column=1)
                sheet.merge_cells(start_row=row - 1, end_row=row, start_column=2, end_column=2)
    if manner == "title":
        sheet.insert_rows(1, 3)
        sheet.cell(1, 1).value = "Ministry, 3rd report; not for citation"
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    workbook.save(path)


def trial(divide, case, scratch):
    language, locale, number, separator, manner = case
    house = scratch / "house"
    subprocess.run([divide, "init", house, "--language", language, "--year", "2023", "--quiet"], check=True, capture_output=True)
    profile = scratch / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE.replace("LOCALE", locale), encoding="utf-8")
    paths = [house / f"{topic}.csv" for topic in TOPICS]
    sheets = scratch / "sheets"
    soffice(profile, [f"--infilter=CSV:44,34,76,1,,{number},false,true", "--convert-to", "xlsx", "--outdir", sheets], paths)
    expected = {}
    for seed, path in enumerate(paths):
        fill(sheets / (path.stem + ".xlsx"), expected, seed, manner)
    form = f"csv:Text - txt - csv (StarCalc):{ord(separator)},34,76,1,,{number},false,true,false"
    soffice(profile, ["--convert-to", form, "--outdir", house], [sheets / (path.stem + ".xlsx") for path in paths])
    sample = paths[0].read_text(encoding="utf-8-sig")
    ending = subprocess.run([divide, "run", house / "pipeline.yaml", "--quiet"], capture_output=True, text=True)
    if ending.returncode != 0:
        return [f"exit {ending.returncode}: {ending.stderr[:600]}"]
    faults = []
    if locale == "de-DE" and ",25" not in sample:
        faults.append("the program wrote no decimal comma: the trial shows nothing")
    with open(house / "output" / "observations.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = sorted(float(row["value"]) for row in rows if row["value"])
    if found != sorted(expected.values()):
        faults.append(f"{len(found)} values read of {len(expected)} filled in, or others")
    codes = {row["place"] for row in rows if row["value"]}
    if codes != {code for code, _, _ in expected}:
        faults.append("the values are of other places")
    years = {(row["place"], row["year"]) for row in rows if row["value"]}
    if years != {(code, year) for code, year, _ in expected}:
        faults.append("the values are of other years: " + str({year for _, year in years}))
    return faults


def main():
    divide = pathlib.Path(sys.argv[1]).resolve()
    if not shutil.which("soffice"):
        print("no LibreOffice here: the templates were not filled in")
        return
    faults = []
    for case in CASES:
        with tempfile.TemporaryDirectory() as scratch:
            faults += [f"{case[0]} under {case[1]}, {case[4] or 'as it is'}: {fault}" for fault in trial(divide, case, pathlib.Path(scratch))]
    for fault in faults:
        print(fault)
    print(f"{len(CASES)} x {len(TOPICS)} templates filled in by LibreOffice, {len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
