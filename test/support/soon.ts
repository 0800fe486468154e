/**
 * How long to wait for something that happens soon, and how often to look (`vi.waitFor`): generous, because a busy machine
 * is slow, and costs nothing when it is quick.
 */
export const soon = { timeout: 120_000, interval: 20 };
