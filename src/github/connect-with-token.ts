import { Octokit as RestOctokit } from "@octokit/rest";
import { fetchWithin, guardCalls } from "./guard-calls.ts";
import type { Octokit } from "./octokit.ts";

/**
 * A client that speaks as whoever the token belongs to. It prints nothing and tries nothing twice.
 *
 * @param apiUrl root of the REST API, for example `https://api.github.com`
 * @param signal ends every call
 */
export function connectWithToken(token: string, apiUrl: string, signal: AbortSignal): Octokit {
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const options = { auth: token, baseUrl: apiUrl, log: silent, request: { fetch: fetchWithin, signal, log: silent } };
  return guardCalls(new RestOctokit(options), apiUrl);
}
