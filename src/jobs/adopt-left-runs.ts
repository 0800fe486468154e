import type { RepositoryClient } from "../github/app-client.ts";
import { listCheckRuns } from "../github/list-check-runs.ts";
import { updateCheckRun } from "../github/write-check-run.ts";
import { readCheckRun, recordCheckRun } from "../store/check-runs.ts";
import type { Database } from "../store/database.ts";
import { type PullRequestRecord, reopenGeneration } from "../store/pull-requests.ts";
import type { StartedCheckRun } from "../store/started-check-runs.ts";

const output = {
  title: "Replaced",
  summary: "A review was interrupted. Another check run of this commit has its verdict.",
  text: "",
  annotations: [],
};

/** Stands for the content of a run where a call may have completed one whose answer never came: never equal to any. */
const completedUnseen = "completed";

/**
 * Finds the check runs that an interrupted review left in progress, some of them without a known id. The newest is what
 * GitHub shows, so an open pull request goes on with it and is reviewed even if nothing changed; the others are ended. Where
 * one was completed without anybody knowing what it says, the next verdict is a run of its own.
 */
export async function adoptLeftRuns(
  database: Database,
  client: RepositoryClient,
  record: PullRequestRecord,
  started: readonly StartedCheckRun[],
): Promise<void> {
  for (const { headSha, name } of started) {
    const runs = await listCheckRuns(client, { headSha, name });
    const [newest, ...older] = runs.filter(({ completed }) => !completed).map(({ id }) => id);
    const key = { repositoryId: record.repositoryId, headSha, name };
    const known = await readCheckRun(database, key);
    const goesOn = record.open && headSha === record.headSha;
    if (newest === undefined) {
      const [shown] = runs;
      const isKnown = shown === undefined || (known?.checkRunId === shown.id && known.contentHash !== null);
      const unseen = { contentHash: completedUnseen, conclusion: null, writer: null };
      if (!isKnown) await recordCheckRun(database, key, { checkRunId: shown.id, ...unseen });
      if (goesOn) await reopenGeneration(database, record);
      continue;
    }
    if (goesOn) {
      await reopenGeneration(database, record);
      if (known?.checkRunId !== newest) {
        await recordCheckRun(database, key, { checkRunId: newest, contentHash: null, conclusion: null, writer: null });
      }
    }
    for (const id of goesOn ? older : [newest, ...older]) {
      await updateCheckRun(client, id, { status: "completed", conclusion: "cancelled", output });
      if (known?.checkRunId === id && !goesOn)
        await recordCheckRun(database, key, { ...known, contentHash: "cancelled", conclusion: "cancelled" });
    }
  }
}
