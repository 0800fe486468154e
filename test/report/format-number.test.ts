import { describe, expect, it } from "vitest";
import {
  formatChange,
  formatMetric,
  formatProbability,
  formatSetting,
  formatShare,
} from "../../src/report/format-number.ts";

describe("a metric", () => {
  it.each<[value: number, text: string]>([
    [0, "0.0000"],
    [0.90914, "0.9091"],
    [1, "1.0000"],
    [0.00230166, "0.0023"],
    [0.00003, "0.00003"],
    [-0.00004, "−0.00004"],
    [0.00009996, "0.0001"],
    [2.6e-7, "0.0000003"],
    [-3.2e-9, "−3e-9"],
    [-0.5, "−0.5000"],
    [9.99996, "10.0000"],
    [12.3456, "12.346"],
    [123.456, "123.46"],
    [12345.678, "12,345.7"],
    [1234567.8, "1,234,568"],
    [1e300, "1.000e300"],
  ])("%d: %s", (value, text) => {
    expect(formatMetric(value)).toBe(text);
  });
});

describe("a change", () => {
  it.each<[value: number, text: string]>([
    [0, "0"],
    [-0, "0"],
    [0.0217, "+0.0217"],
    [-0.0217, "−0.0217"],
    [0.00004, "+0.00004"],
    [-0.00004, "−0.00004"],
    [1234.5, "+1,234.5"],
  ])("%d: %s", (value, text) => {
    expect(formatChange(value)).toBe(text);
  });
});

describe("a probability", () => {
  it.each<[value: number, text: string]>([
    [0, "<0.0001"],
    [1e-30, "<0.0001"],
    [0.0001, "0.0001"],
    [0.82, "0.8200"],
    [1, "1.0000"],
  ])("%d: %s", (value, text) => {
    expect(formatProbability(value)).toBe(text);
  });
});

it("settings and shares", () => {
  expect([0.005, 0.1 + 0.2, 38.5816, 90, -1.5, 1e-7, 1484710].map(formatSetting)).toEqual([
    "0.005",
    "0.3",
    "38.5816",
    "90",
    "−1.5",
    "0.0000001",
    "1,484,710",
  ]);
  expect([0, 0.0004, 0.125, 0.5, 1].map(formatShare)).toEqual(["0 %", "<0.1 %", "12.5 %", "50 %", "100 %"]);
});
