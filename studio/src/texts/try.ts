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
  tryConfidence: ['Least probability', 'Mindestwahrscheinlichkeit'],
  tryCount: ['{name}: {count} times', '{name}: {count}-mal'],
  tryFalse: ['Wrong', 'Falsch'],
  tryFalseRate: ['{count} marked wrong, {rate} a minute', '{count} als falsch markiert, {rate} je Minute'],
  tryMarkFalse: ['Mark as a false alarm: {name} at {seconds} s', 'Als Fehlalarm markieren: {name} bei {seconds} s'],
  tryReplay: ['Play the recordings one after the other', 'Die Aufnahmen nacheinander abspielen'],
  tryNoCamera: [
    'The network knows another skeleton than the camera gives ({layout}): it is tried on recordings.',
    'Das Netz kennt ein anderes Skelett, als die Kamera liefert ({layout}): Es wird an Aufnahmen ausprobiert.',
  ],
} as const satisfies Texts;
