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

# Language of the template, locale of the program, its number in LibreOffice's filter, separator.
CASES = [("en", "en-US", 1033, ","), ("th", "th-TH", 1054, ","), ("lo", "de-DE", 1031, ";"), ("th", "de-DE", 1031, ";")]
TOPICS = ["education", "telecom", "community-centres"]
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>LOCALE</value></prop></item>
</oor:items>
"""


def soffice(profile, arguments, paths):
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", *arguments, *map(str, paths)]
    subprocess.run(command, capture_output=True, check=True, timeout=600)


def fill(path, expected, seed):
    """Puts numbers with and without decimals into some provinces, and tells which."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.active
    header = next(row for row in range(1, 80) if sheet.cell(row, 1).value == "code")
    width = sum(1 for cell in sheet[header] if cell.value)
    for row in range(header + 1, sheet.max_row + 1, 7):
        for column in range(4, width + 1):
            whole = "(" in str(sheet.cell(header, column).value) and (row + column + seed) % 3 == 0
            value = (row * column) % 90 + 1 + (0 if whole else 0.25)
            sheet.cell(row, column).value = value
            expected[(sheet.cell(row, 1).value, sheet.cell(header, column).value)] = value
    workbook.save(path)


def trial(divide, case, scratch):
    language, locale, number, separator = case
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
        fill(sheets / (path.stem + ".xlsx"), expected, seed)
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
    if codes != {code for code, _ in expected}:
        faults.append("the values are of other places")
    if {row["year"] for row in rows} != {"2023"}:
        faults.append("the values are of other years: " + str({row["year"] for row in rows}))
    return faults


def main():
    divide = pathlib.Path(sys.argv[1]).resolve()
    if not shutil.which("soffice"):
        print("no LibreOffice here: the templates were not filled in")
        return
    faults = []
    for case in CASES:
        with tempfile.TemporaryDirectory() as scratch:
            faults += [f"{case[0]} under {case[1]}: {fault}" for fault in trial(divide, case, pathlib.Path(scratch))]
    for fault in faults:
        print(fault)
    print(f"{len(CASES)} x {len(TOPICS)} templates filled in by LibreOffice, {len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
