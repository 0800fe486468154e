import { defineConfig } from "vitest/config";

/** For `npm run mutate`: only the tests of the folder that is mutated. */
export default defineConfig({ test: { include: [`${process.env.MUTATED_TESTS}/**/*.test.ts`], testTimeout: 120_000 } });
