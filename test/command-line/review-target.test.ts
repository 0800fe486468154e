import { describe, expect, it } from "vitest";
import { type ReviewOptions, readTarget } from "../../src/command-line/review-target.ts";
import { showProblems } from "../../src/command-line/show-problems.ts";
import type { GitHubAccess } from "../../src/environment.ts";

const token = { from: "GITHUB_TOKEN", value: "ghp_secret" };
const dotCom: GitHubAccess = { token, apiUrl: "https://api.github.com" };

function read(options: Partial<ReviewOptions>, access: Partial<GitHubAccess> = {}) {
  const usual = { repository: ".", format: "terminal", cache: true, timeout: 300, memory: 2048 } as const;
  return readTarget({ ...usual, ...options }, { ...dotCom, ...access });
}

const pull = { owner: "acme", repo: "income-model", number: 57, token };

describe("what is to be reviewed", () => {
  it.each<[string, Partial<ReviewOptions>, Partial<GitHubAccess>, unknown]>([
    ["the current branch", { base: "main" }, { token: null }, { base: "main", head: "HEAD" }],
    ["a commit", { base: "main", head: "abc" }, { token: null }, { base: "main", head: "abc" }],
    [
      "a pull request by its name",
      { pull: "acme/income-model#57" },
      {},
      { pull: { ...pull, host: null, written: "acme/income-model#57", apiUrl: "https://api.github.com" } },
    ],
    [
      "a pull request by its page",
      { pull: "https://github.com/acme/income-model/pull/57/files#diff-1" },
      {},
      {
        pull: {
          ...pull,
          host: "github.com",
          written: "https://github.com/acme/income-model/pull/57/files#diff-1",
          apiUrl: "https://api.github.com",
        },
      },
    ],
    [
      "one of a GitHub Enterprise Server",
      { pull: "https://GHE.acme.test/acme/income-model/pull/57", githubUrl: "https://ghe.acme.test/api/v3/" },
      {},
      {
        pull: {
          ...pull,
          host: "GHE.acme.test",
          written: "https://GHE.acme.test/acme/income-model/pull/57",
          apiUrl: "https://ghe.acme.test/api/v3",
        },
      },
    ],
    [
      "one of a GitHub Enterprise Server whose host begins with api.",
      { pull: "https://api.acme.test/acme/income-model/pull/57", githubUrl: "https://api.acme.test/api/v3/" },
      {},
      {
        pull: {
          ...pull,
          host: "api.acme.test",
          written: "https://api.acme.test/acme/income-model/pull/57",
          apiUrl: "https://api.acme.test/api/v3",
        },
      },
    ],
    [
      "one of a GitHub on this machine, from the environment",
      { pull: "acme/income-model#57" },
      { apiUrl: "http://127.0.0.1:4000" },
      { pull: { ...pull, host: null, written: "acme/income-model#57", apiUrl: "http://127.0.0.1:4000" } },
    ],
  ])("%s", (_, options, access, value) => {
    expect(read(options, access)).toEqual({ ok: true, value, notes: [] });
  });
});

const rights = "a token that may read contents, pull requests and issues of the repository (classic: repo)";
const form = (written: string) => `--pull: This does not name a pull request. [configuration/not-a-pull-request]
  written: ${written}
  allowed: OWNER/REPO#N, or the address of its page: https://github.com/OWNER/REPO/pull/N
  Write it as in --pull acme/income-model#57.`;
const notWithPull = (option: string, written: string) =>
  `${option}: A pull request at GitHub has its branches and its text there. [configuration/not-with-pull]
  written: ${written}
  allowed: either --pull or ${option}
  Leave out ${option}, or --pull to review a branch on this machine.`;
const address = (
  option: string,
  written: string,
  message = "This is no address that a token may be sent to.",
) => `${option}: ${message} [configuration/not-a-github-url]
  written: ${written}
  allowed: https://api.github.com, https://HOST/api/v3, or http:// on this machine
  Write the root of GitHub's REST API.`;

const named = "The address holds a user name or a password, and the token says who asks.";

