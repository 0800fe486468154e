// Guards a script of this package: `node bin/require-node-24.js script.ts …` runs it on Node 24, whatever Node this is.
// Without a script it only checks, because the commands that follow it would run on the Node found first on the path.
import { isOldNode, oldestNode, runAgainOnNode24 } from "./node-24.js";

const [script, ...rest] = process.argv.slice(2);
if (isOldNode && script) {
  runAgainOnNode24([script].concat(rest));
} else if (isOldNode) {
  process.stderr.write(
    `ModelSync needs Node ${oldestNode} or newer, but this is Node ${process.versions.node}.\n` +
      'Run "npm ci" without --omit=optional: it brings Node 24 on Linux. On other systems install Node 24 first.\n',
  );
  process.exit(1);
} else if (script) {
  const { resolve } = await import("node:path");
  const { pathToFileURL } = await import("node:url");
  process.argv.splice(1, 2, resolve(script));
  await import("./strip-types.js");
  await import("./keep-compiled.js");
  await import(pathToFileURL(resolve(script)).href);
}
