import { userInfo } from "node:os";
import { createInterface } from "node:readline/promises";
import { type Outcome, problemsOf, refused } from "../../pipeline/problem.ts";
import { cutReason, isReason } from "../commands/parse-commands.ts";
import { type AppKey, readAppKey } from "../environment.ts";
import { connectApp, type RepositoryClient } from "../github/app-client.ts";
import { checkRunName } from "../github/check-run-name.ts";
import { type FetchedPullRequest, fetchPullRequest } from "../github/fetch-pull-request.ts";
import { findPullRequest } from "../github/find-pull-request.ts";
import { overrideReference } from "../github/override-reference.ts";
import { createCheckRun } from "../github/write-check-run.ts";
import { cleanText } from "../report/escape-markdown.ts";
import { renderOverride } from "../report/render-override.ts";
import { sealKeyOf } from "../report/seal.ts";
import { sealOverride } from "../report/sealed-override.ts";
import type { Override } from "../verdict/override.ts";
import { createLog } from "../web/create-log.ts";
import { answer } from "./answer.ts";
import { onInterrupt } from "./on-interrupt.ts";
import {
  appProblem,
  keyProblem,
  noName,
  noReason,
  notConfirmed,
  nothingToOverride,
  notOpen,
  suspended,
} from "./override-problems.ts";
import { plainText } from "./plain-text.ts";
import { tell } from "./print.ts";
import { type PullName, parsePullName } from "./pull-name.ts";
import { hostProblem, urlProblem } from "./review-target.ts";

export interface OverrideOptions {
  /** Default: the name of the user of this machine. */
  by?: string;
  /** Root of GitHub's REST API. */
  githubUrl?: string;
  /** Ask nobody. */
  yes: boolean;
}

/** What is asked for, checked. */
interface Wanted {
  pull: PullName;
  written: string;
  reason: string;
  by: string;
  key: AppKey;
}

const argument = "PULL-REQUEST";
const longestName = 100;

/**
 * `modelsync override OWNER/REPO#N reason: …`: makes the check of a pull request's present head green, as the App, whatever its
 * verdict. Needs neither the server nor its database: who holds the App's key may. Answers the exit code.
 */
export async function override(written: string, words: string[], options: OverrideOptions): Promise<number> {
  const wanted = readWanted(written, words.join(" "), options);
  return answer(wanted.ok ? await publish(wanted.value, options.yes) : wanted);
}

function readWanted(written: string, text: string, options: OverrideOptions): Outcome<Wanted> {
  const pull = parsePullName(written, argument);
  const reason = /^\s*reason:(.*)$/is.exec(text)?.[1]?.trim() ?? "";
  const by = [...cleanText(options.by ?? userName())].slice(0, longestName).join("").trim();
  const found = readAppKey();
  const key = Array.isArray(found)
    ? null
    : { ...found, apiUrl: options.githubUrl?.replace(/\/+$/, "") ?? found.apiUrl };
  const from = options.githubUrl === undefined ? "GITHUB_API_URL" : "--github-url";
  const wrongUrl = key === null ? [] : urlProblem(key.apiUrl, from);
  const problems = [
    ...problemsOf(pull),
    ...(isReason(reason) ? [] : [noReason(text)]),
    ...(by === "" ? [noName] : []),
    ...(Array.isArray(found) ? found.map(keyProblem) : []),
    ...wrongUrl,
    ...(pull.ok && key !== null && wrongUrl.length === 0 ? hostProblem(pull.value.host, key.apiUrl, argument) : []),
  ];
  if (problems.length > 0 || !pull.ok || key === null) return { ok: false, problems };
  return { ok: true, value: { pull: pull.value, written, reason: cutReason(reason), by, key }, notes: [] };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // This user has no name on this machine, as in some containers.
    return "";
  }
}

