"""Opens the report pages in a real browser: pages.py HOUSE DIVIDE

HOUSE holds Datasets, Pipelines and the Output of their runs; DIVIDE is the binary. Each page is opened on a phone's and
a desk's screen, light and dark, in three languages, with a script and without, and printed. It must ask for nothing,
complain of nothing, fit its screen, be ready in time, pass axe, and tell of its numbers what stands in the files.
With SCREENSHOTS=DIR what was seen is kept there.
"""

import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

house, divide = pathlib.Path(sys.argv[1]).resolve(), str(pathlib.Path(sys.argv[2]).resolve())
screenshots = os.environ.get("SCREENSHOTS")
# How long a page takes is told; it is a fault only where a limit is given, for a machine may be busy with something else.
READY = float(os.environ.get("READY_MILLISECONDS", "inf"))
SCRIPTS = {"en": re.compile("[A-Za-z]{4}"), "th": re.compile("[\u0e01-\u0e2e]{2}"), "lo": re.compile("[\u0e81-\u0eae]{2}")}
SCREENS = {"phone": (390, 844), "desk": (1280, 900)}
faults = []


def expect(holds, fault):
    if not holds:
        faults.append(fault)
        print(f"  {fault}", file=sys.stderr)


class Opened:
    """A page, and what it said and asked for."""

    def __init__(self, browser, path, language=None, size=(1280, 900), scheme="light", script=True):
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, java_script_enabled=script
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(120_000)
        self.said, self.requests = [], []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append("a dialog"), dialog.dismiss()))
        self.page.on("request", lambda request: self.requests.append(request.url))
        query = f"?lang={language}" if language else ""
        self.page.goto(f"file://{path}{query}")
        if script:
            # What is said of each number comes when the page stands.
            self.page.wait_for_function("() => !document.querySelector('[data-e]:not([role])')")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def expect_quiet(self, name):
        expect(not self.said, f"{name}: the page complains: {self.said[:3]}")
        expect(len(self.requests) == 1, f"{name}: the page asks for {self.requests[1:4]}")


def shown_languages(page):
    """How many elements in each language are laid out."""
    return page.evaluate(
        """() => Object.fromEntries(["en", "th", "lo"].map((code) => [code,
            [...document.querySelectorAll(`main span[lang=${code}], header span[lang=${code}], main tspan[lang=${code}]`)]
                .filter((element) => element.getClientRects().length > 0).length]))"""
    )


def try_screens(browser, name, path):
    for screen, size in SCREENS.items():
        for language in SCRIPTS:
            with Opened(browser, path, language, size) as opened:
                page, what = opened.page, f"{name}, {screen}, {language}"
                opened.expect_quiet(what)
                shown = shown_languages(page)
                expect(
                    shown[language] > 20 and all(shown[other] == 0 for other in SCRIPTS if other != language),
                    f"{what}: languages shown: {shown}",
                )
                expect(page.evaluate("document.documentElement.lang") == language, f"{what}: says another language")
                expect(SCRIPTS[language].search(page.locator("h1").inner_text()), f"{what}: the title is in another script")
                width = page.evaluate("document.documentElement.scrollWidth")
                expect(width <= size[0], f"{what}: {width} pixels wide")
                if screenshots:
                    page.screenshot(path=f"{screenshots}/{name}-{screen}-{language}.png", full_page=True)


