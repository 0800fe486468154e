// Node strips types from .ts files, but not inside node_modules. When this package is installed there, strip them here.
// Only files of this package: its dependencies stay as Node would load them.
import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";

const packageFolder = new URL("..", import.meta.url).href;

if (packageFolder.includes("/node_modules/")) {
  registerHooks({
    load(url, context, nextLoad) {
      if (!isOurTypeScript(url)) return nextLoad(url, context);
      const source = stripTypes(readFileSync(fileURLToPath(url), "utf8"));
      return { format: "module", source, shortCircuit: true };
    },
  });
}

function isOurTypeScript(url) {
  if (!url.startsWith(packageFolder)) return false;
  const path = url.slice(packageFolder.length).split(/[?#]/)[0];
  return path.endsWith(".ts") && !path.includes("node_modules/");
}

// The function is marked experimental; its warning would appear in every run.
function stripTypes(source) {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
