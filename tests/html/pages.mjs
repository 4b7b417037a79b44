// SPDX-License-Identifier: MIT
// The pages in the folder PAGES, in a browser. Started by run.py.
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {readFileSync, readdirSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import {after, before, describe, test} from "node:test";
import {HtmlValidate} from "html-validate";
import {chromium} from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const FOLDER = process.env.PAGES;
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith(".html")).map((name) => name.slice(0, -5));
const CHECKED = NAMES.filter((name) => name !== "many"); // the same as others, and takes minutes
const USED = ["one-recv", "no-build", "statuses", "hidden-student"];
const PATIENCE = 120_000;

let browser;
before(async () => {
  browser = await chromium.launch({executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"], timeout: PATIENCE});
});
after(() => browser?.close());

/* Opens a page; what it asks for and what it complains of is kept. */
async function open(name, options = {}) {
  const context = await browser.newContext({viewport: {width: 1000, height: 800}, ...options});
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const address = "file://" + join(FOLDER, name + ".html");
  page.asked = [];
  page.said = [];
  page.on("request", (request) => request.url() === address || page.asked.push(request.url()));
  page.on("console", (message) => page.said.push(message.text()));
  page.on("pageerror", (error) => page.said.push(String(error)));
  page.on("dialog", (dialog) => page.said.push("a dialog: " + dialog.message()) && dialog.dismiss());
  await page.goto(address, {timeout: PATIENCE});
  page.done = () => context.close();
  return page;
}

function openAll(page) {
  return page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
}

async function complaints(page) {
  const found = await page.evaluate(() => axe.run({resultTypes: ["violations"]}));
  return found.violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.length} × ${one.nodes[0].html.slice(0, 200)} ${one.nodes[0].failureSummary}`);
}

describe("every page", {timeout: 20 * PATIENCE}, () => {
  for (const name of NAMES) {
    test(`${name} asks nobody for anything, complains of nothing, fits a phone`, async () => {
      const page = await open(name, {viewport: {width: 360, height: 740}});
      if (name !== "many") // what it has in each case, others have too
        await openAll(page);
      const seen = await page.evaluate(() => ({
        hacked: window.hacked,
        dead: Array.from(document.querySelectorAll("a"), (a) => a.getAttribute("href"))
          .filter((href) => !href.startsWith("#") || !document.getElementById(href.slice(1))),
        width: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
      }));
      assert.deepEqual(seen, {hacked: undefined, dead: [], width: 360});
      assert.deepEqual(page.asked, []);
      assert.deepEqual(page.said, []);
      await page.done();
    });
  }
  for (const name of CHECKED) {
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
  for (const name of USED) {
    test(`${name} can be used by everyone, in the light and in the dark`, async () => {
      const page = await open(name, {colorScheme: "light"});
      await openAll(page);
      await page.evaluate(AXE);
      assert.deepEqual(await complaints(page), []);
      await page.emulateMedia({colorScheme: "dark"});
      assert.deepEqual(await complaints(page), []);
      await page.done();
    });
  }
});

describe("what a page holds", {timeout: 10 * PATIENCE}, () => {
  test("a failure: the sentence, the ladder, the difference, the advice, the page, the command", async () => {
    const page = await open("one-recv");
    assert.equal(await page.getAttribute("html", "lang"), "en");
    const failure = page.locator(".failure").first();
    const text = await failure.textContent();
    for (const part of ["single-recv", "answered", "expected", "got", "the first difference is at offset",
                        "Call it again and append", "What it means", "def read_message(conn):", "--seed 1"])
      assert.ok(text.includes(part), part);
    assert.equal(await failure.locator("svg.ladder").count(), 1);
    const rows = await failure.locator(".ladder text.ms").count() - 1; // its head is one as well
    assert.equal(await failure.locator(".events li").count(), rows);
    assert.match(await failure.locator(".ladder").getAttribute("aria-label"), new RegExp(`: ${rows} events`));
    assert.equal(await failure.locator(".sides mark").first().textContent(),
                 await failure.locator(".dump mark").nth(1).textContent());
    await page.done();
  });

  test("the explanation is in the reader's language", async () => {
    const page = await open("sigpipe");
    const explained = page.locator(".explain > div").first();
    assert.equal(await explained.getAttribute("lang"), "id");
    assert.match(await explained.textContent(), /Artinya/);
    await page.done();
  });

  test("without the pages it names the command", async () => {
    const page = await open("no-pages");
    assert.match(await page.locator(".failure .more").first().textContent(), /sockgrade explain single-recv/);
    await page.done();
  });

  test("each case has a line, in the order of the result", async () => {
    const page = await open("many");
    const ids = await page.locator(".cases .id").allTextContents();
    assert.deepEqual(ids, Array.from({length: 500}, (_, i) => `case-${i}`));
    assert.equal(await page.locator(".failure").count(), 10); // five causes of a server, five of a client
    await page.done();
  });

  test("without JavaScript all is there and opens", async () => {
    const page = await open("one-recv", {javaScriptEnabled: false});
    assert.ok(await page.locator("#tools").isHidden());
    const passed = page.locator("li[data-status=passed]").first();
    assert.ok(await passed.locator(".ladder").isHidden());
    await passed.locator("summary").first().click();
    assert.ok(await passed.locator(".ladder").isVisible());
    assert.ok(await page.locator(".failure .ladder").first().isVisible());
    await page.done();
  });

  test("colour is not needed: each line has a sign and a word", async () => {
    const page = await open("statuses");
    const said = await page.locator(".cases .row").evaluateAll((rows) =>
      rows.map((row) => row.querySelector(".sign").textContent + row.querySelector(".sr").textContent.trim()));
    assert.deepEqual(said, ["✓passed:", "✗failed:", "–skipped:", "?inconclusive:", "!error:"]);
    assert.match(await page.locator("body").textContent(), /^\s*error: case-4/);
    await page.done();
  });
});

describe("what others wrote stays text", {timeout: 10 * PATIENCE}, () => {
  test("nothing of it becomes an element", async () => {
    const page = await open("hostile");
    const found = await page.evaluate(() => ({
      strangers: document.querySelectorAll("img, base, iframe, form, a[href*=':'], [onload], [onfocus], [onmouseover]").length,
      scripts: document.scripts.length, styles: document.querySelectorAll("style").length,
      metas: document.querySelectorAll("meta").length, hacked: window.hacked}));
    assert.deepEqual(found, {strangers: 0, scripts: 1, styles: 1, metas: 5, hacked: undefined});
    await page.done();
  });

  test("nothing of it is unseen", () => {
    for (const name of ["hostile", "own-instructor", "own-student"]) {
      const text = readFileSync(join(FOLDER, name + ".html"), "utf8");
      assert.doesNotMatch(text, /[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]/u);
    }
    assert.match(readFileSync(join(FOLDER, "own-instructor.html"), "utf8"), /\\0\\xff\\xe2\\x80\\xae/);
  });

  test("the policy stops what would be obeyed all the same", async () => {
    const page = await open("hostile");
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.hacked = 1";
      document.body.append(script);
      document.body.insertAdjacentHTML("beforeend", "<p id='x' onclick='window.hacked = 2'>x</p>" +
        "<img src='http://127.0.0.1:1/' onerror='window.hacked = 3'>");
      document.getElementById("x").click();
    });
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.match(page.said.join("\n"), /Content Security Policy/);
    await page.done();
  });
});

describe("the keyboard", {timeout: 10 * PATIENCE}, () => {
  const shown = (page) => page.locator(".cases > li:not([hidden])").count();

  test("searches, and shows failed cases only", async () => {
    const page = await open("many");
    const summary = page.locator("output");
    await page.keyboard.press("/");
    await page.keyboard.type("CRASHED case-4");
    const some = await shown(page);
    assert.ok(some > 0 && some < 30, String(some));
    assert.equal(await summary.textContent(), `${some} of 500 cases`);
    assert.equal(await page.locator(".failure:not([hidden])").count(), 2);
    await page.keyboard.press("Escape");
    assert.equal(await shown(page), 500);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    const failed = await shown(page);
    assert.equal(failed, await page.locator("li[data-status=failed]").count());
    assert.equal(await summary.textContent(), `${failed} of 500 cases`);
    await page.keyboard.press("Space");
    assert.equal(await shown(page), 500);
    await page.done();
  });

  test("opens a case, and follows a link to one that is closed", async () => {
    const page = await open("one-recv");
    const passed = page.locator("li[data-status=passed]").first();
    await passed.locator("summary").first().focus();
    await page.keyboard.press("Enter");
    assert.ok(await passed.locator(".ladder").isVisible());
    const alike = page.locator(".alike a").first();
    const target = page.locator(await alike.getAttribute("href"));
    assert.ok(await target.locator(".ladder").isHidden());
    await alike.focus();
    await page.keyboard.press("Enter");
    await target.locator(".ladder").waitFor({state: "visible"});
    await page.done();
  });
});

describe("paper", {timeout: 10 * PATIENCE}, () => {
  for (const javaScriptEnabled of [true, false]) {
    test(`has all that the details hold, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async () => {
      const page = await open("one-recv", {javaScriptEnabled});
      const file = join(FOLDER, `paper-${javaScriptEnabled}.pdf`);
      writeFileSync(file, await page.pdf({format: "A4"}));
      const text = execFileSync("pdftotext", ["-layout", file, "-"], {encoding: "utf8"});
      for (const part of ["single-recv", "What it means", "def read_message(conn):", "expected, 17 bytes", "examiner"])
        assert.ok(text.includes(part), part);
      assert.match(text, /ms\s+examiner.s c → server/);
      assert.ok(!text.includes("failed only"));
      await page.done();
    });
  }
});
