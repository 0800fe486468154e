import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { sign, webhookHeaders } from "../support/signed-webhook.ts";

interface Example {
  name: string;
  examples: { installation?: { id: number }; action?: string }[];
}

const examples = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve("@octokit/webhooks-examples/api.github.com/index.json"), "utf8"),
) as Example[];

let local: LocalApp;
let url = "";
beforeAll(async () => {
  local = await startLocalApp({ retries: 0, debounceSeconds: 600 });
  url = `${local.app.url}/api/github/webhooks`;
});
afterAll(() => local[Symbol.asyncDispose]());

async function post(headers: Record<string, string>, body: string | Uint8Array, to = url) {
  const response = await fetch(to, { method: "POST", headers, body: body as string });
  return { status: response.status, text: await response.text() };
}

const health = async () => {
  const response = await fetch(`${local.app.url}/healthz`);
  return { status: response.status, body: (await response.json()) as { queue: { waiting: number } } };
};

const ping = JSON.stringify({ zen: "Keep it logically awesome." });

describe("a webhook that is not GitHub's", () => {
  const good = webhookHeaders("ping", ping);
  const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
  const signed = (signature: string) => ({ ...good, "x-hub-signature-256": signature });

  it.each<[string, Record<string, string>, string, number]>([
    ["with a signature by another secret", signed(sign(ping, "another")), ping, 400],
    ["signed with Probot's default secret", signed(sign(ping, "development")), ping, 400],
    ["with a signature of another body", good, `${ping} `, 400],
    ["with a signature that was cut off", signed(sign(ping).slice(0, 30)), ping, 400],
    ["with an empty signature", signed(""), ping, 400],
    ["with a signature of another kind", signed("sha256=ä"), ping, 400],
    [
      "with the old kind of signature only",
      { ...without("x-hub-signature-256"), "x-hub-signature": "sha1=abc" },
      ping,
      400,
    ],
    ["without a signature", without("x-hub-signature-256"), ping, 400],
    ["without an event", without("x-github-event"), ping, 400],
    ["without a delivery id", without("x-github-delivery"), ping, 400],
    ["with a delivery id of 200 characters", { ...good, "x-github-delivery": "x".repeat(200) }, ping, 400],
    ["that is no JSON", webhookHeaders("ping", "not json"), "not json", 400],
    ["that is a form", { ...good, "content-type": "application/x-www-form-urlencoded" }, ping, 415],
  ])("%s is refused", async (_, headers, body, status) => {
    const latin = Object.fromEntries(
      Object.entries(headers).map(([key, value]) => [key, value.replaceAll("ä", "\u00e4")]),
    );
    expect((await post(latin, body)).status).toBe(status);
  });

  it("leaves one warning in the log however often it comes", () => {
    const told = local.lines.filter((line) => /signature/i.test(line));
    expect(told.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ level: 40, webhooks: 1, msg: expect.stringContaining("is WEBHOOK_SECRET the App's?") }),
    ]);
  });

  it("of 30 MB is refused before it is read", async () => {
    const body = Buffer.alloc(30 * 1024 * 1024, 32);
    expect(
      await post({ ...good, "content-length": String(body.length) }, body).catch(() => ({ status: 413 })),
    ).toMatchObject({
      status: 413,
    });
  });

  it("of 30 MB in chunks of unknown length is cut off", async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const sending = request(url, { method: "POST", headers: good }, (response) => {
        resolve(response.statusCode ?? 0);
        sending.destroy();
      });
      sending.on("error", reject);
      const chunk = Buffer.alloc(1024 * 1024, 32);
      for (let megabyte = 0; megabyte < 30; megabyte += 1) sending.write(chunk);
      sending.end();
    });
    expect(status).toBe(413);
  });

  it("of 25 MB is forgotten once it was refused, however many come", async () => {
    const body = Buffer.alloc(25 * 1024 * 1024, 32);
    for (let time = 0; time < 6; time += 1) expect((await post(good, body)).status).toBe(400);
  });

  it("that is not HTTP at all ends the connection and nothing else", async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(local.app.port, "127.0.0.1", () => socket.write("\u0016\u0003\u0001 nonsense\r\n\r\n"));
      socket.on("close", () => resolve());
      socket.on("error", () => {});
    });
    expect((await health()).status).toBe(200);
  });

  it("nested a million deep is refused without harm", async () => {
    const body = `${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`;
    const { status } = await post(webhookHeaders("pull_request", body), body);
    expect([200, 400, 500]).toContain(status);
    expect((await health()).status).toBe(200);
  });
});

describe("a webhook of GitHub's", () => {
  it("is taken at Probot's address and at the root, where Apps made on the set-up page send", async () => {
    for (const to of [url, `${local.app.url}/`]) {
      expect(await post(webhookHeaders("ping", ping), ping, to)).toEqual({ status: 200, text: "ok\n" });
    }
  });

  it("of 20 MB is taken", async () => {
    const body = JSON.stringify({ zen: "x".repeat(20 * 1024 * 1024) });
    expect((await post(webhookHeaders("ping", body), body)).status).toBe(200);
  });

  it.each(examples.map(({ name, examples: payloads }) => [name, payloads] as const))(
    "%s: every published example is acknowledged and makes one job at most",
    async (name, payloads) => {
      for (const payload of payloads) {
        const before = (await health()).body.queue.waiting;
        const body = JSON.stringify({ installation: { id: 1 }, ...payload });
        expect(await post(webhookHeaders(name, body), body)).toEqual({ status: 200, text: "ok\n" });
        expect((await health()).body.queue.waiting - before).toBeLessThanOrEqual(1);
      }
    },
  );

  it("of an installation with 1,000 repositories is taken", async () => {
    const repositories = Array.from({ length: 1000 }, (_, id) => ({ id: id + 1, full_name: `acme/${randomUUID()}` }));
    const body = JSON.stringify({ action: "created", installation: { id: 999_999 }, repositories });
    expect(await post(webhookHeaders("installation", body), body)).toEqual({ status: 200, text: "ok\n" });
  });

  it("is worked off once, however often it is sent", async () => {
    const example = examples
      .find(({ name }) => name === "pull_request")
      ?.examples.find(({ action }) => action === "opened");
    const body = JSON.stringify({ ...example, installation: { id: 1 } });
    const guid = randomUUID();
    const before = (await health()).body.queue.waiting;
    for (let time = 0; time < 3; time += 1) await post(webhookHeaders("pull_request", body, guid), body);
    expect((await health()).body.queue.waiting - before).toBeLessThanOrEqual(1);
  });
});

it.each([
  ["GET", "/healthz?from=balancer"],
  ["HEAD", "/healthz"],
])("tells its health to %s %s", async (method, path) => {
  expect((await fetch(`${local.app.url}${path}`, { method })).status).toBe(200);
});

it.each([
  ["GET", "/"],
  ["GET", "/api/github/webhooks"],
  ["POST", "/healthz"],
  ["GET", "/../etc/passwd"],
])("answers 404 to %s %s", async (method, path) => {
  expect((await fetch(`${local.app.url}${path}`, { method })).status).toBe(404);
});
