import type { LocalApp } from "./local-app.ts";

/** Without an issue a pull request fails; the second check may not be waived. */
export const policy = `version: 1
models: []
checks:
  linked-issue: { level: block }
  issue-labels: { level: "off" }
  pr-checklist: { level: block, require: [Tested], waivable: false }
  acceptance-criteria: { level: "off" }
`;

export const waive = "/modelsync waive linked-issue reason: agreed in the meeting";
export const done = "- [x] Tested";

let count = 0;
/** A pull request of Ada that lacks nothing but an issue. */
export async function aPull(local: LocalApp, body = done): Promise<{ number: number; sha: string }> {
  count += 1;
  const sha = await local.commit(`change-${count}`, { "notes.md": String(count) });
  const number = await local.open(`change-${count}`, { body });
  await local.settle();
  return { number, sha };
}

export async function conclusionOf(local: LocalApp, sha: string): Promise<string | null | undefined> {
  const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref: sha, filter: "latest" });
  return data.check_runs[0]?.conclusion;
}
