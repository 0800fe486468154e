#!/usr/bin/env node
// Starts the command line on Node 24, whatever Node this is.
import { fileURLToPath } from "node:url";
import { isOldNode, runAgainOnNode24 } from "./node-24.js";

if (isOldNode) {
  runAgainOnNode24([fileURLToPath(import.meta.url)].concat(process.argv.slice(2)));
} else {
  await import("./strip-types.js");
  await import("./keep-compiled.js");
  await import("../src/cli.ts");
}
