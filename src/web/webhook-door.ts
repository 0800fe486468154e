import type { IncomingMessage, ServerResponse } from "node:http";
import { webhookPath } from "../github/receive-webhooks.ts";
import { readBody } from "./read-body.ts";

/** Answers a request and returns true, or leaves it to the next door. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** Probot's own address, and the root: Apps made on the set-up page send their events there. */
const paths = new Set([webhookPath, "/"]);

/** Longer ids and names are not GitHub's. */
const longestHeader = 100;

/**
 * The door for webhooks: limits what is read before anybody knows who sent it, then hands it on.
 *
 * @param receive verifies the signature, stores the delivery and answers
 */
export function webhookDoor(
  receive: (request: IncomingMessage, response: ServerResponse, body: string) => Promise<void>,
): Handler {
  return async (request, response) => {
    const [path = ""] = (request.url ?? "").split("?", 1);
    if (request.method !== "POST" || !paths.has(path)) return false;
    if (tooLong(request.headers["x-github-delivery"]) || tooLong(request.headers["x-github-event"])) {
      refuse(response, 400, "A header is too long");
      return true;
    }
    const body = await readBody(request);
    if (body.state === "too-large") refuse(response, 413, "The body is larger than GitHub's limit of 25 MB");
    else if (body.state === "busy") refuse(response, 503, "Too many large bodies at once");
    else if (body.state === "read") {
      try {
        await receive(request, response, body.bytes.toString("utf8"));
      } finally {
        body.release();
      }
    }
    return true;
  };
}

function tooLong(value: string | string[] | undefined): boolean {
  return value !== undefined && value.length > longestHeader;
}

/** Closes the connection: what is left of the body will not be read. */
function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "application/json", connection: "close" });
  response.end(JSON.stringify({ error: message }));
}
