import type { Octokit } from "./octokit.ts";
import { RateLimited, waitOf } from "./rate-limited.ts";

const guarded = new WeakSet<Octokit>();

/** A call that hangs would hold its job; a large file takes a while. */
const longestCallMilliseconds = 60_000;

/**
 * Fetches an answer with all of its body. Octokit takes a body that breaks off for an empty one, so it gets none that can:
 * rejecting here is a call that failed.
 */
export async function fetchWithin(url: string, init: RequestInit = {}): Promise<Response> {
  const limit = AbortSignal.timeout(longestCallMilliseconds);
  const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit;
  const response = await fetch(url, { ...init, signal });
  // 204 and 304 have no body, and no answer may be made of one.
  const body = response.body === null ? null : await response.arrayBuffer();
  // An answer that is made here has no address; Octokit finds the next page of some lists by it.
  return Object.defineProperty(new Response(body, response), "url", { value: response.url });
}

/** Turns limits into `RateLimited`, and keeps tokens from following a link to another host. */
export function guardCalls<Client extends Octokit>(octokit: Client, apiUrl: string): Client {
  if (guarded.has(octokit)) return octokit;
  guarded.add(octokit);
  octokit.hook.before("request", ({ url }) => {
    if (URL.canParse(url) && new URL(url).origin !== new URL(apiUrl).origin) {
      throw new Error(`GitHub's answer points to another host: ${new URL(url).host}`);
    }
  });
  octokit.hook.error("request", (error) => {
    const until = waitOf(error, new Date());
    throw until ? new RateLimited(until, error) : error;
  });
  return octokit;
}
