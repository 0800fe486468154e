import type { Octokit } from "./octokit.ts";
import { RateLimited, waitOf } from "./rate-limited.ts";

const guarded = new WeakSet<Octokit>();

/** A call that hangs would hold its job; a large file takes a while. */
const longestCallMilliseconds = 60_000;

export function fetchWithin(url: string, init: RequestInit = {}): Promise<Response> {
  const limit = AbortSignal.timeout(longestCallMilliseconds);
  return fetch(url, { ...init, signal: init.signal ? AbortSignal.any([init.signal, limit]) : limit });
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
