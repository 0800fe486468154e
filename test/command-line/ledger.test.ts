import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendRow } from "../../src/ledger/append-row.ts";
import { lockDirectory } from "../../src/store/directory-lock.ts";
import { openAsItIs } from "../../src/store/open-database.ts";
import { aRow } from "../ledger/a-row.ts";
import { seedDataDirectory } from "../support/database-template.ts";
import { modelsync } from "./run-command.ts";

let folder: string;
let lines: string[];
let heads: string[];

const run = (...args: string[]) => modelsync(folder, ["ledger", ...args]);
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return name;
};
const change = async (data: string, ...statements: string[]) => {
  cpSync(join(folder, "data"), join(folder, data), { recursive: true });
  const database = await openAsItIs({ directory: join(folder, data) });
  for (const statement of statements) await database.query(statement);
  await database.close();
  return data;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "modelsync-ledger-"));
  const directory = join(folder, "data");
  mkdirSync(directory);
  await seedDataDirectory(directory);
  const database = await openAsItIs({ directory });
  const rows = [
    aRow({ data: { conclusion: "failure", title: "=cmd" } }),
    aRow({ number: 58, repository: { id: 7, name: "acme/old-name" } }),
    aRow({ kind: "waiver", person: "ada", data: { reason: "as agreed @everyone" } }),
    aRow({ repository: { id: 8, name: "acme/other" } }),
  ];
  for (const row of rows) await database.transaction((transaction) => appendRow(transaction, row));
  await database.close();
  lines = run("export", "--data", "data").stdout.split("\n").slice(0, -1);
  heads = lines.map((line) => JSON.parse(line).hash);
});
afterAll(() => rmSync(folder, { recursive: true }));

const whole = (some: readonly (string | undefined)[] = lines) => some.map((line) => `${line}\n`).join("");

