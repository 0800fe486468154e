import type { PullRequestHint } from "../store/pull-requests.ts";
import type { Trigger } from "../verdict/check.ts";
import { pullRequestPayload, translator } from "./payloads.ts";

interface Meaning {
  triggers: readonly Trigger[];
  always: boolean;
}

/** What each action of the `pull_request` event can change. */
const meanings = new Map<string, Meaning>([
  ["opened", { triggers: ["code"], always: true }],
  ["reopened", { triggers: ["code"], always: true }],
  ["synchronize", { triggers: ["code"], always: true }],
  ["labeled", { triggers: ["labels"], always: false }],
  ["unlabeled", { triggers: ["labels"], always: false }],
  ["ready_for_review", { triggers: ["draft"], always: false }],
  ["converted_to_draft", { triggers: ["draft"], always: false }],
]);

/** Translates a `pull_request` event. */
export const pullRequestEffect = translator(pullRequestPayload, (payload) => {
  const { action, repository, installation, pull_request, changes } = payload;
  const pullRequest: PullRequestHint = {
    repositoryId: repository.id,
    number: pull_request.number,
    installationId: installation.id,
    owner: repository.owner.login,
    name: repository.name,
    baseRef: pull_request.base.ref,
    headSha: pull_request.head.sha,
    updatedAt: pull_request.updated_at,
  };
  if (action === "closed") return { kind: "close", pullRequest };
  const meaning = action === "edited" ? meaningOfEdit(changes ?? {}) : meanings.get(action);
  return meaning ? { kind: "review", pullRequest, ...meaning } : null;
});

/** A new base has no check run of its name yet. An edited text can also link other issues. */
function meaningOfEdit(changes: { base?: unknown; title?: unknown; body?: unknown }): Meaning | undefined {
  if (changes.base !== undefined) return { triggers: ["base"], always: true };
  if (changes.title === undefined && changes.body === undefined) return undefined;
  return { triggers: ["text", "issue"], always: false };
}
