import type { Outcome } from "../../pipeline/problem.ts";
import { hideCredentials } from "./hide-credentials.ts";

/** A pull request as a person names it. */
export interface PullName {
  /** Of its page's address; null when only the repository was named. */
  host: string | null;
  owner: string;
  repo: string;
  number: number;
}

const forms = [
  /^(?<owner>[\w-]+)\/(?<repo>(?!\.{1,2}#)[\w.-]+)#(?<number>[1-9]\d{0,8})$/,
  /^https?:\/\/(?<host>[^/?#@]+)\/(?<owner>[\w-]+)\/(?<repo>(?!\.{1,2}\/)[\w.-]+)\/pull\/(?<number>[1-9]\d{0,8})(?:[/?#].*)?$/,
];

/**
 * Reads `OWNER/REPO#N` or the address of the pull request's page.
 *
 * @param path the option or argument that holds it
 */
export function parsePullName(written: string, path = "--pull"): Outcome<PullName> {
  const { owner, repo, number, host = null } = forms.map((form) => form.exec(written)?.groups).find(Boolean) ?? {};
  if (owner !== undefined && repo !== undefined) {
    return { ok: true, value: { host, owner, repo, number: Number(number) }, notes: [] };
  }
  return {
    ok: false,
    problems: [
      {
        code: "not-a-pull-request",
        where: { path },
        message: "This does not name a pull request.",
        written: hideCredentials(written).slice(0, 200),
        allowed: "OWNER/REPO#N, or the address of its page: https://github.com/OWNER/REPO/pull/N",
        remedy: `Write it as in ${path} acme/income-model#57.`,
      },
    ],
  };
}
