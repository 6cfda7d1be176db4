// What anyrate's check says, in German: its sentences are put together from these parts.
import type { Finding, FindingKind } from 'anyrate/browser';

/** What to do, for each sort of finding. */
const MENDS: Readonly<Record<FindingKind, string>> = {
  shape: 'Nimm mit demselben Tracker auf wie die anderen, oder lass die Aufnahme weg.',
  'not-finite': 'Sieh dir die Aufnahme an, oder lass sie weg.',
  label: 'Nummeriere die Klassen von 0 an, in der Reihenfolge ihrer Namen.',
  'never-seen': 'Lass die Aufnahme weg: In ihr war nichts zu sehen.',
  'one-frame': 'Lass die Aufnahme weg: Sie hat nur ein Bild.',
  'same-recording': 'Entferne eine von beiden.',
  overlap: 'Lass die Aufnahme in einem der beiden Teile weg.',
  subjects: 'Teile nach Personen auf, um die Genauigkeit an neuen zu messen.',
  'class-untrained': 'Nimm mehr davon auf, oder lass die Klasse weg.',
  'class-empty': 'Nimm welche auf, oder entferne die Klasse.',
  'few-recordings': 'Nimm mehr davon auf.',
  'one-subject': 'Nimm auch andere auf, sonst lernt das Netz vielleicht, wer es macht, statt was.',
  confidence: 'Vielleicht sind es x, y und eine Sicherheit, oder andere Gelenke: Sieh nach, was in den Spalten steht.',
  'flat-depth': 'Wenn es keine Tiefe ist, schreibe stattdessen 0.',
  unit: 'Gib die Einheit an, in dataset.json bei "unit".',
  limbs: 'Prüfe die Einheit und die Reihenfolge der Gelenke.',
  jumps: 'Sieh dir diese Bilder an: Der Tracker hat die Person vielleicht verloren.',
  frozen: 'Sieh dir diese Gelenke an: Vielleicht waren sie nie zu sehen.',
  lost: 'Sieh dir diese Aufnahmen an, oder lass sie weg.',
  unnamed: 'Berichtige dataset.json, oder benenne die Aufnahmen um.',
  'segment-end': 'Prüfe die Tabelle und ihre Einheit.',
  'class-people': 'Wenn das Personen sind: Benenne die Bewegungen nach dem, was gemacht wird.',
  'class-alike': 'Wenn sie dasselbe bedeuten, benenne eine um.',
  'other-files': 'Wenn die Aufnahmen deine eigenen sind, schreibe dataset.json dazu.',
  'leave-out': 'Berichtige "leaveOut" in dataset.json, oder entferne das Muster.',
  name: 'Entferne Versuche und Kopien.',
};

/** Parts of what was found. The first ones are whole sentences, the last ones pieces of longer ones. */
const PARTS: readonly (readonly [english: RegExp, german: string])[] = [
  [/^(\d+) joints, where (.+) has (\d+)$/, '$1 Gelenke, wo $2 $3 hat'],
  [/^(\d+) persons, where the data set has (\d+)$/, '$1 Personen, wo die anderen $2 haben'],
  [/^(\d+) numbers for (\d+) frames, which have (\d+)$/, '$1 Zahlen für $2 Bilder, die $3 haben'],
  [/^(\d+) time stamps for (\d+) frames$/, '$1 Zeiten für $2 Bilder'],
  [/^(\d+) frames$/, '$1 Bilder'],
  [/^(.+), where there are (\d+) classes$/, '$1, wo es $2 Klassen gibt'],
  [/^every joint lost in every frame$/, 'jedes Gelenk in jedem Bild verloren'],
  [/^the positions of (.+)$/, 'dieselben Positionen wie in $1'],
  [/^one that does both$/, 'eine, die trainiert und prüft'],
  [/^(\d+) that do both$/, '$1, die trainieren und prüfen'],
  [/^(.+) in both parts$/, '$1 in beiden Teilen'],
  [/^only test recordings$/, 'nur Aufnahmen, die prüfen'],
  [/^none$/, 'keine Aufnahmen'],
  [
    /^(\d+) of (\d+) classes have no recording: (.+) and (\d+) more$/,
    '$1 von $2 Klassen haben keine Aufnahme: $3 und $4 weitere',
  ],
  [/^(\d+) of (\d+) classes have no recording: (.+)$/, '$1 von $2 Klassen haben keine Aufnahme: $3'],
  [/^(\d+) to train with$/, '$1 zum Trainieren'],
  [/^only one person$/, 'nur eine Person'],
  [/^only (.+)$/, 'nur $1'],
  [/^classes called (.+)$/, 'Klassen mit den Namen $1'],
  [/^"(.+)" and "(.+)"$/, '„$1“ und „$2“'],
  [/^(\d+) of (\d+) recordings have one frame$/, '$1 von $2 Aufnahmen haben nur ein Bild'],
  [
    /^a third coordinate from (\S+) to (\S+), where the others are in hundreds$/,
    'eine dritte Koordinate von $1 bis $2, während die anderen in die Hunderte gehen',
  ],
  [/^a third coordinate that is (\S+) throughout$/, 'eine dritte Koordinate, die überall $1 ist'],
  [/^skeletons of (.+)$/, 'Skelette von $1'],
  [/^limbs of unusual length in/, 'Gliedmaßen von ungewöhnlicher Länge in'],
  [/^jumps in/, 'Sprünge in'],
  [/^joints that never move in/, 'Gelenke, die sich nie bewegen, in'],
  [/^many lost joints in/, 'viele verlorene Gelenke in'],
  [/^unusual names in/, 'ungewöhnliche Namen in'],
  [/ in (\d+) of (\d+) recordings: /, ' in $1 von $2 Aufnahmen: '],
  [
    /the whole skeleton is (\S+) times as large as in most recordings/,
    'das ganze Skelett ist $1-mal so groß wie in den meisten',
  ],
  [/: (.+) to (.+), (\S+) times as long as in most recordings/, ': $1 bis $2, $3-mal so lang wie in den meisten'],
  [/: (\d+) of them, frame (\d+), /, ': $1 Stück, Bild $2, '],
  [/; and in /, '; und in '],
];

/** A finding's words, as far as they are not names. */
export function inGerman({
  kind,
  what,
  mend,
}: Pick<Finding, 'kind' | 'what' | 'mend'>): Pick<Finding, 'what' | 'mend'> {
  return {
    what: PARTS.reduce((text, [english, german]) => text.replace(english, german), what),
    mend: MENDS[kind] ?? mend,
  };
}
