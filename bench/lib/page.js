// Pages of results: a section a part of the benchmark, with the machine and the commit that it was measured on. A part that is
// measured anew replaces its own section; all others stay, and so does what people wrote between them.

/** A page with a section in place of the one of the same title; a new one comes before the first of the `later` titles there are. */
export function withSection(page, title, body, later = []) {
  const sections = (page ?? '# Benchmark\n').split(/^(?=## )/m);
  const section = `## ${title}\n\n${body.trim()}\n`;
  const placeOf = (wanted) => sections.findIndex((one) => one.startsWith(`## ${wanted}\n`));
  const own = placeOf(title);
  if (own >= 0) sections[own] = section;
  else {
    const next = later.map(placeOf).filter((place) => place >= 0);
    sections.splice(next.length > 0 ? Math.min(...next) : sections.length, 0, section);
  }
  return `${sections.map((one) => one.trim()).join('\n\n')}\n`;
}
