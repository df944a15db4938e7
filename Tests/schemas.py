"""Whether the JSON Schemas accept and refuse what `divide` does.

    schemas.py ROOT DIVIDE

The pipelines that are shipped and those of the golden cases, and one pipeline with one thing changed at a time, are
held against the schema that `divide schema pipeline` prints, by a validator that is not ours, and read by `divide
validate`. Both must agree wherever it is about the shape of the file. Called by Tests/run.
"""

import copy
import json
import pathlib
import subprocess
import sys
import tempfile

import ruamel.yaml
from check_jsonschema.parsers.yaml import construct_yaml_implementation
from jsonschema import Draft202012Validator

# What divide says where the shape of a file is wrong, and nothing else.
SHAPE = ("wrong kind of value", "wrong value", "unknown key", "a key is missing")
# Golden cases about what is lost once YAML is read into values.
BEYOND = {"thousand-aliases", "alias-bomb", "alias-bomb-in-a-key", "not-yaml"}

BASE = {
    "pipeline": "try-out",
    "title": {"en": "Trial", "th": "ทดลอง"},
    "gazetteer": {"places": "provinces.csv"},
    "catalogue": "catalogue.yaml",
    "period": "2012..2024",
    "as_of": "2026-01-01",
    "sources": [
        {
            "file": "data.csv",
            "grade": "survey",
            "layout": {"form": "long", "place": "Province", "year": "Year", "value": "Value"},
            "indicator": "internet_users",
        }
    ],
    "normalise": {"scale": {"method": "min-max", "limits": "each-year", "to": [0, 100]}},
    "checks": [{"metric": "gaps.parity", "select": {"year": "latest"}, "fail_if": "< 0.6", "for": "2 runs"}],
    "publish": {"to": "out", "formats": ["csv"], "excel": False},
}
GONE = object()
# Where, what instead, and whether a file with it is of the right shape.
CHANGES = [
    (("pipeline",), GONE, False),
    (("pipeline",), "Try out", False),
    (("pipeline",), 2026, True),
    (("pipeline",), None, False),
    (("pipelines",), "x", False),
    (("title",), "Only one", True),
    (("title", "fr"), "Essai", False),
    (("title",), ["a"], False),
    (("gazetteer",), {}, False),
    (("gazetteer",), "provinces.csv", False),
    (("catalogue",), ["a.yaml", "b.yaml"], True),
    (("catalogue",), {"a": "b"}, False),
    (("catalogue",), "", False),
    (("period",), "2012-2024", False),
    (("period",), 2012, False),
    (("as_of",), "tomorrow", False),
    (("as_of",), 20260101, False),
    (("sources",), {}, False),
    (("sources",), "data.csv", False),
    (("sources", 0, "file"), GONE, False),
    (("sources", 0, "grade"), "good", False),
    (("sources", 0, "skip"), 3, True),
    (("sources", 0, "skip"), -1, False),
    (("sources", 0, "skip"), 1.5, False),
    (("sources", 0, "skip"), "three", False),
    (("sources", 0, "year"), 2561, True),
    (("sources", 0, "missing"), ["..", 0], True),
    (("sources", 0, "missing"), "..", False),
    (("sources", 0, "where"), {"Sex": ["a", "b"], "Age": 15}, True),
    (("sources", 0, "layout", "form"), GONE, False),
    (("sources", 0, "layout", "form"), "wide", False),
    (("sources", 0, "layout", "value"), GONE, False),
    (("sources", 0, "layout", "columns"), {"a": "b"}, False),
    (("sources", 0, "layout"), {"form": "years-across", "place": "P", "years": {"#3": 2561}}, True),
    (("sources", 0, "layout"), {"form": "indicators-across", "columns": {"a": {"indicator": "x", "group": 1}}}, True),
    (("sources", 0, "layout"), {"form": "indicators-across", "columns": {"a": {"indicators": "x"}}}, False),
    (("sources", 0, "retabulated"), "all", True),
    (("sources", 0, "retabulated"), ["TH-38"], True),
    (("sources", 0, "retabulated"), "some", False),
    (("sources", 0, "expect"), {"max_age": "3y"}, True),
    (("sources", 0, "expect"), {"max_age": "3 years"}, False),
    (("sources", 0, "factor"), 1e3, True),
    (("sources", 0, "factor"), 1e300, False),
    (("validate",), {"severity": {"duplicate-value": "off"}}, True),
    (("validate",), {"severity": {"duplicate-value": "fatal"}}, False),
    (("validate",), {"rules": {"internet_users": {"minimum": 0.5}}}, True),
    (("validate",), {"rules": {"internet_users": {"least": 0.5}}}, False),
    (("normalise", "scale", "limits"), 2020, True),
    (("normalise", "scale", "limits"), 20200, False),
    (("normalise", "scale", "limits"), "each year", False),
    (("normalise", "scale", "method"), "minmax", False),
    (("normalise", "scale", "ties"), "average", False),
    (("normalise", "scale"), [{"method": "rank", "limits": "each-year", "ties": "average"}], True),
    (("normalise", "scale"), [], True),
    (("checks", 0, "for"), 2, True),
    (("checks", 0, "for"), 0, False),
    (("checks", 0, "for"), "two runs", False),
    (("checks", 0, "warn_is"), "< 0.8", False),
    (("checks", 0, "select"), {"year": {"from": 1}}, False),
    (("publish", "excel"), "yes", True),
    (("publish", "excel"), "No", True),
    (("publish", "excel"), 1, False),
    (("publish", "formats"), ["csv", "pdf"], False),
    (("publish",), GONE, False),
    (("publish", "to"), None, False),
]


