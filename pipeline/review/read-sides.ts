import type { Outcome } from "../problem.ts";
import { readData } from "../read/read-data.ts";
import type { ReadTable } from "../read/read-table.ts";
import { everyFile } from "../revision-data.ts";
import type { ReviewJob } from "./model-review.ts";
import type { Revision } from "./revision.ts";

type Ready = Extract<Revision, { state: "ready" }>;

/** A revision and what reading its data gave; null when the revision is not ready. */
export interface ReadSide {
  revision: Ready;
  read: Outcome<ReadTable>;
}

export interface ReadSides {
  base: ReadSide | null;
  head: ReadSide | null;
  /** What drift is measured against instead of the base's data. */
  reference?: { path: string; read: Outcome<ReadTable> };
}

/**
 * Reads the data of both sides; once when both read the same file in the same way. The reference of drift is read by the
 * rules of the head's experiment.
 */
export async function readSides(job: Pick<ReviewJob, "base" | "head" | "reference">): Promise<ReadSides> {
  const sides = await readBoth(job);
  const { reference } = job;
  if (reference === undefined || sides.head === null) return sides;
  if (reference.state === "problems") {
    return { ...sides, reference: { path: reference.path, read: { ok: false, problems: reference.problems } } };
  }
  const { labels: _, ...recipe } = sides.head.revision.experiment;
  return {
    ...sides,
    reference: { path: reference.data.files[0]!.path, read: await readData(reference.data, recipe) },
  };
}

async function readBoth(job: Pick<ReviewJob, "base" | "head">): Promise<ReadSides> {
  const base = job.base.state === "ready" ? { revision: job.base, read: await read(job.base) } : null;
  if (job.head.state !== "ready") return { base, head: null };
  const same = base !== null && readsTheSame(base.revision, job.head);
  return { base, head: { revision: job.head, read: same ? base.read : await read(job.head) } };
}

function read({ experiment, data }: Ready): Promise<Outcome<ReadTable>> {
  return readData(data, experiment);
}

/** True when both sides give the same table. */
export function readsTheSame(base: Ready, head: Ready): boolean {
  const how = ({ data, experiment }: Ready) => [
    everyFile(data).map(({ path, blob }) => [path, blob]),
    experiment.labels?.key ?? null,
    experiment.format,
    experiment.missing,
    experiment.columns,
  ];
  return JSON.stringify(how(base)) === JSON.stringify(how(head));
}
