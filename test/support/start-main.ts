import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type LocalApp, webhookSecret } from "./local-app.ts";
import { startNode } from "./start-node.ts";

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** `src/main.ts` as a process of its own. */
export interface StartedMain {
  child: ChildProcess;
  output: () => string;
  /** Resolves with the first match in what it printed, or rejects with all of it when it ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<number | null>;
}

/** Starts it with these variables and no others, on any free port unless told. */
export function startMain(variables: Record<string, string>, cwd?: string): StartedMain {
  const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;
  const env = { PATH, NODE_COMPILE_CACHE, PORT: "0", ...variables };
  const child = startNode(main, [], { cwd, env });
  let text = "";
  const waiting = new Set<() => void>();
  const ended = once(child, "close").then(([code]) => code as number | null);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      text += String(chunk);
      for (const look of waiting) look();
    });
  }
  return {
    child,
    output: () => text,
    ended,
    printed(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(text);
          if (match === null) return;
          waiting.delete(look);
          resolve(match);
        };
        waiting.add(look);
        look();
        void ended.then(() => reject(new Error(`It ended without ${pattern}:\n${text}`)));
      });
    },
  };
}

/** What the App beside a local GitHub is started with, as variables: it takes the place of one that was stopped. */
export function variablesOf(local: LocalApp): Record<string, string> {
  return {
    APP_ID: String(local.appId),
    PRIVATE_KEY: local.privateKey,
    WEBHOOK_SECRET: webhookSecret,
    GITHUB_API_URL: local.github.url,
    MODELSYNC_DATA_DIRECTORY: local.directory,
    ...(local.databaseUrl === null ? {} : { DATABASE_URL: local.databaseUrl }),
  };
}
