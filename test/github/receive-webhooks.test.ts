import type { IncomingMessage, ServerResponse } from "node:http";
import { Probot } from "probot";
import { expect, it } from "vitest";
import { type Delivery, receiveWebhooks } from "../../src/github/receive-webhooks.ts";
import { createLog } from "../../src/web/create-log.ts";
import { webhookSecret } from "../support/local-app.ts";
import { webhookHeaders } from "../support/signed-webhook.ts";

const body = '{"zen":"Speak like a human."}';
const probot = new Probot({ githubToken: "none", secret: webhookSecret, log: createLog("silent") });

/** Hands one webhook over and waits for the status that GitHub gets. */
async function statusOf(accept: (delivery: Delivery) => Promise<unknown>, patience: number): Promise<number> {
  await probot.auth();
  const receive = receiveWebhooks(probot, accept, createLog("silent"), patience);
  let status = 0;
  const response = {
    writeHead(code: number) {
      status = code;
      return response;
    },
    end: () => response,
  };
  const request = { headers: webhookHeaders("ping", body, "guid") };
  await receive(request as unknown as IncomingMessage, response as unknown as ServerResponse, body);
  return status;
}

it.each<[string, () => Promise<unknown>, number, number]>([
  ["200 when it is stored", async () => "done", 60_000, 200],
  ["500 when it can't be stored", () => Promise.reject(new Error("lock timeout")), 60_000, 500],
  ["503, and no kind of success, when nobody knows yet", () => new Promise(() => {}), 5, 503],
])("a webhook is answered with %s", async (_, accept, patience, status) => {
  expect(await statusOf(accept, patience)).toBe(status);
});

it("is not answered before it is stored", async () => {
  const stored = Promise.withResolvers<void>();
  const order: string[] = [];
  const answered = statusOf(() => stored.promise.then(() => order.push("stored")), 60_000).then(() =>
    order.push("answered"),
  );
  stored.resolve();
  await answered;
  expect(order).toEqual(["stored", "answered"]);
});

it("hands on what GitHub sent", async () => {
  const seen: Delivery[] = [];
  await statusOf(async (delivery) => seen.push(delivery), 60_000);
  expect(seen).toEqual([{ guid: "guid", event: "ping", payload: JSON.parse(body) }]);
});
