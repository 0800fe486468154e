/** The most memory that this process had at any time, as the operating system counts it, in MB (10⁶ bytes). */
export function peakMemory(): number {
  return Math.round((process.resourceUsage().maxRSS * 1024) / 1e6);
}
