import type { Revision } from "../../pipeline/review/revision.ts";
import { describeData } from "./fetch-data.ts";
import type { PreparedRevision } from "./prepare-revision.ts";

/** A side as a job names it, before its data has been fetched. */
export function asRevision(side: PreparedRevision): Revision {
  if (side.state === "ready") return { ...side, data: describeData(side.data) };
  return side.state === "absent" ? side : { state: side.state, commit: side.commit, problems: side.problems };
}
