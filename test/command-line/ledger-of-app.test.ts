import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { type CommandResult, modelsyncMeanwhile } from "./run-command.ts";

// What the App recorded, from its database to an auditor: of a PostgreSQL while the App runs, of a data folder while it stands still.
let local: LocalApp;
beforeAll(async () => {
  local = await startLocalApp();
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

const ledger = (...args: string[]): Promise<CommandResult> => {
  const { databaseUrl, directory } = local;
  const place = databaseUrl === null ? { MODELSYNC_DATA_DIRECTORY: directory } : { DATABASE_URL: databaseUrl };
  return modelsyncMeanwhile(directory, ["ledger", ...args], place);
};
const edit = async (number: number, body: string) => {
  await local.ada.rest.pulls.update({ ...local.repository, pull_number: number, body });
  await local.settle();
};

it("three verdicts are three rows that an auditor can verify", async () => {
  const first = await local.commit("change", { "a.txt": "1" });
  const number = await local.open("change");
  await local.settle();
  await edit(number, "Nothing that counts.");
  await edit(number, `Closes #${await local.issue()}`);
  const second = await local.commit("change", { "a.txt": "2" });
  await local.settle();

  if (local.databaseUrl === null) {
    const { status, stderr } = await ledger("verify");
    expect([status, stderr]).toEqual([2, expect.stringContaining("Stop that server, run this command, and start it")]);
    await local.app.stop();
  }
  const pull = `acme/income#${number}`;
  const exported = await ledger("export", "--pull", pull);
  const rows = exported.stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  const shown = rows.filter(({ kind }) => kind !== undefined);
  const { policy } = shown.at(-1).data;
  expect(shown.map(({ kind, headSha, data }) => [kind, headSha, data.conclusion ?? data.policy])).toEqual([
    ["policy", null, policy],
    ["verdict", first, "failure"],
    ["verdict", first, "success"],
    ["verdict", second, "success"],
  ]);
  const file = join(local.directory, "pull.jsonl");
  writeFileSync(file, exported.stdout);
  const database = await ledger("verify");
  const head = /[0-9a-f]{64}/.exec(database.stdout)![0];
  const found = await ledger("verify", file, "--head", head);
  expect([exported.status, database.status, found.status, found.stdout]).toEqual([
    0,
    0,
    0,
    expect.stringMatching(/^✓ The chain holds: 4 rows\.\n.*: 1 row\.\n.*\n {2}It is the head that was expected\.\n$/),
  ]);
  writeFileSync(file, exported.stdout.replace(`"conclusion":"failure"`, `"conclusion":"success"`));
  expect(await ledger("verify", file)).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("Row 3 was changed"),
  });
  const pack = await ledger("export", "--pull", pull, "--format", "markdown");
  expect(pack.stdout).toContain("| linked-issue | block | fail |");
});
