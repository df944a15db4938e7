"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  // What stands behind the numbers is some hundred kilobytes: read when a number is asked, or when there is time.
  let data, graph;
  const read = () => {
    if (data === undefined) graph = (data = JSON.parse(document.getElementById("data").textContent)) && data.nodes;
    return graph;
  };
  const languages = ["en", "th", "lo"];
  const language = () => Math.max(0, languages.indexOf(root.lang));

  // Languages: the style sheet goes by the language of the root, and asks the buttons only where no script runs.
  const buttons = [...document.querySelectorAll("input[name=language]")];
  const remembered = () => { try { return localStorage.getItem("divide-language"); } catch { return null; } };
  const titles = Object.fromEntries(buttons.map((button) => {
    const span = document.querySelector(`h1 span[lang="${button.value}"]`);
    return [button.value, span ? span.textContent.slice(0, 120) : document.title];
  }));
  const say = (code) => {
    if (root.lang !== code) root.lang = code;
    document.title = titles[code] || document.title;
    for (const option of document.querySelectorAll("option[data-figure]")) option.textContent = headline(option.dataset.figure);
    speak();
  };
  const choice = new URLSearchParams(location.search).get("lang") || remembered();
  const chosen = buttons.find((button) => button.value === choice);
  if (chosen) chosen.checked = true;
  for (const button of buttons) button.addEventListener("change", () => {
    try { localStorage.setItem("divide-language", button.value); } catch { /* a page opened from a file may not keep anything */ }
    say(button.value);
  });

  const textIn = (element) => {
    const span = element.querySelector(`:scope > span[lang="${root.lang}"]`);
    return (span || element).textContent;
  };
  const headline = (id) => textIn(document.getElementById(`${id}-title`));

  // Maps: all of them without a script; one at a time, and large, with it.
  const maps = document.getElementById("map");
  const figures = maps ? [...maps.querySelectorAll(".figure")] : [];
  if (figures.length > 1) {
    const chooser = document.createElement("p"), select = document.createElement("select");
    chooser.className = "chooser";
    select.setAttribute("aria-labelledby", "map-title");
    for (const figure of figures) {
      const option = document.createElement("option");
      option.value = option.dataset.figure = figure.id;
      select.append(option);
    }
    const show = () => { for (const figure of figures) figure.classList.toggle("on", figure.id === select.value); };
    select.addEventListener("change", show);
    chooser.append(select);
    maps.querySelector(".figures").before(chooser);
    maps.classList.add("chosen");
    show();
  }

  // Numbers: each can be asked where it comes from.
  const marks = [...document.querySelectorAll("[data-e]")];
  const name = (code) => (data.places[code] || [])[language()] || code;
  const word = (key, otherwise) => (data.words[key] || [])[language()] || otherwise || key;
  const text = (position) => graph.s[position];
  const nodeOf = (mark) => graph.r[mark.dataset.e];
  const amount = (value) => value === null ? word("explain.empty") : String(value);
  const keysOf = (node) => graph.t[node[3]].slice(1).map((column, index) => [text(column), text(node[5 + index])]);
  const spoken = (mark) => {
    const node = graph.n[nodeOf(mark)];
    if (!node || node.length < 5 || node[1] === -1) return mark.textContent;
    const keys = Object.fromEntries(keysOf(node));
    const places = [keys.place, keys.place_reference, keys.place_other, keys.country].filter(Boolean).map(name);
    return [...places, keys.year || keys.year_other].filter(Boolean).join(", ") + ": " + amount(node[0]);
  };
  // Each gets its part and what is said of it when the page stands and there is time, a few at a time.
  const whenIdle = window.requestIdleCallback || ((work) => setTimeout(() => work({ timeRemaining: () => 0 })));
  const met = new Set();
  let turn = 0;
  function speak() {
    const mine = ++turn;
    let next = 0;
    const go = (deadline) => {
      if (mine !== turn || !read()) return;
      for (let count = 0; next < marks.length && (count < 20 || deadline.timeRemaining() > 2); count++) prepare(marks[next++]);
      if (next < marks.length) whenIdle(go);
    };
    whenIdle(go);
  }
  function prepare(mark) {
    if (mark.ownerSVGElement && mark.tagName !== "text") mark.setAttribute("aria-label", spoken(mark));
    if (mark.hasAttribute("role")) return;
    mark.setAttribute("role", "button");
    const drawing = mark.closest(".map, .drawing");
    // One stop of the tabulator for each drawing; arrows go on from there.
    mark.setAttribute("tabindex", drawing && met.has(drawing) ? "-1" : "0");
    if (drawing) met.add(drawing);
  }
  if (marks.length) {
    document.addEventListener("click", (event) => {
      const mark = event.target.closest("[data-e]");
      if (mark) ask(mark);
    });
    document.addEventListener("keydown", (event) => {
      const mark = event.target.closest && event.target.closest("[data-e]");
      if (!mark) return;
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); ask(mark); return; }
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const drawing = mark.closest(".drawing");
      if (!step || !drawing) return;
      event.preventDefault();
      const all = [...drawing.querySelectorAll("[data-e]")];
      const next = all[(all.indexOf(mark) + step + all.length) % all.length];
      mark.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  }
  say(chosen ? chosen.value : (buttons.find((button) => button.checked) || {}).value || root.lang);

  // The panel.
  const panel = document.getElementById("explain"), body = document.getElementById("explain-body");
  document.getElementById("explain-close").addEventListener("click", () => panel.close());
  panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });
  const element = (tag, className, ...content) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...content);
    return made;
  };
  const english = (tag, className, content) => {
    const made = element(tag, className, content);
    made.lang = "en";
    return made;
  };
  function ask(mark) {
    if (!read()) return;
    const number = nodeOf(mark);
    if (number === undefined || number < 0) return;
    body.replaceChildren(...whole(number));
    if (!panel.open) panel.showModal();
    body.scrollTop = 0;
  }
  const address = (node) => {
    if (isLeaf(node) || node.length < 5) return "";
    const escaped = (value) => value.replace(/[\\,:]/g, "\\$&");
    return text(graph.t[node[3]][0]) + ":" + keysOf(node).map(([key, value]) => `${key}=${escaped(value)}`).join(",") + ":" + text(node[4]);
  };
  const isLeaf = (node) => node[1] === -1;
  const leaf = (node) => {
    const [value, , file, line, field, column, found] = node;
    const parts = [text(file)];
    if (line) parts.push(`${word("explain.line")} ${line}`);
    if (field) parts.push(`${word("explain.column")} ${field}${text(column) ? ` (${text(column)})` : ""}`);
    return element("span", "leaf", parts.join(", ") + ": ", element("q", "", text(found)));
  };
  const inputsOf = (node) => {
    const list = node[2] >= 0 ? graph.i[node[2]] : [], inputs = [];
    for (let index = 0, at = 0; index + 2 < list.length; index += 3) inputs.push({ role: text(list[index]), subject: text(list[index + 1]), node: at += list[index + 2] });
    return inputs;
  };
  const omittedOf = (node) => { const list = node[2] >= 0 ? graph.i[node[2]] : []; return list.length % 3 ? list[list.length - 1] : 0; };
  // What there was no room for the command tells: of the cell, or of the one that a value on the way belongs to.
  const command = (where) => element("p", "aside", element("code", "", `divide explain ${data.file} '${where.replace(/'/g, "'\\''")}'`));
  const how = (node) => {
    const made = [];
    if (node[1] < 0 || isLeaf(node)) return made;
    const [[rule, statement], parameters, decisions] = graph.d[node[1]];
    const known = data.words["rule." + text(rule)];
    if (known) made.push(element("p", "statement", element("strong", "", known[language()])));
    made.push(english("p", "statement", text(statement)));
    for (const list of [parameters, decisions]) {
      for (let index = 0; index < list.length; index += 2) made.push(english("p", "aside", `${text(list[index])}: ${text(list[index + 1])}`));
    }
    return made;
  };
  const branch = (input, from) => {
    const node = graph.n[input.node];
    const role = word("explain.role." + input.role, input.role) + (input.subject ? ` (${name(input.subject)})` : "") + ": ";
    if (isLeaf(node)) return element("li", "", role, leaf(node));
    const details = element("details", ""), summary = element("summary", "", role, element("b", "", amount(node[0])));
    const where = address(node);
    if (where) summary.append(" ", element("small", "", where));
    details.append(summary);
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 1) details.append(...how(node), ...below(node, where || from));
    });
    return element("li", "", details);
  };
  const below = (node, from) => {
    if (node[2] === -2) return [element("p", "aside", word("explain.cut")), command(from)];
    const inputs = inputsOf(node), omitted = omittedOf(node), made = [];
    if (omitted) made.push(element("p", "aside", word("explain.more").replace("{count}", omitted)), command(from));
    if (!inputs.length) return made;
    const list = element("ul", "");
    // Hundreds of weights are made when they are wanted.
    const limit = 40;
    list.append(...inputs.slice(0, limit).map((input) => branch(input, from)));
    if (inputs.length > limit) {
      const more = element("button", "", `+${inputs.length - limit}`);
      more.type = "button";
      more.addEventListener("click", () => more.parentElement.replaceWith(...inputs.slice(limit).map((input) => branch(input, from))));
      list.append(element("li", "", more));
    }
    return [list, ...made];
  };
  const whole = (number) => {
    const node = graph.n[number], made = [element("p", "amount", amount(node[0]))];
    const where = address(node);
    if (where) made.push(element("p", "address", element("code", "", where)));
    if (where) {
      const keys = Object.fromEntries(keysOf(node));
      const places = [keys.place, keys.place_reference, keys.place_other].filter(Boolean).map(name);
      if (places.length) made.push(element("p", "aside", places.join(" – ")));
    }
    if (isLeaf(node)) return [...made, leaf(node)];
    made.push(...how(node));
    const inputs = inputsOf(node);
    if (inputs.length) made.push(element("p", "trail", element("strong", "", word("explain.from"))));
    made.push(...below(node, where));
    // A single input is opened at once: one click from a number to its file.
    setTimeout(() => {
      let open = body.querySelectorAll(":scope > ul > li > details");
      if (open.length && open.length <= 2) for (const details of open) details.open = true;
    });
    return made;
  };
})();
