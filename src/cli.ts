import { readFileSync } from "node:fs";
import { CommanderError } from "commander";
import { exitCodes } from "./command-line/exit-codes.ts";
import { plainText } from "./command-line/plain-text.ts";
import { tell } from "./command-line/print.ts";
import { buildProgram } from "./command-line/program.ts";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

const program = buildProgram(version, (code) => {
  process.exitCode = code;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode;
  } else if (error instanceof Error && error.name === "Interrupted") {
    process.exitCode = exitCodes.interrupted;
  } else if (error instanceof Error && error.name === "ObjectNotFetched") {
    tell(error.message);
    process.exitCode = exitCodes.cannotEvaluate;
  } else if (isRefusedFile(error)) {
    tell(
      `${plainText(error.path)}: the system refused this file or folder (${error.code}). Check that it exists and may be written.`,
    );
    process.exitCode = exitCodes.cannotEvaluate;
  } else {
    // Not a mistake of the person: everything that one can make ends in a problem that says what to do.
    const lines = String(error instanceof Error ? error.stack : error).split("\n");
    tell(["ModelSync itself failed. Please report this:", ...lines.map((line) => plainText(line, 2_000))].join("\n"));
    process.exitCode = exitCodes.cannotEvaluate;
  }
}

/** A folder that does not exist, a full disk, a missing permission: nothing that this program could have known. */
function isRefusedFile(error: unknown): error is NodeJS.ErrnoException & { path: string } {
  return error instanceof Error && "syscall" in error && "path" in error && typeof error.path === "string";
}
