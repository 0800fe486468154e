import type { ChildProcess } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { seedDataDirectory } from "./support/database-template.ts";
import { startLocalApp } from "./support/local-app.ts";
import { soon } from "./support/soon.ts";
import { type StartedMain, startMain, variablesOf } from "./support/start-main.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const key = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
});
const canary = "canary-4d1f0c2b9a8e7f6d5c4b3a29-secret";

let directory = "";
const running: ChildProcess[] = [];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "modelsync-main-"));
  await seedDataDirectory(join(directory, "data"));
});
afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
});

/** Probot's own server takes port 0 for 3000. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function start(variables: Record<string, string>, cwd = directory): StartedMain {
  const own = { HOME: directory, MODELSYNC_DATA_DIRECTORY: join(directory, "data") };
  const started = startMain({ ...own, ...variables }, cwd);
  running.push(started.child);
  return started;
}

const credentials = {
  APP_ID: "7",
  PRIVATE_KEY: key.privateKey.replaceAll("\n", "\\n"),
  WEBHOOK_SECRET: canary,
  GITHUB_API_URL: "http://127.0.0.1:9",
};

describe("the server", () => {
  it("refuses to start with Probot's default webhook secret and says what to set", async () => {
    const { ended, output } = start({ ...credentials, WEBHOOK_SECRET: "development" });
    expect(await ended).toBe(1);
    expect(output()).toMatch(/^ModelSync can't start:\n {2}\* WEBHOOK_SECRET: .*openssl rand -hex 32/);
  });

  it("serves, keeps a second one away from its data, stops when told, and never prints a secret", async () => {
    const first = start({ ...credentials, LOG_LEVEL: "trace" });
    const [, port] = await first.printed(/"port":(\d+)/);
    const health = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect([health.status, await health.json()]).toEqual([
      200,
      { status: "ok", database: "pglite", queue: { waiting: 0, active: 0, failed: 0 } },
    ]);

    const second = start(credentials);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(
      `ModelSync can't start: The data folder ${join(directory, "data")} is in use by process ${first.child.pid} on`,
    );
    expect(second.output()).not.toContain("    at ");

    await fetch(`http://127.0.0.1:${port}/api/github/webhooks`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-github-event": "ping",
        "x-github-delivery": "1",
        "x-hub-signature-256": "sha256=00",
      },
      body: JSON.stringify({ body: canary }),
    });
    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    expect(first.output()).toContain('"msg":"stopping"');
    expect(first.output()).not.toMatch(/canary|PRIVATE KEY|MII[A-Za-z0-9]/);
  });

  it("takes over after it was killed, and finishes what it was working on", async () => {
    await using local = await startLocalApp({ policy: "version: 1\nmodels: []\n" });
    await local.app.stop();
    const killed = start(variablesOf(local));
    const [, port] = await killed.printed(/"port":(\d+)/);
    local.github.setWebhook(local.appId, `http://127.0.0.1:${port}/`);
    local.github.faults.add({ match: "POST /graphql", effect: { kind: "delay", milliseconds: 60_000 } });
    const sha = await local.commit("killed", { "a.txt": "a" });
    await local.open("killed");
    await vi.waitFor(() => expect(local.github.requests.at(-1)?.operation).toBe("POST /graphql"), soon);
    killed.child.kill("SIGKILL");
    await killed.ended;
    const next = start(variablesOf(local));
    const finished = async () => expect(await local.checkRuns(sha)).toMatchObject([{ conclusion: "success" }]);
    await vi.waitFor(finished, soon);
    next.child.kill("SIGTERM");
    expect(await next.ended).toBe(0);
  });
});

it("opens the set-up page with the App's manifest when there are no credentials", async () => {
  const { child, printed, ended } = start({ PORT: String(await freePort()) }, root);
  await printed(/PUBLIC_URL is not set, so the App's webhook URL becomes the address in your browser/);
  const [, address] = await printed(/Open (http:\/\/127\.0\.0\.1:\d+)\//);
  const page = await (await fetch(`${address}/`)).text();
  const manifest = JSON.parse(/name="manifest" id="manifest" value='([^']*)'/.exec(page)?.[1] ?? "null");
  expect(manifest).toMatchObject({
    name: "ModelSync",
    default_permissions: { checks: "write", contents: "read" },
    default_events: expect.arrayContaining(["pull_request", "push"]),
    redirect_url: `${address}/probot/setup`,
  });
  expect(page).toContain("https://github.com/settings/apps/new");
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

it("gives GitHub the public address for webhooks when it knows it", async () => {
  const port = String(await freePort());
  const { child, printed, output, ended } = start({ PORT: port, PUBLIC_URL: "https://modelsync.example.org/" }, root);
  await printed(/Open https:\/\/modelsync\.example\.org\/ to create it/);
  expect(output()).not.toContain("PUBLIC_URL is not set");
  const forwarded = { "x-forwarded-host": "modelsync.example.org", "x-forwarded-proto": "https" };
  const page = await (await fetch(`http://127.0.0.1:${port}/probot`, { headers: forwarded })).text();
  expect(JSON.parse(/name="manifest" id="manifest" value='([^']*)'/.exec(page)?.[1] ?? "null")).toMatchObject({
    hook_attributes: { url: "https://modelsync.example.org/api/github/webhooks" },
    redirect_url: "https://modelsync.example.org/probot/setup",
  });
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

it("serves after its credentials were entered on the set-up page", async () => {
  const folder = join(directory, "fresh");
  await mkdir(folder);
  const first = start({ PORT: String(await freePort()) }, folder);
  const [, address] = await first.printed(/Open (http:\/\/127\.0\.0\.1:\d+)\//);
  const entered = await fetch(`${address}/probot/import`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ appId: "7", pem: key.privateKey, webhook_secret: canary }),
  });
  expect(entered.status).toBe(200);
  first.child.kill("SIGTERM");
  await first.ended;
  const second = start({ GITHUB_API_URL: "http://127.0.0.1:9" }, folder);
  await second.printed(/ModelSync is ready/);
  second.child.kill("SIGTERM");
  expect(await second.ended).toBe(0);
});
