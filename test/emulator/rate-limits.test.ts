import { describe, expect, it } from "vitest";
import { startLocalGitHub } from "../../emulator/index.ts";
import { RateLimits } from "../../emulator/rate-limits.ts";

describe("the primary rate limit", () => {
  it("lets 5,000 requests of a caller pass in an hour, and others go on", () => {
    const limits = new RateLimits();
    for (let at = 0; at < 5000; at += 1) limits.take("user:ada", "core");
    expect(limits.headers("user:ada", "core")).toMatchObject({
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-used": "5000",
      "x-ratelimit-resource": "core",
    });
    expect(() => limits.take("user:ada", "core")).toThrow("API rate limit exceeded for user:ada.");
    expect(() => limits.take("user:ada", "graphql")).not.toThrow();
    expect(() => limits.take("user:bob", "core")).not.toThrow();
    limits.giveBack("user:ada", "core");
    expect(() => limits.take("user:ada", "core")).not.toThrow();
  });

  it("lets 60 pass of somebody who does not say who they are", () => {
    const limits = new RateLimits();
    for (let at = 0; at < 60; at += 1) limits.take("anonymous", "core");
    expect(() => limits.take("anonymous", "core")).toThrow("API rate limit exceeded for anonymous.");
  });

  it("is told by GraphQL with status 200", async () => {
    await using github = await startLocalGitHub();
    const headers = { authorization: `token ${github.createUser("ada")}` };
    const ask = () =>
      fetch(`${github.url}/graphql`, { method: "POST", headers, body: '{"query":"{ rateLimit { remaining } }"}' });
    for (let at = 0; at < 5000; at += 100) await Promise.all(Array.from({ length: 100 }, ask));
    const answer = await ask();
    expect([answer.status, answer.headers.get("x-ratelimit-remaining"), await answer.json()]).toEqual([
      ...[200, "0"],
      { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded for user:ada." }] },
    ]);
  });
});
