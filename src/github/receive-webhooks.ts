import type { IncomingMessage, ServerResponse } from "node:http";
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
): Promise<(request: IncomingMessage, response: ServerResponse, body: string) => Promise<void>> {
  const middleware = await createNodeMiddleware(
    (app) => {
      app.onAny(async ({ id, name, payload }) => {
        await accept({ guid: id, event: name, payload });
      });
    },
    { probot, webhooksPath: webhookPath },
  );
  return async (request, response, body) => {
    await middleware(Object.assign(request, { url: webhookPath, body }), response);
  };
}
