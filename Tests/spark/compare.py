"""Runs `divide records` here and on an engine over the same made-up files and compares every cell.

Usage: compare.py DIVIDE SPARK-SQL [MASTER]

Every column must be equal as printed: the engine's sums are exact, and all else is worked out of them here.
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
# One number each: spaces, signs, Thai, Lao and full-width digits, a minus that is no hyphen, powers, many decimals.
SPELLINGS = [" 12 ", "+7", "๑๒.๕", "໓໐໐", "４５", "−3.25", ".5", "5.", "007", "0.000000000000000001",
             "123456789012345678", "-0", "4.000000000000000000000", "\u00a08\u202f", "   "]
if master:
    # Sail casts no powers of ten.
    SPELLINGS += ["1.5e3", "2.50E-3"]


def make(folder, places):
    """Two files with quotes, line breaks, Thai and Lao, missing values, decimals, and numbers in all spellings; in `late`
    stands what is no number for those who are younger than 15. A column differs from another in its case, which Sail cannot."""
    random.seed(11)
    for part in range(2):
        with open(os.path.join(folder, f"part-{part}.csv"), "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["place", "year", "stratum", "psu", "w", "age", "income", "net work", "spelt", "late", "fine"] + (["AGE"] if master else []))
            for number in range(900):
                place = places[number % len(places)]
                age = random.randint(0, 90)
                writer.writerow([
                    place, 2565 + number // 7 % 2, f"s{number % 3}", f"p{number % 21}", f"{random.randint(1, 400000) / 10000:.4f}",
                    age, "" if number % 17 == 0 else f"{random.randint(0, 9999999) / 100:.2f}",
                    random.choice(["yes", "no", "it's", ""]), random.choice(SPELLINGS),
                    "child" if age < 15 else f"{random.randint(1, 9)}", f"{random.random():.15f}",
                ] + ([number] if master else []))


def make_many(folder):
    """More distinct values in one of two groups than quantiles are exact for."""
    random.seed(12)
    with open(os.path.join(folder, "part-0.csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["place", "w", "value"])
        for number in range(24_000):
            many = number % 2
            value = f"{random.uniform(-5, 900):.9f}" if many else f"{random.randint(-40, 400) / 8}"
            writer.writerow(["many" if many else "few", f"{random.randint(0, 90) / 10}", value])


DESIGN = ["--weight", "w", "--strata", "stratum", "--cluster", "psu"]
ORDERS = {
    "sums": [
        *DESIGN, "--where", "age >= 6 and not (income > 99000)", "n=count()", "persons=weighted_count(age in (10, 20, 30) or age > 40)",
        "sum=sum(income)", "mean=mean(income, age >= 15)", "share=share(`net work` == 'yes')", "quote=share(`net work` == 'it''s')",
        "ratio=ratio(income, age)", "low=min(income)", "high=max(if(age > 30, income, 0 - age))", "product=mean(age * 1.5 - 2)",
    ],
    "weights, squared": ["--weight", "w", "mean=mean(income)", "sum=sum(fine)", "ratio=ratio(income, age + 1)", "share=share(age > 30)"],
    "strata, unweighted": ["--strata", "stratum", "mean=mean(income * 3)", "persons=weighted_count()"],
    "no design": ["mean=mean(fine * age)", "n=count(is_missing(income))"],
    "quantiles": [
        *DESIGN, "median=median(income)", "tenth=quantile(income, 0.1)", "of_some=quantile(age, 0.75, age >= 15)",
        "spelt=median(spelt)", "odd=quantile(if(age > 40, abs(fine - 0.5), min(spelt, age)), 0.9)",
    ],
    "quotients": [
        "--weight", "w", "--where", "income / (age + 1) > 100 or is_missing(income)", "mean=mean(income / (age + 1))", "low=min(age / 7)",
        "third=sum(0 - age / 3)", "median=median(100 * age / 97)", "scaled=sum(age / 7 * 12.5 + 1)", "share=share(age / 2 <= 20.5)", "either=mean(if(age > 9, age / 9, age))",
    ],
    "spellings": [
        "--cluster", "psu", "--missing", "it's", "sum=sum(spelt)", "low=min(spelt)", "high=max(spelt)", "late=mean(late, age >= 15)",
        "known=share(spelt >= 0)", "product=sum(spelt * 2)", "net=share(text(`net work`) == 'yes')", "double=mean(0 - max(spelt, 1))",
    ],
}

if master:
    # Sail divides no whole numbers of more than 34 digits.
    ORDERS["quotients"] += ["twice=mean(income / 7 / (age + 1))", "halves=sum((age / 7) / ((income + 1) / 3))",
                            "large=max(income * 1000000 / 7)", "fine=mean(fine / 3)"]


def is_measure(word):
    name, mark, _ = word.partition("=")
    return bool(mark) and name.isidentifier()


def run(folder, order, *more, fails="", keys="place,year"):
    """The cells; where `fails` is given, expects to be told of it instead."""
    words = []
    for word in order:
        words += ["--measure", word] if is_measure(word) else [word]
    command = [divide, "records", os.path.join(folder, "part-*.csv"), "--group-by", keys, "--minimum-records", "20", *words, *more]
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


def equal(ours, theirs, count):
    assert len(ours) == len(theirs) == count, (len(ours), len(theirs), count)
    for mine, other in zip(ours, theirs):
        for column, value in mine.items():
            assert other[column] == value, (column, mine, other)
    assert any(mine["value"] for mine in ours), ours


def compare(name, order, places, *more):
    with tempfile.TemporaryDirectory() as folder:
        make(folder, places)
        ours, theirs = run(folder, order), run(folder, order, *engine, *more)
        if any("\n" in place for place in places) and name == "sums":
            run(folder, order, *engine, "--splittable", fails="line break in quotes")
    equal(ours, theirs, sum(map(is_measure, order)) * 2 * len(places))
    print(f"{name}: {len(ours)} cells equal" + (", of files cut at lines" if more else ""))


def compare_many():
    with tempfile.TemporaryDirectory() as folder:
        make_many(folder)
        order = ["--weight", "w", "m=median(value)", "low=quantile(value, 0.001)", "half=quantile(value, 0.5, value > 3)"]
        ours, theirs = run(folder, order, keys="place"), run(folder, order, *engine, keys="place")
        equal(ours, theirs, 6)
        assert {mine["method"] for mine in ours} == {"exact", "ddsketch 0.5%"}, ours
        # All together, of which there are too many, too.
        equal(run(folder, order, keys="w"), run(folder, order, *engine, keys="w"), 3 * 91)
    print("buckets: 279 cells equal")


def refuse():
    """A number that the engine cannot hold ends the run, whether ill-formed records are counted or not."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "part-0.csv"), "w", encoding="utf-8") as file:
            file.write("place,v,w\n" + "A,1,1\n" * 30 + "A,0.1234567890123456789,0\n")
        for measure, counted in [("m=mean(v)", ()), ("m=mean(v)", ("--ill-formed", "count")), ("m=mean(v * v)", ())]:
            run(folder, [measure], *engine, *counted, keys="place", fails="do not fit the engine's decimals")
        run(folder, ["m=mean(v / w, v == 1)"], *engine, keys="place", fails="do not fit the engine's decimals")
        run(folder, ["m=mean(1 / w)"], *engine, keys="place", fails="division-by-zero")
        run(folder, ["m=mean((v / 3) * (v / 2))"], *engine, keys="place", fails="divide last")
    print("refused what does not fit")


# What is less than another order is compared where it takes seconds.
LESS = {"strata, unweighted", "no design"} if master else set()
for name, order in ORDERS.items():
    if name not in LESS:
        compare(name, order, PLACES)
compare_many()
if not master:
    # What an engine cannot hold is told by the statements, whoever runs them.
    refuse()
# One file may go to several workers where no field holds a line break; a file that has one is refused.
compare("sums", ORDERS["sums"], [place for place in PLACES if "\n" not in place], "--splittable")
