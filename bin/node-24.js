// Finds a Node that can run this package. Written for old versions of Node: no syntax or module newer than Node 14.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { constants } from "node:os";

export const oldestNode = 24;

export const isOldNode = Number(process.versions.node.split(".")[0]) < oldestNode;

/** Path of the Node that npm installed beside this package, or null. */
export function bundledNode() {
  const require = createRequire(import.meta.url);
  const name = `node-${process.platform}-${process.arch}`;
  try {
    const description = require.resolve(`${name}/package.json`);
    return require("node:path").join(description, "..", "bin", "node");
  } catch {
    return null;
  }
}

/** Runs the same command on the bundled Node and ends as it ends. Without one, says what is missing and exits with 2. */
export function runAgainOnNode24(args) {
  const node = bundledNode();
  if (node === null) {
    process.stderr.write(
      `ModelSync needs Node ${oldestNode} or newer, but this is Node ${process.versions.node}.\n` +
        "Install it again without --omit=optional: npm then brings Node 24 on Linux. " +
        "On other systems install Node 24 first.\n",
    );
    process.exit(2);
  }
  const child = spawn(node, args, { stdio: "inherit" });
  // A terminal sends its signals to both; a supervisor only to this process.
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  process.on("SIGINT", () => {});
  child.on("error", (error) => {
    process.stderr.write(`The bundled Node could not be started: ${error.message}\n`);
    process.exit(2);
  });
  child.on("exit", (code, signal) => {
    process.exit(code === null ? 128 + (constants.signals[signal] || 0) : code);
  });
}
