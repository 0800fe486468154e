import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { createNodeMiddleware, type Probot } from "probot";

/** The address that Probot listens at. */
export const webhookPath = "/api/github/webhooks";

/** A webhook whose signature is right. */
export interface Delivery {
  guid: string;
  event: string;
  payload: unknown;
}

/**
 * Verifies a webhook and answers it: 200 once `accept` has stored it, 400 for a wrong signature or form, 500 when it
 * could not be stored, so that GitHub's log shows it as failed.
 */
export async function receiveWebhooks(
  probot: Probot,
  accept: (delivery: Delivery) => Promise<unknown>,
  log: Pick<Logger, "warn">,
): Promise<(request: IncomingMessage, response: ServerResponse, body: string) => Promise<void>> {
  const middleware = await createNodeMiddleware(
    (app) => {
      app.onAny(async ({ id, name, payload }) => {
        await accept({ guid: id, event: name, payload });
      });
    },
    { probot, webhooksPath: webhookPath },
  );
  const warn = warnOfForgeries(log);
  return async (request, response, body) => {
    // Probot would log two errors with their stacks, and anybody can send a wrong signature as often as they like.
    const signature = request.headers["x-hub-signature-256"];
    if (typeof signature === "string" && isJson(request) && !(await isSigned(probot, body, signature))) {
      warn();
      response.writeHead(400, { "content-type": "application/json" });
      response.end('{"error":"The signature does not match the body"}');
      return;
    }
    await middleware(Object.assign(request, { url: webhookPath, body }), response);
  };
}

/** Probot refuses any other kind of body by itself. */
function isJson(request: IncomingMessage): boolean {
  return (request.headers["content-type"] ?? "").startsWith("application/json");
}

async function isSigned(probot: Probot, body: string, signature: string): Promise<boolean> {
  return probot.webhooks.verify(body, signature).catch(() => false);
}

/** One line a minute at most, with how many there were since the last one. */
function warnOfForgeries(log: Pick<Logger, "warn">): () => void {
  let count = 0;
  let told = Number.NEGATIVE_INFINITY;
  return () => {
    count += 1;
    if (performance.now() - told < 60_000) return;
    log.warn({ webhooks: count }, "refused webhooks whose signature does not match: is WEBHOOK_SECRET the App's?");
    told = performance.now();
    count = 0;
  };
}
