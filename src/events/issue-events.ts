import { issuePayload, translator } from "./payloads.ts";

const actions = new Set(["opened", "edited", "labeled", "unlabeled", "closed", "reopened", "deleted", "transferred"]);

/** Translates an `issues` event: the pull requests that the issue is linked to may get another answer. */
export const issueEffect = translator(issuePayload, ({ action, installation, repository, issue }) =>
  actions.has(action)
    ? {
        kind: "fan-out",
        fanOut: { kind: "issue", installationId: installation.id, repositoryId: repository.id, number: issue.number },
      }
    : null,
);
