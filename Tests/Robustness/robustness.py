"""Tries to break a run: kills it, races it, fills its disk, asks it to end, reads while it lands.

    robustness.py DIVIDE ROOT [--kills N] [--starts N] [--reads N] [--limits N] [--signals N]
        [--only NAME ...] [--slow]

DIVIDE is the binary, ROOT the folder that holds Datasets and Pipelines; they are copied, nothing lands in Output.
Prints a line for each trial and ends with 1 where one found a fault. `--slow` is for a debug binary: it leaves out
the limits on time, which are those of a release. Called by Tests/run with small numbers, and with those of the
promise (1,000 kills, 200 starts) where ROBUSTNESS=full.
"""

import argparse
import collections
import hashlib
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

NAME = "thailand-laos"
DAYS = [f"2026-01-{day:02}" for day in range(1, 29)]


class House:
    """A copy of the shipped data and pipelines, where runs land in a folder of their own."""

    def __init__(self, divide, root, scratch):
        self.divide = divide
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        for name in ("Datasets", "Pipelines"):
            shutil.copytree(root / name, self.folder / name)
        self.output = self.folder / "Output"
        self.place = self.output / NAME

    def command(self, *arguments, verb="run"):
        return [self.divide, verb, str(self.folder / "Pipelines" / f"{NAME}.yaml"), *arguments]

    def start(self, *arguments, **options):
        return subprocess.Popen(
            self.command(*arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, **options,
        )

    def run(self, *arguments, verb="run", **options):
        done = subprocess.run(
            self.command(*arguments, verb=verb), stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=600, check=False, **options,
        )
        return done.returncode, done.stdout + done.stderr

    def land(self, *arguments):
        """A run that must succeed; returns what the checks made of it."""
        code, text = self.run(*arguments)
        require(code in (0, 1), f"a run ended with {code}: {text}")
        return code

    def leftovers(self):
        """What a killed run may leave and the next one must remove."""
        return [name for name in os.listdir(self.output) if ".new-" in name or name.endswith(".old")]


class Fault(Exception):
    pass


def require(claim, words):
    if not claim:
        raise Fault(words)


def whole(folder, descriptor=None):
    """The manifest of the folder, if all that it lists is there as it says; by descriptor where one is given."""

    def read(name):
        if descriptor is None:
            return (folder / name).read_bytes()
        handle = os.open(name, os.O_RDONLY, dir_fd=descriptor)
        with os.fdopen(handle, "rb") as file:
            return file.read()

    manifest = json.loads(read("manifest.json"))
    for output in manifest["outputs"]:
        data = read(output["path"])
        require(len(data) == output["bytes"], f"{output['path']} has {len(data)} bytes, not {output['bytes']}")
        require(hashlib.sha256(data).hexdigest() == output["sha256"], f"{output['path']} is not what the manifest says")
    names = set(os.listdir(folder if descriptor is None else descriptor))
    listed = {output["path"] for output in manifest["outputs"]} | {"manifest.json"}
    require({name for name in names if name[0] != "."} == listed, f"in the folder: {sorted(names ^ listed)}")
    for entry in manifest["inputs"]:
        parts = entry["used"] + entry["refused"] + entry["set_aside"]
        require(entry["read"] == parts, f"{entry['path']}: {entry['read']} values read, {parts} accounted for")
    return manifest


def history(house, manifest):
    """The history is sound, ends with the run that stands there, and has each run once."""
    with sqlite3.connect(f"file:{house.output / 'history.sqlite'}?mode=ro", uri=True) as db:
        require(db.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the history is damaged")
        last = db.execute("SELECT run_hash FROM runs ORDER BY sequence DESC LIMIT 1").fetchone()
        require(last == (manifest["run_hash"],), "the history does not end with the run that stands there")
        missing = db.execute("SELECT count(*) FROM runs LEFT JOIN manifests ON run = id WHERE run IS NULL").fetchone()
        require(missing == (0,), "a run without a manifest")
    for kept in manifest["kept"]:
        path = house.output / ".store" / kept["sha256"][:2] / kept["sha256"]
        require(path.exists(), f"the store has lost {kept['path']}")
        require(hashlib.sha256(path.read_bytes()).hexdigest() == kept["sha256"], f"the store has another {kept['path']}")


def kills(house, options):
    """SIGKILL at random moments: the folder is always one whole run, old or new, and the next run succeeds."""
    times = []
    for day in DAYS[:5]:
        began = time.monotonic()
        house.land("--as-of", day)
        times.append(time.monotonic() - began)
    length = statistics.median(times)
    old = whole(house.place)["as_of"]
    outcomes = collections.Counter()
    for number in range(options.kills):
        new = DAYS[number % len(DAYS)]
        process = house.start("--as-of", new, "--force")
        # Half of the kills anywhere, half in the last part, where files are written.
        time.sleep(random.uniform(0, 1.1) * length if number % 2 else random.uniform(0.6, 1.1) * length)
        process.kill()
        process.communicate()
        left = house.leftovers()
        now = whole(house.place)["as_of"]
        require(now in (old, new), f"kill {number}: the output is of {now}, neither {old} nor {new}")
        finished = "finished" if process.returncode >= 0 else "new" if now == new != old else "old"
        outcomes[finished + (", half-written beside it" if left else "")] += 1
        old = now
        if number % 20 == 19 or number == options.kills - 1:
            old = random.choice(DAYS)
            house.land("--as-of", old)
            manifest = whole(house.place)
            require(manifest["as_of"] == old, "the next run did not land")
            require(not house.leftovers(), f"left behind: {house.leftovers()}")
            history(house, manifest)
    return f"{options.kills} kills over runs of {length * 1000:.0f} ms: {dict(outcomes)}"


def starts(house, options):
    """Many starts at once: one at a time is at work, none hangs, all others end with 75, or wait."""
    house.land()
    most = 0
    ended = threading.Event()

    def watch():
        nonlocal most
        while not ended.is_set():
            most = max(most, len(house.leftovers()))
            time.sleep(0.0005)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        codes = {}
        for name, arguments in (("at once", ["--force"]), ("waiting", ["--wait"])):
            began = time.monotonic()
            processes = [
                house.start("--as-of", DAYS[number % len(DAYS)], *arguments) for number in range(options.starts)
            ]
            told = [process.communicate(timeout=900)[0] for process in processes]
            codes[name] = dict(collections.Counter(process.returncode for process in processes))
            seconds = time.monotonic() - began
            codes[name]["seconds"] = round(seconds)
            allowed = {0, 1, 75} if name == "at once" else {0, 1}
            require({process.returncode for process in processes} <= allowed, f"{name}: ended with {codes[name]}")
            for process, text in zip(processes, told):
                if process.returncode == 75:
                    require("process " in text and " since " in text or "at work" in text, f"75 does not say who: {text}")
            manifest = whole(house.place)
            history(house, manifest)
    finally:
        ended.set()
        watcher.join()
    require(codes["at once"].get(0, 0) + codes["at once"].get(1, 0) >= 1, "none of the starts ran")
    require(most <= 1, f"{most} runs were at work at one time")
    require(not house.leftovers(), f"left behind: {house.leftovers()}")
    return f"{options.starts} starts: {codes}"


def holder(house, _):
    """A run that is stopped holds the lock and is named; once dead it holds nothing."""
    house.land()
    process = house.start("--force")
    lock = house.output / f".{NAME}.lock"
    deadline = time.monotonic() + 30
    while not lock.read_text() and time.monotonic() < deadline:
        time.sleep(0.001)
    process.send_signal(signal.SIGSTOP)
    code, text = house.run()
    require(code == 75, f"while another run is at work: {code}, {text}")
    require(f"process {process.pid} on " in text and " since 2" in text, f"75 does not say who holds it: {text}")
    began = time.monotonic()
    code, text = house.run("--wait", "1")
    require(code == 75 and 1 <= time.monotonic() - began < 10, f"--wait 1: {code}")
    for verb in ("check", "validate"):
        code, text = house.run(verb=verb)
        require(code in (0, 1), f"{verb} asks for the lock: {code}")
    process.kill()
    process.communicate()
    house.land()
    return "75 names the holder; a dead one holds nothing"


def reads(house, options):
    """A reader that opens the folder always finds it, and always one run."""
    house.land("--as-of", DAYS[0])
    ended = threading.Event()
    faults = []
    count = collections.Counter()

    def read():
        while not ended.is_set():
            try:
                descriptor = os.open(house.place, os.O_RDONLY | os.O_DIRECTORY)
                try:
                    count[whole(house.place, descriptor)["as_of"]] += 1
                finally:
                    os.close(descriptor)
            except (OSError, Fault, ValueError) as error:
                faults.append(repr(error))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(options.reads):
        house.land("--as-of", DAYS[(number + 1) % len(DAYS)])
    ended.set()
    for reader in readers:
        reader.join()
    require(not faults, f"{len(faults)} readers saw no whole run, such as {faults[:3]}")
    return f"{sum(count.values())} reads of {len(count)} runs while {options.reads} landed"


def disk(house, options):
    """A file-size limit at every size: exit 2 that names a path and the old output, or a run that landed whole."""
    house.land("--as-of", DAYS[0])
    largest = max(output["bytes"] for output in whole(house.place)["outputs"])
    # The parts of a workbook are written out before they are packed.
    with zipfile.ZipFile(house.place / "workbook.xlsx") as book:
        largest = max([largest] + [part.file_size for part in book.infolist()])
    sizes = [0, 1, 100] + [largest * 13 * step // (12 * options.limits) for step in range(1, options.limits + 1)]
    outcomes = collections.Counter()
    for number, size in enumerate(sizes):
        # Each time on a day of its own, with a source that was touched, so that every file has to be written anew.
        source = house.folder / "Datasets" / "population-national.csv"
        source.write_bytes(source.read_bytes() + b"\n")
        before = whole(house.place)
        code, text = house.run(
            "--as-of", DAYS[number % len(DAYS)],
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        )
        after = whole(house.place)
        require(code in (0, 1, 2), f"with files of at most {size} bytes: {code}, {text}")
        if code == 2:
            require(after == before, f"with files of at most {size} bytes the old output changed")
            require("Output/" in text and "File too large" in text, f"no path in: {text}")
            require(not house.leftovers(), f"left behind: {house.leftovers()}")
        else:
            require(after["started"] >= before["started"] and after != before, "exit 0 without a run")
        outcomes[code] += 1
    require(outcomes[2] > 3 and outcomes[2] < len(sizes), f"the limits were not tried: {outcomes}")
    house.land()
    history(house, whole(house.place))
    return f"{len(sizes)} limits: exit codes {dict(outcomes)}"


def signals(house, options):
    """SIGTERM and SIGINT: 143 and 130 within a second, at any moment, with the old output and the lock free."""
    began = time.monotonic()
    house.land("--as-of", DAYS[0])
    length = time.monotonic() - began
    slowest = 0.0
    codes = collections.Counter()
    for number in range(options.signals):
        kind, code = ((signal.SIGTERM, 143), (signal.SIGINT, 130))[number % 2]
        process = house.start("--force", "--as-of", DAYS[number % len(DAYS)])
        # Not sooner than the process can have asked for signals.
        time.sleep(0.05 + random.uniform(0, length))
        process.send_signal(kind)
        asked = time.monotonic()
        process.communicate()
        slowest = max(slowest, time.monotonic() - asked)
        require(process.returncode in (code, 0, 1), f"{kind.name}: ended with {process.returncode}")
        codes[process.returncode] += 1
        require(not house.leftovers() or process.returncode == code, f"left behind: {house.leftovers()}")
        whole(house.place)
    require(slowest < 1, f"took {slowest:.2f} s")
    require(codes[143] and codes[130], f"no signal met a run: {codes}")
    house.land()
    require(not house.leftovers(), f"left behind: {house.leftovers()}")
    return f"{dict(codes)}, slowest {slowest * 1000:.0f} ms"


def unchanged(house, options):
    """An unchanged run: at most 30 ms of CPU time, nothing written, the recorded exit code."""
    code = house.land("--as-of", DAYS[0])
    # Files that were just touched are hashed twice; let them settle.
    time.sleep(2)

    def state():
        return {
            str(path): (path.stat().st_mtime_ns, path.stat().st_size, path.stat().st_ino)
            for path in house.output.rglob("*")
        }

    before = state()
    spent = []
    for _ in range(10):
        start = resource.getrusage(resource.RUSAGE_CHILDREN)
        again, text = house.run("--as-of", DAYS[0])
        end = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(end.ru_utime - start.ru_utime + end.ru_stime - start.ru_stime)
        require(again == code and "unchanged" in text, f"not unchanged: {again}, {text}")
    require(state() == before, "an unchanged run wrote something")
    least = min(spent) * 1000
    require(options.slow or least <= 30, f"{least:.0f} ms of CPU time")
    return f"{least:.0f} ms of CPU time at best, {statistics.median(spent) * 1000:.0f} ms in the middle"


def long_history(house, options):
    """10,000 runs in the history: opened and answered in at most 100 ms."""
    house.land()
    with sqlite3.connect(house.output / "history.sqlite") as db:
        rows = db.execute("SELECT row_key, numbers FROM results").fetchall()
        manifest = db.execute("SELECT manifest FROM manifests").fetchone()[0]
        for number in range(2, 10_001):
            db.execute(
                "INSERT INTO runs SELECT ?1, ?1, pipeline, 'h' || ?1, pipeline_hash, tool, as_of, verdict, inputs, "
                "outputs, started, ended, seconds, 0 FROM runs WHERE id = 1", (number,))
            db.execute("INSERT INTO manifests VALUES (?, ?)", (number, manifest if number % 100 == 0 else "{}"))
            db.execute("INSERT INTO contents VALUES (?, 'gaps', ?)", (number + 100, f"c{number}"))
            db.execute("INSERT INTO run_contents VALUES (?, ?)", (number, number + 100))
            db.executemany("INSERT INTO results VALUES (?, ?, ?)",
                           ((key, number + 100, numbers) for key, numbers in rows[:40]))
    db.close()
    select = ["--select", "indicator=fixed_broadband_per_100", "--select", "year=latest"]
    slowest = 0.0
    for arguments in ([], ["--last", "0"], ["--metric", "gaps.parity", *select],
                      ["--metric", "gaps.parity", "--select", "indicator=fixed_broadband_per_100",
                       "--select", "year=2010", "--last", "0"]):
        best = 9.0
        for _ in range(1 if options.slow else 7):
            began = time.monotonic()
            code, text = house.run(*arguments, verb="history")
            best = min(best, time.monotonic() - began)
        require(code == 0 and text.count("\n") >= 50, f"history {arguments}: {code}, {text[:300]}")
        if "0" in arguments and "--metric" not in arguments:
            require(text.count("\n") >= 10_000, f"{text.count(chr(10))} lines for 10,000 runs")
        slowest = max(slowest, best)
    require(options.slow or slowest <= 0.1, f"{slowest * 1000:.0f} ms")
    return f"slowest of four questions: {slowest * 1000:.0f} ms, start of the process included"


def streams(house, options):
    """A file ten times as long of which no more is kept: no more memory."""
    kept = 1_000
    places = [f"TH-{number}" for number in range(30, 40)]
    note = "x" * 440

    def peak(rows):
        table = house.folder / "Datasets" / "long.csv"
        with table.open("w") as file:
            file.write("code,year,sex,note,value\n")
            for row in range(rows):
                # One row in so many is wanted; the values of the others are as valid.
                number, rest = divmod(row, rows // kept)
                sex = "women" if rest else "total"
                place, year = places[number % 10], 1900 + number // 10
                file.write(f"{place},{year},{sex},{note},{number % 97}.5\n")
        pipeline = house.folder / "Pipelines" / "long.yaml"
        pipeline.write_text(
            "pipeline: long\ntitle: {en: Long}\ngazetteer: {places: ../Datasets/provinces.csv}\n"
            "catalogue: ../Datasets/indicators.yaml\nsources:\n  - file: ../Datasets/long.csv\n"
            "    grade: illustrative\n    layout: {form: long, place: code, year: year, value: value}\n"
            "    where: {sex: total}\n    indicator: internet_users\n"
            "publish: {to: ../Output/long, formats: [csv]}\n"
        )
        process = subprocess.Popen(
            [house.divide, "run", str(pipeline), "--force", "--quiet"], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        require(process.returncode == 0, f"exit code {process.returncode}")
        with (house.output / "long" / "observations.csv").open() as file:
            require(sum(1 for _ in file) == kept + 1, "not the values that are wanted")
        return table.stat().st_size / 1e6, usage.ru_maxrss / 1024

    small, few = peak(10_000)
    large, many = peak(100_000)
    require(many - few < 4, f"{few:.1f} MiB for {small:.0f} MB, {many:.1f} MiB for {large:.0f} MB")
    return f"{few:.1f} MiB for {small:.0f} MB, {many:.1f} MiB for {large:.0f} MB, {kept} values kept of each"


TRIALS = [kills, starts, holder, reads, disk, signals, unchanged, long_history, streams]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("divide")
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--starts", type=int, default=200)
    parser.add_argument("--reads", type=int, default=100)
    parser.add_argument("--limits", type=int, default=26)
    parser.add_argument("--signals", type=int, default=40)
    parser.add_argument("--only", nargs="*", choices=[trial.__name__ for trial in TRIALS])
    parser.add_argument("--slow", action="store_true")
    options = parser.parse_args()
    faults = 0
    with tempfile.TemporaryDirectory() as scratch:
        for trial in TRIALS:
            if options.only and trial.__name__ not in options.only:
                continue
            try:
                print(f"{trial.__name__}: {trial(House(options.divide, options.root, scratch), options)}", flush=True)
            except Fault as fault:
                faults += 1
                print(f"{trial.__name__}: FAULT: {fault}", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
