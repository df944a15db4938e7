"""Hands reports and schedules to the programs that read them in earnest.

    readers.py ROOT HOUSE DIVIDE

HOUSE holds Datasets, Pipelines and the Output of a run. Reports: the recorded ones and those that landed. Schedules: of
a pipeline whose path holds what shells, cron, systemd and YAML each give a meaning of their own. Called by Tests/run.
"""

import json
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import prometheus_client.openmetrics.parser
import prometheus_client.parser
from junitparser import JUnitXml

BIN = pathlib.Path(sys.executable).parent


def said(*command):
    """What a program says where it does not end with 0."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else (done.stdout + done.stderr).strip() or f"{command[0]} failed"


def faults_of_junit(path):
    yield said("xmllint", "--noout", "--schema", BIN.parent / "junit-10.xsd", path)
    suites = list(JUnitXml.fromfile(str(path)))
    if len(suites) != 1:
        yield f"{len(suites)} suites, not one"
    for suite in suites:
        cases = list(suite)
        failing = sum(any(type(result).__name__ == "Failure" for result in case.result) for case in cases)
        if suite.tests != len(cases) or suite.failures != failing:
            yield "its counts are not those of its cases"
        for case in cases:
            texts = [result.text for result in case.result] + [case.system_out]
            if not any(text and re.match(r".+\.(yaml|csv)(:[0-9]+)?(\n|: )", text) for text in texts):
                yield f"{case.name} does not say where it stands"


def faults_of_metrics(path):
    text = path.read_text(encoding="utf-8")
    for parser in (prometheus_client.parser, prometheus_client.openmetrics.parser):
        families = list(parser.text_string_to_metric_families(text))
        if not any(family.name == "divide_run_done" and family.samples for family in families):
            yield f"{parser.__name__} finds no divide_run_done"
        if any(not family.documentation or family.type != "gauge" for family in families):
            yield f"{parser.__name__} finds a family without its help or type"


def faults_of_quality(path):
    """The keys that GitLab's documentation requires of each entry."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    for entry in entries:
        if set(entry) != {"check_name", "description", "fingerprint", "location", "severity"}:
            yield f"an entry has the keys {sorted(entry)}"
        elif entry["severity"] not in {"info", "minor", "major", "critical", "blocker"}:
            yield f"severity {entry['severity']}"
        elif pathlib.PurePath(entry["location"]["path"]).is_absolute() or entry["location"]["lines"]["begin"] < 1:
            yield f"location {entry['location']}"
    if len({entry["fingerprint"] for entry in entries}) != len(entries):
        yield "two entries of one fingerprint"


def faults_of_commands(path):
    """GitHub's own pattern of a workflow command, one a line."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not re.fullmatch(r"::(error|warning|notice) file=[^,:]+(,line=[0-9]+)?,title=[^,:]+::.+", line):
            yield f"no command: {line}"


READERS = {
    "junit.xml": faults_of_junit,
    "prom": faults_of_metrics,
    "gitlab.json": faults_of_quality,
    "github.txt": faults_of_commands,
}


def reports_of(root, house):
    recorded = sorted((root / "Tests/PublishTests/reports").iterdir())
    landed = sorted(house.glob("Output/*/checks.junit.xml"))
    if not recorded or not landed:
        yield None, "no report to read"
    for path in recorded + landed:
        for suffix, faults in READERS.items():
            if path.name.endswith("." + suffix):
                yield path, next((fault for fault in faults(path) if fault), None)


def schedules_of(house, divide, scratch):
    folder = scratch / "a b%25 $HOME 'q' \"d\" ${{ x }} ไทย"
    shutil.copytree(house, folder, ignore=shutil.ignore_patterns("Output"))
    program = folder / "di vide"
    shutil.copy(divide, program)
    pipeline = folder / "Pipelines" / "three-indicators.yaml"

    def schedule(form, *options):
        command = [program, "schedule", pipeline, "--form", form, *options]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    for every in ("day", "week", "month", "quarter"):
        options = ("--every", every, "--at", "06:05", "--zone", "Asia/Vientiane")
        yield f"cron, {every}", fault_of_crontab(schedule("cron", *options), [program, "run", pipeline, "--quiet"])
        yield f"systemd, {every}", fault_of_units(schedule("systemd", *options), scratch)
        for form, builtin in (("github", "github-workflows"), ("gitlab", "gitlab-ci")):
            file = scratch / f"{form}.yml"
            file.write_text(schedule(form, *options), encoding="utf-8")
            tool = [BIN / "check-jsonschema", "--quiet", "--builtin-schema", f"vendor.{builtin}"]
            if form == "gitlab":
                tool += ["--data-transform", "gitlab-ci"]
            yield f"{form}, {every}", said(*tool, file)


def fault_of_crontab(text, expected):
    """Reads the line as cron does, then as a shell does."""
    line = text.splitlines()[-1]
    *fields, command = line.split(" ", 5)
    if not all(re.fullmatch(r"\*|[0-9]+(,[0-9]+)*", field) for field in fields):
        return f"no crontab fields: {fields}"
    if re.search(r"(?<!\\)%", command):
        return "cron would end the command at a %"
    words = shlex.split(command.replace("\\%", "%"))
    return None if words == [str(word) for word in expected] else f"a shell would run {words}"


def fault_of_units(text, scratch):
    if not shutil.which("systemd-analyze"):
        return None
    folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
    parts = re.split(r"^# /etc/systemd/system/(.*)$", text, flags=re.MULTILINE)[1:]
    units = []
    for name, content in zip(parts[::2], parts[1::2]):
        units.append(folder / name)
        units[-1].write_text(content, encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if str(folder) in line or "divide-" in line]
    if done.returncode or ours:
        return "\n".join(ours) or done.stderr
    expression = re.search(r"^OnCalendar=(.*)$", text, flags=re.MULTILINE)[1]
    return said("systemd-analyze", "calendar", expression)


def main(root, house, divide):
    faults = []
    count = 0
    with tempfile.TemporaryDirectory() as scratch:
        for name, fault in [*reports_of(root, house), *schedules_of(house, divide, pathlib.Path(scratch))]:
            count += 1
            if fault:
                faults.append(f"{name}: {fault}")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{count} reports and schedules read, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(pathlib.Path, sys.argv[1:])))
