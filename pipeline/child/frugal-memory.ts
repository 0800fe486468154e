/**
 * What keeps the memory of a child low, by a quarter at a file of 50 MB and for no time that can be measured.
 *
 * V8's young generation of 8 MB instead of 16 MB per half: buffers that nobody uses any more are found earlier. And the C
 * library gives large buffers back to the system when they are freed; by default, it keeps more of them the larger the
 * largest was.
 */
export const frugalMemory = {
  options: ["--max-semi-space-size=8"],
  environment: { MALLOC_MMAP_THRESHOLD_: "131072" },
} as const;