describe("mistakes in what is to be reviewed", () => {
  it.each<[string, Partial<ReviewOptions>, Partial<GitHubAccess>, string]>([
    [
      "nothing at all",
      {},
      {},
      `review: Nothing says what to review. [configuration/nothing-to-review]
  allowed: --base BRANCH for the current branch, or --pull OWNER/REPO#N for a pull request at GitHub
  Name one of them; --help tells all options.`,
    ],
    [
      "a GitHub for a local branch",
      { base: "main", githubUrl: "https://api.github.com" },
      {},
      `--github-url: A branch on this machine is reviewed without GitHub. [configuration/github-without-pull]
  allowed: --github-url together with --pull
  Leave out --github-url, or name the pull request with --pull OWNER/REPO#N.`,
    ],
    ["a number alone", { pull: "57" }, {}, form("57")],
    ["no number", { pull: "acme/income-model" }, {}, form("acme/income-model")],
    ["number zero", { pull: "acme/income-model#0" }, {}, form("acme/income-model#0")],
    ["a repository of dots", { pull: "acme/..#1" }, {}, form("acme/..#1")],
    ["an issue's page", { pull: "https://github.com/acme/m/issues/1" }, {}, form("https://github.com/acme/m/issues/1")],
    [
      "a name in an address",
      { pull: "https://a@github.com/acme/m/pull/1" },
      {},
      form("https://…@github.com/acme/m/pull/1"),
    ],
    [
      "a local branch as well, and its text",
      { pull: "acme/m#1", base: "main", head: "work", pullRequest: "pull.yml" },
      {},
      [notWithPull("--base", "main"), notWithPull("--head", "work"), notWithPull("--pull-request", "pull.yml")].join(
        "\n",
      ),
    ],
    [
      "the page of another GitHub, which must not get the token",
      { pull: "https://github.com.evil.test/acme/m/pull/1" },
      {},
      `--pull: The page is not at the GitHub that would be asked, and the token is sent to no other. [configuration/other-github]
  written: github.com.evil.test
  allowed: github.com
  Name that GitHub's REST API with --github-url, for example https://HOST/api/v3.`,
    ],
    [
      "the page beside a GitHub Enterprise Server whose host begins with api.",
      { pull: "https://acme.test/acme/m/pull/1", githubUrl: "https://api.acme.test/api/v3" },
      {},
      `--pull: The page is not at the GitHub that would be asked, and the token is sent to no other. [configuration/other-github]
  written: acme.test
  allowed: api.acme.test
  Name that GitHub's REST API with --github-url, for example https://HOST/api/v3.`,
    ],
    [
      "an address that is none",
      { pull: "acme/m#1", githubUrl: "api.github.com" },
      {},
      address("--github-url", "api.github.com"),
    ],
    [
      "an address that others can listen at",
      { pull: "acme/m#1" },
      { apiUrl: "http://ghe.acme.test/api/v3" },
      address("GITHUB_API_URL", "http://ghe.acme.test/api/v3"),
    ],
    ...["http://127.evil.test", "http://127.0.0.1.nip.io", "http://127.0.0.1.5"].map(
      (githubUrl): [string, Partial<ReviewOptions>, Partial<GitHubAccess>, string] => [
        `an address that only looks like this machine: ${githubUrl}`,
        { pull: "acme/m#1", githubUrl },
        {},
        address("--github-url", githubUrl),
      ],
    ),
    [
      "a name and a password in an address",
      { pull: "acme/m#1", githubUrl: "https://ada:pass@ghe.acme.test/api/v3" },
      {},
      address("--github-url", "https://…@ghe.acme.test/api/v3", named),
    ],
    [
      "a name alone",
      { pull: "acme/m#1" },
      { apiUrl: "http://ghp_pass@127.0.0.1:4000" },
      address("GITHUB_API_URL", "http://…@127.0.0.1:4000", named),
    ],
    [
      "a name and a password behind slashes that only a browser takes for some",
      { pull: "acme/m#1", githubUrl: "https:\\\\ada:p@ss@ghe.acme.test/api/v3" },
      {},
      address("--github-url", "…@ghe.acme.test/api/v3", named),
    ],
    [
      "a password in an address that is none",
      { pull: "acme/m#1", githubUrl: "ada:pa/ss@ghe.acme.test" },
      {},
      address("--github-url", "…@ghe.acme.test"),
    ],
    [
      "no token, with everything else that is wrong",
      { pull: "57" },
      { token: null },
      `${form("57")}
GITHUB_TOKEN: GitHub tells nothing about a pull request without a token, and none is set. [configuration/token-missing]
  allowed: ${rights}
  Set GITHUB_TOKEN or GH_TOKEN, for example: export GITHUB_TOKEN="$(gh auth token)".`,
    ],
    [
      "a token with a line end",
      { pull: "acme/m#1" },
      { token: { from: "GH_TOKEN", value: "ghp_secret\n" } },
      `GH_TOKEN: The token holds blanks, line ends or other characters that no token has. [configuration/token-malformed]
  allowed: ${rights}
  Set GH_TOKEN to the token alone.`,
    ],
  ])("%s", (_, options, access, said) => {
    const target = read(options, access);
    expect(target.ok ? target.value : showProblems(target.problems)).toBe(said);
  });
});
