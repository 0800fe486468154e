import { ProbotOctokit } from "probot";
import type { RepositoryClient } from "../../src/github/app-client.ts";
import { guardCalls } from "../../src/github/guard-calls.ts";
import { apiUrl } from "./github.ts";

/** A client for `acme/income` at the GitHub that `playGitHub` plays. */
export function aRepositoryClient(): RepositoryClient {
  const options = {
    baseUrl: apiUrl,
    auth: { token: "ghs_test" },
    throttle: { enabled: false },
    retry: { enabled: false },
  };
  return {
    octokit: guardCalls(new ProbotOctokit(options as ConstructorParameters<typeof ProbotOctokit>[0]), apiUrl),
    appId: 7,
    botLogin: "modelsync[bot]",
    repositoryId: 11,
    owner: "acme",
    name: "income",
    readsTeams: true,
  };
}
