import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { LocalApp } from "../test/support/local-app.ts";
import { webhookSecret } from "../test/support/local-app.ts";
import { startNode } from "../test/support/start-node.ts";
import type { Request } from "./app-process.ts";

const script = fileURLToPath(new URL("app-process.ts", import.meta.url));

/** The App in a process of its own beside a local GitHub that stays. */
export class KillableApp {
  readonly #local: LocalApp;
  #child: ChildProcess | null = null;

  constructor(local: LocalApp) {
    this.#local = local;
  }

  /** Starts it on a data folder and tells GitHub its address. */
  async start(dataDirectory: string): Promise<void> {
    const { github, appId, privateKey } = this.#local;
    this.#child = startNode(script, [], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const settings = {
      ...{ port: 0, host: "127.0.0.1", logLevel: "silent" as const, databaseUrl: null, dataDirectory },
      ...{ apiUrl: github.url, reviewsAtOnce: 2, childLimits: { seconds: 120, megabytes: 1024 }, sweep: false },
    };
    const url = await this.ask({ start: { settings, credentials: { appId, privateKey, webhookSecret } } });
    github.setWebhook(appId, `${url}/api/github/webhooks`);
  }

  /** Asks it for something and waits for the end of it. Rejects when it ends before. */
  async ask(request: Request): Promise<string> {
    const child = this.#child!;
    const ended = once(child, "exit").then(() => Promise.reject(new Error("The App ended by itself.")));
    child.send(request);
    const answered = once(child, "message").then(([url]) => String(url));
    return await Promise.race([answered, ended]);
  }

  /** Ends it without a warning. */
  async kill(): Promise<void> {
    const child = this.#child!;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  /** Resolves when neither GitHub nor the App has anything left to do. */
  async settle(): Promise<void> {
    // Work makes webhooks and webhooks make work; two quiet rounds mean that neither is left.
    for (let round = 0; round < 2; round++) {
      await this.#local.github.idle();
      await this.ask("idle");
    }
  }
}
