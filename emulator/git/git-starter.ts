import { spawn } from "node:child_process";
import type { GitAnswer, GitOrder } from "./run.ts";

/** A process that does nothing but start git for the local GitHub. It ends when the local GitHub does, however that ended. */
process.on("message", ({ id, args, env }: GitOrder) => {
  const answer = (rest: Omit<GitAnswer, "id">) => process.send?.({ id, ...rest } satisfies GitAnswer);
  const child = spawn("git", args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
  child.on("error", (failure) => answer({ failure }));
  child.on("close", (code) =>
    answer({
      result: { code: code ?? 1, output: Buffer.concat(chunks), error: Buffer.concat(errors).toString("utf8") },
    }),
  );
});
process.on("disconnect", () => process.exit());
// Ctrl-C in a terminal reaches every process; the local GitHub still has work to end properly.
process.on("SIGINT", () => {});
