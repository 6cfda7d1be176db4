import type { Texts } from './table.js';

/** Texts of the whole page, and of what goes wrong anywhere. */
export const pageTexts = {
  title: ['anyrate studio', 'anyrate Studio'],
  skip: ['To the content', 'Zum Inhalt'],
  steps: ['Steps', 'Schritte'],
  language: ['Language', 'Sprache'],
  record: ['Record', 'Aufnehmen'],
  check: ['Check', 'Prüfen'],
  train: ['Train', 'Trainieren'],
  try: ['Try', 'Ausprobieren'],
  ship: ['Ship', 'Mitnehmen'],
  undo: ['Undo', 'Rückgängig'],
  close: ['Close', 'Schließen'],

  privacy: [
    'Nothing leaves this computer: recordings, networks and the camera’s pictures stay in this browser.',
    'Nichts verlässt diesen Computer: Aufnahmen, Netze und Bilder der Kamera bleiben in diesem Browser.',
  ],
  privacyHow: [
    'The page may talk to no other host, which the browser itself enforces (Content-Security-Policy). Ask everybody whom you record.',
    'Die Seite darf mit keinem anderen Rechner sprechen, was der Browser selbst durchsetzt (Content-Security-Policy). Frage alle, die du aufnimmst.',
  ],
  notice: ['What this is made with, and licences', 'Woraus dies gemacht ist, und Lizenzen'],

  importing: ['Reading …', 'Wird gelesen …'],
  imported: [
    '{count} {count|recording was|recordings were} read.',
    '{count} {count|Aufnahme wurde|Aufnahmen wurden} gelesen.',
  ],
  importedSome: [
    '{count} {count|recording was|recordings were} read, {skipped} {skipped|file|files} left out.',
    '{count} {count|Aufnahme wurde|Aufnahmen wurden} gelesen, {skipped} {skipped|Datei|Dateien} ausgelassen.',
  ],
  opened: [
    '{title} is open: {count} {count|recording|recordings}.',
    '{title} ist offen: {count} {count|Aufnahme|Aufnahmen}.',
  ],
  saving: ['Writing …', 'Wird geschrieben …'],
  saved: ['Saved: {name}', 'Gespeichert: {name}'],
  otherSkeleton: [
    'These are of another skeleton ({layout}) than the project: save it, and start anew for them.',
    'Diese haben ein anderes Skelett ({layout}) als das Projekt: speichere es, und fange für sie neu an.',
  ],
  storageRefused: [
    'This browser keeps nothing for this page: save the project before you close it.',
    'Dieser Browser merkt sich hier nichts: speichere das Projekt, bevor du die Seite schließt.',
  ],
  storageFull: [
    'There is no more room on the disk for this page: save the project as a file, then delete recordings.',
    'Für diese Seite ist kein Platz mehr auf der Platte: speichere das Projekt als Datei, dann lösche Aufnahmen.',
  ],
  otherTab: [
    'The studio is open in another tab. Go on there, or close it to go on here.',
    'Das Studio ist in einem anderen Tab offen. Mach dort weiter, oder schließe ihn, um hier weiterzumachen.',
  ],
  workerCrashed: [
    'The engine stopped ({message}). Everything recorded is kept: try again.',
    'Der Rechenteil hat aufgehört ({message}). Alles Aufgenommene ist da: versuche es noch einmal.',
  ],
  fault: ['{message}', '{message}'],
} as const satisfies Texts;
