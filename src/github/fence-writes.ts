import { fetchWithin } from "./guard-calls.ts";
import type { Octokit } from "./octokit.ts";

type Send = typeof fetchWithin;

/** Somebody else works for this pull request now. */
export class WriteRefused extends Error {
  override readonly name = "WriteRefused";
}

/**
 * Asks before every write of a client whether it may still be made. The question comes after all waiting in the throttle,
 * right before the call: a process that was frozen meanwhile must not write when it wakes.
 *
 * @param mayWrite gets the route, such as `/repos/{owner}/{repo}/check-runs`, and what is sent
 */
export function fenceWrites(
  octokit: Octokit,
  mayWrite: (call: { method: string; url: string; fields: Record<string, unknown> }) => Promise<boolean>,
): void {
  octokit.hook.before("request", (options) => {
    const { method, url } = options;
    if (method === "GET" || url.endsWith("/graphql")) return;
    const send = (options.request.fetch as Send | undefined) ?? fetchWithin;
    const fenced: Send = async (address, init) => {
      if (!(await mayWrite({ method, url, fields: options }))) throw new WriteRefused(`${method} ${url}`);
      return send(address, init);
    };
    options.request = { ...options.request, fetch: fenced };
  });
}
