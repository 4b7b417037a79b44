// SPDX-License-Identifier: MIT
// Holds the JSON Schema against the loader. Every spec of the project, and every manifest of its student
// template, must be valid by the schema, both as an editor reads them (plain scalars are numbers and truth
// values) and as the loader does (all scalars are text). Every fixture of ../errors with the mark
// `schema-too` must be refused, as an editor reads it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import { parse } from "yaml";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const faults = [];

// Strict, but for what the generator means: keys that are required by one form of a map are told about
// where all its keys are.
const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
const compile = (name) => ajv.compile(JSON.parse(readFileSync(join(root, "schema", name), "utf8")));
const schemas = { spec: compile("spec.schema.json"), submission: compile("submission.schema.json") };

const read = (path, schema) => parse(readFileSync(path, "utf8"), { schema, maxAliasCount: -1 });
const tell = (errors) =>
    errors.slice(0, 3).map((error) => `${error.instancePath || "/"} ${error.message}`).join("; ");

function mustBeValid(path, validate) {
    for (const schema of ["core", "failsafe"]) {
        if (!validate(read(path, schema)))
            faults.push(`${path} (${schema}): refused by the schema: ${tell(validate.errors)}`);
    }
}

function mustBeRefused(path, validate) {
    if (validate(read(path, "core")))
        faults.push(`${path}: the schema takes it, the loader does not`);
}

// The files called `name` below `folder`.
function* find(folder, name) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.isDirectory()) yield* find(join(folder, entry.name), name);
        else if (entry.name === name) yield join(folder, entry.name);
    }
}

let valid = 0;
for (const name of readdirSync(join(root, "specs")).filter((file) => file.endsWith(".yaml"))) {
    mustBeValid(join(root, "specs", name), schemas.spec);
    valid++;
}
for (const folder of ["student-template", "tests/submissions"]) {
    if (!existsSync(join(root, folder))) continue;
    for (const path of find(join(root, folder), "submission.yaml")) {
        mustBeValid(path, schemas.submission);
        valid++;
    }
}

let refused = 0;
for (const entry of readdirSync(join(root, "tests", "errors"), { withFileTypes: true })) {
    const folder = join(root, "tests", "errors", entry.name);
    if (!entry.isDirectory() || !existsSync(join(folder, "schema-too"))) continue;
    const manifest = join(folder, "submission.yaml");
    if (existsSync(manifest)) mustBeRefused(manifest, schemas.submission);
    else mustBeRefused(join(folder, "spec.yaml"), schemas.spec);
    refused++;
}

console.log(`${valid} files must be valid, ${refused} must be refused`);
for (const fault of faults) console.log(fault);
process.exit(faults.length || !valid || !refused ? 1 : 0);
