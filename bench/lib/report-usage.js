// node --import ./bench/lib/report-usage.js PROGRAM: at its end, a line on stderr with what the process took.
const start = performance.now();
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const seconds = (performance.now() - start) / 1000;
  const usage = { seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMB: maxRSS / 1e3 };
  process.stderr.write(`\n${JSON.stringify(usage)}\n`);
});
