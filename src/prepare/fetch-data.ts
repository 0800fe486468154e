import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type RevisionData, type RevisionFile, revisionData } from "../../pipeline/revision-data.ts";
import type { Snapshot, TreeEntry } from "../facts/snapshot.ts";
import type { FoundData } from "./find-data.ts";
import { maxDataBytes } from "./limits.ts";

/** A function that writes the data of a revision into `folder`. What several revisions share is read once. */
export function dataFetcher(folder: string): (snapshot: Snapshot, data: FoundData) => Promise<RevisionData> {
  const fetched = new Set<string>();
  const place = (entry: TreeEntry) => join(folder, `${entry.sha}.data`);
  return async (snapshot, data) => {
    for (const entry of [...data.files, data.labels]) {
      if (entry === null || fetched.has(entry.sha)) continue;
      await writeFile(place(entry), await snapshot.read(entry, maxDataBytes), { flag: "wx", mode: 0o600 });
      fetched.add(entry.sha);
    }
    return describeData(data, place);
  };
}

/** The data of a revision as a job names it; without `place`, before it has been fetched. */
export function describeData(
  { files, labels }: FoundData,
  place: (entry: TreeEntry) => string = () => "",
): RevisionData {
  const describe = (entry: TreeEntry): RevisionFile => {
    const { path, sha, size } = entry;
    return { path, file: place(entry), blob: sha, size: size ?? 0 };
  };
  return revisionData(files.map(describe), labels === null ? null : describe(labels));
}
