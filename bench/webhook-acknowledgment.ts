/**
 * How fast webhooks are acknowledged at 200 deliveries a second: the App in one process, the sender in another.
 *
 *   node bench/webhook-acknowledgment.ts [deliveries a second] [seconds]
 *
 * The bodies are GitHub's own published examples, each signed and with an id of its own.
 */
import { spawn } from "node:child_process";
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quantile } from "./median.ts";

const rate = Number(process.argv[2] ?? 200);
const duration = Number(process.argv[3] ?? 10);
const examples = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve("@octokit/webhooks-examples"), "utf8"),
) as { name: string; examples: unknown[] }[];
const bodies = examples.flatMap(({ name, examples: payloads }) =>
  payloads.map((payload) => ({ name, body: JSON.stringify(payload) })),
);
const secret = randomBytes(32).toString("hex");
const directory = await mkdtemp(join(tmpdir(), "modelsync-bench-"));
const app = spawn(process.execPath, [join(import.meta.dirname, "app-process.ts"), directory, secret], {
  stdio: ["ignore", "pipe", "inherit"],
});
const agent = new Agent({ keepAlive: true });

try {
  const url = await new Promise<string>((resolve) => app.stdout.once("data", (text) => resolve(String(text).trim())));
  const send = (name: string, body: string) =>
    new Promise<{ milliseconds: number; status: number }>((resolve, reject) => {
      const started = performance.now();
      const outgoing = request(`${url}/api/github/webhooks`, {
        agent,
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-github-delivery": randomUUID(),
          "x-github-event": name,
          "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
        },
      });
      outgoing.once("response", (response) => {
        response.resume();
        response.once("end", () =>
          resolve({ milliseconds: performance.now() - started, status: response.statusCode ?? 0 }),
        );
      });
      outgoing.once("error", reject);
      outgoing.end(body);
    });
  for (const { name, body } of bodies) await send(name, body);
  const started = performance.now();
  const answers: Promise<{ milliseconds: number; status: number }>[] = [];
  while (answers.length < rate * duration) {
    const due = ((performance.now() - started) / 1000) * rate;
    while (answers.length < Math.min(due, rate * duration)) {
      const { name, body } = bodies[answers.length % bodies.length]!;
      answers.push(send(name, body));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const done = await Promise.all(answers);
  const times = done.map(({ milliseconds }) => milliseconds);
  const refused = done.filter(({ status }) => status !== 200 && status !== 202).length;
  console.log(
    `${done.length} deliveries at ${rate}/s: p50 ${quantile(times, 0.5).toFixed(1)} ms (limit 15), ` +
      `p99 ${quantile(times, 0.99).toFixed(0)} ms (limit 250), ${refused} refused`,
  );
} finally {
  agent.destroy();
  app.kill("SIGTERM");
  await new Promise((resolve) => app.once("exit", resolve));
  await rm(directory, { recursive: true, force: true });
}
