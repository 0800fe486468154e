import { describe, expect, it } from "vitest";
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
});
