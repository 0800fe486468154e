import { mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openDatabase } from "../../src/store/open-database.ts";
import { seedDataDirectory } from "../support/database-template.ts";

/** What a power failure can leave behind. */
const damages: [string, (folder: string) => Promise<void>][] = [
  [
    "the log of changes is empty",
    async (folder) => {
      for (const name of await readdir(join(folder, "pg_wal"))) {
        const file = join(folder, "pg_wal", name);
        if (!/^[0-9A-F]{24}$/.test(name)) continue;
        await truncate(file, 0);
        await truncate(file, 16 * 1024 * 1024);
      }
    },
  ],
  ["the control file is garbage", (folder) => writeFile(join(folder, "global", "pg_control"), Buffer.alloc(8192, 7))],
];

it.each(damages)("says what to do when %s, and starts anew once the folder is away", async (_, damage) => {
  const directory = await mkdtemp(join(tmpdir(), "modelsync-damaged-"));
  await seedDataDirectory(directory);
  await damage(join(directory, "database"));
  await expect(openDatabase({ directory })).rejects.toThrow(
    `The database in ${join(directory, "database")} is damaged. Move that folder away and start again`,
  );
  await rm(join(directory, "database"), { recursive: true });
  await seedDataDirectory(directory);
  const database = await openDatabase({ directory });
  expect(await database.query("select count(*)::integer as count from delivery")).toEqual([{ count: 0 }]);
  await database.close();
  await rm(directory, { recursive: true });
});
