import type { Command, Mistake } from "../commands/command.ts";
import type { Result } from "../commands/conversation.ts";
import type { Queryable } from "../store/database.ts";
import { withoutRowNames } from "../verdict/waiver.ts";
import { appendRow } from "./append-row.ts";
import type { Plain } from "./canonical-json.ts";
import type { LedgerRow, NewRow } from "./row.ts";

/** A row is evidence, not a copy of the data: of more accepted rows it has the digest. */
const mostRowNames = 1_000;

/** Where commands were given, and by whom. */
export interface CommandPlace {
  repository: NonNullable<LedgerRow["repository"]>;
  number: number;
  headSha: string;
  person: string;
  /** Number of the comment at GitHub. */
  comment: number;
}

/**
 * Appends what the commands of a comment led to: a row per waiver and per waiver that was taken back, and one per command that
 * was refused or did something else. A line that is no command is none.
 *
 * @param done each with what it led to, in the order of the comment
 */
export async function recordCommands(
  transaction: Queryable,
  { comment, ...place }: CommandPlace,
  done: readonly (readonly [Command | Mistake, Result])[],
): Promise<void> {
  for (const [command, result] of done) {
    if (command.name === "mistake") continue;
    await appendRow(transaction, { ...place, ...contentOf(command, result, comment) });
  }
}

function contentOf(command: Command, result: Result, comment: number): Pick<NewRow, "kind" | "data"> {
  switch (result.kind) {
    case "waived": {
      const { check, reason, until, headSha } = result.waiver;
      const findings = result.waiver.findings.map((finding) => withoutRowNames(finding, mostRowNames));
      return {
        kind: "waiver",
        data: { check, findings: findings as unknown as Plain[], reason, until, headSha, comment },
      };
    }
    case "withdrawn":
      return { kind: "unwaiver", data: { check: result.check, fingerprint: result.fingerprint, comment } };
    default:
      return {
        kind: "command",
        data: {
          command: command.name,
          target: "target" in command ? command.target : null,
          result: result.kind,
          comment,
        },
      };
  }
}