def try_time(browser, name, path):
    times = []
    for _ in range(5):
        with Opened(browser, path) as opened:
            times.append(opened.page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart"))
    print(f"  {name}: {path.stat().st_size // 1000} kB, ready in {min(times):.0f} ms")
    expect(min(times) <= READY, f"{name}: ready in {min(times):.0f} ms, expected at most {READY:.0f}")
    expect(path.stat().st_size < 1_500_000, f"{name}: {path.stat().st_size} bytes, expected fewer than 1.5 MB")


def try_policy(browser, name, path):
    with Opened(browser, path) as opened:
        blocked = opened.page.evaluate(
            """async () => {
                const seen = [];
                addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
                const script = document.createElement("script");
                script.textContent = "window.ran = true";
                document.body.append(script);
                const style = document.createElement("style");
                style.textContent = "body { display: none }";
                document.body.append(style);
                const image = document.createElement("img");
                image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
                document.body.append(image);
                await fetch("data:text/plain,x").catch(() => {});
                await new Promise((done) => setTimeout(done, 200));
                return [seen, window.ran === undefined, getComputedStyle(document.body).display];
            }"""
        )
        kinds = " ".join(blocked[0])
        for directive in ["script-src", "style-src", "img-src", "connect-src"]:
            expect(directive in kinds, f"{name}: the policy lets a {directive} through: {blocked}")
        expect(blocked[1] and blocked[2] != "none", f"{name}: what is not the page's own ran: {blocked}")


def try_access(browser, name, path):
    for scheme in ["light", "dark"]:
        with Opened(browser, path, "en", scheme=scheme) as opened:
            # Rows of a table are alike: eight of each are judged, or contrast alone takes minutes.
            opened.page.evaluate(
                """() => {
                    document.querySelectorAll("details").forEach((details) => details.open = true);
                    document.querySelectorAll("tbody").forEach((body) => [...body.rows].slice(8).forEach((row) => row.remove()));
                }"""
            )
            found = Axe().run(
                opened.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
            ).response["violations"]
            told = [
                f"{violation['id']} x{len(violation['nodes'])}: {violation['nodes'][0]['html'][:160]}" for violation in found
            ]
            expect(not found, f"{name}, {scheme}: axe finds {told}")
            if screenshots and scheme == "dark":
                opened.page.screenshot(path=f"{screenshots}/{name}-dark.png", full_page=True)


def try_without_script(browser, name, path):
    with Opened(browser, path, script=False) as opened:
        page = opened.page
        opened.expect_quiet(f"{name}, without a script")
        first = page.locator("html").get_attribute("lang")
        other = "th" if first != "th" else "en"
        expect(page.locator(f"h1 span[lang={first}]").is_visible(), f"{name}: no {first} without a script")
        expect(not page.locator(f"h1 span[lang={other}]").is_visible(), f"{name}: {other} beside {first} without a script")
        maps = page.locator("#map .figure")
        if maps.count():
            visible = [maps.nth(index).is_visible() for index in range(maps.count())]
            expect(all(visible), f"{name}: {visible.count(False)} maps are hidden without a script")
        page.locator(f"label[for=l-{other}]").click()
        expect(page.locator(f"h1 span[lang={other}]").is_visible(), f"{name}: no switch without a script")
        expect(not page.locator(f"h1 span[lang={first}]").is_visible(), f"{name}: {first} stays without a script")


def try_numbers(browser, name, path):
    """A click, and Enter, on a number tell of a place in a file; Escape goes back to the number."""
    with Opened(browser, path, "en") as opened:
        page = opened.page
        panel = page.locator("#explain")
        numbers = page.locator(".headlines b[data-e]")
        if numbers.count() == 0:
            numbers = page.locator("main svg [data-e]")
        expect(numbers.count() > 0, f"{name}: no number can be asked")
        number = numbers.first
        number.click()
        expect(panel.is_visible(), f"{name}: a click on a number shows nothing")
        for _ in range(30):
            if panel.locator(".leaf").count():
                break
            closed = panel.locator("details:not([open]) > summary")
            if closed.count() == 0:
                break
            closed.first.click()
        expect(panel.locator(".leaf").count() > 0, f"{name}: no place in a file behind a number")
        if screenshots:
            page.screenshot(path=f"{screenshots}/{name}-explain.png")
        page.keyboard.press("Escape")
        expect(not panel.is_visible(), f"{name}: Escape does not close the panel")
        expect(page.evaluate("document.activeElement.dataset.e !== undefined"), f"{name}: the focus is lost")
        page.keyboard.press("Enter")
        expect(panel.is_visible(), f"{name}: Enter on a number shows nothing")
        page.keyboard.press("Escape")
        drawing = page.locator("svg.drawing:visible").filter(has=page.locator("[data-e]")).first
        marks = drawing.locator("[data-e]")
        if marks.count() > 1:
            marks.first.focus()
            page.keyboard.press("ArrowRight")
            expect(marks.nth(1).evaluate("mark => mark === document.activeElement"), f"{name}: arrows do not go on")
            spoken = marks.first.get_attribute("aria-label")
            expect(spoken is None or re.search("[0-9]", spoken), f"{name}: a mark says {spoken}")
        opened.expect_quiet(f"{name}, when asked")


def try_print(browser, name, path):
    with Opened(browser, path, "en") as opened:
        opened.page.emulate_media(media="print")
        expect(not opened.page.locator("nav").is_visible(), f"{name}: the contents are printed")
        maps = opened.page.locator("#map .figure")
        expect(
            all(maps.nth(index).is_visible() for index in range(maps.count())), f"{name}: not every map is printed"
        )
        pdf = opened.page.pdf(prefer_css_page_size=True)
        boxes = set(re.findall(rb"/MediaBox \[([0-9. ]+)\]", pdf))
        sizes = {tuple(round(float(number)) for number in box.split()) for box in boxes}
        expect(all(size[2:] in [(595, 842), (594, 842), (595, 841)] for size in sizes), f"{name}: pages of {sizes}")
        if screenshots:
            pathlib.Path(f"{screenshots}/{name}.pdf").write_bytes(pdf)


def cells_of(folder, table):
    with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def try_derivations(name, path, pipelines):
    """What the page says of its numbers, held against the CSV files of the run and those it was made of."""
    source = path.read_text(encoding="utf-8")
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', source, re.S).group(1))
    graph = data["nodes"]
    text, nodes = graph["s"], graph["n"]
    tables, roots, leaves = {}, 0, 0
    for root in graph["r"]:
        node = nodes[root]
        expect(node[1] >= 0, f"{name}: a number that nobody explains: {node}")
        table, column, keys = text[graph["t"][node[3]][0]], text[node[4]], [text[key] for key in node[5:]]
        names = [text[key] for key in graph["t"][node[3]][1:]]
        if table not in tables:
            rows = cells_of(path.parent, table)
            tables[table] = {tuple(row[key] for key in names): row for row in rows}
        row = tables[table].get(tuple(keys))
        value = None if row is None or row[column] == "" else row[column]
        told = None if node[0] is None else node[0]
        holds = row is not None and (value is None) == (told is None)
        if holds and told is not None:
            holds = float(value) == float(told) if isinstance(told, (int, float)) else value.lstrip("'") == told
        expect(holds, f"{name}: {table} {keys} {column}: the page says {told}, the file {value}")
        roots += 1
    expect_ways(name, graph)
    files = {}
    for node in nodes:
        if node[1] != -1 or node[4] == 0:
            continue
        file = (pipelines / text[node[2]]).resolve()
        if file.suffix != ".csv":
            continue
        if file not in files:
            try:
                content = file.read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError:
                continue
            reader = csv.reader(content.splitlines(keepends=True))
            lines, line = {}, 1
            for record in reader:
                lines[line] = record
                line = reader.line_num + 1
            files[file] = lines
        record = files[file].get(node[3], [])
        found = record[node[4] - 1].strip() if node[4] <= len(record) else None
        expect(found == text[node[6]].strip(), f"{name}: {file.name}:{node[3]}, field {node[4]}: {found}, not {text[node[6]]}")
        leaves += 1
    expect(roots > 100, f"{name}: only {roots} numbers can be asked")
    print(f"  {name}: {roots} numbers are those of the run's CSV files, {leaves} cells those of the inputs")


def expect_ways(name, graph):
    """From each number a way leads down to a line of a file, however much else there was no room for."""
    nodes, lists = graph["n"], graph["i"]

    def inputs(node):
        entries = lists[node[2]] if node[1] != -1 and node[2] >= 0 else []
        at = 0
        for distance in entries[2 : len(entries) - len(entries) % 3 : 3]:
            at += distance
            yield at

    reached = {index: node[1] == -1 for index, node in enumerate(nodes)}
    parents = {}
    for index, node in enumerate(nodes):
        for below in inputs(node):
            parents.setdefault(below, []).append(index)
    waiting = [index for index, holds in reached.items() if holds]
    while waiting:
        for parent in parents.get(waiting.pop(), []):
            if not reached[parent]:
                reached[parent] = True
                waiting.append(parent)
    ends = [root for root in graph["r"] if not reached[root]]
    expect(not ends, f"{name}: {len(ends)} numbers lead to no file: {[nodes[root] for root in ends[:3]]}")


HOSTILE = {
    "title": "</title><script>window.ran=1</script>=HYPERLINK(\"http://x\") \u202e" + "very long " * 500,
    "place": "<script>window.ran=1</script>",
    "unit": "<img src=x onerror=window.ran=1>",
}


def try_hostile(browser, folder):
    """Names that would like to be markup, formulas or the other way round are names."""
    folder.mkdir()
    (folder / "places.csv").write_text(
        "code,country,level,parent,name_en,name_th,name_lo,region,area_km2,national_code,pcode,label_lat,label_lon,neighbours\n"
        'TH,TH,country,,"<b>Thailand</b>",ไทย,ໄທ,,,,,,,\nLA,LA,country,,"=HYPERLINK(""http://x"")",\u202eลาว,ລາວ,,,,,,,\n'
        + "".join(
            f'{country}-{number},{country},province,{country},"{HOSTILE["place"]} {country}{number}",\u2066ก{number},ກ{number},,,,,,,\n'
            for country in ["TH", "LA"]
            for number in range(1, 13)
        ),
        encoding="utf-8",
    )
    (folder / "catalogue.yaml").write_text(
        "indicators:\n  - id: users\n    topic: inclusion\n    basis: memorandum\n    names: {en: '\"><svg onload=window.ran=1>', th: '&amp;ก', lo: 'ກ'}\n"
        f"    unit: '{HOSTILE['unit']}'\n    kind: rate\n    direction: higher\n    definition: {{en: x}}\n",
        encoding="utf-8",
    )
    rows = [
        f"{country}-{number},{year},{number * 3 + year - 2020}"
        for country in ["TH", "LA"]
        for number in range(1, 13)
        for year in [2020, 2021, 2022]
    ]
    (folder / "users.csv").write_text("place,year,value\n" + "\n".join(rows) + "\n", encoding="utf-8")
    (folder / "pipeline.yaml").write_text(
        "pipeline: hostile\n"
        + f"title: {{en: {json.dumps(HOSTILE['title'])}, th: 'ก', lo: 'ກ'}}\n"
        + "gazetteer: {places: places.csv}\ncatalogue: catalogue.yaml\nas_of: 2026-01-01\n"
        + "sources:\n  - {file: users.csv, grade: illustrative, layout: {form: long, place: place, year: year, value: value}, indicator: users}\n"
        + "compare: {metrics: [gaps]}\n"
        + "checks:\n  - {metric: gaps.parity, select: {year: latest}, warn_if: '< 0.9', message: '<script>window.ran=1</script>', owner: '</td><td>'}\n"
        + "publish: {to: out, formats: [csv, html], languages: [en, th, lo]}\n",
        encoding="utf-8",
    )
    done = subprocess.run([divide, "run", folder / "pipeline.yaml"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    expect(done.returncode in (0, 1), f"hostile: {done.returncode}: {done.stderr[-400:]}")
    path = folder / "out" / "report.html"
    if not path.exists():
        return
    for screen, size in SCREENS.items():
        with Opened(browser, path, size=size) as opened:
            opened.expect_quiet(f"hostile, {screen}")
            expect(opened.page.evaluate("window.ran === undefined"), "hostile: a name ran as a script")
            width = opened.page.evaluate("document.documentElement.scrollWidth")
            expect(width <= size[0], f"hostile, {screen}: {width} pixels wide")
            count = opened.page.evaluate("document.querySelectorAll('script').length")
            expect(count == 2, f"hostile: {count} scripts")
            names = opened.page.locator("#map").inner_text() if opened.page.locator("#map").count() else ""
            opened.page.locator("[data-e]:visible").first.click()
            expect(opened.page.evaluate("window.ran === undefined"), "hostile: a name ran when it was asked")
    shutil.rmtree(folder)


def main():
    # Those of the pipelines that are shipped; others try spellings of the CSV.
    pages = [
        path
        for path in sorted((house / "Output").glob("[!.]*/report.html"))
        if (house / "Pipelines" / f"{path.parent.name}.yaml").exists()
    ]
    expect(pages, "no pages")
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for path in pages:
            name = path.parent.name
            for attempt in [try_screens, try_time, try_policy, try_access, try_without_script, try_numbers, try_print]:
                attempt(browser, name, path)
            try_derivations(name, path, house / "Pipelines")
        try_hostile(browser, house / "hostile")
        browser.close()
    if faults:
        print(f"{len(faults)} faults in the pages.", file=sys.stderr)
        sys.exit(1)
    print(f"{len(pages)} pages hold in the browser")


main()
