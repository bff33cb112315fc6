import { Phone } from './Phone.ts';

const scheme = window.location.protocol === 'http:' ? 'ws' : 'wss';
new Phone(`${scheme}://${window.location.host}`).start();
