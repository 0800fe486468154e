import type { z } from "zod";
import { mayHoldCommands } from "../commands/parse-commands.ts";
import type { Effect } from "./effect.ts";
import { commentPayload, translator } from "./payloads.ts";

type Payload = z.infer<typeof commentPayload>;

/**
 * Translates `issue_comment`: a new comment on a pull request that may hold a command, and an edit of ours by somebody else, who
 * may have ticked a box. What it says and who did it is read from GitHub when it is carried out. Any other edited comment asks
 * for nothing: whoever may edit the comments of others would speak in their name.
 */
export const commentEffect = translator(commentPayload, (payload, appId): Effect | null => {
  const { action, installation, repository, issue, comment } = payload;
  if (issue.pull_request === undefined) return null;
  const place = {
    installationId: installation.id,
    repositoryId: repository.id,
    owner: repository.owner.login,
    name: repository.name,
    number: issue.number,
    commentId: comment.id,
  };
  if (action === "created" && mayHoldCommands(comment.body)) {
    return { kind: "fan-out", fanOut: { kind: "command", ...place } };
  }
  if (action !== "edited" || comment.node_id === undefined || !isOursEditedByOthers(payload, appId)) return null;
  return { kind: "fan-out", fanOut: { kind: "boxes", ...place, nodeId: comment.node_id } };
});

function isOursEditedByOthers({ comment, sender }: Payload, appId: number): boolean {
  return comment.performed_via_github_app?.id === appId && sender !== undefined && sender.id !== comment.user?.id;
}
