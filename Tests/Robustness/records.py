"""Gives `divide records` what no file of records should be, and asks it to end while it reads.

    records.py DIVIDE [--megabytes N]

Prints a line for each trial and ends with 1 where one found a fault: another exit code than told, a message without a
place, something half-written, or more memory than a few buffers take. `--megabytes` is how long the long inputs are:
64 by default, 1024 for what is promised.
"""

import argparse
import gzip
import os
import pathlib
import pty
import re
import signal
import subprocess
import sys
import tempfile
import time

BASIC = ["--group-by", "p", "--measure", "n=count()", "--measure", "m=mean(y)", "--minimum-records", "0"]
faults = 0


def say(trial, fault):
    global faults
    faults += fault is not None
    print(f"{trial}: {fault or 'as it should be'}", flush=True)


def run(divide, *words, stdin=None):
    """Exit code, standard output, standard error, and the most memory in MiB."""
    process = subprocess.Popen([divide, "records", *map(str, words)], stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = process.communicate()
    return process.returncode, out.decode(), err.decode()


def memory(divide, *words):
    process = subprocess.Popen([divide, "records", *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_maxrss / 1024


def refused(divide, trial, path, *parts, words=()):
    code, out, err = run(divide, path, *BASIC, *words)
    missing = [part for part in parts if part not in err]
    if code != 2:
        say(trial, f"ended with {code}")
    elif out:
        say(trial, "printed a result all the same")
    elif missing:
        say(trial, f"{missing} is not in: {err.strip()[:400]}")
    else:
        say(trial, None)


def write(path, *parts):
    with open(path, "wb") as file:
        for part in parts:
            file.write(part)


def bad_inputs(divide, folder, megabytes):
    block = b"x" * (1 << 20)
    path = folder / "line.csv"
    with open(path, "wb") as file:
        file.write(b"p,y\nA,1\nB,")
        for _ in range(megabytes):
            file.write(block)
    refused(divide, f"{megabytes} MiB without a line break", path, "line.csv:3:", "too long", "at most 16777216 bytes")
    code, peak = memory(divide, path, *BASIC)
    say("the memory of that", None if peak < 128 else f"{peak:.0f} MiB")

    with open(path, "wb") as file:
        file.write(b'p,y\nA,1\n"B')
        for _ in range(megabytes):
            file.write(block[:-1] + b"\n")
    refused(divide, f"{megabytes} MiB in a quote that is not closed", path, "line.csv:3:", "too long")

    write(path, b",".join(b"c%d" % n for n in range(100_000)), b"\n", b",".join([b"1"] * 100_000), b"\n")
    refused(divide, "100,000 columns", path, "line.csv:1", "too many columns", "16384")
    write(path, b"p,y,y\nA,1,2\n")
    refused(divide, "a name twice in the header", path, "2 columns `y`")
    write(path, b"p,y\nA,1,2\n")
    refused(divide, "a ragged row", path, "record 2", "3 fields")
    write(path, b'p,y\nA,1"2\n')
    refused(divide, "a quote in the middle of a field", path, "line.csv:2:4", "quote")
    write(path, b"p,y\nA,\x001\n")
    refused(divide, "a NUL", path, "line.csv:2:3", "NUL")
    write(path, b"p,y\nA,\xff\n")
    refused(divide, "what is no UTF-8", path, "line.csv:2:3", "UTF-8")
    write(path, b"")
    refused(divide, "an empty file", path, "empty")
    refused(divide, "no file", folder / "none.csv", "does not exist")
    refused(divide, "a folder", folder, "not a file")

    write(path, b"p,y\rA,1\rA,3\r")
    code, out, err = run(divide, path, *BASIC)
    say("CR alone ends a line", None if code == 0 and "A,m,2," in out else f"{code}: {out} {err}")

    rows = b"".join(b"k%d,1\n" % n for n in range(1_000_001))
    write(path, b"p,y\n", rows)
    refused(divide, "a million groups and one", path, "too many groups", "at most 1000000", "limit")
    packed = gzip.compress(rows, 1)
    write(path, gzip.compress(b"p,y\n"), packed[: len(packed) // 2])
    refused(divide, "a gzip that ends early", path, "line.csv", "end too early")
    write(path, gzip.compress(b"p,y\n"), packed[:1000], b"\xff" * 1000, packed[2000:])
    refused(divide, "a gzip that is damaged", path, "line.csv", "damaged")


def wait_until_read(process, count):
    """Until the process has read so many bytes, or has ended: how long it takes to start is the machine's affair."""
    while process.poll() is None:
        try:
            taken = re.search(r"rchar: (\d+)", pathlib.Path(f"/proc/{process.pid}/io").read_text())
        except OSError:
            return
        if int(taken[1]) >= count:
            return
        time.sleep(0.002)


def changing(divide, folder, megabytes):
    for name, change in [("grows", lambda file: file.write(b"A,1\n")), ("shrinks", lambda file: file.truncate(1 << 20))]:
        path = folder / "changing.csv"
        with open(path, "wb") as file:
            file.write(b"p,y\n")
            block = b"".join(b"P%d,%d\n" % (n % 77, n) for n in range(200_000))
            for _ in range(max(4, megabytes * 4)):
                file.write(block)
        process = subprocess.Popen([divide, "records", path, *BASIC], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        wait_until_read(process, 1 << 20)
        with open(path, "r+b") as file:
            file.seek(0, os.SEEK_END)
            change(file)
        out, err = process.communicate()
        isTold = process.returncode == 2 and b"changed while it was read" in err and not out
        say(f"a file that {name} while it is read", None if isTold else f"{process.returncode}: {err.decode()[:200]}")


def signals(divide, folder):
    """While it waits for a pipe, and while it reads: the code is that of the signal, and nothing new lies there."""
    for name, code in [(signal.SIGTERM, 143), (signal.SIGINT, 130)]:
        for pause in (0.1, 0.3):
            rejects = folder / "rejects.csv"
            rejects.write_text("as it was\n")
            read, write_end = os.pipe()
            words = [divide, "records", "-", *BASIC, "--rejects", rejects]
            process = subprocess.Popen(words, stdin=read, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            os.close(read)
            os.write(write_end, b"p,y\n" + b"A,1\nA,x\n" * 5_000)
            time.sleep(pause)
            asked = time.monotonic()
            process.send_signal(name)
            out, err = process.communicate()
            took = time.monotonic() - asked
            os.close(write_end)
            left = sorted(path.name for path in folder.iterdir() if path.name.startswith((".", "rejects")))
            fault = None
            if process.returncode != code:
                fault = f"ended with {process.returncode}"
            elif took > 1:
                fault = f"took {took:.1f} s"
            elif out or left != ["rejects.csv"] or rejects.read_text() != "as it was\n":
                fault = f"left {left} and {len(out)} bytes of a result"
            say(f"{name.name} after {pause} s", fault)


def rejects(divide, folder):
    path, list_path = folder / "odd.csv", folder / "list.csv"
    write(path, b'p,y\nA,1\n"B ""b""",x\nC\nA,3\n')
    code, out, err = run(divide, path, *BASIC, "--rejects", list_path)
    lines = list_path.read_text().splitlines()
    expected = [
        "file,record,byte,code,column,found,expected,text",
        f'{path},3,8,not-a-number,y,x,"a number of at most 36 digits, or nothing","""B """"b"""""",x"',
        f"{path},4,20,ragged-record,,1 fields,2 fields as the header has,C",
    ]
    say("rejected records as they were written", None if code == 0 and lines == expected else f"{code}: {lines} {err}")


def progress(divide, folder):
    """On a terminal, a bar with a rate and the time left."""
    path = folder / "long.csv"
    with open(path, "wb") as file:
        file.write(b"p,y,w\n")
        block = b"".join(b"P%d,%d,%d.5\n" % (n % 77, n, n % 1000) for n in range(200_000))
        for _ in range(150):
            file.write(block)
    master, slave = pty.openpty()
    words = [divide, "records", path, *BASIC, "--measure", "q=median(y)"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=slave, env={**os.environ, "TERM": "xterm"})
    os.close(slave)
    shown = b""
    try:
        while block := os.read(master, 65536):
            shown += block
    except OSError:
        pass
    os.close(master)
    code = process.wait()
    lines = re.findall(rb"at work for \d+ s; \[=* *\] \d+ %, \d+ records, \d+ MB/s, \d+ s left", shown)
    # The bar is gone before the account is printed, and nothing is drawn after it.
    wiped = b"s left" not in shown.rpartition(b"\r\x1b[K")[2] and b" records read = " in shown.rpartition(b"\r\x1b[K")[2]
    say("a bar on a terminal", None if code == 0 and lines and wiped else f"{code}: {shown[:300]!r}")


parser = argparse.ArgumentParser()
parser.add_argument("divide")
parser.add_argument("--megabytes", type=int, default=64)
given = parser.parse_args()
with tempfile.TemporaryDirectory() as scratch:
    place = pathlib.Path(scratch)
    binary = os.path.abspath(given.divide)
    bad_inputs(binary, place, given.megabytes)
    changing(binary, place, given.megabytes)
    signals(binary, place)
    rejects(binary, place)
    progress(binary, place)
sys.exit(1 if faults else 0)
