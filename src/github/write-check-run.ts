import type { Report } from "../report/report.ts";
import type { RepositoryClient } from "./app-client.ts";
import { isKnown } from "./is-status.ts";

/** What a check run shows. `cancelled` is for a commit that a newer one replaced; GitHub never counts it as passed. */
export type CheckRunContent =
  | { status: "in_progress"; title: string; summary: string }
  | { status: "completed"; conclusion: Report["checkRun"]["conclusion"] | "cancelled"; output: Output };

type Output = Omit<Report["checkRun"], "conclusion">;

/** Starts a check run on a commit and returns its id. */
export async function createCheckRun(
  client: RepositoryClient,
  target: { name: string; headSha: string; externalId: string },
  content: CheckRunContent,
): Promise<number> {
  const { data } = await client.octokit.rest.checks.create({
    owner: client.owner,
    repo: client.name,
    name: target.name,
    head_sha: target.headSha,
    external_id: target.externalId,
    ...toFields(content),
  });
  return data.id;
}

/** Changes a check run. Returns false when GitHub does not know it any more. */
export function updateCheckRun(
  client: RepositoryClient,
  checkRunId: number,
  content: CheckRunContent,
): Promise<boolean> {
  const { octokit, owner, name: repo } = client;
  return isKnown(octokit.rest.checks.update({ owner, repo, check_run_id: checkRunId, ...toFields(content) }));
}

function toFields(content: CheckRunContent) {
  if (content.status === "in_progress") {
    return { status: content.status, output: { title: content.title, summary: content.summary } };
  }
  const { title, summary, text, annotations } = content.output;
  return {
    status: content.status,
    conclusion: content.conclusion,
    output: { title, summary, ...(text === "" ? {} : { text }), ...(annotations.length === 0 ? {} : { annotations }) },
  };
}