def changed(where, what):
    document = copy.deepcopy(BASE)
    *parents, last = where
    part = document
    for key in parents:
        part = part.setdefault(key, {}) if isinstance(part, dict) else part[key]
    if what is GONE:
        del part[last]
    else:
        part[last] = what
    return document


def spelt(document, path):
    with path.open("w", encoding="utf-8") as file:
        yaml = ruamel.yaml.YAML()
        yaml.allow_unicode = True
        yaml.dump(document, file)


def refusal_of_divide(divide, path):
    """What divide says of the shape of the file, empty where it has nothing against it."""
    done = subprocess.run([divide, "validate", path], capture_output=True, check=False)
    lines = done.stderr.decode("utf-8").splitlines()
    told = [line for line in lines if any(f": {words}" in line for words in SHAPE)]
    # A catalogue or metadata file may be to blame; the schema is of the pipeline file.
    return [line for line in told if path.name + ":" in line]


def main(root, divide):
    def schema(name):
        done = subprocess.run([divide, "schema", name], capture_output=True, check=True)
        document = json.loads(done.stdout)
        Draft202012Validator.check_schema(document)
        return Draft202012Validator(document)

    read = construct_yaml_implementation()
    validators = {name: schema(name) for name in ["pipeline", "catalogue", "metadata", "summary", "checks"]}
    pipeline = validators["pipeline"]
    faults = []
    count = 0

    def hold(path, name, expected=None):
        nonlocal count
        count += 1
        refusals = [error.message for error in pipeline.iter_errors(read.load(path))]
        told = refusal_of_divide(divide, path)
        if bool(refusals) != bool(told):
            faults.append(f"{name}: the schema says {refusals[:1]}, divide {told[:1]}")
        elif expected is not None and expected == bool(told):
            faults.append(f"{name}: both are wrong: {refusals[:1]}, {told[:1]}")

    for path in sorted((root / "Pipelines").glob("*.yaml")):
        hold(path, path.name, True)
        if "$schema=pipeline.schema.json" not in path.read_text(encoding="utf-8").splitlines()[0]:
            faults.append(f"{path.name} does not name its schema")
    for path in sorted((root / "Tests/DivideTests/Golden").glob("*/*.yaml")):
        text = path.read_bytes()
        if path.parent.name not in BEYOND and b"pipeline:" in text and path.is_file():
            hold(path, f"{path.parent.name}/{path.name}")
    with tempfile.TemporaryDirectory() as scratch:
        for index, (where, what, expected) in enumerate(CHANGES):
            path = pathlib.Path(scratch) / f"changed-{index}.yaml"
            spelt(changed(where, what), path)
            what = "gone" if what is GONE else what
            hold(path, f"{'.'.join(map(str, where))} = {what}", expected)
    for name, files in {
        "catalogue": [root / "Datasets/indicators.yaml"],
        "metadata": sorted((root / "Datasets").rglob("*.meta.yaml")),
        "checks": sorted((root / "Tests/PublishTests/reports").glob("*[a-z].json")),
    }.items():
        for path in files:
            if path.name.endswith(".gitlab.json"):
                continue
            count += 1
            document = json.loads(path.read_text()) if path.suffix == ".json" else read.load(path)
            faults += [f"{path.name}: {error.message}" for error in validators[name].iter_errors(document)]
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{count} files held against their schemas, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(pathlib.Path, sys.argv[1:])))
