import type { AppClient } from "../github/app-client.ts";
import { listInstallations } from "../github/app-installations.ts";
import type { Database } from "../store/database.ts";
import { askedInstallations } from "../store/installations.ts";
import type { Queue } from "../store/job-queue.ts";

/**
 * Compares the App's installations at GitHub with what is recorded and asks again about each that differs; a database
 * that was lost knows none, so this is also how the App finds its work again.
 *
 * @param every ask about all of them: which repositories one covers is in no list
 */
export async function checkInstallations(
  { database, queue, github }: { database: Database; queue: Queue; github: AppClient },
  every: boolean,
): Promise<void> {
  const present = await listInstallations(await github.asApp());
  const recorded = await askedInstallations(database);
  for (const installationId of new Set([...present.keys(), ...recorded.keys()])) {
    const [now, known] = [present.get(installationId) ?? false, recorded.get(installationId)];
    if (now !== known || (every && now)) {
      const request = { kind: "installation", installationId, whole: now !== known } as const;
      await queue.sendFanOut(database, request, null);
    }
  }
}
