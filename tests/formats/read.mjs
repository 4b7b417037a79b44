// SPDX-License-Identifier: MIT
// Gives reports to readers from npm, and prints what they see as JSON:
//   read.mjs junit FILE    junit2json, and junit-report-merger
//   read.mjs tap FILE      tap-parser (TAP 14, strict)
//   read.mjs ctrf FILE     the JSON Schema of CTRF's makers, by ajv
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const [, , kind, file] = process.argv;
const text = readFileSync(file, "utf8");

async function junit() {
    const { parse } = await import("junit2json");
    const { mergeToString } = require("junit-report-merger");
    const merged = mergeToString([text]);
    return { read: await parse(text), merged: await parse(merged) };
}

function tap() {
    const { Parser } = require("tap-parser");
    const seen = { points: [], comments: [], extra: [], plan: null, version: null };
    return new Promise((resolve) => {
        const parser = new Parser({ strict: true }, (end) => {
            resolve({ ...seen, ok: end.ok, count: end.count, failures: end.failures.map((one) => one.tapError ?? null) });
        });
        parser.on("assert", (one) => seen.points.push({ ok: one.ok, id: one.id, name: one.name, skip: one.skip,
            diag: one.diag ?? null }));
        parser.on("comment", (one) => seen.comments.push(one));
        parser.on("extra", (one) => seen.extra.push(one));
        parser.on("plan", (one) => { seen.plan = [one.start, one.end]; });
        parser.on("version", (one) => { seen.version = one; });
        parser.end(text);
    });
}

async function ctrf() {
    const { default: Ajv } = await import("ajv");
    const { default: addFormats } = await import("ajv-formats");
    const schema = join(dirname(require.resolve("ctrf")), "ctrf-schema-0.0.json");
    const ajv = new Ajv({ allErrors: true, strict: false });
    addFormats(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));
    const report = JSON.parse(text);
    return { valid: validate(report), errors: validate.errors, report };
}

console.log(JSON.stringify(await { junit, tap, ctrf }[kind]()));
