import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startNode } from "../support/start-node.ts";

const main = fileURLToPath(new URL("../../demo/main.ts", import.meta.url));

let folder = "";
let child: ChildProcess | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-demo-test-"));
});
afterEach(async () => {
  child?.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

/** Starts the demo with its temporary files in `folder`. */
function start(path = process.env.PATH ?? "", args: string[] = []) {
  const env = { ...process.env, PATH: path, TMPDIR: folder, NO_COLOR: "1" };
  const started = startNode(main, args, {
    ...{ env, stdio: ["ignore", "pipe", "pipe"] },
    // A group of its own, as a terminal gives it, so that Ctrl-C reaches its git and its reviews too.
    detached: true,
  });
  child = started;
  let output = "";
  const reaching: [string, () => void][] = [];
  for (const stream of [started.stdout!, started.stderr!]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      for (const [text, reached] of reaching) if (output.includes(text)) reached();
    });
  }
  const ended = once(started, "close").then(([code]) => {
    for (const [, reached] of reaching) reached();
    return { code: code as number | null, output };
  });
  return {
    /** Resolves when the demo printed this, or ended. */
    printed: (text: string) => new Promise<void>((resolve) => reaching.push([text, resolve])),
    /** What a terminal does on Ctrl-C. */
    interrupt: () => process.kill(-started.pid!, "SIGINT"),
    ended,
  };
}

describe("the demo, when it can't begin, says why in a sentence and leaves nothing", () => {
  it.each([
    [
      "without git",
      null,
      "The demo needs git 2.38 or newer, but there is no git on the path. Install it and start again.",
    ],
    [
      "with an old git",
      "echo git version 2.30.1",
      "The demo needs git 2.38 or newer, but this is git 2.30. Install a newer one and start again.",
    ],
    [
      "with something else that is named git",
      "echo hello",
      'The demo needs git 2.38 or newer, but "git --version" answers "hello".',
    ],
    ["with a git that ends badly", "exit 3", /^The demo needs git 2\.38 or newer, but git can't be run: .+\.$/],
  ])("%s", async (_, script, sentence) => {
    if (script !== null) {
      await writeFile(join(folder, "git"), `#!/bin/sh\n${script}\n`);
      await chmod(join(folder, "git"), 0o755);
    }
    const before = await readdir(folder);
    const { code, output } = await start(folder).ended;
    expect(output.trimEnd()).toEqual(typeof sentence === "string" ? sentence : expect.stringMatching(sentence));
    expect(code).toBe(1);
    expect(await readdir(folder)).toEqual(before);
  });

  it("with an option it does not know", async () => {
    const { code, output } = await start(undefined, ["--kepp"]).ended;
    expect(output).toMatch(/^Unknown option '--kepp'.*\nUsage: npm run demo \[-- --keep\]\n$/s);
    expect(code).toBe(1);
  });

  it("when its git fails in the middle of setting up", async () => {
    await writeFile(join(folder, "git"), '#!/bin/sh\n[ "$1" = --version ] && echo git version 2.39.5\n');
    await chmod(join(folder, "git"), 0o755);
    const { code, output } = await start(folder).ended;
    expect(output).toMatch(/The demo can't go on: .+\n$/);
    expect(code).toBe(1);
    expect(await readdir(folder)).toEqual(["git"]);
  });
});

describe("the demo, stopped by Ctrl-C, ends its servers and removes its files", () => {
  it.each(["a local GitHub answers", "opens #4"])("after it printed %j", async (text) => {
    const { printed, interrupt, ended } = start();
    await printed(text);
    interrupt();
    const { code, output } = await ended;
    const [, url = ""] = /answers at (\S+)/.exec(output) ?? [];
    expect({ code, left: await readdir(folder) }).toEqual({ code: 130, left: [] });
    expect(output).toContain(text);
    expect(output).not.toMatch(/error|can't/i);
    await expect(fetch(url)).rejects.toThrow();
  });
});
