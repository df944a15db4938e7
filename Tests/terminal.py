"""Runs `divide` on a terminal, as people do, and off one, as programs do.

    terminal.py HOUSE DIVIDE

Called by Tests/run, with a HOUSE that holds Datasets, Pipelines and the Output of a run.
"""

import fcntl
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import termios
import time
import unicodedata

ESCAPE = re.compile(rb"\x1b\[[0-9;]*[mK]")
TIMES = re.compile(rb"[0-9.]+ ms")


def on_terminal(command, width=None, **environment):
    """What comes out on a terminal, standard error too."""
    master, slave = pty.openpty()
    if width:
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    child = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env={**os.environ, "TERM": "xterm", **environment}
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            block = os.read(master, 65536)
        except OSError:
            break
        if not block:
            break
        shown += block
    os.close(master)
    return child.wait(), shown


def off_terminal(command):
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


def faults(house, divide):
    run = [divide, "run", house / "Pipelines" / "thailand-laos.yaml", "--force"]
    code, out, err = off_terminal(run)
    if b"\x1b" in out + err or b"\r" in out + err:
        yield "off a terminal there is colour or a progress line"
    if b"widest gaps first" not in out or b"widest gaps first" in err:
        yield "the table of gaps is not on standard output alone"
    if os.environ.get("NO_COLOR"):
        yield "NO_COLOR is set: nothing can be told of colour"
    shown = {name: on_terminal(run, **given) for name, given in ENVIRONMENTS.items()}
    for name, (ended, text) in shown.items():
        if ended != code:
            yield f"{name}: ended with {ended}, not {code}"
        plain = re.sub(rb"\r\x1b\[Kat work[^\r\n]*|\r\x1b\[K", b"", text)
        told = TIMES.sub(b"", ESCAPE.sub(b"", plain)).replace(b"\r\n", b"\n")
        for line in out.splitlines():
            if TIMES.sub(b"", line) not in told:
                yield f"{name}: not shown: {line.decode()}"
    if b"\x1b[33mwarn\x1b[0m" not in shown["colour"][1]:
        yield "on a terminal a warning has no colour"
    for name in ("no colour", "dumb"):
        if b"m" in b"".join(re.findall(rb"\x1b\[[0-9;]*[mK]", shown[name][1])):
            yield f"{name}: there is colour"
    if b"\x1b" in shown["dumb"][1]:
        yield "a dumb terminal is sent an escape"
    yield from faults_of_progress(house, divide)


ENVIRONMENTS = {"colour": {}, "no colour": {"NO_COLOR": "1"}, "dumb": {"TERM": "dumb"}}


def faults_of_progress(house, divide):
    """A run that waits for its pipeline's lock takes as long as one likes."""
    pipeline = house / "Pipelines" / "thailand-laos.yaml"
    holder = subprocess.Popen(["flock", house / "Output" / ".thailand-laos.lock", "sleep", "2"])
    time.sleep(0.3)
    command = [divide, "run", pipeline, "--force", "--wait", "60"]
    ended, shown = on_terminal(command)
    holder.wait()
    if b"\rx" in shown or not re.search(rb"\r\x1b\[Kat work for [1-9][0-9]* s", shown):
        yield f"a run of over a second shows no progress: {shown[:200]}"
    if not re.search(rb"\r\x1b\[K[^a\r]", shown):
        yield "the progress line is not taken away"
    quiet = on_terminal(command[:4] + ["--quiet"])[1]
    if b"at work" in quiet:
        yield "--quiet shows progress"
    machine = on_terminal(command[:4] + ["--log-format", "json"])[1]
    if b"at work" in machine:
        yield "--log-format json shows progress"


def cells(line):
    """How many cells of a terminal a line takes: none for combining marks."""
    return sum(unicodedata.category(letter) not in ("Mn", "Me", "Cf", "Cc") for letter in line)


def faults_of_show(house, divide):
    """No line is wider than the terminal, in any language, and every figure is there."""
    pipeline = ["--pipeline", house / "Pipelines" / "three-indicators.yaml", "--quiet"]
    for question in (["nong-khai", "vientiane-capital"], ["หนองคาย"], ["digital_literacy"]):
        for language in ("en", "th", "lo"):
            whole = off_terminal([divide, "show", *question, *pipeline, "--language", language])[1].decode()
            figures = sorted(re.findall(r"[0-9.]+\*", whole))
            if not figures or "illustrative" not in whole:
                yield f"show {question} in {language}: no made-up figure, or nothing says so: {whole[:300]}"
            for width in (60, 80, 120):
                code, shown = on_terminal([divide, "show", *question, *pipeline, "--language", language], width)
                lines = shown.decode().replace("\r\n", "\n").splitlines()
                widest = max(map(cells, lines), default=0)
                if code != 0 or widest > width:
                    yield f"show {question} in {language}: a line of {widest} cells on a terminal of {width}, exit {code}"
                if sorted(re.findall(r"[0-9.]+\*", "\n".join(lines))) != figures:
                    yield f"show {question} in {language}: other figures on a terminal of {width}"


def main(house, divide):
    found = list(faults(house, divide)) + list(faults_of_show(house, divide))
    for fault in found:
        print(fault, file=sys.stderr)
    print(f"runs on terminals watched, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*map(pathlib.Path, sys.argv[1:])))
