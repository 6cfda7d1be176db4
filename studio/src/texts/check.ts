import type { Texts } from './table.js';

/** Texts of the step Check. */
export const checkTexts = {
  checking: ['Checking …', 'Wird geprüft …'],
  checkAgain: ['Check the recordings', 'Aufnahmen prüfen'],
  checkedNow: ['Checked. Findings: {count}', 'Geprüft. Befunde: {count}'],
  checkCounts: ['Recordings of each movement and person', 'Aufnahmen je Bewegung und Person'],
  checkTotal: ['Together', 'Zusammen'],
  checkHelps: ['What would help most', 'Was am meisten helfen würde'],
  checkEnough: ['There is enough to train with.', 'Das genügt zum Trainieren.'],
  checkFindings: ['What was found', 'Was gefunden wurde'],
  checkNone: ['Nothing odd was found.', 'Nichts Auffälliges wurde gefunden.'],
  checkWho: [
    'The network is tested on {testers}, whom it does not know; it is trained on {trainers}.',
    'Geprüft wird das Netz an {testers}, die es nicht kennt; trainiert wird es an {trainers}.',
  ],
  checkWhoAll: [
    'The network is tested on other recordings of the same people: with another person it would be tested on somebody new.',
    'Geprüft wird das Netz an anderen Aufnahmen derselben Personen: Mit noch jemandem würde es an einer neuen geprüft.',
  ],
  checkError: ['Error', 'Fehler'],
  checkWarning: ['Look at it', 'Anschauen'],
  checkFirst: [
    'Record something first, or take the ready recordings.',
    'Nimm erst etwas auf, oder nimm die fertigen Aufnahmen.',
  ],
  adviceClass: [
    'Record a second movement: a network tells movements apart.',
    'Nimm eine zweite Bewegung auf: Ein Netz unterscheidet Bewegungen.',
  ],
  adviceMore: ['Record {count} more of {name}.', 'Nimm noch {count} von {name} auf.'],
  advicePerson: [
    'Let another person perform too, so that it is tested on somebody new.',
    'Lass noch jemanden vormachen, damit an einer neuen Person geprüft wird.',
  ],
  adviceUnnamed: [
    'Say who performs in the recordings without a name.',
    'Sag, wer in den Aufnahmen ohne Namen zu sehen ist.',
  ],
  adviceLacking: ['{person} has not performed {name} yet.', '{person} hat {name} noch nicht vorgemacht.'],
  adviceNothing: [
    'For live use, record a minute of ordinary motion.',
    'Für den laufenden Betrieb: nimm eine Minute gewöhnliche Bewegung auf.',
  ],
} as const satisfies Texts;
