import { createHash } from "node:crypto";
import { z } from "zod";

/** A data file of a revision that lies in a local file. */
const revisionFileSchema = z.object({
  /** Repository path. */
  path: z.string(),
  file: z.string(),
  /** Git blob id. */
  blob: z.string(),
  size: z.number(),
});
export type RevisionFile = z.infer<typeof revisionFileSchema>;

/** The data of a revision. */
export const revisionDataSchema = z.object({
  /** At least one, sorted by path. */
  files: z.array(revisionFileSchema),
  /** The file that the experiment's `labels` names. */
  labels: revisionFileSchema.nullable(),
  /** Names the content of all of it: the blob id of a single file; of several, a digest of their paths and blob ids. */
  blob: z.string(),
});
export type RevisionData = z.infer<typeof revisionDataSchema>;

/** The data of a revision from its files. */
export function revisionData(files: RevisionFile[], labels: RevisionFile | null = null): RevisionData {
  return { files, labels, blob: dataDigest({ files, labels }) };
}

/** Hexadecimal; SHA-256 when there are several files. */
function dataDigest({ files, labels }: Pick<RevisionData, "files" | "labels">): string {
  const [first] = files;
  if (first !== undefined && files.length === 1 && labels === null) return first.blob;
  const parts = [files, labels === null ? [] : [labels]].map((some) => some.map(({ path, blob }) => [path, blob]));
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** Every file of the data, labels last. */
export function everyFile({ files, labels }: Pick<RevisionData, "files" | "labels">): RevisionFile[] {
  return labels === null ? files : [...files, labels];
}

/** What a run's lineage says of its data; the files are listed when there are several. */
export function dataLineage(data: RevisionData): { dataBlob: string; dataFiles?: { path: string; blob: string }[] } {
  const files = everyFile(data).map(({ path, blob }) => ({ path, blob }));
  return { dataBlob: data.blob, ...(files.length > 1 ? { dataFiles: files } : {}) };
}
