import { type Outcome, problemsOf, refused } from "../../pipeline/problem.ts";
import { chainHolds, describeChain } from "../ledger/chain-words.ts";
import { evidencePack } from "../ledger/evidence-pack.ts";
import { exportCsv, exportJsonLines } from "../ledger/export-rows.ts";
import { type Chain, followChain, type Taken } from "../ledger/follow-chain.ts";
import { judgingPolicies } from "../ledger/judging-policies.ts";
import { isWithin, type Period, parseMoment } from "../ledger/period.ts";
import type { LedgerRow } from "../ledger/row.ts";
import { storedLines } from "../ledger/stored-lines.ts";
import type { Database } from "../store/database.ts";
import {
  findLedgerRepository,
  isInLedger,
  listLedgerRepositories,
  readPoliciesAndVerdicts,
} from "../store/ledger-rows.ts";
import { countOf } from "../words/count-of.ts";
import { refuse } from "./answer.ts";
import { exitCodes } from "./exit-codes.ts";
import { emptyPeriod, noSuchPull, noSuchRepository, notADate, unknownFormat } from "./ledger-problems.ts";
import { type LedgerPlace, readLedger } from "./open-ledger.ts";
import { plainText } from "./plain-text.ts";
import { printPart, tell } from "./print.ts";
import { type PullName, parsePullName } from "./pull-name.ts";

export interface LedgerExport extends LedgerPlace {
  format: string;
  pull?: string;
  since?: string;
  until?: string;
}

const formats = { jsonl: exportJsonLines, csv: exportCsv, markdown: null } as const;

/** What is asked for, checked. */
interface Choice {
  format: keyof typeof formats;
  pull: PullName | null;
  period: Period;
}

/**
 * `modelsync ledger export`: prints the rows that are asked for. Every row of the ledger is verified meanwhile. Answers the exit code: 1
 * when the chain does not hold.
 */
export async function exportLedger(options: LedgerExport): Promise<number> {
  const choice = parseChoice(options);
  if (!choice.ok) return refuse(choice.problems);
  const found = await readLedger(options, async (database) => {
    const pull = await findPull(database, choice.value.pull);
    return pull.ok ? { ok: true, value: await printRows(database, choice.value, pull.value), notes: [] } : pull;
  });
  if (!found.ok) return refuse(found.problems);
  const { chain, printed } = found.value;
  tell([`Exported: ${countOf(printed, "row")}.`, ...describeChain(chain).map((line) => plainText(line))].join("\n"));
  return chainHolds(chain, null) ? exitCodes.pass : exitCodes.fail;
}

async function printRows(database: Database, { format, period, pull }: Choice, asked: AskedPull | null) {
  const { take, chain } = followChain();
  async function* entries(): AsyncGenerator<Taken> {
    for await (const line of storedLines(database)) yield take(line);
  }
  const printed: LedgerRow[] = [];
  let count = 0;
  const isAsked = await wantedRows(database, period, asked);
  const wanted = (row: LedgerRow) => {
    const isWanted = isAsked(row);
    if (isWanted) count += 1;
    return isWanted;
  };
  const write = formats[format];
  if (write !== null) for await (const part of write(entries(), wanted)) await printPart(part);
  else {
    for await (const entry of entries()) if ("row" in entry && wanted(entry.row)) printed.push(entry.row);
    await printPart(evidencePack(printed, describePack(chain, count, pull, period)));
  }
  return { chain, printed: count };
}

function describePack(chain: Chain, count: number, pull: PullName | null, { since, until }: Period): string[] {
  return [
    ...(pull === null ? [] : [`Pull request: ${pull.owner}/${pull.repo}#${pull.number}`]),
    ...(since === null ? [] : [`Since: ${since}`]),
    ...(until === null ? [] : [`Until: ${until}`]),
    `Shown: ${countOf(count, "row")}.`,
    ...describeChain(chain),
  ];
}

interface AskedPull {
  repositoryId: number;
  number: number;
}

/** What is asked for. With a pull request also which policies its verdicts refer to, whenever those came into force. */
async function wantedRows(
  database: Database,
  period: Period,
  asked: AskedPull | null,
): Promise<(row: LedgerRow) => boolean> {
  if (asked === null) return ({ time }) => isWithin(time, period);
  const rows = await readPoliciesAndVerdicts(database, asked);
  const policies = judgingPolicies(rows, (time) => isWithin(time, period));
  return ({ seq, time, repository, number }) =>
    policies.has(seq) || (isWithin(time, period) && repository?.id === asked.repositoryId && number === asked.number);
}

async function findPull(database: Database, pull: PullName | null): Promise<Outcome<AskedPull | null>> {
  if (pull === null) return { ok: true, value: null, notes: [] };
  const name = `${pull.owner}/${pull.repo}`;
  const repositoryId = await findLedgerRepository(database, name);
  if (repositoryId === null) return refused(noSuchRepository(name, await listLedgerRepositories(database, 10)));
  const asked = { repositoryId, number: pull.number };
  if (!(await isInLedger(database, asked))) return refused(noSuchPull(`${name}#${pull.number}`));
  return { ok: true, value: asked, notes: [] };
}

function parseChoice({ format, pull, since, until }: LedgerExport): Outcome<Choice> {
  const known = Object.keys(formats);
  const named: Outcome<PullName | null> =
    pull === undefined ? { ok: true, value: null, notes: [] } : parsePullName(pull);
  const moment = (which: keyof Period, written: string | undefined): Outcome<string | null> => {
    const parsed = written === undefined ? null : parseMoment(written, which);
    if (written !== undefined && parsed === null) return refused(notADate(`--${which}`, written));
    return { ok: true, value: parsed, notes: [] };
  };
  const from = moment("since", since);
  const to = moment("until", until);
  const problems = [
    ...(known.includes(format) ? [] : [unknownFormat(format, known)]),
    ...problemsOf(named, from, to),
    ...(from.ok && to.ok && from.value !== null && to.value !== null && from.value > to.value ? [emptyPeriod] : []),
  ];
  if (problems.length > 0 || !named.ok || !from.ok || !to.ok) return { ok: false, problems };
  const period = { since: from.value, until: to.value };
  return { ok: true, value: { format: format as Choice["format"], pull: named.value, period }, notes: [] };
}
