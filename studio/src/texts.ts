// Every text of the page, in every language: a line a text. {name} stands for a value.

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

export type Language = keyof typeof LANGUAGES;

const texts = {
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

  emptyOne: [
    'Teach this computer your movements: record each one a few times, with a camera or from files.',
    'Bring diesem Computer deine Bewegungen bei: nimm jede ein paar Mal auf, mit der Kamera oder aus Dateien.',
  ],
  emptyTwo: [
    'Train one tiny network on them, and choose how small it shall be.',
    'Trainiere damit ein winziges Netz, und wähle, wie klein es sein soll.',
  ],
  emptyThree: [
    'Try it, and take it away: as a page, a program or a file.',
    'Probiere es aus, und nimm es mit: als Seite, als Programm oder als Datei.',
  ],
  ready: ['Try it with ready recordings', 'Mit fertigen Aufnahmen ausprobieren'],
  readyHint: [
    '{count} recordings of exercises by 6 people, no camera needed',
    '{count} Aufnahmen von Übungen von 6 Personen, ohne Kamera',
  ],

  privacy: [
    'Nothing leaves this computer: recordings, networks and the camera’s pictures stay in this browser.',
    'Nichts verlässt diesen Computer: Aufnahmen, Netze und Bilder der Kamera bleiben in diesem Browser.',
  ],
  privacyHow: [
    'The page may talk to no other host, which the browser itself enforces (Content-Security-Policy). Ask everybody whom you record.',
    'Die Seite darf mit keinem anderen Rechner sprechen, was der Browser selbst durchsetzt (Content-Security-Policy). Frage alle, die du aufnimmst.',
  ],
  notice: ['What this is made with, and licences', 'Woraus dies gemacht ist, und Lizenzen'],

  classes: ['Movements', 'Bewegungen'],
  classNew: ['Name of a movement', 'Name einer Bewegung'],
  classAdd: ['Add', 'Hinzufügen'],
  classRemove: ['Remove {name} and its recordings', '{name} mit seinen Aufnahmen entfernen'],
  nothingAdd: ['Add “ordinary motion”', '„Gewöhnliche Bewegung“ hinzufügen'],
  nothingName: ['ordinary motion', 'gewöhnliche Bewegung'],
  nothingHint: [
    'A minute of whatever people do otherwise, so that it is not mistaken for a movement.',
    'Eine Minute von dem, was man sonst so tut, damit es nicht für eine Bewegung gehalten wird.',
  ],
  person: ['Who performs', 'Wer macht es vor'],
  personHint: [
    'A name for each sitting: the network is tested on people whom it has not seen.',
    'Ein Name für jede Sitzung: Das Netz wird an Personen geprüft, die es nicht kennt.',
  ],
  recordings: ['Recordings', 'Aufnahmen'],
  recordingsCount: ['{count} recordings', '{count} Aufnahmen'],
  files: ['Files', 'Dateien'],
  filesHint: [
    'Drop files or folders here: MediaPipe, OpenPose, CSV, BVH, numpy and others, or a project (.zip).',
    'Dateien oder Ordner hier ablegen: MediaPipe, OpenPose, CSV, BVH, numpy und andere, oder ein Projekt (.zip).',
  ],
  filesChoose: ['Choose files', 'Dateien wählen'],
  folderChoose: ['Choose a folder', 'Ordner wählen'],
  project: ['Project', 'Projekt'],
  projectName: ['Name of the project', 'Name des Projekts'],
  projectSave: ['Save the project', 'Projekt speichern'],
  projectNew: ['Start anew', 'Neu anfangen'],

  clip: ['{label}, {person}, number {id}', '{label}, {person}, Nummer {id}'],
  clipSomebody: ['somebody', 'jemand'],
  clipSeconds: ['{seconds} s', '{seconds} s'],
  clipLabel: ['Movement', 'Bewegung'],
  clipFrom: ['From', 'Von'],
  clipTo: ['To', 'Bis'],
  clipDelete: ['Delete', 'Löschen'],
  clipDone: ['Done', 'Fertig'],
  clipEdit: ['Change', 'Ändern:'],
  clipsMore: ['Show {count} more', '{count} weitere zeigen'],
  clipsAll: ['All movements', 'Alle Bewegungen'],
  clipsShown: ['Show', 'Zeigen'],

  camera: ['Camera', 'Kamera'],
  cameraOpen: ['Open the camera', 'Kamera öffnen'],
  cameraClose: ['Close the camera', 'Kamera schließen'],
  cameraSubject: ['What moves', 'Was sich bewegt'],
  subjectHand: ['One hand', 'Eine Hand'],
  subjectHands: ['Two hands', 'Zwei Hände'],
  subjectBody: ['The body', 'Der Körper'],
  subjectHolistic: ['Body and hands', 'Körper und Hände'],
  cameraHold: ['Hold to record (Space)', 'Halten zum Aufnehmen (Leertaste)'],
  cameraCountdown: ['Record after a countdown', 'Nach Countdown aufnehmen'],
  cameraMinute: ['Record a minute', 'Eine Minute aufnehmen'],
  cameraStop: ['Stop', 'Anhalten'],
  cameraLoading: ['Loading the models of landmarks …', 'Die Modelle werden geladen …'],
  cameraRuns: ['The camera is open.', 'Die Kamera ist offen.'],
  cameraSees: ['Seen', 'Gesehen'],
  cameraSeesNothing: ['Nobody is seen: step into the picture.', 'Niemand ist zu sehen: tritt ins Bild.'],
  cameraRefused: [
    'The camera was not allowed: allow it in the address bar, then open it again.',
    'Die Kamera wurde nicht erlaubt: erlaube sie in der Adressleiste und öffne sie noch einmal.',
  ],
  cameraNone: [
    'No camera was found: plug one in, or import files.',
    'Keine Kamera gefunden: schließe eine an, oder lade Dateien.',
  ],
  cameraLost: [
    'The camera is gone: plug it in and open it again. What was recorded is kept.',
    'Die Kamera ist weg: schließe sie an und öffne sie noch einmal. Das Aufgenommene ist da.',
  ],
  cameraModels: [
    'This build has no models of landmarks: import files, or build it with its packages installed.',
    'Dieser Bau hat keine Modelle: lade Dateien, oder baue ihn mit seinen Paketen.',
  ],
  needClass: ['Name a movement first.', 'Gib erst einer Bewegung einen Namen.'],
  countdown: ['Recording starts in {count}', 'Aufnahme beginnt in {count}'],
  recording: ['Recording {name} …', '{name} wird aufgenommen …'],
  recorded: ['Recorded {name}: {seconds} s.', '{name} aufgenommen: {seconds} s.'],
  recordedNothing: [
    'Nobody was seen in the recording: it was not kept.',
    'In der Aufnahme war niemand zu sehen: sie wurde nicht behalten.',
  ],

  importing: ['Reading …', 'Wird gelesen …'],
  imported: ['{count} recordings were read.', '{count} Aufnahmen wurden gelesen.'],
  importedSome: [
    '{count} recordings were read, {skipped} files left out.',
    '{count} Aufnahmen wurden gelesen, {skipped} Dateien ausgelassen.',
  ],
  opened: ['{title} is open: {count} recordings.', '{title} ist offen: {count} Aufnahmen.'],
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

  checking: ['Checking …', 'Wird geprüft …'],
  checkAgain: ['Check the recordings', 'Aufnahmen prüfen'],
  checkedNow: ['Checked. Findings: {count}', 'Geprüft. Befunde: {count}'],
  checkCounts: ['Recordings of each movement and person', 'Aufnahmen je Bewegung und Person'],
  checkTotal: ['Together', 'Zusammen'],
  checkHelps: ['What would help most', 'Was am meisten helfen würde'],
  checkEnough: ['There is enough to train with.', 'Das genügt zum Trainieren.'],
  checkFindings: ['What was found', 'Was gefunden wurde'],
  checkNone: ['Nothing odd was found.', 'Nichts Auffälliges wurde gefunden.'],
  checkWho: ['Who tests', 'Wer prüft'],
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

  trainStart: ['Train', 'Trainieren'],
  trainResume: ['Go on training', 'Weiter trainieren'],
  trainAnew: ['Train anew', 'Neu trainieren'],
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
    'A row a movement, a column an answer; choose a number to see its recordings.',
    'Eine Zeile je Bewegung, eine Spalte je Antwort; wähle eine Zahl, um ihre Aufnahmen zu sehen.',
  ],
  confusionCell: ['{count} of {label} taken for {answer}', '{count} von {label} für {answer} gehalten'],

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

  shipFirst: ['Train a network first.', 'Trainiere erst ein Netz.'],
  shipAt: [
    'The network at {rate}: {accuracy} right on the test, {bytes}.',
    'Das Netz bei {rate}: {accuracy} richtig bei der Prüfung, {bytes}.',
  ],
  shipMake: ['Make {format}', '{format} machen'],
  shipFiles: ['Files', 'Dateien'],
  shipUse: ['How to use it', 'So wird es benutzt'],
  shipTest: [
    'With each comes a self-test: a recording of each movement, and the probabilities that must come out.',
    'Dabei ist jeweils ein Selbsttest: eine Aufnahme jeder Bewegung und die Wahrscheinlichkeiten, die herauskommen müssen.',
  ],
  shipAnyrate: [
    'Every smaller size in one file, for anyrate/runtime',
    'Jede kleinere Größe in einer Datei, für anyrate/runtime',
  ],
  shipHtml: ['One page that works offline', 'Eine Seite, die offline läuft'],
  shipJavascript: ['One JavaScript module without dependencies', 'Ein JavaScript-Modul ohne Abhängigkeiten'],
  shipOnnx: ['For onnxruntime and others', 'Für onnxruntime und andere'],
  shipC: ['For devices, with a known budget of memory', 'Für Geräte, mit bekanntem Speicherbedarf'],
  shipWasm: ['One WebAssembly module', 'Ein WebAssembly-Modul'],
  shipSafetensors: ['Weights for Python', 'Gewichte für Python'],
  shipNode: ['The same bytes in Node', 'Dieselben Bytes in Node'],
  shipNodeHint: ['Save the project, and run:', 'Speichere das Projekt, und führe aus:'],
} as const satisfies Readonly<Record<string, readonly [en: string, de: string]>>;

export type TextKey = keyof typeof texts;

const COLUMN: Readonly<Record<Language, number>> = { en: 0, de: 1 };

/** A text in a language, its values filled in. */
export function textOf(
  language: Language,
  key: TextKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return texts[key][COLUMN[language]].replaceAll(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** All texts by their keys, for tests. */
export const allTexts: Readonly<Record<string, readonly string[]>> = texts;
