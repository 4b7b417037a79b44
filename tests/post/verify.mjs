// SPDX-License-Identifier: MIT
// Whether what checks GitHub's webhooks takes a signature for a body:
//   node verify.mjs SECRET SIGNATURE <BODY
import {readFileSync} from "node:fs";
import {verify} from "@octokit/webhooks-methods";

const [secret, signature] = process.argv.slice(2);
process.exit(await verify(secret, readFileSync(0, "utf8"), signature) ? 0 : 1);
