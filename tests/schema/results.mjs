// SPDX-License-Identifier: MIT
// Holds result files against schema/result.schema.json.
//
//     results.mjs FOLDER
//
// The files of FOLDER must be valid: what sockgrade wrote. And one of them, changed in each of the ways below,
// must be refused: else the schema would take anything.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";

const here = dirname(fileURLToPath(import.meta.url));
const schema = JSON.parse(readFileSync(join(here, "..", "..", "schema", "result.schema.json"), "utf8"));
const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false }).compile(schema);
const folder = process.argv[2];
const faults = [];
const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));

for (const name of names) {
    if (!validate(read(name)))
        faults.push(`${name}: ${validate.errors.slice(0, 4).map((e) => `${e.instancePath || "/"} ${e.message}`).join("; ")}`);
}

const changes = {
    "another schema": (run) => { run.schema = "sockgrade/result/2"; },
    "no cases": (run) => { delete run.cases; },
    "a key of nobody": (run) => { run.grade = "A"; },
    "a key of nobody in a case": (run) => { run.cases[0].grade = "A"; },
    "a key of nobody in an event": (run) => { run.cases[0].transcript[0].grade = "A"; },
    "a status of nobody": (run) => { run.cases[0].status = "almost"; },
    "points as text": (run) => { run.score = "61"; },
    "points of a failed case": (run) => { run.cases.find((one) => one.status === "failed").points = 1; },
    "a failed case without a diagnosis": (run) => { delete run.cases.find((one) => one.status === "failed").diagnosis; },
    "a passed case with a diagnosis": (run) => { run.cases[0].status = "passed"; },
    "a skipped case without a reason": (run) => { delete run.cases.find((one) => one.status === "skipped").reason; },
    "a negative time": (run) => { run.cases[0].duration_ms = -1; },
    "payload that is no base64": (run) => { run.cases[0].transcript.find((one) => one.base64).base64 = "a b"; },
    "a network of nobody": (run) => { run.environment.network = "public"; },
};
for (const [what, change] of Object.entries(changes)) {
    const run = read("wrong.json");
    change(run);
    if (validate(run)) faults.push(`the schema takes ${what}`);
}

console.log(`${names.length} result files must be valid, ${Object.keys(changes).length} changes must be refused`);
for (const fault of faults) console.log(fault);
process.exit(faults.length || !names.length ? 1 : 0);
