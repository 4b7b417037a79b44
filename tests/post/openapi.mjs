// SPDX-License-Identifier: MIT
// GitHub's own description of its API, cut down to the paths that sockgrade asks for, and to what those refer to:
//   node openapi.mjs > github.json
import {createRequire} from "node:module";
import {readFileSync} from "node:fs";

const PATHS = [
  "/repos/{owner}/{repo}/statuses/{sha}",
  "/repos/{owner}/{repo}/check-runs",
  "/repos/{owner}/{repo}/check-runs/{check_run_id}",
  "/repos/{owner}/{repo}/commits/{ref}/check-runs",
];

const require = createRequire(import.meta.url);
const whole = JSON.parse(readFileSync(require.resolve("@octokit/openapi/generated/api.github.com.json"), "utf8"));
const part = {openapi: whole.openapi, info: whole.info, servers: whole.servers, paths: {}, components: {}};

function follow(value) {
  if (value === null || typeof value !== "object") return;
  if (typeof value.$ref === "string") {
    const [kind, name] = value.$ref.replace("#/components/", "").split("/");
    part.components[kind] ??= {};
    if (!(name in part.components[kind])) {
      part.components[kind][name] = whole.components[kind][name];
      follow(whole.components[kind][name]);
    }
  }
  Object.values(value).forEach(follow);
}

for (const path of PATHS) {
  part.paths[path] = whole.paths[path];
  follow(part.paths[path]);
}
// Examples are not checked, and are most of it.
process.stdout.write(JSON.stringify(part, (key, value) => key === "examples" ? undefined : value));
