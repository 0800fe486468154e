import type { Problem } from "../../pipeline/problem.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import { type Asked, githubProblem } from "../github/github-problem.ts";
import { isStatus } from "../github/is-status.ts";

/** Mistakes in what a person asked `modelsync override` for, and what keeps it from being done. */

export function noReason(written: string): Problem {
  return {
    code: "no-reason",
    where: { path: "reason" },
    message: "An override needs a reason: it is what everybody reads later.",
    ...(written.trim() === "" ? {} : { written: written.slice(0, 200) }),
    allowed: "reason: and at least a word after it",
    remedy: "Write it as in modelsync override acme/income-model#57 reason: the server is down, see incident 12.",
  };
}

export const noName: Problem = {
  code: "no-name",
  where: { path: "--by" },
  message: "Nobody is named who gives the override, and this machine knows no name.",
  allowed: "a name of visible characters",
  remedy: "Write your name with --by NAME.",
};

/** @param line what `readAppKey` says: the variable, then what to do */
export function keyProblem(line: string): Problem {
  const [, path = "PRIVATE_KEY", remedy = line] = /^([A-Z_]+): (.*)$/s.exec(line) ?? [];
  return {
    code: "app-key-missing",
    where: { path },
    message: "An override is published as the App, which takes its number and its private key.",
    remedy: `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}. It is read from the environment, or from a file named .env as the server has it.`,
  };
}

export function notOpen(path: string, written: string): Problem {
  return {
    code: "pull-request-closed",
    where: { path },
    message: "This pull request is closed or merged, so no check stands in its way.",
    written,
    allowed: "an open pull request",
    remedy: "Reopen it, or name another one.",
  };
}

export function nothingToOverride({ pullRequest: { base } }: FetchedPullRequest): Problem {
  return {
    code: "policy-missing",
    where: { path: base.ref },
    message:
      "The base branch has no policy, and nothing that can be seen requires this check, so there is none to override.",
    remedy: "Merge the pull request; if something else blocks it, ModelSync can't help.",
  };
}

export const notConfirmed: Problem = {
  code: "not-confirmed",
  where: { path: "--yes" },
  message: "Nothing was published, because nobody confirmed it.",
  allowed: "y at the question in a terminal, or --yes",
  remedy: "Look at the commit above, then run it again with --yes.",
};

export function suspended(path: string, written: string): Problem {
  return {
    code: "app-not-installed",
    where: { path },
    message: "The App's installation on this repository is suspended, so that GitHub takes nothing from it.",
    written,
    remedy:
      "Unsuspend it in the settings of the account that owns the repository, or take the check out of the branch's protection.",
  };
}

/** Why GitHub did not do what the App asked; null when the error is one of our own. */
export function appProblem(error: unknown, asked: Asked): Problem | null {
  const { option, written, apiUrl } = asked;
  if (isStatus(error, 401)) {
    return {
      code: "app-key-refused",
      where: { path: "PRIVATE_KEY" },
      message: `GitHub at ${apiUrl} knows no App of this number with this key.`,
      allowed: "APP_ID and a private key of the same App, of that GitHub",
      remedy:
        "Compare APP_ID with the App's settings page, and make a new private key there if this one was deleted. Check this machine's clock.",
    };
  }
  if (isStatus(error, 403)) {
    return {
      code: "app-forbidden",
      where: { path: option },
      message: `GitHub does not let the App do this in ${written}.`,
      allowed: "an App with the permissions of app.yml, in a repository that is not archived",
      remedy: "Accept the App's permissions in the settings of the account that owns the repository.",
    };
  }
  if (isStatus(error, 404)) {
    return {
      code: "app-not-installed",
      where: { path: option },
      message: `GitHub at ${apiUrl} has no such pull request, or the App is not installed on its repository.`,
      written,
      allowed: "a pull request of a repository that the App is installed on",
      remedy: "Check owner, repository and number, and that APP_ID is the App that is installed there.",
    };
  }
  return githubProblem(error, asked);
}
