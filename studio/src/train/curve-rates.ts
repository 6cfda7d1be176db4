/** Rates whose accuracy is drawn while a network is trained. */
export const CURVE_RATES = [0, 0.9, 0.98];
