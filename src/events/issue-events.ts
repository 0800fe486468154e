import { issuePayload, translator } from "./payloads.ts";

const actions = new Set(["opened", "edited", "labeled", "unlabeled", "closed", "reopened", "deleted", "transferred"]);

/** Translates an `issues` event: the pull requests that the issue is linked to may get another answer. */
export const issueEffect = translator(issuePayload, ({ action, repository: { owner, name }, issue }) =>
  actions.has(action)
    ? { kind: "fan-out", fanOut: { kind: "issue", repository: `${owner.login}/${name}`, number: issue.number } }
    : null,
);
