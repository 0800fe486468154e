import { z } from "zod";
import { type Waiver, waiverSchema } from "../verdict/waiver.ts";
import type { LedgerRow } from "./row.ts";

/** A waiver, and the pull request that it was given on. */
export interface RecordedWaiver {
  repository: NonNullable<LedgerRow["repository"]>;
  number: number;
  waiver: Waiver;
}

export interface RecordedWaivers {
  /** Oldest first, also those that were taken back. */
  waivers: RecordedWaiver[];
  /** Rows of which this version can't tell what was waived. */
  unreadable: number;
}

const given = waiverSchema
  .pick({ check: true, findings: true, reason: true, until: true, headSha: true, baseRef: true, comment: true })
  // Of one that was read back after the ledger was lost; of any other it is the time of its row.
  .extend({ given: waiverSchema.shape.given.optional() });
const taken = z.object({ check: z.string(), fingerprint: z.string().nullable() });

/**
 * Collects the waivers that rows of a ledger tell of, as they stand after the last row.
 *
 * @returns `take` reads the next row; `recorded` is what was found so far
 */
export function collectWaivers(): { take(row: LedgerRow): void; recorded: RecordedWaivers } {
  const recorded: RecordedWaivers = { waivers: [], unreadable: 0 };
  const take = ({ kind, repository, number, person, time, data }: LedgerRow) => {
    if ((kind !== "waiver" && kind !== "unwaiver") || repository === null || number === null) return;
    if (kind === "waiver") {
      const read = given.safeParse(data);
      if (!read.success || person === null) recorded.unreadable += 1;
      else {
        const waiver = { ...read.data, by: person, given: read.data.given ?? time, withdrawnBy: null };
        recorded.waivers.push({ repository, number, waiver });
      }
      return;
    }
    const read = taken.safeParse(data);
    if (!read.success) recorded.unreadable += 1;
    else {
      const { check, fingerprint } = read.data;
      for (const one of recorded.waivers) {
        const { waiver } = one;
        const isMeant =
          one.repository.id === repository.id &&
          one.number === number &&
          waiver.check === check &&
          waiver.withdrawnBy === null &&
          waiver.findings.some((finding) => fingerprint === null || finding.fingerprint === fingerprint);
        if (isMeant) waiver.withdrawnBy = person ?? "";
      }
    }
  };
  return { take, recorded };
}
