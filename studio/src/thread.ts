// One more thread of a training, beside the engine's own.
import 'anyrate/train-worker';
