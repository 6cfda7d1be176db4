import type { Texts } from './table.js';

/** Texts of what happens when something is recognised. */
export const actTexts = {
  act: ['When it is recognised', 'Wenn es erkannt wird'],
  actHint: [
    'Something else can happen at once: in this page, in another page, on a device, in a program on this computer.',
    'Dann kann sofort etwas geschehen: in dieser Seite, in einer anderen, auf einem Gerät, in einem Programm dieses Computers.',
  ],
  actAdd: ['Add', 'Hinzufügen'],
  actOutput: ['What happens', 'Was geschieht'],
  actAny: ['any movement', 'jede Bewegung'],
  actLabel: ['On', 'Bei'],
  actMoment: ['At', 'Zeitpunkt'],
  actStart: ['once it is known', 'sobald sie bekannt ist'],
  actEnd: ['when it is over', 'wenn sie vorbei ist'],
  actRepetition: ['each repetition', 'jede Wiederholung'],
  actTry: ['Do it now', 'Jetzt tun'],
  actConnect: ['Connect', 'Verbinden'],
  actConnected: ['Connected', 'Verbunden'],
  actRemove: ['Remove: {output}', 'Entfernen: {output}'],
  actDone: ['Done: {output}', 'Getan: {output}'],

  actKeyboard: ['A key in this page', 'Eine Taste in dieser Seite'],
  actChannel: ['A message to other pages', 'Eine Nachricht an andere Seiten'],
  actMidi: ['A note (MIDI)', 'Eine Note (MIDI)'],
  actSerial: ['A line to a serial port', 'Eine Zeile an einen seriellen Anschluss'],
  actBluetooth: ['A line over Bluetooth', 'Eine Zeile über Bluetooth'],
  actWebhook: ['A program on this computer', 'Ein Programm dieses Computers'],
  actKeyboardTarget: ['Key', 'Taste'],
  actChannelTarget: ['Name of the channel', 'Name des Kanals'],
  actMidiTarget: ['Note, 0 to 127', 'Note, 0 bis 127'],
  actSerialTarget: ['Baud', 'Baud'],
  actWebhookTarget: ['Address', 'Adresse'],
  actKeyboardHint: [
    'A page can press no keys in other programs; pages of this host hear it on the BroadcastChannel anyrate-keys.',
    'Eine Seite kann in anderen Programmen keine Tasten drücken; Seiten dieses Hosts hören es auf dem BroadcastChannel anyrate-keys.',
  ],
  actChannelHint: [
    'Pages and workers of this host hear it: new BroadcastChannel(name).',
    'Seiten und Worker dieses Hosts hören es: new BroadcastChannel(name).',
  ],
  actMidiHint: ['On all MIDI outputs, channel 1.', 'An allen MIDI-Ausgängen, Kanal 1.'],
  actSerialHint: ['The name of the movement, and a line feed.', 'Der Name der Bewegung und ein Zeilenende.'],
  actBluetoothHint: [
    'The name of the movement, and a line feed, to the Nordic UART service.',
    'Der Name der Bewegung und ein Zeilenende, an den Dienst Nordic UART.',
  ],
  actWebhookHint: [
    'A POST with JSON, to a port that this page may reach: {ports}. The program has to allow this page (Access-Control-Allow-Origin).',
    'Ein POST mit JSON, an einen Port, den diese Seite erreichen darf: {ports}. Das Programm muss diese Seite erlauben (Access-Control-Allow-Origin).',
  ],
  actWebhookNone: [
    'This page may reach no other port. To allow one, start the studio with it: npx anyrate studio --webhook 3000. On other hosts, add it to connect-src in index.html.',
    'Diese Seite darf keinen anderen Port erreichen. Um einen zu erlauben, starte das Studio damit: npx anyrate studio --webhook 3000. Auf anderen Hosts: trage ihn in index.html bei connect-src ein.',
  ],

  actFailed: ['{output}: {message}', '{output}: {message}'],
  actNote: [
    '{output}: a note is a whole number from 0 to 127.',
    '{output}: Eine Note ist eine ganze Zahl von 0 bis 127.',
  ],
  actBaud: ['{output}: baud is a whole number.', '{output}: Baud ist eine ganze Zahl.'],
  actUnknown: [
    '{output}: this browser cannot do that; Chrome and Edge can.',
    '{output}: Das kann dieser Browser nicht; Chrome und Edge können es.',
  ],
  actNoDevice: [
    '{output}: no device was found or chosen. Plug it in, then connect again.',
    '{output}: Kein Gerät gefunden oder gewählt. Schließe es an, dann verbinde noch einmal.',
  ],
  actLost: [
    '{output}: the device is gone. Plug it in, then connect again.',
    '{output}: Das Gerät ist weg. Schließe es an, dann verbinde noch einmal.',
  ],
  actPort: [
    '{output}: the page may not reach that address. Start the studio with --webhook and its port.',
    '{output}: Diese Adresse darf die Seite nicht erreichen. Starte das Studio mit --webhook und ihrem Port.',
  ],
  actAnswer: [
    '{output}: nobody took it. Is the program running, and does it allow this page?',
    '{output}: Niemand hat es angenommen. Läuft das Programm, und erlaubt es diese Seite?',
  ],
} as const satisfies Texts;
