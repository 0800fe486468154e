import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { installationTokens } from "../../src/github/installation-tokens.ts";
import type { Octokit } from "../../src/github/octokit.ts";

const minute = 60_000;
const scope = { repositoryId: 11, permissions: { contents: "read" } } as const;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Calls with the tokens that GitHub hands out in turn: `t1`, `t2`, … */
function aClient(known: (token: string) => boolean) {
  const used: string[] = [];
  let issued = 0;
  const createInstallationAccessToken = async () => {
    issued += 1;
    return { data: { token: `t${issued}`, expires_at: new Date(Date.now() + 60 * minute).toISOString() } };
  };
  const app = { rest: { apps: { createInstallationAccessToken } } } as unknown as Octokit;
  const withToken = installationTokens(async () => app);
  const call = async () => {
    const answer = withToken(21, scope, async (token) => {
      used.push(token);
      if (!known(token)) throw Object.assign(new Error("Bad credentials"), { status: 401 });
      return "done";
    }).catch((error: Error) => error.message);
    await vi.advanceTimersByTimeAsync(30_000);
    return answer;
  };
  return { used, call };
}

it("keeps a token while it is fresh, with twenty minutes to spare", async () => {
  const { used, call } = aClient(() => true);
  await call();
  await vi.advanceTimersByTimeAsync(30 * minute);
  await call();
  await vi.advanceTimersByTimeAsync(10 * minute);
  await call();
  expect(used).toEqual(["t1", "t1", "t2"]);
});

it("drops a token that GitHub no longer knows, and repeats the call with a new one", async () => {
  const revoked = new Set<string>();
  const { used, call } = aClient((token) => !revoked.has(token));
  await call();
  revoked.add("t1");
  expect(await call()).toBe("done");
  expect(await call()).toBe("done");
  expect(used).toEqual(["t1", "t1", "t2", "t2"]);
});

it("waits for a token that GitHub has only just issued", async () => {
  const start = Date.now();
  const { used, call } = aClient(() => Date.now() >= start + 2500);
  expect(await call()).toBe("done");
  expect(used).toEqual(["t1", "t1", "t1", "t1"]);
});

it("gives up when no token is known", async () => {
  const { used, call } = aClient(() => false);
  expect(await call()).toBe("Bad credentials");
  expect(new Set(used)).toEqual(new Set(["t1", "t2"]));
});

it("goes without a wished permission that the owner has not accepted, and asks for it again after ten minutes", async () => {
  let accepted = false;
  const asked: string[] = [];
  const createInstallationAccessToken = async ({ permissions }: { permissions: object }) => {
    asked.push(Object.keys(permissions).join(" "));
    if ("members" in permissions && !accepted) throw Object.assign(new Error("not granted"), { status: 422 });
    return { data: { token: `t${asked.length}`, expires_at: new Date(Date.now() + 60 * minute).toISOString() } };
  };
  const app = { rest: { apps: { createInstallationAccessToken } } } as unknown as Octokit;
  const withToken = installationTokens(async () => app);
  const call = () => withToken(21, { ...scope, wished: { members: "read" } }, async (token) => token);
  const used = [await call(), await call()];
  accepted = true;
  await vi.advanceTimersByTimeAsync(10 * minute);
  used.push(await call(), await call());
  expect({ asked, used }).toEqual({
    asked: ["contents members", "contents", "contents members"],
    used: ["t2", "t2", "t3", "t3"],
  });
});
