import { mayHoldCommands } from "../commands/parse-commands.ts";
import { commentPayload, translator } from "./payloads.ts";

/**
 * Translates `issue_comment`: a new comment on a pull request that may hold a command. What it says and who wrote it is read
 * from GitHub when the command is carried out. An edited comment asks for nothing: whoever may edit the comments of others
 * would speak in their name.
 */
export const commentEffect = translator(commentPayload, ({ action, installation, repository, issue, comment }) =>
  action === "created" && issue.pull_request !== undefined && mayHoldCommands(comment.body)
    ? {
        kind: "fan-out",
        fanOut: {
          kind: "command",
          installationId: installation.id,
          repositoryId: repository.id,
          owner: repository.owner.login,
          name: repository.name,
          number: issue.number,
          commentId: comment.id,
        },
      }
    : null,
);
