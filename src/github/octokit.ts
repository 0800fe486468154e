import type { Octokit as RestOctokit } from "@octokit/rest";

/** What is asked of an Octokit. The App's own, which Probot makes, and that of a person's token both give it. */
export type Octokit = Pick<RestOctokit, "rest" | "graphql" | "paginate" | "request" | "hook">;

/** One repository at GitHub, and whatever may read it. */
export interface RepositoryReader {
  octokit: Octokit;
  repositoryId: number;
  owner: string;
  name: string;
}
