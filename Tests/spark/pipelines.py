"""Runs a pipeline with a source of records here and on an engine, and compares its outputs.

Usage: pipelines.py DIVIDE SPARK-SQL [MASTER]

With ADDRESSES=yes the files are also read by an address that only the engine understands: Hadoop's viewfs, set up by --conf.
"""
import csv
import json
import os
import random
import subprocess
import sys
import tempfile

divide, spark_sql = (os.path.abspath(word) for word in sys.argv[1:3])
master = sys.argv[3:4]
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")

PIPELINE = """\
pipeline: survey
gazetteer: {{places: {data}/provinces.csv, names: {data}/province-names.csv, changes: {data}/province-changes.csv}}
catalogue: {data}/indicators.yaml
sources:
  - records:
      files: {files}
      group_by: {{place: จังหวัด, year: year, group: sex}}
      measures:
        internet_users: share(internet == "yes")
        household_income_monthly_avg: mean(income, income > 0)
      weight: w
      strata: stratum
      cluster: psu
      where: age >= 6
      ill_formed: count
      minimum_records: 20
    groups: {{f: women, m: men}}
    grade: survey
checks:
  - {{metric: observations.value, judge: count, count_if: "> 0", fail_if: "< 1"}}
publish: {{to: out, formats: [csv, json, html]}}
"""
# Where a value comes from: all that may differ.
PROVENANCE = {"file", "record", "column"}


def make(folder):
    random.seed(5)
    places = ["ขอนแก่น", "Nong Khai", "ວຽງຈັນ", "Champasak"]
    for part in range(2):
        with open(os.path.join(folder, f"part-{part}.csv"), "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["จังหวัด", "year", "sex", "stratum", "psu", "w", "age", "income", "internet"])
            for number in range(1200):
                writer.writerow([
                    places[number % 4], 2565 + number // 8 % 2, "fm"[number // 3 % 2], f"s{number % 3}", f"p{number % 21}",
                    "none" if number == 77 else f"{random.randint(1, 400000) / 10000:.4f}", random.randint(0, 90),
                    "" if number % 17 == 0 else f"{random.randint(0, 9999999) / 100:.2f}", random.choice(["yes", "no", ""]),
                ])


class House:
    def __init__(self, folder, files):
        self.folder = folder
        with open(os.path.join(folder, "pipeline.yaml"), "w", encoding="utf-8") as file:
            file.write(PIPELINE.format(data=os.path.join(root, "Datasets"), files=files))
        # Counts how often the engine is begun.
        self.calls = os.path.join(folder, "calls")
        self.program = os.path.join(folder, "counted-spark-sql")
        with open(self.program, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\necho call >>"{self.calls}"\nexec "{spark_sql}" "$@"\n')
        os.chmod(self.program, 0o755)

    def engine(self, *settings):
        words = ["--engine", "spark", "--spark-sql", self.program] + (["--master", master[0]] if master else [])
        for setting in [*os.environ.get("SPARK_SETTINGS", "").split(), *settings]:
            words += ["--conf", setting]
        return words

    def divide(self, *words, code=0):
        done = subprocess.run([divide, *words], capture_output=True, text=True, cwd=self.folder)
        if done.returncode != code:
            sys.exit(f"{' '.join(words)}\nended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def run(self, *words, code=0):
        return self.divide("run", "pipeline.yaml", "--as-of", "2026-06-30", *words, code=code)

    def begun(self):
        return open(self.calls, encoding="utf-8").read().count("call") if os.path.exists(self.calls) else 0

    def observations(self):
        with open(os.path.join(self.folder, "out", "observations.csv"), newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def manifest(self):
        with open(os.path.join(self.folder, "out", "manifest.json"), encoding="utf-8") as file:
            return json.load(file)


def same_values(ours, theirs):
    assert len(ours) == len(theirs) > 20, (len(ours), len(theirs))
    for mine, other in zip(ours, theirs):
        for column in mine:
            if column not in PROVENANCE:
                assert mine[column] == other[column], (column, mine, other)
        assert mine["record"] and not other["record"], (mine, other)
        assert other["column"].startswith(mine["column"] + " with "), (mine, other)
    assert len({tuple(row[column] for column in ["indicator", "file", "column"]) for row in theirs}) == len(theirs)


def explained(house, row):
    key = ",".join(f"{column}={row[column]}" for column in ["indicator", "place", "year", "group"])
    told = house.divide("explain", "pipeline.yaml", f"observations:{key}:value")
    assert f"= {row['value']}\n" in told, told
    assert "added up by Spark" in told and "its first is record" not in told, told


with tempfile.TemporaryDirectory() as folder:
    make(folder)
    house = House(folder, "part-*.csv")
    house.run()
    ours, plain = house.observations(), house.manifest()
    assert house.begun() == 0
    house.run(*house.engine("spark.app.name=survey"))
    theirs = house.observations()
    same_values(ours, theirs)
    assert house.begun() == 1 and house.manifest()["engine"] == "spark"
    assert "unchanged since" in house.run(*house.engine())
    for row in [theirs[0], theirs[-1]]:
        explained(house, row)
    house.divide("check", "pipeline.yaml")
    assert house.begun() == 1, "an engine was begun for nothing"
    assert "the engine is divide itself, was spark" in house.run("--why")
    assert house.observations() == ours and house.manifest()["run_hash"] == plain["run_hash"]
    assert "CREATE OR REPLACE TEMPORARY VIEW" in house.run("--emit-sql")
    print(f"{len(ours)} observations equal, of a pipeline")
    if os.environ.get("ADDRESSES") == "yes":
        far = House(folder, "viewfs://survey/data/part-*.csv")
        mount = f"spark.hadoop.fs.viewfs.mounttable.survey.link./data=file://{folder}"
        assert "--engine spark" in far.run(code=2)
        for times in [1, 2]:
            far.run(*far.engine(mount))
            assert far.begun() == times + 1, far.begun()
            same_values(ours, far.observations())
        entry = next(entry for entry in far.manifest()["inputs"] if "://" in entry["path"])
        assert entry["sha256"] is None and entry["used"] == len(ours), entry
        explained(far, far.observations()[0])
        assert far.begun() == 3, "an engine was begun for nothing"
        print(f"{len(ours)} observations equal, of an address")
