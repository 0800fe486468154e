import nock from "nock";

export interface Exchange {
  method: "GET" | "POST" | "PATCH";
  /** Path with the query, below the API's root. */
  path: string;
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export const apiUrl = "https://api.github.test";

/**
 * Plays GitHub at the HTTP edge for as long as `work` runs: exactly these exchanges, each once, and nothing else. A
 * missing and an unexpected request both fail the test.
 *
 * @returns the JSON bodies that were sent, in order
 */
export async function playGitHub(exchanges: readonly Exchange[], work: () => Promise<void>): Promise<unknown[]> {
  const sent: unknown[] = [];
  nock.disableNetConnect();
  const scope = nock(apiUrl);
  for (const { method, path, status, body = {}, headers = {} } of exchanges) {
    scope.intercept(path, method).reply(async (request: Request) => {
      const text = await request.clone().text();
      sent.push(text === "" ? null : JSON.parse(text));
      return [status, body, { "content-type": "application/json; charset=utf-8", ...headers }];
    });
  }
  const unexpected: string[] = [];
  const onUnexpected = ({ method, url }: Request) => unexpected.push(`${method} ${url}`);
  nock.emitter.on("no match", onUnexpected);
  try {
    await work();
    const missing = scope.pendingMocks();
    if (missing.length + unexpected.length > 0) {
      throw new Error(
        `Missing requests: ${missing.join(", ") || "none"}. Unexpected: ${unexpected.join(", ") || "none"}`,
      );
    }
    return sent;
  } finally {
    nock.emitter.off("no match", onUnexpected);
    nock.cleanAll();
    nock.enableNetConnect();
  }
}
