import { chmod } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { makeFolder } from "../../pipeline/export/make-folder.ts";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import { policyMissing } from "../git/local-policy.ts";
import { connectWithToken } from "../github/connect-with-token.ts";
import { fetchPullRequest } from "../github/fetch-pull-request.ts";
import { findPullRequest } from "../github/find-pull-request.ts";
import { type Asked, githubProblem, noSuchPullRequest } from "../github/github-problem.ts";
import { fetchLinkedIssues } from "../jobs/fetch-linked-issues.ts";
import { type Gathered, gatherFacts } from "../jobs/gather-facts.ts";
import { temporaryFolder } from "../prepare/temporary-folder.ts";
import type { Check } from "../verdict/check.ts";
import { onInterrupt } from "./on-interrupt.ts";
import type { PullTarget, ReviewOptions } from "./review-target.ts";
import { cacheFolder, reviewWithin } from "./review-within.ts";

/** Everything the App would know about a pull request at GitHub. Writes nothing there. */
export async function gatherPullFacts(
  pull: PullTarget,
  options: ReviewOptions,
  checks: ReadonlyMap<string, Check>,
): Promise<Outcome<Gathered>> {
  const asked = { option: "--pull", written: pull.written, tokenFrom: pull.token.from, apiUrl: pull.apiUrl };
  // In the person's own cache, because there may be no clone.
  const cache = cacheFolder(options.cache, join(homedir(), ".cache", "modelsync", "pulls"));
  using interrupt = onInterrupt();
  await using owned = new AsyncDisposableStack();
  const gitHub =
    cache === null
      ? owned.use(await temporaryFolder("modelsync-pull-")).path
      : await privateFolder(join(cache, encodeURIComponent(new URL(pull.apiUrl).host)));
  const { signal } = interrupt;
  try {
    const { client, baseRef, open } = await findPullRequest(
      connectWithToken(pull.token.value, pull.apiUrl, signal),
      pull,
    );
    if (!open) return { ok: false, problems: [closed(asked, baseRef)] };
    const seen = await fetchPullRequest(client, pull.number, baseRef);
    if (seen === null) return { ok: false, problems: [noSuchPullRequest(asked)] };
    const folder = join(gitHub, String(client.repositoryId));
    const ports = {
      checks,
      blobDirectory: join(folder, "blobs"),
      reviewModels: (request: Parameters<typeof reviewWithin>[2]) =>
        reviewWithin(options, cache && folder, request, [gitHub]),
    };
    const linkedIssues = await fetchLinkedIssues(client, seen, checks);
    const gathered = await gatherFacts(ports, client, seen, linkedIssues, { forced: true, signal });
    const isWithoutPolicy = "notice" in gathered && gathered.notice.silent;
    if (isWithoutPolicy) return { ok: false, problems: [policyMissing(seen.pullRequest.base.ref)] };
    return { ok: true, value: gathered, notes: [] };
  } catch (error) {
    signal.throwIfAborted();
    const problem = githubProblem(error, asked);
    if (problem === null) throw error;
    return { ok: false, problems: [problem] };
  }
}

/** Only this person may look into it: what a private repository holds is kept there. */
async function privateFolder(path: string): Promise<string> {
  await makeFolder(resolve(path));
  await chmod(path, 0o700);
  return path;
}

function closed({ option, written }: Asked, baseRef: string): Problem {
  return {
    code: "pull-request-closed",
    where: { path: option },
    message: "This pull request is closed or merged, so there is nothing to decide.",
    written,
    allowed: "an open pull request",
    remedy: `Reopen it, or review its branch in a clone: modelsync review --base ${baseRef} --head BRANCH.`,
  };
}
