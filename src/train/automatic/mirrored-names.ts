/** Words that a mirror exchanges, the longer ones first, and a sign for each. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/(?:counter|anti)[ _-]?clockwise|(?<![a-z])[ca]cw(?![a-z])/g, '↺'],
  [/clockwise|(?<![a-z])cw(?![a-z])/g, '↻'],
  [/left/g, '←'],
  [/right/g, '→'],
];
const SIDES = new Map([
  ['←', '→'],
  ['→', '←'],
]);
const ALL = new Map([...SIDES, ['↺', '↻'], ['↻', '↺']]);

/**
 * Classes whose names say that each is the other in a mirror: left and right exchanged, and clockwise and counter-clockwise; or
 * the sides alone, where no class turns the other way on the other side.
 */
export function pairsByName(classes: readonly string[]): Map<string, string> {
  const known = new Map(classes.map((name) => [signed(name), name]));
  const images = new Map(
    classes.map((name) => [name, known.get(mirrored(signed(name), ALL)) ?? known.get(mirrored(signed(name), SIDES))]),
  );
  return new Map(
    classes.flatMap((name): [string, string][] => {
      const other = images.get(name);
      return other === undefined || other === name || images.get(other) !== name ? [] : [[name, other]];
    }),
  );
}

function signed(name: string): string {
  return WORDS.reduce((text, [word, sign]) => text.replaceAll(word, sign), name.toLowerCase());
}

function mirrored(name: string, signs: ReadonlyMap<string, string>): string {
  return name.replaceAll(/[←→↺↻]/g, (sign) => signs.get(sign) ?? sign);
}
