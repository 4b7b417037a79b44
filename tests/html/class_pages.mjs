// SPDX-License-Identifier: MIT
// The pages of classes in the folder PAGES, in a browser. Started by class_run.py.
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {existsSync, readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {after, before, describe, test} from "node:test";
import {fileURLToPath} from "node:url";
import {HtmlValidate} from "html-validate";
import {chromium} from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const FOLDER = process.env.PAGES;
const NAMES = ["real", "thirty", "hostile", "named", "nobody", "thousand", "linked/class"];
const PATIENCE = 120_000;

let browser;
before(async () => {
  browser = await chromium.launch({executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"], timeout: PATIENCE});
});
after(() => browser?.close());

/* Opens a page; what it asks for and what it complains of is kept. */
async function open(name, options = {}, hash = "") {
  const context = await browser.newContext({viewport: {width: 1000, height: 800}, ...options});
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const address = "file://" + join(FOLDER, name + ".html") + hash;
  page.asked = [];
  page.said = [];
  page.on("request", (request) => request.url() === address || page.asked.push(request.url()));
  page.on("console", (message) => page.said.push(message.text()));
  page.on("pageerror", (error) => page.said.push(String(error)));
  await page.goto(address, {timeout: PATIENCE});
  page.done = () => context.close();
  return page;
}

async function complaints(page) {
  const found = await page.evaluate(() => axe.run({resultTypes: ["violations"]}));
  return found.violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.length} × ${one.nodes[0].html.slice(0, 200)} ${one.nodes[0].failureSummary}`);
}

/* What the rows that are shown are called, from the top. */
const called = (page) => page.locator(".matrix tbody tr:not([hidden]) th").evaluateAll((heads) =>
  heads.map((head) => Array.from(head.children).filter((part) => !part.hidden)[0].textContent));
const column = (page, index) => page.locator(`.matrix tbody tr:not([hidden]) > :nth-child(${index + 1}):not(.n)`).allTextContents();
const head = (page, index) => page.locator(".matrix thead button").nth(index);

describe("every page", {timeout: 20 * PATIENCE}, () => {
  for (const name of NAMES) {
    test(`${name} asks nobody for anything, complains of nothing, fits a phone`, async () => {
      const page = await open(name, {viewport: {width: 360, height: 740}});
      const seen = await page.evaluate(() => ({
        hacked: window.hacked,
        width: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
      }));
      assert.deepEqual(seen, {hacked: undefined, width: 360});
      assert.deepEqual(page.asked, []);
      assert.deepEqual(page.said, []);
      await page.done();
    });
  }
  for (const name of NAMES.filter((each) => each !== "thousand")) { // the same as others, and takes minutes
    test(`${name} is valid HTML`, async () => {
      const checker = new HtmlValidate({
        extends: ["html-validate:recommended"],
        rules: {"no-trailing-whitespace": "off", "long-title": "off"},
      });
      const report = await checker.validateFile(join(FOLDER, name + ".html"));
      const said = report.results.flatMap((one) => one.messages.map((m) => `${m.line}: ${m.ruleId}: ${m.message}`));
      assert.deepEqual([...new Set(said)].slice(0, 10), []);
    });
  }
  for (const name of ["thirty", "named"]) {
    test(`${name} can be used by everyone, in the light and in the dark`, async () => {
      const page = await open(name, {colorScheme: "light"});
      await page.evaluate(AXE);
      await page.locator(".matrix thead button").nth(2).click();
      assert.deepEqual(await complaints(page), []);
      await page.emulateMedia({colorScheme: "dark"});
      await page.keyboard.press("n");
      assert.deepEqual(await complaints(page), []);
      await page.done();
    });
  }
});

describe("what a page holds", {timeout: 10 * PATIENCE}, () => {
  test("the head, the points in words, and a cell for each student and case", async () => {
    const page = await open("thirty", {javaScriptEnabled: false});
    assert.equal(await page.textContent("h1"), "echo · 30 submissions");
    const text = await page.textContent("body");
    for (const part of ["seed 1", "graded 2026-03-01 09:30 UTC", "median", "of 29", "not graded: 1 submission", "refused: class/"])
      assert.ok(text.includes(part), part);
    const spread = await page.getAttribute(".spread", "aria-label");
    const counts = Array.from(spread.matchAll(/: (\d+)/g), (found) => Number(found[1]));
    assert.deepEqual([counts.length, counts.reduce((a, b) => a + b)], [11, 29]);
    assert.ok(await page.locator("#tools").isHidden());
    assert.equal(await page.locator(".matrix tbody tr").count(), 30);
    assert.equal(await page.locator(".matrix thead tr + tr th").count(), 76);
    assert.equal(await page.locator(".matrix tbody td:not(.n, .p)").count(), 29 * 76);
    const names = await page.locator(".matrix tbody bdi").allTextContents();
    assert.deepEqual(names, [...names].sort());
    await page.done();
  });

  test("a cell's sign says all that its colour says, and what was failed its title", async () => {
    const page = await open("thirty");
    const kinds = await page.locator(".matrix tbody td:not(.n, .p)").evaluateAll((cells) =>
      Array.from(new Set(cells.map((cell) => `${cell.className} ${cell.textContent} ${cell.title !== ""}`))).sort());
    assert.deepEqual(kinds, [" ✓ false", "e ! false", "f ✗ true", "i ? false", "s – false"]);
    await page.done();
  });

  test("what the cases say together is what the cells say", async () => {
    const page = await open("thirty");
    const {said, counted} = await page.evaluate(() => {
      const said = {}, counted = {};
      for (const row of document.querySelectorAll(".cases tbody tr"))
        said[row.querySelector("code").textContent] = parseInt(row.cells[1].textContent, 10);
      const names = Array.from(document.querySelectorAll(".matrix thead tr + tr th"), (each) => each.textContent);
      for (const row of document.querySelectorAll(".matrix tbody tr"))
        names.forEach((name, i) => { counted[name] = (counted[name] || 0) + (row.cells[i + 2]?.className === "f"); });
      return {said, counted};
    });
    for (const name of Object.keys(counted))
      assert.equal(said[name] || 0, counted[name], name);
    await page.done();
  });

  test("of a real class: who passed, of what the others failed", async () => {
    const page = await open("real");
    assert.deepEqual(await called(page), ["ani", "budi_s", "citra"]);
    assert.deepEqual(await page.locator(".matrix tbody .f").evaluateAll((cells) => cells.map((cell) => cell.title)),
                     ["wrong-data", "wrong-data", "exited-early", "exited-early"]);
    assert.match(await page.textContent(".codes"), /wrong-data 1 submission, 2 cases/);
    await page.done();
  });

  test("a student's page is linked where it was written beside", async () => {
    const page = await open("linked/class");
    const links = await page.locator(".matrix a").evaluateAll((all) => all.map((a) => a.href));
    assert.equal(links.length, 3);
    for (const link of links)
      assert.ok(existsSync(fileURLToPath(link)), link);
    assert.equal(dirname(fileURLToPath(links[0])), join(FOLDER, "linked"));
    await page.done();
  });
});

describe("what others wrote stays text", {timeout: 10 * PATIENCE}, () => {
  test("nothing of it becomes an element, nothing is unseen, and the policy stops the rest", async () => {
    const page = await open("hostile");
    const found = await page.evaluate(() => ({
      strangers: document.querySelectorAll("img, base, iframe, form, a, [onload], [onfocus], [onmouseover]").length,
      scripts: document.scripts.length, styles: document.querySelectorAll("style").length,
      metas: document.querySelectorAll("meta").length, hacked: window.hacked}));
    assert.deepEqual(found, {strangers: 0, scripts: 1, styles: 1, metas: 5, hacked: undefined});
    assert.doesNotMatch(readFileSync(join(FOLDER, "hostile.html"), "utf8"),
                        /[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]/u);
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.hacked = 1";
      document.body.append(script);
      document.body.insertAdjacentHTML("beforeend", "<img src='http://127.0.0.1:1/' onerror='window.hacked = 3'>");
    });
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.match(page.said.join("\n"), /Content Security Policy/);
    await page.done();
  });
});

describe("the keyboard", {timeout: 10 * PATIENCE}, () => {
  test("sorts by points and by a case, and back", async () => {
    const page = await open("thirty");
    const names = await called(page);
    await head(page, 1).focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".matrix th[aria-sort=descending]").textContent(), "points");
    const points = (await column(page, 1)).map(Number);
    assert.deepEqual(points, [...points].sort((a, b) => b - a));
    assert.ok(points[0] > points.at(-1));
    await page.keyboard.press("Space");
    assert.deepEqual((await column(page, 1)).map(Number), points.reverse());
    assert.match((await page.locator(".matrix tbody tr").last().textContent()), /refused/);
    const worst = await page.locator(".matrix tfoot td").evaluateAll((cells) => {
      const shares = cells.map((cell) => Number(cell.textContent));
      return shares.indexOf(Math.min(...shares));
    });
    await head(page, worst + 2).focus();
    await page.keyboard.press("Enter");
    const signs = (await column(page, worst + 2)).join("");
    assert.match(signs, /^✗+!*\?*–*✓+$/);
    await head(page, 0).focus();
    await page.keyboard.press("Enter");
    assert.deepEqual(await called(page), names);
    await page.done();
  });

  test("filters by parts of a name and by a diagnosis", async () => {
    const page = await open("thirty");
    await page.keyboard.press("/");
    await page.keyboard.type("WAYAN");
    const wayan = await called(page);
    assert.ok(wayan.length > 0 && wayan.length < 30 && wayan.every((name) => name.includes("Wayan")), String(wayan));
    assert.equal(await page.locator("#tools output").textContent(), `${wayan.length} of 30 submissions`);
    await page.keyboard.press("Escape");
    assert.equal((await called(page)).length, 30);
    await page.keyboard.type("crashed");
    const rows = page.locator(".matrix tbody tr");
    assert.equal((await called(page)).length, await rows.filter({has: page.locator("td[title=crashed]")}).count());
    await page.done();
  });

  test("hides names: what is left tells nobody, in no order", async () => {
    const page = await open("thirty");
    const names = await page.locator(".matrix tbody bdi").allTextContents();
    await page.keyboard.press("n");
    assert.equal(await page.locator("#hide").getAttribute("aria-pressed"), "true");
    assert.deepEqual(await called(page), names.map((_, i) => `student ${i + 1}`));
    const order = await page.locator(".matrix tbody bdi").allTextContents();
    assert.notDeepEqual(order, names);
    const seen = await page.evaluate(() => document.body.innerText);
    for (const name of names)
      assert.ok(!seen.includes(name), name);
    assert.ok(!/1352\d{4}/.test(seen), "an id is seen");
    await page.keyboard.press("/");
    await page.keyboard.type(names[0]); // an n, too, is a letter here
    assert.deepEqual(await called(page), []);
    await page.keyboard.press("Escape");
    await page.locator("#hide").focus();
    await page.keyboard.press("Enter");
    assert.deepEqual(await page.locator(".matrix tbody bdi").allTextContents(), names);
    assert.ok((await page.evaluate(() => document.body.innerText)).includes(names[0]));
    await page.done();
  });

  test("a page can open with the names hidden", async () => {
    const page = await open("thirty", {}, "#names-hidden");
    assert.equal((await called(page))[0], "student 1");
    await page.done();
  });

  test("walks through the cells, and says each in words", async () => {
    const page = await open("named");
    await page.locator(".scroll").focus();
    for (const [key, said] of [["Down", /^Dewi Ayu dewi · a: .* · failed: wrong-data$/], ["Right", / · b: .* · failed: crashed$/],
                               ["Down", /^Eko eko-7 · b: .* · failed: wrong-data$/]]) {
      await page.keyboard.press("Arrow" + key);
      assert.match(await page.locator("#where").textContent(), said);
    }
    await page.done();
  });
});

describe("a thousand students", {timeout: 10 * PATIENCE}, () => {
  test("are sorted and filtered", async () => {
    const page = await open("thousand");
    await head(page, 1).evaluate((button) => button.click());
    const points = (await page.locator(".matrix tbody .p").allTextContents()).map(Number);
    assert.deepEqual(points, [...points].sort((a, b) => b - a));
    await page.locator("#filter").fill("13520007");
    assert.equal(await page.locator("#tools output").textContent(), "1 of 1000 submissions");
    await page.done();
  });
});

describe("paper", {timeout: 10 * PATIENCE}, () => {
  test("has the whole table on one page", async () => {
    const page = await open("thirty");
    const file = join(FOLDER, "paper.pdf");
    writeFileSync(file, await page.pdf({preferCSSPageSize: true}));
    const pages = execFileSync("pdftotext", ["-layout", file, "-"], {encoding: "utf8"}).split("\f");
    const table = pages.findIndex((text) => text.includes("Students and cases"));
    for (const name of await page.locator(".matrix tbody bdi").allTextContents())
      assert.ok(pages[table].includes(name), name);
    assert.ok(pages[table].includes("refused") && pages[table].includes("% passed"));
    assert.ok(pages.join().includes("Passed by everyone") && !pages.join().includes("hide names"));
    await page.done();
  });
});
