import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { Probot } from "probot";

/** The address that Probot's set-up page gives GitHub. */
export const webhookPath = "/api/github/webhooks";

/** A webhook whose signature is right. */
export interface Delivery {
  guid: string;
  event: string;
  payload: unknown;
}

/** GitHub gives up after ten seconds, and what it then writes into its log tells less than an answer. */
const patienceMilliseconds = 9000;

/**
 * Verifies a webhook and answers it: 200 once `accept` has stored it and never before, 400 or 415 for a wrong signature or
 * form, 500 when it could not be stored and 503 when that takes too long, so that GitHub's log shows it as failed.
 */
export function receiveWebhooks(
  probot: Probot,
  accept: (delivery: Delivery) => Promise<unknown>,
  log: Pick<Logger, "warn" | "error">,
  patience = patienceMilliseconds,
): (request: IncomingMessage, response: ServerResponse, body: string) => Promise<void> {
  const warn = warnOfForgeries(log);
  return async ({ headers }, response, body) => {
    const answer = (status: number, text: string) =>
      void response.writeHead(status, { "content-type": "text/plain" }).end(`${text}\n`);
    const [guid, event, signature] = ["x-github-delivery", "x-github-event", "x-hub-signature-256"].map((name) =>
      String(headers[name] ?? ""),
    ) as [string, string, string];
    if (!/^application\/json\b/.test(headers["content-type"] ?? "")) return answer(415, "The body must be JSON");
    if (guid === "" || event === "" || signature === "") return answer(400, "A header of GitHub's is missing");
    if (!(await probot.webhooks.verify(body, signature).catch(() => false))) {
      warn();
      return answer(400, "The signature does not match the body");
    }
    const payload = readJson(body);
    if (payload === undefined) return answer(400, "The body is not JSON");
    const stored = accept({ guid, event, payload }).then(
      () => answer.bind(null, 200, "ok"),
      (error: unknown) => {
        log.error({ err: error, guid, event }, "a webhook could not be stored");
        return answer.bind(null, 500, "It could not be stored");
      },
    );
    const late = Promise.withResolvers<() => void>();
    const clock = setTimeout(late.resolve, patience, answer.bind(null, 503, "The database takes too long"));
    const say = await Promise.race([stored, late.promise]);
    clearTimeout(clock);
    say();
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
