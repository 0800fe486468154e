/**
 * P(D < d) for the one-sample Kolmogorov–Smirnov statistic of many observations: Kolmogorov's limit with corrections
 * of order 1/√n, 1/n and 1/n√n (Pelz and Good 1976, equations as in Simard and L'Ecuyer 2011, §2.3).
 * Error below 1e-5 beyond 140 observations. Cost: constant. The caller clips the result to [0, 1].
 *
 * @example pelzGoodCdf(1000, 0.03); // 0.6773097856085365
 */
export function pelzGoodCdf(n: number, d: number): number {
  const z = Math.sqrt(n) * d;
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  const pi2 = Math.PI ** 2;
  let limit = 0;
  let first = 0;
  let second = 0;
  let third = 0;
  for (let k = 0; k < 30; k++) {
    const half = pi2 * (k + 0.5) ** 2;
    const weight = Math.exp(-half / (2 * z2));
    limit += weight;
    first += (half - z2) * weight;
    second += (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * half + (1 - 2 * z2) * half ** 2) * weight;
    third +=
      (-30 * z6 - 90 * z4 * z4 + (135 * z4 - 96 * z6) * half + (212 * z4 - 60 * z2) * half ** 2) * weight +
      (5 - 30 * z2) * half ** 3 * weight;
    const whole = pi2 * k * k;
    const wholeWeight = Math.exp(-whole / (2 * z2));
    second -= 2 * z4 * whole * wholeWeight;
    third += 30 * z4 * (3 * whole * z2 - whole ** 2) * wholeWeight;
  }
  const root = Math.sqrt(n);
  const sum = limit / z + first / (6 * z4 * root) + second / (72 * z6 * z * n) + third / (6480 * z6 * z4 * n * root);
  return Math.sqrt(2 * Math.PI) * sum;
}
