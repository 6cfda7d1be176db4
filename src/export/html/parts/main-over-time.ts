// The script of an exported page whose model is a network over time: the same, with what runs such networks.
import '../../../runtime/temporal.js';
import './main.js';
