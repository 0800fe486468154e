import { createHmac, randomUUID } from "node:crypto";
import { webhookSecret } from "./local-app.ts";

export function sign(body: string, secret = webhookSecret): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** Headers of a webhook as GitHub sends them. */
export function webhookHeaders(event: string, body: string, guid: string = randomUUID()): Record<string, string> {
  return {
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/test",
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-hub-signature-256": sign(body),
  };
}
