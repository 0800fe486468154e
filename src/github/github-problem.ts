import { ZodError } from "zod";
import type { Problem } from "../../pipeline/problem.ts";
import { RateLimited } from "./rate-limited.ts";

/** What was asked of GitHub, for a sentence to the person who asked. */
export interface Asked {
  /** The option or argument that named it, and what it said. */
  option: string;
  written: string;
  /** The variable that holds the token. */
  tokenFrom: string;
  apiUrl: string;
}

interface Answer {
  status: number;
  message: string;
  response?: { headers: Record<string, unknown> };
}

/** What a token needs for a review. */
export const tokenRights = "a token that may read contents, pull requests and issues of the repository (classic: repo)";

/** Why GitHub gave no answer, as something a person can act upon; null when the error is one of our own. */
export function githubProblem(error: unknown, asked: Asked): Problem | null {
  const github = { path: asked.apiUrl };
  if (error instanceof RateLimited) {
    return {
      code: "rate-limited",
      where: github,
      message: `GitHub asks to wait until ${error.until.toISOString()}.`,
      remedy: "Run it again then. What is downloaded already is not asked for again, unless --no-cache says so.",
    };
  }
  if (error instanceof ZodError) {
    return {
      code: "not-github",
      where: github,
      message: "What answers at this address does not answer as GitHub does.",
      allowed: "https://api.github.com, or https://HOST/api/v3 of a GitHub Enterprise Server",
      remedy: "Correct --github-url or GITHUB_API_URL.",
    };
  }
  if (!(error instanceof Error)) return null;
  // GraphQL's errors come with HTTP 200. Those that refuse something are no errors here.
  if (error.name === "GraphqlResponseError") return unavailable(github, "its GraphQL API failed");
  if (!isAnswer(error)) return null;
  const { status, message, response } = error;
  if (response === undefined) {
    return {
      code: "github-unreachable",
      where: github,
      message: "GitHub could not be reached.",
      written: message,
      remedy: "Check the connection and --github-url. Behind a proxy set HTTPS_PROXY and NODE_USE_ENV_PROXY=1.",
    };
  }
  if (status >= 500) return unavailable(github, `status ${status}`);
  if (status === 404) return noSuchPullRequest(asked);
  const token = { where: { path: asked.tokenFrom }, allowed: tokenRights };
  if (status === 401) {
    return {
      ...token,
      code: "token-refused",
      message: `GitHub at ${asked.apiUrl} does not know this token, or it has expired.`,
      remedy: `Make a new one in the developer settings of that GitHub, and set ${asked.tokenFrom} to it.`,
    };
  }
  if (status === 403) {
    const signOn = response.headers["x-github-sso"] !== undefined;
    return {
      ...token,
      code: "token-forbidden",
      message: `GitHub does not let this token read ${asked.written}.`,
      remedy: signOn
        ? "Its organization asks for single sign-on: authorize the token for it in the developer settings of GitHub."
        : "Give the token these rights, or ask an owner of the repository whether it lets such tokens in.",
    };
  }
  return {
    code: "github-refused",
    where: github,
    message: `GitHub answered with status ${status}.`,
    written: message.slice(0, 300),
    remedy: "Try it again. If it stays, report it with this message.",
  };
}

/** GitHub answers the same for what does not exist and for what a token may not know of. */
export function noSuchPullRequest({ option, written, tokenFrom, apiUrl }: Asked): Problem {
  return {
    code: "no-such-pull-request",
    where: { path: option },
    message: `GitHub at ${apiUrl} has no such pull request, or the token may not read it.`,
    written,
    allowed: tokenRights,
    remedy: `Check owner, repository and number, and that ${tokenFrom} holds such a token of that GitHub.`,
  };
}

function unavailable(where: Problem["where"], how: string): Problem {
  return {
    code: "github-unavailable",
    where,
    message: `GitHub could not answer: ${how}.`,
    remedy: "Try it again later; https://www.githubstatus.com tells how github.com is.",
  };
}

function isAnswer(error: Error): error is Error & Answer {
  return "status" in error && typeof error.status === "number";
}
