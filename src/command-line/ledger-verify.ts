import { type Outcome, refused } from "../../pipeline/problem.ts";
import { chainHolds, describeChain } from "../ledger/chain-words.ts";
import { type Chain, followChain } from "../ledger/follow-chain.ts";
import { storedLines } from "../ledger/stored-lines.ts";
import { refuse } from "./answer.ts";
import { exitCodes } from "./exit-codes.ts";
import { notAHash, severalLedgers } from "./ledger-problems.ts";
import { type LedgerPlace, readLedger } from "./open-ledger.ts";
import { plainText } from "./plain-text.ts";
import { print } from "./print.ts";
import { readLedgerFile } from "./read-ledger-file.ts";

/**
 * `modelsync ledger verify [FILE]`: whether every row is there and says what it said when it was appended. Answers the exit code: 1 when
 * the chain does not hold.
 */
export async function verifyLedger(
  file: string | undefined,
  { head: written, ...place }: LedgerPlace & { head?: string },
): Promise<number> {
  const head = written?.toLowerCase() ?? null;
  if (head !== null && !/^[0-9a-f]{64}$/.test(head)) return refuse([notAHash(written!)]);
  const found = await (file === undefined ? verifyDatabase(place, head) : verifyFile(file, place, head));
  if (!found.ok) return refuse(found.problems);
  const holds = chainHolds(found.value, head);
  const [first, ...rest] = describeChain(found.value, head);
  print([`${holds ? "✓" : "✗"} ${first}`, ...rest.map((line) => `  ${plainText(line)}`)].join("\n"));
  return holds ? exitCodes.pass : exitCodes.fail;
}

function verifyDatabase(place: LedgerPlace, head: string | null): Promise<Outcome<Chain>> {
  return readLedger(place, async (database) => {
    const { take, chain } = followChain(head);
    for await (const line of storedLines(database)) take(line);
    return { ok: true, value: chain, notes: [] };
  });
}

async function verifyFile(path: string, place: LedgerPlace, head: string | null): Promise<Outcome<Chain>> {
  if (place.data !== undefined || place.databaseUrl !== undefined) return refused(severalLedgers);
  return readLedgerFile(path, { head });
}
