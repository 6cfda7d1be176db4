import { checkArguments, optionsOf } from '../../core/arguments.js';
import { InputError } from '../../core/errors.js';
import type { StatedSpotting } from '../../runtime/file/header.js';
import type { RecognizerOptions } from '../../runtime/stream/options.js';

/** What JSON can say of a recogniser: all but functions and classes. */
type StatedOptions = Omit<
  RecognizerOptions,
  'onChange' | 'onMovement' | 'onRepetition' | 'oneEuro' | 'movements' | 'repetitions'
>;

const anyStatedOptions = optionsOf<StatedOptions>({
  window: true,
  step: true,
  least: true,
  gap: true,
  bridge: true,
  hold: true,
  framesPerSecond: true,
  smoothing: true,
  confidence: true,
  refused: true,
  alarms: true,
  nothing: true,
  mirrored: true,
  partners: true,
  aspect: true,
  visibility: true,
  follow: true,
  spotting: true,
});
const anySpotting = optionsOf<StatedSpotting>({
  enter: true,
  leave: true,
  shortest: true,
  longest: true,
  rest: true,
  lag: true,
});

/** The options of --recognizer. @throws InputError on what is no object in JSON, and on a key that there is not, with a suggestion */
export function recognizerOptions(json = '{}'): StatedOptions {
  const given = parseOptions(json);
  checkArguments('--recognizer', { options: [anyStatedOptions, given] });
  checkArguments('--recognizer', { spotting: [anySpotting, given.spotting] });
  return given;
}

function parseOptions(json: string): StatedOptions {
  const parsed = parseJson(json);
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  const mend = 'Write it as --recognizer \'{"smoothing": 0.8, "spotting": {"enter": 0.6}}\'.';
  const expected = 'options as an object in JSON';
  throw new InputError({ source: '--recognizer', expected, found: json.slice(0, 40), mend });
}

/** Nothing, of what is no JSON. */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
