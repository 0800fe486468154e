import type { Effect } from "./effect.ts";
import { issuePayload } from "./payloads.ts";

const actions = new Set(["opened", "edited", "labeled", "unlabeled", "closed", "reopened", "deleted", "transferred"]);

/** Translates an `issues` event: the pull requests that the issue is linked to may get another answer. */
export function issueEffect(payload: unknown): Effect | null {
  const parsed = issuePayload.safeParse(payload);
  if (!parsed.success || !actions.has(parsed.data.action)) return null;
  const { repository, issue } = parsed.data;
  return {
    kind: "fan-out",
    fanOut: { kind: "issue", repository: `${repository.owner.login}/${repository.name}`, number: issue.number },
  };
}