describe("modelsync ledger export", () => {
  it("prints every row, and tells the head", () => {
    const { status, stdout, stderr } = run("export", "--data", "data");
    expect([status, stdout]).toEqual([0, whole()]);
    expect(stderr).toContain(`Exported: 5 rows.\nThe chain holds: 5 rows.\n`);
    expect(stderr).toContain(`Head: row 5, ${heads[4]}\n`);
  });

  it("reads where the server's variables say, and where it is started", () => {
    const there = modelsync(tmpdir(), ["ledger", "export"], { MODELSYNC_DATA_DIRECTORY: join(folder, "data") });
    expect([there.status, there.stdout]).toEqual([0, whole()]);
  });

  it("prints the rows of one pull request, under any name of its repository", () => {
    const { status, stdout } = run("export", "--data", "data", "--pull", "ACME/Old-Name#57", "--format", "csv");
    expect([
      status,
      stdout.split("\n").map((line) =>
        line
          .split(",")
          .slice(0, 6)
          .join(",")
          .replace(/20\d\d-[^,]*/, "T"),
      ),
    ]).toEqual([
      0,
      [
        "seq,time,kind,repository_id,repository,pull_request",
        "2,T,verdict,7,acme/income,57",
        "4,T,waiver,7,acme/income,57",
        "",
      ],
    ]);
    expect(stdout).toContain(",'=cmd,");
  });

  it("prints an evidence pack", () => {
    const { status, stdout } = run("export", "--data", "data", "--pull", "acme/income#57", "--format", "markdown");
    expect(status).toBe(0);
    expect(stdout.match(/^#.*$/gm)).toEqual([
      "# Ledger",
      "## acme/income#&#8203;57",
      expect.stringMatching(/^### Row 2: verdict, 20/),
      expect.stringMatching(/^### Row 4: waiver, 20/),
    ]);
    expect(stdout).toContain("* Pull request: acme/income#&#8203;57\n* Shown: 2 rows.\n* The chain holds: 5 rows.\n");
    expect(stdout).toContain("* reason: as agreed @&#8203;everyone\n");
  });

  it.each([
    [["--since", "2020-01-01", "--until", "2999-12-31"], "Exported: 5 rows."],
    [["--until", "2020-01-01T00:00:00Z"], "Exported: 0 rows."],
  ])("prints the rows of a period: %j", (period, told) => {
    const { status, stdout, stderr } = run("export", "--data", "data", ...period);
    expect([status, stderr.split("\n")[0]]).toEqual([0, told]);
    expect(run("verify", file("period.jsonl", stdout)).stdout).toContain(`Head: row 5, ${heads[4]}`);
  });

  it("says when the chain does not hold, and prints it all the same", async () => {
    const data = await change(
      "changed",
      "alter table ledger_row disable trigger all",
      "update ledger_row set person = 'eve' where seq = 4",
    );
    const { status, stdout, stderr } = run("export", "--data", data);
    expect([status, stdout.split("\n").length]).toEqual([1, 6]);
    expect(stderr).toContain("Row 4 was changed");
  });
});

describe("modelsync ledger verify", () => {
  it("finds a database and its export in order", () => {
    const database = run("verify", "--data", "data");
    expect([database.status, database.stdout.split("\n")[0], database.stderr]).toEqual([
      0,
      "✓ The chain holds: 5 rows.",
      "",
    ]);
    expect(database.stdout).toContain(`  Head: row 5, ${heads[4]}\n`);
    expect(run("verify", file("whole.jsonl", whole()))).toEqual(database);
  });

  it("finds the rows of one pull request in order, and says what it can't know", () => {
    const { stdout } = run("export", "--data", "data", "--pull", "acme/income#57");
    const found = run("verify", file("pull.jsonl", stdout), "--head", heads[4]!);
    expect([found.status, found.stdout]).toEqual([
      0,
      `✓ The chain holds: 2 rows.
  Left out of this file, so that only their place was checked: 3 rows.
  Head: row 5, ${heads[4]}
  It is the head that was expected.
`,
    ]);
  });

  it.each([
    ["a changed byte", () => whole().replace("as agreed", "as Agreed"), "Row 4 was changed"],
    ["a removed row", () => whole(lines.toSpliced(2, 1)), "Row 3 is missing"],
    [
      "two swapped rows",
      () => whole([lines[0], lines[2], lines[1], lines[3], lines[4]]),
      "Row 2 is out of place: it stands after row 3",
    ],
    [
      "other line ends",
      () => whole().replaceAll("\n", "\r\n").replace("{", "{ ") + whole(lines.slice(0, 1)),
      "Row 1 can't be read: line 1",
    ],
  ])("names %s in a file", (_, content, fault) => {
    const { status, stdout } = run("verify", file("bad.jsonl", content()));
    expect([status, stdout.split("\n")[0]]).toEqual([1, expect.stringContaining("✗ The chain does not hold")]);
    expect(stdout).toContain(`  ${fault}`);
  });

  it("sees that the end was removed by a head that was noted", () => {
    const cut = file("cut.jsonl", whole(lines.slice(0, 3)));
    expect(run("verify", cut).status).toBe(0);
    const { status, stdout } = run("verify", cut, "--head", heads[4]!.toUpperCase());
    expect([status, stdout]).toEqual([
      1,
      expect.stringContaining(`  No row has the hash ${heads[4]}: rows were removed`),
    ]);
    expect(run("verify", cut, "--head", heads[1]!).stdout).toContain(
      "  The head that was expected is row 2; 1 row came after it.\n",
    );
  });
});

describe("what can't be done is told with its remedy", () => {
  const url = "postgres://ada:secret@127.0.0.1:1/modelsync";
  it.each([
    ["verify --data nowhere", "nowhere: This folder holds no database of the App. [configuration/no-database]"],
    ["verify", ".modelsync: This folder holds no database of the App. [configuration/no-database]"],
    [
      "verify whole.jsonl --data data",
      "--data, --database-url, FILE: The ledger is to be read from several places. [configuration/several-ledgers]",
    ],
    [
      "export --data data --database-url postgres://x/y",
      "--data, --database-url, FILE: The ledger is to be read from several places. [configuration/several-ledgers]",
    ],
    ["verify nowhere.jsonl", "nowhere.jsonl: The file could not be read: ENOENT. [dependency/file-unreadable]"],
    ["verify data", "data: This is not an ordinary file. [dependency/file-unreadable]"],
    ["verify text.csv", "text.csv: The file holds no row of a ledger. [configuration/not-a-ledger]"],
    ["verify --head abc", "--head: This is not the hash of a row. [configuration/not-a-hash]"],
    [
      "verify --database-url mysql://ada:secret@host/x",
      "--database-url: This is not the address of a PostgreSQL database. [configuration/not-a-database-url]",
    ],
    [
      `verify --database-url ${url}`,
      "--database-url: The database did not answer as it should: connect ECONNREFUSED 127.0.0.1:1. [dependency/database-unreachable]",
    ],
    ["export --data data --format xlsx", "--format: There is no format of this name. [configuration/unknown-format]"],
    ["export --data data --pull acme", "--pull: This does not name a pull request. [configuration/not-a-pull-request]"],
    [
      "export --data data --pull acme/none#1",
      "--pull: No row of the ledger is about this repository. [configuration/not-in-ledger]",
    ],
    [
      "export --data data --pull acme/income#1",
      "--pull: No row of the ledger is about this pull request. [configuration/not-in-ledger]",
    ],
    ["export --data data --since 2026-02-30", "--since: This is not a date. [configuration/not-a-date]"],
    [
      "export --data data --since 2026-02-02 --until 2026-02-01",
      "--since, --until: The period ends before it begins. [configuration/empty-period]",
    ],
  ])("%s", (args, told) => {
    file("text.csv", "a,b\n1,2\n");
    const { status, stdout, stderr } = run(...args.split(" "));
    expect([status, stdout, stderr.split("\n")[0]]).toEqual([2, "", told]);
    expect(stderr).not.toContain("secret");
    expect([existsSync(join(folder, "nowhere")), existsSync(join(folder, ".modelsync"))]).toEqual([false, false]);
  });

  it("all mistakes at once", () => {
    const { stderr } = run("export", "--format", "x", "--pull", "x", "--since", "x", "--until", "x");
    expect(stderr.match(/^--\w+/gm)).toEqual(["--format", "--pull", "--since", "--until"]);
  });

  it("a folder that a server has open", async () => {
    const release = await lockDirectory(join(folder, "data"));
    const { status, stderr } = run("verify", "--data", "data");
    await release();
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^data: The data folder is in use by process \d+ on .*\n {2}Stop that server/),
    ]);
  });

  it("a damaged database, and one without a ledger", async () => {
    mkdirSync(join(folder, "damaged/database"), { recursive: true });
    file("damaged/database/PG_VERSION", "17\n");
    expect(run("verify", "--data", "damaged").stderr).toContain("[dependency/database-damaged]");
    const old = await change("old", "drop table ledger_row");
    expect(run("verify", "--data", old).stderr).toContain("[configuration/no-ledger]");
  });

  it("a word that there is none of", () => {
    expect([run("verfy").status, run("verify", "--hed", "x").status, run().status]).toEqual([2, 2, 2]);
    expect(readFileSync(join(folder, "text.csv"), "utf8")).toBe("a,b\n1,2\n");
  });
});
