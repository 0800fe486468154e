import type { Octokit as RestOctokit } from "@octokit/rest";

/** What is asked of an Octokit. The App's own, which Probot makes, and that of a person's token both give it. */
export type Octokit = Pick<RestOctokit, "rest" | "graphql" | "paginate" | "request" | "hook">;

/** One repository at GitHub, and whatever may read it. */
export interface RepositoryReader {
  octokit: Octokit;
  repositoryId: number;
  owner: string;
  name: string;
  /**
   * Whether teams may be asked for. An App that may not read them is told so in their place; to a person's token without the
   * scope read:org GitHub refuses the whole query.
   */
  readsTeams?: boolean;
}
