import type { Texts } from './table.js';

/** Texts of the step Train. */
export const trainTexts = {
  trainStart: ['Train', 'Trainieren'],
  trainResume: ['Go on training', 'Weiter trainieren'],
  trainAnew: ['Train anew', 'Neu trainieren'],
  trainOn: ['Train on from this network', 'Dieses Netz weiter trainieren'],
  trainSame: [
    'There is a network of these recordings. It stays until another one is done.',
    'Es gibt ein Netz dieser Aufnahmen. Es bleibt, bis ein anderes fertig ist.',
  ],
  trainChanged: [
    'The recordings have changed since the network was trained. It stays until another one is done: train on from it, in a third of the time, or anew.',
    'Die Aufnahmen haben sich geändert, seit das Netz trainiert wurde. Es bleibt, bis ein anderes fertig ist: trainiere es weiter, in einem Drittel der Zeit, oder neu.',
  ],
  slideChanged: ['not known: its recordings have changed', 'nicht bekannt: seine Aufnahmen sind geändert'],
  trainStop: ['Stop; it can go on later', 'Anhalten; es geht später weiter'],
  trainKept: [
    'A training was stopped after {epoch} of {epochs} rounds.',
    'Ein Training wurde nach {epoch} von {epochs} Runden angehalten.',
  ],
  trainSettings: ['Settings', 'Einstellungen'],
  trainSeed: ['Seed', 'Startzahl'],
  trainSearch: ['Try out recipes first (better, takes longer)', 'Erst Rezepte ausprobieren (besser, dauert länger)'],
  trainEpochs: ['Rounds (empty: as many as the recipe wants)', 'Runden (leer: so viele, wie das Rezept will)'],
  trainChoosing: ['Choosing a recipe …', 'Ein Rezept wird gewählt …'],
  trainRound: ['Round {epoch} of {epochs}', 'Runde {epoch} von {epochs}'],
  trainLeft: ['about {seconds} s left', 'noch etwa {seconds} s'],
  trainThreads: ['{threads} threads', '{threads} Rechenfäden'],
  trainOneThread: [
    'one thread, since the page is not cross-origin isolated',
    'ein Rechenfaden, da die Seite nicht „cross-origin isolated“ ist',
  ],
  trainNeeds: [
    'Two movements with a few recordings each are needed.',
    'Zwei Bewegungen mit je ein paar Aufnahmen werden gebraucht.',
  ],
  trainLoss: ['Loss', 'Verlust'],
  trainAccuracy: ['Right answers on the test', 'Richtige Antworten bei der Prüfung'],
  trainAt: ['{rate} zero', '{rate} Nullen'],
  trainingBegins: ['Training begins.', 'Das Training beginnt.'],
  trainingStopped: [
    'The training is stopped; it goes on where it was.',
    'Das Training ist angehalten; es geht dort weiter.',
  ],
  trainingDone: [
    'Trained: {accuracy} right at best. Choose the size below.',
    'Trainiert: bestenfalls {accuracy} richtig. Wähle unten die Größe.',
  ],
  slide: ['How small', 'Wie klein'],
  slideRate: ['Share of weights that are zero', 'Anteil der Gewichte, die null sind'],
  slideAccuracy: ['Right, on the test', 'Richtig, bei der Prüfung'],
  slideOf: ['{correct} of {total}', '{correct} von {total}'],
  slideBytes: ['File', 'Datei'],
  slideWeights: ['Weights', 'Gewichte'],
  slideLatency: ['An answer takes', 'Eine Antwort dauert'],
  slideMeasuring: ['measuring …', 'wird gemessen …'],
  slideCurve: ['Right answers at every size', 'Richtige Antworten bei jeder Größe'],
  slideBest: ['The smallest that is as good', 'Das kleinste, das so gut ist'],
  confusion: ['What was taken for what', 'Was wofür gehalten wurde'],
  confusionHint: [
    'A row for each movement, a column for each answer; choose a number to see its recordings.',
    'Eine Zeile je Bewegung, eine Spalte je Antwort; wähle eine Zahl, um ihre Aufnahmen zu sehen.',
  ],
  confusionCell: ['{count} of {label} taken for {answer}', '{count} von {label} für {answer} gehalten'],
} as const satisfies Texts;
