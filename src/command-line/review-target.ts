import type { Outcome, Problem } from "../../pipeline/problem.ts";
import { type GitHubAccess, hasCredentials, isLocal, readGitHubAccess } from "../environment.ts";
import { tokenRights } from "../github/github-problem.ts";
import { hideCredentials } from "./hide-credentials.ts";
import { type PullName, parsePullName } from "./pull-name.ts";
import type { Format } from "./render.ts";

/** What a person asked `modelsync review` for. */
export interface ReviewOptions {
  repository: string;
  base?: string;
  /** Default: `HEAD`. */
  head?: string;
  /** `OWNER/REPO#N` or its address, instead of a branch on this machine. */
  pull?: string;
  /** Root of GitHub's REST API. */
  githubUrl?: string;
  format: Format;
  /** A file, or only the number. */
  pullRequest?: string;
  /** An exported ledger whose waivers count. */
  waivers?: string;
  save?: string;
  /** False: neither read nor written. A folder, or by default one inside the git folder or, with `pull`, the person's own. */
  cache: string | boolean;
  timeout: number;
  memory: number;
}

/** A pull request, and how to reach the GitHub that has it. */
export interface PullTarget extends PullName {
  /** As the person named it. */
  written: string;
  token: NonNullable<GitHubAccess["token"]>;
  /** Root of the REST API. */
  apiUrl: string;
}

/** What is to be reviewed: a branch of a repository on this machine, or a pull request at GitHub. */
export type ReviewTarget = { base: string; head: string } | { pull: PullTarget };

/** Reads what a review was asked for, or every mistake in it. */
export function readTarget(options: ReviewOptions, access = readGitHubAccess()): Outcome<ReviewTarget> {
  const { base, head, pull, githubUrl } = options;
  if (pull !== undefined) return readPull(pull, options, access);
  if (githubUrl !== undefined) return failed([withoutPull]);
  if (base === undefined) return failed([nothingNamed]);
  return { ok: true, value: { base, head: head ?? "HEAD" }, notes: [] };
}

function readPull(written: string, options: ReviewOptions, { token, ...access }: GitHubAccess): Outcome<ReviewTarget> {
  const apiUrl = options.githubUrl?.replace(/\/+$/, "") ?? access.apiUrl;
  const name = parsePullName(written);
  const problems = [
    ...alsoNamed(options),
    ...(name.ok ? [] : name.problems),
    ...urlProblem(apiUrl, options.githubUrl === undefined ? "GITHUB_API_URL" : "--github-url"),
    ...tokenProblem(token),
  ];
  if (problems.length > 0 || !name.ok || token === null) return failed(problems);
  const elsewhere = hostProblem(name.value.host, apiUrl, "--pull");
  if (elsewhere.length > 0) return failed(elsewhere);
  return { ok: true, value: { pull: { ...name.value, written, token, apiUrl } }, notes: [] };
}

/** GitHub knows what these options say. */
function alsoNamed({ base, head, pullRequest }: ReviewOptions): Problem[] {
  const named = { "--base": base, "--head": head, "--pull-request": pullRequest };
  return Object.entries(named).flatMap(([path, written]): Problem[] | Problem =>
    written === undefined
      ? []
      : {
          code: "not-with-pull",
          where: { path },
          message: "A pull request at GitHub has its branches and its text there.",
          written,
          allowed: `either --pull or ${path}`,
          remedy: `Leave out ${path}, or --pull to review a branch on this machine.`,
        },
  );
}

/** Whether what proves who asks may be sent to an address. */
export function urlProblem(apiUrl: string, path: string): Problem[] {
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : null;
  const isNamed = hasCredentials(apiUrl);
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLocal(apiUrl));
  if (isSafe && !isNamed) return [];
  return [
    {
      code: "not-a-github-url",
      where: { path },
      message: isNamed
        ? "The address holds a user name or a password, and the token says who asks."
        : "This is no address that a token may be sent to.",
      written: hideCredentials(apiUrl),
      allowed: "https://api.github.com, https://HOST/api/v3, or http:// on this machine",
      remedy: "Write the root of GitHub's REST API.",
    },
  ];
}

/** The token itself is never shown: neither here nor by Node, which quotes a header that it can't send. */
function tokenProblem(token: GitHubAccess["token"]): Problem[] {
  if (token === null) return [tokenMissing];
  if (/^[\x21-\x7e]+$/.test(token.value)) return [];
  return [
    {
      code: "token-malformed",
      where: { path: token.from },
      message: "The token holds blanks, line ends or other characters that no token has.",
      allowed: tokenRights,
      remedy: `Set ${token.from} to the token alone.`,
    },
  ];
}

/** Where the pages of a GitHub are: on the host of `/api/v3`, whatever it is called, else beside `api.` or on the same. */
function webHost(apiUrl: string): string {
  const { host, pathname } = new URL(apiUrl);
  return pathname === "/api/v3" ? host : host.replace(/^api\./, "");
}

/**
 * Whether a pull request's page is at the GitHub that would be asked.
 *
 * @param host of the page; null when only the repository was named
 */
export function hostProblem(host: string | null, apiUrl: string, path: string): Problem[] {
  if (host === null || host.toLowerCase() === webHost(apiUrl)) return [];
  return [
    {
      code: "other-github",
      where: { path },
      message: "The page is not at the GitHub that would be asked, and the token is sent to no other.",
      written: host,
      allowed: webHost(apiUrl),
      remedy: "Name that GitHub's REST API with --github-url, for example https://HOST/api/v3.",
    },
  ];
}

const tokenMissing: Problem = {
  code: "token-missing",
  where: { path: "GITHUB_TOKEN" },
  message: "GitHub tells nothing about a pull request without a token, and none is set.",
  allowed: tokenRights,
  remedy: 'Set GITHUB_TOKEN or GH_TOKEN, for example: export GITHUB_TOKEN="$(gh auth token)".',
};

const nothingNamed: Problem = {
  code: "nothing-to-review",
  where: { path: "review" },
  message: "Nothing says what to review.",
  allowed: "--base BRANCH for the current branch, or --pull OWNER/REPO#N for a pull request at GitHub",
  remedy: "Name one of them; --help tells all options.",
};

const withoutPull: Problem = {
  code: "github-without-pull",
  where: { path: "--github-url" },
  message: "A branch on this machine is reviewed without GitHub.",
  allowed: "--github-url together with --pull",
  remedy: "Leave out --github-url, or name the pull request with --pull OWNER/REPO#N.",
};

function failed(problems: Problem[]): Outcome<never> {
  return { ok: false, problems };
}
