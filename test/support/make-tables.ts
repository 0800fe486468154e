import { openQueue } from "../../src/store/job-queue.ts";
import { type DatabaseLocation, openDatabase } from "../../src/store/open-database.ts";
import { createLog } from "../../src/web/create-log.ts";

/** Makes the tables of the App and of its queue. */
export async function makeTables(location: DatabaseLocation): Promise<void> {
  const database = await openDatabase(location);
  const options = { debounceSeconds: 0, concurrency: 1, retries: 0, retrySeconds: 1, sweep: false };
  const queue = await openQueue(database, options, createLog("silent"));
  await queue.stop(0);
  await database.close();
}
