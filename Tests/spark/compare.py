"""Runs `divide records` here and on an engine over the same made-up files and compares every cell.

Usage: compare.py DIVIDE SPARK-SQL [MASTER]

What is exact must be equal as printed; standard errors and intervals are worked out here of exact sums and so are
equal too; only the design effect goes through sums of doubles of the engine: within 1e-9.
"""
import csv
import io
import os
import random
import subprocess
import sys
import tempfile

divide, spark_sql = sys.argv[1:3]
master = sys.argv[3:4]

PLACES = ["ขอนแก่น", "ວຽງຈັນ", 'a "quoted", name', "two\nlines", "back\\slash", "it's"]


def make(folder, places):
    """Two files with quotes, line breaks, Thai and Lao, missing values and decimals."""
    random.seed(11)
    for part in range(2):
        with open(os.path.join(folder, f"part-{part}.csv"), "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["place", "year", "stratum", "psu", "w", "age", "income", "net work"])
            for number in range(900):
                place = places[number % len(places)]
                writer.writerow([
                    place, 2565 + number // 7 % 2, f"s{number % 3}", f"p{number % 21}", f"{random.randint(1, 400000) / 10000:.4f}",
                    random.randint(0, 90), "" if number % 17 == 0 else f"{random.randint(0, 9999999) / 100:.2f}",
                    random.choice(["yes", "no", "it's", ""]),
                ])


def run(folder, *more, fails=""):
    """The cells; where `fails` is given, expects to be told of it instead."""
    command = [
        divide, "records", os.path.join(folder, "part-*.csv"), "--group-by", "place,year", "--weight", "w", "--strata", "stratum",
        "--cluster", "psu", "--where", "age >= 6 and not (income > 99000)",
        "--measure", "n=count()", "--measure", "persons=weighted_count(age in (10, 20, 30) or age > 40)", "--measure", "sum=sum(income)",
        "--measure", "mean=mean(income, age >= 15)", "--measure", "share=share(`net work` == 'yes')",
        "--measure", "quote=share(`net work` == 'it''s')", "--measure", "ratio=ratio(income, age)", "--measure", "low=min(income)",
        "--measure", "high=max(if(age > 30, income, 0 - age))", "--measure", "product=mean(age * 1.5 - 2)",
        "--minimum-records", "20", *more,
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    if fails:
        assert done.returncode == 2 and fails in done.stderr, (done.returncode, done.stderr)
        return []
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\nended with {done.returncode}: {done.stderr}")
    return list(csv.DictReader(io.StringIO(done.stdout)))


engine = ["--engine", "spark", "--spark-sql", spark_sql] + (["--master", master[0]] if master else [])
for setting in os.environ.get("SPARK_SETTINGS", "").split():
    engine += ["--conf", setting]
LOOSE = {"design_effect", "effective_records"}


def compare(places, *more):
    with tempfile.TemporaryDirectory() as folder:
        make(folder, places)
        ours, theirs = run(folder), run(folder, *engine, *more)
        if any("\n" in place for place in places):
            run(folder, *engine, "--splittable", fails="line break in quotes")
    assert len(ours) == len(theirs) == 10 * 2 * len(places), (len(ours), len(theirs))
    for mine, other in zip(ours, theirs):
        for column, value in mine.items():
            if column in LOOSE and value and other[column]:
                assert abs(float(other[column]) / float(value) - 1) < 1e-9, (mine, other)
            else:
                assert other[column] == value, (column, mine, other)
    print(f"{len(ours)} cells equal" + (", of files cut at lines" if more else ""))


compare(PLACES)
# One file may go to several workers where no field holds a line break; a file that has one is refused.
compare([place for place in PLACES if "\n" not in place], "--splittable")
