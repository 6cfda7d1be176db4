import type { Texts } from './table.js';

/** Texts of the step Try. */
export const tryTexts = {
  tryFirst: ['Train a network first.', 'Trainiere erst ein Netz.'],
  tryClip: ['On a recording', 'An einer Aufnahme'],
  tryClipChoose: ['Recording', 'Aufnahme'],
  tryAnswer: ['{label}: {probability}', '{label}: {probability}'],
  tryLive: ['Live', 'Live'],
  tryScores: ['Probabilities', 'Wahrscheinlichkeiten'],
  tryTimeline: ['What was recognised', 'Was erkannt wurde'],
  tryNothing: ['nothing', 'nichts'],
  tryEvent: ['{seconds} s: {name}', '{seconds} s: {name}'],
  tryRule: ['False alarms that are borne', 'Fehlalarme, die in Kauf genommen werden'],
  tryAlarms: [
    '{alarms} a minute; {missed} of the movements missed (probability {confidence})',
    '{alarms} je Minute; {missed} der Bewegungen verpasst (Wahrscheinlichkeit {confidence})',
  ],
  tryRefused: ['Movements that may be missed', 'Bewegungen, die verpasst werden dürfen'],
  tryMissed: [
    '{missed} of the movements missed (probability {confidence})',
    '{missed} der Bewegungen verpasst (Wahrscheinlichkeit {confidence})',
  ],
  tryCounted: [
    'Counted in {seconds} s of ordinary motion that the network was not trained on, and in the recordings that tested it.',
    'Gezählt in {seconds} s gewöhnlicher Bewegung, an der das Netz nicht trainiert wurde, und in den Aufnahmen, die es geprüft haben.',
  ],
  tryCountedSeen: [
    'Counted in {seconds} s of the ordinary motion that the network was trained on: expect more with others. Let somebody else record a minute.',
    'Gezählt in {seconds} s der gewöhnlichen Bewegung, an der das Netz trainiert wurde: Bei anderen ist mit mehr zu rechnen. Lass noch jemanden eine Minute aufnehmen.',
  ],
  tryNoBackground: [
    'The fewer are missed, the more false alarms. Record a minute of ordinary motion, and train again: then they are counted.',
    'Je weniger verpasst werden, desto mehr Fehlalarme. Nimm eine Minute gewöhnliche Bewegung auf, und trainiere noch einmal: Dann werden sie gezählt.',
  ],
  tryRepeated: ['{name}, repetition {count}', '{name}, Wiederholung {count}'],
  tryMovements: ['Whole movements', 'Ganze Bewegungen'],
  tryMovement: ['{start} to {end} s: {name}', '{start} bis {end} s: {name}'],
  tryRepetitions: ['{start} to {end} s: {name}, {count} ×', '{start} bis {end} s: {name}, {count} ×'],
  tryCount: ['{name}: {count} {count|time|times}', '{name}: {count}-mal'],
  tryFalse: ['Wrong', 'Falsch'],
  tryFalseRate: ['{count} marked wrong, {rate} a minute', '{count} als falsch markiert, {rate} je Minute'],
  tryMarkFalse: ['Mark as a false alarm: {name} at {seconds} s', 'Als Fehlalarm markieren: {name} bei {seconds} s'],
  tryReplay: ['Play the recordings one after the other', 'Die Aufnahmen nacheinander abspielen'],
  tryNoCamera: [
    'The network knows another skeleton than the camera gives ({layout}): it is tried on recordings.',
    'Das Netz kennt ein anderes Skelett, als die Kamera liefert ({layout}): Es wird an Aufnahmen ausprobiert.',
  ],
} as const satisfies Texts;
