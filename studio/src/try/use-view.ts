import { load, type RuntimeModel, type View } from 'anyrate/runtime';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useStudio } from '../context.js';

/** The trained network at the chosen rate, run by anyrate/runtime; undefined until it is loaded. */
export function useView(): View | undefined {
  const { trained, rate } = useStudio().state;
  const bytes = trained.value?.model;
  const [loaded, setLoaded] = useState<{ readonly bytes: Uint8Array; readonly model: RuntimeModel }>();
  useEffect(() => {
    if (bytes !== undefined) load(bytes).then((model) => setLoaded({ bytes, model }));
  }, [bytes]);
  return useMemo(() => {
    return loaded !== undefined && loaded.bytes === bytes ? loaded.model.view(rate.value) : undefined;
  }, [loaded, bytes, rate.value]);
}
