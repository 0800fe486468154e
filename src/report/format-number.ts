import { groupThousands } from "../../pipeline/words.ts";

/** The real minus sign: a hyphen is easily read as a dash. */
const minus = "−";

const decimals = 4;

/**
 * A metric's value: four decimals below 10, fewer above, thousands separated; what is smaller than four decimals show
 * has its first digit that is not zero.
 *
 * @example formatMetric(0.90914); // "0.9091"
 * @example formatMetric(-0.00004); // "−0.00004"
 * @example formatMetric(12345.678); // "12,345.7"
 */
export function formatMetric(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? minus : "";
  return sign + (size > 0 && size < 10 ** -decimals ? formatTiny(size) : formatSize(size));
}

/**
 * A difference with its sign: `+0.0123`, `−0.0217`, `0` for exactly none.
 */
export function formatChange(value: number): string {
  if (value === 0) return "0";
  const text = formatMetric(value);
  return value > 0 ? `+${text}` : text;
}

/** A p-value or q-value: below what four decimals show, only that matters. */
export function formatProbability(value: number): string {
  return value < 10 ** -decimals ? "<0.0001" : formatMetric(value);
}

/** Made once: making one takes fifty times as long as using it. */
const settings = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });

/** A number that a person wrote or that describes data, without padding: `0.005`, `0.9`, `12,285`. */
export function formatSetting(value: number): string {
  return settings.format(value).replace("-", minus);
}

/** A share as a percentage with one decimal: `12.5 %`; `<0.1 %` for less. */
export function formatShare(value: number): string {
  if (value > 0 && value < 0.001) return "<0.1 %";
  return `${(value * 100).toFixed(1).replace(/\.0$/, "")} %`;
}

function formatTiny(size: number): string {
  if (size < 1e-7) return size.toExponential(0);
  const places = -Math.floor(Math.log10(Number(size.toPrecision(1))));
  return size.toFixed(Math.max(decimals, places));
}

function formatSize(size: number): string {
  if (size >= 1e12) return size.toExponential(3).replace("+", "");
  const digits = size < 10 ? decimals : size < 100 ? 3 : size < 1_000 ? 2 : size < 100_000 ? 1 : 0;
  return groupThousands(size.toFixed(digits));
}
