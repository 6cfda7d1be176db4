// Why a peer could not be measured, for its row.

/** The line of what a command said that names its error, or the last one. */
export function reasonOf(error) {
  const lines = String(error.stderr || error.message || error)
    .trim()
    .split('\n');
  return (lines.find((line) => /Error|error/.test(line)) ?? lines.at(-1)).trim().slice(0, 160);
}
