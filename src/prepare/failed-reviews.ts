import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { readEntry, writeEntry } from "../../pipeline/child/cache-entry.ts";
import { type Failure, failureSchema } from "../../pipeline/child/protocol.ts";
import { engineVersion } from "../../pipeline/engine-version.ts";
import { makeFolder } from "../../pipeline/export/make-folder.ts";

/** How long the same work is not begun again, so that one pull request cannot keep a machine busy with what is bound to fail. */
const restMilliseconds = 3_600_000;

/** Reviews that did not finish, by the digest of their inputs. */
export interface FailedReviews {
  /** How it ended, and until when it is not tried again; null when it may be tried. */
  get(digest: string, limits: Limits): Promise<{ failure: Failure; until: Date } | null>;
  /** Returns until when it is not tried again. */
  set(digest: string, limits: Limits, failure: Failure): Promise<Date>;
}

interface Limits {
  seconds: number;
  megabytes: number;
}

const entrySchema = z.object({
  engine: z.string(),
  at: z.number(),
  limits: z.object({ seconds: z.number(), megabytes: z.number() }),
  failure: failureSchema,
});

/**
 * Remembers failures in files of `folder`, so that a server that was brought down does not begin them again. With other
 * limits than those that it failed at, or by another engine, work may be tried at once. A file that can't be read or
 * written is as good as none.
 */
export function openFailedReviews(
  folder: string,
  now: () => number = Date.now,
  engine: string = engineVersion,
): FailedReviews {
  const file = (digest: string) => resolve(join(folder, "failed", `${digest}.json`));
  return {
    get: async (digest, limits) => {
      const entry = entrySchema.safeParse(readEntry(file(digest)));
      if (!entry.success) return null;
      const { at, failure } = entry.data;
      const sameWork =
        entry.data.engine === engine &&
        entry.data.limits.seconds === limits.seconds &&
        entry.data.limits.megabytes === limits.megabytes;
      const until = at + restMilliseconds;
      return sameWork && at <= now() && now() < until ? { failure, until: new Date(until) } : null;
    },
    set: async (digest, limits, failure) => {
      const at = now();
      await makeFolder(dirname(file(digest))).then(
        () => writeEntry(file(digest), { engine, at, limits, failure }),
        // Then it is tried again, as without this memory.
        () => {},
      );
      return new Date(at + restMilliseconds);
    },
  };
}
