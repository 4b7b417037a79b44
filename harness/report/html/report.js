/* SPDX-License-Identifier: MIT
 * Search, and failed cases only. Without this script all is shown. Its words are in the page. */
(function () {
  "use strict";
  const items = Array.from(document.querySelectorAll(".cases > li"));
  const whys = Array.from(document.querySelectorAll(".failure"));
  const tools = document.getElementById("tools");

  function make(name, properties, children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...(children || []));
    return element;
  }

  const text = make("input", {type: "search", id: "search", autocomplete: "off", spellcheck: false});
  const failed = make("input", {type: "checkbox", id: "failed-only"});
  const count = make("output", {});
  count.setAttribute("for", "search failed-only");
  tools.setAttribute("role", "search");
  tools.setAttribute("aria-label", tools.dataset.label);
  tools.append(make("label", {}, [tools.dataset.search, text]), make("label", {}, [failed, tools.dataset.failed]), count);
  tools.hidden = false;

  /* What a search looks through: a case's line, and the head and the sentence of its cause. */
  const found = new Map();
  function wordsOf(element) {
    if (!found.has(element)) {
      const parts = element.querySelectorAll(element.matches("li") ? ".row, .says" : "header, .says, .code");
      found.set(element, Array.from(parts, (part) => part.textContent).join(" ").toLowerCase());
    }
    return found.get(element);
  }

  function show() {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kept = new Set();
    let shown = 0;
    for (const item of items) {
      const why = item.dataset.why && document.getElementById(item.dataset.why);
      const all = wordsOf(item) + (why ? " " + wordsOf(why) : "");
      const bad = item.dataset.status === "failed" || item.dataset.status === "error";
      item.hidden = (failed.checked && !bad) || !words.every((word) => all.includes(word));
      shown += !item.hidden;
      if (!item.hidden && why)
        kept.add(why);
    }
    for (const why of whys)
      why.hidden = !kept.has(why);
    for (const role of document.querySelectorAll(".role"))
      role.hidden = !role.querySelector(".cases > li:not([hidden])");
    for (const together of document.querySelectorAll(".together"))
      together.open = words.length > 0;
    const section = document.querySelector(".failures");
    if (section)
      section.hidden = kept.size === 0;
    count.value = words.length || failed.checked
      ? tools.dataset.count.replace("{shown}", shown).replace("{all}", items.length) : "";
  }

  text.addEventListener("input", show);
  failed.addEventListener("change", show);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey)
      return;
    if (event.key === "/" && event.target !== text) {
      event.preventDefault();
      text.focus();
    } else if (event.key === "Escape" && event.target === text) {
      text.value = "";
      show();
    }
  });

  /* A link to what is closed, or was searched away, opens it. */
  function reveal() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target)
      return;
    if (target.closest("[hidden]")) {
      text.value = "";
      failed.checked = false;
      show();
    }
    for (let at = target; at; at = at.parentElement) {
      if (at.matches("details"))
        at.open = true;
    }
    const own = target.querySelector(":scope > details");
    if (own)
      own.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  reveal();

  /* On paper all is open, in browsers too that cannot do it by the style sheet. */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    for (const details of opened)
      details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened)
      details.open = false;
  });
})();
