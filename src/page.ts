/**
 * Parts for web pages around `anyrate/runtime`; with page/page.css. They need the DOM.
 * @module anyrate/page
 */
export { medianLatency } from './page/latency.js';
export { formatRateInPercent, halvings, RateSlider } from './page/rate-slider.js';
export { ScoreList } from './page/score-list.js';
export { type PlayerOptions, SkeletonPlayer } from './page/skeleton-player.js';
