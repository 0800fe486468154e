import type { IncomingMessage, ServerResponse } from "node:http";
import { createNodeMiddleware, type Probot } from "probot";
import type { Delivery } from "../jobs/accept-delivery.ts";
import { readBody } from "./read-body.ts";

/** Probot's own address, and the root: Apps made on the set-up page send their events there. */
const paths = new Set(["/api/github/webhooks", "/"]);
const probotPath = "/api/github/webhooks";

/** Longer ids and names are not GitHub's. */
const longestHeader = 100;

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/**
 * The door for webhooks: limits the body, lets Probot verify the signature, and acknowledges once `accept` has stored the
 * delivery. Everything else about it happens later.
 */
export async function webhookDoor(probot: Probot, accept: (delivery: Delivery) => Promise<unknown>): Promise<Handler> {
  const middleware = await createNodeMiddleware(
    (app) => {
      app.onAny(async ({ id, name, payload }) => {
        await accept({ guid: id, event: name, payload });
      });
    },
    { probot, webhooksPath: probotPath },
  );
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (request.method !== "POST" || !paths.has(pathname)) return false;
    if (tooLong(request.headers["x-github-delivery"]) || tooLong(request.headers["x-github-event"])) {
      answer(response, 400, "A header is too long");
      return true;
    }
    const body = await readBody(request);
    if (body.state === "too-large") answer(response, 413, "The body is larger than GitHub's limit of 25 MB");
    else if (body.state === "busy") answer(response, 503, "Too many large bodies at once");
    else if (body.state === "read") {
      Object.assign(request, { url: probotPath, body: body.bytes.toString("utf8") });
      await middleware(request, response);
    }
    return true;
  };
}

function tooLong(value: string | string[] | undefined): boolean {
  return value !== undefined && value.length > longestHeader;
}

/** Closes the connection: what is left of the body will not be read. */
function answer(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "application/json", connection: "close" });
  response.end(JSON.stringify({ error: message }));
}
