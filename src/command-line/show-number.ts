import { formatChange, formatMetric } from "../report/format-number.ts";

const none = "–";

export function showNumber(value: number | null): string {
  return value === null ? none : formatMetric(value);
}

export function showChange(value: number | null): string {
  return value === null ? none : formatChange(value);
}

export function showInterval({ low, high }: { low: number; high: number }): string {
  return `(${formatMetric(low)} to ${formatMetric(high)})`;
}
