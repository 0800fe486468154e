import { createHmac } from "node:crypto";
import { request } from "node:http";
import type { App, Installation, Repository } from "../model.ts";

/** One attempt to tell an App about an event, with what it answered. `statusCode` 0: no answer. */
export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly app: App;
  readonly event: string;
  readonly action: string | null;
  readonly installation: Installation | null;
  readonly repository: Repository | null;
  readonly redelivery: boolean;
  readonly deliveredAt: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Seconds until the answer. */
  duration: number;
  /** When the answer came, or it was clear that none comes; milliseconds since 1970, null before. */
  answeredAt: number | null;
  status: string;
  statusCode: number;
  answer: { headers: Record<string, unknown>; body: string } | null;
}

/** GitHub cuts the connection after ten seconds without an answer. */
export const answerLimit = 10_000;

/** The headers GitHub sends with a delivery, the signature among them. */
export function deliveryHeaders(
  app: App,
  event: string,
  guid: string,
  hookId: number,
  body: string,
): Record<string, string> {
  const headers: Record<string, string> = {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/local",
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-github-hook-id": String(hookId),
    "x-github-hook-installation-target-id": String(app.id),
    "x-github-hook-installation-target-type": "integration",
  };
  if (!app.webhookSecret) return headers;
  const sign = (algorithm: string) =>
    createHmac(algorithm, app.webhookSecret ?? "")
      .update(body)
      .digest("hex");
  return { ...headers, "x-hub-signature": `sha1=${sign("sha1")}`, "x-hub-signature-256": `sha256=${sign("sha256")}` };
}

/** Posts a delivery and writes the answer into it; never throws. */
export function send(delivery: Delivery, url: string, signal: AbortSignal): Promise<void> {
  const body = JSON.stringify(delivery.payload);
  const started = performance.now();
  return new Promise((resolve) => {
    const finish = (status: string, statusCode: number, answer: Delivery["answer"]) => {
      delivery.duration = Math.round(performance.now() - started) / 1000;
      Object.assign(delivery, { answeredAt: Date.now(), status, statusCode, answer });
      resolve();
    };
    const headers = { ...delivery.headers, "content-length": Buffer.byteLength(body) };
    const post = request(url, { method: "POST", headers, signal, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", () => finish("connection closed", 0, null));
      response.on("end", () => {
        const code = response.statusCode ?? 0;
        const text = code < 300 ? "OK" : `Invalid HTTP Response: ${code}`;
        finish(text, code, { headers: response.headers, body: Buffer.concat(chunks).toString("utf8") });
      });
    });
    const clock = setTimeout(() => post.destroy(new Error("timed out")), answerLimit);
    post.on("close", () => clearTimeout(clock));
    post.on("error", (error) => finish(error.message === "timed out" ? "timed out" : "failed to connect", 0, null));
    post.end(body);
  });
}
