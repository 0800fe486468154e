import type { Command, Mistake } from "../commands/command.ts";
import type { Result } from "../commands/conversation.ts";
import type { Queryable } from "../store/database.ts";
import { type Waiver, withoutRowNames } from "../verdict/waiver.ts";
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
    case "waived":
      return { kind: "waiver", data: waiverData(result.waiver) };
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

function waiverData({ check, findings, reason, until, headSha, baseRef, comment }: Waiver): Record<string, Plain> {
  const kept = findings.map((finding) => withoutRowNames(finding, mostRowNames));
  return { check, findings: kept as unknown as Plain[], reason, until, headSha, baseRef, comment };
}

/**
 * Appends waivers that were read back from GitHub: the rows that told of them are lost, and a ledger that does not know them
 * would lift less than the App does. When each was given stands in its data, because the row's own time is that of today.
 */
export async function recordRestored(
  transaction: Queryable,
  place: Pick<CommandPlace, "repository" | "number">,
  waivers: readonly Waiver[],
): Promise<void> {
  // A row that takes back is about every waiver of its check before it, so those that stand come last.
  for (const waiver of waivers.toSorted((a, b) => Number(a.withdrawnBy === null) - Number(b.withdrawnBy === null))) {
    const { by, check, comment, given, headSha, withdrawnBy } = waiver;
    const about = { ...place, headSha };
    await appendRow(transaction, {
      ...about,
      kind: "waiver",
      person: by,
      data: { ...waiverData(waiver), given, restored: true },
    });
    if (withdrawnBy === null) continue;
    const data = { check, fingerprint: null, comment, restored: true };
    await appendRow(transaction, { ...about, kind: "unwaiver", person: withdrawnBy, data });
  }
}
