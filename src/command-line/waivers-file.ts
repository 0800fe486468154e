import { type Outcome, refused } from "../../pipeline/problem.ts";
import { chainHolds, describeFault } from "../ledger/chain-words.ts";
import { collectWaivers, type RecordedWaiver, type RecordedWaivers } from "../ledger/collect-waivers.ts";
import type { Verdict } from "../verdict/verdict.ts";
import type { Waiver } from "../verdict/waiver.ts";
import { countOf } from "../words/count-of.ts";
import { readLedgerFile } from "./read-ledger-file.ts";

/** Far more than the rows of one pull request have. */
const maxBytes = 64 * 1024 * 1024;
const shownNames = 5;

/** What `--waivers` names, read. */
export interface WaiversFile extends RecordedWaivers {
  path: string;
}

/** Reads the waivers of an exported ledger. A chain that does not hold is refused: somebody may have written into it. */
export async function readWaiversFile(path: string): Promise<Outcome<WaiversFile>> {
  const { take, recorded } = collectWaivers();
  const read = await readLedgerFile(path, { maxBytes }, take);
  if (!read.ok) return read;
  const { faults } = read.value;
  if (chainHolds(read.value, null)) return { ok: true, value: { path, ...recorded }, notes: [] };
  const [first] = faults;
  return refused({
    code: "chain-broken",
    where: { path, ...(first?.kind === "unreadable" ? { line: first.line } : {}) },
    message:
      `The chain of this ledger does not hold, so that nobody knows what was waived. ${first ? describeFault(first) : ""}`.trim(),
    allowed: "a file as modelsync ledger export wrote it",
    remedy: "Export it again. modelsync ledger verify FILE tells every fault.",
  });
}

/**
 * The waivers of a file that are about what is reviewed.
 *
 * @param reviewed nulls: a branch on this machine, of which nobody knows which repository or pull request it is at GitHub
 */
export function chooseWaivers(
  { path, waivers }: WaiversFile,
  reviewed: { repositoryId: number | null; number: number | null },
): Outcome<Waiver[]> {
  const mine = waivers.filter(
    ({ repository, number }) =>
      (reviewed.repositoryId ?? repository.id) === repository.id && (reviewed.number ?? number) === number,
  );
  const names = namesOf(mine);
  if (names.length > 1) {
    return refused({
      code: "several-pull-requests",
      where: { path },
      message: "The file holds waivers of several pull requests, and nothing says which one this branch is.",
      written: names.slice(0, shownNames).join(", "),
      allowed: "the number of one with --pull-request, or a file that is about one",
      remedy: "Export one pull request: modelsync ledger export --pull OWNER/REPO#N.",
    });
  }
  return { ok: true, value: mine.map(({ waiver }) => waiver), notes: [] };
}

/** What of a file had no part in a verdict, as lines. What names a finding is told in the report. */
export function describeUnused({ waivers, unreadable, path }: WaiversFile, used: Waiver[], verdict: Verdict): string[] {
  const others = waivers.filter(({ waiver }) => !used.includes(waiver));
  const names = namesOf(others);
  const named = new Set(
    verdict.outcomes.flatMap(({ id, waived = [] }) => waived.map(({ finding }) => `${id} ${finding.fingerprint}`)),
  );
  const idle = used.filter(
    ({ check, findings, withdrawnBy }) =>
      withdrawnBy === null && findings.every(({ fingerprint }) => !named.has(`${check} ${fingerprint}`)),
  );
  const more = names.length > shownNames ? ` and ${names.length - shownNames} more` : "";
  return [
    ...(waivers.length === 0 ? [`${path}: The file holds no waiver.`] : []),
    ...(others.length === 0
      ? []
      : [
          `${path}: Not used, because about ${names.slice(0, shownNames).join(", ")}${more}: ${countOf(others.length, "waiver")}.`,
        ]),
    ...idle.map(
      ({ check, by, until }) =>
        `${path}: Not used, because nothing that it names fails: ${check}, by ${by} until ${until}.`,
    ),
    ...(unreadable === 0
      ? []
      : [`${path}: Not used, because another version of ModelSync wrote them: ${countOf(unreadable, "row")}.`]),
  ];
}

function namesOf(waivers: readonly RecordedWaiver[]): string[] {
  const names = waivers.map(({ repository, number }): [string, string] => [
    `${repository.id}#${number}`,
    `${repository.name}#${number}`,
  ]);
  return [...new Map(names).values()];
}
