"""Runs the contestants of `measure` in turn and prints what they took."""

import os
import statistics
import subprocess
import sys
import time

divide, scratch = sys.argv[1:3]
rows, rounds, times = map(int, sys.argv[3:6])
COLUMNS = ["age", "minutes", "download", "upload"]

POLARS = """
import polars as pl, sys
w = pl.col("weight")
means = [((pl.col(c) * w).sum() / w.sum()).alias(c) for c in {columns}]
out = pl.scan_csv(sys.argv[1]).group_by("province", "year").agg([pl.len(), *means]).collect(engine="streaming")
print(out.height)
"""
DUCKDB = """
import duckdb, sys
duckdb.sql("SET enable_progress_bar = false")
means = ", ".join(f"sum({{c}} * weight) / sum(weight)" for c in {columns})
out = duckdb.sql(f"SELECT province, year, count(*), {{means}} FROM read_csv('{{sys.argv[1]}}') GROUP BY ALL").fetchall()
print(len(out))
"""


def divide_on(file):
    measures = [word for c in COLUMNS for word in ("--measure", f"{c}=ratio({c} * weight, weight)")]
    return [divide, "records", file, "--group-by", "province,year", "--measure", "n=count()", *measures]


def contestants(file):
    python = os.path.join(scratch, "venv/bin/python")
    return {
        "wc -l": ["wc", "-l", file],
        "divide": divide_on(file),
        "one core": ["taskset", "--cpu-list", "0", *divide_on(file)],
        "polars": [python, "-c", POLARS.format(columns=COLUMNS), file],
        "duckdb": [python, "-c", DUCKDB.format(columns=COLUMNS), file],
    }


def run(command):
    """Wall seconds, processor seconds, and the most memory in MiB."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


for variant in ["plain", "quoted"]:
    file = os.path.join(scratch, f"{variant}-{rows}.csv")
    taken = {name: [] for name in contestants(file)}
    for _ in range(rounds):
        for name, command in contestants(file).items():
            taken[name].append(run(command))
    print(f"{variant}, {rows} rows, {os.path.getsize(file) / 1e6:.0f} MB, {os.cpu_count()} cores, {rounds} rounds")
    print(f"{'':8} {'least s':>8} {'median s':>8} {'cpu s':>8} {'MiB':>6} {'x divide':>9} {'x cpu':>7}")
    for name, runs in taken.items():
        walls, cpus, peaks = zip(*runs)
        ratio = statistics.median(w / d[0] for w, d in zip(walls, taken["divide"]))
        cpu_ratio = min(cpus) / min(c for _, c, _ in taken["divide"])
        print(
            f"{name:8} {min(walls):8.2f} {statistics.median(walls):8.2f} {min(cpus):8.2f} {max(peaks):6.0f}"
            f" {ratio:9.2f} {cpu_ratio:7.2f}"
        )

if times > 0:
    short, long = (os.path.join(scratch, name) for name in (f"plain-{rows}.csv", f"plain-{rows}-{times}-times.csv"))
    with open(long, "wb") as file:
        subprocess.run(["head", "-n", "1", short], stdout=file, check=True)
        for _ in range(times):
            subprocess.run(["tail", "-n", "+2", short], stdout=file, check=True)
    for file in (short, long):
        wall, cpu, peak = run(divide_on(file))
        print(f"{os.path.getsize(file) / 1e6:.0f} MB: {wall:.2f} s, {cpu:.2f} s of processors, {peak:.0f} MiB")
    os.remove(long)
