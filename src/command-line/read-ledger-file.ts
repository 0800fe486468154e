import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { type Outcome, refused } from "../../pipeline/problem.ts";
import { formatCount } from "../../pipeline/words.ts";
import { type Chain, followChain } from "../ledger/follow-chain.ts";
import { readLines } from "../ledger/read-lines.ts";
import type { LedgerRow } from "../ledger/row.ts";
import { notALedger } from "./ledger-problems.ts";

/**
 * Reads an exported file and follows its chain, whether that holds or not.
 *
 * @param maxBytes of the whole file
 * @param onRow is given each row
 */
export async function readLedgerFile(
  path: string,
  { head = null, maxBytes = Number.POSITIVE_INFINITY }: { head?: string | null; maxBytes?: number },
  onRow: (row: LedgerRow) => void = () => {},
): Promise<Outcome<Chain>> {
  const failed = (message: string) =>
    refused({
      code: "file-unreadable",
      where: { path },
      message,
      remedy: "Name a file that exists and that you may read.",
    });
  try {
    // A pipe that nobody writes to would be waited for.
    await using opened = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const status = await opened.stat();
    if (!status.isFile()) return failed("This is not an ordinary file.");
    if (status.size > maxBytes) {
      return refused({
        code: "file-too-large",
        where: { path },
        message: `The file has ${formatCount(status.size)} bytes; at most ${formatCount(maxBytes)} are read.`,
        remedy: "Export one pull request: modelsync ledger export --pull OWNER/REPO#N.",
      });
    }
    const { take, chain } = followChain(head);
    for await (const line of readLines(opened.createReadStream({ autoClose: false }))) {
      const taken = take(line);
      if ("row" in taken) onRow(taken.row);
    }
    return chain.head === null ? refused(notALedger(path)) : { ok: true, value: chain, notes: [] };
  } catch (error) {
    return failed(`The file could not be read: ${(error as NodeJS.ErrnoException).code ?? "unknown error"}.`);
  }
}