async function publish(wanted: Wanted, yes: boolean): Promise<Outcome<string>> {
  const { by, reason, key } = wanted;
  const asked = { option: argument, written: wanted.written, tokenFrom: "PRIVATE_KEY", apiUrl: key.apiUrl };
  using interrupt = onInterrupt();
  try {
    const found = await findHead(wanted);
    if (!found.ok) return found;
    const { client, seen } = found.value;
    const { pullRequest } = seen;
    const headSha = pullRequest.head.sha;
    const given: Override = { number: wanted.pull.number, by, reason, given: new Date().toISOString(), headSha };
    const name = checkRunName(pullRequest.base.ref);
    tell(describePlan(seen, given, name, key));
    if (!yes && !(await isConfirmed(interrupt.signal))) return refused(notConfirmed);
    const place = { repositoryId: client.repositoryId, headSha, baseRef: pullRequest.base.ref };
    const { conclusion, ...output } = renderOverride(given);
    const text = sealOverride(given, place, sealKeyOf(key.privateKey));
    const externalId = overrideReference(client.repositoryId, given.number, given.given);
    const content = { status: "completed", conclusion, output: { ...output, text } } as const;
    interrupt.signal.throwIfAborted();
    await createCheckRun(client, { name, headSha, externalId }, content);
    const lines = [
      `✓ ${plainText(name)} is green on ${headSha.slice(0, 7)}.`,
      "  The server records it when it is back, and says so in its comment. The next push is judged as usual.",
    ];
    return { ok: true, value: lines.join("\n"), notes: [] };
  } catch (error) {
    interrupt.signal.throwIfAborted();
    const problem = appProblem(error, asked);
    if (problem === null) throw error;
    return refused(problem);
  }
}

/** The pull request as GitHub shows it now to the App. */
async function findHead({
  pull: { owner, repo, number },
  written,
  key,
}: Wanted): Promise<Outcome<{ client: RepositoryClient; seen: FetchedPullRequest }>> {
  const app = connectApp({ ...key, webhookSecret: "unused" }, createLog("silent"), false);
  const { data: installation } = await (await app.asApp()).rest.apps.getRepoInstallation({ owner, repo });
  if (installation.suspended_at !== null) return refused(suspended(argument, written));
  const { data: repository } = await (await app.asInstallation(installation.id)).rest.repos.get({ owner, repo });
  const place = { id: repository.id, owner: repository.owner.login, name: repository.name };
  const client = await app.forRepository(installation.id, place);
  const found = await findPullRequest(client.octokit, { owner: place.owner, repo: place.name, number });
  const seen = found.open ? await fetchPullRequest(client, number, found.baseRef) : null;
  if (seen?.state !== "open") return refused(notOpen(argument, written));
  const isAsked = seen.policy !== null || seen.policyIsMissed;
  return isAsked ? { ok: true, value: { client, seen }, notes: [] } : refused(nothingToOverride(seen));
}

function describePlan({ pullRequest, repository }: FetchedPullRequest, given: Override, name: string, key: AppKey) {
  const lines = [
    `Pull request: ${repository.owner}/${repository.name}#${pullRequest.number} ${pullRequest.title}`,
    `Commit:       ${given.headSha} (${pullRequest.head.ref})`,
    `Check:        ${name}, as the App ${key.appId} at ${key.apiUrl}`,
    `By:           ${given.by}`,
    `Reason:       ${given.reason}`,
  ];
  return lines.map((line) => plainText(line, 700)).join("\n");
}

/** Asks the person at a terminal; there is nobody to ask elsewhere. */
async function isConfirmed(signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  using questions = createInterface({ input: process.stdin, output: process.stderr });
  // While it waits for a line, a terminal gives Ctrl-C to it and not to the process.
  questions.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
  const said = await questions.question("Let this commit through? [y/N] ", { signal }).catch((error) => {
    signal.throwIfAborted();
    // Ctrl-D ends the input without an answer.
    if (error instanceof Error && error.name === "AbortError") return "";
    throw error;
  });
  return /^\s*y(es)?\s*$/i.test(said);
}
