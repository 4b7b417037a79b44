/* SPDX-License-Identifier: MIT
 * Sorting, a filter, names that can be hidden, and the words for a cell. Without this script the page is complete. */
(function () {
  "use strict";
  const table = document.querySelector(".matrix");
  if (!table)
    return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const heads = [...Array.from(table.tHead.rows[0].cells).slice(0, 2), ...table.tHead.rows[1].cells];
  const order = {f: 0, e: 1, i: 2, s: 3, "": 4};
  const words = {f: "failed", e: "error of the grader", i: "inconclusive", s: "skipped", "": "passed"};
  const tools = document.getElementById("tools");
  let hidden = false;

  function make(name, properties, children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...(children || []));
    return element;
  }

  /* What a row is called: a name, or a number that says nothing of the name. */
  const students = new Map(rows.map((row) => [row, {
    who: row.querySelector(".who"), why: row.querySelector(".why"), number: 0,
    label: make("span", {hidden: true}),
    codes: Array.from(new Set(Array.from(row.querySelectorAll("td[title]"), (cell) => cell.title))).join(" "),
  }]));
  for (const student of students.values())
    student.who.after(student.label);
  function nameOf(row) {
    const student = students.get(row);
    return hidden ? student.label.textContent : student.who.textContent;
  }

  /* --- the order --- */
  let sorted = {column: 0, down: false};
  const plain = new Intl.Collator(undefined, {numeric: true, sensitivity: "base"});

  /* The graded before the others, whichever way. */
  function keyOf(row, column) {
    const cell = row.cells[column];
    if (column === 0)
      return {last: false, text: hidden ? "" : nameOf(row), number: hidden ? students.get(row).number : 0};
    if (!cell || cell.classList.contains("n") || !cell.textContent)
      return {last: true, text: "", number: 0};
    if (column > 1)
      return {last: false, text: cell.title, number: order[cell.className.replace("here", "").trim()]};
    const [points, most] = cell.textContent.split(" of ").map(Number);
    return {last: false, text: "", number: most ? points - most / 1e9 : points};
  }
  function sort() {
    const {column, down} = sorted;
    const keys = new Map(rows.map((row) => [row, keyOf(row, column)]));
    const way = down ? -1 : 1;
    rows.sort((a, b) => {
      const one = keys.get(a), other = keys.get(b);
      return one.last - other.last || way * (one.number - other.number || plain.compare(one.text, other.text));
    });
    body.append(...rows);
    heads.forEach((head, i) => {
      if (i === column)
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else
        head.removeAttribute("aria-sort");
    });
  }
  heads.forEach((head, column) => {
    const button = make("button", {type: "button"}, [...head.childNodes]);
    head.append(button);
    button.addEventListener("click", () => {
      sorted = {column, down: sorted.column === column ? !sorted.down : column === 1};
      sort();
    });
  });
  heads[0].setAttribute("aria-sort", "ascending");

  /* --- the filter --- */
  const text = make("input", {type: "search", id: "filter", autocomplete: "off", spellcheck: false,
                              title: "parts of a name, an id or a diagnosis"});
  const count = make("output", {});
  count.setAttribute("for", "filter");
  function filter() {
    const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const all = (nameOf(row) + " " + students.get(row).codes).toLowerCase();
      row.hidden = !wanted.every((word) => all.includes(word));
      shown += !row.hidden;
    }
    count.value = wanted.length ? shown + " of " + rows.length + " submissions" : "";
  }
  text.addEventListener("input", filter);

  /* --- names --- */
  const hide = make("button", {type: "button", id: "hide"}, ["hide names", make("kbd", {ariaHidden: "true"}, ["n"])]);
  hide.setAttribute("aria-pressed", "false");
  hide.setAttribute("aria-keyshortcuts", "n");
  function deal() {
    const numbers = rows.map((_, i) => i + 1);
    for (let i = numbers.length - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      [numbers[i], numbers[j]] = [numbers[j], numbers[i]];
    }
    rows.forEach((row, i) => {
      const student = students.get(row);
      student.number = numbers[i];
      student.label.textContent = "student " + numbers[i];
    });
  }
  function hideNames() {
    hidden = !hidden;
    if (hidden)
      deal();
    for (const student of students.values()) {
      student.who.hidden = hidden;
      student.label.hidden = !hidden;
      if (student.why)
        student.why.hidden = hidden;
    }
    hide.setAttribute("aria-pressed", String(hidden));
    where.value = "";
    text.value = "";
    filter();
    if (hidden) /* whatever the order was, equal rows keep none of it */
      rows.sort((a, b) => students.get(a).number - students.get(b).number);
    sort();
  }
  hide.addEventListener("click", hideNames);

  /* --- the words for a cell: under the pointer, touched, or reached by the arrows --- */
  const scroll = table.parentElement;
  const where = make("output", {id: "where"});
  let here = null;
  function tell(cell) {
    const row = cell.parentElement, column = cell.cellIndex;
    if (row.parentElement !== body || column < 2 || cell.colSpan > 1 || !cell.textContent)
      return;
    const how = words[cell.className.replace("here", "").trim()];
    where.value = nameOf(row) + " · " + heads[column].title + " · " + how + (cell.title ? ": " + cell.title : "");
  }
  function mark(cell) {
    if (here)
      here.classList.remove("here");
    here = cell;
    cell.classList.add("here");
    cell.scrollIntoView({block: "nearest", inline: "nearest"});
    tell(cell);
  }
  table.addEventListener("pointermove", (event) => {
    const cell = event.target.closest("td");
    if (cell)
      tell(cell);
  });
  const steps = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]};
  scroll.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step || event.target !== scroll || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const shown = rows.filter((row) => !row.hidden && row.cells.length > 2);
    if (!shown.length)
      return;
    event.preventDefault();
    const at = here ? shown.indexOf(here.parentElement) : -1;
    if (at < 0) {
      mark(shown[0].cells[2]);
      return;
    }
    const row = shown[Math.max(0, Math.min(shown.length - 1, at + step[0]))];
    mark(row.cells[Math.max(2, Math.min(row.cells.length - 1, here.cellIndex + step[1]))]);
  });
  scroll.after(where);

  tools.setAttribute("role", "search");
  tools.setAttribute("aria-label", "Submissions");
  tools.append(make("label", {}, ["filter", text]), hide, count);
  tools.hidden = false;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey)
      return;
    if (event.key === "Escape" && event.target === text) {
      text.value = "";
      filter();
    } else if (event.target !== text && event.key === "/") {
      event.preventDefault();
      text.focus();
    } else if (event.target !== text && event.key.toLowerCase() === "n") {
      hideNames();
    }
  });
  /* A page that is opened before a class: class.html#names-hidden. */
  if (location.hash === "#names-hidden")
    hideNames();
})();
